"""French typography in templates, at compile time: authors write plain spaces and quotes, people read « … » set right.

Only literal text is set; what comes from a variable is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2.ext import Extension
from jinja2.lexer import Token

from webapp.domain.textes import fr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.lexer import TokenStream


class TypographieFrancaise(Extension):
    """Jinja extension: passes each piece of literal template text through `textes.fr`."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Give the same tokens, literal text typeset."""
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, token.type, fr(token.value))
            else:
                yield token
