"""The « compte-rendu d'intégration »: which lines are told, by which code, and which words may name an object."""

import time

import pytest

from webapp.domain import champs
from webapp.domain.champs import Niveau
from webapp.domain.comptes_rendus import CODES, LIGNE_MAX, LIGNES_MAX, NOMS_PAR_LIGNE, LigneLue, lire


def test_each_line_that_bears_a_code_is_told_with_its_number_and_its_words():
    lues = list(lire("Bonjour\n  Erreur 30070 ; « Clea_1 » ; x\t\n12 rue des Essais\n10133\n"))
    assert lues == [
        LigneLue(
            2, "Erreur 30070 ; « Clea_1 » ; x", "30070",
            ("Clea_1", "Erreur 30070", "x", "Erreur", "30070"), (("Bonjour",),),
        ),
        LigneLue(4, "10133", "10133", ("10133",), (("12 rue des Essais", "12", "rue", "des", "Essais"),)),
    ]  # fmt: skip


def test_the_last_lines_without_a_code_above_one_are_its_headings():
    [une, deux] = lire("loin\na\n\nb\nc\n30013\n30017")
    assert (une.entetes, deux.entetes) == ((("a",), ("b",), ("c",)), ())


@pytest.mark.parametrize(
    ("ligne", "codes"),
    [
        ("99999 puis 30013 puis 30017", ["30013", "30017"]), ("99999 puis 88888", ["99999"]),
        ("30013, 30013", ["30013"]),
        ("01234", []), ("130013", []), ("30013a", []), ("a30013", []), ("3001", []), ("x;30013;y", ["30013"]),
    ],
)  # fmt: skip
def test_known_codes_of_a_line_are_told_each_once_or_the_first_unknown_one(ligne, codes):
    assert [lue.code for lue in lire(ligne)] == codes


@pytest.mark.parametrize(
    ("texte", "codes"),
    [
        ("2 rue des Lices, 35000 RENNES", []), ("2 rue des Lices\n31042 Champ absent", ["31042"]),
        ("Action A1, CP 35000 RENNES", []), ("Code postal : 35000", []), ("code-postal=35000", []),
        ("35011 RENNES CEDEX 9", []), ("BP 40911", []), ("RNCP 40344", []), ("RS n° 12345", []),
        ("formacode 15234", []), ("INSEE: 35238", []), ("CertifInfo 83899", []), ("CERTIF INFO 83899", []),
        ("12500 €", []), ("12500.00", []), ("12500,5", []), ("30013,30017", ["30013", "30017"]), ("10000 heures", []),
        ("20000 offres lues, 3 rejetées", []), ("12345 EUR", []),
        ("15000 cedex", []), ("12345 EUROPE", ["12345"]), ("35000 RENNES", ["35000"]),
        ("Adresse 4 rue X : 31042 Champ absent", ["31042"]),
        ("A1 (4 rue X, 35000 Rennes) : 31042 Champ absent", ["31042"]), ("A1 (4 rue X) 31042 Champ absent", ["31042"]),
        ("4 rue X : code 31042 Champ absent", ["31042"]),
        ("Rejet de « 4 rue X » 31042 Champ absent", ["31042"]), ("4 rue X ; 30013", ["30013"]),
        ("Erreur 30070 sur 20000 offres", ["30070"]), ("RSA 12345", ["12345"]),
        ("30056 action A1", ["30056"]), ("30020 sessions lues", []), ("30020 session(s) lues", []),
        ("1 rue A, 30013 Libellé absent", ["30013"]), ("4 rue X, 35000, Rennes", []), ("4 rue X, 35000 2", ["35000"]),
    ],
)  # fmt: skip
def test_a_number_of_an_address_of_a_count_or_of_another_list_is_no_code(texte, codes):
    assert [lue.code for lue in lire(texte)] == codes


