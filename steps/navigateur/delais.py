"""How long the suite waits before it gives up: longer where all is made slow on purpose, or the engine is slower.

One factor for the whole process, set once before anything is played. Waiting longer never makes a run slower: it only
changes when a failure is told.
"""

from playwright.sync_api import expect

DELAI_D_UN_CONSTAT = 4_000
COURT = 500
"""Milliseconds left, in the second play of a scenario, to the step that failed in the first."""


class Delais:
    """The factor by which every time-out of the suite is stretched."""

    def __init__(self) -> None:
        self.facteur = 1.0

    def etirer(self, facteur: float) -> None:
        """Stretch every time-out by this much, or by more if that was asked for already."""
        self.facteur = max(self.facteur, facteur)

    def ms(self, duree: float) -> float:
        """Give a time-out, stretched."""
        return duree * self.facteur

    def constater(self, duree: float | None = None) -> None:
        """Leave the « Alors » that many milliseconds to see what they expect; without a number, the ordinary ones."""
        expect.set_options(timeout=self.ms(DELAI_D_UN_CONSTAT if duree is None else duree))


DELAIS = Delais()
