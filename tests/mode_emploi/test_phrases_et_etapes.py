"""The product and the steps read a sentence in the same way: the same steps are known, with the same values.

The product does not know the steps: it reads what they publish. Here the two are held against each other.
"""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from steps.definitions.phrase import Parametre, phrase
from steps.gherkin.lecture import fichiers, lire_fichier
from steps.gherkin.typographie import aplanir, composer
from steps.phrases import MODULES
from steps.verifier.recueil import emplois, entrees
from steps.verifier.recueil_publie import COMMANDE, perime
from webapp.mode_emploi.livre import livre
from webapp.mode_emploi.relecture import relire

RACINE = Path(__file__).resolve().parents[2]
FICHIERS = [lire_fichier(chemin, RACINE) for chemin in fichiers([RACINE / "features"])]
ETAPES = sorted({(dit.pas.genre, dit.pas.texte) for f in FICHIERS for dit in emplois(f)})


@pytest.fixture(scope="module")
def connues():
    return [entree for module in MODULES for entree in entrees(module)]


def selon_les_etapes(connues, texte):
    """Say which sentences the steps recognise in a text, with their values."""
    lues = {}
    for entree in connues:
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
    assert perime(FICHIERS, RACINE) is None, f"le livre de phrases n'est plus à jour : lancez « {COMMANDE} »"


def test_every_step_of_every_feature_is_read_the_same_way(connues):
    assert len(ETAPES) > 500
    for _, texte in ETAPES:
        lues = selon_le_produit(texte)
        assert lues, texte
        assert lues == selon_les_etapes(connues, texte)


def test_every_step_is_known_under_the_keyword_where_it_stands(connues):
    par_texte = {entree.parser.name: entree.genres for entree in connues}
    assert par_texte == {p.texte: set(p.mots) for p in livre().phrases}
    for genre, texte in ETAPES:
        lues = selon_le_produit(texte)
        assert any(genre in p.mots for p in livre().phrases if p.texte in lues), texte


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda f: f.chemin.stem)
def test_every_feature_can_be_pasted_whole_and_nothing_is_to_be_changed(fichier):
    relue = relire(fichier.texte)
    assert relue.sans_faute
    assert not relue.generales
    assert [ligne.remarques for ligne in relue.lignes if ligne.remarques] == []
    assert len(relue.pas) == len(fichier.fonctionnalite.tous_les_pas)


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda f: f.chemin.stem)
def test_what_gherkin_reads_as_a_step_is_what_is_judged(fichier):
    voulues = {(pas.ligne, pas.texte, pas.genre) for pas in fichier.fonctionnalite.tous_les_pas}
    lues = {(ligne.lue.numero, ligne.pas.texte, ligne.pas.genre) for ligne in relire(fichier.texte).lignes if ligne.pas}
    assert lues == voulues


# Pieces of sentences put side by side: what the two could read differently, guillemets and spaces above all.
MORCEAUX = st.sampled_from(
    ["« ", " »", "«", "»", " ", "a", "’", "'", "\u00a0", "\u202f", "1", "-2", "\n", "é", "e\u0301", ",", " :", "« »",
     "je clique sur ", "je saisis ", " dans le champ ", "nous sommes le ", "mon catalogue contient ", " formation",
     " formations", "la liste « Pour valider » demande seulement ", "« a « b » »", " dans la liste « Pour valider »"]
)  # fmt: skip


@given(st.lists(MORCEAUX, max_size=9).map("".join))
@example("je clique sur « »")
@example("je clique sur «  »")
@example("je clique sur «\u00a0l’a\u202fb\u00a0»")
@example("je saisis « a » dans le champ « b « c » »")
@example("nous sommes le a\n")
@example("je saisis +3 é dans le champ « »")
def test_any_text_is_read_the_same_way(connues, texte):
    assert selon_le_produit(texte) == selon_les_etapes(connues, texte)


def test_the_values_are_those_that_were_typed():
    tape = "je lis « l’e\u0301te\u0301\u00a0! »"
    [lue] = [p.lire(aplanir(tape), composer(tape)) for p in livre().phrases if p.texte == "je lis « {texte} »"]
    assert lue == {"texte": unicodedata.normalize("NFC", "l’été\u00a0!")}


def test_a_difference_would_be_seen(connues):
    parser = phrase("je lis « {texte} »")
    assert parser.parametres == (Parametre("texte", "", cite=True),)
    assert selon_les_etapes(connues, "je lis « a »") != selon_le_produit("je lis « b »")
