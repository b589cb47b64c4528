"""Play scenarios as `make acceptance` is asked to, by variables of the environment: no shell reads what is typed.

CHOIX_K     words of the title, all needed         CHOIX_M     a tag, with its @ or without, or an expression
CHOIX_F     a feature, a folder, FEATURE:LINE      CHOIX_ARGS  options of pytest, quoted as for a shell
CHOIX_BASE_URL, CHOIX_NAVIGATEUR                   where, and in which browser
CHOIX_N     how many processes play all of them, here; a choice, or options, are played by one that is watched
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
# One process is started sooner for some of them, and the other options may ask for one alone.
_SEUL = ("K", "M", "F", "BASE_URL", "ARGS")
SCENARIOS = "tests/acceptation/test_features.py"
NAVIGATEURS = {"chromium": ("navigateur.py", "CHROMIUM"), "firefox": ("firefox.py", "FIREFOX")}


def options(choix: Mapping[str, str]) -> list[str]:
    """Give what pytest is asked for. Raises SystemExit, in one French sentence, when it makes no sense."""

    def voulu(nom: str) -> str:
        return choix.get(f"CHOIX_{nom}", "").strip()

    try:
        suite = shlex.split(voulu("ARGS"))
    except ValueError:
        sys.exit("ARGS : un guillemet ouvert n’est pas refermé.")
    etiquettes = re.sub(r"@(?=\w)", "", voulu("M"))
    return [
        SCENARIOS,
        *([f"--mots={voulu('K')}"] if voulu("K") else []),
        *(["-m", etiquettes] if etiquettes else []),
        *([f"--fichier={voulu('F')}"] if voulu("F") else []),
        *(["--base-url", voulu("BASE_URL")] if voulu("BASE_URL") else []),
        *(["--browser", "firefox"] if navigateur(choix) == "firefox" else []),
        *(["-n", voulu("N"), "--dist", "worksteal"] if voulu("N") and not any(map(voulu, _SEUL)) else []),
        *suite,
    ]


def navigateur(choix: Mapping[str, str]) -> str:
    """Give the browser asked for. Raises SystemExit when it is unknown."""
    nom = choix.get("CHOIX_NAVIGATEUR", "").strip() or "chromium"
    if nom not in NAVIGATEURS:
        sys.exit(f"NAVIGATEUR vaut «\u00a0{nom}\u00a0»\u00a0: choisissez chromium ou firefox.")
    return nom


def principal() -> None:
    """Find the browser, then become pytest."""
    demande = options(os.environ)
    script, variable = NAVIGATEURS[navigateur(os.environ)]
    cherche = [sys.executable, str(RACINE / ".outils" / script)]
    trouve = subprocess.run(cherche, check=False, stdout=subprocess.PIPE, text=True)
    if trouve.returncode:
        sys.exit(trouve.returncode)
    environnement = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("CHOIX_")}
    environnement[variable] = trouve.stdout.strip()
    os.execve(sys.executable, [sys.executable, "-m", "pytest", *demande], environnement)  # noqa: S606 - our own Python


if __name__ == "__main__":
    principal()
