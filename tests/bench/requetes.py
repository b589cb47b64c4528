"""Requests as a browser writes them on the wire, and answers as it reads them.

A request is prepared once, as bytes, so that sending it again costs nothing. Knows HTTP, and nothing of the product.
"""

from __future__ import annotations

import gzip
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import brotli
import zstandard

from tests.bench.mesure import MesureImpossible

HOTE = "127.0.0.1"
DELAI = 20.0
FIN_DES_ENTETES = b"\r\n\r\n"
_LONGUEUR = b"content-length: "

NAVIGATEUR = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Safari/537.36",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "fr-FR,fr;q=0.9",
}
PAGE = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Upgrade-Insecure-Requests": "1",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-User": "?1",
    "Sec-Fetch-Dest": "document",
}
FRAGMENT = {
    "Accept": "*/*",
    "Content-Type": "application/x-www-form-urlencoded",
    "HX-Request": "true",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
}

NUMERO = "100000000000"
"""Stands in a request for a number that is never the same twice."""


class ReponseIllisible(MesureImpossible):
    """The server closed the connection, or answered without saying how much."""


@dataclass(frozen=True)
class Requete:
    """What is sent. `variantes` are sent in turn, each NUMERO in them replaced when `numerotee`."""

    port: int
    variantes: tuple[bytes, ...]
    statut: int = 200
    numerotee: bool = False

    def octets(self, rang: int) -> bytes:
        """Give the bytes of the request of that rank."""
        octets = self.variantes[rang % len(self.variantes)]
        return octets.replace(NUMERO.encode(), b"%d" % (int(NUMERO) + rang)) if self.numerotee else octets


@dataclass(frozen=True)
class Reponse:
    """What was received; `corps` is as it travelled, `texte` as it reads."""

    statut: int
    entetes: Mapping[str, str]
    corps: bytes

    @property
    def texte(self) -> str:
        """The body, its coding undone."""
        match self.entetes.get("content-encoding"):
            case "zstd":
                return str(zstandard.decompress(self.corps), "utf-8")
            case "br":
                return str(brotli.decompress(self.corps), "utf-8")
            case "gzip":
                return gzip.decompress(self.corps).decode()
            case _:
                return self.corps.decode()


def lire(port: int, chemin: str, cookie: str = "") -> bytes:
    """Give the request of a page."""
    return _composer("GET", port, chemin, PAGE, cookie)


def demander(port: int, chemin: str, cookie: str = "") -> bytes:
    """Give the request that htmx sends for a fragment."""
    entetes = {nom: valeur for nom, valeur in FRAGMENT.items() if nom != "Content-Type"}
    return _composer("GET", port, chemin, entetes | {"HX-Current-URL": f"http://{HOTE}:{port}{chemin}"}, cookie)


def poster(port: int, chemin: str, champs: Mapping[str, str], cookie: str = "") -> bytes:
    """Give the request that htmx sends for a form."""
    origine = f"http://{HOTE}:{port}"
    entetes = FRAGMENT | {"Origin": origine, "HX-Current-URL": f"{origine}{chemin}"}
    return _composer("POST", port, chemin, entetes, cookie, urlencode(champs).encode())


def echanger(port: int, octets: bytes) -> Reponse:
    """Send a request and give the whole answer. Raises ReponseIllisible."""
    with socket.create_connection((HOTE, port), timeout=DELAI) as prise:
        prise.sendall(octets)
        recus = b""
        while (taille := taille_complete(recus)) is None or len(recus) < taille:
            morceau = prise.recv(1 << 16)
            if not morceau:
                raise ReponseIllisible(recus[:200].decode("latin-1"))
            recus += morceau
    tete, _, corps = recus.partition(FIN_DES_ENTETES)
    premiere, *lignes = tete.decode("latin-1").split("\r\n")
    paires = (ligne.partition(": ") for ligne in lignes)
    return Reponse(int(premiere.split()[1]), {nom.lower(): valeur for nom, _, valeur in paires}, corps)


def taille_complete(recus: bytes) -> int | None:
    """Give how many bytes the answer that begins so has in all; None while its headers are not all there.

    Raises ReponseIllisible when they do not say it: such an answer has no end of its own.
    """
    fin = recus.find(FIN_DES_ENTETES)
    if fin < 0:
        return None
    debut = recus.find(_LONGUEUR, 0, fin)
    if debut < 0:
        raise ReponseIllisible(recus[:fin].decode("latin-1"))
    debut += len(_LONGUEUR)
    longueur = recus[debut : recus.find(b"\r", debut)]
    return fin + len(FIN_DES_ENTETES) + int(longueur)


def _composer(methode: str, port: int, chemin: str, entetes: dict[str, str], cookie: str, corps: bytes = b"") -> bytes:
    toutes = {"Host": f"{HOTE}:{port}", "Connection": "keep-alive"} | NAVIGATEUR | entetes
    if corps:
        toutes["Content-Length"] = str(len(corps))
    if cookie:
        toutes["Cookie"] = cookie
    lignes = "".join(f"{nom}: {valeur}\r\n" for nom, valeur in toutes.items())
    return f"{methode} {chemin} HTTP/1.1\r\n{lignes}\r\n".encode() + corps
