"""What the product knows of the runs of mutation: read, counted, shown with its verdicts, given as a table."""

import json

import pytest

from webapp.mode_emploi.mutation import RELEVE, VERDICTS, mutation, pourcent, tableur

PREMIER = {
    "fichier": "webapp/domain/un.py", "fonction": "dire", "avant": "return 1", "apres": "return 2", "rang": 1,
    "ligne": 7, "vu": True,
}  # fmt: skip
SECOND = PREMIER | {"apres": "return None", "vu": False}
PART = {
    "essaye_le": "2026-11-26T21:30:00+00:00", "graine": 7, "population": 100, "tires": 40, "joues": 20, "tues": 17,
    "intervalle": [0.6396, 0.9476], "tues_depuis": 18, "survivants": [PREMIER, SECOND],
}  # fmt: skip
JUGES = [
    {
        "verdict": "équivalent",
        "raison": "Rien ne lit ce nombre.",
        "mutants": [{nom: PREMIER[nom] for nom in ("fichier", "fonction", "avant", "apres", "rang")}],
    }
]


@pytest.fixture
def lire(tmp_path):
    def lire(faits, juges=None):
        if faits is not None:
            (tmp_path / RELEVE).write_text(json.dumps(faits), "utf-8")
        if juges is not None:
            (tmp_path / VERDICTS).write_text(json.dumps(juges), "utf-8")
        return mutation.__wrapped__(tmp_path)

    return lire


def test_before_the_first_run_there_is_nothing_to_show(lire):
    assert lire(None) == ()


def test_the_parts_come_in_their_order_whatever_was_played_first(lire):
    assert [part.nom for part in lire({"ecrans": PART, "domaine": PART})] == ["domaine", "ecrans"]


def test_a_part_says_its_score_its_interval_and_what_nobody_has_looked_at(lire):
    [part] = lire({"domaine": PART}, JUGES)
    assert (part.joues, part.tues, part.tues_depuis, part.graine) == (20, 17, 18, 7)
    assert part.score == "85,0\N{NO-BREAK SPACE}%"
    assert part.bornes == ("63,9\N{NO-BREAK SPACE}%", "94,7\N{NO-BREAK SPACE}%")
    assert [s.verdict for s in part.survivants] == ["équivalent", ""]
    assert part.sans_verdict == 1


@pytest.mark.parametrize(("part", "dit"), [(0.9499, "94,9 %"), (0.95, "95,0 %"), (1.0, "100,0 %"), (0.0, "0,0 %")])
def test_a_share_is_cut_and_never_rounded_up(part, dit):
    assert pourcent(part).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == dit


def test_everything_that_nothing_saw_is_in_the_table(lire):
    lignes = tableur(lire({"domaine": PART}, JUGES)).splitlines()
    assert len(lignes) == 3
    assert "Rien ne lit ce nombre." in lignes[1]
    assert "webapp/domain/un.py;7;dire;return 1;return 2;équivalent" in lignes[1]
