"""The command: `python -m tests.endurance`. Ends with 0 when nothing is wrong, with 1 otherwise."""

from __future__ import annotations

import platform
import sys
import tempfile
from argparse import ArgumentParser
from dataclasses import astuple
from functools import partial
from pathlib import Path

from tests.endurance import epreuves
from tests.endurance.epreuves import Bilan, Client
from tests.endurance.serveurs import Produit, base_qui_ferme
from webapp.serveur import Delais

MARGE = 6


def principal(arguments: list[str] | None = None) -> int:
    """Run the three trials, print what each tried, and give the exit code."""
    analyse = ArgumentParser(prog="python -m tests.endurance", description=__doc__)
    analyse.add_argument("--tours", type=int, default=11, help="bursts (11: ten rests between them)")
    analyse.add_argument("--arrets", type=int, default=20, help="stops under load (20)")
    voulu = analyse.parse_args(arguments)
    delais = Delais()
    pause = max(astuple(delais)) + MARGE
    dire(f"Python {platform.python_version()}, {voulu.tours} rafales, repos de {pause} s, {voulu.arrets} arrêts.")
    with tempfile.TemporaryDirectory(prefix="endurance-") as dossier, base_qui_ferme(int(pause) // 2) as url:
        sqlite, postgresql = Path(dossier) / "sqlite", Path(dossier) / "postgresql"
        for la in (sqlite, postgresql):
            la.mkdir()
        with Produit(sqlite) as un, Produit(postgresql, url=url) as autre:
            bilans = [
                conclure("Repos", epreuves.repos([un, autre], voulu.tours, pause)),
                conclure("Corps", epreuves.corps(Client.connecte(un), delais.corps)),
            ]
        bilans.append(conclure("Arrêts", epreuves.arrets(partial(Produit, sqlite), voulu.arrets)))
    return 1 if any(bilan.defauts for bilan in bilans) else 0


def conclure(nom: str, bilan: Bilan) -> Bilan:
    """Print what a trial tried and found, and give it back."""
    dire(f"{nom} : {bilan}")
    return bilan


def dire(ligne: str) -> None:
    sys.stdout.write(f"{ligne}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(principal())
