"""Which field becomes what in the portal's file: the table of places, in words.

Made from the tables that write the file: nothing here can say otherwise than what is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from webapp.domain import champs, champs_action, champs_session
from webapp.domain.champs import Nature, Niveau
from webapp.domain.niveaux import LIBELLES
from webapp.domain.saisies import montrer
from webapp.domain.textes import fr, pluriel
from webapp.edof.ordre import PLACES, SANS_ECRAN, SIRET, Forme, codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.domain.champs import Champ
    from webapp.edof.ordre import Place

_SURS = {True: "Sûr : schéma officiel", False: fr("Probable : dit par plusieurs outils, d'après le cahier des charges")}
_DES_OUTILS = "dit par plusieurs outils, d'après le cahier des charges"
# What the schema says nothing of, in fields that it names: a number has no length there, nor a perimeter any meaning.
_SAUF = {
    champs.IDENTIFIANT: f"la longueur ({_DES_OUTILS})",
    champs_action.NUMERO: f"la longueur ({_DES_OUTILS})",
    champs_session.NUMERO: f"la longueur ({_DES_OUTILS})",
    champs_action.PERIMETRE: f"le sens des codes ({_DES_OUTILS})",
    champs_action.HEURES_CENTRE: "les bornes, qui sont les nôtres",
    champs_action.HEURES_ENTREPRISE: "les bornes, qui sont les nôtres",
}
_SUPPOSES = frozenset({champs_action.FRAIS_ANNEXES, champs_action.DETAIL_FRAIS})
_CODES_DITS = 8


@dataclass(frozen=True, slots=True)
class Ligne:
    """One field: what the screens call it, where it stands, what it may be, who asks for it, how sure that is."""

    libelle: str
    chemin: str
    limites: str
    demande: str
    certitude: str


@dataclass(frozen=True, slots=True)
class Rubrique:
    """The fields of one level, in the order of the file."""

    titre: str
    lignes: tuple[Ligne, ...]


def rubriques() -> tuple[Rubrique, ...]:
    """Give the table: formation, action, session, then contacts and places, which the three write."""
    return (
        *[Rubrique(LIBELLES[niveau], (_numero(niveau), *_du_niveau(niveau))) for niveau in PLACES],
        Rubrique(LIBELLES[Niveau.CONTACT], _d_une_reference(champs_action.CONTACT)),
        Rubrique(LIBELLES[Niveau.LIEU], _d_une_reference(champs_action.ADRESSE_INFORMATION)),
    )


def sans_place() -> tuple[str, ...]:
    """List the fields that the file does not carry: the portal has them elsewhere, or in a text."""
    tous = chain(champs.CHAMPS, champs_action.CHAMPS, champs_session.CHAMPS)
    return tuple(fr(f"{LIBELLES[champ.niveau]} : {champ.libelle}") for champ in tous if not champ.element)


_NUMEROS = {
    Niveau.FORMATION: champs.IDENTIFIANT,
    Niveau.ACTION: champs_action.NUMERO,
    Niveau.SESSION: champs_session.NUMERO,
}


def _numero(niveau: Niveau) -> Ligne:
    return _ligne(_NUMEROS[niveau], f"{niveau.value}/@numero", officiel=True)


def _du_niveau(niveau: Niveau) -> Iterator[Ligne]:
    deja: set[Champ] = set()
    for chemin, place in _feuilles(PLACES[niveau], f"{niveau.value}/"):
        champ = place.champ
        if champ is not None and champ not in deja and champ not in SANS_ECRAN and champ is not SIRET:
            deja.add(champ)
            yield _ligne(champ, chemin.rpartition("/")[0] if place.prefixe else chemin, officiel="«" not in chemin)


def _d_une_reference(champ: Champ) -> tuple[Ligne, ...]:
    """Give what a contact or a place writes, wherever one is written."""
    return tuple(
        _ligne(dedans.champ, chemin, officiel="«" not in chemin)
        for place in _toutes(PLACES[Niveau.FORMATION])
        if place.champ is champ
        for chemin, dedans in _feuilles(place.contenu, f"{_nom(place)}/")
        if dedans.champ is not None
    )


def _toutes(places: tuple[Place, ...]) -> Iterator[Place]:
    for place in places:
        yield place
        yield from _toutes(place.contenu)


def _feuilles(places: tuple[Place, ...], avant: str) -> Iterator[tuple[str, Place]]:
    """Walk the places of a level that carry a value, or open on a contact or a place; each with its path in words."""
    for place in places:
        chemin = f"{avant}{_nom(place)}"
        if place.champ is not None and place.forme is not Forme.EXTRAS:
            yield chemin, place
        elif place.champ is None and place.niveau is None:
            yield from _feuilles(place.contenu, f"{chemin}/")


def _nom(place: Place) -> str:
    return (
        place.nom
        if place.forme is Forme.ELEMENT
        else f"{place.forme.value} «\N{NO-BREAK SPACE}{place.nom}\N{NO-BREAK SPACE}»"
    )


def _ligne(champ: Champ, chemin: str, *, officiel: bool) -> Ligne:
    certitude = "Place supposée : absent de l’exemple officiel" if champ in _SUPPOSES else _SURS[officiel]
    if officiel and champ in _SAUF:
        certitude = f"{certitude}, sauf {_SAUF[champ]}"
    return Ligne(champ.libelle, chemin.replace("/", " › "), _limites(champ), _demande(champ), fr(certitude))


def _demande(champ: Champ) -> str:
    if champ.exige_schema:
        return fr("Exigé par le schéma et par l'import")
    return fr("Exigé par l'import" if champ.exige_cdc else "Facultatif")


def _limites(champ: Champ) -> str:
    ecrits = codes(champ)
    if ecrits is not None and len(ecrits) > _CODES_DITS:
        return pluriel(len(ecrits), "code")
    if ecrits is not None:
        return " · ".join(f"{ecrit}\N{NO-BREAK SPACE}= {montrer(champ, code)}" for code, ecrit in ecrits.items())
    if champ.bornes is not None:
        return f"De {champ.bornes[0]} à {champ.bornes[1]}"
    fois = f", {champ.plusieurs} au plus" if champ.plusieurs > 1 else ""
    longueur = f"{pluriel(champ.longueur_max or 0, 'caractère')} au plus"
    return fr(_NATURES.get(champ.nature, longueur)) + fois


_NATURES = {
    Nature.CONTACT: "Un contact de l'organisme",
    Nature.LIEU: "Un lieu de l'organisme",
    Nature.DATE: "Date AAAAMMJJ",
    Nature.MONTANT: "Montant à deux décimales, avec un point",
}
