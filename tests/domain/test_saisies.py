"""What people write is read, kept when it is not understood, and said back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain import champs_action as a
from webapp.domain import champs_annuaire as n
from webapp.domain import champs_session as s
from webapp.domain.champs import Nature, Niveau
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.niveaux import CHAMPS
from webapp.domain.saisies import comme_date, comme_entier, comme_montant, lire, montrer, montrer_en_ligne

TOUS = [champ for niveau, siens in CHAMPS.items() if niveau is not Niveau.FORMATION for champ in siens]
INSECABLE, FINE = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("5/1/2027", "2027-01-05"), ("05/01/2027", "2027-01-05"), ("05.01.27", "2027-01-05"),
        ("5-1-2027", "2027-01-05"),
        ("2027-01-05", "2027-01-05"), ("20270105", "2027-01-05"), (" 5 / 1 / 2027 ", "2027-01-05"),
        ("5 janvier 2027", "2027-01-05"), ("1er août 2027", "2027-08-01"), ("1ER AOUT 2027", "2027-08-01"),
        (f"5{INSECABLE}janvier{INSECABLE}2027", "2027-01-05"), ("29/02/2028", "2028-02-29"),
        ("20260231", "20260231"), ("31/02/2026", "31/02/2026"), ("29/02/2027", "29/02/2027"), ("00000000", "00000000"),
        ("99999999", "99999999"), ("20261399", "20261399"), ("demain", "demain"), ("5 janv 2027", "5 janv 2027"),
        ("5/1", "5/1"), ("2027", "2027"), ("", ""), (" ", ""),
    ],
)  # fmt: skip
def test_a_date(texte, lu):
    assert lire(s.DEBUT, texte) == lu


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("1 200,50 €", "1200.50"), (f"1{FINE}200,50{INSECABLE}€", "1200.50"), ("1.200,50", "1200.50"),
        ("1,200.50", "1200.50"), ("1200.5", "1200.50"), ("1200", "1200.00"), ("1 200", "1200.00"), ("0", "0.00"),
        ("1.200.000", "1200000.00"), ("1 200 000,00", "1200000.00"), ("1200 euros", "1200.00"), ("1200 EUR", "1200.00"),
        ("€ 12", "12.00"), ("0012,10", "12.10"), ("9 999 999 999,99", "9999999999.99"), ("12,", "12.00"),
        # One separator before three digits: thousands or thousandths, nobody can say.
        ("1.200", "1.200"), ("1,200", "1,200"),
        ("gratuit", "gratuit"), ("-5", "-5"), ("1,2,3", "1,2,3"), ("12 34", "12 34"), ("1.20.3", "1.20.3"),
        ("10 000 000 000,00", "10 000 000 000,00"), ("12,345", "12,345"), ("1e3", "1e3"), (",50", ",50"),
        ("1.200.50", "1.200.50"),
        # The currency where the decimal separator would be.
        ("1200€50", "1200.50"), ("1 200 € 50", "1200.50"), ("1.200€50", "1200.50"), ("1200 euros 50", "1200.50"),
        ("1200eur05", "1200.05"), ("0€50", "0.50"),
        # Anywhere else among the digits, it is no amount: taken away, it would make another of them.
        ("12€5", "12€5"), ("12€505", "12€505"), ("1€2€30", "1€2€30"), ("1200,50€50", "1200,50€50"),
        ("1,200€50", "1,200€50"), ("50€1200", "50€1200"), ("12 34€50", "12 34€50"), ("1€200,50", "1€200,50"),
    ],
)  # fmt: skip
def test_an_amount(texte, lu):
    assert lire(a.FRAIS_HT, texte) == lu


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("24", "24"), ("24 h", "24"), ("24h", "24"), ("24 heures", "24"), ("1 200", "1200"), ("24,00", "24"),
        ("007", "7"), ("0", "0"), ("24h30", "24h30"), ("7,5", "7,5"), ("-5", "-5"), ("douze", "douze"),
        ("999999999999", "999999999999"),
    ],
)  # fmt: skip
def test_hours(texte, lu):
    assert lire(a.DUREE, texte) == lu


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("01 84 17 59 70", "0184175970"), ("01.84.17.59.70", "0184175970"), ("01-84-17-59-70", "0184175970"),
        ("+33 1 84 17 59 70", "+33184175970"), ("+33 (0)1 84 17 59 70", "+33184175970"),
        ("0033184175970", "0033184175970"),
        ("01/84/17/59/70", "0184175970"), ("0711/123456", "0711123456"),
        # Two numbers never become one.
        ("01 23 45 67 89 / 06 11", "01 23 45 67 89 / 06 11"), ("0123456789/12", "0123456789/12"),
        ("01‑84‑17‑59‑70", "0184175970"), ("poste 12", "poste 12"), ("1234567890123456", "1234567890123456"),
    ],
)  # fmt: skip
def test_a_telephone(texte, lu):
    assert lire(n.TELEPHONE, texte) == lu


@pytest.mark.parametrize(
    ("champ", "texte", "lu"),
    [
        (a.PREREQUIS, "Oui", "oui"), (a.PREREQUIS, "0", "non"), (a.PREREQUIS, "peut-être", "peut-être"),
        (a.MODALITES_D_ENSEIGNEMENT, "formation mixte", "1"), (a.MODALITES_D_ENSEIGNEMENT, "7", "7"),
        (a.LANGUE, "français", "FR"), (a.LANGUE, "fr", "FR"), (a.LANGUE, "FRA", "FRA"),
        (a.TVA, "20", "20.0"), (a.TVA, "20 %", "20.0"), (a.TVA, "5,5", "5.5"), (a.TVA, "0", "0.0"), (a.TVA, "10", "10"),
        (a.TVA, "5,50 %", "5.5"),
        (a.TVA, "net de TVA", "0.0"), (a.RYTHME, "5\n1", "1\n5"), (a.RYTHME, "5, 1 ; 5", "1\n5"),
        (a.RYTHME, "99\n1", "1\n99"), (a.RYTHME, "En soirée\nEn journée", "1\n2"),
        (a.ADMISSION, "92005 ; 92002", "92002\n92005"),
        (a.DATES_INFORMATION, "5/1/27\n06/01/2027", "2027-01-05\n2027-01-06"),
        (a.NUMERO, " A 1 ", "A 1"), (n.NATURE_VOIE, "rue", "RUE"), (n.NATURE_VOIE, "Allée", "ALL"),
        (n.NATURE_VOIE, "rte", "RTE"), (n.CODE_POSTAL, "31 000", "31000"), (n.LATITUDE, "43,6", "43.6"),
        (n.LONGITUDE, " 1,44 ", "1.44"), (n.LONGITUDE, "1 44", "1 44"), (n.LONGITUDE, "1 44,5", "1 44,5"),
        (n.PAYS, "be", "BE"), (n.COURRIEL, " mailto:a@b.fr ", "a@b.fr"),
        (a.LIEU, "6F9619FF8B86D011B42D00C04FC964FF", "6f9619ff-8b86-d011-b42d-00c04fc964ff"), (a.LIEU, "ici", "ici"),
        (a.ACCES_HANDICAPES, " Rampe\r\net ascenseur ", " Rampe\net ascenseur "),
    ],
)  # fmt: skip
def test_what_people_write_elsewhere(champ, texte, lu):
    assert lire(champ, texte) == lu


@given(st.sampled_from(TOUS), st.text())
def test_reading_what_was_read_changes_nothing(champ, texte):
    lu = lire(champ, texte)
    assert lire(champ, lu) == lu


@given(st.sampled_from(TOUS), st.text(alphabet="0123456789 ,.€/-+hTVA%\n"))
def test_reading_numbers_twice_changes_nothing(champ, texte):
    lu = lire(champ, texte)
    assert lire(champ, lu) == lu


def canoniques(champ):
    """Values in their canonical form, for a field of a nature that has one."""
    if champ.nature is Nature.CHOIX_MULTIPLES:
        codes = list(champ.choix)
        return st.sets(st.sampled_from(codes)).map(lambda lus: "\n".join(c for c in codes if c in lus))
    if champ.choix is not None:
        return st.sampled_from(list(champ.choix))
    dates = st.dates().map(date.isoformat)
    if champ.plusieurs > 1:
        return st.lists(dates, min_size=1, max_size=3, unique=True).map("\n".join)
    return {
        Nature.DATE: dates,
        Nature.ENTIER: st.integers(0, 999_999_999).map(str),
        Nature.MONTANT: st.decimals(0, Decimal("9999999999.99"), places=2).map(lambda m: f"{m:.2f}"),
        Nature.TELEPHONE: st.from_regex(r"\A(\+33|0)[1-9][0-9]{8}\Z"),
        Nature.CONTACT: st.uuids().map(str),
        Nature.LIEU: st.uuids().map(str),
    }.get(champ.nature, st.just(""))


@given(st.data())
def test_a_canonical_value_is_read_back_from_what_is_shown(data):
    champ = data.draw(st.sampled_from(TOUS))
    valeur = data.draw(canoniques(champ))
    assert lire(champ, valeur) == valeur
    assert lire(champ, montrer(champ, valeur)) == valeur


def test_values_are_shown_in_french():
    assert montrer(s.DEBUT, "2027-01-05") == "05/01/2027"
    assert montrer(a.FRAIS_HT, "1200.50") == f"1{INSECABLE}200,50"
    assert montrer(n.TELEPHONE, "0561000000") == "05 61 00 00 00".replace(" ", INSECABLE)
    assert montrer(n.TELEPHONE, "+33561000000") == "+33 5 61 00 00 00".replace(" ", INSECABLE)
    assert montrer(a.RYTHME, "1\n5") == "En journée\nTemps plein"
    assert montrer(a.FRAIS_HT, "gratuit") == "gratuit"


def test_canonical_values_are_worth_what_they_say():
    assert comme_date("2027-01-05") == date(2027, 1, 5)
    assert comme_date("20270105") is comme_date("05/01/2027") is comme_date("") is None
    assert comme_entier("24") == 24
    assert comme_entier("007") is comme_entier("") is None
    assert comme_montant("1200.50") == Decimal("1200.50")
    assert comme_montant("1200,50") is comme_montant("") is None


def test_a_fiche_is_indexed_by_its_fields_and_keeps_what_it_does_not_understand():
    fiche = Fiche.lire(Niveau.SESSION, {"numero": " S1 ", "debut": "5/1/2027", "fin": "jamais", "inconnu": "x"})
    assert (fiche[s.NUMERO], fiche[s.DEBUT], fiche[s.FIN]) == ("S1", "2027-01-05", "jamais")
    assert fiche.textes["fin"] == "jamais"
    with pytest.raises(KeyError):
        fiche[a.DUREE]
    autre = fiche.avec(fin="6/1/2027")
    assert fiche.differences(autre) == ("fin",)
    assert autre[s.FIN] == "2027-01-06"
    with pytest.raises(KeyError):
        fiche.avec(inconnu="x")
    assert autre.copie() == autre.avec(numero="")


def test_a_new_fiche_holds_the_defaults_alone():
    neuve = Fiche.nouvelle(Niveau.ACTION)
    assert {nom: v for nom, v in neuve.textes.items() if v} == {
        "langue": "FR", "entrees_sorties": "0", "niveau_entree_obligatoire": "non",
    }  # fmt: skip
    assert Fiche.lire(Niveau.ACTION, neuve.textes) == neuve


@pytest.mark.parametrize(
    ("niveau", "textes", "nom"),
    [
        (Niveau.ACTION, {"numero": "A1"}, "A1"),
        (Niveau.CONTACT, {"prenom": "Camille", "nom": "Martin"}, "Camille Martin"),
        (Niveau.LIEU, {"denomination": "Salle Garonne"}, "Salle Garonne"),
    ],
)
def test_what_names_a_fiche(niveau, textes, nom):
    assert Fiche.lire(niveau, textes).nom == nom


def test_a_date_that_is_none_is_shown_as_it_was_written():
    assert montrer(s.DEBUT, "bientôt") == "bientôt"
    assert montrer(a.DATES_INFORMATION, "2027-01-05\nbientôt") == "05/01/2027\nbientôt"


@pytest.mark.parametrize("blancs", [" ", " \n ", "\u3000", "\u200e"])
def test_blanks_alone_say_nothing_whatever_the_field(blancs):
    assert {lire(champ, blancs) for champ in TOUS} == {""}


@pytest.mark.parametrize(
    ("champ", "valeur", "dit"),
    [
        (a.RYTHME, "1\n5", "En journée, Temps plein"), (a.RYTHME, "", ""),
        (a.DATES_INFORMATION, "2026-12-01\n2026-12-08", "01/12/2026, 08/12/2026"),
        (a.FRAIS_TTC, "1200.50", f"1{INSECABLE}200,50{INSECABLE}€"), (a.FRAIS_TTC, "gratuit", "gratuit"),
        (a.TRANSPORT, "Bus\nTram", "Bus\nTram"),
    ],
)  # fmt: skip
def test_what_a_sentence_says_of_a_value(champ, valeur, dit):
    assert montrer_en_ligne(champ, valeur) == dit
