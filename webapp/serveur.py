"""Run the product under granian, and stop it cleanly.

granian speaks HTTP and minds the connections; `pont` gives the application what is whole. The main process
supervises, its workers answer. Workers are started afresh (`spawn`), so none inherits an open database; they leave the
terminal's process group, so a Ctrl-C or a signal sent to the group reaches the main process alone, which stops them;
and they stop by themselves should the main process die without a word. This module knows the application only as
something that can be built.
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
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import wait
from typing import Any

from granian.constants import HTTPModes, Interfaces, Loops, RuntimeModes, TaskImpl
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer

from webapp.compagnon import Compagnon
from webapp.pont import Pont

SIGNAUX_D_ARRET = frozenset({signal.SIGINT, signal.SIGTERM})
DELAI_D_ARRET = 4
"""Seconds left to answers under way when the product is asked to stop."""

FILS_PAR_PROCESSUS = 4
"""So that one slow answer (a password being checked) holds back no other. More gain nothing: 15 to 16 000 bare
answers a second on two cores with 1, 4, 8 or 64 of them."""

PAUSE_AVANT_RECHUTE = 1
"""Seconds between the start of a worker in place of another and the next look at those that have fallen."""

CONNEXIONS_PAR_PROCESSUS = 512
"""Open at once, at rest or slow included. Each may hold a body of 512 kB: 256 MB at worst."""

CONNEXIONS_EN_ATTENTE = 1024
"""Left to the system to keep until a process takes them."""

TETE_MAX = 64 * 1024
"""Bytes of the first line and the headers, and of what is read ahead."""

PORT_MAX = 65535


class AdresseIndisponible(Exception):  # noqa: N818 - it reads as a sentence
    """The address asked for cannot be listened to; the message is a French sentence."""


@dataclass(frozen=True)
class Delais:
    """How long the server waits, in seconds; every one of its time-outs is here. The defaults are the product's."""

    entetes: float = 30
    """For the headers of a request to come, and for the next request on a connection that is kept."""
    corps: float = 60
    """For the body: 512 kB by a telephone in the country (70 kb/s). A thread is taken only then."""
    fil_oisif: int = 60
    """For granian's own thread to be asked something (it takes 5 to 600); it has one, which hardly works."""


@dataclass(frozen=True)
class Ecoute:
    """Where the product is served, in figures, and by how many processes."""

    hote: str
    port: int
    processus: int


def le_produit() -> Any:  # WSGI
    """Build the product, as the environment says."""
    from webapp.app import create_app
    from webapp.services import calendrier
    from webapp.settings import Settings

    # Who asks first would wait for it.
    calendrier.preparer(datetime.now(UTC).year)
    return create_app(Settings.from_env())


def _dans_un_processus(construire: Callable[[], Any], delais: Delais, _cible: str) -> Any:  # ASGI, as granian takes it
    """Set a worker up, then build what it serves."""
    # The worker leaves the group before it takes signals: until then those of the terminal are held back.
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNAUX_D_ARRET)
    threading.Thread(target=_finir_avec_le_principal, daemon=True).start()
    from webapp.domain.exports import COMPTE_RENDU_OCTETS
    from webapp.domain.imports import TAILLE_MAX
    from webapp.web.http.liens import EDOF_COMPTE_RENDU, IMPORT_EDOF

    tailles = {IMPORT_EDOF: TAILLE_MAX, EDOF_COMPTE_RENDU: COMPTE_RENDU_OCTETS}
    return Pont(construire(), FILS_PAR_PROCESSUS, delais.corps, tailles)


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

    compagnon: Compagnon | None = None
    """What goes along with the workers: started after them, stopped with them."""

    @staticmethod
    def _spawn_asgi_worker(*arguments: Any, **options: Any) -> None:
        """Run a worker, then end its process at once, without taking the interpreter down first.

        Threads outlive the server: one may still be computing for a browser that has gone. Python, taking its
        interpreter down, frees what that thread stands on: it falls (a segmentation fault, or Rust's « panic in a
        function that cannot unwind »). Nothing is lost by not waiting: what was saved is saved, a transaction under
        way is undone.
        """
        code = 1
        try:
            MPServer._spawn_asgi_worker(*arguments, **options)  # noqa: SLF001 - what it overrides
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
        if self.compagnon is not None:
            self.compagnon.demarrer()

    def _stop_workers(self) -> None:
        """Ask the workers to stop, and kill those that have not when their time is over, a stalled body in hand.

        Granian would do the same, but for its taking some that have just ended for living, and saying so.
        """
        ouvriers: list[Any] = self.wrks
        if self.compagnon is not None:
            self.compagnon.demander_l_arret()
        for ouvrier in ouvriers:
            ouvrier.terminate()
        fin = time.monotonic() + DELAI_D_ARRET
        vivants = {ouvrier.inner.sentinel for ouvrier in ouvriers}
        while vivants and (reste := fin - time.monotonic()) > 0:
            vivants.difference_update(wait(vivants, reste))
        for ouvrier in ouvriers:
            ouvrier.kill()
            ouvrier.join()
        if self.compagnon is not None:
            self.compagnon.finir(fin - time.monotonic())

    def _respawn_workers(
        self, workers: Any, spawn_target: Any, target_loader: Any, delay: float = PAUSE_AVANT_RECHUTE
    ) -> None:
        """Replace workers that have fallen, whatever has befallen them before.

        Granian would stop whole when one falls twice within 5.5 seconds, and the others with it. A pause keeps those
        that fall for ever from taking the processor.
        """
        super()._respawn_workers(workers, spawn_target, target_loader, delay)
        self.respawned_wrks.clear()


