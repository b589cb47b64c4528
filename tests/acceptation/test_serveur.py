"""The suite starts the product, waits for it, stops it, and does not accept that it complains."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from steps.donnees.serveur import PLAINTE, Serveur, ServeurEnDefaut, sante


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
