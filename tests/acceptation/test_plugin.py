"""The plugin, seen from outside: pytest is run on a project of one feature, against the server of the session."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from steps.gherkin.typographie import aplanir
from steps.plugins import contexte_pytest
from steps.rapports.artefacts import DOSSIER as RESULTATS
from steps.rapports.flux import NOM, lire

RACINE = Path(__file__).resolve().parents[2]
REGLAGES = """\
[pytest]
bdd_features_base_dir = features
verifier_modules = ailleurs
pythonpath = {racine}
addopts = -p steps.plugins.acceptation --strict-markers --import-mode=importlib -p no:cacheprovider
filterwarnings = error
junit_family = xunit2
"""
MODULE = 'from pytest_bdd import scenarios\nscenarios("regles/essai.feature")\n'
ENTETE = "# language: fr\n@regles\nFonctionnalité: Essai du plugin\n\n"
# A feature that no test reads: the checker then does not expect every definition to serve.
AUTRE = """\
# language: fr
@regles
Fonctionnalité: Une autre

  Scénario: Un autre
    Quand je suis sur la page « Catalogue »
    Alors la page « Catalogue » s'affiche
"""


QUI_ECHOUE = """\
  Scénario: Celui qui échoue
    Étant donné que je gère le catalogue de mon organisme
    Quand je suis sur la page « Catalogue »
    Alors mon catalogue contient 3 formation
"""


def jouer(la, serveur, feature, *options, jeton=None):
    """Run pytest on a feature in that folder and give what it wrote, in plain typography."""
    fichiers = {
        "features/regles/essai.feature": ENTETE + feature,
        "features/regles/autre.feature": AUTRE,
        "tests/test_essai.py": MODULE,
        "pytest.ini": REGLAGES.format(racine=RACINE),
    }
    for nom, contenu in fichiers.items():
        (la / nom).parent.mkdir(parents=True, exist_ok=True)
        (la / nom).write_text(contenu, "utf-8")
    environnement = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("PYTEST")}
    environnement |= {contexte_pytest.JETON: serveur.jeton if jeton is None else jeton, "PYTHONPATH": str(RACINE)}
    joue = subprocess.run(
        [sys.executable, "-m", "pytest", "tests", "-q", "--base-url", serveur.adresse, *options],
        cwd=la,
        env=environnement,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return aplanir(joue.stdout)


@dataclass(frozen=True)
class Joue:
    """A run: its folder, what it said, what it left of the scenario. The next one in the folder may remove it."""

    la: Path
    sortie: str
    laisse: Mapping[str, bytes]

    @classmethod
    def maintenant(cls, la, sortie):
        laisses = (la / RESULTATS).glob("celui-qui-echoue-*/*")
        return cls(la, sortie, {str(laisse.relative_to(la)): laisse.read_bytes() for laisse in laisses})


@pytest.fixture(scope="module")
def echoue(tmp_path_factory, notre_serveur):
    """The scenario that fails, played once for all that it must leave and say."""
    la = tmp_path_factory.mktemp("projet")
    return Joue.maintenant(la, jouer(la, notre_serveur, QUI_ECHOUE))


@pytest.fixture(scope="module")
def reussit(echoue, notre_serveur):
    """The same once it passes, in the same folder."""
    feature = QUI_ECHOUE.replace("contient 3 formation", "est vide")
    return Joue.maintenant(echoue.la, jouer(echoue.la, notre_serveur, feature, "--junit-xml=junit.xml"))


def test_a_failed_scenario_leaves_a_trace_a_picture_and_the_messages(echoue):
    [dossier] = {nom.rpartition("/")[0] for nom in echoue.laisse}
    laisse = {nom.rpartition("/")[2]: octets for nom, octets in echoue.laisse.items()}
    assert laisse.keys() == {"ecran.png", "page.txt", "navigateur.txt", "trace.zip"}
    assert laisse["ecran.png"].startswith(b"\x89PNG")
    assert "Catalogue" in laisse["page.txt"].decode()
    assert "Console du navigateur" in laisse["navigateur.txt"].decode()
    with zipfile.ZipFile(io.BytesIO(laisse["trace.zip"])) as trace:
        assert any(nom.endswith(".trace") for nom in trace.namelist())
    for dit in (f"trace      {dossier}/trace.zip", f"image      {dossier}/ecran.png"):
        assert dit in echoue.sortie
    assert f"{sys.executable} -m pytest 'tests/test_essai.py::test_celui_qui_échoue' --base-url http" in echoue.sortie
    assert "\n1 failed in" in echoue.sortie


def test_a_failure_is_told_in_french_with_its_steps_and_what_was_there(echoue):
    sortie = echoue.sortie
    assert "= scénarios en échec =" in sortie
    assert "\nfeatures/regles/essai.feature:5\n  ✓ Étant donné que je gère le catalogue de mon organisme\n" in sortie
    assert "\n  ✗ Alors mon catalogue contient 3 formation\n      attendu  3\n      trouvé   0\n" in sortie
    assert "Traceback" not in sortie
    assert "E   " not in sortie


@pytest.mark.parametrize("option", ["--python", "--tb=short"])
def test_the_traceback_of_python_is_there_for_who_asks(tmp_path, notre_serveur, option):
    sortie = jouer(tmp_path, notre_serveur, QUI_ECHOUE, "--sans-rejeu", option)
    assert "= scénarios en échec =" not in sortie
    assert re.search(r"E +assert 0 == 3", sortie)
    assert "Pour comprendre" in sortie
    assert not list((tmp_path / RESULTATS).glob("*/trace.zip"))


def test_a_scenario_that_passes_again_removes_what_it_left(echoue, reussit):
    assert "\n1 passed in" in reussit.sortie
    assert echoue.laisse
    assert not reussit.laisse


def test_each_scenario_tells_its_events(reussit):
    junit = (reussit.la / "junit.xml").read_text("utf-8")
    propriete = etree.fromstring(junit.encode()).find(".//property[@name='scenario']")
    assert propriete is not None
    bilan = json.loads(propriete.get("value", ""))
    assert bilan["nom"] == "Celui qui échoue"
    assert [(etape["mot_cle"], etape["statut"]) for etape in bilan["etapes"]] == [
        ("Étant donné que", "succes"),
        ("Quand", "succes"),
        ("Alors", "succes"),
    ]
    assert {"type": "geste", "verbe": "ouvrir", "cible": "/catalogue"}.items() <= next(
        evenement for evenement in bilan["evenements"] if evenement["type"] == "geste"
    ).items()


def test_the_stream_names_the_server_and_no_version_that_may_not_be_its_own(reussit, notre_serveur):
    with (reussit.la / RESULTATS / NOM).open(encoding="utf-8") as lignes:
        execution = lire(lignes)
    assert execution.debut["adresse"] == notre_serveur.adresse
    assert "version" not in execution.debut
    assert execution.tentatives[0]["navigateur"].startswith("chromium ")


SANS_PREPARATION = """\
  @externe
  Scénario: Celui qui ne prépare rien
    Quand je suis sur la page « Mode d'emploi »
    Alors la page « Mode d'emploi » s'affiche

"""


def test_without_a_token_what_must_be_arranged_is_set_aside_and_said(tmp_path, notre_serveur):
    sortie = jouer(tmp_path, notre_serveur, SANS_PREPARATION + QUI_ECHOUE, jeton="")
    assert "\n1 passed, 1 deselected in" in sortie
    assert "1 scénario : il prépare des données : donnez BANC_ESSAI_JETON" in sortie
    assert "\n    Celui qui échoue\n" in sortie
