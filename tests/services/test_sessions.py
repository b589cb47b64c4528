import hashlib
import threading
from datetime import timedelta
from types import MappingProxyType

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


def deux_demandes(base, jeton, une, autre, depart=MappingProxyType({})):
    """Let two requests read the same session, then each keep what it wants of it; gives what is kept in the end."""
    with base.ecriture() as cnx:
        sessions.ecrire(cnx, la_session(cnx, jeton), dict(depart))
    lues = [lire(base, jeton) for _ in range(2)]
    for lue, vouloir in zip(lues, (une, autre), strict=True):
        with base.ecriture() as cnx:
            sessions.ecrire(cnx, lue, vouloir(dict(lue.donnees)))
    return lire(base, jeton).donnees


def poser(**valeurs):
    return lambda donnees: donnees | valeurs


def dire(message):
    return lambda donnees: donnees | {"_flashes": [*donnees.get("_flashes", []), ["succes", message]]}


def prendre(donnees):
    return {nom: valeur for nom, valeur in donnees.items() if nom != "_flashes"}


def puis(*gestes):
    def faire(donnees):
        for geste in gestes:
            donnees = geste(donnees)
        return donnees

    return faire


UN, DEUX, TROIS = (["succes", dit] for dit in ("Un", "Deux", "Trois"))


@pytest.mark.parametrize(
    ("depart", "une", "autre", "attendu"),
    [
        ({}, poser(date="x"), poser(autre=1), {"date": "x", "autre": 1}),
        ({"date": "x"}, prendre, poser(autre=1), {"date": "x", "autre": 1}),
        ({"date": "x"}, lambda _: {}, poser(date="x", autre=1), {"autre": 1}),
        ({"date": "x"}, poser(date="y"), dire("Un"), {"date": "y", "_flashes": [UN]}),
        ({}, dire("Un"), dire("Deux"), {"_flashes": [UN, DEUX]}),
        # Shown by one, it must not come back by the other, whichever writes last.
        ({"_flashes": [UN]}, prendre, poser(date="x"), {"date": "x"}),
        ({"_flashes": [UN]}, poser(date="x"), prendre, {"date": "x"}),
        ({"_flashes": [UN]}, prendre, dire("Deux"), {"_flashes": [DEUX]}),
        ({"_flashes": [UN]}, dire("Deux"), prendre, {"_flashes": [DEUX]}),
        ({"_flashes": [UN]}, puis(prendre, dire("Trois")), dire("Deux"), {"_flashes": [TROIS, DEUX]}),
        ({"_flashes": [UN, UN]}, prendre, dire("Un"), {"_flashes": [UN]}),
        ({"_flashes": [UN]}, prendre, prendre, {}),
    ],
)
def test_two_requests_at_once_keep_what_each_has_changed(base, jeton, depart, une, autre, attendu):
    assert deux_demandes(base, jeton, une, autre, depart) == attendu


def test_who_keeps_second_waits_for_who_keeps_first(base, jeton):
    premiere, seconde = (lire(base, jeton) for _ in range(2))

    def garder_la_seconde():
        with base.ecriture() as cnx:
            sessions.ecrire(cnx, seconde, {"b": 2})

    fil = threading.Thread(target=garder_la_seconde)
    with base.ecriture() as cnx:
        sessions.ecrire(cnx, premiere, {"a": 1})
        fil.start()
        fil.join(0.5)
        assert fil.is_alive()
    fil.join()
    assert lire(base, jeton).donnees == {"a": 1, "b": 2}


def test_a_session_ended_meanwhile_is_not_made_again(base, jeton):
    lue = lire(base, jeton)
    with base.ecriture() as cnx:
        sessions.fermer(cnx, jeton)
        sessions.ecrire(cnx, lue, {"a": 1})
    assert lire(base, jeton) is None


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
