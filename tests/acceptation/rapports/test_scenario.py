"""The scenario of a test: read once, when the test is collected, and never changed."""

import dataclasses

import pytest

from steps.plugins.scenario import definitions_de, joue_par, scenario_de
from tests.acceptation.rapports.modele import DEFINITIONS, FEATURE


@pytest.fixture
def collectes(jouer, pytester):
    """Give the tests of FEATURE by the titles of their scenarios."""
    jouer(FEATURE, DEFINITIONS, "--collect-only", "-q")
    items, _ = pytester.inline_genitems()
    return {joue_par(item).nom: item for item in items}


def test_a_scenario_says_what_it_is(collectes, pytester):
    joue = joue_par(collectes["L'exemple 4"])
    assert (joue.racine, joue.fichier, joue.ligne) == (pytester.path, "features/suite/essai.feature", 35)
    assert (joue.fonctionnalite, joue.regle) == ("L'essai", "Première règle")
    assert joue.etiquettes == ("regles", "etape_7")
    assert joue.exemple == {"nombre": "4", "saison": "hiver"}
    assert [(etape.mot_cle, etape.texte) for etape in joue.etapes] == [
        ("Étant donné que", "tout va bien"),
        ("Alors", "le nombre est 4"),
    ]
    assert [pas.name for pas in joue.pas] == ["tout va bien", "le nombre est 4"]
    assert joue.execution == f"{pytester.path}/features/suite/essai.feature:35"


def test_it_is_read_once_and_never_changed(collectes):
    item = collectes["Celui qui passe"]
    assert scenario_de(item) is scenario_de(item)
    with pytest.raises(dataclasses.FrozenInstanceError):
        joue_par(item).nom = "autre"  # type: ignore[misc] # what is tried


def test_the_tests_of_one_module_share_the_list_of_their_definitions(collectes):
    premiere, seconde = (definitions_de(collectes[nom]) for nom in ("Celui qui passe", "Celui qui échoue"))
    assert premiere is seconde
    assert "le nombre est {nombre:d}" in {definition.phrase for definition in premiere}


def test_another_test_plays_no_scenario(request):
    assert scenario_de(request.node) is None
