"""Rows as a French spreadsheet reads them. Knows nothing of what they hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# So that a spreadsheet reads the accents, and cuts at the columns as French ones do.
_MARQUE_D_ORDRE = "\ufeff"
_SEPARATEUR = ";"


def en_csv(rangees: Iterable[Sequence[str]]) -> str:
    """Give the rows as the text of a file."""
    sortie = io.StringIO()
    csv.writer(sortie, delimiter=_SEPARATEUR, lineterminator="\r\n").writerows(rangees)
    return _MARQUE_D_ORDRE + sortie.getvalue()
