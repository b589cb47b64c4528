"""The commands a newcomer types first."""

import re
import subprocess

import pytest

CIBLES = (
    "help", "serve", "test", "un", "check", "acceptance", "replay", "guide", "sabotage", "format", "bench",
    "endurance", "promesses", "horloges", "clean",
)  # fmt: skip
CONTROLES = (
    "ruff format --check", "ruff check", "-m mypy", "lint-imports", "-m djlint", "-m steps.verifier --etapes",
)  # fmt: skip
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


def test_acceptance_passes_its_variables_to_pytest(racine, environnement):
    choix = ("K=identifiant ou titre", "M=etape_7", "BASE_URL=http://127.0.0.1:5000", "ARGS=--headed")
    commande = faire(racine, environnement, "--dry-run", "--old-file=.venv/.pret-essais", "acceptance", *choix)
    assert "-k 'identifiant ou titre'" in commande
    assert "-m 'etape_7'" in commande
    assert "--base-url 'http://127.0.0.1:5000'" in commande
    assert "--headed" in commande


def test_acceptance_runs_the_scenarios_alone_in_another_engine_or_against_another_server(racine, environnement):
    def commande(*choix):
        return faire(racine, environnement, "--dry-run", "--old-file=.venv/.pret-essais", "acceptance", *choix)

    assert "-m pytest tests/acceptation " in commande()
    assert "--browser" not in commande("NAVIGATEUR=chromium")
    firefox = commande("NAVIGATEUR=firefox")
    assert "-m pytest tests/acceptation/test_features.py" in firefox
    assert "--browser firefox" in firefox
    assert ".outils/firefox.py" in firefox
    assert ".outils/navigateur.py" not in firefox
    assert "-m pytest tests/acceptation/test_features.py" in commande("BASE_URL=http://127.0.0.1:5000")


def test_an_engine_that_is_unknown_is_said(racine, environnement):
    options = ("--old-file=.venv/.pret-essais", "--old-file=webapp/static/tiers/.pret", "NAVIGATEUR=safari")
    commande = faire(racine, environnement, "--dry-run", "acceptance", *options)
    assert "NAVIGATEUR vaut « safari » : choisissez chromium ou firefox." in commande


@pytest.mark.parametrize("cible", ["test", "acceptance", "guide", "sabotage", "bench"])
def test_what_plays_in_a_browser_looks_for_it_first(racine, environnement, cible):
    options = ("--old-file=.venv/.pret-essais", "--old-file=webapp/static/tiers/.pret")
    commandes = faire(racine, environnement, "--dry-run", cible, *options)
    assert commandes.index('chemin=$(.venv/bin/python .outils/navigateur.py) && export CHROMIUM="$chemin" && ') >= 0


def test_replay_opens_the_last_trace(racine, environnement):
    commande = faire(racine, environnement, "--dry-run", "--old-file=.venv/.pret-essais", "replay", "ARGS=--port=9323")
    assert "-m steps.rapports.trace --port=9323" in commande


def test_test_checks_the_code_before_it_runs_the_suite_and_never_waits_for_the_guide(racine, environnement):
    commandes = faire(racine, environnement, "--dry-run", "test", "ARGS=-k titre")
    suite = commandes.index("-m pytest -n 2 -k titre")
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
