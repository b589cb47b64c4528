"""Connections outlive no thread, and no thread's end takes the process with it."""

import ctypes
import re
import subprocess
import sys
import time
from functools import partial

import psycopg
import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import QueuePool, bindparam, literal, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from tests.bases import ouverte
from webapp.domain.refus import BaseIndisponible
from webapp.persistence import database
from webapp.persistence.lecture import RequetePreparee

FILS = 8


def finir_des_fils(url: str) -> None:
    """Read by a connection that the thread keeps, in threads that Python did not start, and let each of them end."""
    base = database.ouvrir(url)
    requete = RequetePreparee(select(literal(1)))
    lues = []

    def lire(_argument: object) -> None:
        lues.append(requete.ligne(base.lecture_du_fil))

    rappel = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(lire)
    systeme = ctypes.CDLL(None)
    fils = [ctypes.c_ulong() for _ in range(FILS)]
    for un in fils:
        assert systeme.pthread_create(ctypes.byref(un), None, rappel, None) == 0
    for un in fils:
        assert systeme.pthread_join(un, None) == 0
    assert lues == [(1,)] * FILS
    base.fermer()


def test_a_thread_that_python_did_not_start_ends_alone(pytestconfig, url_sqlite):
    commande = (sys.executable, "-c", f"from tests.persistence.test_fils import *; finir_des_fils({url_sqlite!r})")
    fini = subprocess.run(commande, cwd=pytestconfig.rootpath, capture_output=True, text=True, timeout=30, check=False)
    assert (fini.returncode, fini.stderr) == (0, "")


def test_no_connection_holds_a_function_of_python(url_sqlite):
    """Whatever the way to the database, it knows the functions of SQLite and no other."""

    def fonctions(executer):
        return set(executer("SELECT name, narg, builtin FROM pragma_function_list").fetchall())

    def par(porte):
        with porte as cnx:
            return fonctions(cnx.exec_driver_sql)

    seule = sqlite.connect(":memory:")
    attendues = fonctions(seule.execute)
    seule.close()
    with ouverte(url_sqlite) as base:
        assert par(base.lecture()) == attendues
        assert par(base.ecriture()) == attendues
        assert par(database.transaction_de_migration(url_sqlite)) == attendues
        assert fonctions(base.connexion_du_fil().brute.execute) == attendues


def test_a_pool_is_what_we_chose(url_base):
    with ouverte(url_base) as base:
        for moteur in (base._lectures, base._ecritures):
            reserve = moteur.pool
            assert type(reserve) is QueuePool
            assert (reserve.size(), reserve._max_overflow) == (4, 4)
            assert reserve.timeout() == 10


def test_a_connection_closed_while_it_rested_is_replaced(url_postgresql):
    """PostgreSQL is started again, a router forgets a connection at rest: nobody sees it."""
    with ouverte(url_postgresql) as base:
        for porte in (base.lecture, base.ecriture):
            with porte() as cnx:
                cnx.execute(select(1))
        with psycopg.connect(url_postgresql, autocommit=True) as autre:
            fermees = autre.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchone()
        assert fermees == (2,)
        for porte in (base.lecture, base.ecriture):
            with porte() as cnx:
                assert cnx.execute(select(1)).scalar() == 1


def couper(url):
    """Close every connection to a database, as a server that is started again does."""
    with psycopg.connect(url, autocommit=True) as autre:
        autre.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_connection_lost_in_the_middle_of_a_state_is_told_as_it_is(url_postgresql):
    """What the driver says comes out, not that the transaction cannot be closed; and the thread reads again."""
    requete = RequetePreparee(select(literal(1)))
    with ouverte(url_postgresql) as base:
        fil = base.lecture_du_fil
        fil.commencer()
        assert requete.valeur(fil) == 1
        couper(url_postgresql)
        with pytest.raises(OperationalError) as panne:
            requete.valeur(fil)
        assert panne.value.connection_invalidated
        assert requete.valeur(fil) == 1
        fil.finir()


def test_a_connection_lost_once_all_is_read_costs_nothing(url_postgresql, caplog):
    requete = RequetePreparee(select(literal(1)))
    with ouverte(url_postgresql) as base:
        fil = base.lecture_du_fil
        for finir in (fil.finir, fil.commencer):
            fil.commencer()
            assert requete.valeur(fil) == 1
            couper(url_postgresql)
            finir()
            [dit] = caplog.messages
            assert re.match("La fin d’une lecture a échoué : .*connection", dit, re.DOTALL)
            assert requete.valeur(fil) == 1
            fil.finir()
            assert caplog.messages == [dit]
            caplog.clear()


def test_an_unreadable_disk_is_told_the_same_within_a_state(url_postgresql, monkeypatch):
    """The door says of its disk what it says of it to whoever reads through it."""
    with ouverte(url_postgresql) as base:
        monkeypatch.setattr(database, "est_illisible", lambda _: True)
        fil = base.lecture_du_fil
        fil.commencer()
        assert RequetePreparee(select(literal(1))).valeur(fil) == 1
        couper(url_postgresql)
        with pytest.raises(BaseIndisponible):
            RequetePreparee(select(literal(1))).valeur(fil)
        fil.finir()


@pytest.mark.parametrize(("moteur", "age", "gardee"), [
    ("postgresql", 1_790, True), ("postgresql", 1_810, False), ("sqlite", 1_000_000, True),
])  # fmt: skip
def test_a_connection_of_half_an_hour_is_replaced_and_a_file_kept(url_base, monkeypatch, age, gardee):
    with ouverte(url_base) as base:
        for porte in (base.lecture, base.ecriture):
            with porte() as cnx:
                premiere = cnx.connection.driver_connection
            with monkeypatch.context() as m:
                plus_tard = time.time() + age
                m.setattr(time, "time", partial(float, plus_tard))
                with porte() as cnx:
                    assert (cnx.connection.driver_connection is premiere) is gardee


@pytest.mark.parametrize("porte", ["lecture", "ecriture"])
def test_an_error_of_the_driver_keeps_to_itself_what_was_typed(url_base, porte):
    """Errors reach the log: neither the door, nor what a thread keeps, tells the values of a statement."""
    with ouverte(url_base) as base:
        with pytest.raises(DBAPIError) as panne, getattr(base, porte)() as cnx:
            cnx.execute(text("SELECT :valeur FROM rien"), {"valeur": "Un secret"})
        requete = RequetePreparee(select(bindparam("valeur")).select_from(text("rien")))
        with pytest.raises(DBAPIError) as lue:
            requete.valeur(base.lecture_du_fil, valeur="Un secret")
    for erreur in (panne.value, lue.value):
        assert "FROM rien" in str(erreur)
        assert "Un secret" not in f"{erreur} {erreur!r}"


def test_a_connection_to_postgresql_does_not_wait_for_ever(url_postgresql):
    with ouverte(url_postgresql) as base, base.lecture() as cnx:
        directe = cnx.connection.driver_connection
        assert directe is not None
        reglages = directe.info.get_parameters()
    assert {nom: reglages[nom] for nom in database._RESEAU_POSTGRESQL} == {
        "connect_timeout": "10",
        "keepalives_idle": "120",
        "tcp_user_timeout": "10000",
    }
