"""What a formation that comes from elsewhere leaves empty, and says in its actions or in its objective."""

from __future__ import annotations

import pytest

from tests.builders import une_fiche_de
from webapp.domain.champs import DUREE_HEURES, NUMERO_AGREMENT
from webapp.domain.deductions import deduire
from webapp.domain.nomenclatures import TypeFormation


@pytest.mark.parametrize(
    ("durees", "trouve"),
    [(["23"], "23"), (["23", "23"], "23"), (["23", "24"], ""), (["23", ""], ""), ([""], ""), ([], "")],
)
def test_a_bilan_lasts_as_long_as_all_of_its_actions(durees, trouve):
    vide = une_fiche_de(TypeFormation.BILAN, duree_heures="")

    assert deduire(vide, durees) == ({DUREE_HEURES: trouve} if trouve else {})


@pytest.mark.parametrize(
    ("objectif", "trouve"),
    [
        ("Permis B, agrément E 02 075 1234 0.", "E 02 075 1234 0"),
        ("Agréée (E0207512340), et de nouveau E0207512340.", "E0207512340"),
        ("Agréée E 02 075 1234 0, puis F 03 075 1234 0.", ""),
        ("Agréée E 02 075 1234.", ""),
        ("Référence XE 02 075 1234 0.", ""),
        ("Référence E 02 075 1234 01.", ""),
        ("", ""),
    ],
)
def test_the_agreement_number_is_the_one_that_the_objective_states(objectif, trouve):
    vide = une_fiche_de(TypeFormation.PERMIS, numero_agrement=" ", objectif=objectif)

    assert deduire(vide, ["23"]) == ({NUMERO_AGREMENT: trouve} if trouve else {})


def test_what_is_typed_stays_and_no_other_type_is_given_anything():
    assert deduire(une_fiche_de(TypeFormation.BILAN, duree_heures="20"), ["23"]) == {}
    assert deduire(une_fiche_de(TypeFormation.CLEA, objectif="Agréée E 02 075 1234 0."), ["23"]) == {}
