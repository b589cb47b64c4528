"""The checks of one pytest session: what is in its scope, what was found, what was run.

The hooks of `steps.plugins.verification` only call it. Findings become tests that fail, so that every report of pytest
(terminal, JUnit, xdist) shows them like any failure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

import pytest

from steps.definitions.collecte import bound_in, execution_of, place_of
from steps.definitions.inventaire import canonical, inventory
from steps.gherkin.source import SourceFile, feature_files, read
from steps.gherkin.typographie import say
from steps.verifier.audit import audit
from steps.verifier.counts import Collected, Outcome, lost_at_collection, lost_at_run, summary
from steps.verifier.findings import Finding, report
from steps.verifier.lint import lint

# Where the tests that read the features are, unless the settings say otherwise.
MODULES = "tests/acceptation"

NODE = "features"
TITLES = ("écriture des features", "étapes et scénarios")

# Attributes of a report: they travel from a worker of xdist to its controller.
EXECUTION = "verifier_execution"
A_FAIRE = "verifier_a_faire"


class FaultsFoundError(Exception):
    """The message is the whole French report."""


class VerificationItem(pytest.Item):
    """A test that stands for one check: it passes without a finding and fails with its report."""

    findings: Sequence[Finding] = ()

    def runtest(self) -> None:
        """Fail if there is anything to say."""
        if self.findings:
            raise FaultsFoundError(report(self.findings))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """Return the report alone: a traceback into the checker would help nobody."""
        del style
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the title under which pytest shows the failure."""
        return self.config.rootpath, None, say("vérificateur : {title}", title=self.name)


@dataclass(frozen=True)
class Request:
    """What was asked of pytest, as far as the scenarios are concerned."""

    root: Path
    features: tuple[Path, ...]
    covers_everything: bool
    narrowed: bool
    checks_only: bool
    plays: bool


@dataclass
class Verification:
    """The state of one session, on whichever process: alone, worker or controller."""

    request: Request
    modules: list[ModuleType] = field(default_factory=list)
    deselected: set[str] = field(default_factory=set)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    collected: Collected | None = None
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    lost: list[Finding] = field(default_factory=list)

    def look_at(self, items: Sequence[pytest.Item]) -> None:
        """Check the features and the steps of the session; `items` are all that was collected, before any choice."""
        bound = {place for module in self.modules for place in bound_in(module)}
        if not bound and not self.request.covers_everything:
            return
        files = [
            read(path, self.request.root) for path in feature_files(p for p in self.request.features if p.exists())
        ]
        names = {place.file for place in bound}
        everything = self.request.covers_everything or (bool(files) and names >= _with_scenarios(files))
        complete = everything and not self.request.narrowed
        in_scope = files if complete else [file for file in files if canonical(file.path) in names]
        if not in_scope:
            return
        written = inventory(in_scope)
        audited = audit(items, self.request.root, complete=complete)
        executions = [(execution_of(item), place_of(item)) for item in items]
        self.collected = Collected(
            complete=complete,
            narrowed=self.request.narrowed,
            written=tuple(written.scenarios),
            names=written.scenarios,
            bound=frozenset(bound),
            executions=tuple((execution, place) for execution, place in executions if execution and place),
            files=len(files),
            steps=audited.steps,
            definitions=audited.definitions,
            a_faire=audited.a_faire,
        )
        # The features are read whole, whatever was chosen: two files may have given a scenario the same name.
        self.findings[TITLES[0]] = lint(files)
        self.findings[TITLES[1]] = [*audited.findings, *lost_at_collection(self.collected, self.request.root)]
        self.reports = {title: report(found) for title, found in self.findings.items() if found}

    def items(self, session: pytest.Session) -> list[pytest.Item]:
        """Return the tests that tell what was found; when only the checks are asked for, those that pass too."""
        if self.request.checks_only and self.collected is None:
            message = say("aucun scénario dans ce qui est demandé : rien n'a été contrôlé")
            nothing = Finding(NODE, 1, "CO005", message, say("demandez {modules}", modules=MODULES))
            self.findings = {title: [nothing] for title in TITLES}
        made: list[pytest.Item] = []
        for title in TITLES:
            found = self.findings.get(title, [])
            if found or self.request.checks_only:
                item: VerificationItem = VerificationItem.from_parent(session, name=title, nodeid=f"{NODE}::{title}")
                item.findings = found
                made.append(item)
        return made

    def choose(self, items: Sequence[pytest.Item]) -> None:
        """Note what was set aside of `items`."""
        self.deselected |= {execution for item in items if (execution := execution_of(item))}

    def to_data(self) -> dict[str, object]:
        """Return what a worker sends to the controller."""
        collected = self.settled()
        return {"collected": collected.to_data() if collected else None, "reports": self.reports}

    def settled(self) -> Collected | None:
        """Return what was collected, with what was set aside and how many faults were found."""
        if self.collected is None:
            return None
        known = {execution for execution, _ in self.collected.executions}
        return replace(
            self.collected,
            deselected=self.collected.deselected | (self.deselected & known),
            findings=self.collected.findings or sum(map(len, self.findings.values())),
        )

    def note(self, test: pytest.TestReport) -> None:
        """Note what one report says of its scenario, or of a check."""
        self.told |= {title for title in TITLES if test.nodeid.endswith(title)}
        execution = getattr(test, EXECUTION, None)
        outcome = _outcome(test)
        if execution and outcome:
            self.outcomes[execution] = outcome

    def close(self) -> list[Finding]:
        """Return the scenarios that were collected, chosen, and not really run."""
        collected = self.settled()
        if collected and self.request.plays:
            self.lost = lost_at_run(collected, self.outcomes, self.request.root)
        return self.lost

    def lines(self) -> list[str]:
        """Return what is printed at the end of the session: the faults nobody has told yet, and the count."""
        collected = self.settled()
        if collected is None:
            return []
        untold = [text for title, text in self.reports.items() if title not in self.told]
        return [
            *untold,
            *([report(self.lost)] if self.lost else []),
            *summary(collected, self.outcomes if self.request.plays else None),
        ]


def _with_scenarios(files: Sequence[SourceFile]) -> set[str]:
    return {canonical(file.path) for file in files if file.feature and file.feature.scenarios}


def _outcome(test: pytest.TestReport) -> Outcome | None:
    """Return what `test` means for its scenario, None if it means nothing yet (a preparation that went well)."""
    if (test.when == "setup" and test.passed) or test.when == "teardown":
        return None
    expected = hasattr(test, "wasxfail") and getattr(test, A_FAIRE, False)
    if test.when == "setup":
        return Outcome.NOT_PREPARED if test.failed or expected else Outcome.SKIPPED
    if test.skipped:
        return Outcome.A_FAIRE if expected else Outcome.SKIPPED
    return Outcome.PASSED if test.passed else Outcome.FAILED
