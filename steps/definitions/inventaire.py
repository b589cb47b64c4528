"""The scenarios as they are written: each with the place it will be known by, its examples expanded.

A scenario of an outline is known by the line of its example. The same place is computed from what pytest-bdd
collects (`steps.definitions.collecte`): the two lists must be one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from steps.gherkin.document import Feature, Scenario
from steps.gherkin.source import SourceFile, read


@dataclass(frozen=True, order=True)
class Place:
    """Where a scenario, or one example of it, stands."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Inventory:
    """What the features hold: the name of each scenario by its place, and how many steps were written."""

    scenarios: dict[Place, str]
    files: int
    steps: int


def inventory(files: Iterable[SourceFile]) -> Inventory:
    """Return what is written in `files`; one that Gherkin cannot read holds nothing (the lint says so)."""
    scenarios: dict[Place, str] = {}
    number, steps = 0, 0
    for file in files:
        number += 1
        if file.feature:
            steps += sum(1 for _ in file.feature.all_steps())
            scenarios |= _scenarios(canonical(file.path), file.feature)
    return Inventory(scenarios, number, steps)


def canonical(path: Path | str) -> str:
    """Return the one name of the file at `path`."""
    return str(Path(path).resolve())


def relative(file: str, root: Path) -> str:
    """Return `file` as said in a report: below `root` when it is there."""
    path = Path(file)
    return str(path.relative_to(root)) if path.is_relative_to(root) else file


def example_lines(scenario: Scenario) -> list[int]:
    """Return the line of each example of `scenario` in the order in which pytest-bdd numbers them."""
    return [row.line for examples in scenario.examples if examples.header for row in examples.rows]


def lines_of_examples(file: str) -> dict[int, list[int]]:
    """Return, for each scenario of `file` known by its line, the lines of its examples."""
    status = Path(file).stat()
    return _read_lines(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def _read_lines(file: str, _modified: int, _size: int) -> dict[int, list[int]]:
    feature = read(Path(file)).feature
    return {scenario.line: example_lines(scenario) for scenario in feature.scenarios} if feature else {}


def _scenarios(name: str, feature: Feature) -> dict[Place, str]:
    return {
        Place(name, line): scenario.name
        for scenario in feature.scenarios
        for line in (example_lines(scenario) or [scenario.line])
    }
