"""Who waits for whom, how long, and what is settled when they have: the wiring, on real databases."""

import threading
import time
from collections.abc import Callable
from contextlib import nullcontext

import psycopg
import pytest
from psycopg.errors import LockNotAvailable
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from tests.bases import ServeurPostgresql, ouverte
from tests.builders import Atelier, une_fiche
from tests.builders_arbre import AtelierArbre
from webapp.domain.formation import Envoi
from webapp.domain.refus import BaseIndisponible, BaseOccupee
from webapp.domain.statuts import Operation, Statut
from webapp.persistence import database, formations, pannes
from webapp.persistence.lecture import RequetePreparee
from webapp.persistence.tables import formation
from webapp.services import catalogue
from webapp.services.etabli import Etabli

EN_ATTENTE = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()"
)
PATIENCE = 30


class Fil(threading.Thread):
    """Does one thing beside the test; `issue` is what it gave, or raised."""

    def __init__(self, action: Callable[[], object]) -> None:
        super().__init__()
        self._action = action
        self.issue: object = None
        self.start()

    def run(self) -> None:
        try:
            self.issue = self._action()
        except Exception as erreur:  # noqa: BLE001 - what was raised is the result
            self.issue = erreur


def attend(url: str, fil: Fil) -> bool:
    """Say whether a thread comes to wait for a lock before it ends."""
    with psycopg.connect(url, autocommit=True) as cnx:
        fin = time.monotonic() + PATIENCE
        while fil.is_alive() and time.monotonic() < fin:
            if cnx.execute(EN_ATTENTE).fetchone() == (1,):
                return True
    return False


@pytest.fixture
def url_neuve(serveur_postgresql: ServeurPostgresql):
    url = serveur_postgresql.creer()
    yield url
    serveur_postgresql.supprimer(url)


def test_a_migration_waits_for_the_one_that_has_begun(url_neuve):
    with database.transaction_de_migration(url_neuve) as cnx:
        # Nothing is written yet: only the turn is taken.
        assert cnx.execute(text("SELECT 1")).scalar() == 1
        fil = Fil(lambda: database.migrer(url_neuve))
        assert attend(url_neuve, fil)
    fil.join()
    assert fil.issue is None
    with ouverte(url_neuve) as base, base.lecture() as cnx:
        assert cnx.execute(select(formation.c.id)).all() == []


def test_a_step_back_waits_for_a_migration_too(url_neuve):
    database.migrer(url_neuve)
    with database.transaction_de_migration(url_neuve):
        fil = Fil(lambda: database.retrograder(url_neuve, "-1"))
        assert attend(url_neuve, fil)
    fil.join()
    assert fil.issue is None


def test_two_bases_of_one_server_migrate_without_each_other(url_neuve, url_postgresql):
    with database.transaction_de_migration(url_postgresql):
        database.migrer(url_neuve)


