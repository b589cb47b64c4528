"""The ends of the product: the domain rests on Python alone, the steps know the product only from outside.

Between the two, one package: the reading of Gherkin, which the product's living documentation shares with the steps.
"""

import ast
import graphlib
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


# ------------------------------------------------------------------------------------------------ no circle


def fleches(sources):
    """Give what each module imports of the others, wherever it does so, a type that is only named included.

    `sources` are the texts of the modules by their dotted names.
    """
    graphe = {}
    for nom, source in sources.items():
        vus = set()
        for noeud in ast.walk(ast.parse(source)):
            if isinstance(noeud, ast.Import):
                vus |= {alias.name for alias in noeud.names}
            elif isinstance(noeud, ast.ImportFrom):
                assert noeud.module is not None, f"{nom}: relative imports are not counted"
                assert noeud.level == 0, f"{nom}: relative imports are not counted"
                # What is imported from a package is a module of it, or a name that its own file gives.
                noms = {f"{noeud.module}.{alias.name}" for alias in noeud.names}
                vus |= {n if n in sources else noeud.module for n in noms}
        graphe[nom] = {vu for vu in vus if vu in sources and vu != nom}
    return graphe


def par_salle(graphe):
    """Give the arrows between the rooms: the folders right under the package."""
    salles: dict[str, set[str]] = {}
    for nom, importes_ in graphe.items():
        salle = nom.split(".")[:2]
        autres = {vu.split(".")[1] for vu in importes_ if vu.split(".")[:2] != salle and "." in vu}
        salles.setdefault(salle[-1], set()).update(autres)
    return salles


def cercle(graphe):
    """Give a circle of the graph, in order; nothing when it has none."""
    try:
        graphlib.TopologicalSorter(graphe).prepare()
    except graphlib.CycleError as erreur:
        return erreur.args[1]
    return []


def sources(racine, paquet):
    """Give the modules of a package by their dotted names."""
    return {
        ".".join(chemin.relative_to(racine).with_suffix("").parts).removesuffix(".__init__"): chemin.read_text("utf-8")
        for chemin in sorted((racine / paquet).rglob("*.py"))
    }


@pytest.mark.parametrize("paquet", ["webapp", "steps"])
def test_no_modules_import_each_other_in_a_circle(racine, paquet):
    graphe = fleches(sources(racine, paquet))
    assert sum(map(len, graphe.values())) > 200
    assert cercle(graphe) == []


def test_no_rooms_of_the_steps_import_each_other_in_a_circle(racine):
    salles = par_salle(fleches(sources(racine, "steps")))
    assert len(salles["plugins"]) > 5
    assert cercle(salles) == []


@pytest.mark.parametrize(
    "retour",
    [
        "from steps.b.deux import y",
        "from steps.b import deux",
        "import steps.b.deux",
        "def f():\n    from steps.b.deux import y",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from steps.b.deux import y",
    ],
)
def test_the_check_of_the_circles_bites(retour):
    graphe = fleches({"steps.a.un": retour, "steps.b": "", "steps.b.deux": "from steps.a.un import x"})
    assert set(cercle(graphe)) == {"steps.a.un", "steps.b.deux"}
    assert set(cercle(par_salle(graphe))) == {"a", "b"}


def test_rooms_may_be_in_a_circle_where_modules_are_not():
    graphe = fleches({"steps.a.un": "", "steps.a.deux": "import steps.b.un", "steps.b.un": "import steps.a.un"})
    assert cercle(graphe) == []
    assert set(cercle(par_salle(graphe))) == {"a", "b"}


# ------------------------------------------------------------------------------------------- the scenario of a test

RECHERCHES = {"callspec", "get_closest_marker", "iter_markers", "own_markers", "__scenario__"}
"""How one would look into a test of pytest for its scenario."""


def cherche(source):
    """Give the names by which a module looks into a test."""
    return {noeud.attr for noeud in ast.walk(ast.parse(source)) if isinstance(noeud, ast.Attribute)} & RECHERCHES


def test_a_test_is_looked_into_for_its_scenario_where_it_is_collected_only(racine):
    trouves = {nom for nom, source in sources(racine, "steps").items() if cherche(source)}
    assert trouves == {"steps.definitions.collecte", "steps.plugins.scenario"}


def test_the_check_of_the_looks_into_a_test_bites():
    assert cherche("def f(item):\n    return item.callspec.params") == {"callspec"}
