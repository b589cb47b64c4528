"""The pytest plugin of the guided tours: each step of a scenario of the guide notes what it acts on, or looks at."""

import pytest
from pytest_bdd.parser import Scenario, Step

from steps.gherkin.etiquettes import GUIDE
from steps.plugins import contexte_pytest
from steps.plugins.gestes import lecteur_de
from steps.plugins.scenario import joue_par


def pytest_bdd_before_step_call(request: pytest.FixtureRequest, scenario: Scenario, step: Step) -> None:
    """Note what the step does or looks at; what a scenario starts from is not of the tour."""
    item: pytest.Item = request.node
    scene = item.stash.get(contexte_pytest.SCENE, None)
    if scene is None or GUIDE not in joue_par(item).etiquettes:
        return
    rang = next(rang for rang, pas in enumerate(scenario.steps) if pas is step)
    lecteur_de(item, scene).commencer_pas(rang, fait=step.type == "when", regarde=step.type == "then")
