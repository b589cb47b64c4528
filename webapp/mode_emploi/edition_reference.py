"""What a guide says today, sentence by sentence: that with which another edition of it is compared.

The guide that follows a document of the portal is the rows of its matrix, word for word; those that are ours are their
own titles and paragraphs. Each sentence knows the scenarios that would have to change with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from steps.gherkin.original import chemin_de_la_fiche
from webapp.mode_emploi.edition_phrases import Reference, couper, nom_de
from webapp.mode_emploi.edition_publication import formes
from webapp.mode_emploi.fiche import Fiche, fiches
from webapp.mode_emploi.guide import DOSSIER, Guide
from webapp.mode_emploi.tracabilite import Matrice, matrices

IMAGE = "copie d'écran"
_ENCADRE = "Encadré"


@dataclass(frozen=True)
class Edition:
    """The guide as it stands: its version, its sentences in order, its text as one would copy it.

    `publiees`: it again, in each form in which we publish it.
    """

    guide: Guide
    version: str
    phrases: tuple[Reference, ...]
    texte: str
    publiees: tuple[tuple[Reference, ...], ...] = ()

    @cached_property
    def mots(self) -> frozenset[str]:
        """Every word of it, in any of its forms."""
        return frozenset(mot for forme in (self.phrases, *self.publiees) for phrase in forme for mot in phrase.mots)


@cache
def editions() -> tuple[Edition, ...]:
    """Give each guide as it stands, in their order; read once in the life of the process."""
    par_guide = {matrice.guide.nom: matrice for matrice in matrices()}
    return tuple(
        _avec_publication(_de_la_matrice(par_guide[fiche.guide.nom]), fiche)
        if fiche.guide.nom in par_guide
        else _avec_publication(_du_guide(fiche.guide), fiche)
        for fiche in fiches()
    )


def _avec_publication(edition: Edition, fiche: Fiche) -> Edition:
    return replace(edition, publiees=formes(fiche, edition.phrases))


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
        Reference(f"0.{rang}", nom_de(None), phrase, nom_de(None), "", ())
        for rang, phrase in enumerate((guide.titre, *couper(guide.texte)), start=1)
    ]
    lignes = [guide.titre, *guide.texte]
    for place, etape in enumerate(guide.etapes, start=1):
        numero = etape.numero if etape.numero is not None else f"{place}bis"
        nom = nom_de(etape)
        phrases += [
            Reference(f"{numero}.{rang}", nom, phrase, nom, etape.ancre, etape.exemples)
            for rang, phrase in enumerate((etape.titre, *couper(etape.texte)), start=1)
        ]
        lignes += [f"{etape.numero} - {etape.titre}" if etape.numero is not None else etape.titre, *etape.texte]
    return Edition(guide, "", tuple(phrases), "\n\n".join(lignes))


def _section(place: str) -> str:
    """Name what a sentence stands in: « Étape 7 », « Après l'étape 13 », the box."""
    return _ENCADRE if place.startswith(_ENCADRE) else place.partition(",")[0]


def _feature(guide: Guide) -> Path:
    return DOSSIER / f"{guide.nom.replace('-', '_')}.feature"
