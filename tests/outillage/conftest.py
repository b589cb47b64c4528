"""Where the project is, and its helper scripts as modules."""

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

RACINE = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def racine() -> Path:
    return RACINE


@pytest.fixture(scope="session")
def outil() -> Callable[[str], ModuleType]:
    """Load a script of .outils by its name."""

    def charger(nom: str) -> ModuleType:
        chemin = RACINE / ".outils" / f"{nom}.py"
        specification = importlib.util.spec_from_file_location(f"outil_{nom}", chemin)
        assert specification is not None
        assert specification.loader is not None
        module = importlib.util.module_from_spec(specification)
        # dataclasses look their module up by its name
        sys.modules[specification.name] = module
        specification.loader.exec_module(module)
        return module

    return charger


@pytest.fixture
def environnement() -> dict[str, str]:
    """The environment of a person who types a command: nothing of the make or of the configuration that runs us."""
    propres = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MODE", "DATABASE_URL", "DATE_REFERENCE", "BANC_ESSAI_JETON"}
    return {nom: valeur for nom, valeur in os.environ.items() if nom not in propres}
