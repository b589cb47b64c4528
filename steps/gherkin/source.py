"""A feature file as it is typed: its lines, what each is, and beside them what Gherkin made of the whole.

A line that looks like a step or a block here and that Gherkin's tree does not have has been swallowed: the two views
are kept side by side for that.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from steps.gherkin.dialect import block_keyword, step_keyword
from steps.gherkin.document import Feature, ParseError, parse

LANGUAGE_HEADER = "# language: fr"
LANGUAGE_LINE = re.compile(r"\s*#\s*langu(?:age|e)\s*:?\s*(?P<language>[A-Za-z_-]*)\s*", re.IGNORECASE)
QUOTES = ('"""', "```")

_TOP = "features"


class Form(Enum):
    """What a line looks like by itself."""

    EMPTY = auto()
    COMMENT = auto()
    TAGS = auto()
    BLOCK = auto()
    STEP = auto()
    TABLE = auto()
    QUOTES = auto()
    DOCSTRING = auto()
    OTHER = auto()


@dataclass(frozen=True)
class Line:
    """A line without its end; `keyword` is that of a block or of a step."""

    number: int
    text: str
    form: Form
    keyword: str = ""

    @property
    def stripped(self) -> str:
        """The line without what surrounds it."""
        return self.text.strip()

    @property
    def indentation(self) -> int:
        """The number of characters before the first that is not a space."""
        return len(self.text) - len(self.text.lstrip())


@dataclass(frozen=True)
class SourceFile:
    """A feature file: `name` is how it is called in a report, `text` what it holds, ends of lines untouched."""

    name: str
    path: Path
    text: str
    lines: tuple[Line, ...]
    feature: Feature | None
    errors: tuple[ParseError, ...]
    undecodable: bool = False

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders between `features` and the file, outermost first."""
        parents = self.path.absolute().parent.parts
        tops = [index for index, part in enumerate(parents) if part == _TOP]
        return parents[tops[-1] + 1 :] if tops else ()


def read(path: Path, root: Path | None = None) -> SourceFile:
    """Read the feature at `path`, called by its place below `root`; bytes that are no UTF-8 are replaced."""
    content = path.read_bytes()
    try:
        text, undecodable = content.decode("utf-8"), False
    except UnicodeDecodeError:
        text, undecodable = content.decode("utf-8", errors="replace"), True
    return from_text(text, path, root, undecodable=undecodable)


def from_text(text: str, path: Path, root: Path | None = None, *, undecodable: bool = False) -> SourceFile:
    """Make a SourceFile of `text` as if it stood at `path`."""
    normal = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    feature, errors = parse(_in_french(normal))
    rows = normal.split("\n")
    lines = tuple(_forms(rows[:-1] if rows[-1] == "" else rows, _docstring_starts(feature)))
    return SourceFile(_name(path, root), path, text, lines, feature, errors, undecodable)


def feature_files(paths: Iterable[Path]) -> list[Path]:
    """Return the features at and below `paths`, sorted; hidden folders are read too, since nobody would look there."""
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(
                Path(folder, name) for folder, _, names in os.walk(path) for name in names if _is_feature(name)
            )
        else:
            found.add(path)
    return sorted(found)


def _is_feature(name: str) -> bool:
    """Say whether a file of that name is meant to be a feature; the lint says if it will be read as one."""
    return ".feature" in name.casefold()


def _name(path: Path, root: Path | None) -> str:
    """Return `path` as said in a report: below `root` (the current folder by default) when it is there."""
    base = (root or Path.cwd()).resolve()
    resolved = path.resolve()
    return str(resolved.relative_to(base)) if resolved.is_relative_to(base) else str(path)


def _in_french(text: str) -> str:
    """Return `text` without what its header says of the language: it is read in French anyway."""
    rows = text.split("\n")
    return "\n".join("#" if LANGUAGE_LINE.fullmatch(row) else row for row in rows)


def _docstring_starts(feature: Feature | None) -> frozenset[int] | None:
    """Return the lines where a doc string truly opens, or None when Gherkin could not say."""
    if feature is None:
        return None
    return frozenset(step.docstring for step in feature.all_steps() if step.docstring)


def _forms(rows: list[str], starts: frozenset[int] | None) -> Iterator[Line]:
    """Yield each line with its form; between the quotes of a doc string, nothing is looked at."""
    closing: str | None = None
    for number, row in enumerate(rows, start=1):
        stripped = row.strip()
        quotes = next((mark for mark in QUOTES if stripped.startswith(mark)), None)
        if closing:
            ends = stripped.startswith(closing)
            closing = None if ends else closing
            yield Line(number, row, Form.QUOTES if ends else Form.DOCSTRING)
        elif quotes and (starts is None or number in starts):
            closing = quotes
            yield Line(number, row, Form.QUOTES)
        else:
            yield _plain_line(number, row, stripped)


def _plain_line(number: int, row: str, stripped: str) -> Line:
    simple = {"": Form.EMPTY, "#": Form.COMMENT, "@": Form.TAGS, "|": Form.TABLE}
    form = simple.get(stripped[:1])
    if form:
        return Line(number, row, form)
    block = block_keyword(stripped)
    if block:
        return Line(number, row, Form.BLOCK, block)
    # Gherkin wants the space after the keyword: the end of the line is not one.
    step = step_keyword(row.lstrip())
    return Line(number, row, Form.STEP, step) if step else Line(number, row, Form.OTHER)
