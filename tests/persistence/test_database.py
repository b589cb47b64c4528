import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from tests.builders import Atelier
from webapp.domain.comptes import Organisme
from webapp.persistence import comptes, database
from webapp.persistence.database import BaseDeDonnees, avis_sqlite, lire_url, memoire
from webapp.persistence.tables import compteur_statut, formation, limite_debit, session_ouverte, utilisateur


def ajouter_limite(cnx, cle="x"):
    cnx.execute(insert(limite_debit), {"cle": cle, "nombre": 1, "expire_le": 0.0})


def ecrire_puis_echouer(base: BaseDeDonnees) -> None:
    with base.ecriture() as cnx:
        ajouter_limite(cnx)
        raise RuntimeError


def limites(base: BaseDeDonnees) -> set[str]:
    with base.lecture() as cnx:
        return set(cnx.execute(select(limite_debit.c.cle)).scalars())


def test_a_write_is_kept_at_the_end_of_its_block(base):
    with base.ecriture() as cnx:
        ajouter_limite(cnx)
    assert limites(base) == {"x"}


def test_a_write_is_undone_by_an_exception(base):
    with pytest.raises(RuntimeError):
        ecrire_puis_echouer(base)
    assert limites(base) == set()


def test_a_reading_connection_cannot_write(base):
    with pytest.raises(DBAPIError, match=r"(?i)readonly|read-only"), base.lecture() as cnx:
        ajouter_limite(cnx)
    assert limites(base) == set()


def test_a_connection_given_back_keeps_nothing_of_a_failed_block(base):
    for _ in range(20):
        with pytest.raises(RuntimeError):
            ecrire_puis_echouer(base)
        with base.ecriture() as cnx:
            ajouter_limite(cnx)
            cnx.execute(limite_debit.delete())
    assert limites(base) == set()


def test_a_read_sees_one_state_on_sqlite(base_sqlite):
    with base_sqlite.lecture() as lecteur:
        avant = lecteur.execute(select(limite_debit.c.cle)).all()
        with base_sqlite.ecriture() as cnx:
            ajouter_limite(cnx)
        assert lecteur.execute(select(limite_debit.c.cle)).all() == avant == []
    assert limites(base_sqlite) == {"x"}


def test_writers_that_read_first_wait_for_each_other(base):
    # With a plain BEGIN, SQLite answers « locked » to most of these.
    erreurs: list[Exception] = []
    depart = threading.Barrier(4)
    with base.ecriture() as cnx:
        cnx.execute(insert(limite_debit), {"cle": "compte", "nombre": 0, "expire_le": 0.0})

    def compter() -> None:
        depart.wait()
        try:
            for _ in range(25):
                with base.ecriture() as cnx:
                    lu = select(limite_debit.c.nombre).where(limite_debit.c.cle == "compte").with_for_update()
                    nombre = cnx.execute(lu).scalar_one()
                    cnx.execute(limite_debit.update().values(nombre=nombre + 1))
        except DBAPIError as erreur:
            erreurs.append(erreur)

    fils = [threading.Thread(target=compter) for _ in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert erreurs == []
    with base.lecture() as cnx:
        assert cnx.execute(select(limite_debit.c.nombre)).scalar_one() == 100


@pytest.mark.parametrize(
    ("reglage", "valeur"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
@pytest.mark.parametrize("porte", ["lecture", "ecriture"])
def test_sqlite_is_set_so_that_nothing_saved_is_lost(base_sqlite, porte, reglage, valeur):
    with getattr(base_sqlite, porte)() as cnx:
        assert cnx.execute(text(f"PRAGMA {reglage}")).scalar_one() == valeur


def test_the_sqlite_in_use_is_a_safe_one(base_sqlite):
    with base_sqlite.lecture() as cnx:
        version = cnx.execute(text("SELECT sqlite_version()")).scalar_one()
    assert avis_sqlite(tuple(map(int, version.split(".")))) == ""


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (4, 0, 0), (3, 50, 7), (3, 50, 8), (3, 44, 6)])
def test_a_corrected_sqlite_needs_no_warning(version):
    assert avis_sqlite(version) == ""


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2), (3, 51, 0), (3, 50, 6), (3, 44, 5), (3, 45, 0), (3, 7, 0)])
def test_an_sqlite_that_may_corrupt_is_told_in_french(version):
    assert avis_sqlite(version).startswith(f"SQLite {'.'.join(map(str, version))} peut abîmer")


