"""What several sources say of one certification gives the same whatever the order in which they come."""

from dataclasses import replace
from datetime import date, timedelta
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import une_certification
from webapp.domain.certifications import EtatCertification
from webapp.domain.registre import Bloc, FicheExportee, Habilitation, Partenaire
from webapp.domain.rencontre import BLOCS, FAITS, FIN, rencontrer

DEBUT = date(2026, 1, 1)
EFFET = "n’est pas encore active\u00a0: elle prend effet le 11\u00a0avril\u00a02026."


def le(jour):
    return DEBUT + timedelta(days=jour)


def une_lue(jour, *, active=True, blocs=(), **faits):
    """One fiche as the export of a day gives it."""
    faits.setdefault("connue_active_le", le(jour))
    certification = une_certification(
        faits_le=le(jour), vue_active_le=le(jour) if active else None,
        inactive_constatee_le=None if active else le(jour), source=f"export {jour}", **faits,
    )  # fmt: skip
    return FicheExportee(certification, blocs, export_le=le(jour))


_codes = st.lists(st.sampled_from(["1", "2", "3"]), max_size=2, unique=True).map(tuple)
_faits = st.fixed_dictionaries(
    {
        "intitule": st.sampled_from(["A", "B"]), "remplacee_par": _codes, "remplace": _codes, "formacodes": _codes,
        "certificateurs": _codes, "niveau_sortie": st.sampled_from(["", "Niveau 5"]),
        "fin_enregistrement": st.sampled_from([None, le(100), le(400), le(900)]),
        "effet_le": st.sampled_from([None, le(-50)]),
        "blocs": st.sampled_from([(), (Bloc("b", "B"),)]),
    }
)  # fmt: skip


@st.composite
def _sources(tirer):
    """Make exports of different days; what has been seen inactive stays so."""
    jours = sorted(tirer(st.lists(st.integers(0, 300), min_size=1, max_size=5, unique=True)))
    derniere_active = tirer(st.integers(-1, 301))
    return [une_lue(jour, active=jour <= derniere_active, **tirer(_faits)) for jour in jours]


@given(sources=_sources(), donnees=st.data())
@settings(max_examples=300)
def test_the_order_of_arrival_changes_nothing(sources, donnees):
    melangees = donnees.draw(st.permutations(sources))
    assert reduce(rencontrer, melangees[1:], melangees[0]) == reduce(rencontrer, sources[1:], sources[0])


@given(sources=_sources())
def test_the_younger_wins_and_silence_undoes_nothing(sources):
    fin = reduce(rencontrer, sources[1:], sources[0])
    for nom in (*FAITS, BLOCS):
        dits = [getattr(s if nom == BLOCS else s.certification, nom) for s in sources]
        attendu = next((dit for dit in reversed(dits) if dit), dits[-1])
        vu = fin.certification.vue_active_le
        if nom == FIN and attendu and not dits[-1] and vu and vu > attendu:
            # A younger source shows it active after that end.
            attendu = None
        assert getattr(fin if nom == BLOCS else fin.certification, nom) == attendu, nom
    assert fin.certification.source == sources[-1].certification.source
    assert fin.certification.faits_le == fin.export_le == sources[-1].export_le
    # Known active from the first day at which any source says so.
    assert fin.certification.connue_active_le == min(s.certification.connue_active_le for s in sources)


@given(sources=_sources())
def test_a_source_read_again_changes_nothing(sources):
    fin = reduce(rencontrer, sources[1:], sources[0])
    for source in sources:
        assert rencontrer(fin, source) == fin


def test_the_first_day_at_which_it_is_seen_inactive_stays():
    fin = reduce(rencontrer, [une_lue(jour, active=False) for jour in (10, 11, 12)])
    assert fin.certification.inactive_constatee_le == le(10)
    # An older export, that comes later, knows better.
    assert rencontrer(fin, une_lue(9, active=False)).certification.inactive_constatee_le == le(9)


def test_one_that_is_active_again_is_so_until_it_is_seen_inactive_again():
    reprise = reduce(rencontrer, [une_lue(10, active=False), une_lue(20)])
    assert reprise.certification.etat_le(le(21)) is EtatCertification.ACTIVE
    perdue = rencontrer(reprise, une_lue(30, active=False))
    assert perdue.certification.inactive_constatee_le == le(30)
    # What an older export says is not after the last that shows it active.
    assert rencontrer(perdue, une_lue(15, active=False)).certification.inactive_constatee_le == le(30)


def test_partners_are_those_of_the_younger_whole():
    ancien = replace(une_lue(1), partenaires=(Partenaire("1" * 14, Habilitation.FORMER),), nomme_des_partenaires=True)
    nouveau = replace(une_lue(2), nomme_des_partenaires=True)
    assert rencontrer(ancien, nouveau).partenaires == rencontrer(nouveau, ancien).partenaires == ()


