"""Where a moment stands: its day in Paris, and both moved to the reference date where one is set.

Whoever acts, a person on a page or a job that goes on without her, reads the present once and asks here what it is.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def jour_de(instant: datetime, fixee: date | None) -> date:
    """Give the reference date at a real moment: the one that is set, or else the day in Paris."""
    return fixee or instant.astimezone(PARIS).date()


def moment_de(instant: datetime, fixee: date | None) -> datetime:
    """Give a real moment in UTC, moved to the reference date when one is set, at the same time of the day."""
    if fixee is None:
        return instant
    return datetime.combine(fixee, instant.astimezone(PARIS).time(), PARIS).astimezone(UTC)
