from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.certifications import Ton
from webapp.domain.registre import Habilitation, Partenaire, annonce_habilitation

SIRET = "99999999800019"
PAR_DROITS = {
    (True, True): "Votre organisme est habilité à former et à organiser l’évaluation pour cette certification.",
    (True, False): (
        "Votre organisme est habilité à former pour cette certification, mais pas à organiser l’évaluation."
    ),
    (False, True): (
        "Votre organisme n’est habilité qu’à organiser l’évaluation\N{NO-BREAK SPACE}: il ne peut pas former."
    ),
}


def lignes(habilitations, *, active=True):
    return [Partenaire(SIRET, h, active) for h in habilitations]


@pytest.mark.parametrize(
    "habilitations", [*chain.from_iterable(combinations(Habilitation, n) for n in range(1, len(Habilitation) + 1))]
)
def test_several_lines_give_together_what_the_organisation_may_do(habilitations):
    former = bool({Habilitation.FORMER, Habilitation.FORMER_ET_ORGANISER} & set(habilitations))
    organiser = bool({Habilitation.ORGANISER, Habilitation.FORMER_ET_ORGANISER} & set(habilitations))
    annonce = annonce_habilitation(lignes(habilitations))
    assert annonce.texte == PAR_DROITS[former, organiser]
    assert annonce.ton is (Ton.INFORMATION if former else Ton.ATTENTION)


def test_no_line_is_no_habilitation():
    annonce = annonce_habilitation([])
    debut = "Votre organisme n’apparaît pas parmi les partenaires habilités de cette certification"
    assert annonce.texte == f"{debut}\N{NO-BREAK SPACE}: à vérifier sur France compétences."
    assert annonce.ton is Ton.ATTENTION


@given(st.sets(st.sampled_from(Habilitation), min_size=1))
def test_a_line_that_is_no_longer_active_entitles_to_nothing(habilitations):
    annonce = annonce_habilitation(lignes(habilitations, active=False))
    assert annonce.texte == "L’habilitation de votre organisme pour cette certification n’est plus active."
    assert annonce.ton is Ton.ATTENTION


@given(st.sets(st.sampled_from(Habilitation), min_size=1), st.sets(st.sampled_from(Habilitation)))
def test_what_is_no_longer_active_takes_nothing_from_what_is(actives, anciennes):
    ensemble = [*lignes(anciennes, active=False), *lignes(actives)]
    assert annonce_habilitation(iter(ensemble)) == annonce_habilitation(lignes(actives))
