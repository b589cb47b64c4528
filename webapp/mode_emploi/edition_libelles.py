"""The labels of the screens: what a scenario acts upon or reads by its name, and the fields of every level.

Every one of them was found on a screen by a browser (`make guide`, the acceptance), or is asked of a form by its table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from steps.gherkin.typographie import aplanir, plier
from webapp.domain.niveaux import CHAMPS
from webapp.domain.niveaux import LIBELLES as NIVEAUX
from webapp.domain.statuts import Statut
from webapp.domain.textes import fr
from webapp.mode_emploi.guide import guides
from webapp.mode_emploi.mots import mots
from webapp.mode_emploi.specification import features
from webapp.mode_emploi.visite import gestes_publies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from webapp.mode_emploi.guide import Guide

LIBELLE_MAX = 120
_PROCHE = 0.75
_ALORS, _SUITES = "Alors", ("Et", "Et que", "Et qu'", "Mais")
_COLONNES = 2
_NOMME = re.compile(
    r"(?:\bclique sur|\bchamps?|\bliste|\bbouton|\bliens?|\bpage|\bmenu|\btitre|\bsélectionne|\bcase|\bonglet"
    r"|\bopération|Alors|Et)$"
)
_NIE = re.compile(r"\b(?:pas|plus|aucun|aucune|introuvable)\b")
_GENRES = r"boutons?|champs?|menus?|listes?|liens?|onglets?|cases?|rubriques?|pages?"
# « le bouton Publier », without guillemets: a capital, up to what ends the name.
_SANS_GUILLEMETS = re.compile(
    rf"\b(?:{_GENRES})\s+"
    r"(?P<nom>[A-ZÀ-Ý]\w*(?:['\s-](?!(?:est|sont|reste|puis|pour|et|qui|se|ne|dans|en|au)\b)\w+){0,7})"
)


@dataclass(frozen=True)
class Libelle:
    """A label, and where it is: the title of a page, or the level whose form asks for it; empty if unknown."""

    texte: str
    ou: str = ""


@dataclass(frozen=True)
class Inconnu:
    """A label that no screen has, and the nearest that one has, None when none is near."""

    texte: str
    proche: Libelle | None


@cache
def libelles() -> Mapping[str, Libelle]:
    """Give every label of the screens, by its folded form; read once in the life of the process."""
    trouves: dict[str, Libelle] = {}
    for geste in gestes_publies():
        trouves.setdefault(plier(geste.nom), Libelle(fr(geste.nom), fr(geste.titre)))
        trouves.setdefault(plier(geste.titre), Libelle(fr(geste.titre), fr(geste.titre)))
    for niveau, champs in CHAMPS.items():
        for champ in champs:
            trouves.setdefault(plier(champ.libelle), Libelle(fr(champ.libelle), NIVEAUX[niveau]))
    for statut in Statut:
        trouves.setdefault(plier(statut.libelle), Libelle(statut.libelle, "Catalogue"))
    for guide in guides():
        for texte in _lus(guide):
            trouves.setdefault(plier(texte), Libelle(fr(texte)))
    for feature in features():
        for texte in _nommes(feature.lignes):
            trouves.setdefault(plier(texte), Libelle(fr(texte)))
    return trouves


def _lus(guide: Guide) -> Iterator[str]:
    """Give what the scenarios of a guide read on a screen in a table: the first word of each row."""
    for exemple in (exemple for etape in guide.etapes for exemple in etape.exemples):
        attendu = False
        for pas in exemple.pas:
            attendu = pas.mot == _ALORS or (attendu and pas.mot in _SUITES)
            if attendu:
                yield from (rangee[0] for rangee in pas.table if rangee and len(rangee) <= _COLONNES)


def _nommes(lignes: tuple[str, ...]) -> Iterator[str]:
    """Give what the steps of a feature name on a screen."""
    for ligne in lignes:
        if "«" in ligne and not _NIE.search(ligne):
            suite = mots(ligne.strip())
            for rang, mot in enumerate(suite):
                avant = " ".join(m.texte for m in suite[max(0, rang - 2) : rang])
                if mot.cite and "<" not in mot.texte and _NOMME.search(avant):
                    yield mot.texte[1:-1].strip()


def cites(texte: str) -> tuple[str, ...]:
    """Give what a sentence quotes between « »."""
    return tuple(mot.texte[1:-1].strip() for mot in mots(aplanir(texte)) if mot.cite)


def _dits(texte: str) -> Iterator[str]:
    """Give what a sentence names of a screen: between « », or after « bouton », « champ », « menu »."""
    yield from cites(texte)
    for lu in _SANS_GUILLEMETS.finditer(aplanir(texte)):
        # Without guillemets, the words that follow a name look like it: the longest that a screen has is the name.
        suite = lu["nom"].split()
        debuts = (" ".join(suite[:nombre]) for nombre in range(len(suite), 0, -1))
        yield next((debut for debut in debuts if plier(debut) in libelles()), lu["nom"])


def inconnus(texte: str, admis: frozenset[str]) -> tuple[Inconnu, ...]:
    """Give the labels of a sentence that no screen has, each once; `admis` are folded labels that are not asked."""
    connus = libelles()
    vus: dict[str, Inconnu] = {}
    for dit in _dits(texte):
        plie = plier(dit)
        if plie and len(dit) <= LIBELLE_MAX and plie not in connus and plie not in admis and plie not in vus:
            proches = get_close_matches(plie, connus, n=1, cutoff=_PROCHE)
            vus[plie] = Inconnu(fr(dit), connus[proches[0]] if proches else None)
    return tuple(vus.values())
