"""A database of many organisations, to measure what the size of it costs: built once, kept in a folder, used again.

One organisation is made as the product makes it: its formations by the services, their actions and sessions by the rows
of one tree that the services made. The others are copies of its rows under another organisation: every key leads with
the organisation, so that ids may be the same. The database makes the copies by itself, without what makes a base safe;
the indexes that can wait are made at the end, in one go.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    NullPool,
    Table,
    Text,
    create_engine,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
)

from tests.bases import ouverte, postgresql
from tests.bench import donnees
from tests.builders import un_siret
from tests.builders_arbre import AtelierArbre
from webapp.domain.statuts import Statut
from webapp.persistence import database
from webapp.persistence.migration import derniere_revision
from webapp.persistence.mots import LETTRES_DE_LA_MARQUE
from webapp.persistence.tables import (
    action,
    compteur_catalogue,
    compteur_statut,
    contact,
    formation,
    formation_recherche,
    lieu,
)
from webapp.persistence.tables import organisme as table_organisme
from webapp.persistence.tables import session_formation as session
from webapp.services import comptes, registre

ACTIONS = 3
SESSIONS = 2
SIGNE_DE_FIN = "complete"
"""The file that stands in the folder of a base that was wholly built."""

# In the order in which they refer to each other.
_COPIEES = (contact, lieu, formation, action, session, compteur_statut, compteur_catalogue)


@dataclass(frozen=True)
class Taille:
    """How many organisations, and how many formations each has."""

    organismes: int
    formations: int

    @property
    def total(self) -> int:
        """The formations of all."""
        return self.organismes * self.formations

    @property
    def nom(self) -> str:
        """Under which it is kept: it changes with what is built, and with the tables that a migration changes."""
        return f"{self.organismes}x{self.formations}-{ACTIONS}x{SESSIONS}-2-{derniere_revision()}"


def dossier_garde() -> Path:
    """Give where what takes minutes to build is kept: outside the repository, in the person's own cache."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "fiche-vivante-bench"


@contextmanager
def base_de(moteur: str, taille: Taille, dossier: Path, dire: Callable[[str], None]) -> Iterator[str]:
    """Give the address of a base of that size, built when the folder does not hold it whole.

    In: `moteur`, « sqlite » or « postgresql ».
    """
    sienne = dossier / f"{moteur}-{taille.nom}"
    fin = sienne / SIGNE_DE_FIN
    if not fin.exists():
        shutil.rmtree(sienne, ignore_errors=True)
        (sienne / "pg").mkdir(parents=True)
    with _adresse(moteur, sienne, neuve=not fin.exists()) as url:
        if not fin.exists():
            construire(url, taille, dire)
            fin.touch()
        yield url


@contextmanager
def _adresse(moteur: str, dossier: Path, *, neuve: bool) -> Iterator[str]:
    if moteur == "sqlite":
        yield f"sqlite:///{dossier / 'base.sqlite3'}"
        return
    with postgresql(dossier / "pg") as serveur:
        yield serveur.creer("essai") if neuve else serveur.adresse("essai")


def construire(url: str, taille: Taille, dire: Callable[[str], None]) -> None:
    """Fill an empty database."""
    database.migrer(url)
    with ouverte(url) as base:
        with base.ecriture() as cnx:
            registre.amorcer(cnx)
            modele = comptes.creer_organisme(cnx, "Organisme 0", un_siret()).id
        dire(f"{base.dialecte.name} : un organisme de {taille.formations} formations…")
        donnees.remplir(url, str(modele), taille.formations)
        lignes = _un_arbre(base, modele)
    with _a_remplir(url) as cnx:
        refaire = _sans_entraves(cnx)
        _planter(cnx, *lignes)
        multiplier(cnx, modele, taille, dire)
        dire(f"{cnx.dialect.name} : index…")
        pilote: Any = cnx.connection.driver_connection
        for phrase in refaire:
            # By the driver: SQLAlchemy would take the signs of a pattern for places of values.
            pilote.execute(phrase)
        if cnx.dialect.name == "postgresql":
            # As its own process does, within a quarter of an hour, in a base that serves.
            cnx.exec_driver_sql("VACUUM ANALYZE")


