"""The guide and its original say the same: each way of drifting apart is found, and nothing is said of a good pair."""

from pathlib import Path

import pytest

from steps.gherkin.edition import chemin_de_l_edition
from steps.gherkin.lecture import lire_fichier
from steps.gherkin.original import (
    Nature,
    chemin_de_l_original,
    chemin_de_la_fiche,
    citations,
    lire_original,
    par_phrase,
)
from steps.gherkin.regles.citations import controler_source
from steps.gherkin.regles.defauts import REGLES
from steps.gherkin.regles.edition import controler_edition

FEATURE = """\
# language: fr
@guide
Fonctionnalité: Vérifier

  @etape_7
  Règle: Étape 7 - Cliquez sur le bouton « Vérifier »
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
  Règle: Et voilà
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
FICHE = """\
7
Cliquez sur le bouton « Vérifier » :

- Un message s'affiche :
"""
EDITION = """\
[[figures]]
nom = "7"
etape = 7
apres = 1
scenario = "Un message s'affiche"
gestes = [{ repere = 7, pas = "je clique sur « Vérifier »" }]
"""


@pytest.fixture
def trouver(tmp_path):
    def chercher(
        feature: str = FEATURE, source: str | None = SOURCE, fiche: str | None = FICHE, edition: str = EDITION
    ) -> set[tuple[str, int]]:
        dossier = tmp_path / "features" / "guide"
        dossier.mkdir(parents=True, exist_ok=True)
        fichier = dossier / "verifier.feature"
        fichier.write_text(feature, "utf-8")
        original = chemin_de_l_original(fichier)
        original.unlink(missing_ok=True)
        if source is not None:
            original.write_text(source, "utf-8")
        if fiche is not None:
            chemin_de_la_fiche(fichier).write_text(fiche, "utf-8")
        chemin_de_l_edition(fichier).write_text(edition, "utf-8")
        lu = lire_fichier(fichier)
        assert lu.fonctionnalite is not None
        defauts = [*controler_source(lu, lu.fonctionnalite), *controler_edition(lu, lu.fonctionnalite)]
        return {(defaut.code, defaut.ligne) for defaut in defauts}

    return chercher


VOILA = SOURCE.replace("Et voilà !", "Et voilà.")
DEGATS = [
    ("FI001", 11, "Fiche : Un message s'affiche :", "Fiche : Un message apparaît :"),
    ("FI004", 11, "Fiche : Un message s'affiche :", "Fiche : Un message s'affiche :\n      Fiche : Et voilà."),
    ("FI002", 1, "      Fiche : Et voilà.\n", ""),
    ("FI003", 6, "s'affiche.\n\n    @illustre", "s'affiche. Souriez.\n\n    @illustre"),
    ("FI003", 6, "Étape 7 - Cliquez sur le", "Étape 7 - Pressez le"),
    ("FI006", 6, "Étape 7 - ", "Étape 8 - "),
    ("FI009", 1, "    @illustre\n", ""),
    ("FI009", 1, "Quand je clique", "Quand je presse"),
    ("FI009", 24, "  Règle: Et voilà\n    Et voilà.\n\n", "  Règle: Et voilà\n    Et voilà.\n\n    @illustre\n"),
]


def test_a_guide_that_quotes_its_original_has_no_fault(trouver):
    assert trouver(source=VOILA) == set()


@pytest.mark.parametrize(
    ("code", "ligne", "avant", "apres"), DEGATS, ids=[f"{d[0]}-{rang}" for rang, d in enumerate(DEGATS)]
)
def test_each_drift_is_found(trouver, code, ligne, avant, apres):
    assert avant in FEATURE
    assert (code, ligne) in trouver(FEATURE.replace(avant, apres), VOILA)


@pytest.mark.parametrize("source", ["[[phrases]", "phrases = 3", VOILA.replace('id = "7.1"', ""), VOILA + VOILA])
def test_an_original_that_cannot_be_read_is_a_fault(trouver, source):
    assert trouver(source=source) == {("FI005", 1)}


def test_a_sentence_that_changed_in_the_original_is_found_on_both_sides(trouver):
    assert trouver(source=VOILA.replace("Un message s'affiche", "Un message paraît")) == {
        ("FI001", 11), ("FI002", 1), ("FI003", 6), ("FI007", 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("avant", "apres"),
    [("Un message", "Le message"), ("Cliquez sur", "Cliquez"), ("Vérifier", "Verifier"), ("bouton", "bouton bleu"),
     ("- Un message s'affiche :\n", ""), ("Cliquez", "cliquez"), ("7\n", "7 à\n")],
)  # fmt: skip
def test_a_word_that_differs_between_the_transcription_and_the_sentences_is_found(trouver, avant, apres):
    assert avant in FICHE
    assert trouver(source=VOILA, fiche=FICHE.replace(avant, apres)) == {("FI007", 1)}


def test_signs_and_spaces_are_no_words(trouver):
    assert trouver(source=VOILA, fiche=FICHE.replace("- ", "➤\u00a0").replace(" :", "…").replace("'", "’")) == set()


def test_a_transcription_that_is_missing_is_a_fault(trouver):
    assert trouver(source=VOILA, fiche=None) == {("FI007", 1)}


def test_what_nothing_can_prove_says_why_and_no_scenario_claims_it(trouver):
    citee = 'nature = "citée"\nraison = "Comme ça."\n'
    libre = VOILA.replace('texte = "Et voilà."', f'texte = "Et voilà."\n{citee}')
    assert trouver(source=libre) == {("FI008", 23)}
    assert trouver(FEATURE.replace("      Fiche : Et voilà.\n", ""), libre) == set()
    assert trouver(source=libre.replace("Comme ça.", "")) == {("FI005", 1)}
    assert trouver(source=VOILA + 'raison = "Comme ça."\n') == {("FI005", 1)}
    assert trouver(source=libre.replace("citée", "cité")) == {("FI005", 1)}


def test_what_the_original_says_twice_is_proved_in_each_of_its_steps(trouver):
    deux = VOILA + "\n" + VOILA.split("\n\n")[0].replace("7.1", "8.2") + "\n"
    fiche = FICHE + "Cliquez sur le bouton « Vérifier » :\n"
    assert trouver(source=deux, fiche=fiche) == {("FI002", 1)}
    prouvee = FEATURE.replace(
        "      Fiche : Et voilà.\n", "      Fiche : Et voilà.\n      Fiche : Cliquez sur le bouton « Vérifier »\n"
    )
    assert trouver(prouvee, deux, fiche) == set()


@pytest.mark.parametrize(
    ("avant", "apres"),
    [("etape = 7", "etape = 9"), ("apres = 1", "apres = 2"), ("gestes", "geste"), ("[[figures]]", "[[figures]"),
     ("je clique", "je presse"), ("s'affiche", "paraît"), ('nom = "7"', 'nom = "7"\ninconnu = 1'),
     ("[[figures]]", '[[tableaux]]\netape = 7\napres = 1\nlignes = [["7.9"]]\n\n[[figures]]'),
     (EDITION, EDITION + EDITION)],
)  # fmt: skip
def test_a_layout_that_names_what_is_not_written_is_a_fault(trouver, avant, apres):
    assert avant in EDITION
    assert ("FI009", 1) in trouver(source=VOILA, edition=EDITION.replace(avant, apres))


def test_every_rule_about_the_original_has_a_damage_that_shows_it():
    assert {code for code, *_ in DEGATS} | {"FI005", "FI007", "FI008"} == {
        code for code in REGLES if code.startswith("FI")
    }


def test_a_feature_without_an_original_is_left_alone(trouver):
    assert trouver(source=None) == set()


def test_every_sentence_of_our_guide_is_quoted_word_for_word():
    fiche = Path("features/guide/creer_une_formation_clea.feature")
    original = lire_original(chemin_de_l_original(fiche))
    lue = lire_fichier(fiche).fonctionnalite
    assert lue is not None
    cites = par_phrase(original, citations(lue))
    assert len(original.phrases) == 73
    a_prouver = {phrase.id for phrase in original.phrases if phrase.nature is Nature.A_PROUVER}
    assert {id for id, siennes in cites.items() if siennes} == a_prouver
    assert {phrase.id for phrase in original.phrases if phrase.absente} == {"9.1", "10.1"}
