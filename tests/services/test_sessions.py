import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import MAINTENANT, la_session
from webapp.domain.comptes import Role
from webapp.persistence.tables import session_ouverte
from webapp.services import comptes, sessions

INSTANT = timedelta(microseconds=1)


@pytest.fixture
def personne(atelier):
    return atelier.utilisateur(role=Role.LECTEUR)


@pytest.fixture
def jeton(base, personne):
    with base.ecriture() as cnx:
        return sessions.ouvrir(cnx, personne, MAINTENANT)


def lire(base, jeton, maintenant=MAINTENANT):
    with base.lecture() as cnx:
        return sessions.lire(cnx, jeton, maintenant)


def test_a_token_leads_to_its_person_and_organisation(base, personne, jeton):
    session = lire(base, jeton)
    assert session.utilisateur == personne
    assert session.donnees == {}
    assert session.expire_le == MAINTENANT + sessions.DUREE


def test_the_database_only_holds_the_digest_of_the_token(base, jeton):
    assert len(jeton) == 43
    with base.lecture() as cnx:
        [cle] = cnx.execute(select(session_ouverte.c.cle)).scalars()
    assert cle == hashlib.sha256(jeton.encode()).hexdigest()
    assert jeton not in cle


def test_each_sign_in_draws_another_token(base, personne, jeton):
    with base.ecriture() as cnx:
        autres = {sessions.ouvrir(cnx, personne, MAINTENANT) for _ in range(5)}
    assert len(autres | {jeton}) == 6


@pytest.mark.parametrize("faux", ["", "x", "A" * 43, "\x00", "\ud800", "é", "' OR 1=1 --", "x" * 100_000])
def test_a_token_that_was_never_given_leads_nowhere(base, jeton, faux):
    assert lire(base, faux) is None
    assert lire(base, jeton) is not None


def test_the_digest_itself_is_not_a_token(base, jeton):
    assert lire(base, hashlib.sha256(jeton.encode()).hexdigest()) is None


def test_a_session_ends_after_eight_hours(base, jeton):
    fin = MAINTENANT + timedelta(hours=8)
    assert lire(base, jeton, fin - INSTANT) is not None
    assert lire(base, jeton, fin) is None
    assert lire(base, jeton, fin + timedelta(days=365)) is None


def test_a_session_slides_when_it_is_prolonged(base, jeton):
    plus_tard = MAINTENANT + timedelta(hours=7)
    with base.ecriture() as cnx:
        prolongee = sessions.prolonger(cnx, la_session(cnx, jeton, plus_tard), plus_tard)
    assert prolongee.expire_le == MAINTENANT + timedelta(hours=15)
    assert lire(base, jeton, MAINTENANT + timedelta(hours=14)) == prolongee


def test_a_session_is_only_prolonged_after_a_while(base, jeton):
    session = lire(base, jeton)
    assert not sessions.a_prolonger(session, MAINTENANT)
    assert not sessions.a_prolonger(session, MAINTENANT + sessions.PAS)
    assert sessions.a_prolonger(session, MAINTENANT + sessions.PAS + INSTANT)


@pytest.mark.parametrize(
    "donnees",
    [{"a": 1, "b": [True, None, 1.5], "c": {"d": "é🙂\u2028\x00\ud800"}}, {}, {"date": "2026-11-23"}],
)
def test_what_a_session_remembers_comes_back_the_same(base, jeton, donnees):
    with base.ecriture() as cnx:
        ecrite = sessions.ecrire(cnx, la_session(cnx, jeton), donnees)
    assert ecrite.donnees == donnees
    assert lire(base, jeton) == ecrite


def test_signing_out_ends_that_session_only(base, personne, jeton):
    with base.ecriture() as cnx:
        autre = sessions.ouvrir(cnx, personne, MAINTENANT)
        sessions.fermer(cnx, jeton)
        sessions.fermer(cnx, "jamais donné")
    assert lire(base, jeton) is None
    assert lire(base, autre) is not None


def test_every_session_of_a_person_can_be_ended(base, atelier, personne, jeton):
    autre = atelier.utilisateur(personne.organisme)
    with base.ecriture() as cnx:
        gardee = sessions.ouvrir(cnx, autre, MAINTENANT)
        assert sessions.fermer_toutes(cnx, personne.id) == 1
        assert sessions.fermer_toutes(cnx, personne.id) == 0
    assert lire(base, jeton) is None
    assert lire(base, gardee) is not None


def test_a_closed_account_has_no_live_session_even_if_a_row_is_left(base, personne, jeton):
    with base.ecriture() as cnx:
        comptes.fermer_compte(cnx, personne)
        oubliee = sessions.ouvrir(cnx, personne, MAINTENANT)
    assert lire(base, jeton) is None
    assert lire(base, oubliee) is None


def test_sessions_that_have_ended_are_swept_away_at_sign_in(base, personne, jeton):
    with base.ecriture() as cnx:
        sessions.ouvrir(cnx, personne, MAINTENANT + timedelta(hours=8))
    with base.lecture() as cnx:
        assert len(cnx.execute(select(session_ouverte.c.cle)).all()) == 1
    assert lire(base, jeton) is None


def test_the_organisations_reference_date_comes_with_the_session(base, personne, jeton):
    assert lire(base, jeton).utilisateur.organisme == personne.organisme


def test_reading_a_session_takes_one_statement(base, jeton, requetes):
    with base.lecture() as cnx, requetes(cnx) as envoyees:
        assert sessions.lire(cnx, jeton, MAINTENANT) is not None
    assert len(envoyees) == 1
