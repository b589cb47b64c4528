"""Run the product under granian, and stop it cleanly.

The main process supervises, its workers answer. Workers are started afresh (`spawn`), so none inherits an open
database; they leave the terminal's process group, so a Ctrl-C or a signal sent to the group reaches the main process
alone, which stops them; and they stop by themselves should the main process die without a word. This module knows the
application only as something that can be built.
"""

from __future__ import annotations

import errno
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import wait
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import MPServer

SIGNAUX_D_ARRET = frozenset({signal.SIGINT, signal.SIGTERM})
DELAI_D_ARRET = 4
"""Seconds left to answers under way when the product is asked to stop."""

FILS_PAR_PROCESSUS = 4
"""So that one slow answer (a password being checked) holds back no other. More gain nothing: 15 to 16 000 bare
answers a second on two cores with 1, 4, 8 or 64 of them."""

PORT_MAX = 65535


class AdresseIndisponible(Exception):  # noqa: N818 - it reads as a sentence
    """The address asked for cannot be listened to; the message is a French sentence."""


def le_produit() -> Any:  # WSGI, as granian takes it
    """Build the product, as the environment says."""
    from webapp.app import create_app
    from webapp.settings import Settings

    return create_app(Settings.from_env())


def _dans_un_processus(construire: Callable[[], Any], _cible: str) -> Any:
    """Set a worker up, then build what it serves."""
    # The worker leaves the group before it takes signals: until then those of the terminal are held back.
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNAUX_D_ARRET)
    threading.Thread(target=_finir_avec_le_principal, daemon=True).start()
    return construire()


def _finir_avec_le_principal() -> None:
    """Wait for the end of the main process; should it come first, stop this worker, politely and then firmly."""
    principal = multiprocessing.parent_process()
    if principal is None:
        return
    wait([principal.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(DELAI_D_ARRET)
    os._exit(1)


class _Serveur(MPServer):
    """Granian's server, whose workers are started with the stop signals held back and end without ceremony."""

    @staticmethod
    def _spawn_wsgi_worker(*arguments: Any, **options: Any) -> None:
        """Run a worker, then end its process at once, without taking the interpreter down first.

        Granian's threads outlive its answers: one may still be computing for a browser that has gone. Python, taking
        its interpreter down, frees what that thread stands on: it falls (a segmentation fault, or Rust's « panic in a
        function that cannot unwind »). Nothing is lost by not waiting: what was saved is saved, a transaction under
        way is undone.
        """
        code = 1
        try:
            MPServer._spawn_wsgi_worker(*arguments, **options)  # noqa: SLF001 - what it overrides
            code = 0
        except BaseException:  # noqa: BLE001 - said, and told by the code
            traceback.print_exc()
        finally:
            logging.shutdown()
            for flux in (sys.stdout, sys.stderr):
                with suppress(OSError, ValueError):
                    flux.flush()
            os._exit(code)

    def _spawn_workers(self, *arguments: Any, **options: Any) -> None:
        """Start the workers: a Ctrl-C that comes while they load waits for them instead of breaking them."""
        avant = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNAUX_D_ARRET)
        try:
            super()._spawn_workers(*arguments, **options)  # type: ignore[no-untyped-call]  # granian leaves it untyped
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, avant)


def reserver_adresse(hote: str, port: int) -> int:
    """Check that an address can be listened to and give its port (a free one when 0 is asked for).

    Granian shares its port with others that would share it too: without this check two products would answer in turn.
    Raises AdresseIndisponible with a sentence for the person who typed the command.
    """
    if not 0 <= port <= PORT_MAX:
        raise AdresseIndisponible(f"Le port {port} n’existe pas : choisissez un nombre entre 1 et {PORT_MAX}.")
    try:
        famille, *_, adresse = socket.getaddrinfo(hote, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(famille, socket.SOCK_STREAM) as prise:
            prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            prise.bind(adresse)
            return int(prise.getsockname()[1])
    except OSError as erreur:
        raise AdresseIndisponible(_raison(erreur, hote, port)) from erreur


def _raison(erreur: OSError, hote: str, port: int) -> str:
    """Say in a French sentence why an address cannot be listened to, and what to do."""
    if erreur.errno == errno.EADDRINUSE:
        return (
            f"Le port {port} est déjà utilisé par un autre programme :"
            f" arrêtez-le ou choisissez un autre port, par exemple « make serve PORT={port + 1} »."
        )
    if erreur.errno == errno.EACCES:
        return f"Le port {port} est réservé à l’administrateur de la machine : choisissez un port à partir de 1024."
    return f"L’adresse « {hote} » n’est pas une adresse de cette machine."


def servir(
    hote: str,
    port: int,
    processus: int,
    quand_pret: Callable[[], None],
    construire: Callable[[], Any] = le_produit,
) -> bool:
    """Serve until asked to stop (Ctrl-C, SIGTERM). Say whether the stop was asked for, not suffered.

    `quand_pret` is called once, when the address accepts connections. `construire` is called in each worker: a
    function that a fresh process can import, and which reads there, in the environment, what it needs.
    """
    multiprocessing.set_start_method("spawn", force=True)
    os.environ["PROCESSUS"] = str(processus)  # What is changed in one of them is not in the others: they must know.
    serveur = _Serveur(
        target="webapp.app:create_app",
        address=hote,
        port=port,
        interface=Interfaces.WSGI,
        workers=processus,
        blocking_threads=FILS_PAR_PROCESSUS,
        workers_kill_timeout=DELAI_D_ARRET,
        log_level=LogLevels.warning,
    )

    def pret() -> None:
        # A worker that falls later is replaced; one that cannot even begin would fall again for ever.
        serveur.respawn_failed_workers = True
        quand_pret()

    fini = threading.Event()
    serveur.on_startup(lambda: _guetter(hote, port, fini, pret))
    serveur.on_shutdown(fini.set)
    with suppress(SystemExit):
        serveur.serve(target_loader=partial(_dans_un_processus, construire))
    return bool(serveur.interrupt_signal)


def _guetter(hote: str, port: int, fini: threading.Event, quand_pret: Callable[[], None]) -> None:
    """Watch, in a thread of its own, for the moment the address accepts connections."""

    def guet() -> None:
        while not fini.wait(0.05):
            with suppress(OSError), socket.create_connection((hote, port), timeout=1):
                quand_pret()
                return

    threading.Thread(target=guet, daemon=True).start()
