"""The command: `python -m tests.coupures`. Ends with 0 when nothing is half done nor lost, with 1 otherwise."""

from __future__ import annotations

import random
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from tests import bases
from tests.bench import controle
from tests.coupures import epreuves
from tests.coupures.epreuves import DefautError, Terrain


def principal(arguments: list[str] | None = None) -> int:
    """Kill the process of jobs again and again on each engine, print what came of it, and give the exit code."""
    analyse = ArgumentParser(prog="python -m tests.coupures", description=__doc__)
    analyse.add_argument("--coups", type=int, default=20, help="times it is killed, at each trial (20)")
    analyse.add_argument("--formations", type=int, default=300, help="formations of the catalogue (300)")
    analyse.add_argument("--graine", type=int, default=1, help="what the instants are drawn from (1)")
    voulu = analyse.parse_args(arguments)
    defauts = 0
    for moteur in bases.MOTEURS:
        with (
            tempfile.TemporaryDirectory(prefix="coupures-") as dossier,
            controle.adresse(moteur, Path(dossier)) as url,
            bases.ouverte(url) as base,
        ):
            terrain = Terrain(base, url, voulu.formations)
            for nom, epreuve in epreuves.TOUTES:
                hasard = random.Random(voulu.graine)  # noqa: S311 - chance, not a secret
                try:
                    bilan = epreuve(terrain, voulu.coups, hasard)
                except DefautError as defaut:
                    defauts += 1
                    dire(f"{moteur}, {nom} : {defaut}")
                    continue
                dire(f"{moteur}, {nom} : tué {bilan.coups} fois, dont {bilan.au_milieu} au milieu ; {bilan.fait}.")
    return 1 if defauts else 0


def dire(ligne: str) -> None:
    sys.stdout.write(f"{ligne}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(principal())
