"""Rows written by the thousand, without the cost of saying the statement again for each.

SQLAlchemy compiles the statement and knows how a value of each column is kept; then, on SQLite, the driver is given the
rows itself. Measured on an import of 30 000 certifications: naming and converting the values row by row takes as long
as writing them. And a hundred rows go in one statement: the words of the search (FTS5) are sent to their index at the
end of each statement, which takes as long again when each row is one. Elsewhere the ordinary door is used.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.sql.dml import Insert

_ENSEMBLE = 100
"""Rows in one statement: more gain nothing."""

_RETENUES = 4096
"""Converted values kept: the same dates and the same lists come back from row to row."""

_Convertisseur = Callable[[Any], Any] | None


class InsertionEnMasse:
    """One INSERT of whole rows, ready to be run on one connection; values come in the order of the table's columns."""

    def __init__(self, cnx: Connection, table: Table, requete: Insert) -> None:
        """Compile the statement, which gives a value to every column, for the connection's database."""
        self._cnx = cnx
        self._requete = requete
        self._noms: tuple[str, ...] = tuple(table.columns.keys())
        if cnx.dialect.name != "sqlite":
            return
        compilee = requete.compile(dialect=cnx.dialect)
        places = compilee.positiontup or ()
        if places != list(self._noms):
            raise ValueError(f"not an INSERT of every column of {table.name}, in their order: {places}")
        self._sql = str(compilee)
        self._groupe = f"({', '.join('?' * len(places))})"
        convertir = [colonne.type.dialect_impl(cnx.dialect).bind_processor(cnx.dialect) for colonne in table.columns]
        self._convertir: list[_Convertisseur] = [f and lru_cache(_RETENUES)(f) for f in convertir]

    def ecrire(self, lignes: Sequence[tuple[Any, ...]]) -> None:
        """Write these rows, if any. Raises what the database raises."""
        if not lignes:
            return
        if self._cnx.dialect.name != "sqlite":
            self._cnx.execute(self._requete, [dict(zip(self._noms, ligne, strict=True)) for ligne in lignes])
            return
        # By columns: most of them are kept as they are.
        colonnes = [
            valeurs if convertir is None else [convertir(valeur) for valeur in valeurs]
            for convertir, valeurs in zip(self._convertir, zip(*lignes, strict=True), strict=True)
        ]
        converties = list(zip(*colonnes, strict=True))
        for debut in range(0, len(converties), _ENSEMBLE):
            ensemble = converties[debut : debut + _ENSEMBLE]
            sql = self._sql.replace(self._groupe, ", ".join([self._groupe] * len(ensemble)))
            self._cnx.exec_driver_sql(sql, tuple(chain.from_iterable(ensemble)))
