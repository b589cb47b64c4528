"""Give the application requests that are whole: what has not come yet holds a connection, never a thread.

A server hands a request over as soon as its headers are there. In WSGI the thread that takes it then waits for the
body, with no end to its patience: as many slow visitors as there are threads, and nobody else is served. Here an event
loop waits for bodies, at no cost and for a time, and threads answer: a fixed few, that live as long as their process.
This module knows ASGI, WSGI (PEP 3333) and nothing of the product.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Generator, Iterable, Mapping
from functools import partial
from io import BytesIO
from queue import SimpleQueue
from tempfile import SpooledTemporaryFile
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication, WSGIEnvironment

journal = logging.getLogger(__name__)

T = TypeVar("T")
Message = dict[str, Any]
Entetes = list[tuple[bytes, bytes]]
Suite = Generator[bytes, None, None]
Envoyer = Callable[[Message], Awaitable[None]]

TAILLE_MAX = 512 * 1024
"""Bytes of a body: five texts of 3 000 characters, each up to 12 bytes once encoded in a form, twice over."""

MORCEAU = 64 * 1024
"""Bytes of an answer that are held while its reader takes them; nearly all answers are shorter."""

_SANS_PREFIXE = frozenset({"CONTENT_TYPE", "CONTENT_LENGTH"})
_SANS_CORPS = frozenset({204, 304})
_INCOMPLETE = "Votre demande n’est pas arrivée en entier. Vérifiez la connexion, puis réessayez.\n".encode()
_ENTETES_INCOMPLETE = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    # What may still come of the body is not to be taken for another request.
    (b"connection", b"close"),
]


class ReponseTronquee(ConnectionError):  # noqa: N818 - it reads as a sentence
    """An answer has fewer bytes than it said: a file that became shorter under the server, for example."""


class Pont:
    """A WSGI application, as servers take one in ASGI (HTTP alone)."""

    def __init__(
        self, application: WSGIApplication, fils: int, delai_du_corps: float, tailles: Mapping[str, int] | None = None
    ) -> None:
        """Start the threads. `delai_du_corps` is how many seconds a body has to come; a 408 is answered after them.

        `tailles`: by path, the bytes of those that may be longer than TAILLE_MAX.
        """
        self._application = application
        self._tailles = tailles or {}
        self._delai = delai_du_corps
        self._travaux: SimpleQueue[Callable[[], None]] = SimpleQueue()
        for _ in range(fils):
            Thread(target=self._travailler_sans_fin, daemon=True).start()

    async def __call__(self, demande: Message, recevoir: Callable[[], Awaitable[Message]], envoyer: Envoyer) -> None:
        """Take a request, by the event loop: once it is whole, have it answered by a thread."""
        environ = _environ(demande)
        try:
            async with asyncio.timeout(self._delai):
                taille_max = self._tailles.get(environ["PATH_INFO"], TAILLE_MAX)
                environ["wsgi.input"] = await _lire(environ, recevoir, taille_max)
        except TimeoutError:
            await _envoyer(envoyer, 408, _ENTETES_INCOMPLETE, _INCOMPLETE)
        except ConnectionError:
            await _envoyer(envoyer, 400, _ENTETES_INCOMPLETE, _INCOMPLETE)
        else:
            statut, entetes, pris, reste = await self._par_un_fil(partial(self._repondre, environ), _fermer)
            manquent = _annonces(environ, statut, entetes) - len(pris)
            try:
                if reste is None:
                    _exiger_entiere(manquent)
                await _envoyer(envoyer, statut, entetes, pris, suite=reste is not None)
                while reste:
                    # A thread has it from now on: it is not to be closed meanwhile.
                    suivant, reste = reste, None
                    pris, reste = await self._par_un_fil(partial(_prendre, suivant), _fermer)
                    manquent -= len(pris)
                    if reste is None:
                        _exiger_entiere(manquent)
                    await envoyer(_morceau(pris, suite=reste is not None))
            finally:
                if reste:  # Its reader has gone.
                    await self._par_un_fil(reste.close)

    async def _par_un_fil(self, travail: Callable[[], T], renoncer: Callable[[T], object] = bool) -> T:
        """Have a thread do some work; give what it gives, raise what it raises.

        Who waits may leave before the end (the request is given up, the server stops): the work is finished all the
        same, and what it gives is given to `renoncer`.
        """
        fini: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._travaux.put(partial(self._travailler, travail, fini, renoncer))
        return await fini

    def _travailler_sans_fin(self) -> None:
        while True:
            self._travaux.get()()

    def _travailler(self, travail: Callable[[], T], fini: asyncio.Future[T], renoncer: Callable[[T], object]) -> None:
        """Do some work and deliver it. Raises nothing: a thread lives as long as its process."""
        try:
            fait = travail()
        except BaseException as erreur:  # noqa: BLE001 - the server writes it down, and answers 500
            # No future takes a StopIteration: whoever awaits it would wait for ever.
            dit = RuntimeError(repr(erreur)) if isinstance(erreur, StopIteration) else erreur
            self._livrer(fini, partial(fini.set_exception, dit), lambda: None)
        else:
            self._livrer(fini, partial(fini.set_result, fait), partial(renoncer, fait))

    def _livrer(self, fini: asyncio.Future[T], livrer: Callable[[], object], renoncer: Callable[[], object]) -> None:
        def par_la_boucle() -> None:
            if fini.done():
                # What is given up may take its time: it is for a thread.
                self._travaux.put(partial(_en_silence, renoncer))
            else:
                livrer()

        try:
            fini.get_loop().call_soon_threadsafe(par_la_boucle)
        except RuntimeError:  # The loop is closed.
            _en_silence(renoncer)

    def _repondre(self, environ: WSGIEnvironment) -> tuple[int, Entetes, bytes, Suite | None]:
        tete: list[Any] = []

        def commencer(statut: str, entetes: list[tuple[str, str]], *_: Any) -> Any:
            tete[:] = int(statut[:3]), [(nom.encode("latin-1"), valeur.encode("latin-1")) for nom, valeur in entetes]

        pris, reste = _prendre(_fermer_ensuite(self._application(environ, commencer)))
        statut, entetes = tete
        return statut, entetes, pris, reste


def _annonces(environ: WSGIEnvironment, statut: int, entetes: Entetes) -> int:
    """Give how many bytes of body an answer says it has; 0 when it does not say, or when none is to be sent."""
    if environ["REQUEST_METHOD"] == "HEAD" or statut in _SANS_CORPS:
        return 0
    return next((int(valeur) for nom, valeur in entetes if nom.lower() == b"content-length"), 0)


def _exiger_entiere(manquent: int) -> None:
    """Raise ReponseTronquee when bytes that were announced do not come: their reader would wait for them."""
    if manquent > 0:
        raise ReponseTronquee(manquent)


def _fermer_ensuite(morceaux: Iterable[bytes]) -> Suite:
    """Give what an application gives, and close it afterwards, or when nobody wants the rest."""
    try:
        yield from morceaux
    finally:
        if fermer := getattr(morceaux, "close", None):
            fermer()


def _fermer(reponse: tuple[Any, ...]) -> None:
    """Close what remains of an answer that nobody takes: its last part."""
    if reste := reponse[-1]:
        reste.close()


def _en_silence(renoncer: Callable[[], object]) -> None:
    """Give something up: there is nobody left to whom a failure could be told but the log."""
    try:
        renoncer()
    except BaseException:  # noqa: BLE001 - a thread lives as long as its process
        journal.exception("answer given up")


def _prendre(morceaux: Suite) -> tuple[bytes, Suite | None]:
    """Give the beginning of an answer, most often all of it, and what remains: the next only when this one has left."""
    pris = bytearray()
    for morceau in morceaux:
        pris += morceau
        if len(pris) >= MORCEAU:
            return bytes(pris), morceaux
    return bytes(pris), None


def _morceau(octets: bytes, *, suite: bool = False) -> Message:
    return {"type": "http.response.body", "body": octets, "more_body": suite}


async def _envoyer(envoyer: Envoyer, statut: int, entetes: Entetes, octets: bytes, *, suite: bool = False) -> None:
    await envoyer({"type": "http.response.start", "status": statut, "headers": entetes})
    await envoyer(_morceau(octets, suite=suite))


async def _lire(environ: WSGIEnvironment, recevoir: Callable[[], Awaitable[Message]], taille_max: int) -> IO[bytes]:
    """Give the body of a request, and write its length where it was not said. Raises ConnectionError when it is cut.

    A body that is too long is not read on: the application refuses it by its length, and says so. A long one is kept
    on disk: what has not come yet holds no memory either.
    """
    annoncee = int(environ["CONTENT_LENGTH"] or 0)
    sans_longueur = environ.pop("HTTP_TRANSFER_ENCODING", "")
    if annoncee > taille_max or not (annoncee or sans_longueur):
        return BytesIO()
    court = max(annoncee, taille_max if sans_longueur else 0) <= TAILLE_MAX
    # The application reads it, then lets it go.
    corps: IO[bytes] = BytesIO() if court else SpooledTemporaryFile(TAILLE_MAX)  # noqa: SIM115 - see above
    lus, suite = 0, True
    # Once the length is there, the end need not be waited for.
    while suite and lus < (annoncee or taille_max + 1):
        message = await recevoir()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        lus += corps.write(message["body"])
        suite = message["more_body"]
    if lus < annoncee:
        raise ConnectionError
    environ["CONTENT_LENGTH"] = str(lus)
    corps.seek(0)
    return corps


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
