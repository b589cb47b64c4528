"""What a job says of itself, and the dates of a session moved by weeks."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.builders_arbre import une_session
from webapp.domain.calendrier import SEMAINES_MAX
from webapp.domain.decalage import decaler
from webapp.domain.taches import CHOIX_MAX, ChoixServi, ChoixTropLong, EtatTache, Genre, Tache, TacheDepassee
from webapp.domain.textes import fr

LE = datetime(2026, 11, 26, tzinfo=UTC)


def une_tache(**faits):
    base: dict[str, Any] = {
        "id": uuid4(), "organisme_id": uuid4(), "genre": next(g for g in Genre if g is not Genre.ANNULATION),
        "etat": EtatTache.TERMINEE, "changement": None, "etape": {}, "jour": None, "utilisateur_id": uuid4(),
        "demandee_par": "Camille", "creee_le": LE,
    }  # fmt: skip
    return Tache(**(base | faits))


def test_what_has_had_its_turn_was_done_or_left():
    assert une_tache(faits=5, laisses=2, prevus=9, ecartes=4).traites == 7


@pytest.mark.parametrize("etat", EtatTache)
def test_a_job_is_active_or_finished_or_waits_for_somebody(etat):
    tache = une_tache(etat=etat, faits=1)
    assert tache.active is (etat in {EtatTache.PREPARATION, EtatTache.EN_COURS})
    assert tache.finie is (etat in {EtatTache.TERMINEE, EtatTache.INTERROMPUE})
    assert tache.annulable is tache.finie


@pytest.mark.parametrize(("faits", "annulable"), [(0, False), (1, True), (2, True)])
def test_what_did_nothing_has_nothing_to_undo(faits, annulable):
    assert une_tache(faits=faits).annulable is annulable


def test_an_undoing_is_not_undone():
    assert not une_tache(genre=Genre.ANNULATION, faits=3).annulable


def test_the_refusals_say_what_to_do():
    assert str(TacheDepassee()) == fr("Cette tâche a changé entre-temps : rien n'est fait. Revenez à sa page.")
    assert str(ChoixServi()) == fr("Ce choix a déjà servi : commencez-en un autre.")
    dit = f"Un choix à la main compte au plus {CHOIX_MAX} éléments : choisissez plutôt tout ce que montre un filtre."
    assert str(ChoixTropLong()) == fr(dit)


@pytest.mark.parametrize("semaines", [1, -1, SEMAINES_MAX, -SEMAINES_MAX])
def test_both_dates_of_a_session_are_moved_by_whole_weeks(semaines):
    faite = decaler(une_session(debut="2027-03-01", fin="2027-03-05"), semaines)
    ecart = {1: ("2027-03-08", "2027-03-12"), -1: ("2027-02-22", "2027-02-26")}
    if semaines in ecart:
        assert (faite.valeur("debut"), faite.valeur("fin")) == ecart[semaines]
    else:
        avant = datetime.fromisoformat("2027-03-01")
        assert (datetime.fromisoformat(faite.valeur("debut")) - avant).days == 7 * semaines


@pytest.mark.parametrize("semaines", [SEMAINES_MAX + 1, -SEMAINES_MAX - 1])
def test_no_session_is_moved_further_than_ten_years(semaines):
    with pytest.raises(ValueError, match=f"more than {SEMAINES_MAX} weeks"):
        decaler(une_session(), semaines)


def test_what_is_no_date_stays_as_it_is_typed():
    faite = decaler(une_session(debut="bientôt", fin="2027-03-05"), 1)
    assert (faite.valeur("debut"), faite.valeur("fin")) == ("bientôt", "2027-03-12")
