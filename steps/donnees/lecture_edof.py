"""Reading the portal's file as its user downloads it: from its bytes alone, as the portal would."""

import re
from collections.abc import Iterator

from lxml import etree

ENCODAGE = "ISO-8859-1"
_DECLARATION = f'<?xml version="1.0" encoding="{ENCODAGE}"?>'.encode()
_REFERENCE = re.compile(rb"&#[0-9xX]")


class FichierEdof:
    """A file of the portal's format."""

    def __init__(self, octets: bytes) -> None:
        self.octets = octets
        self.racine = etree.fromstring(octets)

    def exiger_l_encodage(self) -> None:
        """Its declaration says ISO-8859-1, nothing in it is written as a number, and no byte is that of UTF-8."""
        assert self.octets.startswith(_DECLARATION), self.octets[:80]
        assert not _REFERENCE.search(self.octets), "une référence numérique"
        assert b"\xc3" not in self.octets, "des octets d’UTF-8"

    def formations(self) -> list[str]:
        """Give the numbers of the formations, in order."""
        return [str(element.get("numero")) for element in self._tous("formation")]

    def date(self, numero: str) -> str:
        """Give the date of update of a formation."""
        return str(self._formation(numero).get("datemaj"))

    def texte(self, numero: str, nom: str) -> str:
        """Give the text of the first element, or extra, of that name within a formation."""
        for element in self._formation(numero).iter(etree.Element):
            if _nom(element) == nom:
                return "".join(str(bout) for bout in element.itertext())
        raise AssertionError(f"{numero} : pas de « {nom} »")

    def contenu(self, numero: str, nom: str) -> list[str]:
        """Give, in order, the names of what the first element or extra of that name holds within a formation."""
        for element in self._formation(numero).iter(etree.Element):
            if _nom(element) == nom and len(element):
                return [_nom(fils) for fils in element.iterchildren(etree.Element)]
        raise AssertionError(f"{numero} : pas de « {nom} »")

    def extras(self, numero: str) -> list[str]:
        """Give, in order, the names of the extras of the first action of a formation."""
        action = next(e for e in self._formation(numero).iter(etree.Element) if _nom(e) == "action")
        return [_nom(fils) for fils in action[-1].iterchildren(etree.Element)]

    def _formation(self, numero: str) -> etree._Element:
        trouve = next((e for e in self._tous("formation") if e.get("numero") == numero), None)
        assert trouve is not None, f"« {numero} » n’est pas dans le fichier : {self.formations()}"
        return trouve

    def _tous(self, nom: str) -> Iterator[etree._Element]:
        return (e for e in self.racine.iter(etree.Element) if etree.QName(e).localname == nom)


def _nom(element: etree._Element) -> str:
    balise = etree.QName(element).localname
    return str(element.get("info", balise)) if balise in {"extra", "extras"} else balise
