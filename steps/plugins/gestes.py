"""What the gestures of a scenario of the guide were made on: noted on its test, published, and compared.

With --guide, it goes into the publication (`steps.guide.visite`). In any other run, where a screen is the same each
time, a scenario that passed fails if it acted on other things than those that are published of it.
"""

from typing import Any

import pytest

from steps.guide.visite import comparer, publies
from steps.navigateur.gestes_lus import Lecteur
from steps.navigateur.scene import Scene
from steps.plugins import contexte_pytest
from steps.plugins.scenario import joue_par, scenario_de

_LECTEUR = pytest.StashKey[Lecteur]()


def lecteur_de(item: pytest.Item, scene: Scene) -> Lecteur:
    """Give who notes the gestures of a test; put before who takes its pictures, at the first step that has a screen."""
    lecteur = item.stash.get(_LECTEUR, None)
    if lecteur is None:
        lecteur = item.stash[_LECTEUR] = Lecteur(scene.pilote.illustrateur)
        scene.pilote.illustrateur = lecteur
        scene.pilote.temoins.append(lecteur)
    return lecteur


def gestes_de(item: pytest.Item) -> dict[str, Any]:
    """Give what was noted of a scenario as plain values, with the tags that say what it is for."""
    lecteur = item.stash.get(_LECTEUR, None)
    gestes = [geste.faits() for geste in lecteur.gestes] if lecteur else []
    return {"etiquettes": sorted(joue_par(item).etiquettes), "gestes": gestes}


def juger(item: pytest.Item) -> None:
    """Raise AssertionError if a scenario acted on other things than those that are published of it."""
    joue, lecteur = scenario_de(item), item.stash.get(_LECTEUR, None)
    if joue is None or lecteur is None or not contexte_pytest.conditions_du_guide(item.config):
        return
    if item.config.getoption("guide"):
        return
    comparer(publies().get((joue.fichier, joue.nom), ()), lecteur.gestes)
