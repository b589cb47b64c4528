import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.identifiants import LONGUEUR_MAX, bien_forme, cle_canonique, nettoyer, proposer

bien_formes = st.from_regex(r"[A-Za-z0-9_.\-]{1,30}", fullmatch=True)


@pytest.mark.parametrize("autre", ["CLEA_1", "clea_1", " Clea_1 ", "Ｃｌｅａ_1", "Clea_1\n", "ClEa_1"])
def test_identifiers_that_people_confuse_have_one_key(autre):
    assert cle_canonique(autre) == cle_canonique("Clea_1")


@pytest.mark.parametrize("autre", ["Clea_2", "Clea-1", "Clea.1", "Clea1", "Clea_01"])
def test_identifiers_that_differ_have_different_keys(autre):
    assert cle_canonique(autre) != cle_canonique("Clea_1")


@pytest.mark.parametrize("vide", ["", " ", "\N{ZERO WIDTH SPACE}", "\N{NO-BREAK SPACE}\N{SOFT HYPHEN}"])
def test_an_identifier_in_which_nothing_is_seen_has_no_key(vide):
    assert cle_canonique(vide) == ""


def test_the_key_of_any_draft_fits_an_index():
    # U+FDFA alone is eighteen letters once it is taken apart.
    longs = ["\ufdfa" * 300, "\ufdfa" * 299, "🙂" * 300]
    cles = [cle_canonique(long) for long in longs]
    assert len(set(cles)) == 3
    assert all(len(cle.encode()) <= 2000 for cle in cles)


@given(bien_formes)
def test_the_key_of_a_well_formed_identifier_is_its_lower_case(identifiant):
    assert cle_canonique(identifiant) == identifiant.lower()
    assert cle_canonique(cle_canonique(identifiant)) == cle_canonique(identifiant)


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_a_key_that_ignores_how_accents_are_sent(texte):
    assert cle_canonique(unicodedata.normalize("NFD", texte)) == cle_canonique(texte)


@given(st.text())
def test_only_well_formed_identifiers_hold_url_safe_characters(texte):
    permis = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")
    assert bien_forme(texte) == (bool(texte) and set(texte) <= permis)


@pytest.mark.parametrize(
    ("identifiant", "rang", "propose"),
    [("Clea_1", 2, "Clea_2"), ("Clea", 2, "Clea_2"), ("Clea-7", 2, "Clea-8"), ("Clea-7", 3, "Clea-9"),
     ("a.10", 2, "a.11"), ("F_99", 2, "F_100"), ("F_001", 2, "F_002"), ("F_099", 3, "F_101"), ("F_999", 2, "F_1000"),
     ("Excel_2026", 2, "Excel_2026_2"), ("Excel_2026_2", 2, "Excel_2026_3"), ("Clea7", 2, "Clea7_2"),
     ("x" * 30, 2, "x" * 28 + "_2"), ("x" * 27 + "_99", 2, "x" * 27 + "100"), (" Clea ", 12, "Clea_12"),
     ("Clea_12345", 2, "Clea_12345_2"), ("_1", 2, "_2")],
)  # fmt: skip
def test_a_neighbour_is_proposed(identifiant, rang, propose):
    assert proposer(identifiant, rang) == propose


@given(bien_formes, st.integers(2, 9999))
def test_a_proposal_can_always_be_used(identifiant, rang):
    propose = proposer(identifiant, rang)
    assert bien_forme(propose)
    assert len(propose) <= LONGUEUR_MAX


@given(bien_formes)
def test_proposals_of_different_ranks_differ(identifiant):
    assert len({cle_canonique(proposer(identifiant, rang)) for rang in range(2, 52)}) == 50


def test_nettoyer_keeps_the_inside():
    assert nettoyer("\t a b \N{NO-BREAK SPACE}") == "a b"


def test_a_key_that_would_not_fit_is_replaced_by_its_digest_whatever_it_holds():
    longues = {cle_canonique(signe * 5000) for signe in ("a", "b", "\ud800")}
    assert len(longues) == 3
    assert {len(cle) for cle in longues} == {64}
