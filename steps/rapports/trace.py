"""`python -m steps.rapports.trace`: open the trace of the scenario that failed last, in Playwright's viewer.

Exit status: that of the viewer; 0 when there is no screen to show it on and the way was said; 1 without a trace.
"""

import argparse
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from steps.donnees.dates import PARIS, ecrire_date, ecrire_heure
from steps.gherkin.typographie import dire, habiller
from steps.navigateur.lent import ecran_present
from steps.rapports.artefacts import DOSSIER, TRACE

_DEBUT = 100_000


@dataclass(frozen=True)
class Trace:
    """The trace of one scenario: its file, the title of the scenario, when it was played."""

    chemin: Path
    titre: str
    quand: datetime

    def presentation(self) -> str:
        """Say which trace this is."""
        jour, heure = ecrire_date(self.quand.date()), ecrire_heure(self.quand)
        return dire(
            "Dernier échec : « {titre} », {jour} à {heure}.", titre=habiller(self.titre), jour=jour, heure=heure
        )


def derniere(dossier: Path) -> Trace | None:
    """Give the newest trace of the folder, None when there is none."""
    traces = sorted(dossier.glob(f"*/{TRACE}"), key=lambda chemin: chemin.stat().st_mtime)
    return lire(traces[-1]) if traces else None


def lire(chemin: Path) -> Trace:
    """Read what a trace says of itself; the name of its folder stands for a title that it does not say."""
    quand = datetime.fromtimestamp(chemin.stat().st_mtime, PARIS)
    return Trace(chemin, _titre(chemin) or chemin.parent.name.rpartition("-")[0].replace("-", " "), quand)


def _titre(chemin: Path) -> str:
    try:
        with zipfile.ZipFile(chemin) as archive, archive.open("trace.trace") as lecture:
            return str(json.loads(lecture.readline(_DEBUT)).get("title") or "")
    except (KeyError, ValueError, zipfile.BadZipFile):
        return ""


def commande(trace: Trace, hote: str, port: int) -> list[str]:
    """Give the command of the viewer: in a tab of one's own browser, since Playwright's may not be there."""
    viseur = [sys.executable, "-m", "playwright", "show-trace", "--port", str(port)]
    return [*viseur, *(["--host", hote] if hote else []), str(trace.chemin)]


def sans_ecran(trace: Trace) -> str:
    """Say how to look at the trace from elsewhere."""
    return dire(
        "Pas d'écran sur cette machine (ni DISPLAY, ni WAYLAND_DISPLAY) : servez la trace d'ici par "
        "« make replay ARGS=--port=9323 » et ouvrez l'adresse annoncée ; ou bien copiez {chemin} sur la vôtre, et "
        "ouvrez-la dans le visionneur de Playwright.",
        chemin=trace.chemin,
    )  # fmt: skip


def main(
    arguments: Sequence[str] | None = None,
    environnement: Mapping[str, str] = os.environ,
    lancer: Callable[[list[str]], int] = subprocess.call,
    dossier: Path = DOSSIER,
) -> int:
    """Run the command and return its exit status."""
    choix = argparse.ArgumentParser(
        prog="python -m steps.rapports.trace", description=dire("Ouvre la trace du dernier échec.")
    )
    choix.add_argument("--port", type=int, help=dire("servir la trace à ce port, et dire l'adresse"))
    choix.add_argument("--hote", default="", help=dire("l'écouter à cette adresse, plutôt que sur cette machine seule"))
    voulu = choix.parse_args(arguments)
    trace = derniere(dossier)
    if trace is None:
        _dire(dire("Aucune trace dans {dossier} : aucun scénario n'y a échoué.", dossier=dossier))
        return 1
    _dire(trace.presentation())
    if voulu.port is None and not ecran_present(environnement):
        _dire(sans_ecran(trace))
        return 0
    try:
        return lancer(commande(trace, voulu.hote, voulu.port or 0))
    except KeyboardInterrupt:  # The way one leaves the viewer.
        return 0


def _dire(ligne: str) -> None:
    sys.stdout.write(f"{ligne}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
