"""Starts the product as anybody would, in a process of its own, and stops it; fails if it ever complained.

One server a worker of xdist, on a free port, with a database of its own in a temporary folder.
"""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

from steps.gherkin.typographie import dire

RACINE = Path(__file__).resolve().parents[2]
DATE_DU_GUIDE = "2019-11-28"
DELAI_DE_DEPART = 90.0
DELAI_D_ARRET = 15.0
PAUSE = 0.05
# Linux ends a process with the one that started it, when it is asked to; elsewhere only an orderly end stops it. What
# was started just before its parent died finds another one in its place.
LIER = """
import ctypes, os, signal, sys
try:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
except AttributeError:
    pass
if os.getppid() != int(sys.argv[1]):
    sys.exit(1)
os.execv(sys.argv[2], sys.argv[2:])
"""
PLAINTE = "Traceback (most recent call last)"


class ServeurEnDefaut(Exception):  # noqa: N818 - it reads as a sentence
    """The server did not start, did not stop, or wrote an unexpected error; the message quotes it."""


class Serveur:
    """The product under test. A context manager: started on entry, stopped and judged on exit.

    It may be launched before: what comes in between is not waited for.
    """

    def __init__(self, dossier: Path, journal: Path, processus: int = 1) -> None:
        self.jeton = secrets.token_urlsafe(24)
        self.journal = journal
        self._port = _port_libre()
        self.adresse = f"http://127.0.0.1:{self._port}"
        self._dossier = dossier
        self._nombre = processus
        self._processus: subprocess.Popen[bytes] | None = None
        self._lu = 0
        self._tombe = False

    def lancer(self) -> Self:
        """Start it, and do not wait for it."""
        self.journal.parent.mkdir(parents=True, exist_ok=True)
        with self.journal.open("wb") as sortie:
            self._processus = subprocess.Popen(  # noqa: S603 - our own command, nothing comes from outside
                [sys.executable, "-S", "-c", LIER, str(os.getpid()), *self.commande()],
                cwd=RACINE,
                env=self.environnement(),
                stdin=subprocess.DEVNULL,
                stdout=sortie,
                stderr=subprocess.STDOUT,
            )
        return self

    def __enter__(self) -> Self:
        """Start it, if it is not, and wait until it answers."""
        if self._processus is None:
            self.lancer()
        try:
            self._attendre()
        except BaseException:
            self.abandonner()
            raise
        return self

    def abandonner(self) -> None:
        """End it at once, without judging it: nobody asks it anything."""
        if self._processus is not None:
            self._processus.kill()
            self._processus.wait()
            self._processus = None

    def __exit__(
        self, sorte: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it as Ctrl-C would, and say so if it did not stop well."""
        processus = self._processus
        if processus is None:
            return
        if self._tombe:
            return
        processus.send_signal(signal.SIGTERM)
        try:
            code = processus.wait(DELAI_D_ARRET)
        except subprocess.TimeoutExpired:
            processus.kill()
            processus.wait()
            raise self._defaut("le serveur ne s'arrête pas") from None
        if code not in {0, -signal.SIGTERM}:
            raise self._defaut("le serveur s'est arrêté avec le code {code}", code=code)
        if PLAINTE in self.nouvelles_lignes():
            raise self._defaut("le serveur a écrit une erreur en s'arrêtant")

    @property
    def vivant(self) -> bool:
        """Whether it runs; one that fell by itself is not judged on exit: who asked has told it."""
        self._tombe = self._processus is not None and self._processus.poll() is not None
        return not self._tombe

    def nouvelles_lignes(self) -> str:
        """Give what the server wrote since the last time it was asked."""
        with self.journal.open("rb") as lecture:
            lecture.seek(self._lu)
            octets = lecture.read()
        self._lu += len(octets)
        return octets.decode("utf-8", "replace")

    def commande(self) -> list[str]:
        """Give the command that starts the product."""
        return [sys.executable, "-m", "webapp", "serve", "--port", str(self._port), "--processus", str(self._nombre)]

    def environnement(self) -> dict[str, str]:
        """Give the environment of the product: the demonstration, at the guide's date, its test door open."""
        garde = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(("PYTEST", "COV_"))}
        return garde | {
            "MODE": "demonstration",
            "DATABASE_URL": f"sqlite:///{self._dossier / 'essais.sqlite3'}",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "BANC_ESSAI_JETON": self.jeton,
            "DATE_REFERENCE": DATE_DU_GUIDE,
            "PYTHONUNBUFFERED": "1",
        }

    def _attendre(self) -> None:
        fin = time.monotonic() + DELAI_DE_DEPART
        while time.monotonic() < fin:
            if _repond(self.adresse):
                return
            try:
                code = self._en_cours().wait(PAUSE)
            except subprocess.TimeoutExpired:
                continue
            raise self._defaut("le serveur s'est arrêté au démarrage avec le code {code}", code=code)
        raise self._defaut("le serveur ne répond pas après {delai} secondes", delai=int(DELAI_DE_DEPART))

    def _en_cours(self) -> "subprocess.Popen[bytes]":
        if self._processus is None:
            raise RuntimeError("not started")
        return self._processus

    def _defaut(self, phrase: str, **valeurs: object) -> ServeurEnDefaut:
        fin = self.journal.read_text("utf-8", "replace")[-3000:]
        return ServeurEnDefaut(dire(phrase, **valeurs) + "\n" + fin)


def sante(adresse: str) -> dict[str, object] | None:
    """Ask a server how it is; None when it does not answer."""
    try:
        with urllib.request.urlopen(f"{adresse.rstrip('/')}/sante", timeout=5) as reponse:  # noqa: S310 - the server under test
            lu: dict[str, object] = json.loads(reponse.read())
            return lu
    except (OSError, ValueError):
        return None


def _repond(adresse: str) -> bool:
    return (sante(adresse) or {}).get("produit") == "fiche-vivante"


def _port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])
