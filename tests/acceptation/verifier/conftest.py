"""The lint of any text as if it stood in a folder of features, and sessions of pytest over a small suite."""

import textwrap
from pathlib import Path

import pytest

from steps.gherkin.lecture import Fichier, comme_fichier
from steps.gherkin.regles.defauts import Defaut
from steps.gherkin.regles.ecriture import controler
from tests.acceptation.verifier.modele import BON, FEATURE, SETTINGS, STEPS


@pytest.fixture(scope="session")
def bon():
    return BON


@pytest.fixture(scope="session")
def source():
    def make(text: str, name: str = "features/guide/verifier.feature") -> Fichier:
        return comme_fichier(text, Path("/projet", name), Path("/projet"))

    return make


@pytest.fixture(scope="session")
def found(source):
    """Return the findings of one text, as (code, line)."""

    def look(text: str, name: str = "features/guide/verifier.feature") -> set[tuple[str, int]]:
        return {(defaut.code, defaut.ligne) for defaut in controler([source(text, name)])}

    return look


@pytest.fixture(scope="session")
def findings(source):
    def look(*texts: tuple[str, str]) -> list[Defaut]:
        return controler([source(text, name) for name, text in texts])

    return look


@pytest.fixture
def suite(pytester):
    """Write a small suite in French, changed by pairs of texts, run it, and return the result with its output."""

    def run(*arguments, features=(), steps=(), settings="", files=(), in_process=True):
        feature, module = textwrap.dedent(FEATURE).lstrip(), STEPS
        for old, new in features:
            assert old in feature
            feature = feature.replace(old, new, 1)
        for old, new in steps:
            assert old in module
            module = module.replace(old, new, 1)
        pytester.makefile(".ini", pytest=SETTINGS + settings)
        folder = pytester.path / "features"
        folder.mkdir(exist_ok=True)
        (folder / "catalogue.feature").write_text(feature, encoding="utf-8")
        path = pytester.makepyfile(test_features=module)
        for name, content in files:
            other = pytester.path / name
            other.parent.mkdir(exist_ok=True, parents=True)
            other.write_text(textwrap.dedent(content).lstrip(), encoding="utf-8")
        runner = pytester.runpytest_inprocess if in_process else pytester.runpytest_subprocess
        result = runner(*arguments)
        result.module = path.read_text(encoding="utf-8")
        result.text = result.stdout.str() + result.stderr.str()
        return result

    return run
