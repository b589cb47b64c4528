"""`python -m steps.sabotage`: every fault, every altered « Alors », and what caught each. Exit code 1 if any survives.

    --fautes NOM…            these faults only
    --seulement fautes|alors one half of the run only
    --attendus               only the scenarios that should see each fault
    --scenarios MOTS…        only the scenarios of these tags, or whose titles hold these words
    -n N                     so many processes (2 by default)

Only a complete run plays every scenario unharmed beforehand, and writes what the product shows.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from steps.gherkin.typographie import dire
from steps.sabotage import bilan, ouvriers
from steps.sabotage.bilan import Bilan

PUBLIE = ouvriers.RACINE / "webapp" / "mode_emploi" / "publie" / "sabotage.json"
DELAI = 1_200
PALIER = 10


def principal(arguments: Sequence[str] | None = None) -> int:
    """Run, say, write; give the exit code."""
    options = _lecteur().parse_args(arguments)
    complet = not (options.fautes or options.seulement or options.scenarios or options.attendus)
    demande = {nom: valeur for nom, valeur in vars(options).items() if nom not in {"n", "publie"}}
    debut = time.monotonic()
    trouve = Bilan()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with closing(ouvriers.ecouter({**demande, "complet": complet}, options.n)) as faits:
        for fait in faits:
            trouve.noter(fait)
            if fait["sorte"] in {"temoin", "faute"} and (trouve.temoins + len(trouve.fautes)) % PALIER == 0:
                sys.stderr.write(f"{trouve.avancement()}\n")
    duree = time.monotonic() - debut
    sys.stdout.write("".join(f"{ligne}\n" for ligne in trouve.lignes()))
    sys.stdout.write(dire("{m} min {s:02d} s.\n", m=int(duree) // 60, s=int(duree) % 60))
    if complet and not trouve.empechements:
        bilan.ecrire(options.publie, trouve.publiable(datetime.now(UTC), duree))
        sys.stdout.write(dire("Écrit : {publie}\n", publie=options.publie))
    return trouve.code


def _lecteur() -> argparse.ArgumentParser:
    lecteur = argparse.ArgumentParser(
        prog="python -m steps.sabotage", description=dire("La spécification peut-elle échouer ?")
    )
    lecteur.add_argument("--fautes", nargs="+", metavar="NOM", help=dire("ne poser que ces fautes"))
    lecteur.add_argument(
        "--seulement", choices=("fautes", "alors"), default="", help=dire("ne faire que la moitié du tour")
    )
    lecteur.add_argument(
        "--scenarios",
        nargs="+",
        default=(),
        metavar="MOTS",
        help=dire("ne jouer que les scénarios d'une étiquette ou d'un titre"),
    )
    lecteur.add_argument(
        "--attendus", action="store_true", help=dire("ne jouer une faute qu'avec les scénarios qui devraient la voir")
    )
    lecteur.add_argument("-n", type=int, default=min(2, os.cpu_count() or 1), help=dire("nombre de processus"))
    lecteur.add_argument("--delai", type=int, default=DELAI, help=dire("patience d'un Alors, en millisecondes"))
    lecteur.add_argument("--publie", type=Path, default=PUBLIE, help=dire("où écrire ce que montre le produit"))
    return lecteur


if __name__ == "__main__":
    sys.exit(principal())
