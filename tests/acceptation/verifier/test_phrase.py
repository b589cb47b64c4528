"""The parser of sentences: what it matches, what it gives, what it refuses."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from steps.definitions.phrase import Parametre, PhraseImpossible, phrase
from steps.gherkin.typographie import aplanir, habiller

VERIFIE = phrase("je vérifie l'identifiant « {identifiant} »")
SAISIT = phrase("je saisis « {valeur} » dans le champ « {champ} »")


@pytest.mark.parametrize(
    "text",
    [
        "je vérifie l'identifiant « Clea_1 »",
        "je vérifie l\u2019identifiant «\u00a0Clea_1\u00a0»",
        "je vérifie l\u2019identifiant «\u202fClea_1\u202f»",
        unicodedata.normalize("NFD", "je vérifie l'identifiant « Clea_1 »"),
    ],
)
def test_phrase_matches_whatever_the_typography(text):
    assert VERIFIE.is_matching(text)
    assert VERIFIE.parse_arguments(text) == {"identifiant": "Clea_1"}


def test_phrase_is_normalised_too():
    typed = phrase(unicodedata.normalize("NFD", "je vérifie l\u2019identifiant «\u00a0{identifiant}\u202f»"))
    assert typed.name == VERIFIE.name == "je vérifie l'identifiant « {identifiant} »"
    assert typed.parse_arguments("je vérifie l'identifiant « x »") == {"identifiant": "x"}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("« »", ""),
        ("«  »", ""),
        ("«   »", " "),
        ("«\u00a0»", ""),
        ("«  Clea »", " Clea"),
        ("« Clea  »", "Clea "),
        ("« a\nb »", "a\nb"),
        ("« a»b »", "a»b"),
        ("« L'objectif « Clea » est dit »", "L'objectif « Clea » est dit"),
        ("« « » »", "« »"),
        ('« <b> & " { } »', '<b> & " { }'),
    ],
)
def test_phrase_gives_what_stands_between_guillemets(written, value):
    assert VERIFIE.parse_arguments(f"je vérifie l'identifiant {written}") == {"identifiant": value}


def test_phrase_keeps_the_apostrophes_and_the_spaces_of_a_value_as_typed():
    accent = unicodedata.normalize("NFD", "é")
    text = f"je vérifie l'identifiant « l\u2019a\u00a0b\u202f{accent} »"
    assert VERIFIE.parse_arguments(text) == {"identifiant": "l\u2019a\u00a0b\u202fé"}


@pytest.mark.parametrize(
    "text",
    [
        "je vérifie l'identifiant Clea_1",
        "je vérifie l'identifiant «Clea_1»",
        "je vérifie l'identifiant « Clea_1",
        "je vérifie l'identifiant « Clea_1 » encore",
        "je vérifie l'identifiant « Clea_1 » puis « Clea_2 »",
        "Je vérifie l'identifiant « Clea_1 »",
        "",
    ],
)
def test_phrase_does_not_match_another_sentence(text):
    assert not VERIFIE.is_matching(text)
    assert VERIFIE.parse_arguments(text) is None


def test_phrase_with_one_value_never_takes_a_sentence_with_two():
    text = "je saisis « a » dans le champ « b »"
    assert SAISIT.parse_arguments(text) == {"valeur": "a", "champ": "b"}
    assert not phrase("je saisis « {valeur} »").is_matching(text)


def test_phrase_reads_typed_values():
    counter = phrase("le compteur affiche {compte:d} / {limite:d} caractères")
    assert counter.parse_arguments("le compteur affiche 12 / 255 caractères") == {"compte": 12, "limite": 255}
    assert counter.parse_arguments("le compteur affiche -1 / +2 caractères") == {"compte": -1, "limite": 2}
    assert not counter.is_matching("le compteur affiche douze / 255 caractères")
    assert phrase("je suis en {langue:mot}").parse_arguments("je suis en français") == {"langue": "français"}
    assert not phrase("je suis en {langue:mot}").is_matching("je suis en bon français")
    quoted = phrase("je lis « {compte:d} / 255 »")
    assert quoted.parse_arguments("je lis « 3 / 255 »") == {"compte": 3}


def test_phrase_gives_a_bare_value_without_its_outer_spaces():
    assert phrase("nous sommes le {jour}").parse_arguments("nous sommes le 28 novembre 2019") == {
        "jour": "28 novembre 2019"
    }
    assert not phrase("nous sommes le {jour}").is_matching("nous sommes le « 28 »")
    assert not phrase("nous sommes le {jour}").is_matching("nous sommes le ")


def test_phrase_shows_its_parameters_and_its_shape():
    sentence = phrase("je saisis {nombre:d} caractères dans « {champ} » le {jour}")
    assert sentence.parametres == (
        Parametre("nombre", "d", cite=False),
        Parametre("champ", "", cite=True),
        Parametre("jour", "", cite=False),
    )
    assert repr(VERIFIE) == 'phrase("je vérifie l\'identifiant « {identifiant} »")'
    assert VERIFIE.moule == phrase("je vérifie l\u2019identifiant « {id_interne} »").moule
    assert VERIFIE.moule != phrase("je vérifie l'identifiant « {n:d} »").moule


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "vide"),
        (" je vérifie", "espace"),
        ("que je vérifie", "mot-clé"),
        ("Quand je vérifie", "mot-clé"),
        ("je vérifie {identifiant", "accolades"),
        ("je vérifie {l'identifiant}", "accolades"),
        ("je vérifie {a}{b}", "touchent"),
        ("je vérifie {a} et {a}", "deux fois"),
        ("je vérifie {docstring}", "nommer"),
        ("je vérifie {datatable}", "nommer"),
        ("je vérifie {1er}", "nommer"),
        ("je vérifie {n:entier}", "inconnu"),
    ],
)
def test_phrase_refuses_a_sentence_that_could_never_be_a_step(text, reason):
    with pytest.raises(PhraseImpossible, match=reason):
        phrase(text)


DRESSED_QUOTES = st.text(alphabet="ab «»'\u2019\u00a0é\n").filter(
    # What the guillemets of the sentence itself would be mistaken for.
    lambda text: not {"« ", " »"} & {aplanir(f" {text} ")[i : i + 2] for i in range(len(text) + 1)}
)
VALUES = st.one_of(st.text(alphabet=st.characters(exclude_characters="«»", exclude_categories=["Cs"])), DRESSED_QUOTES)


@given(valeur=VALUES, champ=VALUES)
@example(valeur="", champ="")
@example(valeur=" ", champ="  ")
@example(valeur="«a", champ="b»")
def test_phrase_reads_back_what_it_says(valeur, champ):
    valeur, champ = unicodedata.normalize("NFC", valeur), unicodedata.normalize("NFC", champ)
    said = SAISIT.rendre(valeur=valeur, champ=champ)
    if unicodedata.normalize("NFC", said) == said:  # A value may begin with an accent that joins the space before it.
        assert SAISIT.parse_arguments(said) == {"valeur": valeur, "champ": champ}


@given(st.text())
def test_plain_keeps_positions_and_is_idempotent(text):
    assert len(aplanir(text)) == len(unicodedata.normalize("NFC", text))
    assert aplanir(aplanir(text)) == aplanir(text)


def test_dressed_is_the_french_of_a_screen():
    assert habiller("l'identifiant « a » : libre ?") == ("l\u2019identifiant «\u00a0a\u00a0»\u00a0: libre\u00a0?")
