from datetime import date

import pytest

from tests.builders import Atelier, une_fiche
from webapp.domain.statuts import Statut
from webapp.services import echeances
from webapp.services.echeances import FORMATIONS_MONTREES, PALIERS

# RS5719 ends on 31/12/2026, RS5000 ended on 24/05/2024 and RS6604 replaces it, RS6604 ends in 2029.
LE = date(2026, 11, 23)


def une_sur(code, identifiant="F_1"):
    return une_fiche(identifiant=identifiant, certification=code, type_formation="certifiante")


@pytest.fixture
def auteur(atelier: Atelier):
    return atelier.utilisateur()


def lire(base, auteur, le=LE):
    with base.lecture() as cnx:
        return echeances.echeancier(cnx, auteur.organisme, le)


def codes(liste):
    return [e.certification.code for e in liste]


def test_nothing_ends_in_an_empty_catalogue(base, auteur):
    assert lire(base, auteur).vide


@pytest.mark.parametrize(
    ("le", "palier", "jours"),
    [
        (date(2026, 12, 31), 30, 0),
        (date(2026, 12, 1), 30, 30),
        (date(2026, 11, 30), 90, 31),
        (date(2026, 10, 2), 90, 90),
        (date(2026, 10, 1), 180, 91),
        (date(2026, 7, 4), 180, 180),
        (date(2026, 7, 3), None, None),
    ],
)
def test_what_ends_stands_in_the_first_period_that_holds_it(base, atelier, auteur, le, palier, jours):
    atelier.formation(auteur, une_sur("RS5719"))
    trouve = lire(base, auteur, le)
    par_palier = {fin: [(e.certification.code, e.jours) for e in liste] for fin, liste in trouve.paliers}
    assert par_palier == {fin: [("RS5719", jours)] if fin == palier else [] for fin in PALIERS}
    assert trouve.vide == (palier is None)
    assert not trouve.finies


def test_the_day_after_its_end_a_certification_has_ended(base, atelier, auteur):
    atelier.formation(auteur, une_sur("RS5719"))
    assert codes(lire(base, auteur, date(2027, 1, 1)).finies) == ["RS5719"]


def test_what_replaces_it_is_told(base, atelier, auteur):
    atelier.formation(auteur, une_sur("RS5000"))
    [finie] = lire(base, auteur).finies
    assert [une.code for une in finie.suite.actives] == ["RS6604"]
    assert finie.jours is None


def test_archived_formations_and_those_of_others_do_not_count(base, atelier, auteur):
    atelier.formation(auteur, une_sur("RS5719"), Statut.ARCHIVEE)
    atelier.formation(atelier.utilisateur(), une_sur("RS5719"))
    assert lire(base, auteur).vide


def test_the_formations_are_named_the_last_changed_first_up_to_a_number(base, atelier, auteur):
    for n in range(FORMATIONS_MONTREES + 1):
        atelier.formation(auteur, une_sur("RS5719", f"F_{n}"))
    [(_, [echeance]), *_] = [p for p in lire(base, auteur).paliers if p[1]]
    assert echeance.nombre == FORMATIONS_MONTREES + 1
    assert len(echeance.formations) == FORMATIONS_MONTREES
    assert echeance.formations[0].identifiant == f"F_{FORMATIONS_MONTREES}"
