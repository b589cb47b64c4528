"""Rules on tags: all declared, and those that the guide needs to find its steps again."""

from collections.abc import Iterator
from difflib import get_close_matches

from steps.gherkin import etiquettes
from steps.gherkin.document import Feature, Scenario, Tag
from steps.gherkin.source import SourceFile
from steps.gherkin.typographie import say
from steps.verifier.findings import Finding

_FOLDERS = (etiquettes.GUIDE, etiquettes.REGLES)


def check_tags(file: SourceFile, feature: Feature) -> Iterator[Finding]:
    """FR401 to FR404."""
    for tag in _all_tags(feature):
        if tag.name not in etiquettes.ETIQUETTES:
            yield Finding(file.name, tag.line, "FR401", unknown_tag(tag.name), nearest_tag(tag.name))
    for folder in _FOLDERS:
        if file.folders[:1] == (folder,) and folder not in {tag.name for tag in feature.tags}:
            message = say("la fonctionnalité ne porte pas @{tag}, l'étiquette de son dossier", tag=folder)
            yield Finding(file.name, feature.line, "FR402", message, say("écrivez @{tag} au-dessus d'elle", tag=folder))
    for scenario in feature.scenarios:
        yield from _check_steps_of_the_guide(file, feature, scenario)


def unknown_tag(name: str) -> str:
    """Return what is said of a tag that is not declared."""
    return say("étiquette @{name} non déclarée", name=name)


def nearest_tag(name: str) -> str:
    """Return what to write instead of a tag that is not declared."""
    near = get_close_matches(name, etiquettes.ETIQUETTES, n=1)
    declare = say("déclarez-la dans steps/gherkin/etiquettes.py")
    return f"@{near[0]}" if near else declare


def _check_steps_of_the_guide(file: SourceFile, feature: Feature, scenario: Scenario) -> Iterator[Finding]:
    names = feature.tags_of(scenario)
    names |= {tag.name for examples in scenario.examples for tag in examples.tags}
    numbers = {number for name in names if (number := etiquettes.numero_d_etape(name)) is not None}
    if file.folders[:1] == (etiquettes.GUIDE,) and len(numbers) != 1:
        held = say("{number} étiquettes @etape_N au lieu d'une", number=len(numbers))
        suggestion = say("une et une seule, sur le scénario, sa règle ou sa fonctionnalité")
        yield Finding(file.name, scenario.line, "FR403", held, suggestion)
    if numbers & etiquettes.ETAPES_RECONSTITUEES and etiquettes.RECONSTITUE not in names:
        message = say("le texte de cette étape du guide est reconstitué, le scénario ne le dit pas")
        yield Finding(file.name, scenario.line, "FR404", message, f"@{etiquettes.RECONSTITUE}")


def _all_tags(feature: Feature) -> Iterator[Tag]:
    yield from feature.tags
    for rule in feature.rules:
        yield from rule.tags
    for scenario in feature.scenarios:
        yield from scenario.tags
        for examples in scenario.examples:
            yield from examples.tags
