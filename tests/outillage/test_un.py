"""`make un`: one thing, at once."""

import resource
import subprocess
import sys

import pytest

CONTROLE = "tests/domain/test_controle.py"
FEATURES = "tests/acceptation/test_features.py"


@pytest.fixture
def un(outil):
    return outil("un")


@pytest.mark.parametrize(
    ("voulu", "demande", "scenario"),
    [
        (CONTROLE, [CONTROLE], False),
        (f"{CONTROLE}::test_un", [f"{CONTROLE}::test_un"], False),
        ("tests/web", ["tests/web"], False),
        (FEATURES, [FEATURES], True),
        ("tests/acceptation/test_pilote.py::test_x", ["tests/acceptation/test_pilote.py::test_x"], True),
        ("l’identifiant est DEJA utilisé", [FEATURES, "--mots=l’identifiant est DEJA utilisé"], True),
        ("un message confirme", [FEATURES, "--mots=un message confirme"], True),
        ("refuses a fiche", ["tests", "--ignore=tests/acceptation", "-k", "refuses and a and fiche"], False),
    ],
)  # fmt: skip
def test_a_file_a_node_or_words_are_found(un, voulu, demande, scenario):
    assert un.choisir(voulu) == (demande, scenario)


def test_nothing_asked_for_is_said(un):
    with pytest.raises(SystemExit, match="Dites quoi"):
        un.principal([" "])


def test_a_test_of_the_domain_costs_less_than_two_seconds_of_processor(racine, environnement):
    avant = resource.getrusage(resource.RUSAGE_CHILDREN)
    fait = subprocess.run(
        [sys.executable, ".outils/un.py", CONTROLE], cwd=racine, env=environnement, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    apres = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert fait.returncode == 0, fait.stdout
    assert " passed in " in fait.stdout
    assert "Scénarios :" not in fait.stdout
    assert apres.ru_utime + apres.ru_stime - avant.ru_utime - avant.ru_stime < 2


def test_words_of_a_title_find_its_scenarios_with_their_accents_or_without(racine, environnement):
    commande = [sys.executable, ".outils/un.py", "un message CONFIRME que clea", "--collect-only", "-q"]
    fait = subprocess.run(
        commande, cwd=racine, env=environnement, capture_output=True, text=True, timeout=60, check=False
    )
    assert "test_features.py: 2" in fait.stdout, fait.stdout + fait.stderr
