"""A little web site for the tests of the harness: pages written in the test, and what the product's pages never do."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
HTMX = RACINE / "webapp" / "static" / "tiers" / "htmx.min.js"
STRICTE = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'"


@dataclass(frozen=True)
class Reponse:
    """What an address answers."""

    corps: str | bytes
    type_: str = "text/html; charset=utf-8"
    statut: int = 200
    politique: str = STRICTE


@dataclass
class Site:
    """The site: its address, and how many times each of its addresses was asked for."""

    adresse: str
    demandes: list[str] = field(default_factory=list)

    def nombre(self, chemin: str) -> int:
        """Count the requests for an address, parameters aside."""
        return sum(demande.partition("?")[0] == chemin for demande in self.demandes)


def page(corps: str, *, titre: str = "Essai", scripts: tuple[str, ...] = ()) -> Reponse:
    """Make a sound page around a body."""
    tetes = "".join(f'<script src="{script}" defer></script>' for script in scripts)
    return Reponse(
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{titre}</title>{tetes}</head>'
        f"<body><main><h1>{titre}</h1>{corps}</main></body></html>"
    )


def script(texte: str) -> Reponse:
    """Make a script."""
    return Reponse(texte, "text/javascript")


@contextmanager
def ouvrir(reponses: Mapping[str, Reponse | Callable[[], Reponse]]) -> Iterator[Site]:
    """Serve these addresses on a free port of the machine; a function is called each time its address is asked for."""
    tout = {"/htmx.js": Reponse(HTMX.read_bytes(), "text/javascript"), "/favicon.ico": Reponse(""), **reponses}

    class Guichet(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.demandes.append(self.path)
            trouve = tout.get(self.path.partition("?")[0], Reponse("absent", statut=404))
            reponse = trouve() if callable(trouve) else trouve
            corps = reponse.corps.encode() if isinstance(reponse.corps, str) else reponse.corps
            self.send_response(reponse.statut)
            self.send_header("Content-Type", reponse.type_)
            self.send_header("Content-Length", str(len(corps)))
            if reponse.politique:
                self.send_header("Content-Security-Policy", reponse.politique)
            self.end_headers()
            self.wfile.write(corps)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, *_arguments: object) -> None:
            """Stay silent."""

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Guichet)
    site = Site(f"http://127.0.0.1:{serveur.server_port}")
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    try:
        yield site
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join()
