"""The pytest plugin of the illustrated guide: pictures and what was seen, for the scenarios of the guide.

    --guide    take the pictures of the scenarios @illustre, note the words of the screen that the guide quotes, and
               leave all of it in resultats/guide; `python -m steps.guide.publication` then publishes it

Without the option nothing is written: what those scenarios show is compared on the way with what is published, and
they fail when a picture must be taken again. Only where a screen is the same each time: our own server, Chromium, a
steady hand; neither against another deployment, nor with --chahut, --lent or a deliberate fault.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error
from pytest_bdd.parser import Scenario, Step

from steps.gherkin.edition import lire_edition
from steps.gherkin.etiquettes import GUIDE, ILLUSTRE
from steps.gherkin.lecture import lire_fichier
from steps.gherkin.original import chemin_de_l_original, citations, cle, lire_original
from steps.gherkin.typographie import dire, plier
from steps.guide.comparaison import Comparateur, phrases, publies
from steps.guide.publication import RELEVE, dossier
from steps.navigateur.illustration import Illustrateur, Plan
from steps.plugins import contexte_pytest
from steps.plugins.gestes import gestes_de
from steps.plugins.scenario import joue_par

PROPRIETE = "guide"
_NOMS = re.compile(r'"((?:[^"\\]|\\.)*)"')
_TEXTES = re.compile(r"^\s*- (?:text|[a-z]+)(?: \[[^\]]*\])*: (.+)$", re.MULTILINE)
_ATTENDUS = pytest.StashKey[dict[str, set[str]]]()
_RESULTATS = pytest.StashKey[dict[str, dict[str, Any]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("scénarios").addoption(
        "--guide", action="store_true", help=dire("prendre les images du mode d'emploi dans les scénarios du guide")
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin with no picture of another run."""
    if config.getoption("guide") and not contexte_pytest.est_un_ouvrier(config):
        shutil.rmtree(dossier(config.rootpath), ignore_errors=True)
        config.stash[_RESULTATS] = {}


# ------------------------------------------------------------------------------------------------ during a scenario


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: Scenario) -> None:
    """Prepare the pictures of the scenario, and the words to look for in it; or what it is to be compared with."""
    item: pytest.Item = request.node
    if GUIDE not in joue_par(item).etiquettes:
        return
    if not item.config.getoption("guide"):
        _comparer(item)
        return
    attendus: dict[str, set[str]] = {nom: set() for nom in _libelles(Path(scenario.feature.filename), scenario)}
    item.stash[_ATTENDUS] = attendus
    if ILLUSTRE in joue_par(item).etiquettes:
        images = dossier(item.config.rootpath) / "images"
        prefixe = f"{Path(scenario.feature.filename).stem.replace('_', '-')}-"
        item.stash[contexte_pytest.ILLUSTRATEUR] = Illustrateur(list(_plans(item, scenario)), images, prefixe)


def _plans(item: pytest.Item, scenario: Scenario) -> Iterator[Plan]:
    """Give the pictures to take in a scenario, from the layout of its guide."""
    textes = [etape.texte for etape in joue_par(item).etapes]
    for figure in lire_edition(Path(scenario.feature.filename)).du_scenario(joue_par(item).nom):
        reperes = {rang: geste.repere for rang, geste in zip(figure.rangs(textes), figure.gestes, strict=True)}
        yield Plan(figure.nom, reperes, figure.ecran)


def _comparer(item: pytest.Item) -> None:
    """Compare a scenario with its pictures, if it has the sentences that they illustrate (or `make check` says it)."""
    joue = joue_par(item)
    publie = publies().get((joue.fichier, joue.nom)) if contexte_pytest.conditions_du_guide(item.config) else None
    if publie is not None and publie.images and list(publie.phrases) == phrases(joue.etapes):
        item.stash[contexte_pytest.ILLUSTRATEUR] = Comparateur(publie.images)


def pytest_bdd_before_step(request: pytest.FixtureRequest, scenario: Scenario, step: Step) -> None:
    """Illustrate what the person does and sees, not what the scenario starts from."""
    item: pytest.Item = request.node
    illustrateur = item.stash.get(contexte_pytest.ILLUSTRATEUR, None)
    if illustrateur is not None and step.type in {"when", "then"}:
        illustrateur.commencer_pas(scenario.steps.index(step) + 1, step.name)
    _regarder(item)


