"""The machinery itself, on a few faults and a few scenarios of the real guide, in processes of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from steps.gherkin.typographie import aplanir

RACINE = Path(__file__).resolve().parents[3]
LE_BOUTON = "reste inactif tant qu'aucune certification"


def tourner(*arguments):
    """Run the command and give its code and what it said."""
    commande = [sys.executable, "-m", "steps.sabotage", "-n", "1", *arguments, "--scenarios", LE_BOUTON]
    fait = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, timeout=120, check=False)
    return fait.returncode, aplanir(fait.stdout)


@pytest.fixture(scope="module")
def trois_fautes(notre_serveur):
    """One run of three faults, which nothing else has to start again: two that the scenario sees, one that it does not.

    Its code when all are caught, and all that it may say, are tried in test_bilan.
    """
    return tourner("--fautes", "suivant_renomme", "suivant_toujours_actif", "limite_256")


def test_faults_are_caught_where_they_should_be(trois_fautes):
    _, dit = trois_fautes
    assert dit.count("le bouton « Suivant » est inactif") == 2
    assert "Fautes attrapées : 2 sur 3." in dit
    assert "altérés attrapés : 2" not in dit  # The faults that are named are all that is tried.


def test_a_fault_that_nothing_sees_survives_and_makes_exit_1(trois_fautes):
    code, dit = trois_fautes
    assert code == 1, dit
    assert "limite_256 : La limite des points forts est de 256 caractères. (1 scénario)" in dit


def test_altered_steps_are_caught(notre_serveur):
    code, dit = tourner("--seulement", "alors")
    assert code == 0, dit
    assert "2/2   « Suivant » reste inactif tant qu'aucune certification n'est sélectionnée" in dit
    assert "Alors altérés attrapés : 2 sur 2." in dit


# ------------------------------------------------------------------------------------------------ a process of a run

REGLAGES = """\
[pytest]
bdd_features_base_dir = features
verifier_modules = ailleurs
pythonpath = {racine}
addopts = -p steps.plugins.acceptation -p steps.plugins.sabotage --import-mode=importlib -p no:cacheprovider --sans-axe
"""
FEATURE = """\
# language: fr
@guide
Fonctionnalité: Un guide

  Scénario: Une étape aveugle
    Étant donné que je gère le catalogue de mon organisme
    Quand j'ouvre le catalogue
    Alors la page « Catalogue » s'affiche
    Et tout va bien avec « Ce que je crois voir »
"""
AVEUGLE = """\
from pytest_bdd import then
from steps.definitions.phrase import phrase

@then(phrase("tout va bien avec « {quoi} »"))
def croire(quoi):
    pass
"""


@pytest.fixture
def ouvrier(tmp_path):
    """Run one process on the little guide, asked for this; give what it told, by its sort."""
    fichiers = {
        "pytest.ini": REGLAGES.format(racine=RACINE),
        "features/guide/un.feature": FEATURE,
        "tests/conftest.py": AVEUGLE,
        "tests/test_un.py": 'from pytest_bdd import scenarios\nscenarios("guide")\n',
    }
    for nom, contenu in fichiers.items():
        (tmp_path / nom).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / nom).write_text(contenu, "utf-8")
    (tmp_path / "taches").mkdir()

    def demander(**voulu):
        demande: dict[str, Any] = {
            "fautes": None, "seulement": "", "scenarios": [], "attendus": False, "delai": 800, "connu": "", "rang": 0,
        } | voulu  # fmt: skip
        lecture, ecriture = os.pipe()
        options = {"--sabotage": json.dumps(demande), "--sabotage-dossier": "taches", "--sabotage-canal": str(ecriture)}
        lance = subprocess.run(
            [sys.executable, "-m", "pytest", "tests", "-q", *(mot for option in options.items() for mot in option)],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(RACINE)}, pass_fds=(ecriture,), capture_output=True,
            text=True, timeout=120, check=False,
        )  # fmt: skip
        os.close(ecriture)
        with os.fdopen(lecture, encoding="utf-8") as canal:
            faits = {fait["sorte"]: fait for fait in map(json.loads, canal)}
        assert faits, lance.stdout
        return faits

    return demander


@pytest.mark.parametrize(
    ("voulu", "raison"),
    [
        ({"scenarios": ["aucun scénario de ce nom"]}, "aucun scénario dans ce qui est demandé"),
        ({"seulement": "fautes", "fautes": ["inconnue"]}, "fautes inconnues : inconnue"),
    ],
)
def test_what_cannot_be_done_is_said(notre_serveur, ouvrier, voulu, raison):
    faits = ouvrier(**voulu)
    assert faits.keys() == {"refus"}
    assert aplanir(faits["refus"]["raison"]) == raison


def test_a_step_that_looks_at_nothing_is_found_out(notre_serveur, ouvrier):
    faits = ouvrier(seulement="alors")
    assert [(e["pas"], e["attrapee"]) for e in faits["alors"]["essayees"]] == [
        ("la page « Catalogue » s'affiche", True),
        ("tout va bien avec « Ce que je crois voir »", False),
    ]
    assert aplanir(faits["alors"]["essayees"][1]["raison"]) == "l'étape passe encore"
