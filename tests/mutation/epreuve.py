"""The pytest plugin that reads the features once and plays each mutant in a copy of itself, for `make mutation`.

The copy starts a server in which the mutant is put, plays the scenarios of the order until one fails, and is thrown
away. A failure counts only if the same scenario passes in a copy without a mutant, which is asked of it once.
"""

from __future__ import annotations

import json
import os
import signal
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest

from steps.plugins import depart
from tests.mutation.copie import dans_une_copie
from tests.mutation.etats import DELAI, INERTE, TUE, VIVANT

ORDRES, SORTIES, POSE = "MUTATION_ORDRES", "MUTATION_SORTIES", "MUTATION"
"""In the environment: what is to be played, where what became of it is written, the mutant that a server puts in."""
PATIENCE = 300
_PASSE, _ECHOUE = 0, 1


class Epreuve:
    """Plays the orders of a file instead of the scenarios, and writes what became of each as it goes."""

    def __init__(self, ordres: Path, sorties: Path) -> None:
        self._ordres, self._sorties = ordres, sorties
        self._rate = ""
        self._passent: dict[tuple[pytest.Item, ...], bool] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Play the orders."""
        # Each copy has a server of its own.
        if (lance := depart.prendre(session.config)) is not None:
            lance.abandonner()
        tests = {item.nodeid: item for item in session.items}
        with self._sorties.open("a", encoding="utf-8") as sortie:
            for ordre in json.loads(self._ordres.read_text("utf-8")):
                fait = self._jouer(ordre, [tests[nom] for nom in ordre["scenarios"] if nom in tests])
                sortie.write(json.dumps(fait, ensure_ascii=False) + "\n")
                sortie.flush()
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note who fails."""
        if report.failed:
            self._rate = report.nodeid

    def _jouer(self, ordre: Mapping[str, Any], items: Sequence[pytest.Item]) -> dict[str, Any]:
        debut = time.monotonic()
        etat, par = self._dans_une_copie(items, ordre)
        if etat == TUE:
            rates = tuple(item for item in items if item.nodeid == par) or tuple(items)
            if rates not in self._passent:
                self._passent[rates] = self._dans_une_copie(rates, None)[0] == VIVANT
            if not self._passent[rates]:
                etat = INERTE  # It fails without the mutant as well: nothing is proved, and nothing is counted.
        fait = {"cle": ordre["cle"], "ligne": ordre["ligne"], "tests": len(items), "par": par, "etat": etat}
        return fait | {"duree": round(time.monotonic() - debut, 1)}

    def _dans_une_copie(self, items: Sequence[pytest.Item], ordre: Mapping[str, Any] | None) -> tuple[str, str]:
        """Play until one fails; gives what became of the mutant, and who failed."""
        statut, par = dans_une_copie(partial(self._essayer, items, ordre))
        if os.WIFSIGNALED(statut):
            return DELAI, ""
        return (VIVANT if os.waitstatus_to_exitcode(statut) == _PASSE else TUE), par

    def _essayer(self, items: Sequence[pytest.Item], ordre: Mapping[str, Any] | None, canal: int) -> NoReturn:
        code = _ECHOUE
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(PATIENCE)
            with tempfile.TemporaryDirectory(prefix="mutation-") as dossier:
                if ordre is not None:
                    pose = Path(dossier) / "mutant.json"
                    pose.write_text(json.dumps(ordre), "utf-8")
                    os.environ[POSE] = str(pose)
                code = self._derouler(items)
                os.write(canal, self._rate.encode())
        except BaseException as erreur:  # noqa: BLE001 - a server that does not start, for one, kills the mutant
            os.write(canal, repr(erreur)[:200].encode("utf-8", "replace"))
        os._exit(code)

    def _derouler(self, items: Sequence[pytest.Item]) -> int:
        """Play scenarios until one fails; what they share is put away after the last."""
        for item, suivant in zip(items, [*items[1:], None], strict=True):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=suivant)
            if self._rate:
                if suivant is not None:
                    item.session._setupstate.teardown_exact(None)
                return _ECHOUE
        return _PASSE


def pytest_configure(config: pytest.Config) -> None:
    """Play what the environment asks for."""
    config.pluginmanager.register(Epreuve(Path(os.environ[ORDRES]), Path(os.environ[SORTIES])), "epreuve-de-mutation")
