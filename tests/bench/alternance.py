"""A pytest plugin, for the bench only: the scenario of the guide and the bare script, in turn, in one browser.

    -p tests.bench.alternance --passages N --releve FICHIER

The scenario is played exactly as the suite plays it, from the first fixture to the last. The first passage of each is
counted apart: it starts the server, the browser and the worker processes, and axe looks at each state of each screen,
which it does once in a run however many scenarios go through it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from steps.donnees.preparateur import Preparateur
from steps.gherkin.typographie import dire
from steps.navigateur.enregistreur import PROPRIETE
from steps.navigateur.lancement import Lanceur
from steps.plugins import rejeu
from tests.bench import script_nu

_COMMUN = pytest.StashKey[tuple[Browser, str, Preparateur]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    groupe = parser.getgroup("bench")
    groupe.addoption("--passages", type=int, default=1)
    groupe.addoption("--releve", type=Path, required=True)


@pytest.fixture(scope="session", autouse=True)
def _commun(pytestconfig: pytest.Config, lanceur: Lanceur, adresse: str, preparateur: Preparateur) -> Iterator[None]:
    """Lend to the bare script what the scenario is played with."""
    pytestconfig.stash[_COMMUN] = (lanceur.vivant(), adresse, preparateur)
    yield
    del pytestconfig.stash[_COMMUN]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Play the scenario and the script in turn, as often one as the other, and write down how long each took."""
    # What comes next is the module: what is of the session stays, what is of the scenario is cleaned up.
    suite: Any = item.parent
    durees: dict[str, list[float]] = {"scenario": [], "script": []}
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for _ in range(item.config.getoption("passages") + 1):
        debut = time.perf_counter()
        rapports = rejeu.jouer(item, suite)
        durees["scenario"].append(time.perf_counter() - debut)
        if any(rapport.failed for rapport in rapports):
            break
        _comparer(item)
        debut = time.perf_counter()
        script_nu.jouer(*item.config.stash[_COMMUN])
        durees["script"].append(time.perf_counter() - debut)
    for rapport in rapports:
        item.ihook.pytest_runtest_logreport(report=rapport)
    session: Any = item.session
    session._setupstate.teardown_exact(nextitem)
    item.config.getoption("releve").write_text(json.dumps(durees), "utf-8")
    return True


def _comparer(item: pytest.Item) -> None:
    """Fail unless the script does what the scenario just did."""
    bilan = json.loads(str(dict(item.user_properties)[PROPRIETE]))
    gestes = tuple((e["verbe"], e["cible"]) for e in bilan["evenements"] if e["type"] == "geste")
    if gestes != script_nu.GESTES:
        message = "le scénario fait d'autres gestes que tests/bench/script_nu.py :\n{gestes}"
        pytest.exit(dire(message, gestes="\n".join(map(str, gestes))), returncode=pytest.ExitCode.TESTS_FAILED)
