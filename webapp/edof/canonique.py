"""The form under which two files say the same thing: what an import and an export are compared by.

Neither the order of attributes, nor CDATA or escapes, nor blanks between elements, nor blanks around a text count; a
text is compared in its normal form (`textes.normaliser`: line ends, invisible signs, bullets at the start of a line).
All the rest counts: each element, its order, its text, its attributes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from webapp.domain.latin_1 import remplace
from webapp.domain.textes import couper, dire, fr, normaliser

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

PLACE_DITE = 40
"""Characters of a text by which one of several is named."""

SANS_TEXTE = fr("(élément vide)")


@dataclass(frozen=True, slots=True)
class Canonique:
    """One element: its name, its attributes sorted, its text, what it holds. `element`, not compared: itself."""

    nom: str
    attributs: tuple[tuple[str, str], ...]
    texte: str
    contenu: tuple[Canonique, ...]
    element: etree._Element | None = field(default=None, compare=False, repr=False)


def canonique(element: etree._Element, *, ecrit: bool = False) -> Canonique:
    """Give the canonical form of an element and of what it holds; comments and instructions are left out.

    `ecrit`: as the encoding of the portal's file carries it.
    """
    fils = element.iterchildren(etree.Element)
    texte = "".join([element.text or "", *(un.tail or "" for un in element)])
    return Canonique(
        nom_local(str(element.tag)),
        tuple(sorted((str(nom), str(valeur)) for nom, valeur in element.attrib.items())),
        (remplace(normaliser(texte)) if ecrit else normaliser(texte)).strip(),
        tuple([canonique(un, ecrit=ecrit) for un in fils]),
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


@dataclass(frozen=True, slots=True)
class Ecart:
    """What is not the same in one place. `chemin`: what leads there, from the outermost; `nom`: what differs there.

    `chemin` names each element as a person would look for it: « action « A1 » ». `avant` and `apres` are what is said
    there, empty when there is nothing.
    """

    chemin: tuple[str, ...]
    nom: str
    avant: str
    apres: str


def differences(
    avant: Canonique, apres: Canonique, dans: tuple[str, ...] = (), *, ajouts: bool = True
) -> Iterator[Ecart]:  # fmt: skip
    """List what is not the same between two elements of one name.

    What they hold is compared by name and by what sets apart those of one name (`info`, the number of an action or of
    a session; the text of one that holds nothing else), then rank by rank. `ajouts`: whether what the second alone
    holds is told.
    """
    ici = dans or (avant.nom,)
    siens, autres = dict(avant.attributs), dict(apres.attributs)
    for nom in siens | autres:
        un, deux = siens.get(nom, ""), autres.get(nom, "")
        if un != deux:
            yield Ecart((*ici, f"@{nom}"), f"@{nom}", un, deux)
    if avant.contenu and not apres.contenu and apres.texte and _tout(avant) == apres.texte:
        # Its text comes back whole: what is lost is how it was marked.
        yield Ecart(ici, avant.nom, " ".join(f"<{nom}>" for nom in _marques(avant)), "")
        return
    if avant.texte != apres.texte:
        yield Ecart(ici, avant.nom, avant.texte, apres.texte)
    repetes = _repetes(avant) | _repetes(apres)
    rangs = [_rangs(avant, repetes), _rangs(apres, repetes)]
    for cle in dict.fromkeys([*rangs[0], *rangs[1]]) if ajouts else rangs[0]:
        un_fils, deux_fils = rangs[0].get(cle), rangs[1].get(cle)
        la = (*ici, _dire_cle(cle))
        if un_fils is None or deux_fils is None:
            yield Ecart(la, cle.nom, _dire(un_fils), _dire(deux_fils))
        else:
            yield from differences(un_fils, deux_fils, la, ajouts=ajouts)
    communs = [[cle for cle in siens if cle in rangs[0] and cle in rangs[1]] for siens in rangs]
    if communs[0] != communs[1]:
        yield Ecart(ici, avant.nom, *(", ".join(map(_dire_place, siens)) for siens in communs))


def _tout(element: Canonique) -> str:
    """Give all the text of an element, in its order."""
    return "" if element.element is None else normaliser("".join(map(str, element.element.itertext()))).strip()


def _marques(element: Canonique) -> Iterator[str]:
    for fils in element.contenu:
        yield fils.nom
        yield from _marques(fils)


class _Cle(NamedTuple):
    """What an element is found by among those beside it. `texte`: of one of several leaves of a name, what it says."""

    nom: str
    marque: str
    texte: str
    rang: int


_NUMEROTES = frozenset({"action", "session"})


def _repetes(element: Canonique) -> set[str]:
    """Give the names that several of those that it holds have."""
    return {nom for nom, fois in Counter(fils.nom for fils in element.contenu).items() if fois > 1}


def _rangs(element: Canonique, repetes: Container[str]) -> dict[_Cle, Canonique]:
    fois: Counter[tuple[str, str, str]] = Counter()
    rangs = {}
    for fils in element.contenu:
        attributs = dict(fils.attributs)
        marque = attributs.get("info") or (attributs.get("numero", "") if fils.nom in _NUMEROTES else "")
        texte = fils.texte if not marque and not fils.contenu and fils.nom in repetes else ""
        cle = (fils.nom, marque, texte)
        fois[cle] += 1
        rangs[_Cle(*cle, fois[cle])] = fils
    return rangs


def _dire_place(cle: _Cle) -> str:
    """Name one among others, by what it says where nothing else tells it from them."""
    return dire("{nom} « {texte} »", nom=cle.nom, texte=couper(cle.texte, PLACE_DITE)) if cle.texte else _dire_cle(cle)


def _dire_cle(cle: _Cle) -> str:
    dit = dire("{nom} « {marque} »", nom=cle.nom, marque=cle.marque) if cle.marque else cle.nom
    return dit if cle.rang == 1 else f"{dit} ({cle.rang})"


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
