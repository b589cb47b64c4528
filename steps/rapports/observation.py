"""What pytest knows of a scenario that it plays, written down as plain facts: one line of the stream for one attempt.

With the plugin, the only module here that knows pytest. It runs where the scenario is played: in a process of xdist,
most often. The facts of a line, besides those of `Enregistreur.bilan`:

    id, commande            the test, and what plays it alone
    fonctionnalite, regle   their names; `exemple`, the row of an outline by its columns
    tentative, rejoue       its number from 1, and whether another follows it
    ouvrier, navigateur     the process, and the browser if one was opened
    issue                   succes, echec, ignore (it asked to be left), a_faire (it failed, as its tag announces)
    phase                   of what failed: preparation, etapes, controles, nettoyage
    duree_ms                without what is cleaned up afterwards
"""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import parsers
from pytest_bdd.parser import ScenarioTemplate, Step

from steps.definitions.collecte import EXEMPLE, modele_de, rendu_de
from steps.definitions.definitions import Definition, visibles_de
from steps.definitions.inventaire import relatif
from steps.navigateur.enregistreur import ECHEC, IGNORE, NON_DEFINI, NON_JOUE, SUCCES, Enregistreur, Etape
from steps.plugins import contexte_pytest
from steps.rapports import artefacts, documents
from steps.rapports.documents import Ecrit, Regle
from steps.rapports.flux import A_FAIRE
from steps.rapports.resume import nom_complet

RAISON = pytest.StashKey[str]()
"""Why a scenario was set aside, when it was not by an option of pytest."""

_DEFINITIONS = pytest.StashKey[dict[object, dict[Callable[..., object], list[Definition]]]]()
_ECRIT = pytest.StashKey[Ecrit]()


def ecrit(item: pytest.Item) -> Ecrit:
    """Give the scenario of a test as it is written."""
    if _ECRIT not in item.stash:
        item.stash[_ECRIT] = _trouver(item)
    return item.stash[_ECRIT]


def fichier(item: pytest.Item) -> str:
    """Give the feature of a test, from the root of the project."""
    modele = modele_de(item)
    return _depuis_la_racine(modele.feature.filename, contexte_pytest.racine(item.config)) if modele else ""


def lieu(item: pytest.Item) -> tuple[Path, int, str]:
    """Give where a scenario is written and its title, in the form in which pytest asks for them."""
    scenario = ecrit(item)
    nom = nom_complet({"nom": scenario.nom, "exemple": scenario.exemple})
    return contexte_pytest.racine(item.config) / fichier(item), scenario.ligne - 1, nom


def ouvrir(item: pytest.Item) -> Enregistreur:
    """Begin to record a scenario, none of its steps being played yet."""
    scenario = ecrit(item)
    return Enregistreur(scenario.nom, fichier(item), scenario.ligne, scenario.etiquettes, scenario.etapes)


def definition(item: pytest.Item, etape: Step, fonction: Callable[..., object]) -> dict[str, Any]:
    """Say which sentence and which lines of code play a step."""
    candidates = _definitions(item).get(fonction, [])
    choisie = next((chaque for chaque in candidates if len(candidates) == 1 or chaque.joue(etape)), None)
    return _dite(choisie, contexte_pytest.racine(item.config)) if choisie else {}


def relever(item: pytest.Item, enregistreur: Enregistreur, rapports: Sequence[pytest.TestReport]) -> dict[str, Any]:
    """Give the line of an attempt that is over."""
    scenario = ecrit(item)
    modele = modele_de(item)
    _reconnaitre(item, enregistreur)
    bilan = enregistreur.bilan()
    issue, phase = _issue(rapports, bilan)
    erreur = bilan.pop("erreur", None)
    if erreur is None and phase not in ("", "etapes"):
        erreur = _dite_par_pytest(rapports)
    return {
        "id": item.nodeid,
        "commande": artefacts.commande(item),
        **bilan,
        "evenements": [_relatif(item, evenement) for evenement in bilan["evenements"]],
        "fonctionnalite": modele.feature.name if modele else "",
        "regle": scenario.regle.nom,
        **({"exemple": dict(scenario.exemple)} if scenario.exemple else {}),
        "ouvrier": contexte_pytest.ouvrier(item.config),
        "issue": issue,
        **({"phase": phase} if phase else {}),
        **({"erreur": erreur} if erreur else {}),
        "duree_ms": round(sum(rapport.duration for rapport in rapports if rapport.when != "teardown") * 1000, 1),
    }


