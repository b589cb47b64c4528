"""The mutants of what the screens show (templates, and functions of webapp/web), played against a few scenarios each.

Which scenario goes by what is recorded once. A mutant is then put in the server of a run of its own; the scenarios that
go by little else come first. A failure counts only if the same scenario passes without the mutant.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.mutation.etats import DELAI, INERTE, NON_VU, TUE, VIVANT
from tests.mutation.mutants import RACINE, Mutant

MODULE = "tests/acceptation/test_features.py"
SCENARIOS = 6
PATIENCE = 300
_RATE = re.compile(r"^(?:FAILED|ERROR) (\S+::.+?)(?: - .*)?$", re.MULTILINE)


class Carte:
    """Which scenarios go by each template and function, and whether all scenarios were recorded."""

    def __init__(self, lue: dict[str, Any]) -> None:
        self.complete = bool(lue["complete"])
        self._scenarios: dict[str, dict[str, Any]] = lue["scenarios"]
        self._par: dict[str, list[str]] = {}
        for nom, scenario in self._scenarios.items():
            for passage in scenario["par"]:
                self._par.setdefault(passage, []).append(nom)

    def scenarios(self, passages: Sequence[str]) -> list[str]:
        """Give the scenarios that go by one of these, the most particular first, then the cheapest."""
        noms = {nom for passage in passages for nom in self._par.get(passage, ())}
        return sorted(noms, key=lambda nom: (len(self._scenarios[nom]["par"]), self._scenarios[nom]["duree"], nom))


def relever(carte: Path, minutes: float) -> Carte:
    """Play the scenarios once and note what they go by, if that is not known yet; cut short after so many minutes."""
    if not carte.exists():
        carte.parent.mkdir(parents=True, exist_ok=True)
        ou = {"MUTATION_JOURNAL": str(carte.with_suffix(".journal")), "MUTATION_CARTE": str(carte)}
        processus = _pytest(["-p", "tests.mutation.releve", MODULE], ou)
        try:
            processus.communicate(timeout=minutes * 60)
        except subprocess.TimeoutExpired:
            processus.terminate()
            processus.communicate()
    return Carte(json.loads(carte.read_text("utf-8")))


def passages(mutant: Mutant) -> list[str]:
    """Give the names under which the record knows the place of a mutant."""
    if mutant.fichier.endswith(".html"):
        return [mutant.fichier]
    return [f"{mutant.fichier}:{ligne}" for ligne in _entetes(mutant)]


def jouer(mutant: Mutant, carte: Carte, dossier: Path) -> dict[str, Any] | None:
    """Play one mutant; gives what became of it, or None where the record is too short to say."""
    noms = carte.scenarios(passages(mutant))[:SCENARIOS]
    fait = {"cle": mutant.cle, "ligne": mutant.ligne, "tests": len(noms), "par": ""}
    if not noms:
        return fait | {"etat": NON_VU} if carte.complete else None
    ordre = dossier / "mutant.json"
    champs = ("fichier", "debut", "fin", "texte")
    ordre.write_text(json.dumps({champ: getattr(mutant, champ) for champ in champs}), "utf-8")
    debut = time.monotonic()
    code, rate = _essayer(noms, {"MUTATION": str(ordre)})
    etat = VIVANT if code == 0 else TUE
    if code is None:
        etat = DELAI
    elif code != 0 and _essayer([rate] if rate in noms else noms, {})[0] != 0:
        etat = INERTE  # It fails without the mutant as well: nothing is proved, and nothing is counted.
    return fait | {"etat": etat, "par": rate, "duree": round(time.monotonic() - debut, 1)}


def _essayer(noms: Sequence[str], plus: dict[str, str]) -> tuple[int | None, str]:
    """Play scenarios until one fails; gives the code of the run (None: it was too long) and who failed."""
    processus = _pytest(["-x", *noms], plus)
    try:
        sortie, _ = processus.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        processus.terminate()
        processus.communicate()
        return None, ""
    rates = _RATE.findall(sortie)
    return processus.returncode, rates[0] if rates else ""


def _pytest(arguments: Sequence[str], plus: dict[str, str]) -> subprocess.Popen[str]:
    options = ["-p", "no:xdist", "-p", "no:cacheprovider", "-q", "--sans-axe", "--tb=no"]
    chemin = os.pathsep.join(filter(None, (str(Path(__file__).parent / "serveur"), os.environ.get("PYTHONPATH", ""))))
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
