from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain import prix
from webapp.domain.calendrier import ajouter_jours_ouvres, deplacer, est_ouvre, premier_debut_possible
from webapp.domain.champs import Niveau
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.montants import MONTANT_MAX
from webapp.domain.nomenclatures_arbre import TAUX_TVA

montants = st.decimals(0, Decimal("999999999.99"), places=2)


def action(**textes):
    return Fiche.lire(Niveau.ACTION, textes)


@pytest.mark.parametrize(
    ("hors_taxes", "taux", "toutes_taxes"),
    [
        ("500.50", "20.0", "600.60"), ("1000.00", "5.5", "1055.00"), ("1200.50", "0.0", "1200.50"),
        ("0.10", "5.5", "0.11"), ("0.05", "20.0", "0.06"), ("1.25", "20.0", "1.50"), ("0.01", "20.0", "0.01"),
        # Half a cent goes up: 0.03 × 1.2 = 0.036, 10.10 × 1.055 = 10.6555, 1.00 × 1.055 = 1.055.
        ("0.03", "20.0", "0.04"), ("10.10", "5.5", "10.66"), ("1.00", "5.5", "1.06"),
    ],
)  # fmt: skip
def test_the_price_with_tax(hors_taxes, taux, toutes_taxes):
    assert prix.ttc(Decimal(hors_taxes), taux) == Decimal(toutes_taxes)


@pytest.mark.parametrize(
    ("toutes_taxes", "taux", "hors_taxes"),
    [("600.60", "20.0", "500.50"), ("100.00", "20.0", "83.33"), ("100.00", "5.5", "94.79"), ("7.00", "0.0", "7.00")],
)
def test_the_price_without_tax(toutes_taxes, taux, hors_taxes):
    assert prix.ht(Decimal(toutes_taxes), taux) == Decimal(hors_taxes)


@given(montants, st.sampled_from(list(TAUX_TVA)))
def test_without_tax_there_and_back_is_the_same_price(hors_taxes, taux):
    assert prix.ht(prix.ttc(hors_taxes, taux), taux) == hors_taxes


@given(montants, st.sampled_from(list(TAUX_TVA)))
def test_what_is_computed_either_way_agrees(montant, taux):
    assert prix.concorde(montant, taux, prix.ttc(montant, taux))
    assert prix.concorde(prix.ht(montant, taux), taux, montant)


def test_a_cent_is_let_through_and_two_are_not():
    for ecart, admis in (("599.99", True), ("600.00", True), ("600.01", True), ("599.98", False), ("600.02", False)):
        assert prix.concorde(Decimal(500), "20.0", Decimal(ecart)) is admis


def test_the_missing_price_is_computed_and_nothing_typed_is_changed():
    assert prix.completer(action(taux_tva="20", frais_ht="500,50"))[_champ("frais_ttc")] == "600.60"
    assert prix.completer(action(taux_tva="20", frais_ttc="600,60"))[_champ("frais_ht")] == "500.50"
    for laisse in (
        action(taux_tva="20", frais_ht="500", frais_ttc="gratuit"), action(taux_tva="20", frais_ht="1", frais_ttc="9"),
        action(frais_ht="500"), action(taux_tva="10", frais_ht="500"), action(taux_tva="20", frais_ht="gratuit"),
        action(taux_tva="20", frais_ht="9999999999,99"),
    ):  # fmt: skip
        assert prix.completer(laisse) == laisse


def test_completing_twice_changes_nothing():
    une = prix.completer(action(taux_tva="5,5", frais_ttc="100"))
    assert prix.completer(une) == une


def test_the_price_of_an_hour():
    assert prix.prix_horaire("24", "1200.00") == Decimal("50.00")
    assert prix.prix_horaire("0", "1200.00") is None
    assert prix.prix_horaire("24", "gratuit") is None


def _champ(nom):
    return next(champ for champ in action().champs if champ.nom == nom)


def jamais(_jour):
    return False


def noel(jour):
    return jour == date(2026, 12, 25)


@pytest.mark.parametrize(
    ("depuis", "nombre", "obtenu"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)), (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)), (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 23), 11, date(2026, 12, 8)),
    ],
)  # fmt: skip
def test_working_days_are_counted_from_the_next_day(depuis, nombre, obtenu):
    assert ajouter_jours_ouvres(depuis, nombre, jamais) == obtenu


def test_a_holiday_is_not_worked():
    assert not est_ouvre(date(2026, 12, 25), noel)
    assert ajouter_jours_ouvres(date(2026, 12, 24), 1, noel) == date(2026, 12, 28)
    assert premier_debut_possible(date(2026, 11, 23), jamais) == date(2026, 12, 8)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 60))
def test_a_day_reached_by_working_days_is_worked_and_later_numbers_lead_further(depuis, nombre):
    obtenu = ajouter_jours_ouvres(depuis, nombre, noel)
    assert est_ouvre(obtenu, noel)
    assert ajouter_jours_ouvres(depuis, nombre + 1, noel) > obtenu > depuis


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-500, 500))
def test_moving_by_weeks_keeps_the_day_of_the_week_and_comes_back(jour, semaines):
    assert deplacer(jour, semaines).weekday() == jour.weekday()
    assert deplacer(deplacer(jour, semaines), -semaines) == jour


@pytest.mark.parametrize(
    ("heures", "ttc", "dit"),
    [("2", "0.05", "0.03"), ("2", "0.01", "0.01"), ("24", "1200.00", "50.00"), ("0", "10", None), ("5", "0", None),
     ("", "10", None), ("5", "", None)],
)  # fmt: skip
def test_what_an_hour_costs_is_to_the_cent_and_half_a_cent_goes_up(heures, ttc, dit):
    assert prix.prix_horaire(heures, ttc) == (None if dit is None else Decimal(dit))


def test_the_largest_amount_is_still_computed():
    plus_grand = str(MONTANT_MAX)
    assert prix.completer(action(taux_tva="0", frais_ht=plus_grand))[_champ("frais_ttc")] == plus_grand
