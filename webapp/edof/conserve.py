"""What a file holds and no field of ours does: what of it can be given back, where, and how it is passed over.

The official schema takes any name among the extras, and looks into none. Ours refuses those that it does not know, so
that nothing of ours is written under a wrong one: what an import has kept is judged here instead, when it is read and
when it is written. What the portal would refuse where it stands (a place given twice, an element among the extras, a
second block of them) is neither kept nor written: it is told. So is the number of a contact or an address that it would
refuse: ours stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from webapp.domain import latin_1
from webapp.domain.identifiants import LONGUEUR_MAX
from webapp.edof.canonique import canonique, nom_local
from webapp.edof.ordre import FORMATION, Forme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from webapp.edof.objets import Objet, Reste
    from webapp.edof.ordre import Place

EXTRAS = frozenset({Forme.EXTRA.value, Forme.EXTRAS.value})
_ATTRIBUTS = frozenset({"info", "numero"})
_UN_BLOC = frozenset({"coordonnees", "lieu-de-formation"})
"""The elements that may end, for the official schema, with one block of extras, and of which we write none."""


def nom_court(element: etree._Element) -> str:
    """Give the name of an element without its namespace."""
    return nom_local(str(element.tag))


def nom_de(element: etree._Element) -> str:
    """Give the name by which the table knows an element: that of its field for an extra, its own otherwise."""
    balise = nom_court(element)
    return element.get("info", balise) if balise in EXTRAS else balise


def se_rend(contenant: etree._Element, places: tuple[Place, ...], element: etree._Element) -> bool:
    """Say whether the portal takes, in a block, an element that no place of it has, or has no more."""
    nom, balise, dans = nom_de(element), nom_court(element), nom_court(contenant)
    if any((place.nom, place.balise) == (nom, balise) for place in places):
        return False
    if dans in _UN_BLOC and balise == Forme.EXTRAS:
        autres = element.itersiblings(preceding=True) if element.getparent() is contenant else iter(contenant)
        return _bien_fait(element) and all(nom_court(un) != Forme.EXTRAS for un in autres)
    return dans in EXTRAS and _bien_fait(element)


def _bien_fait(element: etree._Element) -> bool:
    """Say whether an extra, or a block of them, is one for the official schema: an extra may hold anything."""
    if nom_court(element) != Forme.EXTRAS:
        return nom_court(element) == Forme.EXTRA
    textes = [element.text, *(fils.tail for fils in element)]
    return (
        _ATTRIBUTS.issuperset(map(str, element.attrib))
        and all(not texte or texte.isspace() for texte in textes)
        and all(map(_bien_fait, element.iterchildren(etree.Element)))
    )


def numero_tenu(numero: str) -> bool:
    """Say whether the number that a file gives to a contact or an address can be written: nobody corrects one here."""
    return bool(numero.strip()) and "\n" not in numero and len(numero) <= LONGUEUR_MAX and latin_1.passe(numero)


def reecrire(xml: str, ecrire: Callable[[str], str]) -> str:
    """Give what was kept with each of its texts and of its names as `ecrire` gives it: it stays XML, whatever they are.

    A name that would be none then stays as it is.
    """
    racine = etree.fromstring(xml)
    for un in racine.iter():
        un.tail = ecrire(un.tail) if un.tail else None
        if isinstance(un.tag, str):
            un.text = ecrire(un.text) if un.text else None
            attributs = [(_nom_reecrit(str(nom), ecrire), ecrire(str(valeur))) for nom, valeur in un.items()]
            un.attrib.clear()
            un.attrib.update(attributs)
            un.tag = _nom_reecrit(un.tag, ecrire)
    return etree.tostring(racine, encoding="unicode")


def _nom_reecrit(nom: str, ecrire: Callable[[str], str]) -> str:
    espace, fin, local = nom.rpartition("}")
    neuf = f"{espace}{fin}{ecrire(local)}"
    try:
        etree.QName(neuf)
    except ValueError:
        return nom
    return neuf


def repere(nom: str, rang: int) -> str:
    """Say after what something stands in its block: the name, and which of those that have a place and bear it."""
    return nom if rang == 1 else f"{nom}\t{rang}"


def _vise(apres: str) -> tuple[str, int]:
    nom, separe, rang = apres.rpartition("\t")
    return (nom, int(rang)) if separe and rang.isdecimal() else (apres, 1)


def rendre(element: etree._Element, restes: Sequence[Reste], places: tuple[Place, ...]) -> None:
    """Put back what was read and has no field, each where it stood; what has lost its place stands first.

    What an import of before has kept and the portal would refuse is left out.
    """
    derniers: dict[etree._Element, etree._Element] = {}
    ecrits: dict[etree._Element, dict[str, list[etree._Element]]] = {}
    for reste in restes:
        neuf = etree.fromstring(reste.xml)
        bloc = next((un for un, siennes in _blocs(element, places, reste) if se_rend(un, siennes, neuf)), None)
        if bloc is None:
            continue
        if nom_court(bloc) in _UN_BLOC:
            bloc.append(neuf)
            continue
        if bloc not in ecrits:
            ecrits[bloc] = _par_nom(bloc)
        nom, rang = _vise(reste.apres)
        avant = ecrits[bloc].get(nom, ())[:rang]
        ancre = avant[-1] if avant else bloc
        if (dernier := derniers.get(ancre)) is not None:
            dernier.addnext(neuf)
        elif ancre is bloc:
            bloc.insert(0, neuf)
        else:
            ancre.addnext(neuf)
        derniers[ancre] = neuf


def _par_nom(bloc: etree._Element) -> dict[str, list[etree._Element]]:
    par_nom: dict[str, list[etree._Element]] = {}
    for fils in bloc:
        par_nom.setdefault(nom_de(fils), []).append(fils)
    return par_nom


def passer_sur(formation: etree._Element, objet: Objet) -> None:
    """Take out of a formation that was written, as it is read again, exactly what it gives back of a file."""
    _passer_sur(formation, objet, FORMATION)


def _passer_sur(element: etree._Element, objet: Objet, places: tuple[Place, ...]) -> None:
    for reste in objet.reste:
        attendu = canonique(etree.fromstring(reste.xml))
        for bloc, siennes in _blocs(element, places, reste):
            fils = next((un for un in bloc.iterchildren(etree.Element) if canonique(un) == attendu), None)
            if fils is not None and se_rend(bloc, siennes, fils):
                bloc.remove(fils)
                break
    for place in places:
        if place.niveau is not None:
            for enfant, dit in zip(element.iterchildren(f"{{*}}{place.nom}"), objet.enfants, strict=False):
                _passer_sur(enfant, dit, place.contenu)


def _blocs(
    element: etree._Element, places: tuple[Place, ...], reste: Reste
) -> Iterator[tuple[etree._Element, tuple[Place, ...]]]:  # fmt: skip
    """Give each block to which a path of names leads, with its places: an element and its extras may share a name."""
    blocs = [(element, places)]
    for nom in filter(None, reste.chemin.split("/")):
        blocs = [
            (fils, place.contenu)
            for bloc, siennes in blocs
            for fils in bloc.iterchildren(etree.Element)
            for place in siennes
            if place.nom == nom == nom_de(fils) and place.balise == nom_court(fils)
        ]
    yield from blocs
