"""The pytest plugin that notes, for each scenario that passes, the lines of templates and the functions it goes by."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Generator
from pathlib import Path

import pytest

INTERVALLE = 120


class Releve:
    """Cuts the journal of the server at the beginning and at the end of each scenario."""

    def __init__(self, journal: Path, carte: Path) -> None:
        self._journal, self._carte = journal, carte
        self._scenarios: dict[str, dict[str, object]] = {}
        self._debut, self._reussi, self._ecrite, self._complete = 0, False, 0.0, False

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """In no order of theirs: a record that is cut short knows some of each kind."""
        random.Random(len(items)).shuffle(items)  # noqa: S311 - an order, no secret

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Note what one scenario went by."""
        debut, a_partir = time.monotonic(), self._taille()
        self._reussi = True
        fait = yield
        if self._reussi:
            with self._journal.open("rb") as lecture:
                lecture.seek(a_partir)
                noms = sorted(set(lecture.read().decode("utf-8", "replace").splitlines()))
            self._scenarios[item.nodeid] = {"duree": round(time.monotonic() - debut, 2), "par": noms}
        if time.monotonic() - self._ecrite > INTERVALLE:
            self._ecrire()
        return fait

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A scenario that fails without any mutant proves nothing with one."""
        self._reussi &= not report.failed

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Say whether the record knows every scenario."""
        self._complete = exitstatus in {0, 1}
        self._ecrire()

    def _ecrire(self) -> None:
        self._ecrite = time.monotonic()
        nouvelle = self._carte.with_suffix(".nouvelle")
        nouvelle.write_text(json.dumps({"complete": self._complete, "scenarios": self._scenarios}), "utf-8")
        nouvelle.replace(self._carte)

    def _taille(self) -> int:
        return self._journal.stat().st_size


def pytest_configure(config: pytest.Config) -> None:
    """Begin with an empty journal."""
    journal = Path(os.environ["MUTATION_JOURNAL"])
    journal.write_bytes(b"")
    config.pluginmanager.register(Releve(journal, Path(os.environ["MUTATION_CARTE"])), "releve-de-mutation")