def _reconnaitre(item: pytest.Item, enregistreur: Enregistreur) -> None:
    """Say of each step that was not reached what would have played it, or that nothing would.

    What follows a step that asked to leave is not missed.
    """
    statuts = {etape["statut"] for etape in enregistreur.etapes}
    if NON_JOUE not in statuts:
        return
    scenario = rendu_de(item)
    toutes = [chaque for groupe in _definitions(item).values() for chaque in groupe]
    for etape, comprise in zip(enregistreur.etapes, scenario.steps if scenario else (), strict=False):
        if etape["statut"] == NON_JOUE:
            choisie = next((chaque for chaque in toutes if chaque.joue(comprise)), None)
            if choisie is not None:
                etape["definition"] = _dite(choisie, contexte_pytest.racine(item.config))
            elif IGNORE not in statuts:
                etape["statut"] = NON_DEFINI


def _definitions(item: pytest.Item) -> dict[Callable[..., object], list[Definition]]:
    """Give the definitions that a test sees, by their function; those of one module see the same."""
    connues = item.config.stash.setdefault(_DEFINITIONS, {})
    if item.parent not in connues:
        par_fonction: dict[Callable[..., object], list[Definition]] = {}
        for chaque in visibles_de(item):
            par_fonction.setdefault(chaque.contexte.step_func, []).append(chaque)
        connues[item.parent] = par_fonction
    return connues[item.parent]


@lru_cache(maxsize=1024)  # Asked for at each step.
def _dite(choisie: Definition, racine: Path) -> dict[str, Any]:
    return {
        "phrase": choisie.phrase,
        "fichier": _depuis_la_racine(choisie.fichier, racine),
        "ligne": choisie.ligne,
        **({"reguliere": True} if isinstance(choisie.parser, parsers.re) else {}),
    }


def _trouver(item: pytest.Item) -> Ecrit:
    modele = modele_de(item)
    assert modele is not None
    document = documents.ouvrir(Path(modele.feature.filename), fichier(item))
    lignes = document.plans.get(modele.line_number, ())
    rang = _rang(item, modele)
    return document.scenarios[lignes[rang]] if rang < len(lignes) else _compris_par_pytest_bdd(item, modele)


def _rang(item: pytest.Item, modele: ScenarioTemplate) -> int:
    """Give the rank of the example of a test among all those of its scenario; 0 in a scenario without."""
    parametres: dict[str, Any] = item.callspec.params if hasattr(item, "callspec") else {}
    if EXEMPLE not in parametres:
        return 0
    return [exemple for groupe in modele.examples for exemple in groupe.as_contexts()].index(parametres[EXEMPLE])


def _issue(rapports: Sequence[pytest.TestReport], bilan: Mapping[str, Any]) -> tuple[str, str]:
    """Say how an attempt ended, and in which part of its life it failed."""
    dans_une_etape = any(etape["statut"] in (ECHEC, IGNORE) or "erreur" in etape for etape in bilan["etapes"])
    phases = {"setup": "preparation", "call": "etapes" if dans_une_etape else "controles", "teardown": "nettoyage"}
    for rapport in rapports:
        if rapport.failed:
            return ECHEC, phases[rapport.when]
        if rapport.skipped:
            return (A_FAIRE if hasattr(rapport, "wasxfail") else IGNORE), phases[rapport.when]
    return SUCCES, ""


def _dite_par_pytest(rapports: Sequence[pytest.TestReport]) -> dict[str, Any]:
    """Give what pytest says of a failure that no step had: a fixture, a cleaning, a scenario expected to fail."""
    rapport = next(rapport for rapport in rapports if not rapport.passed)
    dit = rapport.longrepr
    if isinstance(dit, tuple):
        return {"genre": "Skipped", "message": str(dit[2])}
    accident = getattr(dit, "reprcrash", None)
    return {"genre": "", "message": str(accident.message if accident else dit).removeprefix("[XPASS(strict)] ")}


def _relatif(item: pytest.Item, evenement: Mapping[str, Any]) -> dict[str, Any]:
    """Give a path of a file from the folder of the stream; one that is so already is left alone."""
    chemin = Path(evenement.get("chemin", ""))
    if not chemin.is_absolute():
        return dict(evenement)
    return {**evenement, "chemin": Path(os.path.relpath(chemin, artefacts.dossier(item.config))).as_posix()}


def _compris_par_pytest_bdd(item: pytest.Item, modele: ScenarioTemplate) -> Ecrit:
    """Give a scenario that Gherkin does not compile and pytest-bdd plays: an outline whose tables are empty."""
    scenario = rendu_de(item)
    assert scenario is not None
    etapes = (Etape(etape.keyword.strip(), etape.name, etape.line_number) for etape in scenario.steps)
    return Ecrit(scenario.name, modele.line_number, Regle(), tuple(sorted(modele.tags)), {}, tuple(etapes), {})


@lru_cache(maxsize=1024)  # Same reason.
def _depuis_la_racine(chemin: str, racine: Path) -> str:
    return Path(relatif(chemin, racine)).as_posix()
