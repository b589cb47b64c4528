"""What people mistype in a contact, a place or a session: told with what to do, and what is right stays right."""

import pytest

from tests.builders_arbre import un_contact, un_contexte, un_lieu
from webapp.domain import champs_annuaire, champs_session, courriels, saisies
from webapp.domain.controle_arbre import controler_entree
from webapp.domain.diagnostic import Portee
from webapp.domain.textes import fr

COURRIELS_REFUSES = [
    "a..b@x.fr", ".a@x.fr", "a.@x.fr", f"{'a' * 65}@x.fr", "a@-x.fr", "a@x-.fr", "a@x..fr", "a@x", "@x.fr", "a@",
    "a b@x.fr", f"a@{'x' * 64}.fr", "a@.fr", "a@x.fr.",
]  # fmt: skip
COURRIELS = [
    f"{'a' * 64}@x.fr", "a.b@x.fr", "a-b+c@x-y.fr", "o'neil@x.fr", "prénom.nom@exemple.fr", '"a..b"@x.fr', "a@x1.co.uk",
    "A_B@xn--caf-dma.fr", "1@2.fr",
]  # fmt: skip


def dites(fiche, champ):
    trouvees = controler_entree(fiche, un_contexte()).anomalies
    return [a.message for a in trouvees if a.champ == champ.nom and a.portee is Portee.VALIDATION]


@pytest.mark.parametrize("courriel", COURRIELS_REFUSES)
def test_an_address_that_nobody_can_have_is_refused_with_what_is_wrong(courriel):
    [dit] = dites(un_contact(courriel=courriel), champs_annuaire.COURRIEL)
    assert dit == courriels.refus(courriel)
    assert not courriels.bien_forme(courriel)


@pytest.mark.parametrize("courriel", COURRIELS)
def test_an_address_that_somebody_may_have_is_taken(courriel):
    assert dites(un_contact(courriel=courriel), champs_annuaire.COURRIEL) == []
    assert courriels.bien_forme(courriel)


@pytest.mark.parametrize(("courriel", "dit"), [
    ("a..b@x.fr", "Avant « @ », deux points ne se suivent pas, et un point n'est ni au début ni à la fin."),
    (".a@x.fr", "Avant « @ », deux points ne se suivent pas, et un point n'est ni au début ni à la fin."),
    (f"{'a' * 65}@x.fr", "Avant « @ », une adresse électronique compte 64 caractères au plus : celle-ci en a 65."),
    ("a@-x.fr", "Après « @ », aucun mot ne commence ni ne finit par un tiret, ni ne dépasse 63 caractères."),
    ("a@x..fr", "Saisissez une adresse électronique, par exemple inscription@exemple.fr."),
])  # fmt: skip
def test_what_is_wrong_with_an_address_is_said(courriel, dit):
    assert courriels.refus(courriel) == fr(dit)


@pytest.mark.parametrize("pays", ["ZZ", "XX", "UK", "EU"])
def test_two_letters_that_are_no_country_are_refused(pays):
    assert dites(un_lieu(pays=pays), champs_annuaire.PAYS) == [
        fr(f"« {pays} » n'est le code d'aucun pays : saisissez par exemple BE (Belgique), ou rien pour la France.")
    ]


@pytest.mark.parametrize("pays", ["", "FR", "BE", "CH", "LU", "GB", "DE", "MC", "RE", "GP", "XK"])
def test_a_country_is_taken(pays):
    assert dites(un_lieu(pays=pays), champs_annuaire.PAYS) == []


@pytest.mark.parametrize("numero", ["bis", "TER", "quater", " bis "])
def test_a_repetition_without_its_number_asks_for_it(numero):
    [dit] = dites(un_lieu(numero_voie=numero), champs_annuaire.NUMERO_VOIE)
    assert dit == fr(f"Saisissez aussi le numéro, par exemple 12 {numero.strip().lower()}.")


@pytest.mark.parametrize("numero", ["", "12", "12 bis", "12bis", "B", "A2", "12-14", "bis 3"])
def test_a_number_of_a_way_is_taken(numero):
    assert dites(un_lieu(numero_voie=numero), champs_annuaire.NUMERO_VOIE) == []


@pytest.mark.parametrize("pays", ["", "BE"])
def test_four_figures_ask_for_a_country_and_say_how_the_portal_takes_them(pays):
    assert dites(un_lieu(code_postal="1000", pays=pays), champs_annuaire.CODE_POSTAL) == [fr(
        "Un code postal français compte cinq chiffres, par exemple 31000. À l'étranger, indiquez le pays, et complétez "
        "le code à cinq caractères, que le fichier du portail exige : par exemple B1000 pour 1000 en Belgique."
    )]  # fmt: skip
    assert dites(un_lieu(code_postal="B1000", pays="BE"), champs_annuaire.CODE_POSTAL) == []


def test_a_code_that_no_list_has_is_not_shown_as_if_it_were_its_meaning():
    assert saisies.montrer(champs_session.ETAT_RECRUTEMENT, "9") == "code inconnu (9)"
    assert saisies.montrer(champs_session.ETAT_RECRUTEMENT, "1") != "1"
    assert saisies.montrer(champs_session.ETAT_RECRUTEMENT, "") == ""
