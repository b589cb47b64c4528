"""What a guide says today, sentence by sentence: that with which another edition of it is compared.

The guide that follows a document of the portal is the rows of its matrix, word for word; those that are ours are their
own titles and paragraphs. Each sentence knows the scenarios that would have to change with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from steps.gherkin.original import chemin_de_la_fiche
from webapp.mode_emploi.edition_mots import cles
from webapp.mode_emploi.guide import DOSSIER, Exemple, Guide, guides
from webapp.mode_emploi.tracabilite import Ligne, Matrice, matrices

IMAGE = "copie d'écran"
_PHRASE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])")
_ENCADRE = "Encadré"


@dataclass(frozen=True)
class Reference:
    """A sentence of a guide: its number, where it stands, what it says, its step, the scenarios that prove it.

    `section` is what goes away together. `image`: it stands in a picture, which a copy of a document may lack.
    `absente`: it is a reconstruction. `ligne`: its row in the matrix, where there is one.
    """

    id: str
    place: str
    texte: str
    section: str
    ancre: str
    exemples: tuple[Exemple, ...]
    image: bool = False
    absente: bool = False
    ligne: Ligne | None = None

    @property
    def mots(self) -> tuple[str, ...]:
        """Its words, as they are compared."""
        return cles(self.texte)


@dataclass(frozen=True)
class Edition:
    """The guide as it stands: its version, its sentences in order, its text as one would copy it."""

    guide: Guide
    version: str
    phrases: tuple[Reference, ...]
    texte: str


@cache
def editions() -> tuple[Edition, ...]:
    """Give each guide as it stands, in their order; read once in the life of the process."""
    par_guide = {matrice.guide.nom: matrice for matrice in matrices()}
    return tuple(
        _de_la_matrice(par_guide[guide.nom]) if guide.nom in par_guide else _du_guide(guide) for guide in guides()
    )


def _de_la_matrice(matrice: Matrice) -> Edition:
    ancres = {etape.numero: etape.ancre for etape in matrice.guide.etapes if etape.numero is not None}
    phrases = tuple(
        Reference(
            ligne.id,
            ligne.place,
            ligne.texte,
            _section(ligne.phrase.place),
            ancres.get(ligne.phrase.etape, ""),
            tuple(colonne.exemple for colonne in ligne.colonnes),
            IMAGE in ligne.phrase.place,
            ligne.phrase.absente,
            ligne,
        )
        for ligne in matrice.lignes
    )
    fiche = chemin_de_la_fiche(_feature(matrice.guide))
    texte = fiche.read_text("utf-8") if fiche.exists() else "\n\n".join(p.texte for p in phrases if not p.absente)
    return Edition(matrice.guide, matrice.version, phrases, texte)


def _du_guide(guide: Guide) -> Edition:
    phrases = [
        Reference(f"0.{rang}", "Présentation", phrase, "Présentation", "", ())
        for rang, phrase in enumerate((guide.titre, *_phrases(guide.texte)), start=1)
    ]
    lignes = [guide.titre, *guide.texte]
    for place, etape in enumerate(guide.etapes, start=1):
        numero = etape.numero if etape.numero is not None else f"{place}bis"
        nom = f"Étape {etape.numero}" if etape.numero is not None else etape.titre
        phrases += [
            Reference(f"{numero}.{rang}", nom, phrase, nom, etape.ancre, etape.exemples)
            for rang, phrase in enumerate((etape.titre, *_phrases(etape.texte)), start=1)
        ]
        lignes += [f"{etape.numero} - {etape.titre}" if etape.numero is not None else etape.titre, *etape.texte]
    return Edition(guide, "", tuple(phrases), "\n\n".join(lignes))


def _phrases(paragraphes: tuple[str, ...]) -> list[str]:
    return [phrase for paragraphe in paragraphes for phrase in _PHRASE.split(paragraphe)]


def _section(place: str) -> str:
    """Name what a sentence stands in: « Étape 7 », « Après l'étape 13 », the box."""
    return _ENCADRE if place.startswith(_ENCADRE) else place.partition(",")[0]


def _feature(guide: Guide) -> Path:
    return DOSSIER / f"{guide.nom.replace('-', '_')}.feature"
