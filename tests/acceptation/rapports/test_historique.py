"""Since when a scenario of the guide holds: what a complete run leaves, and what is summed up of many."""

import json

import pytest

from steps.rapports.flux import Execution
from steps.rapports.historique import HISTOIRE, PASSAGES, Histoire, Passage, garder, passage_de, resumer

UN, DEUX = ("features/guide/a.feature", "Un"), ("features/guide/a.feature", "Deux")
REGLE = ("features/regles/b.feature", "Trois")


def tentative(titre, issue="passe", rang=1):
    fichier, nom = titre
    return {"id": nom, "fichier": fichier, "nom": nom, "issue": issue, "rang": rang}


def execution(*tentatives, **fin):
    return Execution({"instant": 1_790_000_000}, {}, list(tentatives), fin={"prevus": 1, "interrompue": False} | fin)


def passage(quand, passes=(), echecs=()):
    return Passage(le(quand), tuple(passes), tuple(echecs))


def le(jour):
    return f"2026-11-{jour:02}T10:00:00+00:00"


def test_a_complete_run_keeps_what_passed_and_what_failed():
    # A failed scenario is played again for its trace: its first attempt counts.
    lu = passage_de(execution(
        tentative(UN), tentative(DEUX, "echec"), tentative(DEUX, rang=2), tentative(REGLE, "echec"),
    ))  # fmt: skip
    assert lu == Passage("2026-09-21T14:13:20+00:00", (UN,), (DEUX, REGLE))


@pytest.mark.parametrize("partielle", ["interrompue", "ecartes", "rien", "coupee"])
def test_a_run_that_is_not_complete_keeps_nothing(partielle):
    lue = execution(*([] if partielle == "rien" else [tentative(UN)]), interrompue=partielle == "interrompue")
    if partielle == "ecartes":
        lue.ecartes.append({"id": "x"})
    if partielle == "coupee":
        lue.fin = None
    assert passage_de(lue) is None


def test_a_scenario_holds_since_the_first_run_after_its_last_failure(tmp_path):
    for fait in (passage(1, [UN, DEUX]), passage(2, [UN], [DEUX]), passage(3, [UN, DEUX]), passage(4, [UN, DEUX])):
        garder(fait, tmp_path)
    with (tmp_path / PASSAGES).open("a", encoding="utf-8") as fichier:
        fichier.write('{"quand": "coupé au mil')
    resume = resumer(tmp_path, tmp_path / HISTOIRE)
    assert resume.faits([UN, DEUX, REGLE]) == {
        "jusqu_a": le(4),
        "passages": 4,
        "scenarios": [
            {"fichier": DEUX[0], "nom": "Deux", "depuis": le(3), "rompue": le(2)},
            {"fichier": UN[0], "nom": "Un", "depuis": le(1), "rompue": ""},
        ],
    }  # fmt: skip


def test_what_is_published_goes_on_from_what_was_and_counts_no_run_twice(tmp_path):
    publiee = Histoire()
    publiee.ajouter(passage(1, [UN]))
    (tmp_path / HISTOIRE).write_text(json.dumps(publiee.faits([UN])), "utf-8")
    assert resumer(tmp_path, tmp_path / HISTOIRE).faits([UN]) == publiee.faits([UN])
    for fait in (passage(1, echecs=[UN]), passage(2, [UN])):
        garder(fait, tmp_path)
    suite = resumer(tmp_path, tmp_path / HISTOIRE)
    assert (suite.passages, suite.tenues[UN].depuis[:10], suite.tenues[UN].rompue) == (2, "2026-11-01", "")
    garder(passage(3, echecs=[UN]), tmp_path)
    rompue = resumer(tmp_path, tmp_path / HISTOIRE).tenues[UN]
    assert (rompue.depuis, rompue.rompue[:10]) == ("", "2026-11-03")
