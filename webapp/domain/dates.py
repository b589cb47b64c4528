"""Dates as the guide writes them: « 23 septembre 2019 », whatever the machine's locale."""

from datetime import date

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def date_longue(jour: date) -> str:
    """Write a date in full, no leading zero, « 1er » for the first, lower-case month, no-break spaces.

    The parts stay together on a line, as French typography asks.
    """
    numero = "1er" if jour.day == 1 else str(jour.day)
    return f"{numero}\N{NO-BREAK SPACE}{MOIS[jour.month - 1]}\N{NO-BREAK SPACE}{jour.year}"
