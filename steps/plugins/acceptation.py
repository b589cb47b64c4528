"""The pytest plugin of the scenarios (`-p steps.plugins.acceptation`): the definitions of the steps, and their life.

    --sans-rejeu    do not play a failed scenario again to keep its trace
    --sans-axe      do not look for faults of accessibility

What fails a scenario besides its own steps: a complaint of the browser's console, a fault of accessibility in a state
that it goes through, an error written by the server, a picture of the guide that no longer is what is shown.
"""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytest_bdd.parser import Step

from steps.donnees.serveur import PLAINTE
from steps.gherkin.typographie import dire, plier
from steps.guide.comparaison import Comparateur
from steps.navigateur.delais import COURT, DELAIS
from steps.phrases import MODULES
from steps.plugins import contexte_pytest, gestes, observation, rejeu
from steps.plugins.scenario import scenario_de
from steps.rapports.erreurs import Comparaison, decrire

pytest_plugins = [
    "steps.plugins.memoire",
    "steps.plugins.verification",
    "steps.plugins.rapports",
    "steps.plugins.selection",
    "steps.plugins.visite",
    "steps.plugins.guide",
    "steps.plugins.historique",
    "steps.plugins.ailleurs",
    "steps.plugins.depart",
    "steps.plugins.fixtures",
    *MODULES,
]

SANS_DEFINITION = dire("Aucune définition ne joue cette étape.")

_COMPARAISON = pytest.StashKey[Comparaison | None]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    parser.getgroup("scénarios").addoption(
        "--sans-rejeu", action="store_true", help=dire("ne pas rejouer un scénario en échec pour en garder la trace")
    )
    parser.getgroup("scénarios").addoption(
        "--sans-axe", action="store_true", help=dire("ne pas analyser l'accessibilité des écrans traversés")
    )


def pytest_configure() -> None:
    """Let a run that is asked to end (SIGTERM) end as by Ctrl-C: its reports are made, its server stops."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let `-k` find a scenario by the words of its title and of its example, with their accents or without.

    pytest escapes the accents of an example in the name of its test. Its setting that leaves them lets through
    everything else, in the names of all the tests: what ends a line, or changes the direction of writing.
    """
    joue = scenario_de(item)
    for texte in (joue.nom, *joue.exemple.values()) if joue else ():
        plat = plier(texte)
        item.extra_keyword_matches |= {texte, plat, plat.replace(" ", "_")}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Play the scenarios our way; leave the other tests to pytest."""
    if scenario_de(item) is None or item.config.getoption("setuponly", default=False):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for rapport in rejeu.jouer(item, nextitem):
        item.ihook.pytest_runtest_logreport(report=rapport)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


# -------------------------------------------------------------------------------------------- the life of a scenario


def pytest_assertrepr_compare(config: pytest.Config, op: str, left: object, right: object) -> None:
    """Remember what was compared: should a step fail for it, it says what was expected and what was there."""
    config.stash[_COMPARAISON] = Comparaison(op, left, right)


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Step, step_func: Callable[..., object]) -> None:
    """Let what the last gesture started come to its end, so that nothing is read too early; note the new step."""
    item: pytest.Item = request.node
    item.config.stash[_COMPARAISON] = None
    enregistreur = item.stash[contexte_pytest.ENREGISTREUR]
    enregistreur.commencer_pas(observation.definition(item, step, step_func))
    scene = item.stash.get(contexte_pytest.SCENE, None)
    if item.stash.get(contexte_pytest.RANG_EN_ECHEC, -1) == enregistreur.rang:
        DELAIS.constater(COURT)
        if scene is not None:
            scene.abreger(COURT)
    if scene is not None:
        scene.situer_dans_la_trace(f"{step.keyword} {step.name}")
    with _echec_note(item):
        observation.exiger_des_valeurs_attendues(item, step, step_func)
        if scene is not None:
            scene.pilote.attendre_le_calme()


def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """Note that a step is over."""
    item: pytest.Item = request.node
    item.stash[contexte_pytest.ENREGISTREUR].finir_pas()


def pytest_bdd_step_error(request: pytest.FixtureRequest, exception: Exception) -> None:
    """Note that a step failed."""
    _noter_l_echec(request.node, exception)


def pytest_bdd_step_func_lookup_error(request: pytest.FixtureRequest, exception: Exception) -> None:
    """Note that a step has no definition."""
    item: pytest.Item = request.node
    item.stash[contexte_pytest.EN_ECHEC] = True
    item.stash[contexte_pytest.ENREGISTREUR].manquer_pas(_decrire(item, exception) | {"message": SANS_DEFINITION})


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Close the record; a scenario whose steps all passed is then judged on what nobody looked at."""
    item: pytest.Item = request.node
    enregistreur = item.stash[contexte_pytest.ENREGISTREUR]
    if (scene := item.stash.get(contexte_pytest.SCENE, None)) is not None:
        enregistreur.situer(navigateur=scene.navigateur)
    if enregistreur.en_cours:
        # Neither done nor failed: the step asked pytest to leave the scenario there.
        enregistreur.ignorer_pas(_decrire(item, sys.exception() or Exception()))
    elif not item.stash[contexte_pytest.EN_ECHEC]:
        try:
            _juger(item)
        except Exception as erreur:
            enregistreur.echouer(_decrire(item, erreur))
            raise


def _juger(item: pytest.Item) -> None:
    if (scene := item.stash.get(contexte_pytest.SCENE, None)) is not None:
        scene.pilote.attendre_le_calme()
        scene.surveillance.juger()
    ecrit = contexte_pytest.ecrit_par_le_serveur(item.config)
    if PLAINTE in ecrit:
        raise AssertionError(dire("Le serveur a écrit une erreur pendant le scénario :") + "\n" + ecrit)
    if isinstance(comparateur := item.stash.get(contexte_pytest.ILLUSTRATEUR, None), Comparateur):
        comparateur.juger()
    gestes.juger(item)


@contextmanager
def _echec_note(item: pytest.Item) -> Iterator[None]:
    """Note the failure of what is done around a step: pytest-bdd only tells of those inside."""
    try:
        yield
    except Exception as erreur:
        _noter_l_echec(item, erreur)
        raise


def _noter_l_echec(item: pytest.Item, erreur: Exception) -> None:
    item.stash[contexte_pytest.EN_ECHEC] = True
    item.stash[contexte_pytest.ENREGISTREUR].finir_pas(_decrire(item, erreur))


def _decrire(item: pytest.Item, erreur: BaseException) -> dict[str, Any]:
    comparaison = item.config.stash.get(_COMPARAISON, None)
    return decrire(erreur, comparaison, item.config.rootpath)
