"""The two servers of the bench: the product and the bare answer, started in the same way."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from steps.donnees.serveur import Serveur
from tests.bench.mesure import MesureImpossible
from tests.bench.requetes import HOTE, echanger, lire
from webapp.serveur import reserver_adresse

RACINE = Path(__file__).resolve().parent.parent.parent
PROCESSUS = 2
DELAI = 60.0
PAUSE = 0.05


@dataclass(frozen=True)
class Servi:
    """A server that answers: where, and by which processes."""

    port: int
    processus: tuple[int, ...]


@dataclass(frozen=True)
class Cablage:
    """The product, started as `make serve` does, its test door open."""

    servi: Servi
    adresse: str
    jeton: str
    base: str


@contextmanager
def cablage(dossier: Path) -> Iterator[Cablage]:
    """Start the product on a new database in a folder, with its two processes, and stop it."""
    serveur = Serveur(dossier, dossier / "serveur.log", PROCESSUS)
    with serveur:
        demarre = serveur._processus
        assert demarre is not None
        port = int(serveur.adresse.rpartition(":")[2])
        yield Cablage(_servi(port, demarre.pid), serveur.adresse, serveur.jeton, f"sqlite:///{dossier}/essais.sqlite3")


@contextmanager
def nue() -> Iterator[Servi]:
    """Start the bare answer in the same way, and stop it."""
    _, port = reserver_adresse(HOTE, 0)
    demarre = subprocess.Popen([sys.executable, "-m", "tests.bench.nue", str(port), str(PROCESSUS)], cwd=RACINE)
    try:
        yield _servi(port, demarre.pid)
    finally:
        demarre.terminate()
        demarre.wait(DELAI)


def _servi(port: int, pid: int) -> Servi:
    """Wait until a server answers and all its workers are there. Raises MesureImpossible when it comes to nothing."""
    principal = psutil.Process(pid)
    fin = time.monotonic() + DELAI
    while time.monotonic() < fin:
        ouvriers = _ouvriers(principal)
        if len(ouvriers) == PROCESSUS and _repond(port):
            return Servi(port, (pid, *ouvriers))
        try:
            principal.wait(PAUSE)
        except psutil.TimeoutExpired:
            continue
        break
    raise MesureImpossible(f"{HOTE}:{port}")


def est_un_ouvrier(commande: list[str]) -> bool:
    """Say whether a command is that of a process that answers: Python's own, or as granian renames it where it can.

    It can where `setproctitle` is there, which only the tools of mutation bring.
    """
    return any("spawn_main" in mot or "worker-" in mot for mot in commande)


def _ouvriers(principal: psutil.Process) -> list[int]:
    """Give the processes that answer; the main one has other children, some of them for a moment only.

    The one that does the jobs answers nobody: the system lets it have a processor after the others.
    """
    ouvriers = []
    for enfant in principal.children():
        with suppress(psutil.NoSuchProcess):
            if est_un_ouvrier(enfant.cmdline()) and enfant.nice() == principal.nice():
                ouvriers.append(enfant.pid)
    return ouvriers


def _repond(port: int) -> bool:
    try:
        echanger(port, lire(port, "/"))
    except OSError:
        return False
    return True
