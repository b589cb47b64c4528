"""Another edition of a guide beside the one that we follow: what is the same, changed, new, gone, or in another order.

In: any text, however it was copied. Out: one finding for each thing that changed, with what would have to change here.
Nothing is stored. What is looked at is bounded; what is left out is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from steps.gherkin.typographie import aplanir, plier
from webapp.domain.textes import fr
from webapp.mode_emploi.edition_alignement import Alignement, aligner
from webapp.mode_emploi.edition_constats import Constat, Genre, constater
from webapp.mode_emploi.edition_copie import lire_copie
from webapp.mode_emploi.edition_mots import MotLu, lire, nettoyer, sans_accents
from webapp.mode_emploi.edition_phrases import Reference
from webapp.mode_emploi.edition_publication import sans_cadre
from webapp.mode_emploi.edition_reference import Edition, editions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

TEXTE_MAX = 200_000
"""Characters of a text that may be compared: twice the source of the page of the longest guide."""
MOTS_MAX = 3_000
"""Words that are looked at: four times those of the longest guide."""
_ETRANGER = 0.15


class Verdict(Enum):
    """What a comparison comes to."""

    VIDE = "vide"
    ETRANGER = "étranger"
    IDENTIQUE = "identique"
    DIFFERENT = "différent"


@dataclass(frozen=True)
class Comparaison:
    """A text beside a guide. `images_absentes`: nothing of what stands in its pictures was pasted, nor compared.

    `tronque`: what is beyond the first words was not read. `autre`: the guide that the text looks more like.
    `sans_casse`, `sans_accents`: it has capitals only or none, or no accent, and these were not compared.
    `source`, `relue`: the tags of a page were taken off, letters badly read were read again.
    """

    edition: Edition
    constats: tuple[Constat, ...]
    identiques: tuple[Reference, ...]
    verdict: Verdict
    images_absentes: int = 0
    tronque: bool = False
    autre: Edition | None = None
    sans_casse: bool = False
    sans_accents: bool = False
    source: bool = False
    relue: bool = False

    @cached_property
    def comptes(self) -> dict[Genre, int]:
        """Count the findings of each kind, in the order of `Genre`, zeros left out."""
        comptes = {genre: sum(constat.genre is genre for constat in self.constats) for genre in Genre}
        return {genre: nombre for genre, nombre in comptes.items() if nombre}

    @cached_property
    def avis(self) -> tuple[str, ...]:
        """Give what was done to the text before it was compared, and what was not compared, a sentence each."""
        return tuple(fr(phrase) for phrase in self._avis())

    def _avis(self) -> Iterator[str]:
        if self.source:
            yield "Ce texte était le code d'une page : ses balises ont été retirées avant la comparaison."
        if self.relue:
            yield (
                "Des lettres de ce texte étaient mal lues, comme « Ã© » au lieu de « é » : elles ont été rétablies "
                "avant la comparaison."
            )
        if self.images_absentes:
            yield (
                "Aucun texte des copies d'écran ne se trouve dans ce que vous avez collé, comme souvent depuis un "
                f"PDF : leurs {self.images_absentes} fragments n'ont pas été comparés."
            )
        if self.sans_casse and self.sans_accents:
            yield "Ce texte n'a qu'une casse et aucun accent : ni les capitales ni les accents n'ont été comparés."
        elif self.sans_casse:
            yield "Ce texte n'a qu'une casse : les capitales n'ont pas été comparées."
        elif self.sans_accents:
            yield "Ce texte n'a aucun accent : les accents n'ont pas été comparés."


def comparer(edition: Edition, texte: str) -> Comparaison:
    """Compare a text with a guide as it stands."""
    copie = lire_copie(texte)
    return replace(_comparer(edition, copie.texte), source=copie.source, relue=copie.relue)


def _comparer(edition: Edition, texte: str) -> Comparaison:
    pertes = _pertes(aplanir(texte))
    suivie = _avec_pertes(edition, pertes)
    plat = sans_cadre(nettoyer(texte, suivie.mots), edition.guide.titre)
    tous = lire(plat)
    lus = tous[:MOTS_MAX]
    if not lus:
        return Comparaison(edition, (), (), Verdict.VIDE)
    lectures = [_lire(forme, lus) for forme in (suivie.phrases, *suivie.publiees)]
    lecture = min(lectures, key=lambda lecture: lecture.reste)
    comparees, fait, ecartees = lecture.phrases, lecture.fait, lecture.images
    autre = plus_proche(edition, lus)
    if _est_etranger(fait):
        return Comparaison(edition, (), (), Verdict.ETRANGER, autre=autre, tronque=len(tous) > len(lus))
    constats, identiques = constater(suivie, comparees, fait, plat)
    verdict = Verdict.DIFFERENT if constats else Verdict.IDENTIQUE
    return Comparaison(
        edition, constats, identiques, verdict, ecartees, len(tous) > len(lus), autre,
        sans_casse=bool({str.upper, str.lower} & set(pertes)), sans_accents=sans_accents in pertes,
    )  # fmt: skip


def _pertes(texte: str) -> tuple[Callable[[str], str], ...]:
    """Give what a copy did to all of its letters: what it has none of, it cannot have changed."""
    if texte.upper() == texte.lower():
        return ()
    return tuple(perte for perte in (str.upper, str.lower, sans_accents) if perte(texte) == texte)


def _avec_pertes(edition: Edition, pertes: Sequence[Callable[[str], str]]) -> Edition:
    """Give the guide as such a copy would have made it."""
    if not pertes:
        return edition

    def perdre(texte: str) -> str:
        for perte in pertes:
            texte = perte(texte)
        return texte

    phrases, *publiees = (
        tuple(replace(phrase, texte=perdre(phrase.texte)) for phrase in forme)
        for forme in (edition.phrases, *edition.publiees)
    )
    return replace(edition, version=perdre(edition.version), phrases=phrases, publiees=tuple(publiees))


@dataclass(frozen=True)
class _Lecture:
    """A text read as one of the forms of a guide. `images`: how many sentences of its pictures were left aside."""

    phrases: tuple[Reference, ...]
    fait: Alignement
    images: int

    @property
    def reste(self) -> int:
        """The words that are on one side only: of the forms of a guide, a text is of the one that leaves the least."""
        pris = self.fait.pris()
        seuls = sum(not mot.numero for place, mot in enumerate(self.fait.lus) if place not in pris)
        return seuls + sum(map(len, self.fait.phrases)) - len(pris)


def _lire(forme: tuple[Reference, ...], lus: tuple[MotLu, ...]) -> _Lecture:
    phrases = tuple(phrase for phrase in forme if not phrase.absente)
    fait = _aligner(phrases, lus)
    if not _sans_images(phrases, fait):
        return _Lecture(phrases, fait, 0)
    ecrites = tuple(phrase for phrase in phrases if not phrase.image)
    return _Lecture(ecrites, _aligner(ecrites, lus), len(phrases) - len(ecrites))


def _aligner(phrases: tuple[Reference, ...], lus: tuple[MotLu, ...]) -> Alignement:
    return aligner([phrase.mots for phrase in phrases], lus)


def _sans_images(phrases: tuple[Reference, ...], fait: Alignement) -> bool:
    """Say whether what stands in the pictures was left out of the copy, as a copy of a document does."""
    images = [rang for rang, phrase in enumerate(phrases) if phrase.image]
    trouvees = sum(len(fait.places[rang]) for rang in images)
    return bool(images) and trouvees < _ETRANGER * sum(len(phrases[rang].mots) for rang in images)


def _est_etranger(fait: Alignement) -> bool:
    trouves = sum(map(len, fait.places))
    return trouves < _ETRANGER * min(len(fait.lus), sum(map(len, fait.phrases)))


def plus_proche(edition: Edition, lus: tuple[MotLu, ...]) -> Edition | None:
    """Give another guide if it has more of the runs of three words of the text than the one that is compared."""
    suites = _trios([plier(mot.cle) for mot in lus if not mot.numero])

    def part(autre: Edition) -> float:
        siennes = _trios([plier(mot) for phrase in autre.phrases for mot in phrase.mots])
        return len(suites & siennes) / max(1, len(siennes))

    meilleure = max(editions(), key=part)
    return meilleure if meilleure is not edition and part(meilleure) > max(part(edition), 0.1) else None


def _trios(mots: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(mots, mots[1:], mots[2:], strict=False))
