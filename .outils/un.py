"""Run one thing: a file of tests, a test by its node, or what has these words in its title. `make un T=…`

What is no scenario runs without the plugins of the scenarios, of the browser and of the several processes: they cost
three times what a test of the domain does.
"""

import os
import re
import shlex
import subprocess
import sys
import unicodedata
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
ACCEPTATION = "tests/acceptation"
SCENARIOS = f"{ACCEPTATION}/test_features.py"
_TITRE = re.compile(r"^\s*(?:Plan du scénario|Scénario)\s*:\s*(.*)$", re.MULTILINE)
# What the configuration asks of plugins that are not there means nothing.
SANS_GREFFONS = ("-o", "addopts=", "--import-mode=importlib", "-W", "ignore::pytest.PytestConfigWarning")


def choisir(voulu: str, racine: Path = RACINE) -> tuple[list[str], bool]:
    """Give what pytest is asked for, and whether it needs the plugins of the scenarios.

    Words are those of scenarios if some title has them all, accents and capitals aside; of tests otherwise.
    """
    if (racine / voulu.partition("::")[0]).exists():
        return [voulu], voulu.startswith(ACCEPTATION)
    mots = _mots(voulu)
    scenario = any(_nomme(mots, chemin.read_text("utf-8")) for chemin in racine.glob("features/**/*.feature"))
    if scenario:
        return [SCENARIOS, f"--mots={voulu}", "--vite"], True
    return ["tests", f"--ignore={ACCEPTATION}", "-k", " and ".join(mots)], False


def _nomme(mots: list[str], feature: str) -> bool:
    """Say whether a title has all these words; the values of an outline are somewhere below it."""
    valeurs = _mots(feature)
    return any(set(mots) <= {*_mots(titre), *(valeurs if "<" in titre else ())} for titre in _TITRE.findall(feature))


def _mots(texte: str) -> list[str]:
    plat = "".join(c for c in unicodedata.normalize("NFD", texte.casefold()) if not unicodedata.combining(c))
    return re.findall(r"\w+", plat)


def principal(arguments: list[str]) -> None:
    """Become pytest."""
    voulu, *suite = arguments
    if not voulu.strip():
        sys.exit("Dites quoi : make un T=tests/domain/test_controle.py, ou les mots d’un titre.")
    demande, scenario = choisir(voulu)
    environnement = dict(os.environ)
    if scenario:
        cherche = [sys.executable, str(RACINE / ".outils" / "navigateur.py")]
        environnement["CHROMIUM"] = subprocess.run(
            cherche, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.strip()
    else:
        environnement["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        demande = [*SANS_GREFFONS, *demande]
    os.execve(sys.executable, [sys.executable, "-m", "pytest", "-q", *demande, *suite], environnement)  # noqa: S606 - our own Python


if __name__ == "__main__":
    if "CHOIX_T" in os.environ:  # By make, as it was typed.
        principal([os.environ.pop("CHOIX_T"), *shlex.split(os.environ.pop("CHOIX_ARGS", ""))])
    principal(sys.argv[1:])
