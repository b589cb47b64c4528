"""The decision records are dated, say their state, and speak of files that exist; so does the README."""

import re

import pytest

from tests.outillage.conftest import RACINE

PAGES = sorted((RACINE / "webapp" / "decisions").glob("*.md"))
ETAT = re.compile(
    r"\*\d{4}-\d\d-\d\d(?:, changed \d{4}-\d\d-\d\d)?\. (?:In force|Replaced by `(?P<par>[a-z-]+\.md)`)\.\*"
)
CHEMIN = re.compile(r"`((?:webapp|steps|tests|templates|features|\.outils)/[\w./-]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_record_says_when_it_was_taken_and_whether_it_holds(page):
    lu = ETAT.match(page.read_text("utf-8").split("\n\n")[1])
    assert lu
    assert not lu["par"] or (page.parent / lu["par"]).exists()


@pytest.mark.parametrize("page", [RACINE / "README.md", *PAGES], ids=lambda page: page.name)
def test_the_files_it_speaks_of_exist(page):
    cites = [
        chemin for chemin in CHEMIN.findall(page.read_text("utf-8")) if "NAME" not in chemin and "NOM" not in chemin
    ]
    assert [chemin for chemin in cites if not (RACINE / chemin).exists()] == []
