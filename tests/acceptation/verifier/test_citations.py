"""The guide and its original say the same: each way of drifting apart is found, and nothing is said of a good pair."""

from pathlib import Path

import pytest

from steps.gherkin.lecture import lire_fichier
from steps.gherkin.original import chemin_de_l_original, citations, lire_original, par_phrase
from steps.gherkin.regles.citations import controler_source
from steps.gherkin.regles.defauts import REGLES

FEATURE = """\
# language: fr
@guide
Fonctionnalité: Vérifier

  @etape_7
  Règle: Étape 7 - Cliquez sur « Vérifier »
    Cliquez sur le bouton « Vérifier ». Un message
    s'affiche.

    @illustre
    Scénario: Un message s'affiche
      Fiche : Cliquez sur le bouton
      « Vérifier » :
      Fiche : Un message s'affiche :

      Quand je clique sur « Vérifier »
      Alors un message s'affiche

  @etape_8
  Règle: Ensuite
    Et voilà.

    Scénario: Voilà
      Fiche : Et voilà.

      Quand j'attends
      Alors je vois
"""
SOURCE = """\
[[phrases]]
id = "7.1"
place = "Étape 7"
texte = "Cliquez sur le bouton « Vérifier » :"

[[phrases]]
id = "7.2"
place = "Étape 7"
texte = "Un message s'affiche :"

[[phrases]]
id = "8.1"
place = "Étape 8"
texte = "Et voilà !"
absente = true
"""


@pytest.fixture
def trouver(tmp_path):
    def chercher(feature: str = FEATURE, source: str | None = SOURCE) -> set[tuple[str, int]]:
        dossier = tmp_path / "features" / "guide"
        dossier.mkdir(parents=True, exist_ok=True)
        fichier = dossier / "verifier.feature"
        fichier.write_text(feature, "utf-8")
        original = chemin_de_l_original(fichier)
        original.unlink(missing_ok=True)
        if source is not None:
            original.write_text(source, "utf-8")
        lu = lire_fichier(fichier)
        assert lu.fonctionnalite is not None
        return {(defaut.code, defaut.ligne) for defaut in controler_source(lu, lu.fonctionnalite)}

    return chercher


VOILA = SOURCE.replace("Et voilà !", "Et voilà.")
DEGATS = [
    ("FI001", 11, "Fiche : Un message s'affiche :", "Fiche : Un message apparaît :"),
    ("FI004", 11, "Fiche : Un message s'affiche :", "Fiche : Un message s'affiche :\n      Fiche : Et voilà."),
    ("FI002", 1, "      Fiche : Et voilà.\n", ""),
    ("FI003", 6, "s'affiche.\n\n    @illustre", "s'affiche. Souriez.\n\n    @illustre"),
    ("FI006", 6, "    @illustre\n", ""),
]


def test_a_guide_that_quotes_its_original_has_no_fault(trouver):
    assert trouver(source=VOILA) == set()


@pytest.mark.parametrize(("code", "ligne", "avant", "apres"), DEGATS, ids=[d[0] for d in DEGATS])
def test_each_drift_is_found(trouver, code, ligne, avant, apres):
    assert avant in FEATURE
    assert (code, ligne) in trouver(FEATURE.replace(avant, apres), VOILA)


@pytest.mark.parametrize("source", ["[[phrases]", "phrases = 3", VOILA.replace('id = "7.1"', ""), VOILA + VOILA])
def test_an_original_that_cannot_be_read_is_a_fault(trouver, source):
    assert trouver(source=source) == {("FI005", 1)}


def test_a_sentence_that_changed_in_the_original_is_found_on_both_sides(trouver):
    assert trouver(source=VOILA.replace("Un message s'affiche", "Un message paraît")) == {
        ("FI001", 11), ("FI002", 1), ("FI003", 6),
    }  # fmt: skip


def test_every_rule_about_the_original_has_a_damage_that_shows_it():
    assert {code for code, *_ in DEGATS} | {"FI005"} == {code for code in REGLES if code.startswith("FI")}


def test_a_feature_without_an_original_is_left_alone(trouver):
    assert trouver(source=None) == set()


def test_every_sentence_of_our_guide_is_quoted_word_for_word():
    fiche = Path("features/guide/creer_une_formation_clea.feature")
    original = lire_original(chemin_de_l_original(fiche))
    lue = lire_fichier(fiche).fonctionnalite
    assert lue is not None
    cites = par_phrase(original, citations(lue))
    assert len(original.phrases) == 36
    assert all(cites.values())
    assert {phrase.id for phrase in original.phrases if phrase.absente} == {"9.1", "10.1"}
