"""The decorators of a step, by its sentence: `@when("je vérifie l'identifiant « {identifiant} »", "…", …)`.

They are pytest-bdd's own, which take the parser that `phrase` makes of what they are given.
"""

from collections.abc import Callable, Iterable

import pytest_bdd

from steps.definitions.phrase import phrase
from steps.gherkin.attendus import Table

Fonction = Callable[..., object]


def given(
    text: str, meaning: str = "", /, *, table: Table | None = None, **about: str | Iterable[str]
) -> Callable[[Fonction], Fonction]:
    """Declare a « Étant donné »; the arguments are those of `phrase`."""
    return pytest_bdd.given(phrase(text, meaning, table=table, **about))


def when(
    text: str, meaning: str = "", /, *, table: Table | None = None, **about: str | Iterable[str]
) -> Callable[[Fonction], Fonction]:
    """Declare a « Quand »."""
    return pytest_bdd.when(phrase(text, meaning, table=table, **about))


def then(
    text: str, meaning: str = "", /, *, table: Table | None = None, **about: str | Iterable[str]
) -> Callable[[Fonction], Fonction]:
    """Declare a « Alors »."""
    return pytest_bdd.then(phrase(text, meaning, table=table, **about))


def step(
    text: str, meaning: str = "", /, *, table: Table | None = None, **about: str | Iterable[str]
) -> Callable[[Fonction], Fonction]:
    """Declare a neutral gesture, said the same way after any keyword."""
    return pytest_bdd.step(phrase(text, meaning, table=table, **about))
