import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.domain.dates import MOIS, date_longue
from webapp.domain.textes import (
    Place,
    caracteres_interdits,
    composer,
    couper,
    est_vide,
    fr,
    normaliser,
    normaliser_valeur,
    place_interdite,
    pluriel,
    sans_accents,
    sans_interdits,
)

# Everything a program could hand over, lone surrogates included.
tous_textes = st.text(st.characters(exclude_categories=()))
NBSP = "\N{NO-BREAK SPACE}"


@given(tous_textes)
def test_normaliser_twice_changes_nothing_more(texte):
    assert normaliser(normaliser(texte)) == normaliser(texte)


# What people paste, thick enough for its parts to meet: bullets, breaks, joiners, accents, spaces of no width.
colles = st.text(
    st.sampled_from(
        "\x0b\x0c\r\n\t \u00a0\u00ad\u200b\u200c\u200d\u2028\u2029\u2060\ufeff\ufffc•·\u0387\uf0b7\uf020▶✔\ufe0f👩🏫⚕"
        "e\u0301\u0338←oØ§-ا\u064b\u0300"
    )
)


@given(colles)
@settings(max_examples=1_000)
def test_normaliser_a_paste_twice_changes_nothing_more(texte):
    normal = normaliser(texte)
    assert normaliser(normal) == normal
    assert unicodedata.is_normalized("NFC", normal)
    assert not set("\x0b\x0c\r\u2028\u2029\u00ad\u200b\u2060\ufeff\ufffc") & set(normal)
    assert est_vide(texte) == est_vide(normal)


@pytest.mark.parametrize("fin", ["\x0b", "\x0c", "\u2028", "\u2029", "\r", "\r\n"])
def test_a_line_break_of_another_program_is_a_line_break(fin):
    assert normaliser(f"a{fin}b") == "a\nb"


PUCES = "•·‣⁃∙●○◦■□▪▫►▶▸◆◇✓✔❖➢➤➔\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8"


@pytest.mark.parametrize("puce", PUCES, ids=ascii)
@pytest.mark.parametrize("espace", ["", " ", "\t", "\u00a0", " \t"])
def test_a_bullet_that_begins_a_line_is_a_dash(puce, espace):
    assert normaliser(f"{puce}{espace}un\r\n{puce}{espace}deux") == "- un\n- deux"
    assert normaliser(f"titre\x0b  {puce}{espace}un") == "titre\n  - un"
    assert normaliser(f"\ufeff{puce}{espace}un") == "- un"


@pytest.mark.parametrize("lettre", ["o", "Ø", "§", "ü", "v"])
def test_a_letter_that_stands_for_a_bullet_is_known_by_its_tab(lettre):
    assert normaliser(f"{lettre}\tun") == "- un"
    assert normaliser(f"{lettre} un") == f"{lettre} un"
    assert normaliser(f"mot {lettre}\tun") == f"mot {lettre}\tun"


@pytest.mark.parametrize(
    "texte", ["a • b", "Vrai · faux", "▶\ufe0f Vidéo", "✔\ufe0f Fait", "- un", "– un", "§ 3", "« a »"]
)
def test_what_is_no_bullet_stays(texte):
    assert normaliser(texte) == texte


@pytest.mark.parametrize(
    "cache", ["\u00ad", "\u200b", "\ufeff", "\u2060", "\u2063", "\u180e", "\ufffc", "\u200c", "\u200d"]
)
def test_what_nobody_sees_vanishes(cache):
    assert normaliser(f"{cache}com{cache}pé{cache}{cache}tence{cache}") == "compétence"


@pytest.mark.parametrize("emoji", ["👩‍🏫", "👩🏽‍⚕️", "🏳️‍🌈", "❤️‍🔥", "👨‍👩‍👧‍👦", "🙂‍↔️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣"], ids=ascii)
def test_what_makes_one_emoji_of_several_signs_stays(emoji):
    assert normaliser(f"a{emoji}b") == f"a{emoji}b"


def test_a_password_keeps_all_that_a_text_loses():
    assert composer("• mot\u00adde\x0bpasse\u200d e\u0301\r\n") == "• mot\u00adde\x0bpasse\u200d é\n"


@pytest.mark.parametrize(
    ("texte", "place"),
    [
        ("\x00", Place(1, 1, "▯")),
        ("ab\u202ec", Place(1, 3, "ab▯c")),
        ("un\ndeux\nCommuniquer \u202eà l'oral \x07et", Place(3, 13, "Communiquer ▯à l'oral et")),
        ("😀\u0007", Place(1, 2, "😀▯")),
        (
            "m" * 40 + " \x01" + " n" * 40,
            Place(1, 42, "… mmmmmmmmmmmmmmmmmmmmmmmmmmmmm ▯ n n n n n n n n n n n n n n…"),
        ),
    ],
)
def test_what_is_refused_is_shown_at_its_place(texte, place):
    assert place_interdite(texte) == place


@given(tous_textes)
def test_without_what_is_refused_nothing_is_refused(texte):
    assert (place_interdite(texte) is None) == (caracteres_interdits(texte) == ())
    assert caracteres_interdits(sans_interdits(texte)) == ()


@pytest.mark.parametrize(
    ("texte", "longueur", "coupe"),
    [
        ("un deux", 7, "un deux"), ("un deux trois", 8, "un deux…"), ("un deux trois", 7, "un…"),
        ("xxxxxx", 5, "xxxx…"), ("un, deux", 5, "un…"), ("un\u00a0: deux", 6, "un…"), ("", 5, ""),
    ],
)  # fmt: skip
def test_a_text_is_cut_at_a_word(texte, longueur, coupe):
    assert couper(texte, longueur) == coupe


@given(st.text(), st.integers(2, 300))
def test_a_text_that_is_cut_fits(texte, longueur):
    assert len(couper(texte, longueur)) <= longueur


@pytest.mark.parametrize("blancs", [" ", "\n", " \r\n\t ", "\u3000", "\u00a0\u202f", "\u200e", "\x0b\u2028"])
def test_blanks_alone_are_no_value(blancs):
    assert not normaliser_valeur(blancs)
    assert normaliser_valeur(f"{blancs}mot") == normaliser(f"{blancs}mot")


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
     ("e\N{COMBINING ACUTE ACCENT}", "e"), ("", ""), ("L’ENTRETIEN d‘embauche", "l'entretien d'embauche"),
     ("Ex æquo, ŒUVRE, Ærø, Łódź", "ex aequo, oeuvre, aero, lodz"),
     ("savoir\N{NON-BREAKING HYPHEN}être – rendez—vous", "savoir-etre - rendez-vous"),
     ("DI\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}YARBAKIR Diyarbakır", "diiyarbakir diyarbakir")],
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
        ("24 h · 3 Mo · 2 hommes", "24\u00a0h · 3\u00a0Mo · 2 hommes"),
        ("{nombre} h", "{nombre}\u00a0h"),
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


def test_the_place_of_what_is_refused_is_counted_from_the_last_line_break_were_it_the_first_sign():
    place = place_interdite("\na\u202eb")
    assert place is not None
    assert (place.ligne, place.caractere, place.autour) == (2, 2, "a▯b")
