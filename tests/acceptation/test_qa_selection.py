"""Scenarios are chosen in a person's words, and a choice that nothing fits is said, with what is nearest."""

from typing import Any

import pytest
from pytest_bdd.parser import Step

from steps.gherkin.typographie import aplanir
from steps.plugins.ailleurs import dessous
from steps.sabotage import __main__ as sabotage

REGLAGES = """
[pytest]
addopts = -p steps.plugins.acceptation -p no:playwright -p no:socket -p no:cacheprovider --strict-markers
bdd_features_base_dir = features
verifier_modules = ailleurs
"""
FEATURE = """# language: fr
@regles
Fonctionnalité: {nom}

  Scénario: {nom}, un titre collé, avec l'apostrophe
    Quand j'agis

  @etape_7
  Plan du scénario: {nom} avec <quoi>
    Quand j'agis

    Exemples:
      | quoi     |
      | un été   |
      | l'hiver  |
"""
MODULE = """
from pytest_bdd import scenarios, step
from steps.definitions.lisibles import lisibles
from steps.definitions.phrase import phrase
scenarios(*lisibles("regles"))
@step(phrase("j'agis"))
def _(): assert True
def test_autre(): pass
"""


@pytest.fixture
def choisir(pytester):
    dossier = pytester.path / "features" / "regles"
    dossier.mkdir(parents=True)
    for nom in ("codes", "droits"):
        (dossier / f"{nom}.feature").write_text(FEATURE.format(nom=nom.capitalize()), "utf-8")
    pytester.makefile(".ini", pytest=REGLAGES)
    (pytester.path / "test_essai.py").write_text(MODULE, "utf-8")

    def jouer(*options):
        joue = pytester.runpytest_inprocess("-q", *options)
        sortie = aplanir(joue.stdout.str() + joue.stderr.str())
        return int(joue.ret), joue.parseoutcomes() if " in " in sortie else {}, sortie

    return jouer


def test_words_a_file_a_line_or_a_tag_choose_the_scenarios(choisir):
    for options, joues in (
        (("--mots", "titre COLLE avec l'apostrophe"), 2),
        (("--mots", "codes avec"), 3),
        (("--mots", "ete"), 2),
        (("--fichier", "features/regles/codes.feature"), 3),
        (("--fichier", "features/regles"), 6),
        (("--fichier", "features/regles/codes.feature:6"), 1),
        (("--fichier", "features/regles/codes.feature:15"), 1),
        (("--fichier", "features/regles/codes.feature", "--mots", "hiver"), 1),
        (("-m", "etape_7"), 4),
    ):
        _, comptes, sortie = choisir(*options)
        assert comptes["passed"] == joues, sortie
        assert f"= {joues} joué" in sortie


@pytest.mark.parametrize(
    ("options", "dit"),
    [
        (("--mots", "codes avec l'automne"), "Le plus proche : « Codes avec"),
        (("--mots", "codes and droits"), "ARGS=\"-k '…'\""),
        (("--fichier", "features/regles/code.feature"), "Le plus proche : features/regles/codes.feature."),
        (("-m", "etape7"), "La plus proche : etape_7."),
    ],
)
def test_a_choice_that_nothing_fits_is_said_with_what_is_nearest(choisir, options, dit):
    code, _, sortie = choisir(*options)
    assert code == 4
    assert dit in sortie
    assert "Traceback" not in sortie


def test_in_haste_the_features_of_the_choice_alone_are_read_and_the_next_session_reads_all(choisir, pytester):
    _, comptes, sortie = choisir("--vite", "--mots", "codes avec l'hiver")
    assert comptes["passed"] == 1, sortie
    assert "3 écrits = 3 collectés = 1 joué" in sortie
    assert "1 fichier lu" in sortie
    assert "droits.feature" not in sortie, "nothing is said of what was not read"
    _, comptes, sortie = choisir("--mots", "codes avec l'hiver")
    assert comptes["passed"] == 1, sortie
    assert "6 écrits = 6 collectés = 1 joué" in sortie
    assert "2 fichiers lus" in sortie


def test_in_haste_too_what_is_nearest_is_looked_for_in_every_feature(choisir):
    code, _, sortie = choisir("--vite", "--mots", "droits avec codes")
    assert code == 4
    assert "Le plus proche : « Droits avec" in sortie


def test_reruns_are_said_to_have_no_effect_on_scenarios(choisir):
    _, comptes, sortie = choisir("--reruns", "2", "--mots", "titre", "-v")
    assert comptes["passed"] == 2
    assert "--reruns : sans effet sur les scénarios" in sortie


def test_what_stands_under_a_step_is_shown_to_who_watches():
    texte = Step("je lis :", "then", 0, 1, "Alors", None, "un\ndeux")
    assert list(dessous(texte)) == ['"""', "un", "deux", '"""']
    assert list(dessous(Step("je lis", "then", 0, 1, "Alors", None, None))) == []


def test_the_faults_that_are_named_are_the_only_thing_tried(monkeypatch, capsys):
    demandes: list[dict[str, Any]] = []

    def ecouter(demande, _):
        demandes.append(demande)
        yield from ()

    monkeypatch.setattr("steps.sabotage.ouvriers.ecouter", ecouter)
    sabotage.principal(["--fautes", "limite_256"])
    assert demandes[0]["seulement"] == "fautes"
    sabotage.principal(["--scenarios", "clavier"])
    assert demandes[1]["seulement"] == ""
    capsys.readouterr()
