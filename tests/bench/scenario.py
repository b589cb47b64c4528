"""What the acceptance suite adds to Playwright: a scenario of the guide against the bare script of its gestures."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench import script_nu
from tests.bench.mesure import Mediane, MesureImpossible, rapport, tenu
from tests.bench.serveurs import RACINE

PLAFOND = 1.1
MODULE = "tests/acceptation/test_features.py"


class ScenarioEnEchec(MesureImpossible):
    """The scenario could not be played; the message is what pytest said."""


@dataclass(frozen=True)
class Comparaison:
    """How long each took, passage by passage, in seconds; the first of each is apart (see `alternance`)."""

    scenario: tuple[float, ...]
    script: tuple[float, ...]

    @property
    def multiple(self) -> Mediane:
        """The scenario in bare scripts: the figure that the target is about."""
        return rapport(self.scenario[1:], self.script[1:])

    @property
    def tenu(self) -> bool:
        """Whether the target is met."""
        return tenu(self.multiple.valeur, PLAFOND)


def comparer(passages: int) -> Comparaison:
    """Play both, each that many times after a first, in a pytest of their own. Raises ScenarioEnEchec."""
    with tempfile.TemporaryDirectory(prefix="bench-") as dossier:
        releve = Path(dossier) / "releve.json"
        commande = [sys.executable, "-m", "pytest", "-p", "tests.bench.alternance", "-p", "no:cacheprovider",
                    "-p", "no:steps.plugins.rapports", "-q",
                    "--sans-rejeu", "--passages", str(passages), "--releve", str(releve),
                    f"{MODULE}::{script_nu.TEST}"]  # fmt: skip
        joue = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=False)
        if joue.returncode or not releve.exists():
            raise ScenarioEnEchec(joue.stdout + joue.stderr)
        lu = json.loads(releve.read_text("utf-8"))
    return Comparaison(tuple(lu["scenario"]), tuple(lu["script"]))
