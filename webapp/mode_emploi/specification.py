"""The features as they are written: every file, in the order in which one reads them, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from steps.gherkin.lecture import Nature, lire_fichier
from webapp.domain.textes import fr
from webapp.mode_emploi.guide import DOSSIER as GUIDES

DOSSIER = GUIDES.parent
RUBRIQUES = {"guide": "Le guide, étape par étape", "regles": "Ce que le guide implique"}


@dataclass(frozen=True)
class Feature:
    """One file: its address in two words, where it is from the root of the project, its title, its lines."""

    rubrique: str
    nom: str
    fichier: str
    titre: str
    lignes: tuple[str, ...]


def adresse(fichier: str) -> str:
    """Give the word by which a file is addressed: its name, without underscores."""
    return fichier.removesuffix(".feature").replace("_", "-")


@cache
def features(dossier: Path = DOSSIER) -> tuple[Feature, ...]:
    """Read every feature, the guide first; read once in the life of the process."""
    return tuple(_lire(chemin) for rubrique in RUBRIQUES for chemin in sorted((dossier / rubrique).glob("*.feature")))


def _lire(chemin: Path) -> Feature:
    lignes = lire_fichier(chemin).lignes
    titre = next((ligne.suite for ligne in lignes if ligne.nature is Nature.FONCTIONNALITE), chemin.stem)
    rubrique = chemin.parent.name
    fichier = f"{DOSSIER.name}/{rubrique}/{chemin.name}"
    return Feature(rubrique, adresse(chemin.name), fichier, fr(titre), tuple(ligne.texte for ligne in lignes))