OPERATIONS = {
    # At the version that the colleague makes: read before its turn, the formation would be at the one before.
    "archiver": lambda cnx, acte, lue: catalogue.archiver(cnx, acte, lue.id, lue.version + 1),
    "enregistrer the texts that the colleague saves": lambda cnx, acte, lue: (
        catalogue.soumettre(
            cnx, acte, Envoi(lue.id, lue.version, lue.fiche.avec(contenu="Le même")), Operation.ENREGISTRER
        ).formation
    ),
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_an_operation_waits_for_the_one_that_has_begun_and_takes_up_what_it_made(
    base_postgresql, url_postgresql, operation
):
    atelier = Atelier(base_postgresql)
    auteur = atelier.utilisateur()
    lue = atelier.formation(auteur, une_fiche(), Statut.VALIDEE)
    acte, collegue = atelier.acte(auteur), atelier.acte(auteur)

    def agir() -> object:
        with base_postgresql.ecriture() as cnx:
            return operation(cnx, acte, lue)

    with base_postgresql.ecriture() as cnx:
        reservee = formations.par_id(cnx, auteur.organisme.id, lue.id, verrou=True)
        assert reservee == lue
        fil = Fil(agir)
        assert attend(url_postgresql, fil)
        modifiee = Envoi(lue.id, lue.version, lue.fiche.avec(contenu="Le même"))
        faite = catalogue.soumettre(cnx, collegue, modifiee, Operation.ENREGISTRER).formation
    fil.join()
    # Nothing was read before its turn came: neither is refused, and nothing is lost.
    rendue = atelier.lire(auteur, lue.id)
    assert fil.issue == rendue
    assert rendue.fiche == faite.fiche


def test_to_look_at_a_formation_waits_for_nobody(base_postgresql):
    atelier = Atelier(base_postgresql)
    auteur = atelier.utilisateur()
    lue = atelier.formation(auteur)
    with base_postgresql.ecriture() as cnx:
        formations.par_id(cnx, auteur.organisme.id, lue.id, verrou=True)
        with base_postgresql.ecriture() as autre:
            assert formations.par_id(autre, auteur.organisme.id, lue.id) == lue
        assert catalogue.ouvrir(base_postgresql.lecture_du_fil, auteur.organisme, lue.id) == lue


@pytest.mark.parametrize("verrou", [True, False])
def test_what_holds_the_objects_that_a_job_changes_is_kept_from_others_meanwhile(base_postgresql, verrou):
    tout = AtelierArbre(base_postgresql)
    tenue = tout.atelier.formation(tout.auteur)
    action = tout.action(tenue.id)
    attendu = pytest.raises(BaseOccupee) if verrou else nullcontext()
    with base_postgresql.ecriture() as cnx:
        Etabli(cnx, tout.organisme, tout.acte.le, verrou=verrou).tenir([action])
        with attendu, base_postgresql.ecriture() as autre:
            autre.execute(text("SET LOCAL lock_timeout = '200ms'"))
            formations.par_id(autre, tout.organisme.id, tenue.id, verrou=True)


@pytest.mark.parametrize("porte", ["lecture", "ecriture"])
def test_every_connection_gives_up_its_turn_after_ten_seconds(base_postgresql, porte):
    with getattr(base_postgresql, porte)() as cnx:
        assert cnx.execute(text("SHOW lock_timeout")).scalar() == "10s"
        assert cnx.execute(text("SHOW timezone")).scalar() == "UTC"


def test_the_tables_are_not_waited_for_longer_either(url_postgresql):
    with database.transaction_de_migration(url_postgresql) as cnx:
        assert cnx.execute(text("SHOW lock_timeout")).scalar() == "10s"


def test_a_server_that_does_not_answer_is_told_with_what_to_do():
    with pytest.raises(psycopg.OperationalError) as refus:
        psycopg.connect("host=127.0.0.1 port=1 connect_timeout=5").close()
    assert pannes.est_injoignable(refus.value)
    assert pannes.dire_panne(refus.value) == pannes.INJOIGNABLE


def test_who_waits_too_long_for_a_turn_is_refused(url_postgresql, monkeypatch):
    monkeypatch.setattr(database, "ATTENTE_MAX", 1)
    with ouverte(url_postgresql) as base:
        atelier = Atelier(base)
        auteur = atelier.utilisateur()
        lue = atelier.formation(auteur)
        with base.ecriture() as cnx:
            formations.par_id(cnx, auteur.organisme.id, lue.id, verrou=True)
            debut = time.monotonic()
            with pytest.raises(BaseOccupee) as refus, base.ecriture() as autre:
                formations.par_id(autre, auteur.organisme.id, lue.id, verrou=True)
            assert isinstance(refus.value.__cause__, DBAPIError)
            assert isinstance(refus.value.__cause__.orig, LockNotAvailable)
            assert 0.9 < time.monotonic() - debut < 5


def test_a_sqlite_file_that_somebody_writes_is_waited_for_then_refused(url_sqlite, monkeypatch):
    monkeypatch.setattr(database, "ATTENTE_MAX", 1)
    with ouverte(url_sqlite) as base, ouverte(url_sqlite) as autre, base.ecriture():
        debut = time.monotonic()
        with pytest.raises(BaseOccupee, match="locked") as refus, autre.ecriture():
            pytest.fail("two write at once")
        assert 0.9 < time.monotonic() - debut < 5
    # What the driver says when a transaction begins is told as all it says is.
    assert isinstance(refus.value.__cause__, OperationalError)
    assert isinstance(refus.value.__cause__.orig, sqlite.OperationalError)
    # Whoever was refused is served as soon as the other has ended.
    with ouverte(url_sqlite) as autre, autre.ecriture() as cnx:
        assert cnx.execute(select(formation.c.id)).all() == []


def test_what_somebody_keeps_from_being_read_is_told_likewise(url_sqlite, monkeypatch):
    """SQLite lets nobody read while it recovers a file, or while somebody holds all of it."""
    monkeypatch.setattr(database, "ATTENTE_MAX", 0)
    requete = RequetePreparee(select(formation.c.id))
    with ouverte(url_sqlite) as base:
        assert requete.lignes(base.lecture_du_fil) == []
        with base.lecture() as cnx:
            assert requete.lignes(cnx) == []
        seul = sqlite.connect(url_sqlite.removeprefix("sqlite:///"), isolation_level=None)
        seul.execute("PRAGMA locking_mode = EXCLUSIVE")
        base.lecture_du_fil.finir()
        base._lectures.dispose()
        del base.lecture_du_fil._fil.gardee
        seul.execute("BEGIN EXCLUSIVE")
        seul.execute("DELETE FROM formation")
        try:
            with pytest.raises(BaseOccupee):
                requete.lignes(base.lecture_du_fil)
            with pytest.raises(BaseOccupee), base.lecture() as cnx:
                requete.lignes(cnx)
        finally:
            seul.close()
        assert requete.lignes(base.lecture_du_fil) == []


# ---------------------------------------------------------------------------- a migration that lasts


def test_a_migration_waits_for_another_longer_than_a_save_waits(url_vide, monkeypatch, caplog):
    """Two deployments at once: the second starts when the first has ended, however long its migration is."""
    monkeypatch.setattr(database, "ATTENTE_MAX", 1)
    with database.transaction_de_migration(url_vide):
        fil = Fil(lambda: database.migrer(url_vide))
        fil.join(3)
        assert fil.is_alive()
    fil.join()
    assert fil.issue is None
    assert caplog.messages == ["Un autre processus met à jour la base : il est attendu."]
    with ouverte(url_vide) as base, base.lecture() as cnx:
        assert cnx.execute(select(formation.c.id)).all() == []


def test_a_migration_whose_turn_has_come_waits_for_the_tables_no_longer_than_a_save(url_neuve):
    def lire() -> object:
        with database.transaction_de_migration(url_neuve) as cnx:
            return cnx.execute(text("SHOW lock_timeout")).scalar()

    with database.transaction_de_migration(url_neuve):
        fil = Fil(lire)
        assert attend(url_neuve, fil)
    fil.join()
    assert fil.issue == "10s"


def test_a_migration_does_not_wait_for_ever(url_vide, monkeypatch):
    assert database.ATTENTE_MIGRATION == 3_600
    monkeypatch.setattr(database, "ATTENTE_MAX", 1)
    monkeypatch.setattr(database, "ATTENTE_MIGRATION", 1)
    with database.transaction_de_migration(url_vide):
        debut = time.monotonic()
        with pytest.raises(BaseOccupee) as refus:
            database.migrer(url_vide)
        assert 0.9 < time.monotonic() - debut < 5
    assert pannes.dire_panne(refus.value) == (
        "un autre processus l'occupe depuis trop longtemps. Attendez qu'il ait fini, puis recommencez."
    )


def test_who_is_kept_from_a_base_reads_that_it_is_unavailable():
    assert issubclass(BaseOccupee, BaseIndisponible)


def test_what_the_driver_said_behind_a_refusal_is_told():
    cause = OperationalError("SELECT 1", None, sqlite.OperationalError("unable to open"))
    refus = BaseIndisponible("ailleurs")
    refus.__cause__ = cause
    assert pannes.dire_panne(refus) == "unable to open"
    refus.__cause__ = ValueError("autre chose")
    assert pannes.dire_panne(refus) == "autre chose"
    refus.__cause__ = None
    assert pannes.dire_panne(refus) == "ailleurs"
