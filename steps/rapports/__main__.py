"""`python -m steps.rapports [FLUX]`: make all the reports of a run again, from its stream alone.

Exit status: 0 when all were written, 1 when one could not be, 2 without a stream to read.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from steps.gherkin.typographie import dire
from steps.rapports.artefacts import DOSSIER
from steps.rapports.flux import NOM, lire
from steps.rapports.production import produire

PAR_DEFAUT = DOSSIER / NOM


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit status."""
    analyseur = argparse.ArgumentParser(
        prog="python -m steps.rapports", description=dire("Refait les rapports d'une exécution, d'après son flux.")
    )
    analyseur.add_argument("flux", nargs="?", type=Path, default=PAR_DEFAUT, help=dire("le flux ({x})", x=PAR_DEFAUT))
    flux = analyseur.parse_args(arguments).flux
    if not flux.is_file():
        sys.stderr.write(dire("{flux} n'existe pas : jouez d'abord des scénarios", flux=flux) + "\n")
        return 2
    with flux.open(encoding="utf-8") as lignes:
        execution = lire(lignes)
    ecrits = produire(execution, flux.parent)
    for ecrit in ecrits:
        sys.stdout.write(ecrit.dit() + "\n")
    return 1 if any(ecrit.probleme for ecrit in ecrits) else 0


if __name__ == "__main__":
    sys.exit(main())
