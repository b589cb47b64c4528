"""Rows as a French spreadsheet reads them. Knows nothing of what they hold."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# So that a spreadsheet reads the accents, and cuts at the columns as French ones do.
_MARQUE_D_ORDRE = "\ufeff"
_SEPARATEUR = ";"
# What a spreadsheet would run: it looks past the spaces, and « ＝ » is « = » to some.
_CALCUL = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
_NOMBRE = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def en_csv(rangees: Iterable[Sequence[str]]) -> str:
    """Give the rows as the text of a file. A cell that a spreadsheet would compute begins with an apostrophe."""
    sortie = io.StringIO()
    ecriture = csv.writer(sortie, delimiter=_SEPARATEUR, lineterminator="\r\n")
    ecriture.writerows([_inerte(cellule) for cellule in rangee] for rangee in rangees)
    return _MARQUE_D_ORDRE + sortie.getvalue()


def _inerte(cellule: str) -> str:
    return f"'{cellule}" if _CALCUL.match(cellule) and not _NOMBRE.fullmatch(cellule) else cellule
