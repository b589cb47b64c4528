"""What the features say, step by step, with the values of the examples in place: what the phrase book quotes.

A step of an outline is said once for each example, as it will be run; a step of a « Contexte » once, where it stands.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from steps.gherkin.document import Feature, Holder, Scenario, Step
from steps.gherkin.source import Form, SourceFile

_PLACE = re.compile(r"<(?P<name>[^<>]+)>")


@dataclass(frozen=True)
class Said:
    """A step as it is said once: `file` is its feature below `features/`, `line` where it is written."""

    file: str
    line: int
    type: str
    text: str
    table: tuple[tuple[str, ...], ...] = ()
    block: str = ""

    @property
    def place(self) -> str:
        """Where it is written, as an editor opens it."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Index:
    """The title of a feature, and the title of each thing that holds steps by the line where it begins."""

    file: str
    title: str
    holders: tuple[tuple[int, str], ...]


def index(file: SourceFile, feature: Feature) -> Index:
    """Return what is needed to name the scenario of any line of `feature`."""
    holders = sorted((holder.line, holder.name or holder.keyword) for holder in feature.holders if holder.steps)
    return Index(name(file), feature.name, tuple(holders))


def said(file: SourceFile, feature: Feature) -> Iterator[Said]:
    """Yield the steps of `feature` as they are said, in the order of the lines, less those that the lint refuses."""
    for holder in sorted(feature.holders, key=lambda each: each.line):
        for step in holder.steps:
            if step.type is not None:
                yield from _each(file, holder, step, step.type)


def name(file: SourceFile) -> str:
    """Return the place of `file` below the folder of the features."""
    return "/".join((*file.folders, file.path.name))


def _each(file: SourceFile, holder: Holder, step: Step, type_: str) -> Iterator[Said]:
    block = _block(file, step)
    seen: set[Said] = set()
    for values in _examples(holder):
        table = tuple(tuple(_filled(cell, values) for cell in row.cells) for row in step.table)
        one = Said(name(file), step.line, type_, _filled(step.text, values), table, _filled(block, values))
        if one not in seen:
            seen.add(one)
            yield one


def _examples(holder: Holder) -> Iterator[Mapping[str, str]]:
    """Yield what each example puts in place of <names>; nothing, once, where there is none."""
    found = False
    for examples in holder.examples if isinstance(holder, Scenario) else ():
        for row in examples.rows if examples.header else ():
            found = True
            yield dict(zip(examples.header.cells if examples.header else (), row.cells, strict=True))
    if not found:
        yield {}


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: values.get(place["name"], place[0]), text)


def _block(file: SourceFile, step: Step) -> str:
    """Return the text that stands under `step`, without its margin."""
    if step.docstring is None:
        return ""
    rows = []
    for line in file.lines[step.docstring :]:
        if line.form is not Form.DOCSTRING:
            break
        rows.append(line.text)
    margin = file.lines[step.docstring - 1].indentation
    return "\n".join(row[margin:] if not row[:margin].strip() else row.lstrip() for row in rows)
