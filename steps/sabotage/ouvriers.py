"""Starts the processes of a run and listens to them: each is a pytest that plays its share (`steps.plugins.sabotage`).

A process that ends without saying that it has done its share is a failure of the run, told with what it wrote.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from steps.gherkin.typographie import dire

RACINE = Path(__file__).resolve().parent.parent.parent
MODULE = "tests/acceptation/test_features.py"
FIN_DU_JOURNAL = 3_000
DELAI_D_ARRET = 15


def ecouter(demande: Mapping[str, Any], nombre: int) -> Generator[dict[str, Any], None, None]:
    """Start so many processes and give what they tell, as they tell it, until all are done."""
    with tempfile.TemporaryDirectory(prefix="sabotage-") as nom:
        dossier = Path(nom)
        (dossier / "taches").mkdir()
        lecture, ecriture = os.pipe()
        ouvriers = [_lancer({**demande, "rang": rang}, dossier, ecriture) for rang in range(nombre)]
        os.close(ecriture)
        finis = set()
        try:
            with os.fdopen(lecture, encoding="utf-8") as canal:
                for fait in map(json.loads, canal):
                    if fait["sorte"] in {"fin", "refus"}:
                        finis.add(fait["rang"])
                    yield fait
            for rang in sorted(set(range(nombre)) - finis):
                ecrit = _journal(dossier, rang).read_text("utf-8", "replace")[-FIN_DU_JOURNAL:]
                message = "un processus s'est arrêté avec le code {code} :\n{ecrit}"
                yield {"sorte": "refus", "raison": dire(message, code=ouvriers[rang].wait(), ecrit=ecrit)}
        finally:
            for ouvrier in ouvriers:
                _arreter(ouvrier)


def _arreter(processus: "subprocess.Popen[bytes]") -> None:
    """Stop a process that is still playing, with the server and the browser that it started."""
    if processus.poll() is not None:
        return
    processus.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        processus.wait(DELAI_D_ARRET)
    with suppress(ProcessLookupError):
        os.killpg(processus.pid, signal.SIGKILL)
    processus.wait()


def _journal(dossier: Path, rang: int) -> Path:
    return dossier / f"ouvrier-{rang}.log"


def _lancer(demande: Mapping[str, Any], dossier: Path, ecriture: int) -> "subprocess.Popen[bytes]":
    rang = demande["rang"]
    with _journal(dossier, rang).open("wb") as sortie:
        return subprocess.Popen(  # noqa: S603 - our own command; what it is asked travels as JSON
            [
                sys.executable, "-m", "pytest", MODULE, "-p", "steps.plugins.sabotage", "-p", "no:cacheprovider", "-q",
                "--sans-axe", "--basetemp", str(dossier / f"pytest-{rang}"), "--sabotage", json.dumps(demande),
                "--sabotage-dossier", str(dossier / "taches"), "--sabotage-canal", str(ecriture),
            ],
            cwd=RACINE, stdin=subprocess.DEVNULL, stdout=sortie, stderr=subprocess.STDOUT, pass_fds=(ecriture,),
            start_new_session=True,  # The whole of it can be stopped at once.
        )  # fmt: skip
