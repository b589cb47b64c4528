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
        ("l’identifiant est DEJA utilisé", [FEATURES, "--mots=l’identifiant est DEJA utilisé", "--vite"], True),
        ("un message confirme", [FEATURES, "--mots=un message confirme", "--vite"], True),
        ("refuses a fiche", ["tests", "--ignore=tests/acceptation", "-k", "refuses and a and fiche"], False),
    ],
)  # fmt: skip
def test_a_file_a_node_or_words_are_found(un, voulu, demande, scenario):
    assert un.choisir(voulu) == (demande, scenario)


def test_nothing_asked_for_is_said(un):
    with pytest.raises(SystemExit, match="Dites quoi"):
        un.principal([" "])


def couter(commande, **options):
    """Give the processor that a command takes, and what it says."""
    avant = resource.getrusage(resource.RUSAGE_CHILDREN)
    fait = subprocess.run(
        [sys.executable, *commande], capture_output=True, text=True, timeout=60, check=False, **options
    )
    apres = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert fait.returncode == 0, fait.stdout + fait.stderr
    return apres.ru_utime + apres.ru_stime - avant.ru_utime - avant.ru_stime, fait.stdout


def test_a_test_of_the_domain_costs_sixteen_times_an_empty_one_at_most(racine, environnement, tmp_path):
    """With every plugin it is twenty times as much as pytest alone with nothing to do; without, ten."""
    vide = tmp_path / "test_vide.py"
    vide.write_text("def test_vide():\n    pass\n")
    nu = environnement | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    pytest_nu = ["-m", "pytest", "-q", "--rootdir", str(tmp_path), vide.name]
    etalon = min(couter(pytest_nu, cwd=tmp_path, env=nu)[0] for _ in range(3))
    mesures = [couter([".outils/un.py", CONTROLE], cwd=racine, env=environnement) for _ in range(2)]
    for _, dit in mesures:
        assert " passed in " in dit
        assert "Scénarios :" not in dit
    assert min(cout for cout, _ in mesures) < 16 * etalon


def test_words_of_a_title_find_its_scenarios_with_their_accents_or_without(racine, environnement):
    commande = [sys.executable, ".outils/un.py", "un message CONFIRME que clea", "--collect-only", "-q"]
    fait = subprocess.run(
        commande, cwd=racine, env=environnement, capture_output=True, text=True, timeout=60, check=False
    )
    assert "test_features.py: 2" in fait.stdout, fait.stdout + fait.stderr