@pytest.mark.parametrize("ordre", [1, -1])
def test_a_source_that_is_no_export_says_nothing_of_partners(ordre):
    nomme = replace(une_lue(1), partenaires=(Partenaire("1" * 14, Habilitation.FORMER),), nomme_des_partenaires=True)
    fin = reduce(rencontrer, [nomme, replace(une_lue(2), export_le=None)][::ordre])
    assert (fin.partenaires, fin.nomme_des_partenaires) == (nomme.partenaires, True)
    # The rest of what it says is the younger's.
    assert fin.certification.source == "export 2"
    assert fin.export_le == le(1)


@pytest.mark.parametrize("ordre", [1, -1])
def test_an_effect_still_ahead_is_not_undone_by_a_reading_that_did_not_know_it(ordre):
    sans = une_lue(1)
    avec = une_lue(2, effet_le=le(100), connue_active_le=le(100))
    fin = reduce(rencontrer, [sans, avec][::ordre])
    assert fin.certification.etat_le(le(50)) is EtatCertification.NON_ATTESTEE
    assert fin.certification.etat_le(le(100)) is EtatCertification.ACTIVE
    assert fin.certification.avis_le(le(50)).endswith(EFFET)


def test_a_famille_that_one_of_them_knows_stays():
    assert rencontrer(une_lue(1, famille="clea"), une_lue(2)).certification.famille == "clea"


def test_of_two_sources_of_one_day_the_one_that_is_read_wins():
    connue, lue = une_lue(5, intitule="Connue"), une_lue(5, intitule="Lue")
    assert rencontrer(connue, lue).certification.intitule == "Lue"
    assert rencontrer(lue, connue).certification.intitule == "Connue"


def test_an_end_that_a_younger_source_belies_is_forgotten():
    finie, active = une_lue(1, fin_enregistrement=le(3)), une_lue(5)
    assert rencontrer(finie, active).certification.fin_enregistrement is None
    # Seen active before its end, it is only silent on it.
    assert rencontrer(finie, une_lue(2)).certification.fin_enregistrement == le(3)


def test_seen_active_and_inactive_on_one_day_it_is_active():
    active, inactive = une_lue(5), une_lue(5, active=False)
    assert rencontrer(active, inactive).certification.inactive_constatee_le is None
    assert rencontrer(active, une_lue(6, active=False)).certification.inactive_constatee_le == le(6)


def test_a_fact_that_an_older_source_gave_last_is_of_that_day():
    vieille, muette = une_lue(1, niveau_sortie="Niveau 5"), une_lue(9)
    connue = rencontrer(vieille, muette)
    assert dict(connue.dates)["niveau_sortie"] == le(1)
    entre = une_lue(4, niveau_sortie="Niveau 6")
    assert rencontrer(connue, entre).certification.niveau_sortie == "Niveau 6"


def test_what_replaces_it_is_known_from_either():
    connue, lue = une_lue(1, succedee_par=("RS2",)), une_lue(2, succedee_par=())
    assert rencontrer(connue, lue).certification.succedee_par == ("RS2",)
    assert rencontrer(lue, connue).certification.succedee_par == ("RS2",)


def test_of_two_exports_of_one_day_the_partners_are_those_of_the_one_that_is_read():
    nomme = replace(une_lue(5), partenaires=(Partenaire("1" * 14, Habilitation.FORMER),), nomme_des_partenaires=True)
    sans = replace(une_lue(5), nomme_des_partenaires=True)
    assert rencontrer(nomme, sans).partenaires == ()
    assert rencontrer(sans, nomme).partenaires == nomme.partenaires


@pytest.mark.parametrize("ordre", [1, -1])
def test_the_other_codes_that_either_gives_are_all_known(ordre):
    ancienne = replace(une_lue(1), autres_codes=(("ancien", "RS1"), ("autre", "X")))
    recente = replace(une_lue(2), autres_codes=(("ancien", "RS2"), ("autre", "X")))
    fin = reduce(rencontrer, [ancienne, recente][::ordre])
    assert fin.autres_codes == (("ancien", "RS1"), ("ancien", "RS2"), ("autre", "X"))


def test_seen_active_on_the_last_day_that_another_gave_it_that_day_is_still_its_last():
    finie, active = une_lue(1, fin_enregistrement=le(3)), une_lue(3)
    assert rencontrer(finie, active).certification.fin_enregistrement == le(3)
    assert rencontrer(active, finie).certification.fin_enregistrement == le(3)


@pytest.mark.parametrize("ordre", [1, -1])
def test_of_two_that_were_silent_since_the_fact_that_was_said_last_is_believed(ordre):
    vieux = rencontrer(une_lue(1, niveau_sortie="Niveau 5"), une_lue(8))
    recent = rencontrer(une_lue(4, niveau_sortie="Niveau 6"), une_lue(9))
    fin = reduce(rencontrer, [vieux, recent][::ordre])
    assert fin.certification.niveau_sortie == "Niveau 6"
    assert dict(fin.dates)["niveau_sortie"] == le(4)
