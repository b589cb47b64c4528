"""`python -m steps.verifier phrases`: write the phrase book where the product reads it, and say when it is stale.

The file is committed: what people read in the product is what was reviewed. It is made to be read in a difference too,
one thing a line, always in the same order.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from steps.gherkin.source import SourceFile, feature_files, read
from steps.gherkin.typographie import plural, say
from steps.verifier.phrases import Data, PhraseBookError, book

BOOK = Path("webapp/mode_emploi/publie/phrases.json")
FEATURES = Path("features")
COMMAND = "python -m steps.verifier phrases"
_WIDTH = 120


def main(root: Path) -> int:
    """Write the book of the project at `root`; return the exit status."""
    try:
        text = published(_files(root), root)
    except PhraseBookError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    path = root / BOOK
    changed = not path.is_file() or path.read_text("utf-8") != text
    if changed:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    verdict = "écrit" if changed else "déjà à jour"
    phrases = plural(text.count('"ancre": '), "phrase")
    sys.stdout.write(say("{path} : {phrases}, {verdict}.\n", path=BOOK, phrases=phrases, verdict=say(verdict)))
    return 0


def concerns(root: Path) -> bool:
    """Say whether the project at `root` has a product that shows the book."""
    return (root / BOOK).parent.parent.is_dir()


def stale(files: Iterable[SourceFile], root: Path) -> str | None:
    """Return what is to be said when the book of `root` is not that of its steps and of `files`, None when it is."""
    try:
        text = published(files, root)
    except PhraseBookError as error:
        return str(error)
    path = root / BOOK
    if path.is_file() and path.read_text("utf-8") == text:
        return None
    message = "{path} n'est plus celui des phrases et des features\n    → {command}"
    return say(message, path=BOOK, command=COMMAND)


def published(files: Iterable[SourceFile], root: Path) -> str:
    """Return the text of the book. Raises PhraseBookError when something in it is not explained."""
    note: dict[str, Data] = {"note": say("Écrit par « {command} » : ne se modifie pas à la main.", command=COMMAND)}
    return _written(note | book(files, root)) + "\n"


def _files(root: Path) -> Sequence[SourceFile]:
    return [read(path, root) for path in feature_files([root / FEATURES])]


def _written(value: Data, margin: str = "") -> str:
    """Return `value` in JSON: on one line when it fits there and is simple, else one thing a line."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, list | dict) or (_is_simple(value) and len(margin) + len(line) <= _WIDTH):
        return line
    inner = margin + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {_written(each, inner)}" for key, each in value.items()]
        opening, closing = "{", "}"
    else:
        parts = [_written(each, inner) for each in value]
        opening, closing = "[", "]"
    lines = ",\n".join(inner + part for part in parts)
    return f"{opening}\n{lines}\n{margin}{closing}"


def _is_simple(value: "list[Data] | dict[str, Data]") -> bool:
    """Say whether `value` may stand on one line: it holds nothing that holds things, or a short list of words."""
    each = list(value.values()) if isinstance(value, dict) else value
    return not any(isinstance(one, dict) for one in each)
