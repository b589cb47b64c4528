"""Give the application requests that are whole: what has not come yet holds a connection, never a thread.

A server hands a request over as soon as its headers are there. In WSGI the thread that takes it then waits for the
body, with no end to its patience: as many slow visitors as there are threads, and nobody else is served. Here an event
loop waits for bodies, at no cost and for a time, and threads answer: a fixed few, that live as long as their process.
This module knows ASGI, WSGI (PEP 3333) and nothing of the product.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from io import BytesIO
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication, WSGIEnvironment

Message = dict[str, Any]
Reponse = tuple[int, list[tuple[bytes, bytes]], bytes]

TAILLE_MAX = 512 * 1024
"""Bytes of a body: five texts of 3 000 characters, each up to 12 bytes once encoded in a form, twice over."""

_SANS_PREFIXE = frozenset({"CONTENT_TYPE", "CONTENT_LENGTH"})
_INCOMPLETE = "Votre demande n’est pas arrivée en entier. Vérifiez la connexion, puis réessayez.\n".encode()
_ENTETES_INCOMPLETE = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    # What may still come of the body is not to be taken for another request.
    (b"connection", b"close"),
]


class Pont:
    """A WSGI application, as servers take one in ASGI (HTTP alone)."""

    def __init__(self, application: WSGIApplication, fils: int, delai_du_corps: float) -> None:
        """Start the threads. `delai_du_corps` is how many seconds a body has to come; a 408 is answered after them."""
        self._application = application
        self._delai = delai_du_corps
        self._demandes: SimpleQueue[tuple[WSGIEnvironment, asyncio.Future[Reponse]]] = SimpleQueue()
        for _ in range(fils):
            Thread(target=self._repondre_sans_fin, daemon=True).start()

    async def __call__(
        self,
        demande: Message,
        recevoir: Callable[[], Awaitable[Message]],
        envoyer: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Take a request, by the event loop: once it is whole, wait for a thread to answer it."""
        environ = _environ(demande)
        try:
            async with asyncio.timeout(self._delai):
                environ["wsgi.input"] = BytesIO(await _lire(environ, recevoir))
        except TimeoutError:
            reponse = 408, _ENTETES_INCOMPLETE, _INCOMPLETE
        except ConnectionError:
            reponse = 400, _ENTETES_INCOMPLETE, _INCOMPLETE
        else:
            fini: asyncio.Future[Reponse] = asyncio.get_running_loop().create_future()
            self._demandes.put((environ, fini))
            reponse = await fini
        statut, entetes, rendu = reponse
        await envoyer({"type": "http.response.start", "status": statut, "headers": entetes})
        await envoyer({"type": "http.response.body", "body": rendu})

    def _repondre_sans_fin(self) -> None:
        while True:
            environ, fini = self._demandes.get()
            dire = fini.get_loop().call_soon_threadsafe
            try:
                dire(fini.set_result, self._repondre(environ))
            except BaseException as erreur:  # noqa: BLE001 - the server writes it down, and answers 500
                dire(fini.set_exception, erreur)

    def _repondre(self, environ: WSGIEnvironment) -> Reponse:
        tete: list[Any] = []

        def commencer(statut: str, entetes: list[tuple[str, str]], *_: Any) -> Any:
            tete[:] = int(statut[:3]), [(nom.encode("latin-1"), valeur.encode("latin-1")) for nom, valeur in entetes]

        morceaux = self._application(environ, commencer)
        try:
            rendu = b"".join(morceaux)
        finally:
            if fermer := getattr(morceaux, "close", None):
                fermer()
        statut, entetes = tete
        return statut, entetes, rendu


async def _lire(environ: WSGIEnvironment, recevoir: Callable[[], Awaitable[Message]]) -> bytes:
    """Give the body of a request, and write its length where it was not said. Raises ConnectionError when it is cut.

    A body that is too long is not read on: the application refuses it by its length, and says so.
    """
    annoncee = int(environ["CONTENT_LENGTH"] or 0)
    sans_longueur = environ.pop("HTTP_TRANSFER_ENCODING", "")
    if annoncee > TAILLE_MAX or not (annoncee or sans_longueur):
        return b""
    corps = bytearray()
    suite = True
    # Once the length is there, the end need not be waited for.
    while suite and len(corps) < (annoncee or TAILLE_MAX + 1):
        message = await recevoir()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        corps += message["body"]
        suite = message["more_body"]
    environ["CONTENT_LENGTH"] = str(len(corps))
    return bytes(corps)


def _environ(demande: Message) -> WSGIEnvironment:
    """Write the head of a request as WSGI has it."""
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": demande["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(demande["raw_path"]).decode("latin-1"),
        "QUERY_STRING": demande["query_string"].decode("latin-1"),
        "SERVER_NAME": demande["server"][0],
        "SERVER_PORT": demande["server"][1],
        "SERVER_PROTOCOL": f"HTTP/{demande['http_version']}",
        "REMOTE_ADDR": demande["client"][0],
        "CONTENT_TYPE": "",
        "CONTENT_LENGTH": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": demande["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for nom, octets in demande["headers"]:
        if b"_" in nom:
            continue  # It would pass for another, which a trusted proxy alone may write.
        cle, valeur = nom.decode("latin-1").upper().replace("-", "_"), octets.decode("latin-1")
        if cle not in _SANS_PREFIXE:
            cle = f"HTTP_{cle}"
            if cle in environ:
                valeur = f"{environ[cle]}{'; ' if cle == 'HTTP_COOKIE' else ','}{valeur}"
        environ[cle] = valeur
    return environ
