"""The query asked at every request gives what the ordinary door gives, and holds nothing."""

import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import bindparam, select

from tests.builders import MAINTENANT
from webapp.persistence import database
from webapp.persistence.directe import RequeteDirecte
from webapp.persistence.tables import organisme
from webapp.services import comptes, sessions

FIN = MAINTENANT + sessions.DUREE


@pytest.fixture
def personne(atelier):
    return atelier.utilisateur()


@pytest.fixture
def jeton(base, personne):
    with base.ecriture() as cnx:
        return sessions.ouvrir(cnx, personne, MAINTENANT)


@pytest.fixture
def lecteur(base):
    return sessions.LecteurDeSessions(base)


@pytest.mark.parametrize("maintenant", [MAINTENANT, FIN - timedelta(microseconds=1), FIN, FIN + timedelta(days=1)])
def test_it_reads_what_the_ordinary_door_reads(base, jeton, lecteur, maintenant):
    with base.ecriture() as cnx:
        sessions.ecrire(cnx, sessions.lire(cnx, jeton, MAINTENANT), {"é": [1, None], "b": "\x00\ud800"})
    for essai in (jeton, "inconnu", "", "\ud800", "\x00"):
        with base.lecture() as cnx:
            assert lecteur.lire(essai, maintenant) == sessions.lire(cnx, essai, maintenant)
    assert (lecteur.lire(jeton, maintenant) is None) == (maintenant >= FIN)


def test_it_sees_what_was_just_written(base, personne, jeton, lecteur):
    for valeur in range(3):
        session = lecteur.lire(jeton, MAINTENANT)
        with base.ecriture() as cnx:
            sessions.ecrire(cnx, session, {"valeur": valeur})
        assert lecteur.lire(jeton, MAINTENANT).donnees == {"valeur": valeur}
    with base.ecriture() as cnx:
        comptes.fermer_compte(cnx, personne)
    assert lecteur.lire(jeton, MAINTENANT) is None


def test_it_sees_nothing_of_what_is_undone(base, jeton, lecteur):
    def ecrire_puis_echouer() -> None:
        with base.ecriture() as cnx:
            sessions.fermer(cnx, jeton)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ecrire_puis_echouer()
    assert lecteur.lire(jeton, MAINTENANT) is not None


def test_it_keeps_no_old_view_of_a_sqlite_file(base_sqlite):
    # A view held open would keep the WAL growing for as long as the server runs.
    requete = select(organisme.c.nom).where(organisme.c.id == bindparam("id"))
    directe = RequeteDirecte(base_sqlite, requete)
    with base_sqlite.ecriture() as cnx:
        cree = comptes.creer_organisme(cnx, "Formation Essai", "99999999800019")
    assert directe.ligne(id=cree.id) == ("Formation Essai",)
    assert directe.ligne(id=UUID(int=0)) is None
    with base_sqlite.ecriture() as cnx:
        comptes.creer_organisme(cnx, "Formation Beta", "12345678200010")
    gardee = base_sqlite.connexion_du_fil()
    occupe, restantes, copiees = gardee.brute.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert (occupe, restantes, copiees) == (0, 0, 0)


def test_every_thread_reads_for_itself(jeton, personne, lecteur):
    trouves: list[UUID] = []

    def lire() -> None:
        trouves.extend(lecteur.lire(jeton, MAINTENANT).utilisateur.id for _ in range(50))

    fils = [threading.Thread(target=lire) for _ in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert trouves == [personne.id] * 200


def test_it_cannot_write(base_sqlite):
    gardee = base_sqlite.connexion_du_fil()
    with pytest.raises(database.sqlite.OperationalError, match="readonly"):
        gardee.brute.execute("DELETE FROM organisme")


def test_closing_the_base_closes_what_threads_kept(url_sqlite):
    base = database.ouvrir(url_sqlite)
    gardee = base.connexion_du_fil()
    gardee.brute.execute("SELECT 1").fetchone()
    base.fermer()
    with pytest.raises(database.sqlite.ProgrammingError, match="closed"):
        gardee.brute.execute("SELECT 1")


def test_a_thread_that_ends_leaves_no_open_file(base_sqlite):
    lecteur = sessions.LecteurDeSessions(base_sqlite)
    fichiers = Path("/proc/self/fd") if Path("/proc/self/fd").exists() else Path("/dev/fd")

    def ouvrir_puis_finir() -> int:
        fil = threading.Thread(target=lambda: lecteur.lire("inconnu", MAINTENANT))
        fil.start()
        fil.join()
        return len(list(fichiers.iterdir()))

    ouverts = {ouvrir_puis_finir() for _ in range(10)}
    assert len(ouverts) == 1
