"""Which text of a formation a fault of its file is about: from a place among elements to an object and its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from webapp.domain.champs import IDENTIFIANT, Niveau
from webapp.domain.niveaux import PAR_NOM
from webapp.edof.caracteres import Lieu, lieu_d_une_entree
from webapp.edof.conserve import nom_court
from webapp.edof.ordre import FORMATION, Forme, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from webapp.edof.objets import Objet, Reference
    from webapp.edof.verification import Faute


def lieu_de(objet: Objet, formation: etree._Element, faute: Faute) -> Lieu | None:
    """Give the field that a fault is about; None where it is about none.

    In: a formation, the element that was written of it and looked at (`verifier_formation`), the fault.
    """
    trouves = cast("Sequence[Any]", formation.xpath(f".{faute.chemin}")) if faute.chemin else [formation]
    return _descendre(objet, list(_lignee(formation, trouves[0])), faute) if trouves else None


def _lignee(formation: etree._Element, element: etree._Element) -> Iterator[etree._Element]:
    """Give what leads from a formation to one of its elements, this one included."""
    yield from (un for un in reversed(list(element.iterancestors())) if formation in un.iterancestors())
    if element is not formation:
        yield element


def _descendre(objet: Objet, lignee: Sequence[etree._Element], faute: Faute) -> Lieu | None:
    dans: tuple[str, ...] = ()
    places, champ, visee = FORMATION, None, None
    for element in lignee:
        place = _place(places, element, visee)
        if place is None:
            return None
        if place.niveau is not None:
            dans, objet = (*dans, objet.numero), objet.enfants[_rang(element)]
            champ = None
        elif place.champ is not None and place.champ.nature.est_reference:
            champ, visee = place.champ, objet.references.get(place.champ)
        else:
            champ = place.champ or place.par_ligne or champ
        places = place.contenu
    if champ is None and "@numero" in faute.raison:
        champ = IDENTIFIANT if objet.niveau is Niveau.FORMATION else PAR_NOM[objet.niveau]["numero"]
    if champ is None:
        return None
    if visee is not None and champ.niveau in visee.entrees:
        return lieu_d_une_entree(visee, champ)
    return Lieu(objet.niveau.value, objet.numero, champ, dans)


def _place(places: tuple[Place, ...], element: etree._Element, visee: Reference | None) -> Place | None:
    """Give the place of an element; of those of one name (`ligne`), the one that was written at its rank."""
    siennes = [place for place in places if _nom(place) == nom_court(element)]
    if len(siennes) > 1 and visee is not None:
        ecrites = [place for place in siennes if place.champ in visee.valeurs]
        siennes = ecrites[_rang(element) :] or siennes
    return siennes[0] if siennes else None


def _nom(place: Place) -> str:
    return place.nom if place.forme is Forme.ELEMENT else f"{place.balise}-{place.nom}"


def _rang(element: etree._Element) -> int:
    return sum(1 for _ in element.itersiblings(str(element.tag), preceding=True))
