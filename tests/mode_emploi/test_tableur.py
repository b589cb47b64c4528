"""Files for a spreadsheet: as a French one reads them, and nothing in them runs."""

import csv
import io

import pytest

from webapp.mode_emploi.tableur import en_csv


def relu(texte):
    return list(csv.reader(io.StringIO(texte.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.mark.parametrize(
    "cellule",
    [
        "=1+1",
        "+A1",
        "-A1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "\uff1d1",
        "=cmd|'/c calc'!A0",
        "-2+3",
    ],
)
def test_no_cell_is_computed(cellule):
    assert relu(en_csv([["a", cellule]])) == [["a", f"'{cellule}"]]


@pytest.mark.parametrize("cellule", ["", "-12", "+3,5", "12", "a=b", "Étape 1 - suite", "« = »"])
def test_what_is_no_formula_is_left_as_it_is(cellule):
    assert relu(en_csv([[cellule, "b"]])) == [[cellule, "b"]]
