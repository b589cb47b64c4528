"""The suite against a server that it did not start, seen from outside: with an account, and with nothing right.

The guide's own scenarios are played against a demonstration without a test door, and its catalogue is left as it was.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from steps.donnees.serveur import Serveur
from steps.gherkin.typographie import aplanir

RACINE = Path(__file__).resolve().parents[2]
SCENARIOS = "tests/acceptation/test_features.py"
COMPTE = {"COMPTE": "gestionnaire@beta.example", "MOT_DE_PASSE": "catalogue-de-demonstration"}
CODE_D_USAGE = 4


class SansPorte(Serveur):
    """The demonstration as anybody starts it: no test door."""

    def environnement(self) -> dict[str, str]:
        return {nom: valeur for nom, valeur in super().environnement().items() if nom != "BANC_ESSAI_JETON"}

    def commande(self) -> list[str]:
        return [*super().commande(), "--demonstration"]


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    dossier = tmp_path_factory.mktemp("demonstration")
    with SansPorte(dossier, dossier / "journal.log") as demarre:
        yield demarre.adresse


@pytest.fixture
def pytest_de_loin(tmp_path):
    """Run pytest on the real scenarios; give its code and what it wrote, in plain typography."""

    def jouer(adresse, *options, **environnement):
        propres = ("PYTEST", "COMPTE", "MOT_DE_PASSE", "BANC_ESSAI_JETON")
        garde = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(propres)}
        commande = [
            sys.executable,
            "-m",
            "pytest",
            SCENARIOS,
            "-p",
            "no:cacheprovider",
            "--base-url",
            adresse,
            *options,
        ]
        joue = subprocess.run(
            commande, cwd=RACINE, env=garde | environnement, capture_output=True, text=True, timeout=150, check=False
        )
        return joue.returncode, aplanir(joue.stdout + joue.stderr)

    return jouer


# Something made by the scenario, something made for it in each status, and something that must be left out.
QUELQUES = "fait_apparaître or sans_avoir_rempli or déjà_utilisé or que_jai_validée or ensuite or dit_lessentiel"


def test_an_account_plays_most_of_the_guide_through_the_screens_and_leaves_nothing(pytest_de_loin, demonstration):
    code, dit = pytest_de_loin(demonstration, "-m", "guide", "-k", QUELQUES, **COMPTE)
    assert code == 0, dit
    assert "trouvé : Fiche vivante 0." in dit
    assert "préparé par les écrans, dans le catalogue de gestionnaire@beta.example" in dit
    assert "1 scénario : il faut des formations modifiées à une date choisie\n    La carte de ma formation" in dit
    assert "1 scénario : il faut lire ce qui est enregistré sans passer par l'écran" in dit
    assert re.search(r"\n=+ 4 passed, \d+ deselected in ", dit)
    assert "laissé dans le catalogue" not in dit

    # Had anything been left, scenarios would now be set aside for it.
    # The guides of our own begin from contacts and places that only the test door makes.
    code, dit = pytest_de_loin(demonstration, "-m", "guide and not hors_source", "--collect-only", "-q", **COMPTE)
    recueillis = re.search(r"(\d+)/\d+ tests collected", dit)
    assert recueillis is not None, dit
    retenus = int(recueillis[1])
    ecartes = sum(map(int, re.findall(r"^(\d+) scénarios? : ", dit, re.MULTILINE)))
    assert "est déjà dans le catalogue" not in dit
    assert retenus > 10 * ecartes > 0


def test_a_wrong_password_is_said_before_anything_is_played(pytest_de_loin, demonstration):
    code, dit = pytest_de_loin(demonstration, **COMPTE | {"MOT_DE_PASSE": "de travers"})
    assert code == CODE_D_USAGE
    assert dit == (
        "ERROR: Le compte gestionnaire@beta.example ne se connecte pas : « Adresse électronique ou mot de passe "
        "incorrect. »\n\n"
    )


@pytest.mark.parametrize(
    ("options", "environnement", "phrase"),
    [
        ((), COMPTE | {"COMPTE": "lecteur@alpha.example"}, "ne peut que lire son catalogue"),
        ((), {"BANC_ESSAI_JETON": "x"}, "n'a pas de porte d'essai"),
        ((), {"COMPTE": "a@b.example"}, "COMPTE et MOT_DE_PASSE vont ensemble"),
        (("-n", "2"), COMPTE, "Un seul compte ne se partage pas entre plusieurs processus"),
        (("--chahut", "features"), {}, "--chahut : la graine « features » n'est pas un nombre"),
        (("--chahut", "--browser", "firefox"), {}, "--chahut demande Chromium"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_code_4(pytest_de_loin, demonstration, options, environnement, phrase):
    code, dit = pytest_de_loin(demonstration, *options, **environnement)
    assert code == CODE_D_USAGE
    assert phrase in dit
    assert dit.count("\n") == 2, dit
    assert "Traceback" not in dit
