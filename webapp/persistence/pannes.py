"""Which errors of a driver are of the place where the database stands, not of what it is asked."""

import pysqlite3.dbapi2 as sqlite

# What SQLite and PostgreSQL answer when the disk or the file fails.
_SANS_PLACE = frozenset(
    {sqlite.SQLITE_FULL, sqlite.SQLITE_READONLY, sqlite.SQLITE_IOERR, sqlite.SQLITE_CANTOPEN, sqlite.SQLITE_CORRUPT,
     sqlite.SQLITE_NOTADB}
)  # fmt: skip
_LECTURE_SEULE = "25006"
_SANS_PLACE_POSTGRESQL = frozenset({_LECTURE_SEULE, "53100", "58030"})


def est_sans_place(erreur: BaseException) -> bool:
    """Say whether an error, of a driver or of SQLAlchemy around it, is of the place to read or to write."""
    cause = getattr(erreur, "orig", erreur)
    # The eight lower bits are the kind of error, the others its circumstance.
    if (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF in _SANS_PLACE:
        return True
    return getattr(cause, "sqlstate", None) in _SANS_PLACE_POSTGRESQL


def est_illisible(erreur: BaseException) -> bool:
    """Say whether an error says that the database cannot be read: to be refused a write at that door is a defect."""
    cause = getattr(erreur, "orig", erreur)
    ecrit = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF == sqlite.SQLITE_READONLY
    return est_sans_place(erreur) and not ecrit and getattr(cause, "sqlstate", None) != _LECTURE_SEULE


def raison(erreur: BaseException) -> str:
    """Give what the driver says of its error, for the log: neither the statement nor its values."""
    return str(getattr(erreur, "orig", erreur))