def multiplier(cnx: Connection, modele: UUID, taille: Taille, dire: Callable[[str], None]) -> None:
    """Add as many copies of an organisation as are wanted."""
    for rang in range(1, taille.organismes):
        dire(f"{cnx.dialect.name} : organisme {rang + 1} sur {taille.organismes}…")
        _copier(cnx, modele, rang, taille)


@contextmanager
def _a_remplir(url: str) -> Iterator[Connection]:
    """Give a connection that fills a base as fast as it can: what falls on the way is built again from nothing.

    Each statement is kept by itself. What a row refers to and what its columns may hold is not looked at: all rows are
    copies of rows that were.
    """
    lue = database.lire_url(url)
    if lue.get_backend_name() == "sqlite":
        # The product's own driver, whose name `database` gives to SQLAlchemy.
        moteur = create_engine(lue.set(drivername="sqlite+pysqlite3"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        reglages = _SQLITE_A_REMPLIR
    else:
        moteur = create_engine(lue, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        reglages = _POSTGRESQL_A_REMPLIR
    with moteur.connect() as cnx:
        for reglage in reglages:
            cnx.exec_driver_sql(reglage)
        yield cnx


_SQLITE_A_REMPLIR: tuple[str, ...] = (
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA ignore_check_constraints = ON",
    # In kB, for what is copied and the indexes that are made at the end; by default 2 MB.
    "PRAGMA cache_size = -1500000",
)
_POSTGRESQL_A_REMPLIR: tuple[str, ...] = (
    "SET session_replication_role = replica",
    "SET maintenance_work_mem = '512MB'",
    "ALTER SYSTEM SET max_wal_size = '4GB'",
    "ALTER SYSTEM SET checkpoint_timeout = '30min'",
    "SELECT pg_reload_conf()",
)


def _un_arbre(base: database.BaseDeDonnees, organisme_id: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """Have the services make one action and one session; give their rows, which are taken away again."""
    with base.lecture() as cnx:
        premiere = cnx.execute(select(formation.c.id).where(formation.c.organisme_id == organisme_id)).scalars().first()
        organisme = comptes.organisme(cnx, organisme_id)
    assert premiere is not None
    with base.ecriture() as cnx:
        # The service gives no action to an archived one.
        brouillon = {"statut": Statut.BROUILLON.value, "avant_archivage": None}
        tenue = select(formation.c.statut, formation.c.avant_archivage).where(formation.c.id == premiere)
        avant = dict(cnx.execute(tenue).mappings().one())
        cnx.execute(formation.update().where(formation.c.id == premiere).values(brouillon))
    atelier = AtelierArbre(base, AtelierArbre(base).atelier.utilisateur(organisme=organisme))
    modele = atelier.action(premiere, Statut.VALIDEE)
    celle = atelier.session(modele.id, Statut.VALIDEE)
    with base.ecriture() as cnx:
        lignes = _ligne(cnx, action, modele.id), _ligne(cnx, session, celle.id)
        cnx.execute(session.delete())
        cnx.execute(action.delete())
        cnx.execute(formation.update().where(formation.c.id == premiere).values(avant))
    return lignes


def _planter(cnx: Connection, ligne_action: dict[str, Any], ligne_session: dict[str, Any]) -> None:
    """Give each formation ACTIONS actions of SESSIONS sessions each, copied from those that the services made."""
    neuf = func.lower(func.hex(func.randomblob(16))) if cnx.dialect.name == "sqlite" else func.gen_random_uuid()
    for rang in range(ACTIONS):
        siens = {"numero": f"A{rang}", "numero_cle": f"A{rang}"}
        _semer(cnx, action, ligne_action | siens | {"id": neuf, "formation_id": formation.c.id}, formation)
    for place in range(SESSIONS):
        siens = {"numero": f"S{place}", "numero_cle": f"S{place}", "debut": f"2027-{place + 1:02}-01",
                 "fin": f"2027-{place + 1:02}-05"}  # fmt: skip
        ids = {"id": neuf, "formation_id": action.c.formation_id, "action_id": action.c.id}
        _semer(cnx, session, ligne_session | siens | ids, action)


def _semer(cnx: Connection, table: Table, ligne: dict[str, Any], parents: Table) -> None:
    """Add a row to a table for each of the parents there are."""
    valeurs = [
        valeur if isinstance(valeur, ColumnElement) else literal(valeur, table.c[nom].type)
        for nom, valeur in ligne.items()
    ]
    cnx.execute(insert(table).from_select(list(ligne), select(*valeurs).select_from(parents)))


def _ligne(cnx: Connection, table: Table, id_: UUID) -> dict[str, Any]:
    return dict(cnx.execute(select(table).where(table.c.id == id_)).mappings().one())


def _copier(cnx: Connection, modele: UUID, rang: int, taille: Taille) -> None:
    """Copy all that an organisation has under a new one.

    Its id is beyond those of the others before it: indexes, which it leads, then grow at their end.
    """
    nouveau = UUID(int=((1 << 128) - 1) // taille.organismes * rang + uuid4().int % (1 << 100), version=4)
    cnx.execute(insert(table_organisme).values(id=nouveau, nom=f"Organisme {rang}", siret=un_siret()))
    for table in _COPIEES:
        _copier_table(cnx, table, modele, nouveau, {})
    marques = [un.hex[:LETTRES_DE_LA_MARQUE] for un in (modele, nouveau)]
    _copier_table(cnx, formation_recherche, modele, nouveau, _mots(cnx, marques, rang * taille.formations))


def _mots(cnx: Connection, marques: list[str], cles: int) -> dict[str, Any]:
    c = formation_recherche.c
    if cnx.dialect.name == "sqlite":
        suite = func.replace(literal_column("' '", Text) + c.mots, f" {marques[0]}", f" {marques[1]}")
        return {"mots": func.trim(suite), "cle": c.cle + cles}
    texte = func.array_to_string(func.tsvector_to_array(c.mots), " ", type_=Text)
    suite = func.replace(literal_column("' '", Text) + texte, f" {marques[0]}", f" {marques[1]}")
    return {"mots": func.array_to_tsvector(func.string_to_array(func.trim(suite), " "))}


def _copier_table(cnx: Connection, table: Table, modele: UUID, nouveau: UUID, autres: dict[str, Any]) -> None:
    lues = {colonne.name: autres.get(colonne.name, colonne) for colonne in table.c}
    lues["organisme_id"] = literal(nouveau, table.c.organisme_id.type)
    # In the order of its key, so that the copies of that too are written one after the other.
    source = select(*lues.values()).where(table.c.organisme_id == modele).order_by(*table.primary_key)
    cnx.execute(insert(table).from_select(list(lues), source))


def _sans_entraves(cnx: Connection) -> list[str]:
    """Take away what each row would pay for; give the statements that bring it back, the indexes filled.

    All the indexes that nothing refers to. On SQLite, the triggers besides: where nothing was exported they
    change nothing, but for those that keep the index of words in step, which is made again. On PostgreSQL, what
    columns may hold, which says nothing of the cost of a read.
    """
    noms = [table.name for table in (*_COPIEES, formation_recherche)]
    if cnx.dialect.name == "sqlite":
        refaire = ["INSERT INTO formation_mots(formation_mots) VALUES ('rebuild')"]
        places = ", ".join("?" * len(noms))
        for genre, nom, definition in cnx.exec_driver_sql(_ENTRAVES_SQLITE.format(places=places), tuple(noms)).all():
            cnx.exec_driver_sql(f"DROP {genre} {nom}")
            refaire.append(definition)
        return refaire
    refaire = []
    for nom, table, definition in cnx.execute(text(_CONTROLES), {"noms": noms}).all():
        cnx.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {nom}")
        refaire.append(f"ALTER TABLE {table} ADD CONSTRAINT {nom} {definition} NOT VALID")
    for nom, definition in cnx.execute(text(_INDEX), {"noms": noms}).all():
        cnx.exec_driver_sql(f"DROP INDEX {nom}")
        refaire.append(definition)
    return refaire


# Those that a table is made with have no statement of their own. Indexes come first: triggers then follow at once.
_ENTRAVES_SQLITE = """
SELECT type, name, sql FROM sqlite_master
WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN ({places}) ORDER BY type, name
"""
_CONTROLES = """
SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'c' AND conrelid::regclass::text = ANY(:noms)
"""
_INDEX = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename = ANY(:noms) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexname::regclass)
"""
