"""Gherkin's French keywords, and those that a line was probably meant to begin with.

A line that is close to a keyword without being one is how a step, or a whole scenario, vanishes without a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from gherkin.dialect import Dialect

from webapp.domain.textes import dire, fr, sans_accents
from webapp.mode_emploi.phrases_texte import aplanir

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUE = "fr"
_TROUVE = Dialect.for_name(LANGUE)
if _TROUVE is None:  # pragma: no cover - gherkin-official has always had French
    raise RuntimeError(LANGUE)
_FRANCAIS: Dialect = _TROUVE

ETOILE = "* "
SUITE = ""
PLANS = frozenset(_FRANCAIS.scenario_outline_keywords)
FONCTIONNALITES = tuple(_FRANCAIS.feature_keywords)
EXEMPLES = tuple(_FRANCAIS.examples_keywords)
BLOCS = tuple(
    dict.fromkeys(
        mot
        for mots in (
            _FRANCAIS.feature_keywords, _FRANCAIS.rule_keywords, _FRANCAIS.background_keywords,
            reversed(_FRANCAIS.scenario_keywords), _FRANCAIS.scenario_outline_keywords, _FRANCAIS.examples_keywords,
        )
        for mot in mots
    )
)  # fmt: skip
# Under which keyword of the book each keyword puts its step; « Et » and « Mais » carry on with the one before.
DES_PAS: Mapping[str, str] = {
    mot: genre
    for mots, genre in (
        (_FRANCAIS.given_keywords, "Étant donné"), (_FRANCAIS.when_keywords, "Quand"),
        (_FRANCAIS.then_keywords, "Alors"), (_FRANCAIS.and_keywords, SUITE), (_FRANCAIS.but_keywords, SUITE),
    )
    for mot in mots
    if mot != ETOILE
}  # fmt: skip
# What Gherkin accepts and French does not write so.
CORRECTS = {mot: mot.replace("Etant", "Étant") for mot in DES_PAS if mot.startswith("Etant")}

_BLOCS_VOULUS = {
    "feature": "Fonctionnalité", "caracteristique": "Fonctionnalité", "rule": "Règle", "background": "Contexte",
    "arriere-plan": "Contexte", "scenario outline": "Plan du scénario", "scenario template": "Plan du scénario",
    "schema du scenario": "Plan du scénario", "schema de scenario": "Plan du scénario",
    "plan de scenario": "Plan du scénario", "plan": "Plan du scénario", "cas": "Scénario", "cas de test": "Scénario",
    "scenarios": "Scénario", "examples": "Exemples", "example": "Exemples", "exemple": "Exemples",
}  # fmt: skip
_PAS_VOULUS = {"given": "Étant donné que ", "when": "Quand ", "then": "Alors ", "and": "Et ", "but": "Mais "}
_TETE_DE_BLOC = re.compile(r"(?P<tete>[^:|«\"]{1,40}?)\s*:")
_SANS_DEUX_POINTS = ("Plan du scénario", "Scénario", "Fonctionnalité", "Exemples")
_PUCE = re.compile(r"(?:[-–—•◦▪*]|\d{1,3}\s?[.)])\s+")
_MOT = re.compile(r"[^\s':]+'?")
_MOTS_MAX, _DEBUT = 3, 80
# A shorter word has too many neighbours: « Sont » is one letter from « Soit ».
_ASSEZ_LONG = 5


@dataclass(frozen=True)
class Voulu:
    """What a line was meant to be: its keyword rightly written, the sentence after it, what is wrong as it stands."""

    mot: str
    reste: str
    raison: str

    @property
    def genre(self) -> str:
        """The keyword of the book that it puts its step under; empty when it carries on with the one before."""
        return DES_PAS[self.mot]


def bloc_voulu(ligne: str) -> str | None:
    """Give the block keyword that a line (already stripped) probably meant to begin with; None for prose."""
    plate = aplanir(ligne)
    lu = _TETE_DE_BLOC.match(plate)
    if lu is None:
        pliee = sans_accents(plate[:_DEBUT])
        return next((mot for mot in _SANS_DEUX_POINTS if re.match(rf"{sans_accents(mot)}(?: |$)", pliee)), None)
    tete = sans_accents(lu["tete"])
    return _BLOCS_VOULUS.get(tete) or next((mot for mot in BLOCS if presque(tete, sans_accents(mot))), None)


def pas_voulu(ligne: str) -> Voulu | None:
    """Give what a line (already stripped), which Gherkin does not take for a step, was meant to be; None for prose.

    Bullets, case, accents, apostrophes and a colon do not count; a long keyword may also have one letter wrong.
    """
    plate = aplanir(ligne)
    puce = _PUCE.match(plate)
    debut = puce.end() if puce else 0
    trouves = list(islice(_MOT.finditer(plate, debut, debut + _DEBUT), _MOTS_MAX))
    plies = [sans_accents(lu[0]) for lu in trouves]
    for proche in (False, True):
        for mot, attendus in _TETES:
            paires = list(zip(plies, attendus, strict=False))
            if len(paires) == len(attendus) and all(presque(*p) if proche else p[0] == p[1] for p in paires):
                fin = trouves[len(attendus) - 1].end()
                tape = ligne[debut:fin]
                return Voulu(mot, plate[fin:].lstrip(" \t:"), _raison(tape, mot, puce[0].strip() if puce else ""))
    return None


def _raison(tape: str, mot: str, puce: str) -> str:
    correct = mot.strip()
    if puce and tape == correct:
        return dire("« {puce} » empêche Gherkin d'y voir une étape : commencez par « {mot} »", puce=puce, mot=correct)
    if tape == correct:
        return dire("après « {mot} », Gherkin attend une espace ordinaire et rien d'autre", mot=correct)
    if aplanir(tape) == correct:
        return fr("dans un mot-clé, Gherkin attend l'apostrophe droite et l'espace ordinaire du clavier")
    return dire("« {tape} » n'est pas un mot-clé de Gherkin : écrivez « {mot} »", tape=tape, mot=correct)


def presque(un: str, autre: str) -> bool:
    """Say whether two words are the same but for one letter: added, removed, changed, or swapped with the next."""
    if un == autre:
        return True
    if abs(len(un) - len(autre)) > 1 or min(len(un), len(autre)) < _ASSEZ_LONG - 1 or len(autre) < _ASSEZ_LONG:
        return False
    rang = next((i for i, (a, b) in enumerate(zip(un, autre, strict=False)) if a != b), min(len(un), len(autre)))
    reste, voulu = un[rang:], autre[rang:]
    permute = reste[:2] == voulu[1::-1] and reste[2:] == voulu[2:]
    return permute or reste[1:] == voulu[1:] or reste[1:] == voulu or reste == voulu[1:]


def _tetes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """List the keywords with their folded words, the longest first."""
    tous = {CORRECTS.get(mot, mot): tuple(sans_accents(m[0]) for m in _MOT.finditer(mot)) for mot in DES_PAS}
    anglais = [(mot, (tete,)) for tete, mot in _PAS_VOULUS.items()]
    return (*sorted(tous.items(), key=lambda tete: -len(tete[1])), *anglais)


_TETES = _tetes()
