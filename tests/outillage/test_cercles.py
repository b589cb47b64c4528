"""No module of the product needs itself, however far around: imports for types only are counted."""

import graphlib
import sys

import grimp
import pytest


def cercle(paquet):
    """Give the modules of a circle of imports of a package, the first being the last too; none when there is none."""
    graphe = grimp.build_graph(paquet, exclude_type_checking_imports=False, cache_dir=None)
    assert len(graphe.modules) > 1
    try:
        graphlib.TopologicalSorter({m: graphe.find_modules_directly_imported_by(m) for m in graphe.modules}).prepare()
    except graphlib.CycleError as erreur:
        return erreur.args[1]
    return []


def test_the_product_has_no_circle_of_imports():
    assert cercle("webapp") == []


@pytest.mark.parametrize(
    ("retour", "attendu"),
    [
        ("import json", set()),
        ("from essai_de_cercle import a", {"essai_de_cercle.a", "essai_de_cercle.b"}),
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from essai_de_cercle.a import A",
            {"essai_de_cercle.a", "essai_de_cercle.b"},
        ),
    ],
)
def test_the_check_of_circles_bites(tmp_path, monkeypatch, retour, attendu):
    paquet = tmp_path / "essai_de_cercle"
    paquet.mkdir()
    for nom, source in {"__init__": "", "a": "from essai_de_cercle.b import B\nA = 1\n", "b": f"{retour}\n"}.items():
        (paquet / f"{nom}.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert set(cercle("essai_de_cercle")) == attendu
    assert "essai_de_cercle" not in sys.modules
