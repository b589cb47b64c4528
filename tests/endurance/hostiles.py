"""Visitors who hold the server's hand and let nothing go: each takes a connection, and does no more."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from tests.bench.requetes import HOTE

CADENCE = 0.2
_ANNONCEE = 10_000
_POST = f"POST /connexion HTTP/1.1\r\nHost: {HOTE}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
CORPS_ARRETE = f"{_POST}Content-Length: 100\r\n\r\nabcdef".encode()
CORPS_GOUTTE_A_GOUTTE = f"{_POST}Content-Length: {_ANNONCEE}\r\n\r\n".encode()
EN_TETES_ARRETES = _POST.encode()
# As many answers as fill what the system keeps on both sides; nobody reads them.
NON_LUE = f"GET /connexion HTTP/1.1\r\nHost: {HOTE}\r\n\r\n".encode() * 400


@contextmanager
def tenir(port: int, nombre: int, debut: bytes) -> Iterator[list[socket.socket]]:
    """Open as many connections and send the same beginning by each."""
    with ExitStack() as pile:
        prises = [pile.enter_context(socket.create_connection((HOTE, port), timeout=10)) for _ in range(nombre)]
        for prise in prises:
            prise.setblocking(False)
            with suppress(OSError):
                prise.send(debut)
        yield prises


@contextmanager
def egrener(prises: list[socket.socket]) -> Iterator[None]:
    """Send a byte by each connection, again and again."""
    fini = threading.Event()

    def verser() -> None:
        while not fini.wait(CADENCE):
            for prise in prises:
                with suppress(OSError):
                    prise.send(b"a")

    fil = threading.Thread(target=verser)
    fil.start()
    try:
        yield
    finally:
        fini.set()
        fil.join()


def entendre(prise: socket.socket, fin: float) -> bytes:
    """Give all that came by a connection until the server let it go; nothing when it did not until an instant."""
    recus = b""
    try:
        while (reste := fin - time.monotonic()) > 0:
            prise.settimeout(reste)
            if not (morceau := prise.recv(1 << 16)):
                return recus
            recus += morceau
    except TimeoutError:
        pass
    except ConnectionError:
        return recus
    return b""
