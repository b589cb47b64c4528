"""A French feature, read once: its text, what each of its lines is for Gherkin, its tree, and what Gherkin refuses.

Lines are read even where Gherkin refuses some: a fault never hides the rest. The tree is only there when nothing is
refused, since pytest-bdd plays nothing then. A text is read in French whether or not it says so: the missing header is
a fault of its own, to be told by who checks.
"""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path
from typing import Any

from gherkin.ast_builder import AstBuilder
from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser, ParserContext
from gherkin.stream.id_generator import IdGenerator
from gherkin.token_matcher import TokenMatcher

from steps.gherkin.dialecte import CONTEXTE, EXEMPLES, FONCTIONNALITE, LANGUE, REGLE, mot_de_bloc, mot_de_pas
from steps.gherkin.document import Fonctionnalite, fonctionnalite

ENTETE = "# language: fr"
LIGNE_DE_LANGUE = re.compile(r"\s*#\s*langu(?:age|e)\s*:?\s*(?P<langue>[A-Za-z_-]*)\s*", re.IGNORECASE)
BORNES = ('"""', "```")

_MARQUE_D_ORDRE = "\ufeff"
_SOMMET = "features"


class Nature(Enum):
    """What a line is."""

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
    TEXTE = auto()
    """Between the quotes of a doc string."""
    DESCRIPTION = auto()
    REFUSEE = auto()


TETES = frozenset({Nature.FONCTIONNALITE, Nature.REGLE, Nature.CONTEXTE, Nature.SCENARIO, Nature.EXEMPLES})
_NATURES = {
    "Empty": Nature.VIDE, "Comment": Nature.COMMENTAIRE, "Language": Nature.COMMENTAIRE,
    "TagLine": Nature.ETIQUETTES, "FeatureLine": Nature.FONCTIONNALITE, "RuleLine": Nature.REGLE,
    "BackgroundLine": Nature.CONTEXTE, "ScenarioLine": Nature.SCENARIO, "ExamplesLine": Nature.EXEMPLES,
    "StepLine": Nature.PAS, "TableRow": Nature.TABLE, "DocStringSeparator": Nature.BORNE,
    "Other": Nature.DESCRIPTION,
}  # fmt: skip
_ALLURES = {"": Nature.VIDE, "#": Nature.COMMENTAIRE, "@": Nature.ETIQUETTES, "|": Nature.TABLE}
_DES_BLOCS = {
    FONCTIONNALITE: Nature.FONCTIONNALITE, REGLE: Nature.REGLE, CONTEXTE: Nature.CONTEXTE, EXEMPLES: Nature.EXEMPLES
}  # fmt: skip


@dataclass(frozen=True)
class Ligne:
    """A line without its end: what Gherkin takes it for, its keyword and what follows, its cells if it is a row."""

    numero: int
    texte: str
    nature: Nature
    mot: str = ""
    suite: str = ""
    cases: tuple[str, ...] = ()

    @property
    def nue(self) -> str:
        """The line without what surrounds it."""
        return self.texte.strip()

    @property
    def marge(self) -> int:
        """The number of characters before the first that is not a space."""
        return len(self.texte) - len(self.texte.lstrip())

    @property
    def allure(self) -> Nature:
        """What the line looks like by itself, where Gherkin does not take it for that; DESCRIPTION for any prose."""
        if self.nature not in {Nature.DESCRIPTION, Nature.REFUSEE}:
            return self.nature
        if self.nue[:1] in _ALLURES:
            return _ALLURES[self.nue[:1]]
        if self.nue.startswith(BORNES):
            return Nature.BORNE
        mot = mot_de_bloc(self.nue)
        if mot:
            return _DES_BLOCS.get(mot, Nature.SCENARIO)
        # Gherkin wants the space after the keyword: the end of the line is not one.
        return Nature.PAS if mot_de_pas(self.texte.lstrip()) else Nature.DESCRIPTION


@dataclass(frozen=True)
class Erreur:
    """What Gherkin says of a line that it does not understand, in English."""

    ligne: int
    message: str


