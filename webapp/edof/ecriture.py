"""From an object to its part of the portal's file, in the table's order; and the file around, piece by piece.

The bytes are always the same for the same objects: one indentation, one line end, attributes in one order, nothing that
depends on the moment. A text that holds marks of HTML is written in CDATA, as the portal's own sample does.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from webapp.domain.champs import Nature
from webapp.edof.conserve import rendre
from webapp.edof.formats import ACTUEL
from webapp.edof.ordre import FORMATION, Forme, Place, codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from webapp.domain.champs import Champ
    from webapp.edof.formats import Format
    from webapp.edof.objets import Objet, Reference

_MARQUES = re.compile(r"</?[a-zA-Z]|&(?:[a-zA-Z]+|#[0-9]+);")
_RETRAIT = "  "
_NIVEAUX_AU_DESSUS = 2


class CaractereHorsDuJeuError(ValueError):
    """A text holds a character that the file's encoding cannot carry: it is never replaced in silence."""


def ecrire(objets: Iterable[Objet], format_: Format = ACTUEL) -> Iterator[bytes]:
    """Give the file of these formations, one piece for each: memory does not grow with the catalogue.

    Raises CaractereHorsDuJeuError for a character that the encoding cannot carry.
    """
    yield entete(format_)
    for objet in objets:
        yield ecrire_formation(objet, format_)
    yield PIED


def entete(format_: Format = ACTUEL) -> bytes:
    """Give what stands before the first formation."""
    declaration = f'<?xml version="1.0" encoding="{format_.encodage}"?>'
    return f'{declaration}\n<lheo xmlns="{format_.espace}">\n  <offres>\n'.encode()


PIED = b"  </offres>\n</lheo>\n"


def ecrire_formation(objet: Objet, format_: Format = ACTUEL) -> bytes:
    """Give the bytes of one formation, with its actions and their sessions. Raises CaractereHorsDuJeuError.

    It is written without its namespace, which the first element of the file declares for all.
    """
    element = en_element(objet)
    etree.indent(element, _RETRAIT, level=_NIVEAUX_AU_DESSUS)
    try:
        # lxml writes what an encoding cannot carry as a number: asked for text, it cannot.
        texte = etree.tostring(element, encoding="unicode")
        return f"{_RETRAIT * _NIVEAUX_AU_DESSUS}{texte}\n".encode(format_.encodage)
    except UnicodeEncodeError as erreur:
        raise CaractereHorsDuJeuError(erreur.object[erreur.start]) from erreur


Ecrits = dict[tuple[int, int], Any]
"""The element that was written of a contact or a place, by what it is and where (None: nothing was): sessions say again
what their action says. Of use while these contacts and places are held."""


def en_element(objet: Objet, ecrits: Ecrits | None = None) -> etree._Element:
    """Give the element of a formation and of all that it holds, without namespace nor indentation.

    `ecrits`: what those before it have written, of the same contacts and places.
    """
    element = etree.Element("formation")
    _objet(element, objet, FORMATION, {} if ecrits is None else ecrits)
    return element


def _objet(element: etree._Element, objet: Objet, places: tuple[Place, ...], ecrits: Ecrits) -> None:
    element.set("numero", objet.numero)
    element.set("datemaj", objet.modifie_le)
    element.set("datecrea", objet.cree_le)
    _remplir(element, places, objet, ecrits)
    if objet.reste:
        rendre(element, objet.reste, places)


def _remplir(
    parent: etree._Element, places: tuple[Place, ...], objet: Objet, ecrits: Ecrits, ref: Reference | None = None
) -> None:  # fmt: skip
    """Write each place that has something to say, and those that the schema has always, even empty."""
    valeurs, references = (objet.valeurs, objet.references) if ref is None else (ref.valeurs, _AUCUNE)
    for place in places:
        champ = place.champ
        if place.niveau is not None:
            for enfant in objet.enfants:
                _objet(_sous(parent, place), enfant, place.contenu, ecrits)
        elif place.par_ligne is not None:
            _lignes(parent, place, valeurs.get(place.par_ligne, ""))
        elif champ is None:
            _ouvrir(parent, place, objet, ecrits, ref)
        elif (visee := references.get(champ)) is not None:
            _recopier(parent, place, objet, ecrits, visee)
        elif (valeur := valeurs.get(champ)) and valeur.startswith(place.prefixe):
            _texte(_sous(parent, place), champ, valeur)


def _lignes(parent: etree._Element, place: Place, valeur: str) -> None:
    for ligne in filter(None, valeur.split("\n")):
        element = _sous(parent, place)
        assert place.par_ligne is not None  # noqa: S101 - what this is called for
        _texte(element if place.champ else _sous(element, place.contenu[0]), place.par_ligne, ligne)


_AUCUNE: Mapping[Champ, Reference] = {}


def _recopier(parent: etree._Element, place: Place, objet: Objet, ecrits: Ecrits, visee: Reference) -> None:
    """Write a contact or a place; where it was written before, as it was."""
    cle = (id(place), id(visee))
    if cle not in ecrits:
        element = _ouvrir(parent, place, objet, ecrits, visee)
        ecrits[cle] = None if element is None else copy.copy(element)
    elif (deja := ecrits[cle]) is not None:
        parent.append(copy.copy(deja))


def _ouvrir(
    parent: etree._Element, place: Place, objet: Objet, ecrits: Ecrits, ref: Reference | None
) -> etree._Element | None:  # fmt: skip
    """Write what a place opens on; None when that is nothing."""
    element = _sous(parent, place)
    if place.numerote and ref is not None:
        element.set("numero", ref.numero if place.nom == "coordonnees" else ref.numero_adresse)
    _remplir(element, place.contenu, objet, ecrits, ref)
    if not (len(element) or place.exige):
        parent.remove(element)
        return None
    return element


def _sous(parent: etree._Element, place: Place) -> etree._Element:
    if place.forme is Forme.ELEMENT:
        return etree.SubElement(parent, place.nom)
    return etree.SubElement(parent, place.forme, info=place.nom)


def _texte(element: etree._Element, champ: Champ, valeur: str) -> None:
    if (ecrits := codes(champ)) is not None:
        element.text = ecrits.get(valeur, valeur)
        return
    texte = valeur.replace("-", "") if champ.nature is Nature.DATE else valeur
    element.text = etree.CDATA(texte) if _MARQUES.search(texte) and "]]>" not in texte else texte
