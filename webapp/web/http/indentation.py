"""The indentation of templates is for their authors: it does not travel.

Only literal text loses it; what comes from a variable is left as it is. A line break stays where there was one, for it
parts words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2.ext import Extension
from jinja2.lexer import Token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.lexer import TokenStream

_RETRAIT = re.compile(r"\n\s+")


class SansIndentation(Extension):
    """Jinja extension: each piece of literal template text loses the blanks that begin its lines."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Give the same tokens, literal text without indentation."""
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, token.type, _RETRAIT.sub("\n", token.value))
            else:
                yield token
