"""The ends of the product: the domain rests on Python alone, the steps know the product only from outside.

Between the two, one package: the reading of Gherkin, which the product's living documentation shares with the steps.
"""

import ast
import sys

import pytest


def importes(source):
    """Give all that a module imports, wherever it does so."""
    noms = []
    for noeud in ast.walk(ast.parse(source)):
        if isinstance(noeud, ast.Import):
            noms += [alias.name for alias in noeud.names]
        elif isinstance(noeud, ast.ImportFrom):
            noms.append("." * noeud.level + (noeud.module or ""))
    return noms


def etrangers_au_domaine(source):
    """Give what a module imports that is neither the standard library nor the domain."""
    return [
        nom
        for nom in importes(source)
        if nom.split(".")[0] not in sys.stdlib_module_names and not nom.startswith("webapp.domain")
    ]


def produit(source):
    """Give what a module imports of the product."""
    return [nom for nom in importes(source) if nom.split(".")[0] == "webapp"]


def etrangers_a_la_lecture(source):
    """Give what a module imports that is neither the standard library, nor gherkin, nor the reading of Gherkin."""
    return [
        nom
        for nom in importes(source)
        if nom.split(".")[0] not in {*sys.stdlib_module_names, "gherkin"} and not nom.startswith("steps.gherkin.")
    ]


def autres_etapes(source):
    """Give what a module imports of the steps, the reading of Gherkin apart."""
    return [nom for nom in importes(source) if nom.split(".")[0] == "steps" and not nom.startswith("steps.gherkin.")]


def test_the_living_documentation_alone_reads_gherkin_with_the_steps(racine):
    lecteurs = [
        m
        for m in (racine / "webapp").rglob("*.py")
        if "steps" in {n.split(".")[0] for n in importes(m.read_text("utf-8"))}
    ]
    assert {m.parent.name for m in lecteurs} == {"mode_emploi"}


@pytest.mark.parametrize(
    ("dossier", "interdits"),
    [
        ("webapp/domain", etrangers_au_domaine),
        ("steps", produit),
        ("steps/gherkin", etrangers_a_la_lecture),
        ("webapp/mode_emploi", autres_etapes),
    ],
)
def test_neither_end_imports_what_it_must_not_know(racine, dossier, interdits):
    modules = sorted((racine / dossier).rglob("*.py"))
    assert len(modules) > 5
    assert {m.name: trouves for m in modules if (trouves := interdits(m.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    "faute",
    ["import flask", "from webapp.web import saisie", "from . import champs", "def f():\n    import lxml.etree"],
)
def test_the_check_of_the_domain_bites(faute):
    assert etrangers_au_domaine(f"import re\nfrom webapp.domain.textes import fr\n{faute}\n") != []


@pytest.mark.parametrize("faute", ["import pytest", "from steps.definitions import phrase", "from . import lecture"])
def test_the_check_of_the_reading_bites(faute):
    bonnes = "import re\nfrom gherkin.parser import Parser\nfrom steps.gherkin.dialecte import BLOCS\n"
    assert etrangers_a_la_lecture(bonnes) == []
    assert etrangers_a_la_lecture(bonnes + faute) != []


def test_the_check_of_what_the_product_knows_of_the_steps_bites():
    assert autres_etapes("from steps.gherkin.lecture import lire\n") == []
    assert autres_etapes("from steps.definitions.phrase import Phrase\nimport steps.gherkin\n") != []


@pytest.mark.parametrize("faute", ["import webapp", "from webapp.domain import champs"])
def test_the_check_of_the_steps_bites(faute):
    assert produit(f"import re\nif True:\n    {faute}\n") != []
