"""The features as they are written: every file, in the order in which one reads them, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from steps.gherkin.document import Instance
from steps.gherkin.lecture import Nature, lire_fichier
from steps.gherkin.typographie import plier
from webapp.domain.textes import fr
from webapp.mode_emploi.guide import DOSSIER as GUIDES
from webapp.mode_emploi.publication import Place, Titre

if TYPE_CHECKING:
    from collections.abc import Sequence

DOSSIER = GUIDES.parent
RUBRIQUES = {"guide": "Le guide, étape par étape", "regles": "Ce que le guide implique"}


@dataclass(frozen=True)
class Ecrit:
    """A scenario, or one row of its examples: where it is, its title, that of its rule."""

    place: Place
    titre: str
    regle: str

    @property
    def cle(self) -> Titre:
        """What its history is found by."""
        return self.place[0], self.titre


@dataclass(frozen=True)
class Feature:
    """One file: its address in two words, where it is from the root of the project, its title, lines and scenarios."""

    rubrique: str
    nom: str
    fichier: str
    titre: str
    lignes: tuple[str, ...]
    scenarios: tuple[Ecrit, ...]

    def trouves(self, mots: Sequence[str]) -> tuple[Ecrit, ...]:
        """Give the scenarios that hold these folded words, in their title, that of their rule or of the feature."""
        return tuple(
            ecrit
            for ecrit in self.scenarios
            if all(mot in plier(f"{self.titre} {ecrit.regle} {ecrit.titre}") for mot in mots)
        )


def adresse(fichier: str) -> str:
    """Give the word by which a file is addressed: its name, without underscores."""
    return fichier.removesuffix(".feature").replace("_", "-")


@cache
def features(dossier: Path = DOSSIER) -> tuple[Feature, ...]:
    """Read every feature, the guide first; read once in the life of the process."""
    return tuple(_lire(chemin) for rubrique in RUBRIQUES for chemin in sorted((dossier / rubrique).glob("*.feature")))


def _lire(chemin: Path) -> Feature:
    fichier = lire_fichier(chemin)
    titre = next((ligne.suite for ligne in fichier.lignes if ligne.nature is Nature.FONCTIONNALITE), chemin.stem)
    rubrique = chemin.parent.name
    nom = f"{DOSSIER.name}/{rubrique}/{chemin.name}"
    lignes = tuple(ligne.texte for ligne in fichier.lignes)
    instances = fichier.fonctionnalite.instances if fichier.fonctionnalite else ()
    return Feature(rubrique, adresse(chemin.name), nom, fr(titre), lignes, tuple(_ecrit(i, nom) for i in instances))


def _ecrit(instance: Instance, fichier: str) -> Ecrit:
    regle = instance.scenario.regle
    return Ecrit((fichier, instance.ligne), fr(instance.nom), fr(regle.nom) if regle else "")


def chercher(demande: str) -> list[tuple[Feature, tuple[Ecrit, ...]]]:
    """Give the features that hold the words asked for, each with its scenarios that do; all of them for none.

    The words are folded once: they may be long, and scenarios are many.
    """
    mots = plier(demande).split()
    return [(feature, trouves) for feature in features() if (trouves := feature.trouves(mots))]
