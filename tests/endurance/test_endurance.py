"""The short form of the trials, and what shows that each can fail."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import astuple
from functools import partial
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import psutil
import pytest

from tests.bench.requetes import HOTE
from tests.endurance import epreuves
from tests.endurance.epreuves import Bilan, Client
from tests.endurance.hostiles import CORPS_ARRETE, tenir
from tests.endurance.presse import MOINDRES
from tests.endurance.serveurs import ProduitPresse, base_qui_ferme

PAUSE = max(astuple(MOINDRES)) + 1
FERMETURE = 2


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    """One folder for the module: the database is filled by the first start."""
    return tmp_path_factory.mktemp("endurance")


def test_rests_end_no_process_and_leave_no_request_unanswered(dossier, tmp_path):
    with base_qui_ferme(FERMETURE) as url, ProduitPresse(dossier) as un, ProduitPresse(tmp_path, url=url) as autre:
        bilan = epreuves.repos([un, autre], 2, PAUSE)
    assert bilan.defauts == []
    # Of each: two that answer, and the one that does the jobs.
    assert (bilan.essais["rafales"], bilan.essais["pages"], bilan.essais["processus suivis"]) == (4, 48, 6)


def test_those_who_stall_keep_nobody_from_being_served(dossier):
    with ProduitPresse(dossier) as serveur:
        bilan = epreuves.corps(Client.connecte(serveur), MOINDRES.corps)
    assert bilan.defauts == []
    assert (bilan.essais["corps arrêtés"], bilan.essais["corps goutte à goutte"]) == (60, 200)
    assert bilan.essais["pages d'autres"] == 50


def test_stops_under_load_are_clean(dossier):
    bilan = epreuves.arrets(partial(ProduitPresse, dossier), 2)
    assert bilan.defauts == []
    assert bilan.essais["arrêts en charge"] == 2
    assert bilan.essais["pages servies"] > 0


def test_a_process_that_ends_at_rest_is_seen(dossier, monkeypatch):
    with ProduitPresse(dossier) as serveur:

        def tuer(_secondes):
            os.kill(min(epreuves.Ouvriers(serveur).premiers), signal.SIGKILL)

        monkeypatch.setattr(epreuves, "time", SimpleNamespace(sleep=tuer))
        bilan = epreuves.repos([serveur], 2, PAUSE)
    assert any("devenus" in defaut for defaut in bilan.defauts)


def test_a_segmentation_fault_of_a_process_that_is_watched_is_seen(monkeypatch):
    fil = psutil.Process().threads()[0].id
    lignes = [f"[1.0] avant[{fil}]: segfault at 7f ip 0 sp 0 error 4"]
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=0, stdout="\n".join(lignes)))
    nous: Any = SimpleNamespace(_processus=SimpleNamespace(pid=os.getpid()))  # In place of a server.
    ouvriers = epreuves.Ouvriers(nous)
    ouvriers.premiers = frozenset({os.getpid()})
    ouvriers.regarder()
    assert ouvriers.tombes() == 0
    lignes += [f"[2.0] a[{fil}]: segfault at 7f ip 0 sp 0 error 4", "[3.0] b[1]: segfault at 7f ip 0 sp 0 error 4"]
    assert ouvriers.tombes() == 1


def test_a_server_that_those_who_stall_keep_from_serving_is_seen(monkeypatch):
    monkeypatch.setattr(epreuves, "DELAI_DES_AUTRES", 0.5)

    def application(environ, commencer):
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        commencer("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    class Muet(WSGIRequestHandler):
        timeout = 20

        def log_message(self, *_):
            pass

    with make_server(HOTE, 0, application, handler_class=Muet) as serveur:
        fil = threading.Thread(target=serveur.serve_forever, args=(0.05,))
        fil.start()
        try:
            client = Client(HOTE, serveur.server_port)
            assert client.demander(0)
            bilan = Bilan()
            with tenir(client.port, 3, CORPS_ARRETE):
                epreuves.servir_les_autres(client, bilan, "corps arrêtés")
            assert bilan.defauts == ["corps arrêtés : 0 autre(s) servi(s) sur 10"]
        finally:
            serveur.shutdown()
            fil.join()


def test_a_bad_stop_is_seen():
    code = "import signal, sys, time; signal.signal(15, lambda *_: sys.exit(3)); print(flush=True); time.sleep(30)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as processus:
        assert processus.stdout is not None
        processus.stdout.readline()
        bilan = Bilan()
        dits = iter(["", "Traceback"])
        serveur: Any = SimpleNamespace(_processus=processus, nouvelles_lignes=lambda: next(dits))
        epreuves.arreter(serveur, signal.SIGTERM, bilan)
    assert bilan.defauts == ["arrêt 1 : code 3", "arrêt 1 : Traceback"]
