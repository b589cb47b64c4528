"""Dates as the features write them: « 28 novembre 2019 », « 1er octobre 2019 », « 08/03/2027 »."""

import re
from datetime import date

from steps.gherkin.typographie import aplanir, dire

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_ECRITE = re.compile(r"(1er|\d{1,2}) (\w+) (\d{4})")
_COURTE = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


def lire_date(texte: str) -> date:
    """Read a date in full. Raises ValueError, in French, when it is none."""
    ecrite = _ECRITE.fullmatch(aplanir(texte).strip())
    if ecrite is None or ecrite[2] not in MOIS:
        raise ValueError(dire("« {texte} » n'est pas une date comme « 28 novembre 2019 »", texte=texte))
    return _date(texte, int(ecrite[3]), MOIS.index(ecrite[2]) + 1, int(ecrite[1].removesuffix("er")))


def lire_jour(texte: str) -> date:
    """Read a date in figures. Raises ValueError, in French, when it is none."""
    ecrite = _COURTE.fullmatch(texte.strip())
    if ecrite is None:
        raise ValueError(dire("« {texte} » n'est pas une date comme « 08/03/2027 »", texte=texte))
    return _date(texte, int(ecrite[3]), int(ecrite[2]), int(ecrite[1]))


def _date(texte: str, an: int, mois: int, jour: int) -> date:
    try:
        return date(an, mois, jour)
    except ValueError:
        raise ValueError(dire("« {texte} » : ce jour n'existe pas", texte=texte)) from None
