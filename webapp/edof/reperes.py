"""Where the formations of a file stand in its bytes, so that each line that is told is the one where a person looks.

The XML reader knows no line beyond 65 534; and of a formation that is cut out of its file, written and read again, each
comment and each mark on several lines that it lost moves all that follows. So the bytes are looked at as they come,
for their marks alone, and what is cut out has its line ends put back. What the bytes say is judged by the XML reader.
"""

from __future__ import annotations

import re
from array import array
from collections import deque
from typing import TYPE_CHECKING, NamedTuple, cast

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

_SE_FERMENT = {b"!--": b"-->", b"![CDATA[": b"]]>", b"?": b"?>"}
"""How what holds no element begins, after « < », and how it ends."""
_SANS_ELEMENT = "|".join(map(re.escape, ("!--", "![CDATA[", "?")))
_AVANT_LA_RACINE = re.compile(rf"<({_SANS_ELEMENT}|!(?=[^-\[])|[^\s/!])".encode())
_FORMATION = re.compile(rf"<({_SANS_ELEMENT}|/?formation(?=[\s/>]))".encode())
_FORMATION_PREFIXEE = re.compile(rf"<({_SANS_ELEMENT}|/?(?:[^\s<>/:]{{1,100}}:)?formation(?=[\s/>]))".encode())
_ELEMENT = re.compile(rf"<({_SANS_ELEMENT}|[^\s/!])".encode())
_OUVRANTE = re.compile(rb"(<[^/>][^>]*?)(/?>)")
_BOUT = re.compile(rb"[\s/>]")
_MARQUE_MAX = 128
"""Bytes within which it is known what a mark is."""


class _Place(NamedTuple):
    """Where a formation begins: its first byte, counted from the beginning of the file, and its line."""

    octet: int
    ligne: int


class Reperes:
    """Looks at the bytes of a file as they come, in an encoding that writes ASCII as ASCII does.

    `racine`: its first element has been met; `type_de_document`, a document type before it. What is kept of the file
    begins where the formation that is being read does.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.racine = self.type_de_document = False
        self._tenus = bytearray()
        # From the beginning of the file: the first byte that is kept, the first not looked at, the first not counted.
        self._premier = self._vus = self._comptes = 0
        self._ligne = 1
        self._attendu = b""
        self._debuts: deque[_Place] = deque()
        self._fins: deque[int] = deque()
        self._courante: _Place | None = None
        self._autres = False

    def ajouter(self, bloc: bytes) -> None:
        """Look at what comes next."""
        self._oublier()
        self._tenus += bloc
        ici = self._vus - self._premier
        # Prefixes are rare, and long to look for.
        formation = _FORMATION if self._tenus.find(b":formation", ici) < 0 else _FORMATION_PREFIXEE
        while True:
            if self._attendu:
                fin = self._tenus.find(self._attendu, ici)
                if fin < 0:
                    self._vus = self._premier + max(ici, len(self._tenus) - len(self._attendu) + 1)
                    return
                ici, self._attendu = fin + len(self._attendu), b""
            marque = (formation if self.racine else _AVANT_LA_RACINE).search(self._tenus, ici)
            if marque is None:
                break
            ici = marque.end()
            self._attendu = _SE_FERMENT.get(marque[1], b"")
            if not self._attendu:
                self._noter(marque[1], self._premier + marque.start())
        coupee = self._tenus.rfind(b"<", max(ici, len(self._tenus) - _MARQUE_MAX))
        if coupee < 0 or _BOUT.search(self._tenus, coupee):
            coupee = len(self._tenus)
        self._vus = self._premier + coupee

    def _noter(self, nom: bytes, octet: int) -> None:
        if not self.racine:
            self.racine, self.type_de_document = True, nom == b"!"
        elif nom.startswith(b"/"):
            self._fins.append(octet)
        else:
            self._compter(octet)
            self._debuts.append(_Place(octet, self._ligne))

    def _compter(self, jusqu_a: int) -> None:
        """Count the line ends up to a byte."""
        if jusqu_a > self._comptes:
            self._ligne += self._tenus.count(b"\n", self._comptes - self._premier, jusqu_a - self._premier)
            self._comptes = jusqu_a

    def _oublier(self) -> None:
        """Keep nothing of what stands before the formation that is being read, or the next."""
        utile = self._courante or next(iter(self._debuts), None)
        premier = self._vus if utile is None else utile.octet
        self._compter(premier)
        del self._tenus[: premier - self._premier]
        self._premier = premier
        while self._fins and self._fins[0] < premier:
            self._fins.popleft()

    def ouvrir(self, *, offre: bool) -> None:
        """Say that the reader meets the beginning of the next `formation`, and whether it is an offer of the file."""
        # Of a name longer than any, nothing is known.
        place = self._debuts.popleft() if self._debuts else None
        if offre:
            self._courante, self._autres = place, False
        else:
            self._autres = True

    def fermer(self, element: etree._Element) -> tuple[int, bytes]:
        """Give the line of the offer that the reader has read to its end, and its XML: read again, its lines are those.

        The first is then line 1; an element is told where its mark begins.
        """
        place, self._courante = self._courante, None
        xml = etree.tostring(element, encoding="utf-8", with_tail=False)
        if place is None:
            return cast("int | None", element.sourceline) or 0, xml
        return place.ligne, xml if self._tient(xml, place.octet) else aligner(xml, self._lignes(xml, place.octet))

    def _tient(self, xml: bytes, octet: int) -> bool:
        """Say, without looking at its elements, that what was written has all the line ends of the file."""
        while self._fins and self._fins[0] < octet:
            self._fins.popleft()
        if self._autres or not self._fins:
            return False
        ou = (octet - self._premier, self._fins[0] - self._premier)
        lu = self._tenus
        # A line end that is written as a number, or alone as of old, becomes one that the file has not.
        return (
            lu.count(b"\n", *ou) == xml.count(b"\n")
            and lu.find(b"&#", *ou) < 0
            and lu.count(b"\r", *ou) == lu.count(b"\r\n", *ou)
        )

    def _lignes(self, xml: bytes, octet: int) -> Sequence[int]:
        """Give the line of each element of an offer, in the order of the file, from its own."""
        nombre = xml.count(b"<") - xml.count(b"</")
        ici = compte = octet - self._premier
        ligne, lignes = 1, array("Q")
        while len(lignes) < nombre and (marque := _ELEMENT.search(self._tenus, ici)) is not None:
            if (attendu := _SE_FERMENT.get(marque[1])) is not None:
                ici = max(self._tenus.find(attendu, marque.end()), marque.end())
                continue
            ligne += self._tenus.count(b"\n", compte, marque.start())
            lignes.append(ligne)
            ici = compte = marque.end()
        return lignes


def aligner(xml: bytes, lignes: Sequence[int]) -> bytes:
    """Give the XML of an element with line ends that say nothing, so that each element has its line, from the first's.

    In: what lxml writes, without comments: there each « < » begins a mark, and each « > » ends one.
    """
    aligne = bytearray()
    ligne, fini = 1, 0
    for voulue, marque in zip(lignes, _OUVRANTE.finditer(xml), strict=False):
        avant = xml[fini : marque.start()]
        manque = voulue - ligne - avant.count(b"\n")
        # Those that the file writes otherwise are written so again.
        aligne += avant.replace(b"\n", b"&#10;", -manque) if manque < 0 else avant
        aligne += marque[1] + b"\n" * manque + marque[2]
        ligne, fini = voulue, marque.end()
    return bytes(aligne) + xml[fini:]
