"""What is read for one organisation says nothing of another's formations, were they on the same certification."""

from datetime import date

import pytest

from tests.builders import une_fiche
from webapp.services import catalogue, echeances


@pytest.fixture
def gens(atelier):
    return [atelier.utilisateur() for _ in range(2)]


def test_an_identifier_taken_elsewhere_is_still_proposed_here(base, atelier, gens):
    ici, ailleurs = gens
    atelier.formation(ici, une_fiche(identifiant="Clea_1"))
    atelier.formation(ailleurs, une_fiche(identifiant="Clea_2"))
    with base.lecture() as cnx:
        assert catalogue.proposer_identifiant(cnx, ici.organisme, "Clea_1") == "Clea_2"


def test_what_ends_names_the_formations_of_the_organisation_alone(base, atelier, gens):
    for rang, qui in enumerate(gens):
        fiche = une_fiche(identifiant=f"F_{rang}", certification="RS5719", type_formation="certifiante")
        atelier.formation(qui, fiche)
    for rang, qui in enumerate(gens):
        with base.lecture() as cnx:
            trouve = echeances.echeancier(cnx, qui.organisme, date(2026, 11, 23))
        [echeance] = [e for _, liste in trouve.paliers for e in liste]
        assert echeance.nombre == 1
        assert [f.identifiant for f in echeance.formations] == [f"F_{rang}"]
