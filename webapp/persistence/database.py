"""Opening the database, reading it, writing it, bringing its tables up to date.

The rest of the product only meets `BaseDeDonnees` and the connections it gives. A read and a write are two doors: the
first cannot change anything, so that nothing can be « saved » where no commit follows; the second takes its turn at
once (BEGIN IMMEDIATE on SQLite: a transaction that reads first and then writes would else fail « locked » when others
write), commits at the end, and rolls everything back on an exception.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import URL, Connection, Dialect, Engine, QueuePool, create_engine, event, make_url, text
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import ArgumentError, DBAPIError

from webapp.domain.refus import BaseIndisponible, BaseOccupee, EcritureImpossible, ReferenceRompue
from webapp.persistence.lecture import Lecture, LectureDuFil
from webapp.persistence.pannes import (
    FICHIER_ABIME,
    comme_sqlalchemy,
    est_illisible,
    est_occupee,
    est_reference_rompue,
    est_sans_place,
    raison,
)

ATTENTE_MAX = 10
"""Seconds a write waits for its turn before it gives up."""

ATTENTE_MIGRATION = 3_600
"""Seconds a migration waits for another to end: longer than any should last, so that two deployments at once succeed.

What it then changes is waited for no longer than by a write.
"""

# Any number, as long as every process asks PostgreSQL for the same one.
_VERROU_MIGRATION = 4_827_302
_ESSAIS_WAL = 20
_MEMOIRE = "memoire_de_la_base"
_ATTENDU = "Un autre processus met à jour la base : il est attendu."
ErreurDuPilote = sqlite.Error
"""What the driver of SQLite raises where SQLAlchemy is not in between."""

_PILOTE_SQLITE = "sqlite+pysqlite3"
_PORT_MAX = 65_535
_PORT_ILLISIBLE = f"DATABASE_URL : le port doit être un nombre de 1 à {_PORT_MAX}."
_journal = logging.getLogger(__name__)

_PAGES_GARDEES = 8_000
"""kB of a SQLite file that each connection remembers; a process has a few. A search looks at some four megabytes of
rows, which SQLite, that remembers two by default, would read again each time.
"""

_RESERVE: dict[str, Any] = {
    # Threads share the connections of a process. On SQLite this is SQLAlchemy's own choice for a file, said here.
    "poolclass": QueuePool,
    # One for each thread that answers; one more each, for the moment in which an answer that reads asks beside.
    "pool_size": 4,
    "max_overflow": 4,
    # Whoever waits longer for a connection than a write does for its turn has met a defect: it must be said.
    "pool_timeout": ATTENTE_MAX,
}
_RESERVE_POSTGRESQL: dict[str, Any] = {
    # PostgreSQL or the network may have closed a connection that rested: it is tried before it is used.
    "pool_pre_ping": True,
    # And replaced each half hour, so that what its server process has piled up is given back.
    "pool_recycle": 1_800,
}
_RESEAU_POSTGRESQL = {
    # In seconds: a server that does not answer is given up as a write that waits for its turn.
    "connect_timeout": ATTENTE_MAX,
    # A connection at rest shows itself before the routers on its way forget it, most of them after five minutes.
    "keepalives_idle": 120,
    # In milliseconds: what was sent and is not acknowledged, a trial included, is given up likewise.
    "tcp_user_timeout": ATTENTE_MAX * 1000,
}


class DialecteSqlite(SQLiteDialect_pysqlite):
    """SQLite by the driver that carries a safe version of it, and nothing of Python inside its connections.

    SQLAlchemy registers two functions written in Python on each connection it opens (`regexp` and `floor`, which no
    statement of ours uses). Closing such a connection takes the interpreter's lock for each of them. Where the close
    comes with the end of a thread that Python did not start, as those of a server may be, Python before 3.12.4 then
    deletes the state of that thread twice, and the process falls (CPython gh-119585). Registering None in their place
    afterwards is no cure: only a connection that never held one is safe.
    """

    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        """Give the driver."""
        return sqlite

    def on_connect(self) -> Any:
        """Register nothing on a new connection: None stands for nothing to do."""


registry.register(_PILOTE_SQLITE.replace("+", "."), __name__, DialecteSqlite.__name__)


class BaseDeDonnees:
    """An open database: two pools of connections, one that only reads and one that writes."""

    def __init__(self, url: URL) -> None:
        """Prepare the pools; nothing is opened yet. `url` is one that `lire_url` gave."""
        self.url = url
        self.memoire: dict[str, Any] = {}
        self._lectures = _moteur(url, self.memoire, ecrit=False)
        self._ecritures = _moteur(url, self.memoire, ecrit=True)
        self._fichier = _Fichier(url)
        for moteur in (self._lectures, self._ecritures):
            self._fichier.suivre(moteur)
        self._gardees: WeakSet[ConnexionDuFil] = WeakSet()
        self.lecture_du_fil = LectureDuFil(self.dialecte, self.memoire, self.connexion_du_fil, self.lecture)

    @property
    def dialecte(self) -> Dialect:
        """How statements are written for this database."""
        return self._lectures.dialect

    def connexion_du_fil(self) -> "ConnexionDuFil":
        """Give the driver's own connection, for reading, to a thread that will keep it."""
        tenue = self._lectures.raw_connection()
        gardee = ConnexionDuFil(tenue.driver_connection)
        tenue.detach()
        self._gardees.add(gardee)
        return gardee

    @contextmanager
    def lecture(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database and cannot change it.

        Raises BaseIndisponible when its disk or its file cannot be read, BaseOccupee when somebody keeps it to himself.
        """
        try:
            with self._lectures.begin() as cnx:
                yield cnx
        except (DBAPIError, sqlite.Error) as erreur:
            if est_occupee(erreur):
                raise BaseOccupee(raison(erreur)) from erreur
            if est_illisible(erreur):
                raise BaseIndisponible(raison(erreur)) from erreur
            raise

    @contextmanager
    def ecriture(self) -> Iterator[Connection]:
        """Give a connection whose changes are all kept at the end of the block, or none on an exception.

        Raises EcritureImpossible when the disk is full or the file read only, and when the file is no longer the one
        that was opened: what is committed to a file that was removed is lost, and must not be told as saved. Raises
        BaseOccupee when its turn does not come, ReferenceRompue when what is written names what is no longer there.
        """
        try:
            self._fichier.exiger_le_meme()
            with self._ecritures.begin() as cnx:
                yield cnx
            self._fichier.exiger_le_meme()
        except (DBAPIError, sqlite.Error) as erreur:
            if est_occupee(erreur):
                raise BaseOccupee(raison(erreur)) from erreur
            if est_sans_place(erreur):
                raise EcritureImpossible(raison(erreur)) from erreur
            if est_reference_rompue(erreur):
                raise ReferenceRompue(raison(erreur)) from erreur
            raise

    def exiger_saine(self) -> None:
        """Read a table, and look whether the file is still the one that was opened. Raises BaseIndisponible."""
        try:
            self._fichier.exiger_le_meme()
            with self.lecture() as cnx:
                cnx.exec_driver_sql("SELECT 1 FROM formation LIMIT 1")
        except (DBAPIError, sqlite.Error, OSError) as erreur:
            raise BaseIndisponible(raison(erreur)) from erreur

    def fermer(self) -> None:
        """Close every connection."""
        for gardee in tuple(self._gardees):
            gardee.fermer()
        self._lectures.dispose()
        self._ecritures.dispose()


class _Fichier:
    """The file of a SQLite base: which one was opened first, and whether its name still leads to it.

    A file that is removed or replaced under a server goes on taking what is written to it, and all of it is lost.
    Nothing is watched on PostgreSQL, which keeps its own.
    """

    def __init__(self, url: URL) -> None:
        self._chemin = Path(str(url.database)) if url.get_backend_name() == "sqlite" else None
        self._premier: tuple[int, int] | None = None

    def suivre(self, moteur: Engine) -> None:
        """Look before each connection of an engine, and keep what the first one opened."""
        if self._chemin is None:
            return

        def regarder(*_: Any) -> None:
            # SQLite would make an empty file where there is none left.
            self.exiger_le_meme()

        def retenir(*_: Any) -> None:
            if self._premier is None:
                self._premier = self._present()

        event.listen(moteur, "do_connect", regarder)
        event.listen(moteur, "connect", retenir)

    def exiger_le_meme(self) -> None:
        """Raise EcritureImpossible when the name leads to no file, or to another."""
        if self._premier is not None and self._present() != self._premier:
            raise EcritureImpossible(f"{self._chemin} is no longer the file that was opened")

    def _present(self) -> tuple[int, int] | None:
        try:
            etat = (self._chemin or Path()).stat()
        except OSError:
            return None
        return etat.st_dev, etat.st_ino


class ConnexionDuFil:
    """The driver's own connection, kept by one thread: it closes with the thread, or before, with the base.

    Servers end and start threads as they need: without this each would leave an open file behind.
    """

    __slots__ = ("__weakref__", "brute")

    def __init__(self, brute: Any) -> None:
        """Keep the connection; nothing else may."""
        self.brute = brute

    def fermer(self) -> None:
        """Close it; done again, nothing happens."""
        self.brute.close()

    def __del__(self) -> None:
        """Close it when nobody can use it any more: at the end of a thread, which DialecteSqlite makes safe."""
        self.fermer()


def ouvrir(url: str) -> BaseDeDonnees:
    """Open a database.

    In: `sqlite:///path` or `postgresql://…` (`postgres://` too). Raises ValueError, in French, for anything else.
    The folder of a SQLite file is made when it is missing; the tables are `migrer`'s business.
    """
    lue = lire_url(url)
    if lue.get_backend_name() == "sqlite":
        if avis := avis_sqlite(sqlite.sqlite_version_info):
            _journal.warning(avis)
        Path(str(lue.database)).parent.mkdir(parents=True, exist_ok=True)
    return BaseDeDonnees(lue)


def lire_url(url: str) -> URL:
    """Read the address of a database. Raises ValueError, in French and without the password it may hold."""
    try:
        lue = make_url(url)
    except ArgumentError:
        raise ValueError("DATABASE_URL n’est pas une adresse de base de données.") from None
    except ValueError:
        # SQLAlchemy reads the port as a number, and says in English that it is none.
        raise ValueError(_PORT_ILLISIBLE) from None
    if lue.port is not None and not 1 <= lue.port <= _PORT_MAX:
        raise ValueError(_PORT_ILLISIBLE)
    if lue.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return lue.set(drivername="postgresql+psycopg")
    if lue.drivername != "sqlite":
        raise ValueError(f"DATABASE_URL : « {lue.drivername} » n’est pas pris en charge (SQLite ou PostgreSQL).")
    if not lue.database or lue.database == ":memory:":
        raise ValueError(
            "DATABASE_URL : indiquez le fichier de la base SQLite, par exemple sqlite:///catalogue.sqlite3."
        )
    return lue


def avis_sqlite(version: tuple[int, ...]) -> str:
    """Say, in French, that a version of SQLite may corrupt a database in WAL mode; empty when it is safe.

    3.7.0 to 3.51.2 can corrupt a WAL that two connections share; corrected in 3.51.3, 3.50.7 and 3.44.6.
    """
    corrigees: dict[tuple[int, ...], tuple[int, ...]] = {(3, 50): (3, 50, 7), (3, 44): (3, 44, 6)}
    if version >= corrigees.get(version[:2], (3, 51, 3)):
        return ""
    numero = ".".join(map(str, version))
    return (
        f"SQLite {numero} peut abîmer une base que plusieurs processus écrivent : "
        "installez pysqlite3 0.6.1 ou une version plus récente."
    )


def memoire(lecture: Lecture) -> dict[str, Any]:
    """Give what this process remembers of the database that is read; it lives as long as its `BaseDeDonnees`."""
    if isinstance(lecture, LectureDuFil):
        return lecture.memoire
    partagee: dict[str, Any] = lecture.get_execution_options()[_MEMOIRE]
    return partagee


def fichier_absent(url: str) -> Path | None:
    """Give the file of a SQLite database that is not there yet; None when it is, and of any other database.

    Raises ValueError when the address is none.
    """
    lue = lire_url(url)
    fichier = Path(lue.database or "")
    return fichier if lue.drivername == "sqlite" and not fichier.exists() else None


def migrer(url: str) -> None:
    """Bring the tables of a database to what this version of the product expects; does nothing when they are."""
    # Alembic is only needed here: whatever does not migrate must not pay for its import.
    from webapp.persistence import migration

    with transaction_de_migration(url) as cnx:
        if cnx.dialect.name == "sqlite":
            _exiger_entiere(cnx)
        migration.monter(cnx)


def _exiger_entiere(cnx: Connection) -> None:
    """Raise BaseIndisponible when SQLite finds its file damaged: some damages show only when a page is read."""
    [verdict] = cnx.exec_driver_sql("PRAGMA quick_check(1)").scalars()
    if verdict != "ok":
        raise BaseIndisponible(FICHIER_ABIME)


def retrograder(url: str, revision: str) -> None:
    """Bring the tables back to an older revision (« base »: none); what only the newer ones hold is lost."""
    from webapp.persistence import migration

    with transaction_de_migration(url) as cnx:
        migration.descendre(cnx, revision)


def exiger_une_revision(url: str, revision: str) -> None:
    """Raise ValueError, in French, for a name that no revision of the tables has; nothing is changed."""
    from webapp.persistence import migration

    with transaction_de_migration(url) as cnx:
        migration.exiger_une_revision(cnx, revision)


@contextmanager
def transaction_de_migration(url: str) -> Iterator[Connection]:
    """Give the connection on which tables change: all of a migration is kept, or nothing of it.

    Foreign keys are not enforced while SQLite rebuilds a table (dropping the old one would empty those that refer
    to it); they must hold all the same at the end. Processes that start together wait in line, however long the first
    one works: raises BaseOccupee after ATTENTE_MIGRATION.
    """
    lue = lire_url(url)
    ouvrir(url).fermer()
    moteur = _moteur(lue, {}, ecrit=True, migration=True)
    try:
        with moteur.begin() as cnx:
            if cnx.dialect.name == "postgresql":
                _prendre_son_tour(cnx)
            yield cnx
            if cnx.dialect.name == "sqlite" and (orphelins := cnx.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise RuntimeError(f"the migration leaves {len(orphelins)} broken references")
    except DBAPIError as erreur:
        if est_occupee(erreur):
            raise BaseOccupee(raison(erreur)) from erreur
        raise
    finally:
        moteur.dispose()


def _prendre_son_tour(cnx: Connection) -> None:
    """Wait for the migration that has begun, if any; what comes next waits no longer than ever."""
    verrou = {"verrou": _VERROU_MIGRATION}
    if cnx.execute(text("SELECT pg_try_advisory_xact_lock(:verrou)"), verrou).scalar():
        return
    _journal.warning(_ATTENDU)
    cnx.execute(text(f"SET LOCAL lock_timeout = '{ATTENTE_MIGRATION}s'"))
    cnx.execute(text("SELECT pg_advisory_xact_lock(:verrou)"), verrou)
    cnx.execute(text("SET LOCAL lock_timeout TO DEFAULT"))


def _moteur(url: URL, partagee: dict[str, Any], *, ecrit: bool, migration: bool = False) -> Engine:
    # What people typed must not reach the log with an error of the driver.
    options: dict[str, Any] = {"execution_options": {_MEMOIRE: partagee}, "hide_parameters": True} | _RESERVE
    if url.get_backend_name() == "postgresql":
        reglages = f"-c timezone=UTC -c lock_timeout={ATTENTE_MAX}s"
        if not ecrit:
            reglages += " -c default_transaction_read_only=on"
        # Whoever reads twice reads one state; whoever writes sees what others have committed since.
        options["isolation_level"] = "READ COMMITTED" if ecrit else "REPEATABLE READ"
        return create_engine(
            url, connect_args=_RESEAU_POSTGRESQL | {"options": reglages}, **options, **_RESERVE_POSTGRESQL
        )
    # A file does not tire: its connections are neither tried nor replaced.
    moteur = create_engine(url.set(drivername=_PILOTE_SQLITE), pool_recycle=-1, pool_pre_ping=False, **options)
    _regler_sqlite(moteur, ecrit=ecrit, migration=migration)
    return moteur


def _regler_sqlite(moteur: Engine, *, ecrit: bool, migration: bool) -> None:
    debut = "BEGIN IMMEDIATE" if ecrit else "BEGIN"
    reglages = (
        f"PRAGMA busy_timeout = {ATTENTE_MAX * 1000}",
        # FULL: with NORMAL, a power cut loses saves that were already answered « enregistré ».
        "PRAGMA synchronous = FULL",
        f"PRAGMA foreign_keys = {'OFF' if migration else 'ON'}",
        f"PRAGMA cache_size = -{_PAGES_GARDEES}",
    )

    def regler(connexion: Any, _: Any) -> None:
        # No implicit BEGIN of the driver: ours says when and of which kind.
        connexion.isolation_level = None
        for reglage in reglages:
            connexion.execute(reglage)
        _passer_en_wal(connexion)
        connexion.execute(f"PRAGMA query_only = {'OFF' if ecrit else 'ON'}")

    def commencer(cnx: Connection) -> None:
        connexion: Any = cnx.connection.dbapi_connection
        try:
            (_commencer_migration if migration else _commencer)(connexion, debut)
        except sqlite.Error as erreur:
            # SQLAlchemy wraps what its own statements raise, not what is asked beside them.
            raise comme_sqlalchemy(debut, erreur, cnx.dialect) from erreur

    event.listen(moteur, "connect", regler)
    event.listen(moteur, "begin", commencer)


def _commencer(connexion: Any, debut: str) -> None:
    connexion.execute(debut)


def _commencer_migration(connexion: Any, debut: str) -> None:
    """Begin when the migration that has begun, if any, has ended."""
    fin = time.monotonic() + ATTENTE_MIGRATION
    averti = False
    while True:
        try:
            connexion.execute(debut)
        except sqlite.OperationalError as erreur:
            # The driver waits ATTENTE_MAX in one go, during which nobody can interrupt it: it is not asked for more.
            if not est_occupee(erreur) or time.monotonic() >= fin:
                raise
            if not averti:
                _journal.warning(_ATTENDU)
                averti = True
        else:
            return


def _passer_en_wal(connexion: Any) -> None:
    """Put the file in WAL mode; done once for all, by the first connection that ever opens it.

    Processes that make a new file together meet here: SQLite then answers « locked » without waiting. Whoever is
    told so waits for the file to be free, then tries again.
    """
    for _ in range(_ESSAIS_WAL):
        try:
            connexion.execute("PRAGMA journal_mode = WAL")
        except sqlite.OperationalError:
            connexion.execute("BEGIN EXCLUSIVE")
            connexion.execute("ROLLBACK")
        else:
            return
    connexion.execute("PRAGMA journal_mode = WAL")
