"""Compress the pages on their way out, the less thoroughly the longer they are.

Measured in bytes, and in microseconds of the compression alone:

| | a keystroke, 1.7 kB | étape 1/2, 11 kB | étape 2/2, 22 kB | 20 cards, 49 kB |
|---|---|---|---|---|
| brotli 3 | 484, 20 | 2 940, 70 | 5 450, 147 | 5 349, 173 |
| brotli 4 | 464, 40 | 2 754, 130 | 5 159, 307 | 5 017, 339 |
| brotli 5 | 445, 40 | 2 660, 170 | 4 863, 402 | 4 583, 464 |
| zstd 4 | 508, 12 | 2 862, 50 | 5 455, 67 | 5 022, 63 |
| zstd 5 | 487, 14 | 2 853, 60 | 5 252, 165 | 4 895, 223 |
| zstd 6 | 487, 15 | 2 830, 80 | 5 174, 220 | 4 833, 329 |

Brotli knows the words of HTML beforehand, which serves short answers; zstd takes a fifth of its time for long ones.

A browser that speaks no zstd gets brotli at any length, one that speaks neither gets gzip: they announce the two first
over https and on localhost only. This module knows nothing of what the pages say.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli
import zstandard
from flask import Flask, Response, request
from werkzeug.http import parse_accept_header

FACONS = ((4_000, "br", 3), (12_000, "br", 5), (32_000, "zstd", 5))
"""The coding and its level for contents up to so many bytes. Levels of brotli go to 11, those of zstd to 22."""
FACON_DES_LONGUES = ("zstd", 4)
QUALITE_SANS_ZSTD = 4
QUALITE_GZIP = 1
TAILLE_MINIMALE = 800
"""Below this an answer and its headers (600 bytes) travel in one packet (1 460) anyway."""


@lru_cache(maxsize=64)  # A browser says the same at each request, and there are few browsers.
def codages_acceptes(accept_encoding: str) -> frozenset[str]:
    """Give those of the codings known here that the browser accepts."""
    acceptes = parse_accept_header(accept_encoding)
    return frozenset(codage for codage in ("zstd", "br", "gzip") if acceptes.quality(codage) > 0)


def comprimer(reponse: Response) -> Response:
    """Compress an answer in HTML when it is worth it and the browser accepts it; leave any other as it is."""
    entetes = reponse.headers
    if (
        not entetes.get("Content-Type", "").startswith("text/html")
        or reponse.direct_passthrough
        or not reponse.is_sequence
        or "Content-Encoding" in entetes
    ):
        return reponse
    entetes.add("Vary", "Accept-Encoding")
    contenu = b"".join(reponse.iter_encoded())
    if len(contenu) < TAILLE_MINIMALE:
        return reponse
    facon = _facon(len(contenu), codages_acceptes(request.headers.get("Accept-Encoding", "")))
    if facon is None:
        return reponse
    reponse.set_data(_comprime(contenu, *facon))
    reponse.headers["Content-Encoding"] = facon[0]
    return reponse


def _facon(taille: int, acceptes: frozenset[str]) -> tuple[str, int] | None:
    """Choose the coding and its level; None when the browser accepts none of ours."""
    voulue = next(((codage, niveau) for jusqu_a, codage, niveau in FACONS if taille <= jusqu_a), FACON_DES_LONGUES)
    if voulue[0] in acceptes:
        return voulue
    sans = (("br", QUALITE_SANS_ZSTD), ("zstd", FACON_DES_LONGUES[1]), ("gzip", QUALITE_GZIP))
    return next((autre for autre in sans if autre[0] in acceptes), None)


def _comprime(contenu: bytes, codage: str, niveau: int) -> bytes:
    if codage == "zstd":
        return zstandard.compress(contenu, niveau)
    if codage == "br":
        comprime: bytes = brotli.compress(contenu, quality=niveau)
        return comprime
    return gzip.compress(contenu, niveau, mtime=0)


def installer(app: Flask) -> None:
    """Make the application compress its pages. Call it first: the last to change an answer is the first installed."""
    app.after_request(comprimer)
