"""The repairs that need no judgement: what `--fix` writes back.

A repair changes how a line is typed, never what it says; where it gives a keyword back to Gherkin (« Scénario : »), it
is the reading that everybody had. The inside of a doc string is data: it is reported, and left to its author.
"""

import re
from collections.abc import Callable
from pathlib import Path

from steps.gherkin.dialect import BLOCK_KEYWORDS, CORRECT_SPELLING
from steps.gherkin.sentences import mask, tight_quotes
from steps.gherkin.source import LANGUAGE_HEADER, LANGUAGE_LINE, Form, SourceFile, from_text
from steps.gherkin.typographie import PLAIN_APOSTROPHES, compose
from steps.verifier.rules_text import is_exotic_space, is_invisible

_KEYWORDS = "|".join(re.escape(word) for word in BLOCK_KEYWORDS)
_BLOCK = re.compile(rf"(?P<margin> *)(?P<keyword>{_KEYWORDS})[ ]*:[ ]*(?P<name>.*)")
_SPELLING = re.compile(rf"(?P<margin> *)(?P<keyword>{'|'.join(re.escape(word) for word in CORRECT_SPELLING)})")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_TAB = "  "
_MAX_PASSES = 4


def fix(file: SourceFile) -> str:
    """Return the text of `file` repaired; a text that needs nothing comes back as it was."""
    text = file.text
    for _ in range(_MAX_PASSES):  # A repair may show the next one: a line with its accents back becomes a keyword.
        repaired = _once(from_text(text, file.path))
        if repaired == text:
            break
        text = repaired
    return text


def write(path: Path, text: str) -> None:
    """Write `text` at `path` as it is, with Unix ends of lines."""
    path.write_bytes(text.encode())


def _once(file: SourceFile) -> str:
    repairs: dict[Form, tuple[Callable[[str], str], ...]] = {
        Form.STEP: (_spelling, _quotes, _spaces),
        Form.BLOCK: (_colon, _spelling, _quotes, _spaces),
        Form.OTHER: (_colon,),
    }
    lines = []
    for line in file.lines:
        text = line.text
        if line.form is not Form.DOCSTRING:
            for repair in (_characters, *repairs.get(line.form, ()), str.rstrip):
                text = repair(text)
        lines.append(text)
    return "\n".join([*_header(lines), ""])


def _characters(text: str) -> str:
    text = compose(text).translate(PLAIN_APOSTROPHES).replace("\t", _TAB)
    text = "".join(" " if is_exotic_space(character) else character for character in text)
    return "".join(character for character in text if not is_invisible(character))


def _colon(text: str) -> str:
    match = _BLOCK.fullmatch(text)
    return f"{match['margin']}{match['keyword']}: {match['name']}".rstrip() if match else text


def _spelling(text: str) -> str:
    return _SPELLING.sub(lambda match: match["margin"] + CORRECT_SPELLING[match["keyword"]], text, count=1)


def _quotes(text: str) -> str:
    for place in reversed(tight_quotes(text)):
        text = f"{text[:place]} {text[place:]}"
    return text


def _spaces(text: str) -> str:
    """Make one space of several, but inside « … », where they may be the very subject."""
    for match in reversed(list(_SPACES.finditer(mask(text)))):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return text


def _header(lines: list[str]) -> list[str]:
    """Put the header first; a header that names another language is a choice, and is left to its author."""
    headers = [LANGUAGE_LINE.fullmatch(line) for line in lines]
    languages = {match["language"].casefold() for match in headers if match}
    if languages - {"", "fr"}:
        return lines
    return [LANGUAGE_HEADER, *(line for line, match in zip(lines, headers, strict=True) if not match)]
