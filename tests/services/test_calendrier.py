from datetime import date

import pytest

from webapp.domain.calendrier import premier_debut_possible
from webapp.services import calendrier
from webapp.services.calendrier import feries

AILLEURS = feries(alsace_moselle=False)
ALSACE_MOSELLE = feries(alsace_moselle=True)


@pytest.mark.parametrize(
    ("le", "debut"),
    [
        (date(2026, 11, 23), date(2026, 12, 8)),
        (date(2026, 12, 18), date(2027, 1, 6)),
        (date(2027, 4, 30), date(2027, 5, 19)),
    ],
)
def test_the_first_start_possible_is_eleven_working_days_later(le, debut):
    assert premier_debut_possible(le, AILLEURS) == debut


def test_alsace_and_moselle_have_two_more_holidays():
    for jour in (date(2027, 3, 26), date(2026, 12, 26)):  # Good Friday, the day after Christmas.
        assert not AILLEURS(jour)
        assert ALSACE_MOSELLE(jour)
    assert premier_debut_possible(date(2027, 3, 15), AILLEURS) == date(2027, 3, 31)
    assert premier_debut_possible(date(2027, 3, 15), ALSACE_MOSELLE) == date(2027, 4, 1)


def test_a_year_has_its_eleven_holidays():
    jours = [date.fromordinal(n) for n in range(date(2027, 1, 1).toordinal(), date(2028, 1, 1).toordinal())]
    assert sum(map(AILLEURS, jours)) == 11
    assert sum(map(ALSACE_MOSELLE, jours)) == 13


def test_a_year_that_was_prepared_is_asked_of_the_library_no_more(monkeypatch):
    calendrier.preparer(2031)
    monkeypatch.setattr(calendrier, "holidays", None)
    assert AILLEURS(date(2031, 7, 14))
    assert ALSACE_MOSELLE(date(2031, 12, 26))
