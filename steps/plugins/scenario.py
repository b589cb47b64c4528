"""The scenario that a test plays, and the definitions that its steps see: looked for in the test once, and put on it.

It is the only module that reads the scenario of an item of pytest; everything else reads the `ScenarioJoue`.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.parser import Scenario, ScenarioTemplate

from steps.definitions.collecte import EXEMPLE, modele_de, rang_de_l_exemple, rendu_de
from steps.definitions.definitions import Definition, visibles_de
from steps.definitions.inventaire import Place, canonique, relatif
from steps.definitions.scenario_joue import ScenarioJoue
from steps.navigateur.enregistreur import Etape
from steps.rapports import documents
from steps.rapports.documents import Ecrit, Regle
from steps.rapports.resume import nom_complet

_SCENARIO = pytest.StashKey[ScenarioJoue | None]()
_DEFINITIONS = pytest.StashKey[dict[object, tuple[Definition, ...]]]()


def scenario_de(item: pytest.Item) -> ScenarioJoue | None:
    """Give the scenario that a test plays, None if it is another kind of test."""
    if _SCENARIO not in item.stash:
        item.stash[_SCENARIO] = _lire(item)
    return item.stash[_SCENARIO]


def joue_par(item: pytest.Item) -> ScenarioJoue:
    """Give the scenario of a test that is known to play one."""
    joue = scenario_de(item)
    assert joue is not None
    return joue


def definitions_de(item: pytest.Item) -> tuple[Definition, ...]:
    """Give the definitions that a test sees; those of one module see the same, which are long to list."""
    connues = item.config.stash.setdefault(_DEFINITIONS, {})
    if item.parent not in connues:
        connues[item.parent] = visibles_de(item)
    return connues[item.parent]


@lru_cache(maxsize=1024)  # Asked for at each step.
def depuis_la_racine(chemin: str, racine: Path) -> str:
    """Give a path from the root of the project; one that is elsewhere as it is."""
    return Path(relatif(chemin, racine)).as_posix()


def _lire(item: pytest.Item) -> ScenarioJoue | None:
    modele = modele_de(item)
    if modele is None:
        return None
    chemin, racine = modele.feature.filename, item.config.rootpath
    parametres: dict[str, Any] = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    parametres.pop(EXEMPLE, None)
    rang = rang_de_l_exemple(item, modele) or 0
    fichier = depuis_la_racine(chemin, racine)
    document = documents.ouvrir(Path(chemin), fichier)
    lignes = document.plans.get(modele.line_number, ())
    joue = rendu_de(item)
    assert joue is not None
    # An outline whose tables are empty is played by pytest-bdd, and compiled to nothing by Gherkin.
    ecrit = document.scenarios[lignes[rang]] if rang < len(lignes) else _compris_par_pytest_bdd(modele, joue)
    place = Place(canonique(chemin), ecrit.ligne)
    return ScenarioJoue(
        id=item.nodeid,
        execution=" ".join([str(place), *(f"{nom}={valeur}" for nom, valeur in sorted(parametres.items()))]),
        racine=racine,
        fichier=fichier,
        ligne=ecrit.ligne,
        nom=ecrit.nom,
        fonctionnalite=modele.feature.name,
        regle=ecrit.regle.nom,
        etiquettes=ecrit.etiquettes,
        exemple=ecrit.exemple,
        modele=ecrit.modele,
        rang_d_exemple=_rang_a_dire(rang, [document.scenarios[ligne] for ligne in lignes]),
        etapes=ecrit.etapes,
        pas=tuple(joue.steps),
    )


def _rang_a_dire(rang: int, ecrits: Sequence[Ecrit]) -> int:
    """Give the rank of an example, from 1, if another one would bear the same name; 0 otherwise."""

    def dit(ecrit: Ecrit) -> str:
        return nom_complet({"nom": ecrit.nom, "exemple": ecrit.exemple, "modele": ecrit.modele})

    noms = [dit(ecrit) for ecrit in ecrits]
    return rang + 1 if rang < len(noms) and noms.count(noms[rang]) > 1 else 0


def _compris_par_pytest_bdd(modele: ScenarioTemplate, joue: Scenario) -> Ecrit:
    etapes = tuple(Etape(etape.keyword.strip(), etape.name, etape.line_number) for etape in joue.steps)
    return Ecrit(joue.name, modele.line_number, Regle(), tuple(sorted(modele.tags)), {}, etapes, {})
