"""The two servers of the bench: the product and the bare answer, started in the same way."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from steps.serveur import Serveur
from tests.bench.requetes import HOTE, echanger, lire
from webapp.serveur import reserver_adresse

RACINE = Path(__file__).resolve().parent.parent.parent
PROCESSUS = 2
DELAI = 20.0


@dataclass(frozen=True)
class Servi:
    """A server that answers: where, and by which processes."""

    port: int
    processus: tuple[int, ...]


@dataclass(frozen=True)
class Produit:
    """The product, started as `make serve` does, its test door open."""

    servi: Servi
    adresse: str
    jeton: str
    base: str


@contextmanager
def produit(dossier: Path) -> Iterator[Produit]:
    """Start the product on a new database in a folder, with its two processes, and stop it."""
    serveur = Serveur(dossier, dossier / "serveur.log", PROCESSUS)
    with serveur:
        demarre = serveur._processus
        assert demarre is not None
        port = int(serveur.adresse.rpartition(":")[2])
        yield Produit(_servi(port, demarre.pid), serveur.adresse, serveur.jeton, f"sqlite:///{dossier}/essais.sqlite3")


@contextmanager
def nue() -> Iterator[Servi]:
    """Start the bare answer in the same way, and stop it."""
    port = reserver_adresse(HOTE, 0)
    demarre = subprocess.Popen([sys.executable, "-m", "tests.bench.nue", str(port), str(PROCESSUS)], cwd=RACINE)
    try:
        _attendre(port)
        yield _servi(port, demarre.pid)
    finally:
        demarre.terminate()
        demarre.wait(DELAI)


def _servi(port: int, pid: int) -> Servi:
    return Servi(port, (pid, *(enfant.pid for enfant in psutil.Process(pid).children(recursive=True))))


def _attendre(port: int) -> None:
    fin = time.monotonic() + DELAI
    while True:
        try:
            echanger(port, lire(port, "/"))
        except ConnectionRefusedError:
            if time.monotonic() > fin:
                raise
            # A server that starts has nothing to say before it listens: asking again a little later is all there is.
            time.sleep(0.05)
        else:
            return
