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
from types import ModuleType

import pytest
from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.parser import Step
from pytest_bdd.parsers import StepParser, cfparse, parse, re
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry
from pytest_bdd.utils import get_required_args

from steps.definitions.phrase import Phrase
from steps.gherkin.dialecte import ALORS, ETANT_DONNE, QUAND

GENRES = {"given": ETANT_DONNE, "when": QUAND, "then": ALORS}
TOUT_GENRE = "toute étape"
RESERVES = frozenset({"datatable", "docstring"})
FOURNIS = frozenset({"request", *RESERVES})

_SAUTS = frozenset({"skip", "xfail", "importorskip", "skipTest", "SkipTest", "exit"})
_DE_PYTEST_BDD = "pytest_bdd."


@dataclass(frozen=True, eq=False)
class Definition:
    """One sentence bound to one function; a function with two sentences has two definitions."""

    contexte: StepFunctionContext

    @cached_property
    def fonction(self) -> Callable[..., object]:
        """The function a person wrote, without what decorates it."""
        fonction: Callable[..., object] = inspect.unwrap(self.contexte.step_func)
        return fonction

    @property
    def parser(self) -> StepParser:
        """What reads the sentence."""
        return self.contexte.parser

    @property
    def phrase(self) -> str:
        """The sentence, as a person reads it."""
        return str(self.parser.name)

    @property
    def moule(self) -> str:
        """What two definitions of the same sentence have in common, whatever they call its parameters."""
        return self.parser.moule if isinstance(self.parser, Phrase) else self.phrase

    @property
    def genre(self) -> str:
        """The French keyword under which the sentence is known."""
        return GENRES.get(self.contexte.type or "", TOUT_GENRE)

    @cached_property
    def fichier(self) -> str:
        """The file of the function."""
        return inspect.getsourcefile(self.fonction) or "?"

    @property
    def ligne(self) -> int:
        """The line where the function begins, decorators included."""
        code = getattr(self.fonction, "__code__", None)
        return int(code.co_firstlineno) if code else 1

    @property
    def parametres(self) -> frozenset[str]:
        """The names that the sentence gives to the function."""
        if isinstance(self.parser, Phrase):
            return frozenset(parametre.nom for parametre in self.parser.parametres)
        if isinstance(self.parser, re):
            return frozenset(self.parser.regex.groupindex)
        if isinstance(self.parser, parse | cfparse):
            return frozenset(self.parser.parser.named_fields)
        return frozenset()

    @cached_property
    def acceptes(self) -> frozenset[str]:
        """The names that pytest-bdd can give to the function: it drops the others without a word."""
        return frozenset(inspect.signature(self.contexte.step_func).parameters)

    @cached_property
    def requis(self) -> frozenset[str]:
        """The arguments that must be found somewhere: in the sentence, or among the fixtures."""
        return frozenset(get_required_args(self.contexte.step_func))

    def partage_un_genre_avec(self, autre: "Definition") -> bool:
        """Say whether one step could look for both."""
        return None in (self.contexte.type, autre.contexte.type) or self.contexte.type == autre.contexte.type

    def reconnait(self, texte: str) -> bool:
        """Say whether the sentence is that of a step, whatever its genre."""
        return bool(self.parser.is_matching(texte))

    def est_du_genre(self, genre: str) -> bool:
        """Say whether pytest-bdd would consider this definition for a step of that genre, if it is its sentence."""
        return self.genre in (TOUT_GENRE, genre)

    def joue(self, etape: Step) -> bool:
        """Say whether pytest-bdd would consider this definition for one of its own steps."""
        return self.contexte.type in (None, etape.type) and self.reconnait(etape.name)

    @property
    def est_asynchrone(self) -> bool:
        """Say whether calling the function does nothing until someone awaits it, which nobody does."""
        return any(
            essai(fonction)
            for essai in (inspect.iscoroutinefunction, inspect.isasyncgenfunction)
            for fonction in (self.fonction, self.contexte.step_func)
        )

    @property
    def est_generatrice(self) -> bool:
        """Say whether the function contains `yield`."""
        return inspect.isgeneratorfunction(self.fonction)

    def sauts(self) -> Iterator[tuple[int, str]]:
        """Yield the line and the name of each call that skips the test or expects its failure."""
        for noeud in ast.walk(self._arbre):
            nom = _nom_appele(noeud)
            if nom in _SAUTS:
                yield self.ligne + getattr(noeud, "lineno", 1) - 1, nom

    @property
    def ne_fait_rien(self) -> bool:
        """Say whether the body is empty; a « Étant donné » may leave the whole work to the fixtures it asks for."""
        corps = next(
            (noeud.body for noeud in self._arbre.body if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef)),
            None,
        )
        if corps is None or not all(_est_oisif(noeud) for noeud in corps):
            return False
        if self.contexte.target_fixture:  # What it returns is its work.
            return False
        return self.contexte.type != "given" or not self.requis - self.parametres

    @cached_property
    def _arbre(self) -> ast.Module:
        try:
            return ast.parse(textwrap.dedent(inspect.getsource(self.fonction)))
        except (OSError, TypeError, SyntaxError):  # No source, or a lambda in the middle of a line.
            return ast.Module(body=[], type_ignores=[])


def definies_dans(module: ModuleType) -> list[Definition]:
    """Return the definitions that `module` holds, in the order of its lines; those of one function, as it has them."""
    contextes = reversed(tuple(step_function_context_registry.values()))
    # A module that was imported twice has left its first definitions behind.
    siens = (c for c in contextes if vars(module).get(c.step_func.__name__) is c.step_func)
    return sorted(map(Definition, siens), key=lambda definition: definition.ligne)


def visibles_de(item: pytest.Item) -> tuple[Definition, ...]:
    """Return the definitions that pytest-bdd would look at for the steps of `item`."""
    manager = item.session._fixturemanager  # noqa: SLF001 - pytest-bdd itself has no other way to list the steps.
    trouvees: list[Definition] = []
    for nom in get_fixture_names(fixturemanager=manager):
        for fixture in getfixturedefs(manager, nom, item) or ():
            contexte = step_function_context_registry.get(fixture.func)
            if contexte is not None and not contexte.step_func.__module__.startswith(_DE_PYTEST_BDD):
                trouvees.append(Definition(contexte))
    return tuple(trouvees)


def fixtures_visibles_de(item: pytest.Item) -> frozenset[str]:
    """Return the names of all the fixtures that a step of `item` may ask for."""
    manager = item.session._fixturemanager  # noqa: SLF001 - Same reason.
    return frozenset(nom for nom in get_fixture_names(fixturemanager=manager) if getfixturedefs(manager, nom, item))


def _nom_appele(noeud: ast.AST) -> str:
    """Return the last name of what `noeud` calls or raises, the empty string if it does neither."""
    cible = noeud.func if isinstance(noeud, ast.Call) else noeud.exc if isinstance(noeud, ast.Raise) else None
    if isinstance(cible, ast.Attribute):
        # `pytest.skip.Exception` is a skip too.
        dedans = cible.value
        return dedans.attr if isinstance(dedans, ast.Attribute) and cible.attr == "Exception" else cible.attr
    return cible.id if isinstance(cible, ast.Name) else ""


def _est_oisif(noeud: ast.stmt) -> bool:
    retour_vide = isinstance(noeud, ast.Return) and (noeud.value is None or isinstance(noeud.value, ast.Constant))
    return (
        isinstance(noeud, ast.Pass)
        or retour_vide
        or (isinstance(noeud, ast.Expr) and isinstance(noeud.value, ast.Constant))
    )
