"""The pytest plugin that keeps the acceptance suite honest: tags, lint, audit of the steps, count of the scenarios.

To be listed in the `pytest_plugins` of the suite's own plugin. It knows nothing of the product nor of the browser.

    --verifier-seulement    check the features and the steps, play nothing
    verifier_features       (ini) where the features are; `bdd_features_base_dir`, or `features`, by default
    verifier_modules        (ini) where the tests that bind them are; `tests/acceptation` by default
"""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from steps.gherkin.etiquettes import A_FAIRE, ETIQUETTES
from steps.gherkin.typographie import dire
from steps.plugins.scenario import scenario_de
from steps.verifier import seance as verifier
from steps.verifier.seance import Perimetre, Seance

_STATE = pytest.StashKey[Seance]()
_WORKER_KEY = "verifier"
_FINISHED = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)


def seance_de(config: pytest.Config) -> Seance:
    """Give the checks of a session."""
    return config.stash[_STATE]


def a_une_seance(config: pytest.Config) -> bool:
    """Say whether anything is checked: this plugin may be left out."""
    return _STATE in config.stash


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the two settings."""
    group = parser.getgroup("vérificateur")
    group.addoption(
        "--verifier-seulement",
        action="store_true",
        help=dire("contrôler l'écriture des features et leurs étapes, sans jouer de scénario"),
    )
    parser.addini("verifier_features", dire("dossiers des features"), type="args", default=[])
    parser.addini("verifier_modules", dire("modules qui lisent les features"), type="args", default=[verifier.MODULES])


def pytest_configure(config: pytest.Config) -> None:
    """Declare the tags as markers and open the checks of the session."""
    for name, meaning in ETIQUETTES.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")
    config.stash[_STATE] = Seance(_perimetre(config))


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Any) -> bool:
    """Turn a declared tag into the marker of its name; another one is for the audit to tell, and marks nothing."""
    if tag in ETIQUETTES:
        getattr(pytest.mark, tag)(function)
    return True


def pytest_itemcollected(item: pytest.Item) -> None:
    """Expect a scenario @a_faire to fail: the day it passes, it is done, and must say so."""
    joue = scenario_de(item)
    if joue and A_FAIRE in joue.etiquettes:
        reason = dire("@{tag} : ce scénario passe, retirez l'étiquette", tag=A_FAIRE)
        item.add_marker(pytest.mark.xfail(strict=True, reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Remember the modules that pytest read: they say which scenarios they stand for, even when one is chosen."""
    report = yield
    if isinstance(collector, pytest.Module) and report.passed:
        collector.config.stash[_STATE].modules.append(collector.obj)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, None, None]:
    """Check everything before anything is set aside; then add the checks that have something to say, first."""
    state = config.stash[_STATE]
    state.regarder(items)
    yield
    checks = state.items(session)
    items[:] = checks if state.perimetre.controle_seul else [*checks, *items]
    if hasattr(config, "workeroutput"):
        config.workeroutput[_WORKER_KEY] = state.en_donnees()


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Account for the scenarios that were set aside."""
    if items:
        items[0].config.stash[_STATE].ecarter(items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say on the report which scenario it is about."""
    report = yield
    if joue := scenario_de(item):
        setattr(report, verifier.EXECUTION, joue.execution)
        setattr(report, verifier.A_FAIRE, A_FAIRE in joue.etiquettes)
    return report


class _Watch:
    """The hooks that need the session's state and are not given the configuration."""

    def __init__(self, state: Seance) -> None:
        self._state = state

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count what was run; under xdist, the controller sees the reports of all the workers."""
        self._state.noter(report)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start counting."""
    session.config.pluginmanager.register(_Watch(session.config.stash[_STATE]), "verifier-comptes")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take from a worker of xdist what it collected: all collect the same."""
    data = getattr(node, "workeroutput", {}).get(_WORKER_KEY)
    if data and data["decompte"]:
        node.config.stash[_STATE].recevoir(**data)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int | pytest.ExitCode) -> None:
    """Fail the session if a scenario was lost between collection and the end."""
    stopped = session.shouldstop or session.shouldfail
    if hasattr(session.config, "workeroutput") or stopped or exitstatus not in _FINISHED:
        return
    if session.config.stash[_STATE].clore():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the count, and the scenarios that were lost."""
    lines = config.stash[_STATE].lignes()
    if lines:
        terminalreporter.section(dire("vérificateur des scénarios"))
        for line in lines:
            terminalreporter.write_line(line)


def _perimetre(config: pytest.Config) -> Perimetre:
    root = config.rootpath
    folders = config.getini("verifier_features") or [config.getini("bdd_features_base_dir") or "features"]
    asked = [str(argument).partition("::") for argument in config.args]
    paths = [Path(config.invocation_params.dir, path).resolve() for path, _, _ in asked]
    modules = [Path(root, module).resolve() for module in config.getini("verifier_modules")]
    ignores = config.getoption("ignore", default=None) or config.getoption("ignore_glob", default=None)
    checks_only = config.getoption("verifier_seulement")
    idle = any(config.getoption(name, default=False) for name in ("collectonly", "setuponly", "setupplan"))
    return Perimetre(
        racine=root,
        features=tuple(Path(root, folder) for folder in folders),
        couvre_tout=not ignores and all(any(module.is_relative_to(path) for path in paths) for module in modules),
        restreinte=any(separator for _, separator, _ in asked) or bool(config.getoption("lf", default=False)),
        controle_seul=checks_only,
        joue=not checks_only and not idle,
    )
