"""The pytest plugin of those who test: against another deployment, in other conditions, before other eyes.

    --base-url ADRESSE   play against a server that runs already. What it is, is asked first. The token of its test door
                         is read in BANC_ESSAI_JETON; without it, an account in COMPTE and MOT_DE_PASSE lets scenarios
                         be arranged through the screens; without either, only the scenarios @externe are played
    --chahut[=GRAINE]    a processor four times slower, a latency and a pause drawn at each gesture
    --lent[=MS]          to watch: a window if there is a screen, each element marked before it is touched
    --browser firefox    Debian's Firefox

What is not played is listed at the end, with the reason (`steps.ailleurs.ecartes`).
"""

import importlib.util
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

import pytest
from pytest_bdd.parser import Step

from steps.ailleurs import ecartes, prealable
from steps.ailleurs.deploiement import DeploiementRefuse
from steps.ailleurs.ecartes import Ecarte
from steps.gherkin.typographie import dire, habiller
from steps.navigateur.delais import DELAIS
from steps.navigateur.lancement import avec_fenetre
from steps.navigateur.lent import GestesMontres, ecran_present
from steps.plugins import contexte_pytest
from steps.plugins.contexte_pytest import ECARTES, PREALABLE, RAISON
from steps.plugins.scenario import definitions_de, joue_par, scenario_de

FACTEUR_DU_CHAHUT = 4
FACTEUR_DE_FIREFOX = 3
MS_PAR_GESTE = 900
SANS_RERUNS = "--reruns : sans effet sur les scénarios ; celui qui échoue est joué une seconde fois, et compte en échec"
_AU_HASARD = "au hasard"
_PASSAGE = "ecartes"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    groupe = parser.getgroup("scénarios")
    groupe.addoption(
        "--chahut", nargs="?", const=_AU_HASARD, metavar="GRAINE",
        help=dire("ralentir le processeur, et le réseau au hasard ; la graine rejoue le même hasard"),
    )  # fmt: skip
    groupe.addoption(
        "--lent", nargs="?", const=MS_PAR_GESTE, type=int, metavar="MS",
        help=dire("montrer chaque geste avant de le faire, le temps de le voir ({ms} ms)", ms=MS_PAR_GESTE),
    )  # fmt: skip
    if importlib.util.find_spec("pytest_rerunfailures") is None:  # Typed out of habit: better told than refused.
        groupe.addoption("--reruns", type=int, metavar="N", help=dire("sans effet sur les scénarios"))


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set the scene; ask the server what it is. Raises UsageError, which ends the run in one sentence and code 4."""
    config.stash[ECARTES] = []
    _reprendre_la_graine(config)
    moteur = contexte_pytest.moteur(config)
    if contexte_pytest.graine(config) and moteur != "chromium":
        raise pytest.UsageError(dire("--chahut demande Chromium : c'est le seul navigateur que l'on sache ralentir."))
    if contexte_pytest.graine(config):
        DELAIS.etirer(FACTEUR_DU_CHAHUT)
    if moteur == "firefox":
        DELAIS.etirer(FACTEUR_DE_FIREFOX)
    DELAIS.constater()
    if config.getoption("lent") is not None and not _sans_fenetre(config):
        config.option.headed = True
    if contexte_pytest.adresse_donnee(config) and not config.getoption("verifier_seulement"):
        try:
            config.stash[PREALABLE] = prealable.examiner(
                contexte_pytest.adresse_donnee(config), contexte_pytest.jeton_donne(), moteur, seul=_est_seul(config)
            )
        except DeploiementRefuse as refus:
            raise pytest.UsageError(str(refus)) from None


def _est_seul(config: pytest.Config) -> bool:
    """Say whether one process plays all the scenarios."""
    return not (contexte_pytest.est_un_ouvrier(config) or config.getoption("numprocesses", default=None))


def _sans_fenetre(config: pytest.Config) -> str:
    """Say what is missing to show a window; nothing, most often."""
    if not ecran_present():
        return dire("pas d'écran ici (ni DISPLAY, ni WAYLAND_DISPLAY)")
    if contexte_pytest.moteur(config) == "chromium" and avec_fenetre() is None:
        return dire("il faut le Chromium complet (sous Debian, le paquet chromium)")
    return ""


def _reprendre_la_graine(config: pytest.Config) -> None:
    """Draw the seed once, for all the processes of xdist."""
    graine = contexte_pytest.graine(config)
    if graine == _AU_HASARD:
        config.option.chahut = str(random.SystemRandom().randrange(10_000))
    elif graine and not graine.isdecimal():
        raise pytest.UsageError(dire("--chahut : la graine « {graine} » n'est pas un nombre", graine=graine))


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say where and in what conditions the scenarios are played."""
    lignes = []
    if getattr(config.option, "reruns", None):
        lignes.append(dire(SANS_RERUNS))
    if (trouve := config.stash.get(PREALABLE, None)) is not None:
        lignes += trouve.lignes()
    if graine := contexte_pytest.graine(config):
        lignes.append(dire("chahut : graine {graine} ; pour le même : --chahut={graine}", graine=graine))
    if config.getoption("lent") is not None and (manque := _sans_fenetre(config)):
        lignes.append(dire("lent, sans fenêtre : {manque}", manque=manque))
    if contexte_pytest.moteur(config) == "firefox":
        lignes.append(
            dire("Firefox : axe, qui le fait tomber, n'y est pas passé ; l'accessibilité se mesure sous Chromium")
        )
    return lignes