def reserver_adresse(hote: str, port: int) -> tuple[str, int]:
    """Check that an address can be listened to; give it in figures, with its port (a free one when 0 is asked for).

    Granian reads figures alone: neither « localhost » nor « 127.1 ». It shares its port with others that would share
    it too: without this check two products would answer in turn. Of several addresses of one name, the first that can
    be listened to is taken. Raises AdresseIndisponible with a sentence for the person who typed the command.
    """
    if not 0 <= port <= PORT_MAX:
        raise AdresseIndisponible(f"Le port {port} n’existe pas : choisissez un nombre entre 1 et {PORT_MAX}.")
    premiere: OSError | UnicodeError | None = None
    try:
        possibles = socket.getaddrinfo(hote, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as erreur:
        possibles, premiere = [], erreur
    for famille, *_, adresse in possibles:
        try:
            with socket.socket(famille, socket.SOCK_STREAM) as prise:
                prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                prise.bind(adresse)
                nom = prise.getsockname()
                return str(nom[0]), int(nom[1])
        except OSError as erreur:
            premiere = premiere or erreur
    raise AdresseIndisponible(_raison(premiere, hote, port)) from premiere


def _raison(erreur: OSError | UnicodeError | None, hote: str, port: int) -> str:
    """Say in a French sentence why an address cannot be listened to, and what to do."""
    numero = getattr(erreur, "errno", None)
    if numero == errno.EADDRINUSE:
        return (
            f"Le port {port} est déjà utilisé par un autre programme :"
            f" arrêtez-le ou choisissez un autre port, par exemple « make serve PORT={port + 1} »."
        )
    if numero == errno.EACCES:
        return f"Le port {port} est réservé à l’administrateur de la machine : choisissez un port à partir de 1024."
    return f"L’adresse « {hote} » n’est pas une adresse de cette machine."


def servir(
    ecoute: Ecoute,
    quand_pret: Callable[[], object],
    construire: Callable[[], Any] = le_produit,
    delais: Delais = Delais(),
    compagnon: Compagnon | None = None,
) -> bool:
    """Serve until asked to stop (Ctrl-C, SIGTERM). Say whether the stop was asked for, not suffered.

    `quand_pret` is called once, when the address accepts connections. `construire` is called in each worker: a
    function that a fresh process can import, and which reads there, in the environment, what it needs. `compagnon` is
    a process that goes along with the workers.
    """
    multiprocessing.set_start_method("spawn", force=True)
    os.environ["PROCESSUS"] = str(
        ecoute.processus
    )  # What is changed in one of them is not in the others: they must know.
    serveur = _Serveur(
        target="",  # What is served is built by `construire`.
        address=ecoute.hote,
        port=ecoute.port,
        interface=Interfaces.ASGINL,
        workers=ecoute.processus,
        # The loop only waits: Python's own costs no more than those written for speed, measured.
        loop=Loops.asyncio,
        task_impl=TaskImpl.asyncio,
        # One thread of Rust for each process, as there is one loop to feed.
        runtime_mode=RuntimeModes.st,
        runtime_threads=1,
        blocking_threads=1,
        blocking_threads_idle_timeout=delais.fil_oisif,
        # No browser speaks HTTP/2 without TLS, which is a proxy's business; nobody asks for web sockets.
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(
            header_read_timeout=int(delais.entetes * 1000),
            keep_alive=True,
            max_buffer_size=TETE_MAX,
            pipeline_flush=False,
        ),
        backlog=CONNEXIONS_EN_ATTENTE,
        backpressure=CONNEXIONS_PAR_PROCESSUS,
        workers_kill_timeout=DELAI_D_ARRET,
        log_level=LogLevels.warning,
    )

    serveur.compagnon = compagnon

    def pret() -> None:
        # A worker that falls later is replaced; one that cannot even begin would fall again for ever.
        serveur.respawn_failed_workers = True
        quand_pret()

    fini = threading.Event()
    serveur.on_startup(lambda: _guetter(ecoute.hote, ecoute.port, fini, pret))
    serveur.on_shutdown(fini.set)
    with suppress(SystemExit):
        serveur.serve(target_loader=partial(_dans_un_processus, construire, delais))
    return bool(serveur.interrupt_signal)


def _guetter(hote: str, port: int, fini: threading.Event, quand_pret: Callable[[], None]) -> None:
    """Watch, in a thread of its own, for the moment the address accepts connections."""

    def guet() -> None:
        while not fini.wait(0.05):
            with suppress(OSError), socket.create_connection((hote, port), timeout=1):
                quand_pret()
                return

    threading.Thread(target=guet, daemon=True).start()
