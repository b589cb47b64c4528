"""The matrix of traceability: the guide's sentences in rows, the scenarios that prove them in columns.

The sentences stand word for word in features/guide/NAME.source.toml; a scenario quotes those that it proves; whether it
passed is what the last publication says. Knows nothing of the screens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from steps.gherkin.original import PhraseOriginale, chemin_de_l_original, cle, lire_original
from webapp.domain.textes import fr
from webapp.mode_emploi.guide import DOSSIER, Exemple, Guide, guides
from webapp.mode_emploi.publication import Publication, publication
from webapp.mode_emploi.tableur import en_csv


class Preuve(Enum):
    """What is known of a sentence, or of one scenario: its name on screen, and the sign that stands for it."""

    PASSE = ("prouvée", "✓")
    ECHOUE = ("en échec", "✗")
    NON_VERIFIEE = ("à vérifier", "?")
    NON_COUVERTE = ("non couverte", "—")

    def __init__(self, libelle: str, signe: str) -> None:
        """Keep how a person reads it, and how a cell of the matrix says it."""
        self.libelle = libelle
        self.signe = signe


@dataclass(frozen=True)
class Colonne:
    """One scenario: its number in the matrix, itself, whether it passed."""

    numero: int
    exemple: Exemple
    preuve: Preuve


@dataclass(frozen=True)
class Ligne:
    """One sentence of the guide and the scenarios that prove it. `absente`: missing from the transcription."""

    id: str
    place: str
    texte: str
    absente: bool
    reconstituee: bool
    colonnes: tuple[Colonne, ...]

    @property
    def etape(self) -> int:
        """The guide's step."""
        return int(self.id.partition(".")[0])

    @property
    def preuve(self) -> Preuve:
        """What its scenarios say together: all must pass."""
        if not self.colonnes:
            return Preuve.NON_COUVERTE
        preuves = {colonne.preuve for colonne in self.colonnes}
        return next(p for p in (Preuve.ECHOUE, Preuve.NON_VERIFIEE, Preuve.PASSE) if p in preuves)

    def cellule(self, colonne: Colonne) -> str:
        """Give the sign of this sentence in the column of a scenario."""
        return colonne.preuve.signe if colonne in self.colonnes else ""


@dataclass(frozen=True)
class Matrice:
    """The whole matrix of one guide."""

    guide: Guide
    version: str
    lignes: tuple[Ligne, ...]
    colonnes: tuple[Colonne, ...]
    publication: Publication

    @property
    def bilan(self) -> Mapping[Preuve, int]:
        """Count the sentences by what is known of them, in the order of `Preuve`, zeros left out."""
        comptes = {preuve: sum(ligne.preuve is preuve for ligne in self.lignes) for preuve in Preuve}
        return {preuve: nombre for preuve, nombre in comptes.items() if nombre}

    def en_csv(self) -> str:
        """Give the matrix as a French spreadsheet reads it: one row a sentence, one column a scenario."""
        return en_csv(self._rangees())

    def _rangees(self) -> Iterator[list[str]]:
        titres = [f"{c.exemple.titre} ({c.exemple.place[0]}:{c.exemple.place[1]})" for c in self.colonnes]
        yield ["Phrase", "Place dans la fiche", "Texte", "État", "Absente de la source", "Reconstituée", *titres]
        for ligne in self.lignes:
            preuves = [c.preuve.libelle if c in ligne.colonnes else "" for c in self.colonnes]
            marques = ["oui" if marque else "" for marque in (ligne.absente, ligne.reconstituee)]
            yield [ligne.id, ligne.place, ligne.texte, ligne.preuve.libelle, *marques, *preuves]


@cache
def matrices(dossier: Path = DOSSIER) -> tuple[Matrice, ...]:
    """Give the matrix of each guide that has its original beside it; read once in the life of the process."""
    return tuple(
        _matrice(guide, source, publication())
        for guide in guides(dossier)
        if (source := chemin_de_l_original(dossier / f"{guide.nom.replace('-', '_')}.feature")).exists()
    )


def _matrice(guide: Guide, source: Path, publiee: Publication) -> Matrice:
    original = lire_original(source)
    exemples = [exemple for etape in guide.etapes for exemple in etape.exemples]
    colonnes = tuple(
        Colonne(numero, exemple, _preuve(exemple, publiee)) for numero, exemple in enumerate(exemples, start=1)
    )
    lignes = tuple(_ligne(phrase, colonnes) for phrase in original.phrases)
    return Matrice(guide, fr(original.version), lignes, colonnes, publiee)


def _ligne(phrase: PhraseOriginale, colonnes: tuple[Colonne, ...]) -> Ligne:
    siennes = tuple(c for c in colonnes if cle(phrase.texte) in map(cle, c.exemple.citations))
    reconstituee = phrase.absente or any(c.exemple.reconstitue for c in siennes)
    return Ligne(phrase.id, fr(phrase.place), fr(phrase.texte), phrase.absente, reconstituee, siennes)


def _preuve(exemple: Exemple, publiee: Publication) -> Preuve:
    resultat = publiee.resultats.get(exemple.cle)
    if resultat is None:
        return Preuve.NON_VERIFIEE
    return Preuve.PASSE if resultat.passe else Preuve.ECHOUE
