"""The matrix of traceability: the guide's sentences in rows, the scenarios that prove them in columns.

The sentences stand word for word in features/guide/NAME.source.toml; a scenario quotes those that it proves; whether it
passed is what the last publication says, and since when, what the runs kept. Knows nothing of the screens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cache, cached_property
from pathlib import Path

from steps.gherkin.original import Nature, PhraseOriginale, chemin_de_l_original, cle, lire_original
from steps.gherkin.typographie import plier
from webapp.domain.textes import fr
from webapp.mode_emploi.guide import DOSSIER, Exemple, Guide, guides
from webapp.mode_emploi.histoire import Rupture, histoire
from webapp.mode_emploi.publication import Publication, publication
from webapp.mode_emploi.tableur import en_csv


class Preuve(Enum):
    """What is known of a sentence, or of one scenario: its name on screen, and the sign that stands for it."""

    PASSE = ("prouvée", "✓")
    EN_PARTIE = ("prouvée en partie", "◐")
    CITEE = ("citée", "”")
    HORS_DU_PRODUIT = ("hors du produit", "○")
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


_SANS_SCENARIO = {Nature.CITEE: Preuve.CITEE, Nature.HORS_DU_PRODUIT: Preuve.HORS_DU_PRODUIT}


@dataclass(frozen=True)
class Ligne:
    """One sentence of the guide and the scenarios that prove it.

    `absente`: missing from the transcription. `notes`: why nothing proves it, what of it nothing shows, what the screen
    says otherwise. `depuis`: since which complete run all its scenarios pass; `rupture`: the last run in which one did
    not, and its title.
    """

    phrase: PhraseOriginale
    colonnes: tuple[Colonne, ...]
    depuis: datetime | None = None
    rupture: Rupture | None = None

    @property
    def id(self) -> str:
        """Its number: « 7.2 »."""
        return self.phrase.id

    @property
    def place(self) -> str:
        """Where it stands in the original."""
        return fr(self.phrase.place)

    @property
    def texte(self) -> str:
        """What it says, word for word."""
        return fr(self.phrase.texte)

    @property
    def etape(self) -> int:
        """The guide's step, that of its number."""
        return int(self.id.partition(".")[0])

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be known of it, in sentences."""
        partielle = f"Non montré : {self.phrase.en_partie}" if self.phrase.en_partie else ""
        return tuple(fr(dite) for dite in (self.phrase.raison, partielle, self.phrase.ecart) if dite)

    @property
    def provenance(self) -> str:
        """Say what of it is a reconstruction; empty when nothing is."""
        if self.phrase.absente:
            return "absente de la source, reconstituée"
        return "phrase de la fiche, texte du message reconstitué" if self._reconstituee else ""

    @property
    def _reconstituee(self) -> bool:
        return any(c.exemple.reconstitue for c in self.colonnes)

    @property
    def preuve(self) -> Preuve:
        """What its scenarios say together: all must pass. What nothing can prove is told by its nature."""
        if self.phrase.nature in _SANS_SCENARIO:
            return _SANS_SCENARIO[self.phrase.nature]
        if not self.colonnes:
            return Preuve.NON_COUVERTE
        preuves = {colonne.preuve for colonne in self.colonnes}
        trouvee = next(p for p in (Preuve.ECHOUE, Preuve.NON_VERIFIEE, Preuve.PASSE) if p in preuves)
        return Preuve.EN_PARTIE if trouvee is Preuve.PASSE and self.phrase.en_partie else trouvee


@dataclass(frozen=True)
class Filtre:
    """Which sentences are looked for: those of a state, of a step, whose text or scenarios hold some words."""

    etat: str = ""
    etape: str = ""
    mots: str = ""

    @cached_property
    def _plies(self) -> list[str]:
        """The words looked for, without case nor accents: folded once, for they may be long and sentences are many."""
        return plier(self.mots).split()

    def garde(self, ligne: Ligne) -> bool:
        """Say whether a sentence is looked for."""
        lu = plier(" ".join((ligne.id, ligne.texte, ligne.place, *(c.exemple.titre for c in ligne.colonnes))))
        return (
            self.etat in ("", ligne.preuve.name.lower())
            and self.etape in ("", str(ligne.etape))
            and all(mot in lu for mot in self._plies)
        )


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

    @property
    def etapes(self) -> tuple[int, ...]:
        """The steps that have a sentence, in order."""
        return tuple(sorted({ligne.etape for ligne in self.lignes}))

    def retenues(self, filtre: Filtre) -> tuple[Ligne, ...]:
        """Give the sentences that are looked for, in the order of the original."""
        return tuple(ligne for ligne in self.lignes if filtre.garde(ligne))

    def en_csv(self) -> str:
        """Give the matrix as a French spreadsheet reads it: one row a sentence, one column a scenario."""
        return en_csv(self._rangees())

    def _rangees(self) -> Iterator[list[str]]:
        titres = [f"{c.exemple.titre} ({c.exemple.place[0]}:{c.exemple.place[1]})" for c in self.colonnes]
        yield ["Phrase", "Place dans la fiche", "Texte", "État", "Provenance", "Remarques", "Depuis le",
               "Rompue le", "Rompue par", *titres]  # fmt: skip
        for ligne in self.lignes:
            preuves = [c.preuve.libelle if c in ligne.colonnes else "" for c in self.colonnes]
            depuis = ligne.depuis.date().isoformat() if ligne.depuis else ""
            rompue = [ligne.rupture.quand.date().isoformat(), ligne.rupture.titre] if ligne.rupture else ["", ""]
            remarques = " ".join(ligne.notes)
            yield [ligne.id, ligne.place, ligne.texte, ligne.preuve.libelle, ligne.provenance, remarques,
                   depuis, *rompue, *preuves]  # fmt: skip


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
    siennes = tuple(c for c in colonnes if _prouve(c.exemple, phrase))
    depuis, rupture = histoire().de(c.exemple.cle for c in siennes)
    return Ligne(phrase, siennes, depuis, rupture)


def _prouve(exemple: Exemple, phrase: PhraseOriginale) -> bool:
    """Say whether a scenario proves a sentence: it quotes it, in its step, as the original may say a thing twice."""
    return phrase.etape in exemple.numeros and cle(phrase.texte) in map(cle, exemple.citations)


def _preuve(exemple: Exemple, publiee: Publication) -> Preuve:
    resultat = publiee.resultats.get(exemple.cle)
    if resultat is None:
        return Preuve.NON_VERIFIEE
    return Preuve.PASSE if resultat.passe else Preuve.ECHOUE
