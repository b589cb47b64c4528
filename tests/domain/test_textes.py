import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.domain.dates import MOIS, date_longue
from webapp.domain.textes import caracteres_interdits, est_vide, fr, normaliser, pluriel, sans_accents

# Everything a program could hand over, lone surrogates included.
tous_textes = st.text(st.characters(exclude_categories=()))
NBSP = "\N{NO-BREAK SPACE}"


@given(tous_textes)
def test_normaliser_twice_changes_nothing_more(texte):
    assert normaliser(normaliser(texte)) == normaliser(texte)


@given(tous_textes)
def test_normaliser_leaves_no_carriage_return_and_composed_letters(texte):
    assert "\r" not in normaliser(texte)
    assert unicodedata.is_normalized("NFC", normaliser(texte))


@given(st.text(st.characters(exclude_characters="\r")))
def test_an_accent_counts_alike_composed_or_not(texte):
    assert len(normaliser(unicodedata.normalize("NFD", texte))) == len(normaliser(texte))


@given(st.lists(st.text(st.characters(codec="ascii", exclude_characters="\r\n"))))
def test_a_line_break_counts_one_however_it_is_sent(lignes):
    attendue = sum(map(len, lignes)) + max(len(lignes) - 1, 0)
    assert {len(normaliser(fin.join(lignes))) for fin in ("\n", "\r\n", "\r")} == {attendue}


@pytest.mark.parametrize(
    ("texte", "nombre"),
    [("", 0), ("é", 1), ("e\N{COMBINING ACUTE ACCENT}", 1), ("🙂", 1), ("👩‍🏫", 3), ("🇫🇷", 2), ("a\r\nb", 3)],
)
def test_a_limit_counts_code_points(texte, nombre):
    assert len(normaliser(texte)) == nombre


@pytest.mark.parametrize(
    "texte",
    ["", " ", "\t\n", "\r\n", NBSP, "\N{NARROW NO-BREAK SPACE}", "\N{EM SPACE}", "\N{IDEOGRAPHIC SPACE}",
     "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH NO-BREAK SPACE}", "\N{WORD JOINER}", " \N{ZERO WIDTH JOINER} ",
     "\N{SOFT HYPHEN}"],
)  # fmt: skip
def test_a_text_that_nobody_could_see_is_empty(texte):
    assert est_vide(texte)


@pytest.mark.parametrize("texte", ["a", " . ", "🙂", "0", f"{NBSP}é{NBSP}", "\N{ZERO WIDTH SPACE}x"])
def test_a_text_that_somebody_can_see_is_not_empty(texte):
    assert not est_vide(texte)


@given(tous_textes)
def test_what_is_empty_is_still_empty_in_its_normal_form(texte):
    assert est_vide(texte) == est_vide(normaliser(texte))


INTERDITS = [*range(9), 0x0B, 0x1F, 0x7F, 0x9F, 0xD800, 0xDFFF, 0x202A, 0x202E, 0x2066, 0x2069, 0xFDD0, 0xFFFE, 0xFFFF]


@pytest.mark.parametrize("numero", INTERDITS, ids=hex)
def test_what_no_stored_text_may_hold_is_named(numero):
    caractere = chr(numero)
    assert caracteres_interdits(f"a{caractere}b{caractere}") == (f"U+{ord(caractere):04X}",)


@pytest.mark.parametrize(
    "texte", ["", "tab\tulation", "deux\nlignes", "œuvre élève", "👩‍🏫", "\u200e", "=1+1", "{{7*7}}"]
)
def test_ordinary_texts_hold_nothing_forbidden(texte):
    assert caracteres_interdits(texte) == ()


@pytest.mark.parametrize(
    ("texte", "cherche"),
    [("  CléA   Numérique\n", "clea numerique"), ("Œuvre", "oeuvre"), ("STRASSE ß", "strasse ss"), ("ﬁn", "fin"),
     ("e\N{COMBINING ACUTE ACCENT}", "e"), ("", "")],
)  # fmt: skip
def test_sans_accents_ignores_case_accents_and_spaces(texte, cherche):
    assert sans_accents(texte) == cherche


@given(tous_textes)
@settings(max_examples=50)
def test_sans_accents_finds_a_text_whatever_its_case(texte):
    assert sans_accents(texte.casefold()) == sans_accents(texte)


@pytest.mark.parametrize(
    ("source", "affiche"),
    [
        ("L'identifiant « x » est libre.", f"L’identifiant «{NBSP}x{NBSP}» est libre."),
        ("Prêt ? Oui ! Bien : fini ; 20 %", f"Prêt{NBSP}? Oui{NBSP}! Bien{NBSP}: fini{NBSP}; 20{NBSP}%"),
        ("Que faire de « a » ?", f"Que faire de «{NBSP}a{NBSP}»{NBSP}?"),
        ("l'« essai »", f"l’«{NBSP}essai{NBSP}»"),
        ("'entre apostrophes'", "'entre apostrophes'"),
        ("http://exemple", "http://exemple"),
        ("12 / 255", "12 / 255"),
        ("", ""),
    ],
)
def test_fr_typesets_a_sentence(source, affiche):
    assert fr(source) == affiche
    assert fr(affiche) == affiche


@pytest.mark.parametrize(("nombre", "attendu"), [(0, "0 champ"), (1, "1 champ"), (2, "2 champs")])
def test_the_plural_begins_at_two(nombre, attendu):
    assert pluriel(nombre, "champ") == attendu.replace(" ", NBSP)


def test_an_irregular_plural_is_given():
    assert pluriel(3, "œil", "yeux") == f"3{NBSP}yeux"


@given(st.dates())
def test_a_date_is_written_in_full(jour):
    numero, mois, annee = date_longue(jour).split(NBSP)
    assert numero == ("1er" if jour.day == 1 else str(jour.day))
    assert (MOIS.index(mois) + 1, int(annee)) == (jour.month, jour.year)
