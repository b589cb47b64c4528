"""Which errors of a driver come from where the database stands, or from who else is there; how each is told."""

from typing import Any, cast

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError

from webapp.domain.refus import BaseOccupee, BaseTropRecente

# What SQLite and PostgreSQL answer when the disk or the file fails.
_SANS_PLACE = frozenset(
    {sqlite.SQLITE_FULL, sqlite.SQLITE_READONLY, sqlite.SQLITE_IOERR, sqlite.SQLITE_CANTOPEN, sqlite.SQLITE_CORRUPT,
     sqlite.SQLITE_NOTADB}
)  # fmt: skip
# What they answer when a turn does not come in the time that we leave.
_OCCUPEE = sqlite.SQLITE_BUSY
_OCCUPEE_POSTGRESQL = "55P03"
_REFERENCE_ROMPUE = "FOREIGN KEY"  # The driver gives one code for all constraints.
_REFERENCE_ROMPUE_POSTGRESQL = "23503"
_LECTURE_SEULE = "25006"
_SANS_PLACE_POSTGRESQL = frozenset({_LECTURE_SEULE, "53100", "58030"})
FICHIER_ABIME = "son fichier est abîmé. Remettez la dernière sauvegarde à sa place."
_DITS = {
    sqlite.SQLITE_NOTADB: "ce fichier n'est pas une base de données. Vérifiez DATABASE_URL.",
    sqlite.SQLITE_CORRUPT: FICHIER_ABIME,
    sqlite.SQLITE_FULL: "le disque est plein. Faites de la place, puis recommencez.",
    sqlite.SQLITE_READONLY: "son fichier est en lecture seule. Vérifiez ses droits et ceux de son dossier.",
    sqlite.SQLITE_CANTOPEN: "son fichier ne peut pas être ouvert. Vérifiez son chemin et les droits de son dossier.",
    sqlite.SQLITE_IOERR: "son disque ne se lit pas ou ne s'écrit pas.",
}
INJOIGNABLE = (
    "le serveur PostgreSQL ne répond pas, ou refuse ce compte. Vérifiez qu'il est démarré, et ce que dit DATABASE_URL."
)
OCCUPEE = "un autre processus l'occupe depuis trop longtemps. Attendez qu'il ait fini, puis recommencez."


def est_sans_place(erreur: BaseException) -> bool:
    """Say whether an error, of a driver or of SQLAlchemy around it, is of the place to read or to write."""
    cause = getattr(erreur, "orig", erreur)
    # The eight lower bits are the kind of error, the others its circumstance.
    if (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF in _SANS_PLACE:
        return True
    return getattr(cause, "sqlstate", None) in _SANS_PLACE_POSTGRESQL


def est_occupee(erreur: BaseException) -> bool:
    """Say whether an error says that others hold what was asked for."""
    cause = getattr(erreur, "orig", erreur)
    if (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF == _OCCUPEE:
        return True
    return getattr(cause, "sqlstate", None) == _OCCUPEE_POSTGRESQL


def est_illisible(erreur: BaseException) -> bool:
    """Say whether an error says that the database cannot be read: to be refused a write at that door is a defect."""
    cause = getattr(erreur, "orig", erreur)
    ecrit = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF == sqlite.SQLITE_READONLY
    return est_sans_place(erreur) and not ecrit and getattr(cause, "sqlstate", None) != _LECTURE_SEULE


def est_reference_rompue(erreur: BaseException) -> bool:
    """Say whether an error says that what is named is not there; SQLite does not say what."""
    cause = getattr(erreur, "orig", erreur)
    if getattr(cause, "sqlite_errorcode", None) == sqlite.SQLITE_CONSTRAINT:
        return _REFERENCE_ROMPUE in str(cause)
    return getattr(cause, "sqlstate", None) == _REFERENCE_ROMPUE_POSTGRESQL


def raison(erreur: BaseException) -> str:
    """Give what the driver says of its error, for the log: neither the statement nor its values."""
    return str(getattr(erreur, "orig", erreur))


def comme_sqlalchemy(sql: str, erreur: Any, dialecte: Dialect) -> DBAPIError:
    """Give an error of the driver of SQLite as SQLAlchemy raises it, for what is asked of the driver beside it.

    The values of the statement are not given: they may hold what a person typed, and errors reach the log.
    """
    donnee = DBAPIError.instance(sql, None, erreur, sqlite.Error, dialect=dialecte)
    return cast("DBAPIError", donnee)


def _cause(erreur: BaseException) -> BaseException:
    cause: BaseException = (
        getattr(erreur, "orig", None) or getattr(erreur.__cause__, "orig", None) or erreur.__cause__ or erreur
    )
    return cause


def est_injoignable(erreur: BaseException) -> bool:
    """Say whether an error says that no connection to PostgreSQL could be opened: it then gives no code."""
    cause = _cause(erreur)
    return (
        type(cause).__module__.startswith("psycopg")
        and type(cause).__name__ in {"OperationalError", "ConnectionTimeout"}
        and getattr(cause, "sqlstate", None) is None
    )


def dire_panne(erreur: BaseException) -> str:
    """Say in French why a database cannot be opened, and what to do; in the words of the driver where there are none.

    In: what `migrer` and the doors of a base raise.
    """
    if isinstance(erreur, BaseOccupee):
        return OCCUPEE
    if isinstance(erreur, BaseTropRecente):
        return (
            "elle a été écrite par une version plus récente du produit. Installez cette version, ou une plus récente."
        )
    if est_injoignable(erreur):
        return INJOIGNABLE
    cause = _cause(erreur)
    return _DITS.get((getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF, str(cause).strip())
