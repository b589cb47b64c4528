"""The key of a scenario changes with all that decides whether its « Alors » are seen, and with nothing else."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_bdd.feature import get_feature
from pytest_bdd.steps import step_function_context_registry

from steps.definitions.definitions import Definition
from steps.definitions.scenario_joue import ScenarioJoue
from steps.phrases import MODULES
from steps.sabotage import cles, contraires
from steps.sabotage.cles import cle_du_scenario

FEATURE = """\
# language: fr
Fonctionnalité: Un guide

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  @mobile
  Scénario: Un scénario
    Quand j'ouvre le catalogue
    Alors la page « Catalogue » s'affiche
    Et je ne lis plus « Brouillon »
    Et les boutons suivants sont proposés, dans cet ordre :
      | Annuler | Valider |
"""


def definitions() -> list[Definition]:
    contextes = step_function_context_registry.values()
    return [Definition(contexte) for contexte in contextes if contexte.step_func.__module__ in MODULES]


@pytest.fixture
def cle(tmp_path):
    """Give the key of a scenario as it is written, or as it is after a change."""

    def cle(avant: str = "", apres: str = "") -> str:
        assert avant in FEATURE
        dossier = tmp_path / str(len(list(tmp_path.iterdir())))
        dossier.mkdir()
        (dossier / "un.feature").write_text(FEATURE.replace(avant, apres) if avant else FEATURE, "utf-8")
        [modele] = get_feature(str(dossier), "un.feature").scenarios.values()
        joue = ScenarioJoue(
            id="", execution="", racine=Path(), fichier="un.feature", ligne=modele.line_number, nom=modele.name,
            fonctionnalite="", regle="", etiquettes=tuple(modele.tags), exemple={}, modele="",
            rang_d_exemple=0, etapes=(), pas=tuple(modele.render({}).steps),
        )  # fmt: skip
        return cle_du_scenario(joue, definitions())

    return cle


def test_a_scenario_keeps_its_key_when_nothing_of_it_changes(cle):
    assert cle() == cle()
    assert cle() == cle("Scénario: Un scénario", "Scénario: Un autre titre")
    assert cle() == cle("\n  Contexte", "\n\n\n  Contexte")
    assert cle() == cle("« Catalogue »", "«\u00a0Catalogue\u00a0»")


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("« Catalogue »", "« Connexion »"),
        ("| Annuler | Valider |", "| Valider | Annuler |"),
        ("je gère le catalogue de mon organisme", "je suis connecté"),
        ("@mobile", "@clavier"),
        ("Et je ne lis plus", "Et je ne lis nulle part"),
        ("    Quand j'ouvre le catalogue\n", ""),
    ],
)
def test_it_changes_with_what_the_scenario_says_and_with_how_it_is_played(cle, avant, apres):
    assert cle(avant, apres) != cle()


def test_it_changes_with_what_its_alors_could_have_said(cle, monkeypatch):
    avant = cle()
    monkeypatch.setitem(contraires.AUTRES_VALEURS, ("je ne lis plus « {texte} »", "texte"), ("Catalogue",))
    assert cle() != avant


def test_it_changes_with_the_code_that_looks_however_deep(cle, monkeypatch):
    """« la page … s'affiche » calls `voir_titre_de_page`, which is written in the screens."""
    avant, ecrits = cle(), cles._ecrits()
    assert ast.unparse(ecrits["voir_la_page"][0]).count("voir_titre_de_page") == 1
    for nom, change in (("voir_titre_de_page", True), ("voir_la_page", True), ("remplir_le_formulaire_inconnu", False)):
        autres = {**ecrits, nom: [ast.parse("def autre(): pass").body[0]]}
        with monkeypatch.context() as m:
            m.setattr(cles, "_ecrits", lambda autres=autres: autres)
            cles.code.cache_clear()
            assert (cle() != avant) is change
        cles.code.cache_clear()
    assert cle() == avant


def test_every_scenario_has_a_key_of_its_own_that_holds_its_conditions(cle):
    joue = ScenarioJoue("", "", Path(), "", 1, "", "", "", ("a", "b"), {}, "", 0, (), ())
    assert cle_du_scenario(joue, ()) == cle_du_scenario(replace(joue, etiquettes=("b", "a")), ())
    assert cle_du_scenario(joue, ()) != cle_du_scenario(replace(joue, etiquettes=("a",)), ())
