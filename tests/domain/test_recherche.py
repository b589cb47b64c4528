"""The words by which a formation is found, and those that a search asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.recherche import LETTRES_MAX, MOTS_MAX, mots_demandes, mots_gardes


def trouve(recherche: str, gardes: str) -> bool:
    """Say what a database is to answer: each word of the search begins one of those that are kept."""
    return all(any(garde.startswith(mot) for garde in gardes.split()) for mot in mots_demandes(recherche))


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("", ()),
        ("  \t\u00a0 ", ()),
        ("Cœur  d'ŒUVRE", ("coeur", "doeuvre")),
        ("Clea_1", ("clea1",)),
        ("« Cléa » - 50 %", ("clea", "50")),
        ("% _ / \\", ()),
        ("l’élève", ("leleve",)),
        ("un " * 20, ("un",) * MOTS_MAX),
        ("% " * 20 + "mot", ("mot",)),
        ("x" * 100, ("x" * LETTRES_MAX,)),
        ("ＲＳ２２０３", ("rs2203",)),
    ],
)
def test_what_a_search_asks_for(texte, mots):
    assert mots_demandes(texte) == mots


@pytest.mark.parametrize(
    ("textes", "mots"),
    [
        (("", "", "RS1", ""), "rs1 1"),
        (("Demi-journée", "", "RS1", ""), "journee demijournee rs1 1"),
        (("Deux deux", "", "RS1", "Deux"), "deux rs1 1"),
        (("", "A_b9", "RS1", ""), "ab9 b9 9 rs1 1"),
        (("", "", "RNCP37674", ""), "rncp37674 37674"),
        (("", "", "CPF202", "Bilan"), "cpf202 202 bilan"),
    ],
)
def test_what_is_kept_of_a_formation(textes, mots):
    assert mots_gardes(*textes) == mots


@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 60))
def test_a_title_is_found_by_the_beginning_of_each_of_its_words(titre, rang, lettres):
    morceaux = titre.split()
    if morceaux:
        assert trouve(morceaux[rang % len(morceaux)], mots_gardes(titre, "", "RS1", ""))
    mots = mots_demandes(titre)
    if mots:
        assert trouve(mots[rang % len(mots)][:lettres], mots_gardes(titre, "", "RS1", ""))


@given(st.text(st.characters(codec="ascii"), max_size=LETTRES_MAX), st.integers(0, 40), st.integers(1, 40))
def test_an_identifier_is_found_by_any_piece_of_it(identifiant, debut, longueur):
    assert trouve(identifiant[debut : debut + longueur].replace(" ", ""), mots_gardes("", identifiant, "RS1", ""))


@given(st.text(st.characters(exclude_categories=())))
def test_words_are_letters_and_digits_whatever_is_typed(texte):
    # What the databases are given is quoted by nobody: there must be nothing in it to quote.
    for mot in (*mots_demandes(texte), *mots_gardes(texte, texte, "RS1", texte).split()):
        assert mot.isalnum()
        assert len(mot) <= LETTRES_MAX


def test_a_hostile_draft_keeps_few_words():
    gardes = mots_gardes("a-" * 1275, "z" * 300, "RS1", "")
    assert len(gardes) < 100_000
