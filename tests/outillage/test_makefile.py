"""The commands a newcomer types first."""

import re
import subprocess

import pytest

CIBLES = (
    "help", "serve", "test", "un", "check", "acceptance", "harness", "replay", "guide", "sabotage", "mutation",
    "format", "bench", "endurance", "coupures", "promesses", "horloges", "clean",
)  # fmt: skip
CONTROLES = (
    "ruff format --check", "ruff check", "-m mypy", "lint-imports", "-m djlint", "-m steps.verifier --etapes",
)  # fmt: skip
FEATURES = "tests/acceptation/test_features.py"
GUIDE = "-m steps.guide.publication --verifier"


def faire(racine, environnement, *arguments):
    return subprocess.run(
        ["make", *arguments], cwd=racine, env=environnement, capture_output=True, text=True, timeout=60, check=True
    ).stdout


def test_make_alone_says_what_make_help_says(racine, environnement):
    assert faire(racine, environnement) == faire(racine, environnement, "help")


@pytest.mark.parametrize("cible", CIBLES)
def test_help_gives_each_target_one_line(racine, environnement, cible):
    lignes = [ligne for ligne in faire(racine, environnement, "help").splitlines() if ligne.split()[0] == cible]
    assert len(lignes) == 1
    assert len(lignes[0]) <= 110


def test_help_lists_every_target_of_the_makefile_that_a_person_calls(racine, environnement):
    appelables = set(re.findall(r"^\.PHONY: (\S+)$", (racine / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    listees = {ligne.split()[0] for ligne in faire(racine, environnement, "help").splitlines()[1:]}
    assert listees == appelables == set(CIBLES)


@pytest.fixture
def options(outil):
    def dire(**choix):
        return outil("acceptation").options({f"CHOIX_{nom}": valeur for nom, valeur in choix.items()})

    return dire


def test_acceptance_passes_its_variables_to_pytest_as_they_were_typed(options):
    typed = 'un titre collé, avec l\'apostrophe "et" $(rien)'
    asked = options(
        K=typed, M="@etape_7", F="features/regles/codes.feature", BASE_URL="http://un", ARGS="-n 2 -k 'a or b'"
    )
    assert asked == [
        FEATURES, f"--mots={typed}", "-m", "etape_7", "--fichier=features/regles/codes.feature", "--base-url", "http://un",
        "-n", "2", "-k", "a or b",
    ]  # fmt: skip
    assert options(M="@etape_7 and not @lent") == [FEATURES, "-m", "etape_7 and not lent"]
    assert options() == [FEATURES]
    assert options(N="2") == [FEATURES, "-n", "2", "--dist", "worksteal"]
    for choix in ("K", "M", "F", "BASE_URL", "ARGS"):
        assert "worksteal" not in options(N="2", **{choix: "x"})
    assert options(NAVIGATEUR="firefox") == [FEATURES, "--browser", "firefox"]


@pytest.mark.parametrize(
    ("choix", "dit"),
    [
        ({"NAVIGATEUR": "safari"}, "NAVIGATEUR vaut «\u00a0safari\u00a0»\u00a0: choisissez chromium ou firefox."),
        ({"ARGS": "-k 'a"}, "ARGS : un guillemet ouvert n’est pas refermé."),
    ],
)
def test_what_makes_no_sense_is_said(options, choix, dit):
    with pytest.raises(SystemExit, match=re.escape(dit)):
        options(**choix)


def test_no_shell_reads_what_is_typed(racine, environnement, tmp_path):
    typed = f"l'apostrophe ; touch {tmp_path}/un $(shell touch {tmp_path}/deux) `touch {tmp_path}/trois`"
    choix = ("--old-file=.venv/.pret-essais", "--old-file=webapp/static/tiers/.pret", f"K={typed}", f"T={typed}")
    for cible in ("acceptance", "un"):
        commandes = faire(racine, environnement, "--dry-run", cible, *choix)
        assert "apostrophe" not in commandes
    assert list(tmp_path.iterdir()) == []


def test_acceptance_plays_the_scenarios_alone_and_the_harness_all_but_them(racine, environnement):
    commande = faire(racine, environnement, "--dry-run", "--old-file=.venv/.pret-essais", "harness")
    assert "-m pytest tests/acceptation --ignore=tests/acceptation/test_features.py" in commande


@pytest.mark.parametrize("cible", ["test", "harness", "guide", "sabotage", "mutation", "bench"])
def test_what_plays_in_a_browser_looks_for_it_first(racine, environnement, cible):
    options = ("--old-file=.venv/.pret-essais", "--old-file=webapp/static/tiers/.pret")
    commandes = faire(racine, environnement, "--dry-run", cible, *options)
    assert commandes.index('chemin=$(.venv/bin/python .outils/navigateur.py) && export CHROMIUM="$chemin" && ') >= 0


def test_what_python_compiles_is_kept_for_the_processes_to_come(racine, environnement):
    contraire = environnement | {"PYTHONDONTWRITEBYTECODE": "1"}
    recette = "--eval=dit:\n\t@env"
    assert "PYTHONDONTWRITEBYTECODE" not in faire(racine, contraire, recette, "dit")
    assert "PYTHONUTF8=1" in faire(racine, contraire, recette, "dit")


def test_replay_opens_the_last_trace(racine, environnement):
    commande = faire(racine, environnement, "--dry-run", "--old-file=.venv/.pret-essais", "replay", "ARGS=--port=9323")
    assert "-m steps.rapports.trace --port=9323" in commande


def test_test_checks_the_code_before_it_runs_the_suite_and_never_waits_for_the_guide(racine, environnement):
    commandes = faire(racine, environnement, "--dry-run", "test", "ARGS=-k titre")
    suite = commandes.index("-m pytest -n 2 --dist worksteal -k titre")
    assert all(0 < commandes.index(controle) < suite for controle in CONTROLES)
    assert GUIDE not in commandes


def test_check_runs_every_checker_and_tells_each_apart(racine, environnement):
    commandes = faire(racine, environnement, "--dry-run", "check")
    assert all(commandes.count(controle) == 1 for controle in (*CONTROLES, GUIDE))
    assert "--keep-going --output-sync=target" in commandes


def test_ci_calls_the_command_of_the_readme(racine):
    script = (racine / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^exec make test$", script, re.MULTILINE)
    assert "make test" in (racine / "README.md").read_text(encoding="utf-8")
