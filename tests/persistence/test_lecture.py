"""A prepared statement gives the same rows whatever it is asked of, and what a thread keeps to read holds nothing."""

import shutil
import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import bindparam, literal_column, select, update
from sqlalchemy.exc import DBAPIError, StatementError

from tests.builders import MAINTENANT, Atelier, la_session, une_fiche
from webapp.domain.refus import BaseIndisponible
from webapp.persistence import database, formations
from webapp.persistence.lecture import LectureDuFil, RequetePreparee
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
def fil(base):
    return base.lecture_du_fil


@pytest.fixture
def jeton_sqlite(base_sqlite):
    """The token of somebody signed in, on SQLite."""
    qui = Atelier(base_sqlite).utilisateur()
    with base_sqlite.ecriture() as cnx:
        return sessions.ouvrir(cnx, qui, MAINTENANT)


def ensemble(action, nombre=4):
    fils = [threading.Thread(target=action) for _ in range(nombre)]
    for un in fils:
        un.start()
    for un in fils:
        un.join()


@pytest.mark.parametrize("maintenant", [MAINTENANT, FIN - timedelta(microseconds=1), FIN, FIN + timedelta(days=1)])
def test_it_reads_what_the_ordinary_door_reads(base, jeton, fil, maintenant):
    with base.ecriture() as cnx:
        sessions.ecrire(cnx, la_session(cnx, jeton), {"é": [1, None], "b": "\x00\ud800"})
    for essai in (jeton, "inconnu", "", "\ud800", "\x00"):
        with base.lecture() as cnx:
            assert sessions.lire(fil, essai, maintenant) == sessions.lire(cnx, essai, maintenant)
    assert (sessions.lire(fil, jeton, maintenant) is None) == (maintenant >= FIN)


def test_it_sees_what_was_just_written(base, personne, jeton, fil):
    for valeur in range(3):
        session = la_session(fil, jeton)
        with base.ecriture() as cnx:
            sessions.ecrire(cnx, session, {"valeur": valeur})
        assert la_session(fil, jeton).donnees == {"valeur": valeur}
    with base.ecriture() as cnx:
        comptes.fermer_compte(cnx, personne)
    assert sessions.lire(fil, jeton, MAINTENANT) is None


def test_it_sees_nothing_of_what_is_undone(base, jeton, fil):
    def ecrire_puis_echouer() -> None:
        with base.ecriture() as cnx:
            sessions.fermer(cnx, jeton)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ecrire_puis_echouer()
    assert sessions.lire(fil, jeton, MAINTENANT) is not None


def test_it_keeps_no_old_view_of_a_sqlite_file(base_sqlite):
    # A view held open would keep the WAL growing for as long as the server runs.
    requete = select(organisme.c.nom).where(organisme.c.id == bindparam("id"))
    directe, fil = RequetePreparee(requete), base_sqlite.lecture_du_fil
    with base_sqlite.ecriture() as cnx:
        cree = comptes.creer_organisme(cnx, "Formation Essai", "99999999800019")
    assert directe.ligne(fil, id=cree.id) == ("Formation Essai",)
    assert directe.ligne(fil, id=UUID(int=0)) is None
    with base_sqlite.ecriture() as cnx:
        comptes.creer_organisme(cnx, "Formation Beta", "12345678200010")
    gardee = base_sqlite.connexion_du_fil()
    occupe, restantes, copiees = gardee.brute.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert (occupe, restantes, copiees) == (0, 0, 0)


def test_every_thread_reads_for_itself(jeton, personne, fil):
    trouves: list[UUID] = []

    def lire() -> None:
        trouves.extend(la_session(fil, jeton).utilisateur.id for _ in range(50))

    ensemble(lire)
    assert trouves == [personne.id] * 200


def test_no_two_threads_share_what_they_keep(base_sqlite, monkeypatch):
    ouvertes: list[tuple[int, object]] = []

    def ouvrir() -> object:
        gardee = base_sqlite.connexion_du_fil()
        ouvertes.append((threading.get_ident(), gardee))
        return gardee

    fil = LectureDuFil(base_sqlite.dialecte, {}, ouvrir, base_sqlite.lecture)
    depart = threading.Barrier(4)

    def lire() -> None:
        depart.wait()
        for _ in range(50):
            assert fil.executer("SELECT 1", []) == [(1,)]
        depart.wait()

    ensemble(lire)
    assert len({ident for ident, _ in ouvertes}) == len({id(gardee) for _, gardee in ouvertes}) == len(ouvertes) == 4


