"""How templates are found and given their names, their values escaped, what they name called: as Jinja does, for less.

They are all known by name and never change while a process lives. Jinja joins what it writes as plain text, yet each
value it writes becomes a `Markup` first: 0.3 µs, where finding that a value holds nothing to escape takes a third of
it. A page of the catalogue writes five hundred values.
"""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any

from flask.templating import Environment as EnvironnementDeFlask
from jinja2 import Template
from jinja2.runtime import Context, Macro, new_context
from jinja2.utils import internalcode
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping
    from types import CodeType

    from flask.sansio.app import App
    from jinja2 import Environment


def echapper(valeur: object) -> str:
    """Give what stands for a value in HTML. A text without any of the five characters of HTML is its own escape."""
    if type(valeur) is Markup:
        return valeur
    if type(valeur) is str and not (
        "&" in valeur or "<" in valeur or ">" in valeur or '"' in valeur or "'" in valeur
    ):  # fmt: skip
        return valeur
    return escape(valeur)


class Contexte(Context):
    """What the names of a template mean; it calls a macro, or a plain function, without asking what that wants first.

    Jinja looks whether what is called is to be given the context, by six questions: a macro always has the same answer,
    and a function has one among its attributes. A page of a formation makes eighty such calls.
    """

    @internalcode
    def call(self, appele: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call it, as Jinja does."""
        if type(appele) is Macro:
            _sans_variables(kwargs)
            return appele(self.eval_ctx, *args, **kwargs)
        if type(appele) is FunctionType and not appele.__dict__:
            _sans_variables(kwargs)
            return appele(*args, **kwargs)
        return super().call(appele, *args, **kwargs)


def _sans_variables(kwargs: dict[str, Any]) -> None:
    """Take away what the compiled code adds, for what wants the context."""
    if kwargs:
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)


class Modele(Template):
    """A template whose compiled code calls `echapper` where it calls `escape`."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's own name
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Load the compiled code, as Jinja does, then give it its `escape`."""
        modele = super().from_code(environment, code, globals, uptodate)
        modele.root_render_func.__globals__["escape"] = echapper
        return modele

    def new_context(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None,  # noqa: A002, FBT001, FBT002 - Jinja's own names
    ) -> Context:  # fmt: skip
        """Give what the names of a template mean.

        One that shares the context of another is not told which of them are its globals: it would list them at each
        `include`, for the imports that we do without (see `installer_composants`).
        """
        return new_context(
            self.environment, self.name, self.blocks, vars, shared, None if shared else self.globals, locals
        )


class Environnement(EnvironnementDeFlask):
    """Flask's, which finds a template again by its name alone: an `include` asks for it at each use."""

    context_class = Contexte

    def __init__(self, app: App, **options: Any) -> None:
        """Take what Flask gives."""
        super().__init__(app, **options)
        self._trouves: dict[str, Template] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's own name
    ) -> Template:  # fmt: skip
        """Give a template, loaded once."""
        if isinstance(name, Template) or globals is not None:
            return super().get_template(name, parent, globals)
        trouve = self._trouves.get(name)
        if trouve is None:
            trouve = self._trouves[name] = super().get_template(name, parent)
        return trouve
