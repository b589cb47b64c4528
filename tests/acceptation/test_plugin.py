"""The plugin, seen from outside: pytest is run on a project of one feature, against the server of the session."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from steps.gherkin.typographie import aplanir
from steps.plugins import contexte_pytest
from steps.rapports.flux import lire

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


@pytest.fixture
def projet(tmp_path, notre_serveur):
    """Run pytest on a feature and give what it wrote, in plain typography; the token is passed on unless told."""

    def jouer(feature, *options, jeton=notre_serveur.jeton):
        (tmp_path / "features" / "regles").mkdir(parents=True, exist_ok=True)
        (tmp_path / "features" / "regles" / "essai.feature").write_text(ENTETE + feature, "utf-8")
        (tmp_path / "features" / "regles" / "autre.feature").write_text(AUTRE, "utf-8")
        (tmp_path / "tests").mkdir(exist_ok=True)
        (tmp_path / "tests" / "test_essai.py").write_text(MODULE, "utf-8")
        (tmp_path / "pytest.ini").write_text(REGLAGES.format(racine=RACINE), "utf-8")
        environnement = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("PYTEST")}
        environnement |= {contexte_pytest.JETON: jeton, "PYTHONPATH": str(RACINE)}
        joue = subprocess.run(
            [sys.executable, "-m", "pytest", "tests", "-q", "--base-url", notre_serveur.adresse, *options],
            cwd=tmp_path,
            env=environnement,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return aplanir(joue.stdout)

    return jouer


QUI_ECHOUE = """\
  Scénario: Celui qui échoue
    Étant donné que je gère le catalogue de mon organisme
    Quand je suis sur la page « Catalogue »
    Alors mon catalogue contient 3 formation
"""


def test_a_failed_scenario_leaves_a_trace_a_picture_and_the_messages(projet, tmp_path):
    sortie = projet(QUI_ECHOUE)
    la = next((tmp_path / "resultats" / "acceptation").glob("celui-qui-echoue-*"))
    assert {fichier.name for fichier in la.iterdir()} == {"ecran.png", "page.txt", "navigateur.txt", "trace.zip"}
    assert (la / "ecran.png").read_bytes().startswith(b"\x89PNG")
    assert "Catalogue" in (la / "page.txt").read_text("utf-8")
    assert "Console du navigateur" in (la / "navigateur.txt").read_text("utf-8")
    with zipfile.ZipFile(la / "trace.zip") as trace:
        assert any(nom.endswith(".trace") for nom in trace.namelist())
    for dit in (f"trace      {la.relative_to(tmp_path)}/trace.zip", f"image      {la.relative_to(tmp_path)}/ecran.png"):
        assert dit in sortie
    assert f"{sys.executable} -m pytest 'tests/test_essai.py::test_celui_qui_échoue' --base-url http" in sortie
    assert "\n1 failed in" in sortie


def test_a_failure_is_told_in_french_with_its_steps_and_what_was_there(projet):
    sortie = projet(QUI_ECHOUE, "--sans-rejeu")
    assert "= scénarios en échec =" in sortie
    assert "\nfeatures/regles/essai.feature:5\n  ✓ Étant donné que je gère le catalogue de mon organisme\n" in sortie
    assert "\n  ✗ Alors mon catalogue contient 3 formation\n      attendu  3\n      trouvé   0\n" in sortie
    assert "Traceback" not in sortie
    assert "E   " not in sortie


@pytest.mark.parametrize("option", ["--python", "--tb=short"])
def test_the_traceback_of_python_is_there_for_who_asks(projet, option):
    sortie = projet(QUI_ECHOUE, "--sans-rejeu", option)
    assert "= scénarios en échec =" not in sortie
    assert re.search(r"E +assert 0 == 3", sortie)
    assert "Pour comprendre" in sortie


def test_a_scenario_that_passes_again_removes_what_it_left(projet, tmp_path):
    projet(QUI_ECHOUE, "--sans-rejeu")
    sortie = projet(QUI_ECHOUE.replace("contient 3 formation", "est vide"))
    assert "\n1 passed in" in sortie
    assert not list((tmp_path / "resultats" / "acceptation").glob("celui-qui-echoue-*"))


def test_each_scenario_tells_its_events(projet, tmp_path):
    projet(QUI_ECHOUE.replace("contient 3 formation", "est vide"), "--junit-xml=junit.xml")
    junit = (tmp_path / "junit.xml").read_text("utf-8")
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


def test_the_stream_names_the_server_and_no_version_that_may_not_be_its_own(projet, tmp_path, notre_serveur):
    projet(QUI_ECHOUE.replace("contient 3 formation", "est vide"))
    with (tmp_path / "resultats" / "acceptation" / "evenements.ndjson").open(encoding="utf-8") as lignes:
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


def test_without_a_token_what_must_be_arranged_is_set_aside_and_said(projet):
    sortie = projet(SANS_PREPARATION + QUI_ECHOUE, jeton="")
    assert "\n1 passed, 1 deselected in" in sortie
    assert "1 scénario : il prépare des données : donnez BANC_ESSAI_JETON" in sortie
    assert "\n    Celui qui échoue\n" in sortie
