"""What a run is played on: versions, machine, commit. Asked for once, when the first scenario is over."""

import platform
import re
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PROJET = "fiche-vivante"
OUTILS = ("pytest", "pytest-bdd", "playwright")
DELAI = 5

_MOT_DE_PASSE = re.compile(r"(?<=://)[^/@\s]+@")


def environnement(racine: Path, commande: str) -> dict[str, Any]:
    """Give the surroundings of a run as plain values; what is not known is left out."""
    faits = {
        "commande": _MOT_DE_PASSE.sub("", commande),
        "version": _version(PROJET),
        "commit": _commit(racine),
        "systeme": platform.system(),
        "systeme_version": platform.release(),
        "processeur": platform.machine(),
    }
    outils = {"Python": platform.python_version(), **{nom: _version(nom) for nom in OUTILS}}
    return {**{nom: fait for nom, fait in faits.items() if fait}, "outils": outils}


def _version(paquet: str) -> str:
    try:
        return version(paquet)
    except PackageNotFoundError:
        return ""


def _commit(racine: Path) -> str:
    """Give the commit of the project, and say whether the files differ from it; empty outside of git."""
    if not (racine / ".git").exists():
        return ""
    # Constants, run in the project: nothing of a person's input.
    demande = ("git", "describe", "--always", "--dirty=+", "--exclude=*")
    try:
        reponse = subprocess.run(  # noqa: S603 - see above
            demande, cwd=racine, capture_output=True, text=True, timeout=DELAI, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return reponse.stdout.strip()
