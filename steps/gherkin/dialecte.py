"""Gherkin's French keywords, and those that a line was probably meant to begin with.

The words come from gherkin-official's own table, so that they are those that pytest-bdd will read. A line that is close
to a keyword without being one is how a step, or a whole scenario, vanishes without a word.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from gherkin.dialect import Dialect

from steps.gherkin.typographie import aplanir, dire, plier

LANGUE = "fr"
_TROUVE = Dialect.for_name(LANGUE)
if _TROUVE is None:  # pragma: no cover - gherkin-official has always had French
    raise RuntimeError(LANGUE)
_FRANCAIS: Dialect = _TROUVE

FONCTIONNALITE, REGLE, CONTEXTE, EXEMPLES = "Fonctionnalité", "Règle", "Contexte", "Exemples"
SCENARIO, PLAN = "Scénario", "Plan du scénario"
PLANS = frozenset(_FRANCAIS.scenario_outline_keywords)
BLOCS = (FONCTIONNALITE, REGLE, CONTEXTE, SCENARIO, PLAN, EXEMPLES, "Exemple", "Plan du Scénario")

ETOILE = "* "
ETANT_DONNE, QUAND, ALORS = "Étant donné", "Quand", "Alors"
SUITE = ""
"""What « Et », « Mais » and « * » carry on with: the step before."""

GENRES: Mapping[str, str] = {
    mot: genre
    for mots, genre in (
        (_FRANCAIS.given_keywords, ETANT_DONNE),
        (_FRANCAIS.when_keywords, QUAND),
        (_FRANCAIS.then_keywords, ALORS),
        ((*_FRANCAIS.and_keywords, *_FRANCAIS.but_keywords), SUITE),
    )
    for mot in sorted(mots, key=len, reverse=True)
    if mot != ETOILE
}
"""Each keyword of a step, its space or apostrophe included, and the one of three that it stands for."""

# What Gherkin accepts and French does not write so.
CORRECTS = {mot: mot.replace("Etant", "Étant") for mot in GENRES if mot.startswith("Etant")}

# Block keywords of other languages, and French ones that Gherkin never had. Keys are folded.
_BLOCS_VOULUS = {
    **dict.fromkeys(("feature", "caracteristique"), FONCTIONNALITE),
    **dict.fromkeys(("rule", "regles"), REGLE),
    **dict.fromkeys(("background", "arriere-plan"), CONTEXTE),
    **dict.fromkeys(("scenarios", "cas", "cas de test"), SCENARIO),
    **dict.fromkeys(("example", "exemple", "examples", "jeu d'exemples"), EXEMPLES),
    **dict.fromkeys(
        ("plan", "plan de scenario", "schema du scenario", "schema de scenario", "modele de scenario"), PLAN
    ),
    **dict.fromkeys(("scenario outline", "scenario template"), PLAN),
}
_PAS_VOULUS = {"given": "Étant donné que ", "when": "Quand ", "then": "Alors ", "and": "Et ", "but": "Mais "}
_SANS_DEUX_POINTS = tuple(
    (mot, re.compile(rf"{plier(mot)}(?: |$)")) for mot in (PLAN, FONCTIONNALITE, SCENARIO, EXEMPLES)
)
_TETE_DE_BLOC = re.compile(r"(?P<tete>[^:|«\"]{1,40}?)\s*:")
_PUCE = re.compile(r"(?:[-–—•◦▪*]|\(?\d{1,3}\s?[-–—.):/]|[a-z][.)])\s+")
_MOT = re.compile(r"[^\s':]+'?")
_MOTS_MAX, _DEBUT = 3, 80
# A shorter word has too many neighbours: « Sont » is one letter from « Soit ».
_COURT, _LONG = 4, 8


@dataclass(frozen=True)
class BlocVoulu:
    """The block that a line was meant to open; `tete` is what stands there before the colon, empty without a colon."""

    mot: str
    tete: str


@dataclass(frozen=True)
class PasVoulu:
    """The step that a line was meant to be: its keyword rightly written, the sentence after it, what is wrong."""

    mot: str
    reste: str
    raison: str


def mot_de_bloc(ligne: str) -> str | None:
    """Give the block keyword that opens a line (already stripped) exactly as Gherkin wants it, or None."""
    return next((mot for mot in BLOCS if ligne.startswith(f"{mot}:")), None)


def mot_de_pas(ligne: str) -> str | None:
    """Give the step keyword that opens a line (already stripped), with its space or apostrophe, or None."""
    return next((mot for mot in GENRES if ligne.startswith(mot)), None)


def bloc_voulu(ligne: str) -> BlocVoulu | None:
    """Give the block that a line (already stripped), none for Gherkin, was meant to open; None for prose."""
    lu = _TETE_DE_BLOC.match(ligne)
    mot = _bloc_proche(plier(lu["tete"])) if lu else None
    if lu and mot:
        return BlocVoulu(mot, lu["tete"])
    debut = plier(ligne[:_DEBUT])
    return next((BlocVoulu(mot, "") for mot, tete in _SANS_DEUX_POINTS if tete.match(debut)), None)


@lru_cache(maxsize=1024)
def _bloc_proche(tete: str) -> str | None:
    if tete in _BLOCS_VOULUS:
        return _BLOCS_VOULUS[tete]
    return next((mot for mot in BLOCS if _presque(tete, plier(mot))), None)


def pas_voulu(ligne: str) -> PasVoulu | None:
    """Give the step that a line (already stripped), none for Gherkin, was meant to be; None for prose.

    Bullets, case, accents, apostrophes and a colon do not count; a long keyword may also have a letter or two wrong, or
    touch the word that follows it.
    """
    plate = aplanir(ligne)
    puce = _PUCE.match(plate)
    debut = puce.end() if puce else 0
    trouves = list(islice(_MOT.finditer(plate, debut, debut + _DEBUT), _MOTS_MAX))
    fins = [lu.end() for lu in trouves]
    lus = _lus(tuple(plier(lu[0]) for lu in trouves))
    if lus is None:
        return None
    mot, nombre, longueur = lus
    fin = fins[nombre - 1] if longueur is None else trouves[nombre - 1].start() + longueur
    raison = _raison(ligne[debut:fin], mot.strip(), puce[0].strip() if puce else "")
    return PasVoulu(mot, plate[fin:].lstrip(" \t:"), raison)


@lru_cache(maxsize=1024)
def _lus(plies: tuple[str, ...]) -> tuple[str, int, int | None] | None:
    """Give the keyword that folded words begin with, in how many of them, and how far in the last if it goes on."""
    for mot, tete in _TETES:
        if plies[: len(tete)] == tete:
            return mot, len(tete), None
    for mot, tete in _TETES:
        paires = list(zip(plies, tete, strict=False))
        if len(paires) == len(tete) and all(_presque(*paire) for paire in paires):
            return mot, len(tete), None
    for mot, tete in _TETES:
        colle = "".join(tete)
        if len(colle) > _COURT and plies and plies[0].startswith(colle):
            return mot, 1, len(colle)
    return None


def _raison(tape: str, mot: str, puce: str) -> str:
    if puce and tape == mot:
        return dire("« {puce} » empêche Gherkin d'y voir une étape : commencez par « {mot} »", puce=puce, mot=mot)
    if tape == mot:
        return dire("après « {mot} », Gherkin attend une espace ordinaire et rien d'autre", mot=mot)
    if aplanir(tape) == mot:
        return dire("dans un mot-clé, Gherkin attend l'apostrophe droite et l'espace ordinaire du clavier")
    return dire("« {tape} » n'est pas un mot-clé de Gherkin : écrivez « {mot} »", tape=tape, mot=mot)


def _presque(tape: str, mot: str) -> bool:
    """Say whether two folded words are the same but for a letter or two; a short one must be the very same."""
    tolerance = 0 if len(mot) <= _COURT else 1 if len(mot) <= _LONG else 2
    if tape == mot or not tolerance or abs(len(tape) - len(mot)) > tolerance or len(tape) < _COURT:
        return tape == mot
    return _distance(tape, mot) <= tolerance


def _distance(un: str, autre: str) -> int:
    """Give the number of letters to add, remove, change or swap with their neighbour to go from one to the other."""
    avant: list[int] = []
    rangee = list(range(len(autre) + 1))
    for i, lettre in enumerate(un, start=1):
        courante = [i]
        for j, visee in enumerate(autre, start=1):
            moindre = min(rangee[j] + 1, courante[j - 1] + 1, rangee[j - 1] + (lettre != visee))
            if i > 1 and j > 1 and lettre == autre[j - 2] and un[i - 2] == visee:
                moindre = min(moindre, avant[j - 2] + 1)
            courante.append(moindre)
        avant, rangee = rangee, courante
    return rangee[-1]


def _tetes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """List the keywords with their folded words, those of most words first."""
    tous = {CORRECTS.get(mot, mot): tuple(plier(lu[0]) for lu in _MOT.finditer(mot)) for mot in GENRES}
    anglais = [(mot, (tete,)) for tete, mot in _PAS_VOULUS.items()]
    return (*sorted(tous.items(), key=lambda tete: -len(tete[1])), *anglais)


_TETES = _tetes()
