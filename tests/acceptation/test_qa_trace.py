"""`make replay`: the newest trace is found, named, and opened where that can be."""

import json
import os
import zipfile

import pytest

from steps.gherkin.typographie import aplanir
from steps.rapports import trace


@pytest.fixture
def laisser(tmp_path):
    """Leave the trace of a failure that many seconds ago."""

    def poser(dossier, age, titre=None):
        chemin = tmp_path / dossier / "trace.zip"
        chemin.parent.mkdir()
        with zipfile.ZipFile(chemin, "w") as archive:
            if titre is not None:
                archive.writestr("trace.trace", json.dumps({"type": "context-options", "title": titre}) + "\n{}\n")
        os.utime(chemin, (1_795_000_000 - age, 1_795_000_000 - age))
        return chemin

    return poser


@pytest.fixture
def rejouer(tmp_path, capsys):
    """Run the command; give its status, the command that it started, and what it said."""

    def jouer(*arguments, ecran=True):
        lances = []

        def lancer(commande):
            lances.append(commande[1:])
            return 7

        code = trace.main(arguments, {"DISPLAY": ":0"} if ecran else {}, lancer, tmp_path)
        return code, lances, aplanir(capsys.readouterr().out)

    return jouer


def test_without_a_trace_one_sentence(rejouer):
    code, lances, dit = rejouer()
    assert (code, lances) == (1, [])
    assert dit.startswith("Aucune trace dans ")


def test_the_newest_trace_is_opened_and_named(laisser, rejouer):
    laisser("ancien-aaaaaa", 100, "L'ancien")
    recent = laisser("recent-bbbbbb", 5, "Le récent")
    code, lances, dit = rejouer()
    assert code == 7
    assert lances == [["-m", "playwright", "show-trace", "--port", "0", str(recent)]]
    assert dit == "Dernier échec : « Le récent », 18 novembre 2026 à 12 h 06.\n"


@pytest.mark.parametrize("titre", [None, ""])
def test_a_trace_without_a_title_is_named_by_its_folder(laisser, rejouer, titre):
    laisser("je-complete-l-objectif-0a1b2c", 0, titre)
    assert "« je complete l objectif »" in rejouer()[2]


def test_without_a_screen_the_way_is_said_and_nothing_is_opened(laisser, rejouer):
    chemin = laisser("recent-bbbbbb", 5, "Le récent")
    code, lances, dit = rejouer(ecran=False)
    assert (code, lances) == (0, [])
    assert f"copiez {chemin} sur la vôtre" in dit
    assert "make replay ARGS=--port=9323" in dit


def test_without_a_screen_a_port_serves_it(laisser, rejouer):
    chemin = laisser("recent-bbbbbb", 5, "Le récent")
    attendu = ["-m", "playwright", "show-trace", "--port", "9323", "--host", "0.0.0.0", str(chemin)]  # noqa: S104
    assert rejouer("--port=9323", "--hote=0.0.0.0", ecran=False)[1] == [attendu]
