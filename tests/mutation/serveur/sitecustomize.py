"""Read by Python before anything else in the server under test: puts one mutant in it, or notes what it goes by.

    MUTATION           a file that says which passage of which file is changed, and into what
    MUTATION_JOURNAL   a file to which the lines of templates and the functions that are gone by are added

Nothing of ours is imported here, and nothing is done when neither is asked for.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

RACINE = Path(__file__).resolve().parents[3]
# The same name is written again after so long only: a journal of every call would slow what it looks at.
RAPPEL = 0.2


def _poser(ordre: dict[str, Any]) -> None:
    chemin = RACINE / ordre["fichier"]
    source = chemin.read_text("utf-8")
    change = source[: ordre["debut"]] + ordre["texte"] + source[ordre["fin"] :]
    sys.path.insert(0, str(RACINE))
    from tests.mutation.greffe import Lecteur, donner_a_lire  # noqa: PLC0415 - a server without a mutant needs none

    if chemin.suffix == ".py":
        nom = ordre["fichier"].removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        Lecteur(nom, chemin, change).poser()
    else:
        donner_a_lire(chemin, change)


def _noter(journal: Path) -> None:
    vus: dict[Any, float] = {}
    web, gabarits = str(RACINE / "webapp" / "web"), str(RACINE / "templates")
    sortie = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(ou: Any, nom: Callable[[], str]) -> None:
        maintenant = time.monotonic()
        if maintenant - vus.get(ou, 0.0) > RAPPEL:
            vus[ou] = maintenant
            os.write(sortie, f"{nom()}\n".encode())

    def profil(cadre: FrameType, evenement: str, _: object) -> None:
        code = cadre.f_code
        if evenement == "call" and code.co_filename.startswith(web):
            note(code, lambda: f"{code.co_filename[len(str(RACINE)) + 1 :]}:{code.co_firstlineno}")

    def entree(cadre: FrameType, _evenement: str, _: object) -> Any:
        # What is done while a template is loaded shows nothing.
        return ligne if cadre.f_code.co_filename.startswith(gabarits) and "debug_info" in cadre.f_globals else None

    def ligne(cadre: FrameType, evenement: str, _: object) -> Any:
        fichier = cadre.f_code.co_filename
        if evenement == "line":
            note((fichier, cadre.f_lineno), lambda: f"{fichier[len(str(RACINE)) + 1 :]}:{_ecrite(cadre)}")
        return ligne

    sys.setprofile(profil)
    threading.setprofile(profil)
    sys.settrace(entree)
    threading.settrace(entree)


def _ecrite(cadre: FrameType) -> int:
    """Give the line of a template that a line of its Python comes from, as Jinja itself finds it for a traceback."""
    paires = [paire.split("=") for paire in cadre.f_globals["debug_info"].split("&") if paire]
    return next((int(ecrite) for ecrite, faite in reversed(paires) if int(faite) <= cadre.f_lineno), 1)


# Who supervises, and the workers that it starts afresh.
if {"webapp", "--multiprocessing-fork"} & set(sys.orig_argv):
    if os.environ.get("MUTATION"):
        _poser(json.loads(Path(os.environ["MUTATION"]).read_text("utf-8")))
    if os.environ.get("MUTATION_JOURNAL"):
        _noter(Path(os.environ["MUTATION_JOURNAL"]))