@dataclass(frozen=True)
class Lecture:
    """A text read. `arbre`: gherkin's own tree, for who must hand it on; None, like the feature, after any error."""

    lignes: tuple[Ligne, ...]
    erreurs: tuple[Erreur, ...]
    arbre: Mapping[str, Any] | None
    fonctionnalite: Fonctionnalite | None

    @property
    def langue(self) -> str | None:
        """The language that its header names; None without a header."""
        lus = (LIGNE_DE_LANGUE.fullmatch(lue.texte) for lue in self.lignes if lue.nature is Nature.COMMENTAIRE)
        return next((lu["langue"] for lu in lus if lu), None)


@dataclass(frozen=True)
class Fichier:
    """A feature file read: `nom` is how it is called in a report, `texte` what it holds, ends of lines untouched."""

    nom: str
    chemin: Path
    texte: str
    lecture: Lecture
    est_utf8: bool = True

    @property
    def lignes(self) -> tuple[Ligne, ...]:
        """Its lines."""
        return self.lecture.lignes

    @property
    def fonctionnalite(self) -> Fonctionnalite | None:
        """Its feature, None when Gherkin refuses something in it."""
        return self.lecture.fonctionnalite

    @property
    def dossiers(self) -> tuple[str, ...]:
        """The folders between `features` and the file, outermost first."""
        parents = self.chemin.absolute().parent.parts
        sommets = [rang for rang, nom in enumerate(parents) if nom == _SOMMET]
        return parents[sommets[-1] + 1 :] if sommets else ()


class LectureImpossible(ValueError):  # noqa: N818 - it reads as a sentence
    """A text in which Gherkin refuses something, where a feature is required; the message is Gherkin's, in English."""


def lire(texte: str, numeros: IdGenerator | None = None) -> Lecture:
    """Read a text, a byte order mark and any ends of lines allowed; `numeros` number the nodes of its tree."""
    return lire_rangees(rangees_de(texte), numeros)


def lire_rangees(
    rangees: Sequence[str], numeros: IdGenerator | None = None, avant: Sequence[str] = (), *, en_francais: bool = True
) -> Lecture:
    """Read the lines of a text, and as many are in the reading.

    `avant`: the lines that an extract lacks, which are read before it and never shown; there is no tree then.
    `en_francais`: whatever the text says of its language; otherwise as it says, as pytest-bdd would.
    """
    temoin = _Temoin(numeros)
    traduire = _en_francais if en_francais else str
    source = "".join(f"{traduire(rangee)}\n" for rangee in [*avant, *rangees])
    arbre: Mapping[str, Any] | None = None
    erreurs: tuple[Erreur, ...] = ()
    try:
        arbre = _Lecteur(temoin).parse(source, TokenMatcher(LANGUE) if en_francais else TokenMatcher())
    except CompositeParserException as refus:
        erreurs = tuple(Erreur(chaque.location["line"] - len(avant), str(chaque)) for chaque in refus.errors)
    vus = {vu.location["line"] - len(avant): vu for vu in temoin.vus}
    lignes = _lignes(rangees, vus)
    if arbre is None or avant or "feature" not in arbre:
        return Lecture(lignes, erreurs, None if avant else arbre, None)
    return Lecture(lignes, erreurs, arbre, fonctionnalite(arbre["feature"]))


def rangees_de(texte: str) -> list[str]:
    """Cut a text into lines, whatever ends them, without a byte order mark."""
    rangees = texte.removeprefix(_MARQUE_D_ORDRE).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return rangees if rangees[-1] else rangees[:-1]


def exiger(texte: str, numeros: IdGenerator | None = None, *, en_francais: bool = True) -> Lecture:
    """Read a text that must be a feature, in French or in the language that it says. Raises LectureImpossible."""
    lecture = lire_rangees(rangees_de(texte), numeros, en_francais=en_francais)
    if lecture.erreurs:
        raise LectureImpossible("\n".join(erreur.message for erreur in lecture.erreurs))
    return lecture


def lire_fichier(chemin: Path, racine: Path | None = None) -> Fichier:
    """Read the feature at `chemin`, called by its place below `racine`; bytes that are no UTF-8 are those of Windows.

    Read once for as long as the file does not change. Raises OSError.
    """
    texte, est_utf8, lecture = _lu(chemin)
    return Fichier(_nom(chemin, racine), chemin, texte, lecture, est_utf8)


def lire_contenu(chemin: Path) -> Lecture:
    """Read the feature at `chemin` for who needs no name of it. Raises OSError."""
    return _lu(chemin)[2]


def _lu(chemin: Path) -> tuple[str, bool, Lecture]:
    etat = chemin.stat()
    return _contenu(chemin.absolute(), etat.st_mtime_ns, etat.st_size)


