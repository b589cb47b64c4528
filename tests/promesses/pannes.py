"""The faults: what happens to the answer that a person waits for, from the browser's side.

Each is met by the requests that its gesture sends, and by no other; once over, the same address answers again.
"""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import Route

from tests.acceptation.la_page import Visite

RELAIS = (
    "<html><head><title>{code} {nom}</title></head><body><center><h1>{code} {nom}</h1></center><hr>"
    "<center>nginx</center></body></html>"
)
TROP_GROS = "x=" + "a" * 600_000
_ID = re.compile(r"/formations/[0-9a-f-]{36}")


@dataclass(frozen=True)
class Panne:
    """One fault. `traiter`: what it does to a request that it meets; `survenir`: what happens before the gesture.

    `annonce`: seconds until the page can know; `reessayable`: « Réessayer » stands beside what it says.
    `hors_ligne`: the browser itself is cut off. `applique`: the server has done what was asked.
    `d_une_existante`: it is met where a formation that is stored is asked for, and nowhere else.
    `reconnexion`: what is asked goes on once one has signed in again, over the page.
    """

    nom: str
    traiter: Callable[[Route], None] | None = None
    survenir: Callable[[Visite], None] | None = None
    annonce: float = 0.0
    reessayable: bool = True
    hors_ligne: bool = False
    applique: bool = False
    d_une_existante: bool = False
    reconnexion: bool = False


def _abandonner(raison: str) -> Callable[[Route], None]:
    return lambda route: route.abort(raison)


def _repondre(code: int, nom: str) -> Callable[[Route], None]:
    """An answer of a proxy in front, which knows nothing of the product."""
    return lambda route: route.fulfill(status=code, content_type="text/html", body=RELAIS.format(code=code, nom=nom))


interrompre = _abandonner("connectionreset")
relayer = _repondre(502, "Bad Gateway")


def perdre(route: Route) -> None:
    """Let the server do what was asked, then lose its answer."""
    route.fetch(max_redirects=0)
    route.abort("connectionreset")


def _ailleurs(route: Route) -> None:
    """Ask for a formation that is not there, or is no more."""
    route.continue_(url=_ID.sub(f"/formations/{uuid4()}", route.request.url))


def _trop_gros(route: Route) -> None:
    """Send more than the product reads; what is not posted meets a proxy that says the same."""
    if route.request.method == "POST":
        route.continue_(post_data=TROP_GROS)
    else:
        _repondre(413, "Request Entity Too Large")(route)


def _taire(_route: Route) -> None:
    """Answer nothing at all."""


@contextmanager
def troncature() -> Iterator[Callable[[Route], None]]:
    """Give what lets the server do what was asked, then hands the browser half of the answer and closes."""
    moitie: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as prise:
        port = prise.getsockname()[1]

        def servir() -> None:
            while True:
                try:
                    client, _ = prise.accept()
                except OSError:
                    return
                with client:
                    client.recv(65_536)
                    entete = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {2 * len(moitie[-1]) + 1}"
                    client.sendall(f"{entete}\r\nConnection: close\r\n\r\n".encode() + moitie[-1])

        fil = threading.Thread(target=servir, daemon=True)
        fil.start()

        def tronquer(route: Route) -> None:
            corps = route.fetch(max_redirects=0).body()
            moitie.append(corps[: len(corps) // 2])
            route.continue_(url=f"http://127.0.0.1:{port}/")

        yield tronquer
        prise.shutdown(socket.SHUT_RDWR)
    fil.join()


def _expirer(visite: Visite) -> None:
    visite.porte.expirer_sessions(visite.organisme.personnes[0])


def toutes(tronquer: Callable[[Route], None]) -> tuple[Panne, ...]:
    """Give every fault of the table of promises that any gesture can meet."""
    return (
        Panne("hors ligne", hors_ligne=True),
        Panne("refusée", _abandonner("connectionrefused")),
        Panne("interrompue", interrompre),
        Panne("faite, réponse perdue", perdre, applique=True),
        Panne("réponse tronquée", tronquer, applique=True),
        Panne("sans réponse", _taire, annonce=9.0),
        Panne("500", _repondre(500, "Internal Server Error")),
        Panne("502 d’un relais", relayer),
        Panne("409 d’un relais", _repondre(409, "Conflict")),
        Panne("422 d’un relais", _repondre(422, "Unprocessable Content")),
        Panne("401, session expirée", survenir=_expirer, reconnexion=True),
        Panne("403", _repondre(403, "Forbidden")),
        Panne("404 d’un relais", _repondre(404, "Not Found")),
        Panne("404, plus là", _ailleurs, reessayable=False, d_une_existante=True),
        Panne("413", _trop_gros),
        Panne("429", _repondre(429, "Too Many Requests")),
    )