def test_it_cannot_write(base_sqlite):
    gardee = base_sqlite.connexion_du_fil()
    with pytest.raises(sqlite.OperationalError, match="readonly"):
        gardee.brute.execute("DELETE FROM organisme")


def test_closing_the_base_closes_what_threads_kept(url_sqlite):
    base = database.ouvrir(url_sqlite)
    gardee = base.connexion_du_fil()
    gardee.brute.execute("SELECT 1").fetchone()
    base.fermer()
    with pytest.raises(sqlite.ProgrammingError, match="closed"):
        gardee.brute.execute("SELECT 1")


def test_a_thread_that_ends_leaves_no_open_file(base_sqlite):
    fil = base_sqlite.lecture_du_fil
    fichiers = Path("/proc/self/fd") if Path("/proc/self/fd").exists() else Path("/dev/fd")

    def ouvrir_puis_finir() -> int:
        autre = threading.Thread(target=lambda: sessions.lire(fil, "inconnu", MAINTENANT))
        autre.start()
        autre.join()
        return len(list(fichiers.iterdir()))

    ouverts = {ouvrir_puis_finir() for _ in range(10)}
    assert len(ouverts) == 1


def test_a_transaction_reads_what_it_has_written_and_nobody_else_does(base, personne, jeton, fil):
    with base.ecriture() as cnx:
        sessions.ecrire(cnx, la_session(cnx, jeton), {"a": 1})
        assert la_session(cnx, jeton).donnees == {"a": 1}
        assert la_session(fil, jeton).donnees == {}
    assert la_session(fil, jeton).donnees == {"a": 1}


def test_a_list_of_any_length_is_asked_of_both(base, atelier, personne, fil):
    cles = [f"f_{n}" for n in range(30)]
    atelier.formation(personne, une_fiche(identifiant="F_7"))
    with base.lecture() as cnx:
        for lecture in (cnx, fil):
            assert formations.cles_prises(lecture, personne.organisme.id, cles) == {"f_7"}
            assert formations.cles_prises(lecture, personne.organisme.id, []) == frozenset()


def test_a_value_that_is_missing_is_an_error(base, fil):
    requete = RequetePreparee(select(organisme.c.nom).where(organisme.c.id == bindparam("id")))
    with base.lecture() as cnx, pytest.raises(StatementError):
        requete.ligne(cnx)
    with pytest.raises((KeyError, StatementError)):
        requete.ligne(fil)


@pytest.mark.parametrize("panne", ["fermée", "requête refusée"])
def test_what_failed_is_not_kept(base_sqlite, jeton_sqlite, panne, monkeypatch):
    fil, gardees = base_sqlite.lecture_du_fil, []
    reelle = fil._garder

    def garder():
        gardees.append(reelle())
        return gardees[-1]

    monkeypatch.setattr(fil, "_garder", garder)
    assert sessions.lire(fil, jeton_sqlite, MAINTENANT) is not None
    if panne == "fermée":
        gardees[0].fermer()
    with pytest.raises(DBAPIError) as erreur:
        fil.executer("SELECT perdue FROM formation", ["typed"])
    assert "typed" not in str(erreur.value)
    assert sessions.lire(fil, jeton_sqlite, MAINTENANT) is not None
    assert len(gardees) == 2
    with pytest.raises(sqlite.ProgrammingError, match="closed"):
        gardees[0].brute.execute("SELECT 1")


@pytest.fixture
def noms(base, personne, fil):
    """Read the name of the organisation, by the thread's own reading."""
    requete = RequetePreparee(select(organisme.c.nom).where(organisme.c.id == bindparam("id")))
    en_nombre = RequetePreparee(select(organisme.c.nom).where(organisme.c.id.in_(bindparam("ids", expanding=True))))

    def lire():
        id_ = personne.organisme.id
        [(plusieurs,)] = en_nombre.lignes(fil, ids=[id_])
        assert requete.valeur(fil, id=id_) == plusieurs
        return plusieurs

    return lire


@pytest.fixture
def renommer(base, personne):
    def renommer(nom):
        with base.ecriture() as cnx:
            cnx.execute(update(organisme).where(organisme.c.id == personne.organisme.id).values(nom=nom))

    return renommer


