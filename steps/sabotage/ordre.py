"""In which order the scenarios are played for one fault: those that should see it come first, for the rest is long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from steps.gherkin.etiquettes import GUIDE
from steps.gherkin.typographie import plier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from steps.definitions.scenario_joue import ScenarioJoue


def montre(joue: ScenarioJoue, indice: str) -> bool:
    """Say whether a hint shows a scenario: one of its tags, or words of its title."""
    return indice in joue.etiquettes or plier(indice) in plier(joue.nom)


def rang(joue: ScenarioJoue, indices: Sequence[str], vue: Mapping[str, Any] | None) -> tuple[int, bool]:
    """Give the place of a scenario: first those of the hints, in their order, then those that say what saw the fault.

    In: `vue`, the scenario and the step that saw it in an earlier run, if any did: a scenario that was cut in two or
    called otherwise since still has its step. Then come those of the guide, then the rest.
    """
    vus = (r for r, indice in enumerate(indices) if montre(joue, indice))
    premier = next(vus, len(indices) + (not _a_vu(joue, vue)))
    return premier, GUIDE not in joue.etiquettes


def _a_vu(joue: ScenarioJoue, vue: Mapping[str, Any] | None) -> bool:
    return vue is not None and joue.fichier == vue["fichier"] and any(pas.name == vue["pas"] for pas in joue.pas)
