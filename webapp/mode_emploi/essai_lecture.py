"""A pasted text as Gherkin reads it, line by line: whole feature, scenarios alone, or a mere list of steps.

Gherkin's own parser decides what each line is; its tree is of no use here, since one fault would leave none. What it
refuses is kept beside, with the line. What is missing around an extract is added before it and never shown.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from gherkin.ast_builder import AstBuilder
from gherkin.errors import CompositeParserException
from gherkin.parser import Parser
from gherkin.token_matcher import TokenMatcher

from webapp.mode_emploi.essai_mots import BLOCS, DES_PAS, EXEMPLES, FONCTIONNALITES, LANGUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gherkin.errors import ParserException
    from gherkin.parser import ParserContext

LIGNES_MAX = 1_000
LIGNE_MAX = 500
# Gherkin cuts a row at each bar, and tags at each sign, one character after the other.
_SIGNES_MAX = 50
_DEBUT = 100
_LANGUE = re.compile(r"\s*#\s*langu(?:age|e)\s*:?\s*(?P<langue>[A-Za-z_-]*)\s*", re.IGNORECASE)


class Nature(Enum):
    """What a line is for Gherkin."""

    VIDE = auto()
    COMMENTAIRE = auto()
    ETIQUETTES = auto()
    FONCTIONNALITE = auto()
    REGLE = auto()
    CONTEXTE = auto()
    SCENARIO = auto()
    EXEMPLES = auto()
    PAS = auto()
    TABLE = auto()
    BORNE = auto()
    BLOC = auto()
    DESCRIPTION = auto()
    REFUSEE = auto()


BLOCS_DE_TETE = frozenset(
    {Nature.FONCTIONNALITE, Nature.REGLE, Nature.CONTEXTE, Nature.SCENARIO, Nature.EXEMPLES}
)  # fmt: skip
_NATURES = {
    "Empty": Nature.VIDE, "Comment": Nature.COMMENTAIRE, "Language": Nature.COMMENTAIRE,
    "TagLine": Nature.ETIQUETTES, "FeatureLine": Nature.FONCTIONNALITE, "RuleLine": Nature.REGLE,
    "BackgroundLine": Nature.CONTEXTE, "ScenarioLine": Nature.SCENARIO, "ExamplesLine": Nature.EXEMPLES,
    "StepLine": Nature.PAS, "TableRow": Nature.TABLE, "DocStringSeparator": Nature.BORNE,
    "Other": Nature.DESCRIPTION,
}  # fmt: skip


@dataclass(frozen=True)
class LigneLue:
    """A line: as typed, what it is, and for what has a keyword, the keyword (as Gherkin spells it) and what follows."""

    numero: int
    texte: str
    nature: Nature
    mot: str = ""
    suite: str = ""
    cases: tuple[str, ...] = ()

    @property
    def ligne(self) -> str:
        """The line without what surrounds it."""
        return self.texte.strip()


@dataclass(frozen=True)
class Lecture:
    """A text read. `langue`: what its header says, None without one; `extrait`: something was added around it."""

    lignes: tuple[LigneLue, ...]
    extrait: bool
    langue: str | None
    bloc_ouvert: int | None
    tronquee: bool


class _Temoin(AstBuilder):
    """Notes what Gherkin takes each line for, and builds nothing."""

    def reset(self) -> None:
        self.vues: list[Any] = []

    def start_rule(self, rule_type: str) -> None:
        pass

    def end_rule(self, rule_type: str) -> None:
        pass

    def build(self, token: Any) -> None:
        self.vues.append(token)

    def get_result(self) -> None:
        pass


class _Lecteur(Parser):
    """Gherkin's parser, which does not give up after ten faults: their number is that of the lines at most."""

    def add_error(self, context: ParserContext, error: ParserException) -> None:
        context.errors.append(error)


def lire(texte: str) -> Lecture:
    """Read a text whose lines end by LF; what is beyond the first lines is left out."""
    tapees = texte.split("\n")
    while tapees and not tapees[-1].strip():
        tapees.pop()
    gardees = tapees[:LIGNES_MAX]
    langue = next((lu["langue"] for ligne in gardees[:10] if (lu := _LANGUE.fullmatch(ligne[:_DEBUT]))), None)
    ajoutees = _entourage(gardees)
    temoin = _Temoin()
    source = "".join(f"{_pour_gherkin(ligne)}\n" for ligne in [*ajoutees, *gardees])
    with suppress(CompositeParserException):  # What it refuses is what it has not noted.
        _Lecteur(temoin).parse(source, TokenMatcher(LANGUE))
    vues = {int(vue.location["line"]) - len(ajoutees): vue for vue in temoin.vues}
    lignes, ouvert = _lignes(gardees, vues)
    return Lecture(lignes, bool(ajoutees), langue, ouvert, len(tapees) > len(gardees))


def trop_longue(ligne: str) -> bool:
    """Say whether a line is longer than any that is worth reading."""
    return len(ligne) > LIGNE_MAX or ligne.count("|") > _SIGNES_MAX or ligne.count("@") > _SIGNES_MAX


def _pour_gherkin(ligne: str) -> str:
    """Give a line as Gherkin is to see it: always in French, and no longer than is worth reading."""
    if trop_longue(ligne):
        return ligne[:_DEBUT]
    return "#" if _LANGUE.fullmatch(ligne) else ligne


def _entourage(lignes: Sequence[str]) -> tuple[str, ...]:
    """Give the lines that an extract lacks, so that Gherkin reads it."""
    nues = [ligne.lstrip() for ligne in lignes]
    blocs = tuple(f"{mot}:" for mot in BLOCS)
    if any(nue.startswith(tuple(f"{mot}:" for mot in FONCTIONNALITES)) for nue in nues):
        return ()
    premiere = next((nue for nue in nues if nue.startswith((*blocs, *DES_PAS))), "")
    if premiere.startswith(blocs) and not premiere.startswith(tuple(f"{mot}:" for mot in EXEMPLES)):
        return ("Fonctionnalité: extrait",)
    return ("Fonctionnalité: extrait", "Scénario: extrait")


def _lignes(tapees: Sequence[str], vues: dict[int, Any]) -> tuple[tuple[LigneLue, ...], int | None]:
    """Give each line as it was taken, and where a text opens that nothing closes."""
    lues: list[LigneLue] = []
    ouvert: int | None = None
    for numero, tapee in enumerate(tapees, start=1):
        vue = vues.get(numero)
        nature = _NATURES[str(vue.matched_type)] if vue else Nature.REFUSEE
        if nature is Nature.BORNE:
            ouvert = None if ouvert else numero
        elif ouvert and nature in {Nature.DESCRIPTION, Nature.VIDE}:
            nature = Nature.BLOC
        elif nature is Nature.DESCRIPTION and not tapee.strip():
            nature = Nature.VIDE
        mot = str(vue.matched_keyword or "") if vue else ""
        suite = str(vue.matched_text or "") if vue else ""
        cases = tuple(case["text"] for case in vue.matched_items or ()) if vue and nature is Nature.TABLE else ()
        lues.append(LigneLue(numero, tapee, nature, mot, suite, cases))
    return tuple(lues), ouvert
