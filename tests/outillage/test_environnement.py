"""The set-up on machines that are not as usual: another Python, a folder that was moved, no home to write to."""

import os
import shutil
import subprocess
import sys

import pytest

from webapp import cli
from webapp.domain.textes import fr

UN_AUTRE = "#!/bin/sh\necho 'un autre Python'\n"


@pytest.fixture
def projet(racine, tmp_path):
    """A folder with the scripts of the set-up, and an environment that was made in it."""
    dossier = tmp_path / "projet"
    shutil.copytree(racine / ".outils", dossier / ".outils")
    (dossier / ".venv" / "bin").mkdir(parents=True)
    (dossier / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (dossier / ".venv" / ".lieu").write_text(f"{(dossier / '.venv').resolve()}\n")
    return dossier


def verifier(dossier, python=""):
    """Give what must be made again."""
    commande = [str(dossier / ".outils" / "environnement"), "--verifier", ".venv"]
    variables = {**os.environ, "PYTHON": python}
    fait = subprocess.run(commande, cwd=dossier, env=variables, capture_output=True, text=True, check=True)
    assert fait.stderr == ""
    return fait.stdout.strip()


def test_an_environment_made_here_serves_whoever_asks_for_no_python(projet):
    assert verifier(projet) == ""
    assert verifier(projet, sys.executable) == ""


def test_an_environment_of_another_python_is_made_again(projet, tmp_path):
    autre = tmp_path / "python3.99"
    autre.write_text(UN_AUTRE)
    autre.chmod(0o755)
    assert verifier(projet, str(autre)) == ".venv"
    assert verifier(projet, "python-absent") == ".venv"


def test_an_environment_that_was_moved_is_made_again(projet, tmp_path):
    deplace = projet.rename(tmp_path / "ailleurs")
    assert verifier(deplace) == ".venv"
    assert verifier(deplace, sys.executable) == ".venv"


def test_an_environment_that_is_not_there_is_nothing_to_make_again(projet):
    shutil.rmtree(projet / ".venv")
    assert verifier(projet, sys.executable) == ""


def lignes(racine, environnement, *mots):
    fait = subprocess.run(
        ["make", *mots], cwd=racine, env=environnement, capture_output=True, text=True, timeout=60, check=True
    )
    return fait.stdout


def test_make_makes_the_environment_again_for_the_python_that_is_named(racine, environnement, tmp_path):
    autre = tmp_path / "python3.99"
    autre.write_text(UN_AUTRE)
    autre.chmod(0o755)
    assert ".outils/environnement .venv" not in lignes(racine, environnement, "--dry-run", "serve")
    assert ".outils/environnement .venv" in lignes(racine, environnement, "--dry-run", "serve", f"PYTHON={autre}")
    assert ".outils/environnement .venv" in lignes(racine, environnement | {"PYTHON": str(autre)}, "--dry-run", "serve")


def test_the_cache_of_npm_stays_with_the_project(racine, environnement):
    fait = subprocess.run(
        [str(racine / ".outils" / "npm"), "config", "get", "cache"], cwd=racine, timeout=60, check=True,
        env=environnement | {"HOME": "/nonexistent"}, capture_output=True, text=True,
    )  # fmt: skip
    assert fait.stdout.strip() == str(racine / ".cache" / "npm")


def test_a_machine_without_utf_8_is_told_what_is_missing(racine, environnement):
    variables = environnement | {"LC_ALL": "C", "PYTHONUTF8": "0"}
    fait = subprocess.run(
        [sys.executable, "-m", "webapp", "migrer"], cwd=racine, env=variables, capture_output=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert (fait.returncode, fait.stdout) == (1, b"")
    assert fait.stderr.decode() == f"{fr(cli.SANS_UTF_8)}\n"


def test_make_reads_names_with_accents_in_any_language(racine, environnement):
    variables = environnement | {"LC_ALL": "C", "PYTHONUTF8": "0"}
    assert lignes(racine, variables, "--eval=utf8: ; @echo $$PYTHONUTF8", "utf8") == "1\n"