def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """Keep the picture of the step, and note the words that are on screen after it."""
    item: pytest.Item = request.node
    if (illustrateur := item.stash.get(contexte_pytest.ILLUSTRATEUR, None)) is not None:
        illustrateur.finir_pas()
    _regarder(item)


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Send what was taken and noted along with the report of the test."""
    item: pytest.Item = request.node
    attendus = item.stash.get(_ATTENDUS, None)
    if attendus is None:
        return
    illustrateur = item.stash.get(contexte_pytest.ILLUSTRATEUR, None)
    joue = joue_par(item)
    scene = item.stash.get(contexte_pytest.SCENE, None)
    note = {
        "fichier": joue.fichier,
        "ligne": joue.ligne,
        "nom": joue.nom,
        "phrases": phrases(joue.etapes),
        **gestes_de(item),
        "navigateur": scene.navigateur if scene else "",
        "images": [asdict(image) for image in illustrateur.images] if isinstance(illustrateur, Illustrateur) else [],
        "libelles": {libelle: bool(vus) for libelle, vus in attendus.items()},
    }
    item.user_properties.append((PROPRIETE, json.dumps(note, ensure_ascii=False)))


def _regarder(item: pytest.Item) -> None:
    """Look for the words not seen yet among the accessible names and the texts of the page."""
    attendus = item.stash.get(_ATTENDUS, None)
    scene = item.stash.get(contexte_pytest.SCENE, None)
    if not attendus or scene is None or all(attendus.values()):
        return
    try:
        lu = scene.pilote.page.locator("body").aria_snapshot()
    except Error:
        return  # The page is being replaced: it will be looked at after the step.
    vus = {plier(nom.replace('\\"', '"')) for nom in _NOMS.findall(lu)} | {
        plier(texte) for texte in _TEXTES.findall(lu)
    }
    for libelle, deja in attendus.items():
        if plier(libelle) in vus:
            deja.add(libelle)


def _libelles(feature: Path, scenario: Scenario) -> Iterator[str]:
    """Give the words of the screen in the sentences that a scenario quotes."""
    source, lue = chemin_de_l_original(feature), lire_fichier(feature).fonctionnalite
    if lue is None or not source.exists():
        return
    cites = {cle(citation.texte) for citation in citations(lue) if citation.ligne == scenario.line_number}
    for phrase in lire_original(source).phrases:
        if cle(phrase.texte) in cites:
            yield from phrase.libelles


# ------------------------------------------------------------------------------------------------ at the end of a run


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep what each scenario noted and how it ended; with xdist, reports come to the process that asked for them."""
    _dernier.noter(report)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Listen to the reports of this run."""
    _dernier.resultats = session.config.stash.get(_RESULTATS, None)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave what was noted where the publication reads it."""
    resultats = session.config.stash.get(_RESULTATS, None)
    if resultats is None:
        return
    la = dossier(session.config.rootpath)
    la.mkdir(parents=True, exist_ok=True)
    releve = {
        "joue_le": datetime.now(UTC).isoformat(timespec="seconds"),
        "scenarios": sorted(resultats.values(), key=lambda note: (note["fichier"], note["ligne"])),
    }
    (la / RELEVE).write_text(json.dumps(releve, ensure_ascii=False, indent=1) + "\n", "utf-8")


class _Ecoute:
    """The reports of the run under way: pytest gives no session to the hook that brings them."""

    resultats: dict[str, dict[str, Any]] | None = None

    def noter(self, report: pytest.TestReport) -> None:
        """Keep a scenario; any phase that fails makes it fail."""
        if self.resultats is None:
            return
        note = dict(report.user_properties).get(PROPRIETE)
        if note is not None:
            lue = json.loads(str(note))
            self.resultats.setdefault(report.nodeid, {**lue, "statut": "passe"}).update(lue)
        if report.failed and report.nodeid in self.resultats:
            self.resultats[report.nodeid]["statut"] = "echoue"


_dernier = _Ecoute()
