"""The process that does the jobs, beside those that answer: started, watched and stopped by `serveur`.

It reads what there is to do, does one part of it, and rests for longer than that took: who answers finds it resting
four times of five, and never waits for more than a part. It knows neither Flask nor HTTP.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.connection import wait
from uuid import UUID

from sqlalchemy.exc import OperationalError

from webapp import journal
from webapp.domain.refus import BaseIndisponible
from webapp.persistence.database import ouvrir
from webapp.services.menage import Menage
from webapp.services.travail import Travailleur

GUET = 0.5
"""Seconds between two looks at what there is to do, while there is nothing."""

REPOS = 4.0
"""How long it rests after a part, as a multiple of what the part took."""

ATTENTE_DE_LA_BASE = 2.0
"""Seconds before the base is asked again, when it could not be read or written."""

COURTOISIE = 1
"""How much later than the others the system lets it have a processor (nice). Hardly: on SQLite, who has its turn to
write and no processor keeps all the others waiting."""

DELAI_D_ARRET = 4
"""Seconds left to a part under way when the process that started this one is no more."""

_journal = logging.getLogger(__name__)


def travailler(url: str, porteur: str) -> None:
    """Do the jobs of a base until SIGTERM, or until the process that started this one is no more.

    In: the address of the base, and the name under which jobs are held, as a text: the one that starts again bears it.
    """
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    arret = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: arret.set())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    threading.Thread(target=_finir_avec_le_principal, args=(arret,), daemon=True).start()
    with contextlib.suppress(OSError):
        os.nice(COURTOISIE)
    journal.configurer()
    base = ouvrir(url)
    try:
        tourner(Travailleur(base, UUID(porteur)), Menage(base), arret)
    finally:
        base.fermer()


def tourner(travailleur: Travailleur, menage: Menage, arret: threading.Event) -> None:
    """Do what there is to do, part by part, until asked to stop; a part under way is finished.

    While there is nothing to do, what is kept no longer is erased.
    """
    while not arret.is_set():
        debut = time.monotonic()
        try:
            fait = travailleur.tour()
            if not fait:
                menage.a_son_heure()
        except (OperationalError, BaseIndisponible) as panne:
            _journal.warning("Les tâches attendent la base : %s", panne)
            arret.wait(ATTENTE_DE_LA_BASE)
            continue
        arret.wait((time.monotonic() - debut) * REPOS if fait else GUET)


def _finir_avec_le_principal(arret: threading.Event) -> None:
    """Wait for the end of the process that started this one; should it come first, stop too, politely then firmly."""
    principal = multiprocessing.parent_process()
    if principal is None:
        return
    wait([principal.sentinel])
    arret.set()
    threading.Event().wait(DELAI_D_ARRET)
    # Nothing is lost: a part under way is undone.
    os._exit(1)
