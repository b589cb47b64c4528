"""The scenarios as pytest-bdd collects them: which test is which scenario, and which scenarios a module really binds.

It is the only module, with `definitions`, that reads pytest-bdd's own registries.
"""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet
from pytest_bdd.parser import Scenario, ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry
from pytest_bdd.utils import registry_get_safe

from steps.definitions.inventaire import Place, canonique
from steps.gherkin.lecture import lire_contenu

EXEMPLE = "_pytest_bdd_example"
_RENDU = pytest.StashKey[Scenario | None]()


def modele_de(item: pytest.Item) -> ScenarioTemplate | None:
    """Return the scenario that `item` runs, or None if it is another kind of test."""
    return registry_get_safe(scenario_wrapper_template_registry, getattr(item, "obj", None))


def place_de(item: pytest.Item) -> Place | None:
    """Return where the scenario of `item` is written: the line of its example, in an outline."""
    modele = modele_de(item)
    return None if modele is None else _places(modele)[rang_de_l_exemple(item, modele) or 0]


def execution_de(item: pytest.Item) -> str | None:
    """Return what tells this run of a scenario from its other runs: its place, and what else it is repeated over.

    Two tests of one execution are one scenario bound twice.
    """
    place = place_de(item)
    if place is None:
        return None
    autres = [f"{nom}={valeur}" for nom, valeur in sorted(_parametres(item).items()) if nom != EXEMPLE]
    return " ".join([str(place), *autres])


def rendu_de(item: pytest.Item) -> Scenario | None:
    """Return the scenario of `item` as pytest-bdd will run it, values of the examples in place."""
    if _RENDU not in item.stash:
        modele = modele_de(item)
        item.stash[_RENDU] = None if modele is None else modele.render(_parametres(item).get(EXEMPLE, {}))
    return item.stash[_RENDU]


def lies_dans(module: ModuleType) -> set[Place]:
    """Return the places of all the scenarios that the tests of `module` stand for, selected or not."""
    modeles = (registry_get_safe(scenario_wrapper_template_registry, valeur) for valeur in vars(module).values())
    return {place for modele in modeles if modele is not None for place in _places(modele)}


def etiquettes_de(item: pytest.Item, modele: ScenarioTemplate) -> set[str]:
    """Return the tags of the scenario of `item`, those of its feature, its rule and its own examples included."""
    etiquettes = modele.tags | modele.feature.tags | (modele.rule.tags if modele.rule else set())
    groupes = [groupe.tags for groupe in modele.examples for _ in groupe.examples]
    rang = rang_de_l_exemple(item, modele)
    return etiquettes | (set() if rang is None else groupes[rang])


def _parametres(item: pytest.Item) -> dict[str, Any]:
    return dict(item.callspec.params) if hasattr(item, "callspec") else {}


def rang_de_l_exemple(item: pytest.Item, modele: ScenarioTemplate) -> int | None:
    """Return the rank of the example of `item` among all those of its scenario, None in a scenario without.

    pytest's own index is no help: it changes when a fixture repeats the test. Two equal examples are told apart by what
    pytest was given of each.
    """
    parametres = _parametres(item)
    if EXEMPLE not in parametres:
        return None
    for marque in item.iter_markers("parametrize"):
        if marque.args[0] == EXEMPLE:
            for rang, donne in enumerate(marque.args[1]):
                if (donne.values[0] if isinstance(donne, ParameterSet) else donne) is parametres[EXEMPLE]:
                    return rang
    return [exemple for groupe in modele.examples for exemple in groupe.as_contexts()].index(parametres[EXEMPLE])


def _places(modele: ScenarioTemplate) -> list[Place]:
    """Return the place of each example, or of the scenario itself when it has none.

    pytest-bdd forgets the line of a row: it is that of our own reading.
    """
    fichier = canonique(modele.feature.filename)
    lue = lire_contenu(Path(fichier)).fonctionnalite
    lignes = lue.lignes_jouees.get(modele.line_number) if lue else None
    return [Place(fichier, ligne) for ligne in lignes or (modele.line_number,)]
