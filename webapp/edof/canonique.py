"""The form under which two files say the same thing: what an import and an export are compared by.

Neither the order of attributes, nor CDATA or escapes, nor blanks between elements, nor blanks around a text count; a
text is compared in its normal form (`textes.normaliser`: line ends, invisible signs, bullets at the start of a line).
All the rest counts: each element, its order, its text, its attributes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from lxml import etree

from webapp.domain.textes import fr, normaliser

if TYPE_CHECKING:
    from collections.abc import Iterator

SANS_TEXTE = fr("(élément vide)")


@dataclass(frozen=True, slots=True)
class Canonique:
    """One element: its name, its attributes sorted, its text, what it holds. `element`, not compared: itself."""

    nom: str
    attributs: tuple[tuple[str, str], ...]
    texte: str
    contenu: tuple[Canonique, ...]
    element: etree._Element | None = field(default=None, compare=False, repr=False)


def canonique(element: etree._Element) -> Canonique:
    """Give the canonical form of an element and of what it holds; comments and instructions are left out."""
    fils = element.iterchildren(etree.Element)
    texte = "".join([element.text or "", *(un.tail or "" for un in element)])
    return Canonique(
        nom_local(str(element.tag)),
        tuple(sorted((str(nom), str(valeur)) for nom, valeur in element.attrib.items())),
        normaliser(texte).strip(),
        tuple([canonique(un) for un in fils]),
        element,
    )


_SANS_BLANCS = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True)


def identiques(xml: bytes, element: etree._Element) -> bool:
    """Say whether what was read and an element are the same but for blanks between elements; False is no answer.

    The XML reader does it whole: of two that are the same nothing is walked here. The element has no namespace.
    """
    lu = etree.fromstring(xml, _SANS_BLANCS)
    dit = etree.tostring(lu, method="c14n")
    espace = lu.nsmap.get(None)
    if espace is not None:
        dit = dit.replace(f' xmlns="{espace}"'.encode(), b"", 1)
    return bool(dit == etree.tostring(element, method="c14n"))


def pareils(un: etree._Element, autre: etree._Element) -> bool:
    """Say whether two elements have one canonical form, without making it; False where that takes looking closer.

    Walked together: the order of what they hold, and how much each holds, say the rest.
    """
    des_deux = zip_longest(un.iter(etree.Element), autre.iter(etree.Element))
    return all(a is not None and b is not None and _memes(a, b) for a, b in des_deux)


def _memes(un: etree._Element, autre: etree._Element) -> bool:
    if len(un) != len(autre) or nom_local(str(un.tag)) != nom_local(str(autre.tag)):
        return False
    attributs, autres = un.items(), autre.items()
    if attributs != autres and sorted(attributs) != sorted(autres):
        return False
    if not (_blanc(un.tail) and _blanc(autre.tail)):
        return False
    texte, autre_texte = un.text or "", autre.text or ""
    return texte == autre_texte or normaliser(texte).strip() == normaliser(autre_texte).strip()


def _blanc(texte: str | None) -> bool:
    return not texte or texte.isspace()


@lru_cache(maxsize=1024)
def nom_local(balise: str) -> str:
    """Give the name of an element without its namespace."""
    return balise.rpartition("}")[2]


def differences(avant: Canonique, apres: Canonique, chemin: str = "") -> Iterator[tuple[str, str, str]]:
    """List what is not the same: the path of names, what the first says there, what the second does (empty: nothing).

    Elements of one name are compared rank by rank.
    """
    ici = f"{chemin}/{avant.nom}"
    for nom in dict.fromkeys([n for n, _ in (*avant.attributs, *apres.attributs)]):
        un, deux = dict(avant.attributs).get(nom, ""), dict(apres.attributs).get(nom, "")
        if un != deux:
            yield f"{ici}/@{nom}", un, deux
    if avant.contenu and not apres.contenu and apres.texte and _tout(avant) == apres.texte:
        # Its text comes back whole: what is lost is how it was marked.
        yield ici, " ".join(f"<{nom}>" for nom in _marques(avant)), ""
        return
    if avant.texte != apres.texte:
        yield ici, avant.texte, apres.texte
    rangs = [_par_nom(avant), _par_nom(apres)]
    for cle in dict.fromkeys([*rangs[0], *rangs[1]]):
        un_fils, deux_fils = rangs[0].get(cle), rangs[1].get(cle)
        if un_fils is None or deux_fils is None:
            yield f"{ici}/{cle[0]}", _dire(un_fils), _dire(deux_fils)
        else:
            yield from differences(un_fils, deux_fils, ici)
    communs = [[cle for cle in siens if cle in rangs[0] and cle in rangs[1]] for siens in rangs]
    if communs[0] != communs[1]:
        yield ici, " ".join(nom for nom, _ in communs[0]), " ".join(nom for nom, _ in communs[1])


def _tout(element: Canonique) -> str:
    """Give all the text of an element, in its order."""
    return "" if element.element is None else normaliser("".join(map(str, element.element.itertext()))).strip()


def _marques(element: Canonique) -> Iterator[str]:
    for fils in element.contenu:
        yield fils.nom
        yield from _marques(fils)


def _par_nom(element: Canonique) -> dict[tuple[str, int], Canonique]:
    fois: dict[str, int] = {}
    rangs = {}
    for fils in element.contenu:
        nom = dict(fils.attributs).get("info", fils.nom)
        fois[nom] = fois.get(nom, 0) + 1
        rangs[nom, fois[nom]] = fils
    return rangs


def _dire(element: Canonique | None) -> str:
    if element is None:
        return ""
    return _textes(element) or SANS_TEXTE


def _textes(element: Canonique) -> str:
    return " ".join(filter(None, [element.texte, *(_textes(fils) for fils in element.contenu)]))


_DECIMAL = re.compile(r"([0-9]+)(?:\.([0-9]*?)0*)?", re.ASCII)


def meme_nombre(un: str, deux: str) -> bool:
    """Say whether two texts are one number, its last zeros written or not: « 600 », « 600.00 »; « 01 » is not « 1 »."""
    lus = _DECIMAL.fullmatch(un), _DECIMAL.fullmatch(deux)
    return None not in lus and len({(lu[1], lu[2] or "") for lu in lus if lu is not None}) == 1
