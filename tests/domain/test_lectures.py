"""What people type or copy is read as it is meant, and what is not understood is kept, shown and told as it stands."""

import pytest

from tests.builders import une_fiche, une_fiche_de
from tests.builders_arbre import un_contact, un_contexte, un_lieu, une_action, une_session
from webapp.domain.champs import Niveau
from webapp.domain.codes import CodeRefuse, lire_code
from webapp.domain.controle_arbre import controler_action, controler_session
from webapp.domain.niveaux import PAR_NOM
from webapp.domain.nomenclatures import TypeCode, TypeFormation
from webapp.domain.nomenclatures_arbre import NON, OUI
from webapp.domain.saisies import lire, montrer
from webapp.domain.textes import sans_accents

INVISIBLE = "\N{LEFT-TO-RIGHT MARK}"
"""What a copy from a page written both ways leaves, and no normal form takes away."""


def plat(texte):
    return texte.replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


def dits(diagnostic, champ):
    return [plat(a.message) for a in diagnostic.anomalies if a.champ == champ]


# ------------------------------------------------------------------------------------------ codes


@pytest.mark.parametrize("saisie", ["37 674", "3 7 6 7 4", "37-674", "- 37674", "37674 -", "– 37674", "RNCP-37-674"])
def test_neither_spaces_nor_dashes_part_the_digits_of_a_code(saisie):
    assert lire_code(TypeCode.RNCP, saisie) == "RNCP37674"


@pytest.mark.parametrize(
    "saisie", ["n° 37674 - Développeur web", "Numéro 37674, Développeur web", ": 37674 - Développeur", "/37674"]
)
def test_a_number_that_is_named_or_follows_a_sign_is_read_with_the_title_that_comes_after(saisie):
    assert lire_code(TypeCode.RNCP, saisie) == "RNCP37674"


@pytest.mark.parametrize("saisie", ["x", "X - X", "-x-"])
def test_a_letter_is_something_and_is_no_code(saisie):
    with pytest.raises(CodeRefuse) as refus:
        lire_code(TypeCode.RS, saisie)
    assert plat(refus.value.message).startswith(f"« {saisie} » n'est pas un code")


def test_nothing_but_dashes_is_no_code_at_all():
    with pytest.raises(CodeRefuse, match=r"^Saisissez le code de la certification\.$"):
        lire_code(TypeCode.RS, " — - ")


def test_a_code_or_a_number_is_read_without_what_cannot_be_seen_in_it():
    assert une_fiche_de(TypeFormation.BILAN, duree_heures=f"2{INVISIBLE}4").duree_heures == "24"
    assert une_fiche_de(TypeFormation.VAE, categorisation=f"15{INVISIBLE}2").categorisation == "152"
    assert une_session(debut=f"05/01{INVISIBLE}/2027").valeur("debut") == "2027-01-05"
    assert une_action(duree=f"{INVISIBLE}24").valeur("duree") == "24"


# ----------------------------------------------------------------------------------- other natures


@pytest.mark.parametrize(
    ("texte", "lu"),
    [("oui", OUI), ("O", OUI), ("vrai", OUI), ("1", OUI), ("Yes", OUI), ("n", NON), ("FAUX", NON), ("0", NON),
     ("peut-être", "peut-être")],
)  # fmt: skip
def test_yes_and_no_are_read_in_the_words_of_people_and_of_spreadsheets(texte, lu):
    assert une_action(prerequis=texte).valeur("prerequis") == lu


@pytest.mark.parametrize(
    ("texte", "lu"), [("+33 (0)1 23 45 67 89", "+33123456789"), ("(0)1 23 45 67 89", "0123456789")]
)
def test_the_zero_in_brackets_counts_but_after_the_prefix_of_a_country(texte, lu):
    assert un_contact(telephone=texte).valeur("telephone") == lu


@pytest.mark.parametrize("debut", ["https://", "http://", "HTTPS://", "Http://"])
def test_an_address_of_the_web_goes_on_after_its_beginning_however_it_is_written(debut):
    attendu = [f"Saisissez l'adresse entière : après {debut.lower()}, il manque le nom du site."]
    assert dits(controler_action(une_action(url=debut), un_contexte()), "url") == attendu
    assert dits(controler_action(une_action(url=f"{debut}exemple.example"), un_contexte()), "url") == []


def test_what_is_no_date_is_quoted_whole_and_once():
    juge = controler_session(une_session(debut="après Noël"), une_action(), un_contexte())
    assert dits(juge, "debut") == ["« après Noël » n'est pas une date : saisissez par exemple 05/01/2027."]


def test_what_was_not_understood_is_shown_as_it_was_typed_a_code_being_said_unknown():
    debut, rythmes = PAR_NOM[Niveau.SESSION]["debut"], PAR_NOM[Niveau.ACTION]["rythmes"]
    deux = "2027-01-05\n2027-01-06"
    assert montrer(debut, lire(debut, deux)) == deux
    assert montrer(rythmes, lire(rythmes, "quand on peut\n5")) == "Temps plein\ncode inconnu (quand on peut)"


# --------------------------------------------------------------------------------- copies, searches


def test_a_copy_of_a_formation_puts_one_space_between_its_title_and_what_says_so():
    assert une_fiche(intitule="Anglais ").copie().intitule == "Anglais (copie)"
    assert une_fiche(intitule=" Anglais").copie().intitule == "Anglais (copie)"


def test_only_a_number_is_left_out_of_a_copy():
    assert un_contact().copie() == un_contact()
    assert un_lieu().copie() == un_lieu()
    assert une_session().copie() == une_session(numero="")


def test_a_text_is_searched_without_the_marks_of_any_writing():
    assert sans_accents("\u05e9\u05c1\u05dc\u05d5\u05b9\u05dd") == "\u05e9\u05dc\u05d5\u05dd"
    assert sans_accents("Ε\u0301\u1dc4τη") == "ετη"
