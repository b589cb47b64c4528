"""Starts the processes of a run and listens to them: each is a pytest that plays its share (`steps.plugins.sabotage`).

A process that ends without saying that it has done its share is a failure of the run, told with what it wrote.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steps.gherkin.typographie import dire

RACINE = Path(__file__).resolve().parent.parent.parent
MODULE = "tests/acceptation/test_features.py"
FIN_DU_JOURNAL = 3_000
DELAI_D_ARRET = 15


@dataclass
class _Ouvrier:
    processus: "subprocess.Popen[bytes]"
    journal: Path
    fini: bool = False


def ecouter(demande: Mapping[str, Any], nombre: int) -> Generator[dict[str, Any], None, None]:
    """Start so many processes and give what they tell, as they tell it, until all are done."""
    with tempfile.TemporaryDirectory(prefix="sabotage-") as dossier:
        (Path(dossier) / "taches").mkdir()
        recus: queue.Queue[tuple[_Ouvrier, dict[str, Any] | None]] = queue.Queue()
        ouvriers = [_lancer(demande, Path(dossier), rang, recus) for rang in range(nombre)]
        try:
            yield from _recevoir(ouvriers, recus)
        finally:
            for ouvrier in ouvriers:
                _arreter(ouvrier.processus)


def _recevoir(
    ouvriers: list[_Ouvrier], recus: "queue.Queue[tuple[_Ouvrier, dict[str, Any] | None]]"
) -> Generator[dict[str, Any], None, None]:
    en_cours = len(ouvriers)
    while en_cours:
        ouvrier, fait = recus.get()
        if fait is not None:
            ouvrier.fini = ouvrier.fini or fait["sorte"] in {"fin", "refus", "renonce"}
            yield fait
            continue
        en_cours -= 1
        code = ouvrier.processus.wait()
        if not ouvrier.fini:
            ecrit = ouvrier.journal.read_text("utf-8", "replace")[-FIN_DU_JOURNAL:]
            message = "un processus s'est arrêté avec le code {code} :\n{ecrit}"
            yield {"sorte": "refus", "raison": dire(message, code=code, ecrit=ecrit)}


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


def _lancer(demande: Mapping[str, Any], dossier: Path, rang: int, recus: "queue.Queue[Any]") -> _Ouvrier:
    lecture, ecriture = os.pipe()
    la_sienne = json.dumps({**demande, "rang": rang})
    journal = dossier / f"ouvrier-{rang}.log"
    with journal.open("wb") as sortie:
        processus = subprocess.Popen(  # noqa: S603 - our own command; what it is asked travels as JSON
            [
                sys.executable, "-m", "pytest", MODULE, "-p", "steps.plugins.sabotage", "-p", "no:cacheprovider", "-q",
                "--sans-axe", "--basetemp", str(dossier / f"pytest-{rang}"), "--sabotage", la_sienne,
                "--sabotage-dossier", str(dossier / "taches"), "--sabotage-canal", str(ecriture),
            ],
            cwd=RACINE, stdin=subprocess.DEVNULL, stdout=sortie, stderr=subprocess.STDOUT, pass_fds=(ecriture,),
            start_new_session=True,  # The whole of it can be stopped at once.
        )  # fmt: skip
    os.close(ecriture)
    ouvrier = _Ouvrier(processus, journal)

    def lire() -> None:
        with os.fdopen(lecture, encoding="utf-8") as canal:
            for ligne in canal:
                recus.put((ouvrier, json.loads(ligne)))
        recus.put((ouvrier, None))

    threading.Thread(target=lire, daemon=True).start()
    return ouvrier