@lru_cache(maxsize=256)
def _contenu(chemin: Path, _modifie: int, _taille: int) -> tuple[str, bool, Lecture]:
    texte, est_utf8 = decoder(chemin.read_bytes())
    return texte, est_utf8, lire_et_numeroter(texte)[0]


@lru_cache(maxsize=256)
def lire_et_numeroter(texte: str) -> tuple[Lecture, int]:
    """Read a text once for all who ask for it; give the first number that its tree leaves free."""
    numeros = IdGenerator()
    return lire(texte, numeros), int(numeros.get_next_id())


def decoder(octets: bytes) -> tuple[str, bool]:
    """Give the text of some bytes, and whether they are UTF-8; others are read as Windows writes them."""
    try:
        return octets.decode("utf-8"), True
    except UnicodeDecodeError:
        return octets.decode("cp1252", errors="replace"), False


def comme_fichier(texte: str, chemin: Path, racine: Path | None = None) -> Fichier:
    """Read a text as if it stood at `chemin`."""
    return Fichier(_nom(chemin, racine), chemin, texte, lire(texte))


def fichiers(chemins: Iterable[Path]) -> list[Path]:
    """Return the features at and below `chemins`, sorted; in hidden folders too, since nobody would look there."""
    trouves: set[Path] = set()
    for chemin in chemins:
        if chemin.is_dir():
            trouves.update(
                Path(dossier, nom)
                for dossier, _, noms in os.walk(chemin)
                for nom in noms
                if ".feature" in nom.casefold()  # The check says if it will be read as one.
            )
        else:
            trouves.add(chemin)
    return sorted(trouves)


class _Temoin(AstBuilder):
    """Gherkin's builder, which also notes what each line is taken for."""

    def reset(self) -> None:
        super().reset()
        self.vus: list[Any] = []  # The tokens of gherkin, whose type says little.

    def build(self, token: Any) -> None:
        self.vus.append(token)
        super().build(token)


class _Lecteur(Parser):
    """Gherkin's parser, which does not give up after ten faults: their number is that of the lines at most."""

    def add_error(self, context: ParserContext, error: ParserException) -> None:
        context.errors.append(error)


def _en_francais(rangee: str) -> str:
    """Return a line without what it says of the language."""
    return "#" if LIGNE_DE_LANGUE.fullmatch(rangee) else rangee


def _lignes(rangees: Sequence[str], vus: Mapping[int, Any]) -> tuple[Ligne, ...]:
    """Give each line as it was taken. Without a feature nothing is, and quotes are then taken at their word."""
    sans_fonctionnalite = not any(vu.matched_type == "FeatureLine" for vu in vus.values())
    lignes: list[Ligne] = []
    ouvert = refermee_par = ""
    for numero, rangee in enumerate(rangees, start=1):
        vu = vus.get(numero)
        nature = _NATURES[vu.matched_type] if vu else Nature.REFUSEE
        borne = next((signe for signe in BORNES if rangee.strip().startswith(signe)), "")
        if nature is Nature.BORNE:
            ouvert = "" if ouvert else borne
        elif ouvert and nature in {Nature.DESCRIPTION, Nature.VIDE}:
            nature = Nature.TEXTE
        elif nature is Nature.DESCRIPTION and not rangee.strip():
            nature = Nature.VIDE
        elif sans_fonctionnalite and refermee_par:
            nature = Nature.BORNE if borne == refermee_par else Nature.TEXTE
            refermee_par = "" if nature is Nature.BORNE else refermee_par
        elif sans_fonctionnalite and borne:
            nature, refermee_par = Nature.BORNE, borne
        mot, suite = (vu.matched_keyword or "", vu.matched_text or "") if vu else ("", "")
        cases = tuple(case["text"] for case in vu.matched_items or ()) if vu and nature is Nature.TABLE else ()
        lignes.append(Ligne(numero, rangee, nature, mot, suite, cases))
    return tuple(lignes)


def _nom(chemin: Path, racine: Path | None) -> str:
    """Return `chemin` as said in a report: below `racine` (the current folder by default) when it is there."""
    base = (racine or Path.cwd()).resolve()
    resolu = chemin.resolve()
    return str(resolu.relative_to(base)) if resolu.is_relative_to(base) else str(chemin)
