"""The lint of any text, as if it stood in a folder of features."""

from pathlib import Path

import pytest

from steps.verifier.findings import Finding
from steps.verifier.lint import lint
from steps.verifier.source import SourceFile, from_text
from tests.acceptation.verifier.modele import BON


@pytest.fixture(scope="session")
def bon():
    return BON


@pytest.fixture(scope="session")
def source():
    def make(text: str, name: str = "features/guide/verifier.feature") -> SourceFile:
        return from_text(text, Path("/projet", name), Path("/projet"))

    return make


@pytest.fixture(scope="session")
def found(source):
    """Return the findings of one text, as (code, line)."""

    def look(text: str, name: str = "features/guide/verifier.feature") -> set[tuple[str, int]]:
        return {(finding.code, finding.line) for finding in lint([source(text, name)])}

    return look


@pytest.fixture(scope="session")
def findings(source):
    def look(*texts: tuple[str, str]) -> list[Finding]:
        return lint([source(text, name) for name, text in texts])

    return look
