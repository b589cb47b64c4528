"""How long the suite waits before it gives up: longer where all is made slow on purpose, or the engine is slower.

One factor for the whole process, set once before anything is played. Waiting longer never makes a run slower: it only
changes when a failure is told.
"""


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


DELAIS = Delais()
