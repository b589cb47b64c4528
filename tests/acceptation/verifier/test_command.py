"""python -m steps.verifier, as a person runs it."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from steps.gherkin.lecture import comme_fichier
from steps.gherkin.regles.defauts import REGLES
from steps.verifier.__main__ import EN_DEFAUT, SANS_DEFAUT, SANS_OBJET, main
from steps.verifier.audit import auditer_sans_pytest
from tests.acceptation.verifier.modele import BON


@pytest.fixture
def folder(tmp_path, monkeypatch):
    guide = tmp_path / "features" / "guide"
    guide.mkdir(parents=True)
    (guide / "verifier.feature").write_text(BON, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return guide


@pytest.mark.usefixtures("folder")
def test_command_is_content_with_a_feature_without_fault(capsys):
    assert main([]) == SANS_DEFAUT
    assert capsys.readouterr().out == "1 fichier lu, 4 scénarios, 8 étapes\u00a0: aucun défaut.\n"


def test_command_says_each_fault_with_its_place_and_a_suggestion(folder, capsys):
    (folder / "verifier.feature").write_text(BON.replace("Quand je vérifie", "Quant je vérifie"), encoding="utf-8")
    assert main(["features"]) == EN_DEFAUT
    out = capsys.readouterr().out
    assert "features/guide/verifier.feature:12: FR204 " in out
    assert "    → " in out
    assert "1 défaut.\n" in out


def test_command_repairs_and_says_what_it_repaired(folder, capsys):
    path = folder / "verifier.feature"
    path.write_text(BON.replace("Scénario: Un", "Scénario : Un"), encoding="utf-8")
    assert main(["--fix"]) == SANS_DEFAUT
    assert path.read_text(encoding="utf-8") == BON
    assert "features/guide/verifier.feature\u00a0: réparé\n" in capsys.readouterr().out
    before = path.stat().st_mtime_ns
    assert main(["--fix"]) == SANS_DEFAUT
    assert path.stat().st_mtime_ns == before


def test_command_never_writes_back_a_file_that_it_could_not_read(folder):
    path = folder / "verifier.feature"
    path.write_bytes(BON.encode("latin-1"))
    assert main(["--fix"]) == EN_DEFAUT
    assert path.read_bytes() == BON.encode("latin-1")


def test_command_reads_hidden_folders_and_odd_names_too(folder, capsys):
    (folder / ".cache").mkdir()
    (folder / ".cache" / "oubli.feature").write_text(BON, encoding="utf-8")
    (folder / "verifier.feature.bak").write_text(BON, encoding="utf-8")
    assert main([]) == EN_DEFAUT
    out = capsys.readouterr().out
    assert "features/guide/verifier.feature.bak:1: FR004" in out
    assert "3 fichiers lus" in out


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", [["ailleurs"], ["features/vide"], ["features", "ailleurs"]])
def test_command_does_not_call_nothing_a_success(capsys, arguments):
    Path("features/vide").mkdir()
    assert main(arguments) == SANS_OBJET
    assert capsys.readouterr().err


def test_command_lists_its_rules(capsys):
    assert main(["--regles"]) == SANS_DEFAUT
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(REGLES)


DEFINITIONS = """
from pytest_bdd import step, then, when
from steps.definitions.phrase import phrase

@when(phrase("je dis « {mot} »"))
def dire(mot):
    assert mot

@step(phrase("je dis « oui »"))
def dire_oui():
    assert True

@then(phrase("on m'entend"))
def entendre():
    assert True

@then(phrase("on me voit"))
def voir():
    assert True
"""
PAROLES = """\
# language: fr
@regles
Fonctionnalité: Paroles

  Scénario: Parler
    Quand je dis « oui »
    Et que je chante
    Alors on m'entend :
      | a |
    Et on m'entend
      | a |

  @a_faire
  Scénario: Rêver
    Quand je rêve
    Alors on m'entend
"""


@pytest.fixture
def paroles(tmp_path, monkeypatch):
    """A module of sentences, none of which pytest knows."""
    (tmp_path / "paroles_d_essai.py").write_text(DEFINITIONS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "paroles_d_essai", raising=False)
    return importlib.import_module("paroles_d_essai")


@pytest.mark.parametrize("complet", [False, True])
def test_the_steps_are_audited_without_collecting_anything(paroles, tmp_path, complet):
    fichier = comme_fichier(PAROLES, tmp_path / "features" / "regles" / "paroles.feature", tmp_path)
    audit = auditer_sans_pytest([fichier], [paroles], tmp_path, complet=complet)
    dans_la_feature = {(defaut.ligne, defaut.code) for defaut in audit.defauts if defaut.fichier == fichier.nom}
    assert dans_la_feature == {(6, "ET002"), (7, "ET001"), (8, "ET001"), (10, "ET010")}
    ailleurs = {(defaut.ligne, defaut.code) for defaut in audit.defauts if defaut.fichier == "paroles_d_essai.py"}
    assert ailleurs == {(5, "ET005"), *({(17, "ET003")} if complet else ())}
    assert (audit.pas, audit.definitions, audit.a_faire) == (6, 4, 1)


def test_the_command_audits_the_steps_of_our_project_unasked(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(Path(__file__).parents[3])
    feature = tmp_path / "features" / "regles" / "essai.feature"
    feature.parent.mkdir(parents=True)
    feature.write_text(PAROLES, encoding="utf-8")
    assert main([str(feature)]) == EN_DEFAUT
    out = capsys.readouterr().out
    assert out.count("ET001") == 4
    assert "ET003" not in out


SETTINGS = """
[pytest]
addopts = -p steps.plugins.verification --strict-markers
filterwarnings = error
verifier_modules = test_features.py
"""

STEPS = """
from pytest_bdd import scenarios, step
from steps.definitions.phrase import phrase

scenarios("features")

@step(phrase("{tout}"))
def tout(tout):
    assert tout
"""


@pytest.mark.parametrize(("module", "expected"), [("", SANS_DEFAUT), ("async ", EN_DEFAUT)])
def test_command_audits_the_steps_through_pytest(folder, module, expected):
    root = folder.parents[1]
    simple = "# language: fr\n@guide @etape_1\nFonctionnalité: A\n\n  Scénario: B\n    Quand c\n    Alors d\n"
    (folder / "verifier.feature").write_text(simple, encoding="utf-8")
    (root / "test_features.py").write_text(STEPS.replace("def ", f"{module}def "), encoding="utf-8")
    (root / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-m", "steps.verifier", "--etapes"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == expected, done.stdout + done.stderr
    assert ("ET006" in done.stdout) is (expected == EN_DEFAUT)
