"""Puts a mutant in the modules that are already loaded: the code of a function is exchanged, wherever it is known.

What is computed when a module is loaded (a table, a default value) is not reached this way; see `Lecteur`, which gives
the changed source to whoever imports the module.
"""

from __future__ import annotations

import gc
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template, TemplateError

from tests.mutation import RACINE

GABARIT = ".html"
# Not what `vider_les_caches` empties: it is asked at each test, and looking through all objects is long.
_CONNUES: dict[str, tuple[list[int], list[int]]] = {}
_CACHES = type(lru_cache(lambda: None))


class Inerte(Exception):  # noqa: N818 - it reads as a sentence
    """The mutant compiles to the very code that was there, or to none at all: there is nothing to play."""


class Vivant:
    """What is loaded: the functions of the product, by their code, and all that remembers what a function gave.

    A template is functions as well, once loaded.
    """

    def __init__(self, *dossiers: Path) -> None:
        siens = tuple(map(str, dossiers))
        self._fonctions: dict[CodeType, list[FunctionType]] = {}
        # What the reading of the tests has laid aside is not among the objects otherwise.
        gc.unfreeze()
        objets = gc.get_objects()
        # Any one: they all compile alike. It is the product's, not that of some library.
        self._env = next((un for un in objets if isinstance(un, Environment) and "statique" in un.globals), None)
        self._caches = [objet for objet in objets if isinstance(objet, _CACHES)]
        for objet in objets:
            if isinstance(objet, FunctionType) and objet.__code__.co_filename.startswith(siens):
                self._fonctions.setdefault(objet.__code__, []).append(objet)

    def greffer(self, chemin: Path, source: str) -> int:
        """Exchange the code of what the source changes; gives how many functions. Raises Inerte.

        None at all where one of them cannot be reached: made while loading, it closes over more, or over less, now.
        """
        avant = self._compiler(chemin, chemin.read_text("utf-8"))
        try:
            apres = self._compiler(chemin, source)
        except (SyntaxError, TemplateError) as erreur:
            raise Inerte(str(erreur)) from None
        if _memes(avant, apres):
            raise Inerte(str(chemin))
        nombre = 0
        if chemin.suffix == GABARIT:
            donner_a_lire(chemin, source)
            nombre = 1  # Whoever has not loaded it yet will read it so.
        for ancien, nouveau in _differents(avant, apres):
            for fonction in self._fonctions.get(ancien, ()):
                try:
                    fonction.__code__ = nouveau
                except ValueError:
                    return 0
                nombre += 1
        self.vider_les_caches()
        return nombre

    def _compiler(self, chemin: Path, source: str) -> CodeType:
        """Compile as Python does, or as the product does its templates."""
        if chemin.suffix != GABARIT:
            return compile(source, str(chemin), "exec", dont_inherit=True)
        if self._env is None:
            raise LookupError(chemin)
        return self._env.compile(source, str(chemin.relative_to(RACINE / "templates")), str(chemin))

    def vider_les_caches(self) -> None:
        """Forget all that functions have given."""
        for memoire in self._caches:
            memoire.cache_clear()


def _ecritures(fichier: str) -> tuple[list[int], list[int]]:
    """Give, of a template that is loaded, the lines of its Python, in their order, and those they were made of."""
    if fichier not in _CONNUES:
        for un in [objet for objet in gc.get_objects() if isinstance(objet, Template) and objet.filename]:
            paires = sorted((faite, dite) for dite, faite in un.debug_info)
            _CONNUES[str(un.filename)] = [faite for faite, _ in paires], [dite for _, dite in paires]
    return _CONNUES[fichier]


def lignes_de_gabarit(fichier: str, faites: Iterable[int]) -> list[int]:
    """Give the lines of a template that these lines of its Python come from."""
    connues, dites = _ecritures(fichier)
    rangs = {bisect_right(connues, une) for une in faites}
    return sorted({dites[rang - 1] if rang else 1 for rang in rangs})


def donner_a_lire(chemin: Path, source: str) -> None:
    """Give this source to whoever loads the template from now on."""
    d_avant = FileSystemLoader.get_source

    def get_source(self: FileSystemLoader, environment: Environment, template: str) -> Any:
        lue, nom, a_jour = d_avant(self, environment, template)
        return (source if nom and Path(nom).resolve() == chemin else lue), nom, a_jour

    FileSystemLoader.get_source = get_source  # type: ignore[method-assign]


def _differents(avant: CodeType, apres: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Give the pairs of codes that differ, the inner ones too; the outermost code itself is left out."""
    anciens, nouveaux = _internes(avant), _internes(apres)
    if [c.co_name for c in anciens] != [c.co_name for c in nouveaux]:
        return
    for ancien, nouveau in zip(anciens, nouveaux, strict=True):
        if not _memes(ancien, nouveau):
            yield ancien, nouveau
            yield from _differents(ancien, nouveau)


def _memes(un: CodeType, autre: CodeType) -> bool:
    """Tell whether two codes do the same, wherever their signs stand in their lines."""
    if (un.co_code, un.co_names, un.co_varnames, un.co_freevars) != (
        autre.co_code, autre.co_names, autre.co_varnames, autre.co_freevars,
    ) or len(un.co_consts) != len(autre.co_consts):  # fmt: skip
        return False
    return all(
        _memes(a, b) if isinstance(a, CodeType) and isinstance(b, CodeType) else type(a) is type(b) and a == b
        for a, b in zip(un.co_consts, autre.co_consts, strict=True)
    )


def _internes(code: CodeType) -> list[CodeType]:
    return [constante for constante in code.co_consts if isinstance(constante, CodeType)]


class Lecteur(importlib.abc.MetaPathFinder):
    """Gives the changed source to whoever imports the module, once it is the first of `sys.meta_path`."""

    def __init__(self, nom: str, chemin: Path, source: str) -> None:
        self._nom = nom
        self._chemin = str(chemin)
        self._source = source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for the one module only."""
        del path, target
        if fullname != self._nom:
            return None
        chargeur = _Chargeur(fullname, self._chemin, self._source)
        dossier = [str(Path(self._chemin).parent)] if Path(self._chemin).name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            fullname, self._chemin, loader=chargeur, submodule_search_locations=dossier
        )

    def poser(self) -> None:
        """Be asked first."""
        sys.meta_path.insert(0, self)


class _Chargeur(importlib.machinery.SourceFileLoader):
    def __init__(self, nom: str, chemin: str, source: str) -> None:
        super().__init__(nom, chemin)
        self._change = source

    def get_code(self, fullname: str) -> CodeType:
        """Compile what was given, whatever is kept of the file."""
        del fullname
        return compile(self._change, self.path, "exec", dont_inherit=True)
