"""The scenarios as they are written: each with the place it will be known by, its examples expanded.

A scenario of an outline is known by the line of its example. The same place is computed from what pytest-bdd
collects (`steps.definitions.collecte`): the two lists must be one.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from steps.gherkin.lecture import Fichier


@dataclass(frozen=True, order=True)
class Place:
    """Where a scenario, or one example of it, stands."""

    fichier: str
    ligne: int

    def __str__(self) -> str:
        return f"{self.fichier}:{self.ligne}"


@dataclass(frozen=True)
class Inventaire:
    """What the features hold: the name of each scenario by its place, and how many steps were written."""

    scenarios: dict[Place, str]
    fichiers: int
    pas: int


def inventorier(fichiers: Iterable[Fichier]) -> Inventaire:
    """Return what is written in `fichiers`; one that Gherkin cannot read holds nothing (the check says so)."""
    fichiers = list(fichiers)
    lues = [(canonique(fichier.chemin), fichier.fonctionnalite) for fichier in fichiers if fichier.fonctionnalite]
    scenarios = {Place(nom, instance.ligne): instance.scenario.nom for nom, lue in lues for instance in lue.instances}
    return Inventaire(scenarios, len(fichiers), sum(len(lue.tous_les_pas) for _, lue in lues))


def canonique(chemin: Path | str) -> str:
    """Return the one name of the file at `chemin`."""
    return _resolu(os.path.join(Path.cwd(), chemin))  # noqa: PTH118 - pathlib costs more here than the search


@lru_cache(maxsize=1024)  # Asked for at each scenario, several times.
def _resolu(chemin: str) -> str:
    return str(Path(chemin).resolve())


@lru_cache(maxsize=4096)
def relatif(fichier: str, racine: Path) -> str:
    """Return `fichier` as said in a report: below `racine` when it is there."""
    chemin = Path(fichier)
    return str(chemin.relative_to(racine)) if chemin.is_relative_to(racine) else fichier
