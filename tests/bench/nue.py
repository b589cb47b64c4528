"""The bare Flask answer that everything is compared with, served as the product is.

python -m tests.bench.nue PORT PROCESSUS
"""

from __future__ import annotations

import sys

from flask import Flask

from tests.bench.requetes import HOTE
from webapp import serveur

TEXTE = "Bonjour"


def application() -> Flask:
    """Build the smallest application there is: one address, a word, nothing behind."""
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/", "nue", lambda: TEXTE)
    return app


if __name__ == "__main__":
    # Imported again under its own name: a worker could not find a function of `__main__`.
    from tests.bench import nue

    port, processus = map(int, sys.argv[1:])
    serveur.servir(serveur.Ecoute(HOTE, port, processus), lambda: None, nue.application)
