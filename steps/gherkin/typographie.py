"""French typography, in its two forms: plain (as a feature file is written) and dressed (as a person reads it).

A feature file has straight apostrophes and ordinary spaces, a screen has ’ and U+00A0. Everything that compares or
rewrites one with the other asks here, so that the two forms are known in one place. It knows nothing of Gherkin.
"""

import re
import unicodedata
from functools import lru_cache

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"
APOSTROPHE = "\u2019"

# One character becomes one character: positions in a text survive the passage to its plain form.
PLAIN_SPACES = {ord(space): " " for space in (NO_BREAK_SPACE, NARROW_NO_BREAK_SPACE, "\u2007", "\u2009")}
PLAIN_APOSTROPHES = {ord(sign): "'" for sign in (APOSTROPHE, "\u2018", "\u02bc")}

_BEFORE_A_DOUBLE_SIGN = re.compile(r" (?=[:;?!»])")


def compose(text: str) -> str:
    """Return `text` in NFC, the only form in which two equal French words are equal strings."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)  # A step is compared with every sentence of the phrase book.
def plain(text: str) -> str:
    """Return `text` as a feature file writes it: NFC, ordinary spaces, straight apostrophes.

    The result has the length of `compose(text)`: character n of one is character n of the other.
    """
    return compose(text).translate(PLAIN_SPACES | PLAIN_APOSTROPHES)


def dressed(text: str) -> str:
    """Return `text` as French is printed: ’ for ', U+00A0 inside « » and before : ; ? !"""
    text = text.replace("'", APOSTROPHE).replace("« ", f"«{NO_BREAK_SPACE}")
    return _BEFORE_A_DOUBLE_SIGN.sub(NO_BREAK_SPACE, text)


def say(template: str, **values: object) -> str:
    """Return a sentence for a person: the template dressed, the values put in untouched.

    What is quoted from a file, or proposed to be copied into one, must stay as it is typed there.
    """
    return dressed(template).format(**values)


def fold(text: str) -> str:
    """Return what is left of `text` without case, accents, nor runs of spaces: two lookalikes fold to one string."""
    letters = unicodedata.normalize("NFKD", plain(text).casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def plural(number: int, singular: str, many: str | None = None) -> str:
    """Return « 1 fichier », « 2 fichiers »; zero is singular, as French has it."""
    threshold = 2
    return f"{number} {singular if number < threshold else many or singular + 's'}"
