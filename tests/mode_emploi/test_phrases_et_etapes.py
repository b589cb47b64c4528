"""The product and the steps read a sentence in the same way: the same steps are known, with the same values.

The product does not know the steps: it reads what they publish. Here the two are held against each other.
"""

import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from steps.definitions.phrase import Parameter, phrase
from steps.gherkin.document import parse
from steps.gherkin.source import feature_files, read
from steps.gherkin.typographie import compose, plain
from steps.phrases import MODULES
from steps.verifier.phrases import _entries
from steps.verifier.phrases_emplois import said
from steps.verifier.phrases_publication import COMMAND, stale
from webapp.mode_emploi.essai import essayer
from webapp.mode_emploi.phrases import livre
from webapp.mode_emploi.phrases_texte import aplanir, composer

RACINE = Path(__file__).resolve().parents[2]
FICHIERS = [read(chemin, RACINE) for chemin in feature_files([RACINE / "features"])]
ETAPES = sorted({(dite.type, dite.text) for f in FICHIERS for dite in said(f, f.feature)})
GENRES = {"given": "Étant donné", "when": "Quand", "then": "Alors"}


@pytest.fixture(scope="module")
def entrees():
    return [entree for module in MODULES for entree in _entries(module)]


def selon_les_etapes(entrees, texte):
    """Say which sentences the steps recognise in a text, with their values."""
    lues = {}
    for entree in entrees:
        valeurs = entree.parser.parse_arguments(texte)
        if valeurs is not None:
            lues[entree.parser.name] = {nom: str(valeur) for nom, valeur in valeurs.items()}
    return lues


def selon_le_produit(texte):
    lues = {}
    for connue in livre().phrases:
        valeurs = connue.lire(aplanir(texte), composer(texte))
        if valeurs is not None:
            entiers = {p.nom for p in connue.parametres if p.forme == "nombre"}
            lues[connue.texte] = {nom: str(int(v)) if nom in entiers else v for nom, v in valeurs.items()}
    return lues


def test_the_published_book_is_that_of_the_steps_and_of_the_features():
    assert stale(FICHIERS, RACINE) is None, f"le livre de phrases n'est plus à jour : lancez « {COMMAND} »"


def test_every_step_of_every_feature_is_read_the_same_way(entrees):
    assert len(ETAPES) > 500
    for _, texte in ETAPES:
        lues = selon_le_produit(texte)
        assert lues, texte
        assert lues == selon_les_etapes(entrees, texte)


def test_every_step_is_known_under_the_keyword_where_it_stands(entrees):
    par_texte = {entree.parser.name: {GENRES[genre] for genre in entree.types} for entree in entrees}
    assert par_texte == {p.texte: set(p.mots) for p in livre().phrases}
    for genre, texte in ETAPES:
        lues = selon_le_produit(texte)
        assert any(GENRES[genre] in p.mots for p in livre().phrases if p.texte in lues), texte


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda f: f.path.stem)
def test_every_feature_can_be_pasted_whole_and_nothing_is_to_be_changed(fichier):
    essai = essayer(fichier.text)
    assert essai.sans_faute
    assert not essai.generales
    assert [ligne.remarques for ligne in essai.lignes if ligne.remarques] == []
    assert len(essai.pas) == sum(1 for _ in fichier.feature.all_steps())


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda f: f.path.stem)
def test_what_gherkin_reads_as_a_step_is_what_is_judged(fichier):
    voulues = {(etape.line, etape.text, GENRES[etape.type]) for etape in parse(fichier.text)[0].all_steps()}
    lues = {(ligne.lue.numero, ligne.pas.texte, ligne.pas.genre) for ligne in essayer(fichier.text).lignes if ligne.pas}
    assert lues == voulues


def test_the_plain_form_of_every_character_is_the_same():
    for code in range(sys.maxunicode + 1):
        if not 0xD800 <= code < 0xE000:
            assert aplanir(chr(code)) == plain(chr(code)), hex(code)


# Pieces of sentences put side by side: what the two could read differently, guillemets and spaces above all.
MORCEAUX = st.sampled_from(
    ["« ", " »", "«", "»", " ", "a", "’", "'", "\u00a0", "\u202f", "1", "-2", "\n", "é", "e\u0301", ",", " :", "« »",
     "je clique sur ", "je saisis ", " dans le champ ", "nous sommes le ", "mon catalogue contient ", " formation",
     " formations", "« Pour valider » demande seulement ", "« a « b » »", " dans « Pour valider »"]
)  # fmt: skip


@given(st.lists(MORCEAUX, max_size=9).map("".join))
@example("je clique sur « »")
@example("je clique sur «  »")
@example("je clique sur «\u00a0l’a\u202fb\u00a0»")
@example("je saisis « a » dans le champ « b « c » »")
@example("nous sommes le a\n")
@example("je saisis +3 é dans le champ « »")
def test_any_text_is_read_the_same_way(entrees, texte):
    assert selon_le_produit(texte) == selon_les_etapes(entrees, texte)


def test_the_values_are_those_that_were_typed():
    tape = "je lis « l’e\u0301te\u0301\u00a0! »"
    [lue] = [p.lire(aplanir(tape), composer(tape)) for p in livre().phrases if p.texte == "je lis « {texte} »"]
    assert lue == {"texte": unicodedata.normalize("NFC", "l’été\u00a0!")}
    assert compose(tape) == composer(tape)


def test_a_difference_would_be_seen(entrees):
    parser = phrase("je lis « {texte} »")
    assert parser.parameters == (Parameter("texte", "", quoted=True),)
    assert selon_les_etapes(entrees, "je lis « a »") != selon_le_produit("je lis « b »")
