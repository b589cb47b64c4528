"""The mutants of what the screens show (templates, and functions of webapp/web), played against a few scenarios each.

Which scenario goes by what is recorded once. A mutant is then put in the server of a run of its own; the scenarios that
go by little else come first (`tests/mutation/epreuve.py`).
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.mutation import RACINE
from tests.mutation.epreuve import ORDRES, SORTIES
from tests.mutation.etats import NON_VU
from tests.mutation.mutants import Mutant

MODULE = "tests/acceptation/test_features.py"
SERVEUR = Path(__file__).parent / "serveur"
"""What the Python of the server reads first: it puts the mutant in, or notes what is gone by."""
SCENARIOS = 12
_CHAMPS = ("cle", "ligne", "fichier", "debut", "fin", "texte")


class Carte:
    """Which scenarios go by each line of a template and each function, and whether all scenarios were recorded."""

    def __init__(self, lue: dict[str, Any]) -> None:
        self.complete = bool(lue["complete"])
        self._scenarios: dict[str, dict[str, Any]] = lue["scenarios"]
        self._par: dict[str, list[str]] = {}
        for nom, scenario in self._scenarios.items():
            for passage in scenario["par"]:
                self._par.setdefault(passage, []).append(nom)
        self._lignes: dict[str, list[int]] = {}
        for fichier, _, ligne in (passage.rpartition(":") for passage in self._par):
            self._lignes.setdefault(fichier, []).append(int(ligne))

    @property
    def connait(self) -> bool:
        """Whether it knows of any place that a scenario goes by."""
        return bool(self._par)

    def passages(self, mutant: Mutant) -> list[str]:
        """Give the places that a mutant stands in: the function, or the lines of the template.

        Text is known by the line on which it begins, whatever follows it in one piece.
        """
        if not mutant.fichier.endswith(".html"):
            return [f"{mutant.fichier}:{ligne}" for ligne in _entetes(mutant)]
        connues = sorted(self._lignes.get(mutant.fichier, ()))
        avant = [ligne for ligne in connues if ligne < mutant.ligne][-1:]
        siennes = [ligne for ligne in connues if mutant.ligne <= ligne <= mutant.derniere]
        return [f"{mutant.fichier}:{ligne}" for ligne in siennes or avant]

    def scenarios(self, passages: Sequence[str]) -> list[str]:
        """Give the scenarios that go by one of these, the most particular first, then the cheapest."""
        noms = {nom for passage in passages for nom in self._par.get(passage, ())}
        return sorted(noms, key=lambda nom: (len(self._scenarios[nom]["par"]), self._scenarios[nom]["duree"], nom))


def relever(carte: Path, minutes: float) -> Carte:
    """Play the scenarios once and note what they go by, if that is not known yet; cut short after so many minutes."""
    if not carte.exists():
        carte.parent.mkdir(parents=True, exist_ok=True)
        ou = {"MUTATION_JOURNAL": str(carte.with_suffix(".journal")), "MUTATION_CARTE": str(carte)}
        _attendre(_pytest(["-p", "tests.mutation.releve", MODULE], ou), minutes * 60)
    lue = Carte(json.loads(carte.read_text("utf-8")))
    if not lue.connait:
        raise RuntimeError("the server has noted nothing of what it went by")
    return lue


def jouer(a_jouer: Sequence[Mutant], carte: Carte, sorties: Path, secondes: float) -> None:
    """Play mutants until they are done or the time is over; what became of each is added to `sorties`.

    One that no scenario goes by is not seen, or left aside where the record is too short to say.
    """
    ordres = []
    with sorties.open("a", encoding="utf-8") as sortie:
        for mutant in a_jouer:
            noms = carte.scenarios(carte.passages(mutant))[:SCENARIOS]
            if noms:
                ordres.append({champ: getattr(mutant, champ) for champ in _CHAMPS} | {"scenarios": noms})
            elif carte.complete:
                fait = {"cle": mutant.cle, "ligne": mutant.ligne, "tests": 0, "par": "", "etat": NON_VU}
                sortie.write(json.dumps(fait, ensure_ascii=False) + "\n")
    if not ordres:
        return
    with tempfile.TemporaryDirectory(prefix="mutation-") as dossier:
        ecrits = Path(dossier) / "ordres.json"
        ecrits.write_text(json.dumps(ordres), "utf-8")
        processus = _pytest(["-p", "tests.mutation.epreuve", MODULE], {ORDRES: str(ecrits), SORTIES: str(sorties)})
        _attendre(processus, secondes)


def _attendre(processus: subprocess.Popen[str], secondes: float) -> None:
    """Wait for a run, and cut it short after so long. Raises RuntimeError for one that could not be done."""
    try:
        dit, _ = processus.communicate(timeout=secondes)
    except subprocess.TimeoutExpired:
        processus.terminate()
        processus.communicate()
    else:
        if processus.returncode not in {0, 1}:
            raise RuntimeError(dit[-2000:])


def _pytest(arguments: Sequence[str], plus: dict[str, str]) -> subprocess.Popen[str]:
    options = ["-p", "no:xdist", "-p", "no:cacheprovider", "-q", "--sans-axe", "--tb=no"]
    chemin = os.pathsep.join(filter(None, (str(SERVEUR), os.environ.get("PYTHONPATH", ""))))
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *options, *arguments], cwd=RACINE, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": chemin, **plus},
    )  # fmt: skip


def _entetes(mutant: Mutant) -> list[int]:
    """Give the lines where the functions around a mutant begin, their decorators included, as Python counts them."""
    return [
        min([noeud.lineno, *(decorateur.lineno for decorateur in noeud.decorator_list)])
        for noeud in ast.walk(ast.parse((RACINE / mutant.fichier).read_text("utf-8")))
        if isinstance(noeud, ast.FunctionDef) and noeud.lineno <= mutant.ligne <= (noeud.end_lineno or noeud.lineno)
    ]
