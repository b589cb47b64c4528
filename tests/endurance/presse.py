"""The product, every time-out of its server at its least: `python -m tests.endurance.presse PORT`."""

from __future__ import annotations

import sys
from functools import partial

from webapp import cli, serveur
from webapp.serveur import Delais

MOINDRES = Delais(entetes=1, corps=1, fil_oisif=5)

if __name__ == "__main__":
    serveur.servir = partial(serveur.servir, delais=MOINDRES)
    cli.principal(["serve", "--port", sys.argv[1], "--processus", "2"])
