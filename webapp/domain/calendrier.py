"""Working days, and the dates that follow from them. Which days are holidays is told: nothing is read here."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

EstFerie = Callable[[date], bool]
"""Says whether a day is a public holiday where the organisation is."""

DELAI_OUVRE = 11
"""Working days between the organisation's proposal and the start of a training, at least: rule of 10 June 2021."""

_SAMEDI = 5
_JOUR = timedelta(days=1)


def est_ouvre(jour: date, est_ferie: EstFerie) -> bool:
    """Say whether a day is worked: neither a Saturday, a Sunday nor a holiday."""
    return jour.weekday() < _SAMEDI and not est_ferie(jour)


def ajouter_jours_ouvres(depuis: date, nombre: int, est_ferie: EstFerie) -> date:
    """Give the `nombre`-th working day after a day, which itself does not count.

    Raises OverflowError beyond the year 9999.
    """
    jour = depuis
    while nombre:
        jour += _JOUR
        nombre -= est_ouvre(jour, est_ferie)
    return jour


@lru_cache(maxsize=64)
def premier_debut_possible(le: date, est_ferie: EstFerie) -> date:
    """Give the first day at which a session proposed at a date may begin (rule S03)."""
    return ajouter_jours_ouvres(le, DELAI_OUVRE, est_ferie)


SEMAINES_MAX = 520
"""Weeks by which dates are moved at once, at most: ten years."""


def deplacer(jour: date, semaines: int) -> date:
    """Move a day by whole weeks, back when negative: it stays the same day of the week. Raises OverflowError."""
    return jour + timedelta(weeks=semaines)
