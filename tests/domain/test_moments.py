"""Where a moment stands: its day in Paris, and both moved to the reference date where one is set."""

from datetime import UTC, date, datetime

from webapp.domain.moments import jour_de, moment_de

SOIR = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
FIXEE = date(2019, 7, 1)


def test_a_day_is_that_of_paris_unless_one_is_set():
    assert jour_de(SOIR, None) == date(2026, 11, 27)
    assert jour_de(SOIR, FIXEE) == FIXEE


def test_a_moment_stays_at_its_hour_in_paris_when_it_is_moved_to_another_day():
    assert moment_de(SOIR, None) is SOIR
    # Half past midnight in Paris, in summer time.
    assert moment_de(SOIR, FIXEE) == datetime(2019, 6, 30, 22, 30, tzinfo=UTC)
    assert moment_de(SOIR, FIXEE).tzinfo is UTC