def test_between_two_calls_a_thread_reads_one_state(fil, noms, renommer):
    renommer("Avant")
    fil.commencer()
    assert noms() == "Avant"
    renommer("Pendant")
    assert noms() == "Avant"
    fil.finir()
    assert noms() == "Pendant"


def test_the_state_is_that_of_the_first_read(fil, noms, renommer):
    fil.commencer()
    renommer("Avant")
    assert noms() == "Avant"
    # Begun again, it is another.
    renommer("Pendant")
    fil.commencer()
    assert noms() == "Pendant"
    fil.finir()
    fil.finir()
    renommer("Après")
    assert noms() == "Après"


def test_one_thread_holds_a_state_and_another_reads_the_newest(fil, noms, renommer):
    renommer("Avant")
    fil.commencer()
    assert noms() == "Avant"
    renommer("Pendant")
    lus: list[str] = []
    ensemble(lambda: lus.append(noms()), 1)
    assert lus == ["Pendant"]
    assert noms() == "Avant"
    fil.finir()


def test_a_state_in_which_a_read_failed_is_left(fil, noms, renommer):
    renommer("Avant")
    fil.commencer()
    assert noms() == "Avant"
    renommer("Pendant")
    with pytest.raises((sqlite.Error, DBAPIError)):
        RequetePreparee(select(literal_column("perdue")).select_from(organisme)).lignes(fil)
    assert noms() == "Pendant"
    renommer("Après")
    assert noms() == "Pendant"
    fil.finir()


def test_a_state_that_is_left_holds_nothing(base_sqlite, jeton_sqlite):
    fil = base_sqlite.lecture_du_fil
    fil.commencer()
    assert sessions.lire(fil, jeton_sqlite, MAINTENANT) is not None
    fil.finir()
    with base_sqlite.ecriture() as cnx:
        comptes.creer_organisme(cnx, "Formation Beta", "12345678200010")
    assert base_sqlite.connexion_du_fil().brute.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)


def test_an_ordinary_reading_is_one_state(base, personne, renommer):
    requete = select(organisme.c.nom).where(organisme.c.id == personne.organisme.id)
    renommer("Avant")
    with base.lecture() as cnx:
        assert cnx.execute(requete).scalar_one() == "Avant"
        renommer("Pendant")
        assert cnx.execute(requete).scalar_one() == "Avant"


def dire_de_lire(base, code, monkeypatch):
    """Make every read answer as SQLite does when its file fails."""

    class Cassee:
        def execute(self, *_):
            panne = sqlite.OperationalError("what SQLite says")
            panne.sqlite_errorcode = code
            raise panne

        def close(self):
            pass

    monkeypatch.setattr(base.lecture_du_fil, "_garder", lambda: database.ConnexionDuFil(Cassee()))


# The last is a circumstance of IOERR (a short read): the kind is what counts.
PANNES = {
    "IOERR": sqlite.SQLITE_IOERR, "CORRUPT": sqlite.SQLITE_CORRUPT, "NOTADB": sqlite.SQLITE_NOTADB,
    "IOERR_SHORT_READ": sqlite.SQLITE_IOERR | 2 << 8,
}  # fmt: skip


@pytest.mark.parametrize("code", PANNES.values(), ids=PANNES)
def test_a_disk_that_cannot_be_read_is_a_base_out_of_order_by_the_fast_way(base_sqlite, monkeypatch, code):
    dire_de_lire(base_sqlite, code, monkeypatch)
    with pytest.raises(BaseIndisponible, match="what SQLite says"):
        base_sqlite.lecture_du_fil.executer("SELECT 1", [])


def abimer(fichier):
    octets = bytearray(fichier.read_bytes())
    for debut in range(4096, len(octets), 4096):
        octets[debut : debut + 2048] = b"\xa5" * 2048
    fichier.write_bytes(octets)


def par_la_porte(base, sql):
    with base.lecture() as cnx:
        cnx.exec_driver_sql(sql).all()


@pytest.mark.parametrize("lire", [par_la_porte, lambda base, sql: base.lecture_du_fil.executer(sql, [])])
def test_a_damaged_file_is_a_base_out_of_order_by_both_ways(modele_sqlite, tmp_path, lire):
    fichier = tmp_path / "abimee.sqlite3"
    shutil.copyfile(modele_sqlite, fichier)
    abimer(fichier)
    base = database.ouvrir(f"sqlite:///{fichier}")
    try:
        with pytest.raises(BaseIndisponible):
            lire(base, "SELECT * FROM certification")
    finally:
        base.fermer()
