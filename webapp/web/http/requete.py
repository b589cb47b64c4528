"""How a request is read and led to its view: as Flask does, without what is the same at each of ours.

Texts of 3 000 characters come with every keystroke. Measured on a form of 7 kB: 17 µs instead of 150 for the same
pairs. This module knows nothing of the fields.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from flask import Flask, Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from yarl import query_to_pairs

from webapp.pont import TAILLE_MAX
from webapp.web.http.echappement import Environnement

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIEnvironment

    from werkzeug.formparser import t_parse_result

FORMULAIRE = "application/x-www-form-urlencoded"
CHAMPS_MAX = 1_000
"""The longest of our forms has twenty fields."""
PARTIES_MAX = 100
"""Of a form with a file: it has fewer than ten."""
_INCONNU = "\N{REPLACEMENT CHARACTER}"


class Analyseur(FormDataParser):
    """Reads forms that are not files our way, the others as werkzeug does."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> t_parse_result:
        """Give the stream, the fields and the files. Raises RequestEntityTooLarge beyond CHAMPS_MAX fields."""
        if mimetype != FORMULAIRE:
            return super().parse(stream, mimetype, content_length, options)
        corps = stream.read().decode("utf-8", "replace")
        try:
            champs = query_to_pairs(corps, max_fields=CHAMPS_MAX)
        except ValueError:
            raise RequestEntityTooLarge from None
        if any(_INCONNU in nom or _INCONNU in valeur for nom, valeur in champs):
            # Bytes that are no text, which no browser sends: werkzeug shows them as they came.
            champs = parse_qsl(corps, keep_blank_values=True, errors="werkzeug.url_quote")
        return stream, self.cls(champs), MultiDict()


class Requete(Request):
    """Flask's request, with that reading of forms; names of hosts have no case.

    Its bounds are said here: Flask would look for them in its configuration ten times a request.
    """

    form_data_parser_class = Analyseur
    max_content_length: int | None = TAILLE_MAX
    max_form_memory_size: int | None = TAILLE_MAX
    max_form_parts: int | None = PARTIES_MAX

    def __init__(self, environ: WSGIEnvironment, *arguments: Any, **options: Any) -> None:
        """Take what the server gives."""
        if "HTTP_HOST" in environ:
            environ["HTTP_HOST"] = environ["HTTP_HOST"].lower()
        super().__init__(environ, *arguments, **options)


class Application(Flask):
    """Flask, whose views and whose hooks are all plain functions."""

    request_class = Requete
    jinja_environment = Environnement

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Give a function as it is: looking at each call whether it is a coroutine costs one part in fifty."""
        return func
