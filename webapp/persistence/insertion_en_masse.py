"""Rows written by the thousand, without the cost of saying the statement again for each.

SQLAlchemy compiles the statement and knows how a value of each column is kept; then, on SQLite, the driver is given the
rows itself. Measured on an import of 30 000 certifications: naming and converting the values row by row takes as long
as writing them. And two hundred rows go in one statement: the words of the search (FTS5) are sent to their index at the
end of each statement, which takes as long again when each row is one. Elsewhere the ordinary door is used.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.sql.dml import Insert
from sqlalchemy.types import TypeEngine

_ENSEMBLE = 200
"""Rows in one statement: more gain nothing."""

_RETENUES = 4096
"""Converted values kept: the same dates and the same lists come back from row to row."""

_LOCALES = 256
"""The same, of rows that are written at once by whoever has no insertion of its own."""

_Convertisseur = Callable[[Any], Any] | None


class _Prete:
    """One INSERT of whole rows, compiled for SQLite's driver."""

    def __init__(self, table: Table, requete: Insert, dialecte: Dialect, retenues: int) -> None:
        """Compile the statement, which gives a value to every column of the table, in their order."""
        compilee = requete.compile(dialect=dialecte)
        places = compilee.positiontup or ()
        if places != list(table.columns.keys()):
            raise ValueError(f"not an INSERT of every column of {table.name}, in their order: {places}")
        self._sql = str(compilee)
        self._groupe = f"({', '.join('?' * len(places))})"
        self._convertir = [_convertisseur(colonne.type, dialecte, retenues) for colonne in table.columns]

    def ecrire(self, cnx: Connection, lignes: Sequence[tuple[Any, ...]]) -> None:
        """Write these rows."""
        # By columns: most of them are kept as they are.
        colonnes = [
            valeurs if convertir is None else [convertir(valeur) for valeur in valeurs]
            for convertir, valeurs in zip(self._convertir, zip(*lignes, strict=True), strict=True)
        ]
        converties = list(zip(*colonnes, strict=True))
        for debut in range(0, len(converties), _ENSEMBLE):
            ensemble = converties[debut : debut + _ENSEMBLE]
            sql = self._sql.replace(self._groupe, ", ".join([self._groupe] * len(ensemble)))
            cnx.exec_driver_sql(sql, tuple(chain.from_iterable(ensemble)))


def _convertisseur(de: TypeEngine[Any], dialecte: Dialect, retenues: int) -> _Convertisseur:
    """Give what turns a value of a column into what the driver keeps (None: nothing does)."""
    convertir = de.dialect_impl(dialecte).bind_processor(dialecte)
    return lru_cache(retenues)(convertir) if convertir is not None and de.hashable else convertir


class InsertionEnMasse:
    """One INSERT of whole rows, ready to be run on one connection; values come in the order of the table's columns."""

    def __init__(self, cnx: Connection, table: Table, requete: Insert) -> None:
        """Compile the statement, which gives a value to every column, for the connection's database."""
        self._cnx = cnx
        self._requete = requete
        self._noms: tuple[str, ...] = tuple(table.columns.keys())
        if cnx.dialect.name == "sqlite":
            self._prete = _Prete(table, requete, cnx.dialect, _RETENUES)

    def ecrire(self, lignes: Sequence[tuple[Any, ...]]) -> None:
        """Write these rows, if any. Raises what the database raises."""
        if not lignes:
            return
        if self._cnx.dialect.name != "sqlite":
            self._cnx.execute(self._requete, [dict(zip(self._noms, ligne, strict=True)) for ligne in lignes])
            return
        self._prete.ecrire(self._cnx, lignes)


def inserer(cnx: Connection, table: Table, lignes: Sequence[Mapping[str, Any]]) -> None:
    """Write whole rows, if any, each by the names of its columns. Raises what the database raises."""
    if not lignes:
        return
    requete, noms, prete = _inserer(table, cnx.dialect)
    if prete is None:
        cnx.execute(requete, lignes)
    else:
        prete.ecrire(cnx, [noms(ligne) for ligne in lignes])


@lru_cache(maxsize=64)
def _inserer(
    table: Table, dialecte: Dialect
) -> tuple[Insert, Callable[[Mapping[str, Any]], tuple[Any, ...]], _Prete | None]:  # fmt: skip
    """Give the INSERT of a table, what puts the values of a row in order, and the INSERT made ready, on SQLite."""
    requete = insert(table)
    prete = _Prete(table, requete, dialecte, _LOCALES) if dialecte.name == "sqlite" else None
    return requete, itemgetter(*table.columns.keys()), prete


def par_les_cles(cnx: Connection) -> None:
    """Have what a long transaction writes looked up by keys to its end, however small its tables were when it began.

    PostgreSQL plans the check of a reference once for a connection. Of a table that is nearly empty it reads the whole,
    and goes on so while the same transaction fills it: what is written then costs the square of it. Nothing is asked of
    SQLite, which goes by the keys.
    """
    if cnx.dialect.name == "postgresql":
        cnx.exec_driver_sql("SET LOCAL enable_seqscan = off")
        # Those that were made before, on this connection, would be kept.
        cnx.exec_driver_sql("DISCARD PLANS")
