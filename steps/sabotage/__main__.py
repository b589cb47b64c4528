"""`python -m steps.sabotage`: every fault, every altered « Alors », and what caught each. Exit code 1 if any survives.

    --tout                   what has not changed since an earlier run is tried again
    --fautes NOM…            these faults only
    --seulement fautes|alors one half of the run only
    --attendus               only the scenarios that should see each fault
    --scenarios MOTS…        only the scenarios of these tags, or whose titles hold these words
    -n N                     so many processes (2 by default)

Only a complete run writes what the product shows, were it stopped on the way: it says then how far it went, and gives
130. It tries again neither the « Alors » of a scenario that says, looks at and expects what it did, nor a fault that is
put as it was and that such a scenario saw.
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
from steps.sabotage.memoire import Memoire, lire_verdicts

PUBLIE = ouvriers.RACINE / "webapp" / "mode_emploi" / "publie" / "sabotage.json"
DELAI = 1_200
PALIER = 10
ARRETE = 130
"""What a shell gives for a command that Ctrl-C has stopped."""


def principal(arguments: Sequence[str] | None = None) -> int:
    """Run, say, write; give the exit code."""
    options = _lecteur().parse_args(arguments)
    options.publie = options.publie.resolve()
    if options.fautes and not options.seulement:
        options.seulement = "fautes"  # These, and nothing else.
    complet = not (options.fautes or options.seulement or options.scenarios or options.attendus)
    demande = {nom: valeur for nom, valeur in vars(options).items() if nom not in {"n", "publie", "tout"}}
    connu = options.publie if complet and not options.tout and options.publie.exists() else None
    debut = time.monotonic()
    trouve = Bilan(Memoire.lire(connu) if connu else Memoire(), lire_verdicts(options.publie))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    arrete = False
    try:
        with closing(ouvriers.ecouter({**demande, "connu": str(connu or "")}, options.n)) as faits:
            for fait in faits:
                trouve.noter(fait)
                if fait["sorte"] in {"alors", "faute"} and (len(trouve.alors) + len(trouve.fautes)) % PALIER == 0:
                    sys.stderr.write(f"{trouve.avancement()}\n")
    except KeyboardInterrupt:
        arrete = True
    finally:
        if complet and trouve.scenarios:
            bilan.ecrire(options.publie, trouve.publiable(datetime.now(UTC)))
    duree = time.monotonic() - debut
    sys.stdout.write("".join(f"{ligne}\n" for ligne in trouve.lignes()))
    sys.stdout.write(dire("{m} min {s:02d} s.\n", m=int(duree) // 60, s=int(duree) % 60))
    if complet and trouve.scenarios:
        sys.stdout.write(dire("Écrit : {publie}\n", publie=options.publie))
    if arrete:
        sys.stdout.write(dire("Arrêté avant la fin : {ou}.\n", ou=trouve.avancement()))
        return ARRETE
    return trouve.code


def _lecteur() -> argparse.ArgumentParser:
    lecteur = argparse.ArgumentParser(
        prog="python -m steps.sabotage", description=dire("La spécification peut-elle échouer ?")
    )
    lecteur.add_argument(
        "--tout", action="store_true", help=dire("essayer de nouveau ce qui n'a pas changé depuis un tour précédent")
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
