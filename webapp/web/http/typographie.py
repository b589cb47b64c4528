"""What becomes of the text of templates, at compile time.

Authors write plain spaces and quotes, people read « … » set right. Authors indent: what stands at the beginning of a
line says nothing in HTML, and is left out of what is sent, a fiftieth of it. Only literal text is touched; what comes
from a variable is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2.ext import Extension
from jinja2.lexer import Token

from webapp.domain.textes import fr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.lexer import TokenStream

_MARGES = re.compile(r"^[ \t]+", re.MULTILINE)


class TypographieFrancaise(Extension):
    """Jinja extension: passes each piece of literal template text through `textes.fr`."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's
        """Give the source of a template without the margins of its lines."""
        return _MARGES.sub("", source)

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Give the same tokens, literal text typeset."""
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, token.type, fr(token.value))
            else:
                yield token
