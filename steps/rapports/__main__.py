"""`python -m steps.rapports [FLUX…]`: make all the reports of a run again, from its stream alone.

Several streams are joined: those of several machines make the reports of one run, beside the first (`--vers`).

Exit status: 0 when all were written, 1 when one could not be, 2 without a stream to read.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from steps.gherkin.typographie import dire
from steps.rapports.artefacts import DOSSIER
from steps.rapports.flux import NOM, Execution, joindre, lire
from steps.rapports.production import produire

PAR_DEFAUT = DOSSIER / NOM


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit status."""
    analyseur = argparse.ArgumentParser(
        prog="python -m steps.rapports", description=dire("Refait les rapports d'une exécution, d'après son flux.")
    )
    analyseur.add_argument(
        "flux",
        nargs="*",
        type=Path,
        default=[PAR_DEFAUT],
        help=dire("le flux ({x}) ; plusieurs sont réunis en une exécution", x=PAR_DEFAUT),
    )
    analyseur.add_argument("--vers", type=Path, help=dire("le dossier des rapports (celui du premier flux)"))
    choix = analyseur.parse_args(arguments)
    for flux in choix.flux:
        if not flux.is_file():
            sys.stderr.write(dire("{flux} n'existe pas : jouez d'abord des scénarios", flux=flux) + "\n")
            return 2
    dossier = choix.vers or choix.flux[0].parent
    lus = [_lire(flux, dossier) for flux in choix.flux]
    ecrits = produire(joindre(lus) if len(lus) > 1 else lus[0], dossier)
    for ecrit in ecrits:
        sys.stdout.write(ecrit.dit() + "\n")
    return 1 if any(ecrit.probleme for ecrit in ecrits) else 0


def _lire(flux: Path, dossier: Path) -> Execution:
    """Read a stream; its files are named from the folder of the reports."""
    with flux.open(encoding="utf-8", errors="replace") as lignes:
        execution = lire(lignes)
    if flux.parent.resolve() != dossier.resolve():
        for evenement in (evenement for tentative in execution.tentatives for evenement in tentative["evenements"]):
            if "chemin" in evenement:
                chemin = os.path.relpath(flux.parent / evenement["chemin"], dossier)
                evenement["chemin"] = Path(chemin).as_posix()
    return execution


if __name__ == "__main__":
    sys.exit(main())