@pytest.mark.parametrize(
    ("ligne", "codes", "nom"),
    [
        ("ERR30070", ["30070"], ""), ("E30070 P4", ["30070"], "P4"), ("ERREUR_30070", ["30070"], ""),
        ("30070P4", ["30070"], "P4"), ("err-30070;P4", ["30070"], "P4"), ("CODE30070", ["30070"], ""),
        ("ERR30070P4", ["30070"], "P4"), ("code#30070", ["30070"], ""), ("E_30070", ["30070"], ""),
        ("ERR41234", ["41234"], ""), ("Erreur41234 P4", ["41234"], "P4"),
        # What may be the name of anything is no code, nor is what stands beside one.
        ("E41234", [], ""), ("41234P4", [], ""), ("RE30070", [], ""), ("30070abc", [], ""), ("AE30070", [], ""),
        ("30020 session E30070", ["30020"], "E30070"), ("RNCP30070", [], ""),
        ("ERR300701", [], ""), ("CP 30070P4", [], ""),
    ],
)  # fmt: skip
def test_a_code_may_be_glued_to_what_says_that_it_is_one_or_to_a_name(ligne, codes, nom):
    lues = list(lire(ligne))
    assert [lue.code for lue in lues] == codes
    assert not nom or nom in lues[0].noms


@pytest.mark.parametrize(
    ("ligne", "dits"),
    [
        ("30056 action NUM-TLS", [(Niveau.ACTION, "NUM-TLS")]), ("30020 session NUM", [(Niveau.SESSION, "NUM")]),
        ("30020 Session n° « S1 »", [(Niveau.SESSION, "S1")]), ("30056;NUM-TLS;doublon", [(None, "NUM-TLS")]),
        ("30056 contact incomplet 12 fois", []), ("30056 A1", []), ("30020 - session : S_1", [(Niveau.SESSION, "S_1")]),
    ],
)  # fmt: skip
def test_what_is_surely_a_number_may_be_looked_for_everywhere(ligne, dits):
    [lue] = lire(ligne)
    assert list(lue.dits) == dits


def test_a_heading_is_known_by_its_line():
    [une, deux] = lire("F1\n\nsuite\n30013\n30017")
    assert (une.lignes_des_entetes, deux.lignes_des_entetes) == ((1, 3), ())


def test_no_more_lines_are_told_than_a_page_holds():
    assert [lue.numero for lue in lire("30013\n" * (LIGNES_MAX + 1))] == list(range(1, LIGNES_MAX + 1))
    assert len(list(lire("30013 30017\n" * LIGNES_MAX))) == LIGNES_MAX


@pytest.mark.parametrize(
    ("ligne", "nom"),
    [
        ("30013 « A 1 »", "A 1"), ('30013 "A 1"', "A 1"), ("30013 “A 1”", "A 1"), ("30013 (A 1)", "A 1"),
        ("30013 : A 1", "A 1"), ("30013|A 1", "A 1"), ("30013\tA 1", "A 1"), ("30013, A 1.", "A 1"), ("30013 A!", "A"),
    ],
)  # fmt: skip
def test_what_is_quoted_what_is_in_a_cell_and_each_word_may_be_a_name(ligne, nom):
    [lue] = lire(ligne)
    assert nom in lue.noms


def test_a_line_gives_so_many_names_none_too_long_for_a_number():
    [lue] = lire("30013 " + " ".join(f"n{rang}" for rang in range(99)))
    assert len(lue.noms) == NOMS_PAR_LIGNE
    assert lue.noms[:2] == ("30013", "n0")
    assert [lue.noms for lue in lire(f"30013 {'a' * 30} {'b' * 31}")] == [("30013", "a" * 30)]


def test_what_is_known_of_a_code_says_where_it_is_corrected():
    [connue] = lire("30070")
    assert connue.connu is CODES["30070"]
    assert (connue.connu.champ, connue.connu.regle, connue.connu.code) == (champs.BLOCS, "F19", "30070")
    [inconnue] = lire("99999")
    assert inconnue.connu is None


@pytest.mark.parametrize(
    "texte", ["12345 " * 300_000, "30017 " + "« " * 900_000, f"30017 «{' ' * 1_990}\n" * 900, "rue " * 70 + "31000 x "]
)
def test_a_long_text_is_read_at_once_however_it_is_made(texte):
    """A line of two megabytes is read as fast as as many lines; it is told by its beginning."""
    debut = time.monotonic()
    assert all(len(lue.texte) <= LIGNE_MAX for lue in lire(texte))
    assert time.monotonic() - debut < 20
