"""The suite starts the product, waits for it, stops it, and does not accept that it complains."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from steps.donnees.serveur import PLAINTE, Serveur, ServeurEnDefaut, sante
from steps.plugins import depart


class Faux(Serveur):
    """A server written in the test, in place of the product."""

    programme = ""

    def commande(self) -> list[str]:
        return [*super().commande()[:1], "-c", self.programme, self.adresse.rpartition(":")[2]]


REPOND = """
import http.server, json, signal, sys
class S(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        corps = json.dumps({"produit": "fiche-vivante"}).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(corps))); self.end_headers()
        self.wfile.write(corps)
    def log_message(self, *a): pass
def finir(*a): print(sys.argv[2] if len(sys.argv) > 2 else "", flush=True); sys.exit(CODE)
signal.signal(signal.SIGTERM, finir)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), S).serve_forever()
"""


def serveur(tmp_path, programme):
    faux = Faux(tmp_path, tmp_path / "journal.log")
    faux.programme = programme
    return faux


def test_a_server_that_answers_is_waited_for_then_stopped(tmp_path):
    with serveur(tmp_path, REPOND.replace("CODE", "0")) as demarre:
        adresse = demarre.adresse
        assert sante(adresse) == {"produit": "fiche-vivante"}
    assert sante(adresse) is None


def test_a_server_that_stops_at_once_is_said_with_what_it_wrote(tmp_path):
    with (
        pytest.raises(ServeurEnDefaut, match=r"(?s)s’est arrêté au démarrage avec le code 3.*la raison"),
        serveur(tmp_path, "print('la raison'); raise SystemExit(3)"),
    ):
        pass


def test_a_server_that_ends_badly_fails(tmp_path):
    with (
        pytest.raises(ServeurEnDefaut, match="s’est arrêté avec le code 7"),
        serveur(tmp_path, REPOND.replace("CODE", "7")),
    ):
        pass


def test_a_server_that_complains_fails(tmp_path):
    plainte = REPOND.replace("CODE", "0").replace('sys.argv[2] if len(sys.argv) > 2 else ""', repr(PLAINTE))
    with (
        pytest.raises(ServeurEnDefaut, match="a écrit une erreur en s’arrêtant"),
        serveur(tmp_path, plainte),
    ):
        pass


def test_what_the_server_writes_is_read_once(tmp_path):
    faux = serveur(tmp_path, "")
    faux.journal.write_text("un\n", "utf-8")
    assert faux.nouvelles_lignes() == "un\n"
    with faux.journal.open("a", encoding="utf-8") as suite:
        suite.write("deux\n")
    assert (faux.nouvelles_lignes(), faux.nouvelles_lignes()) == ("deux\n", "")


def test_the_server_is_not_told_of_the_test_run(tmp_path, monkeypatch):
    monkeypatch.setitem(os.environ, "PYTEST_CURRENT_TEST", "celui-ci")
    environnement = serveur(tmp_path, "").environnement()
    assert not any(nom.startswith("PYTEST") for nom in environnement)
    assert environnement["MODE"] == "demonstration"


def test_a_server_ends_with_the_process_that_started_it_even_killed(tmp_path):
    programme = f"""
import os, signal, sys
sys.path.insert(0, {str(Path(__file__).resolve().parents[2])!r})
from tests.acceptation.test_serveur import REPOND, serveur
from pathlib import Path
from types import SimpleNamespace
with serveur(Path({str(tmp_path)!r}), REPOND.replace("CODE", "0")) as demarre:
    print(demarre.adresse, flush=True)
    signal.pause()
"""
    with subprocess.Popen([sys.executable, "-c", programme], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        adresse = parent.stdout.readline().strip()
        assert sante(adresse) is not None
        parent.send_signal(signal.SIGKILL)
    fin = time.monotonic() + 10
    while sante(adresse) is not None and time.monotonic() < fin:
        time.sleep(0.05)
    assert sante(adresse) is None


def test_a_server_that_fell_is_seen_and_not_judged_a_second_time(tmp_path):
    with serveur(tmp_path, REPOND.replace("CODE", "7")) as demarre:
        assert demarre.vivant
        demarre._en_cours().kill()
        demarre._en_cours().wait()
        assert not demarre.vivant


# -------------------------------------------------------------------------------- launched while the features are read


def test_a_server_launched_ahead_is_the_one_that_is_waited_for(tmp_path):
    lance = serveur(tmp_path, REPOND.replace("CODE", "0")).lancer()
    processus = lance._processus
    with lance as demarre:
        assert demarre._processus is processus
        assert sante(demarre.adresse) == {"produit": "fiche-vivante"}
    assert processus.poll() == 0


def seance(pytestconfig, *demandes, **options):
    """A run that was asked for these things, with these options."""
    voulues = {"collectonly": False, "base_url": None, "dist": "no"} | options
    config = SimpleNamespace(
        stash=pytest.Stash(), rootpath=pytestconfig.rootpath, args=list(demandes),
        invocation_params=SimpleNamespace(dir=pytestconfig.rootpath),
        getoption=lambda nom, default=None: voulues.get(nom, default),
    )  # fmt: skip
    return SimpleNamespace(config=config)


@pytest.fixture
def lances(monkeypatch):
    """The servers that were launched ahead, and what they have come to."""
    lances = []

    class Compte(Faux):
        programme = REPOND.replace("CODE", "0")

        def lancer(self):
            lances.append(super().lancer())
            return self

    monkeypatch.setattr(depart, "Serveur", Compte)
    return lances


def test_scenarios_alone_launch_it_and_what_nobody_asks_for_ends_with_the_run(lances, pytestconfig):
    run = seance(pytestconfig, f"{depart.SCENARIOS}::test_x", depart.SCENARIOS)
    depart.pytest_sessionstart(run)
    [lance] = lances
    processus, dossier = lance._processus, lance._dossier
    assert processus.poll() is None
    depart.pytest_unconfigure(run.config)
    assert processus.poll() is not None
    assert not dossier.exists()


def test_who_takes_the_server_launched_ahead_ends_it(lances, pytestconfig):
    run = seance(pytestconfig, depart.SCENARIOS)
    depart.pytest_sessionstart(run)
    [lance] = lances
    assert depart.prendre(run.config) == lance
    with lance as pris:
        assert depart.prendre(run.config) is None
        depart.pytest_unconfigure(run.config)
        assert pris.vivant


@pytest.mark.parametrize(
    ("demandes", "options"),
    [
        ((), {}),
        (("tests",), {}),
        ((depart.SCENARIOS, "tests/domain"), {}),
        ((depart.SCENARIOS,), {"collectonly": True}),
        ((depart.SCENARIOS,), {"base_url": "https://recette.example"}),
        ((depart.SCENARIOS,), {"dist": "worksteal"}),
    ],
)
def test_nothing_is_launched_that_may_not_serve(lances, pytestconfig, demandes, options):
    depart.pytest_sessionstart(seance(pytestconfig, *demandes, **options))
    assert lances == []
