"""The definitions of steps as pytest-bdd registered them, and what their code says about them.

It mirrors `pytest_bdd.scenario.find_fixturedefs_for_step`: a definition is a fixture whose function is in pytest-bdd's
registry, visible or not from a test by pytest's own rules; it matches a step of its type, or of any type for `@step`.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pytest
from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.parser import Step
from pytest_bdd.parsers import StepParser, cfparse, parse, re
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry
from pytest_bdd.utils import get_required_args

from steps.definitions.phrase import Phrase

KEYWORDS = {"given": "Étant donné", "when": "Quand", "then": "Alors", None: "toute étape"}
RESERVED = frozenset({"datatable", "docstring"})
PROVIDED = frozenset({"request", *RESERVED})

_SKIPS = frozenset({"skip", "xfail", "importorskip", "skipTest", "SkipTest", "exit"})
_OURS = "pytest_bdd."


@dataclass(frozen=True, eq=False)
class Definition:
    """One sentence bound to one function; a function with two sentences has two definitions."""

    context: StepFunctionContext

    @cached_property
    def function(self) -> Callable[..., object]:
        """The function a person wrote, without what decorates it."""
        function: Callable[..., object] = inspect.unwrap(self.context.step_func)
        return function

    @property
    def parser(self) -> StepParser:
        """What reads the sentence."""
        return self.context.parser

    @property
    def sentence(self) -> str:
        """The sentence, as a person reads it."""
        return str(self.parser.name)

    @property
    def shape(self) -> str:
        """What two definitions of the same sentence have in common, whatever they call its parameters."""
        return self.parser.shape if isinstance(self.parser, Phrase) else self.sentence

    @property
    def keyword(self) -> str:
        """The French keyword under which the sentence is known."""
        return KEYWORDS[self.context.type]

    @property
    def file(self) -> str:
        """The file of the function."""
        return inspect.getsourcefile(self.function) or "?"

    @property
    def line(self) -> int:
        """The line where the function begins, decorators included."""
        code = getattr(self.function, "__code__", None)
        return int(code.co_firstlineno) if code else 1

    @property
    def parameters(self) -> frozenset[str]:
        """The names that the sentence gives to the function."""
        if isinstance(self.parser, Phrase):
            return frozenset(parameter.name for parameter in self.parser.parameters)
        if isinstance(self.parser, re):
            return frozenset(self.parser.regex.groupindex)
        if isinstance(self.parser, parse | cfparse):
            return frozenset(self.parser.parser.named_fields)
        return frozenset()

    @property
    def accepted(self) -> frozenset[str]:
        """The names that pytest-bdd can give to the function: it drops the others without a word."""
        return frozenset(inspect.signature(self.context.step_func).parameters)

    @property
    def required(self) -> frozenset[str]:
        """The arguments that must be found somewhere: in the sentence, or among the fixtures."""
        return frozenset(get_required_args(self.context.step_func))

    def shares_type_with(self, other: "Definition") -> bool:
        """Say whether one step could look for both."""
        return None in (self.context.type, other.context.type) or self.context.type == other.context.type

    def matches_text(self, step: Step) -> bool:
        """Say whether the sentence is that of `step`, whatever their types."""
        return bool(self.parser.is_matching(step.name))

    def matches(self, step: Step) -> bool:
        """Say whether pytest-bdd would consider this definition for `step`."""
        return self.context.type in (None, step.type) and self.matches_text(step)

    @property
    def is_asynchronous(self) -> bool:
        """Say whether calling the function does nothing until someone awaits it, which nobody does."""
        return any(
            test(function)
            for test in (inspect.iscoroutinefunction, inspect.isasyncgenfunction)
            for function in (self.function, self.context.step_func)
        )

    @property
    def is_generator(self) -> bool:
        """Say whether the function contains `yield`."""
        return inspect.isgeneratorfunction(self.function)

    def skips(self) -> Iterator[tuple[int, str]]:
        """Yield the line and the name of each call that skips the test or expects its failure."""
        for node in ast.walk(self._tree):
            name = _called_name(node)
            if name in _SKIPS:
                yield self.line + getattr(node, "lineno", 1) - 1, name

    @property
    def does_nothing(self) -> bool:
        """Say whether the body is empty; a « Étant donné » may leave the whole work to the fixtures it asks for."""
        body = next(
            (node.body for node in self._tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)), None
        )
        if body is None or not all(_is_idle(node) for node in body):
            return False
        if self.context.target_fixture:  # What it returns is its work.
            return False
        return self.context.type != "given" or not self.required - self.parameters

    @cached_property
    def _tree(self) -> ast.Module:
        try:
            return ast.parse(textwrap.dedent(inspect.getsource(self.function)))
        except (OSError, TypeError, SyntaxError):  # No source, or a lambda in the middle of a line.
            return ast.Module(body=[], type_ignores=[])


def visible_from(item: pytest.Item) -> tuple[Definition, ...]:
    """Return the definitions that pytest-bdd would look at for the steps of `item`."""
    manager = item.session._fixturemanager  # noqa: SLF001 - pytest-bdd itself has no other way to list the steps.
    found: list[Definition] = []
    for name in get_fixture_names(fixturemanager=manager):
        for fixture in getfixturedefs(manager, name, item) or ():
            context = step_function_context_registry.get(fixture.func)
            if context is not None and not context.step_func.__module__.startswith(_OURS):
                found.append(Definition(context))
    return tuple(found)


def fixtures_visible_from(item: pytest.Item) -> frozenset[str]:
    """Return the names of all the fixtures that a step of `item` may ask for."""
    manager = item.session._fixturemanager  # noqa: SLF001 - Same reason.
    return frozenset(name for name in get_fixture_names(fixturemanager=manager) if getfixturedefs(manager, name, item))


def _called_name(node: ast.AST) -> str:
    """Return the last name of what `node` calls or raises, the empty string if it does neither."""
    target = node.func if isinstance(node, ast.Call) else node.exc if isinstance(node, ast.Raise) else None
    if isinstance(target, ast.Attribute):
        # `pytest.skip.Exception` is a skip too.
        inner = target.value
        return inner.attr if isinstance(inner, ast.Attribute) and target.attr == "Exception" else target.attr
    return target.id if isinstance(target, ast.Name) else ""


def _is_idle(node: ast.stmt) -> bool:
    empty_return = isinstance(node, ast.Return) and (node.value is None or isinstance(node.value, ast.Constant))
    return (
        isinstance(node, ast.Pass)
        or empty_return
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    )
