"""The command: `python -m tests.promesses`. Ends with 0 when every promise is kept, with 1 otherwise."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from steps.donnees.preparateur import Preparateur
from steps.donnees.serveur import Serveur
from steps.navigateur.lancement import Lanceur
from tests.promesses.epreuve import Constat, eprouver
from tests.promesses.gestes import GESTES
from tests.promesses.pannes import toutes, troncature
from tests.promesses.parcours import parcourir
from tests.promesses.tableau import tableau


def principal(arguments: list[str] | None = None) -> int:
    """Try every gesture under every fault as often as asked, print the table, and give the exit code."""
    analyse = ArgumentParser(prog="python -m tests.promesses", description=__doc__)
    analyse.add_argument("--fois", type=int, default=1, help="how often each pair is tried (1)")
    analyse.add_argument("--geste", default="", help="only the gestures whose name holds this")
    analyse.add_argument("--panne", default="", help="only the faults whose name holds this")
    analyse.add_argument("--parcours", type=int, default=20, help="walks while three requests in ten fail (20)")
    voulu = analyse.parse_args(arguments)
    constats: list[Constat] = []
    with (
        tempfile.TemporaryDirectory(prefix="promesses-") as dossier,
        Serveur(Path(dossier), Path(dossier) / "serveur.log", 2) as serveur,
        sync_playwright() as playwright,
        troncature() as tronquer,
    ):
        lanceur = Lanceur(playwright.chromium, {})
        porte = Preparateur(serveur.adresse, serveur.jeton)
        for geste in GESTES:
            if voulu.geste not in geste.nom:
                continue
            for panne in toutes(tronquer):
                if voulu.panne in panne.nom and (geste.existante or not panne.d_une_existante):
                    constats += [
                        _dire(eprouver(lanceur.vivant(), serveur, porte, geste, panne)) for _ in range(voulu.fois)
                    ]
        demandes = Counter[str]()
        for graine in range(voulu.parcours):
            parcouru, siennes = parcourir(lanceur.vivant(), serveur, porte, graine)
            constats.append(_dire(parcouru))
            demandes += siennes
        lanceur.fermer()
    sys.stdout.write(tableau(constats, demandes, datetime.now(UTC).date()))
    return 1 if any(constat.defauts for constat in constats) else 0


def _dire(constat: Constat) -> Constat:
    """Say at once what is wrong."""
    for defaut in constat.defauts:
        sys.stderr.write(f"{constat.geste} × {constat.panne} : {defaut}\n")
    return constat


if __name__ == "__main__":
    sys.exit(principal())
