"""Dates as the features write them: « 28 novembre 2019 », « 1er octobre 2019 »."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from steps.gherkin.typographie import aplanir, dire

PARIS = ZoneInfo("Europe/Paris")
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_ECRITE = re.compile(r"(1er|\d{1,2}) (\w+) (\d{4})")


def lire_date(texte: str) -> date:
    """Read a date in full. Raises ValueError, in French, when it is none."""
    ecrite = _ECRITE.fullmatch(aplanir(texte).strip())
    if ecrite is None or ecrite[2] not in MOIS:
        raise ValueError(dire("« {texte} » n'est pas une date comme « 28 novembre 2019 »", texte=texte))
    return date(int(ecrite[3]), MOIS.index(ecrite[2]) + 1, int(ecrite[1].removesuffix("er")))


def ecrire_date(jour: date) -> str:
    """Write a date in full, with ordinary spaces."""
    return f"{'1er' if jour.day == 1 else jour.day} {MOIS[jour.month - 1]} {jour.year}"


def ecrire_heure(instant: datetime) -> str:
    """Write the hour of a moment as the product does: « 9 h 05 », its spaces not breaking."""
    return f"{instant.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{instant:%M}"


def aujourd_hui() -> date:
    """Give the day it is in Paris."""
    return datetime.now(PARIS).date()