# ------------------------------------------------------------------------------------------------- what is not played


@pytest.hookimpl(trylast=True)  # What the command line does not ask for is no longer there.
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the scenarios reach the server of others; set aside those that cannot be played here."""
    scenarios = {item: joue for item in items if (joue := scenario_de(item))}
    if adresse := contexte_pytest.adresse_donnee(config):
        for item in scenarios:
            item.add_marker(pytest.mark.allow_hosts([urlsplit(adresse).hostname]))
    monde = contexte_pytest.monde(config)
    if monde.porte and monde.moteur == "chromium":
        return
    retires = []
    for item, joue in scenarios.items():
        usages = ecartes.usages_de(joue.pas, definitions_de(item))
        if raison := ecartes.raison(frozenset(joue.etiquettes), usages, monde):
            item.stash[RAISON] = raison
            config.stash[ECARTES].append(Ecarte(joue.nom, raison))
            retires.append(item)
    if retires:
        config.hook.pytest_deselected(items=retires)
        items[:] = [item for item in items if RAISON not in item.stash]
    if hasattr(config, "workeroutput"):
        config.workeroutput[_PASSAGE] = [asdict(retire) for retire in config.stash[ECARTES]]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take from a worker of xdist what it set aside: all set aside the same."""
    if recus := getattr(node, "workeroutput", {}).get(_PASSAGE):
        node.config.stash[ECARTES] = [Ecarte(**recu) for recu in recus]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """List what was set aside, whatever the verbosity, and what could not be removed from somebody's catalogue."""
    if retires := config.stash[ECARTES]:
        terminalreporter.section(dire("scénarios écartés"))
        terminalreporter.write_line("\n".join(ecartes.lignes(retires)))
    if restes := config.stash.get(contexte_pytest.RESTES, []):
        terminalreporter.section(dire("laissé dans le catalogue du compte"))
        terminalreporter.write_line("\n".join(restes))


# ------------------------------------------------------------------------------------------------ during a scenario


@pytest.hookimpl(trylast=True)
def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Step) -> None:
    """Cut the network of a scenario @hors_ligne once it is arranged; say the step to who watches."""
    item: pytest.Item = request.node
    if step.type != "given" and "hors_ligne" in joue_par(item).etiquettes and contexte_pytest.SCENE in item.stash:
        conditions = item.stash[contexte_pytest.SCENE].conditions()
        if not conditions.coupe:
            conditions.couper()
    if item.config.getoption("lent") is not None:
        # pytest-bdd gives a keyword a capital at each of its words.
        _annoncer(item.config, f"    {step.keyword.capitalize()} {habiller(step.name)}")
        for ligne in dessous(step):
            _annoncer(item.config, f"      {ligne}")


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: Any) -> None:
    """Say the scenario to who watches."""
    if request.config.getoption("lent") is not None:
        _annoncer(request.config, f"\n  {habiller(scenario.name)}")


def dessous(step: Step) -> Iterator[str]:
    """Yield what stands under a step, as it is written: its text, or the rows of its table."""
    if step.docstring is not None:
        yield from ('"""', *step.docstring.splitlines(), '"""')
    rangees = [[str(case) for case in rangee] for rangee in step.datatable.raw()] if step.datatable else []
    largeurs = [max(map(len, colonne)) for colonne in zip(*rangees, strict=True)]
    for rangee in rangees:
        cases = (f"{case:<{largeur}}" for case, largeur in zip(rangee, largeurs, strict=True))
        yield f"| {' | '.join(cases)} |"


def _annoncer(config: pytest.Config, ligne: str) -> None:
    capture: Any = config.pluginmanager.getplugin("capturemanager")
    terminal: Any = config.pluginmanager.getplugin("terminalreporter")
    if terminal is None:
        return  # A process of xdist: nobody watches it.
    with capture.global_and_fixture_disabled():
        terminal.write_line(ligne)


@pytest.fixture
def temoins(pytestconfig: pytest.Config) -> Sequence[GestesMontres]:
    """Who shows each gesture of a scenario."""
    duree = pytestconfig.getoption("lent")
    return [] if duree is None else [GestesMontres(duree)]
