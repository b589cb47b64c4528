"""Compress the pages on their way out, the less thoroughly the longer they are.

Measured on two pages, in microseconds of what the whole answer costs (a level that is thorough goes through a memory
larger than what a processor keeps at hand, and pays for it twice what it does alone):

| level of brotli | étape 2/2, 20 kB | µs | catalogue, 20 cards, 48 kB | µs |
|---|---|---|---|---|
| 5 | 4.7 kB | 1 120 | 4.5 kB | 1 270 |
| 4 | 5.0 kB | 1 070 | 4.9 kB | 1 190 |
| 3 | 5.2 kB | 930 | 5.3 kB | 1 065 |
| 1 | 5.8 kB | 900 | 5.5 kB | 1 020 |

An answer of less than 4 kB weighs half a kilobyte at any level: the quickest is taken (« Vérifier » and a keystroke:
9 and 12 µs instead of 25 and 38).

A browser that speaks no brotli (they announce it over https and on localhost only) gets gzip. This module knows nothing
of what the pages say.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli
from flask import Flask, Response, request
from werkzeug.http import parse_accept_header

QUALITES = ((4_000, 2), (12_000, 5), (32_000, 4))
"""Levels of brotli, which go from 0 to 11, for contents up to so many bytes."""
QUALITE_DES_LONGUES = 3
TAILLE_MINIMALE = 800
"""Below this an answer and its headers (600 bytes) travel in one packet (1 460) anyway."""


@lru_cache(maxsize=64)  # A browser says the same at each request, and there are few browsers.
def codage_accepte(accept_encoding: str) -> str | None:
    """Choose among the codings the browser accepts: brotli, else gzip, else none."""
    acceptes = parse_accept_header(accept_encoding)
    return next((codage for codage in ("br", "gzip") if acceptes.quality(codage) > 0), None)


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
    codage = codage_accepte(request.headers.get("Accept-Encoding", ""))
    if codage is None:
        return reponse
    if codage == "br":
        qualite = next((niveau for jusqu_a, niveau in QUALITES if len(contenu) <= jusqu_a), QUALITE_DES_LONGUES)
        comprime = brotli.compress(contenu, quality=qualite)
    else:
        comprime = gzip.compress(contenu, 1, mtime=0)
    reponse.set_data(comprime)
    reponse.headers["Content-Encoding"] = codage
    return reponse


def installer(app: Flask) -> None:
    """Make the application compress its pages. Call it first: the last to change an answer is the first installed."""
    app.after_request(comprimer)
