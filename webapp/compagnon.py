"""A process that goes along with the server: started with it, started again when it falls, stopped with it.

Of what it does this module knows nothing but a function that a fresh process can import.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
import time
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import SpawnProcess

PAUSE_MIN, PAUSE_MAX = 1.0, 30.0
"""Seconds before it is started again: twice as many at each fall in a row, so that one that falls for ever does not
take the processor; the others go on being served."""

VIE_SAINE = 60.0
"""Seconds it must have lived for a fall to be no longer one in a row."""

_SIGNAUX = frozenset({signal.SIGINT, signal.SIGTERM})
_journal = logging.getLogger(__name__)


class Compagnon:
    """Keeps one process alive."""

    def __init__(self, cible: Callable[..., None], *arguments: Any) -> None:
        """Keep what is to be run; `cible` must be importable by a fresh process."""
        self._cible = cible
        self._arguments = arguments
        self._arret = threading.Event()
        self._verrou = threading.Lock()
        self._processus: SpawnProcess | None = None
        self._fil: threading.Thread | None = None

    def demarrer(self) -> None:
        """Start it, and watch it from a thread of its own."""
        self._lancer()
        self._fil = threading.Thread(target=self._veiller, daemon=True)
        self._fil.start()

    def demander_l_arret(self) -> None:
        """Ask it to stop; it is not started again."""
        with self._verrou:
            self._arret.set()
            if self._processus is not None:
                self._processus.terminate()

    def finir(self, delai: float) -> None:
        """Wait for its end, asked for before, and kill it when the time is over."""
        if self._processus is None:
            return
        self._processus.join(max(delai, 0.001))
        if self._processus.is_alive():
            self._processus.kill()
            self._processus.join()

    def _lancer(self) -> None:
        with self._verrou:
            if self._arret.is_set():
                return
            processus = multiprocessing.get_context("spawn").Process(
                name="taches", target=self._cible, args=self._arguments
            )
            # It leaves the group before it takes signals: until then those of the terminal are held back.
            avant = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNAUX)
            try:
                processus.start()
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, avant)
            self._processus = processus

    def _veiller(self) -> None:
        """Start it again each time it falls, later and later when it does nothing else."""
        pause = PAUSE_MIN
        while self._processus is not None and not self._arret.is_set():
            debut = time.monotonic()
            wait([self._processus.sentinel])
            self._processus.join()
            if self._arret.is_set():
                return
            if time.monotonic() - debut >= VIE_SAINE:
                pause = PAUSE_MIN
            _journal.warning("Le processus des tâches s’est arrêté (%s) : il repart.", self._processus.exitcode)
            self._arret.wait(pause)
            pause = min(2 * pause, PAUSE_MAX)
            self._lancer()
