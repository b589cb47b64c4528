"""The day and the hour as the product writes them; what features write is read by `steps.gherkin.dates`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from steps.gherkin.dates import MOIS

PARIS = ZoneInfo("Europe/Paris")


def ecrire_date(jour: date) -> str:
    """Write a date in full, with ordinary spaces."""
    return f"{'1er' if jour.day == 1 else jour.day} {MOIS[jour.month - 1]} {jour.year}"


def ecrire_heure(instant: datetime) -> str:
    """Write the hour of a moment as the product does: « 9 h 05 », its spaces not breaking."""
    return f"{instant.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{instant:%M}"


def aujourd_hui() -> date:
    """Give the day it is in Paris."""
    return datetime.now(PARIS).date()