def test_the_warning_is_given_when_the_database_opens(monkeypatch, caplog, tmp_path):
    monkeypatch.setattr(sqlite, "sqlite_version_info", (3, 40, 1))
    database.ouvrir(f"sqlite:///{tmp_path / 'x.sqlite3'}").fermer()
    assert "SQLite 3.40.1 peut abîmer" in caplog.text


def test_the_folder_of_the_file_is_made(tmp_path):
    fichier = tmp_path / "un" / "deux" / "catalogue.sqlite3"
    database.migrer(f"sqlite:///{fichier}")
    assert fichier.exists()


def test_a_relative_file_stands_in_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    database.migrer("sqlite:///donnees/catalogue.sqlite3")
    assert Path("donnees/catalogue.sqlite3").exists()


@pytest.mark.parametrize("debut", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_the_address_of_postgresql_is_understood(debut):
    assert lire_url(f"{debut}://moi:secret@hote:5433/base").drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "url",
    ["", "nimporte quoi", "mysql://moi:secret@hote/base", "sqlite://", "sqlite:///:memory:", "postgresql+pg8000://h/b"],
)
def test_another_address_is_refused_in_french_without_its_password(url):
    with pytest.raises(ValueError, match="DATABASE_URL") as refus:
        lire_url(url)
    assert "secret" not in str(refus.value)


def test_what_is_remembered_belongs_to_one_base(base, tmp_path):
    autre_url = f"sqlite:///{tmp_path / 'autre.sqlite3'}"
    database.migrer(autre_url)
    autre = database.ouvrir(autre_url)
    with base.lecture() as lecteur, base.ecriture() as redacteur, autre.lecture() as ailleurs:
        assert memoire(lecteur) is memoire(redacteur)
        assert memoire(lecteur) is not memoire(ailleurs)
    autre.fermer()


@pytest.mark.parametrize("fuseau", [UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-11))])
def test_a_moment_comes_back_the_same_in_utc(base, fuseau):
    personne = Atelier(base).utilisateur()
    instant = datetime(2026, 3, 29, 2, 30, 0, 123456, fuseau)
    with base.ecriture() as cnx:
        valeurs = {"cle": "c", "organisme_id": personne.organisme.id, "utilisateur_id": personne.id, "donnees": {}}
        cnx.execute(insert(session_ouverte), valeurs | {"expire_le": instant})
    with base.lecture() as cnx:
        lu = cnx.execute(select(session_ouverte.c.expire_le)).scalar_one()
    assert lu == instant
    assert lu.utcoffset() == timedelta(0)


def test_a_moment_without_a_time_zone_is_refused(base):
    sans_fuseau = datetime(2026, 1, 1)  # noqa: DTZ001 - what is refused
    with pytest.raises(StatementError, match="without a time zone"), base.ecriture() as cnx:
        cnx.execute(select(session_ouverte).where(session_ouverte.c.expire_le > sans_fuseau))


def test_an_organisation_goes_with_all_it_owns(base):
    atelier = Atelier(base)
    personne = atelier.utilisateur()
    autre = atelier.utilisateur()
    for auteur in (personne, autre):
        atelier.formation(auteur)
    with base.ecriture() as cnx:
        assert comptes.supprimer_organisme(cnx, personne.organisme.id)
        assert not comptes.supprimer_organisme(cnx, personne.organisme.id)
    with base.lecture() as cnx:
        for table in (formation, utilisateur, compteur_statut):
            assert set(cnx.execute(select(table.c.organisme_id)).scalars()) == {autre.organisme.id}
        assert isinstance(comptes.organisme_par_id(cnx, autre.organisme.id), Organisme)


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "5432x"])
def test_a_port_that_is_none_is_told_in_french(port):
    with pytest.raises(ValueError, match=r"^DATABASE_URL\s: le port doit être un nombre de 1 à 65535\.$"):
        lire_url(f"postgresql://u:secret@h:{port}/x")
