"""An answer that takes its time, served as the product is.

python -m tests.outillage.lente PORT
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from webapp import serveur

TOURS, PAUSE = 500, 0.002


def application() -> Callable[..., Iterable[bytes]]:
    """Build an application that goes in and out of Python for a second before it answers."""
    pause = threading.Event()

    def repondre(_environ: dict[str, Any], commencer: Callable[..., Any]) -> Iterable[bytes]:
        for _ in range(TOURS):
            pause.wait(PAUSE)
        commencer("200 OK", [("Content-Type", "text/plain")])
        return [b"enfin"]

    return repondre


if __name__ == "__main__":
    # Imported again under its own name: a worker could not find a function of `__main__`.
    from tests.outillage import lente

    serveur.servir(serveur.Ecoute("127.0.0.1", int(sys.argv[1]), 2), partial(os.write, 1, b"pret\n"), lente.application)
