"""The arithmetic of the bench: from what was counted to a ratio, its spread and a verdict. Knows of nothing else."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


class MesureImpossible(Exception):  # noqa: N818 - it reads as a sentence
    """What was to be measured is not there, or does something else; the message says what came instead."""


@dataclass(frozen=True)
class Tranche:
    """A few tenths of a second of one answer, asked again and again until the machine can give no more.

    In seconds: how long it took, the processor time of the server, that of whoever asks, the time the cores stood idle.
    """

    reponses: int
    duree: float
    serveur: float
    generateur: float
    repos: float

    @property
    def cout(self) -> float:
        """The seconds of core that an answer takes of the machine: spent, or left idle."""
        return (self.serveur + self.repos) / self.reponses

    @property
    def debit(self) -> float:
        """Answers a second, as read."""
        return self.reponses / self.duree


@dataclass(frozen=True)
class Tour:
    """One measure of a screen, between two of bare answers."""

    avant: Tranche
    ecran: Tranche
    apres: Tranche

    @property
    def multiple(self) -> float:
        """The cost of the screen in bare answers: how many of these the same server gives in the time of one."""
        return statistics.fmean((self.avant.debit, self.apres.debit)) / self.ecran.debit

    @property
    def multiple_sans_generateur(self) -> float:
        """The same without what the load generator takes of the machine: it takes as much of a bare answer."""
        return self.ecran.cout / statistics.fmean((self.avant.cout, self.apres.cout))


@dataclass(frozen=True)
class Mediane:
    """A ratio measured several times."""

    valeur: float
    mini: float
    maxi: float

    @classmethod
    def de(cls, valeurs: Sequence[float]) -> Mediane:
        """Sum up measures, one at least."""
        return cls(statistics.median(valeurs), min(valeurs), max(valeurs))


@dataclass(frozen=True)
class Resultat:
    """What a screen costs, over all its rounds."""

    nom: str
    plafond: float | None
    tours: tuple[Tour, ...]

    @property
    def multiple(self) -> Mediane:
        """The cost in bare answers: the figure that the target is about.

        The targets were set from a prototype that answered 13 577 bare requests a second and 2 570 « Vérifier »: 5.3.
        """
        return Mediane.de([tour.multiple for tour in self.tours])

    @property
    def multiple_sans_generateur(self) -> float:
        """The same without the load generator: the stricter view."""
        return statistics.median(tour.multiple_sans_generateur for tour in self.tours)

    @property
    def multiple_processeur(self) -> float:
        """The same from the processor time of the server alone, all rounds together."""
        return processeur(self.ecrans) / processeur(self.nues)

    @property
    def debit(self) -> float:
        """Answers a second."""
        return statistics.median(tranche.debit for tranche in self.ecrans)

    @property
    def ecrans(self) -> list[Tranche]:
        """The measures of the screen itself."""
        return [tour.ecran for tour in self.tours]

    @property
    def nues(self) -> list[Tranche]:
        """The measures of the bare answer around them."""
        return [tranche for tour in self.tours for tranche in (tour.avant, tour.apres)]

    @property
    def tenu(self) -> bool:
        """Whether the target is met; true when there is none."""
        return tenu(self.multiple.valeur, self.plafond)


def tenu(valeur: float, plafond: float | None) -> bool:
    """Say whether a value is within its ceiling, if it has one."""
    return plafond is None or valeur <= plafond


def processeur(tranches: Sequence[Tranche]) -> float:
    """Give the processor time of the server for one answer, over several measures."""
    return sum(t.serveur for t in tranches) / sum(t.reponses for t in tranches)


def rapport(numerateurs: Sequence[float], denominateurs: Sequence[float]) -> Mediane:
    """Compare two things measured in turn: the median of the ratios of neighbours, and their spread."""
    return Mediane.de([un / autre for un, autre in zip(numerateurs, denominateurs, strict=True)])
