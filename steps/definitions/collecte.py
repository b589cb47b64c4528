"""The scenarios as pytest-bdd collects them: which test is which scenario, and which scenarios a module really binds.

It is the only module, with `definitions`, that reads pytest-bdd's own registries.
"""

from types import ModuleType

import pytest
from pytest_bdd.parser import Scenario, ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry
from pytest_bdd.utils import registry_get_safe

from steps.definitions.inventaire import Place, canonical, lines_of_examples

EXAMPLE = "_pytest_bdd_example"


def template_of(item: pytest.Item) -> ScenarioTemplate | None:
    """Return the scenario that `item` runs, or None if it is another kind of test."""
    function = getattr(item, "obj", None)
    return registry_get_safe(scenario_wrapper_template_registry, function)


def place_of(item: pytest.Item) -> Place | None:
    """Return where the scenario of `item` is written: the line of its example, in an outline."""
    template = template_of(item)
    if template is None:
        return None
    number = _number_of_example(item, template)
    places = _places(template)
    return places[number or 0]


def execution_of(item: pytest.Item) -> str | None:
    """Return what tells this run of a scenario from its other runs: its place, and what else it is repeated over.

    Two tests of one execution are one scenario bound twice.
    """
    place = place_of(item)
    if place is None:
        return None
    params = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    others = [f"{name}={value}" for name, value in sorted(params.items()) if name != EXAMPLE]
    return " ".join([str(place), *others])


def rendered(item: pytest.Item) -> Scenario | None:
    """Return the scenario of `item` as pytest-bdd will run it, values of the examples in place."""
    template = template_of(item)
    if template is None:
        return None
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return template.render(params.get(EXAMPLE, {}))


def bound_in(module: ModuleType) -> set[Place]:
    """Return the places of all the scenarios that the tests of `module` stand for, selected or not."""
    templates = (registry_get_safe(scenario_wrapper_template_registry, value) for value in vars(module).values())
    return {place for template in templates if template is not None for place in _places(template)}


def tags_of(item: pytest.Item, template: ScenarioTemplate) -> set[str]:
    """Return the tags of the scenario of `item`, those of its feature, its rule and its own examples included."""
    tags = template.tags | template.feature.tags | (template.rule.tags if template.rule else set())
    groups = [group.tags for group in template.examples for _ in group.examples]
    number = _number_of_example(item, template)
    return tags | (set() if number is None else groups[number])


def _number_of_example(item: pytest.Item, template: ScenarioTemplate) -> int | None:
    """Return the rank of the example of `item` among all those of its scenario, None in a scenario without.

    pytest's own index is no help: it changes when a fixture repeats the test. Two equal examples have one rank; the
    lint refuses them.
    """
    params = item.callspec.params if hasattr(item, "callspec") else {}
    if EXAMPLE not in params:
        return None
    return [context for group in template.examples for context in group.as_contexts()].index(params[EXAMPLE])


def _places(template: ScenarioTemplate) -> list[Place]:
    """Return the place of each example, or of the scenario itself when it has none.

    pytest-bdd forgets the line of a row: the tables of the file are read again, once a file.
    """
    file = canonical(template.feature.filename)
    lines = lines_of_examples(file).get(template.line_number, ())
    return [Place(file, line) for line in lines] or [Place(file, template.line_number)]
