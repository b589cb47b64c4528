"""Read features/guide: one guide a file, one numbered step a « Règle », its examples the scenarios below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from steps.gherkin.document import Fonctionnalite, Instance, Regle
from steps.gherkin.document import Pas as PasLu
from steps.gherkin.etiquettes import HORS_SOURCE, RECONSTITUE, numero_d_etape
from steps.gherkin.lecture import LectureImpossible, decoder, exiger
from steps.gherkin.original import textes_cites
from webapp.domain.textes import fr
from webapp.mode_emploi.publication import Place, Titre

DOSSIER = Path(__file__).resolve().parent.parent.parent / "features" / "guide"
_ETAPE = re.compile(r"Étape (\d+)\s*[-–—:]\s*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Pas:
    """One step of a scenario: its keyword, its sentence, and the text or the table that stands under it."""

    mot: str
    texte: str
    bloc: str = ""
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Exemple:
    """A scenario that shows the step, or one row of its « Exemples »: its title, its steps, what it quotes.

    `place` is where it is written, `scenario` the line of its title; `citations` are the guide's sentences it proves,
    `numeros` the guide's steps that it is of.
    """

    titre: str
    pas: tuple[Pas, ...]
    reconstitue: bool
    place: Place = ("", 0)
    scenario: int = 0
    citations: tuple[str, ...] = ()
    numeros: frozenset[int] = frozenset()

    @property
    def cle(self) -> Titre:
        """What its published result is found by."""
        return self.place[0], self.titre

    @property
    def ancre(self) -> str:
        """Name of the place in the page."""
        return f"exemple-{self.place[1]}"


@dataclass(frozen=True)
class Etape:
    """One step of a guide. `numero` is None for what stands before or after the numbered steps."""

    numero: int | None
    titre: str
    texte: tuple[str, ...]
    exemples: tuple[Exemple, ...]
    reconstitue: bool

    @property
    def ancre(self) -> str:
        """Name of the place in the page."""
        return f"etape-{self.numero}" if self.numero is not None else re.sub(r"\W+", "-", self.titre.casefold())


@dataclass(frozen=True)
class Guide:
    """One guide: its address, its title, what it is for, its steps in order.

    `hors_source`: it is our own, and follows no document of the portal.
    """

    nom: str
    titre: str
    texte: tuple[str, ...]
    etapes: tuple[Etape, ...]
    hors_source: bool = False

    @property
    def nombre_d_etapes(self) -> int:
        """How many steps it numbers: what stands before and after them is none."""
        return sum(bool(etape.numero) for etape in self.etapes)


@cache
def guides(dossier: Path = DOSSIER) -> tuple[Guide, ...]:
    """Read every guide of a folder, our own after the others, in the order of the file names.

    Read once in the life of the process.
    """
    return tuple(sorted((lire(chemin) for chemin in dossier.glob("*.feature")), key=lambda g: (g.hors_source, g.nom)))


def lire(chemin: Path) -> Guide:
    """Read one feature file. Raises LectureImpossible when it is not Gherkin."""
    lue = exiger(decoder(chemin.read_bytes())[0]).fonctionnalite
    if lue is None:
        raise LectureImpossible(chemin.name)
    fichier = f"{chemin.parent.parent.name}/{chemin.parent.name}/{chemin.name}"
    etapes = tuple(_etape(lue, regle, fichier) for regle in lue.regles)
    return Guide(
        chemin.stem.replace("_", "-"),
        fr(lue.nom),
        _paragraphes(lue.description),
        etapes,
        HORS_SOURCE in lue.noms_d_etiquettes,
    )


def _etape(lue: Fonctionnalite, regle: Regle, fichier: str) -> Etape:
    titre = _ETAPE.fullmatch(regle.nom)
    return Etape(
        numero=int(titre.group(1)) if titre else None,
        titre=fr(titre.group(2) if titre else regle.nom),
        texte=_paragraphes(regle.description),
        exemples=tuple(_exemple(instance, fichier) for instance in lue.instances if instance.scenario.regle is regle),
        # An example may be reconstructed (a text was in a lost picture) while the step itself is the guide's.
        reconstitue=RECONSTITUE in regle.noms_d_etiquettes,
    )


def _exemple(instance: Instance, fichier: str) -> Exemple:
    scenario = instance.scenario
    return Exemple(
        fr(instance.nom),
        tuple(_pas(pas.dit(instance.valeurs)) for pas in scenario.pas),
        RECONSTITUE in scenario.noms_d_etiquettes,
        (fichier, instance.ligne),
        scenario.ligne,
        textes_cites(scenario),
        frozenset(n for nom in instance.etiquettes if (n := numero_d_etape(nom)) is not None),
    )


def _pas(pas: PasLu) -> Pas:
    table = tuple(tuple(fr(case) for case in rangee) for rangee in pas.cases)
    return Pas(fr(pas.mot.strip()), fr(pas.texte), fr(pas.texte_long or ""), table)


def _paragraphes(description: str) -> tuple[str, ...]:
    """Cut a description at its empty lines; the lines of a paragraph are joined."""
    blocs = re.split(r"\n\s*\n", description.strip())
    return tuple(fr(" ".join(ligne.strip() for ligne in bloc.splitlines())) for bloc in blocs if bloc.strip())
