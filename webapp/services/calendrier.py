"""The public holidays of France, by the `holidays` library; two more in Alsace and Moselle."""

from datetime import date
from functools import cache, partial

import holidays

from webapp.domain.calendrier import EstFerie

# Moselle (57) and Alsace keep the same two: Good Friday and 26 December.
_ALSACE_MOSELLE = "57"


@cache
def feries(*, alsace_moselle: bool) -> EstFerie:
    """Give what says whether a day is a holiday where an organisation is."""
    return partial(_est_ferie, alsace_moselle=alsace_moselle)


def preparer(annee: int) -> None:
    """Have the library load what it knows of France, and learn a year: 50 ms, which other years no longer cost."""
    for alsace_moselle in (False, True):
        _de_l_annee(annee, alsace_moselle=alsace_moselle)


def _est_ferie(jour: date, *, alsace_moselle: bool) -> bool:
    return jour in _de_l_annee(jour.year, alsace_moselle=alsace_moselle)


@cache
def _de_l_annee(annee: int, *, alsace_moselle: bool) -> frozenset[date]:
    """Give the holidays of a year, whole: the library's own object fills itself while other threads read it."""
    subdivision = _ALSACE_MOSELLE if alsace_moselle else None
    return frozenset(holidays.country_holidays("FR", subdiv=subdivision, years=annee, expand=False, observed=False))
