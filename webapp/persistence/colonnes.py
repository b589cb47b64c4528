"""Column types: how domain values travel to the database and back, alike on SQLite and PostgreSQL."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BindParameter,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    String,
    Text,
    Uuid,
    func,
    literal_column,
    type_coerce,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine


def cles(*noms: str) -> list[Column[Any]]:
    """Make columns of identities, none of which is missing."""
    return [Column(nom, Uuid, nullable=False) for nom in noms]


def textes(*noms: str) -> list[Column[Any]]:
    """Make columns of texts, perhaps empty and never missing."""
    return [Column(nom, Text, nullable=False) for nom in noms]


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides.

    SQLite has no type for it: it is kept there as a text of fixed width, whose order is the order of time.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the database's own type."""
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Send a moment; a naive one is refused, since nobody could say when it is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.isoformat(timespec="microseconds") if dialect.name == "sqlite" else utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:  # noqa: ARG002 - SQLAlchemy's signature
        """Give a moment back, in UTC. One function a value, chosen once: a page of the catalogue reads many."""
        return _depuis_texte if dialect.name == "sqlite" else _en_utc


def _depuis_texte(valeur: str | None) -> datetime | None:
    return None if valeur is None else datetime.fromisoformat(valeur)


def _en_utc(valeur: datetime | None) -> datetime | None:
    return None if valeur is None else valeur.astimezone(UTC)


class Liste(TypeDecorator[tuple[str, ...]]):
    """A list of texts, kept as JSON, given back as a tuple."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> list[str]:  # noqa: ARG002 - SQLAlchemy's signature
        """Send the texts in their order."""
        return list(value or ())

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:  # noqa: ARG002 - SQLAlchemy's signature
        """Give the texts back, frozen."""
        return tuple(value)


class Dates(TypeDecorator[tuple[tuple[str, date], ...]]):
    """The dates of a few facts by their names, kept as JSON, given back as pairs in the order of the names."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Iterable[tuple[str, date]] | None, dialect: Dialect) -> dict[str, str]:  # noqa: ARG002 - SQLAlchemy's signature
        """Send each date as ISO 8601 writes it."""
        return {nom: jour.isoformat() for nom, jour in sorted(value or ())}

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[tuple[str, date], ...]:  # noqa: ARG002 - SQLAlchemy's signature
        """Give the dates back, frozen."""
        return tuple(sorted((nom, date.fromisoformat(jour)) for nom, jour in value.items()))


class _Vecteur(postgresql.TSVECTOR):
    """Words of letters and digits separated by spaces, as PostgreSQL indexes them.

    None of its parsers and dictionaries sees them: they are what our code has made of them.
    """

    def bind_expression(self, bindvalue: BindParameter[str]) -> ColumnElement[str]:
        """Make the words one by one."""
        return func.array_to_tsvector(func.string_to_array(type_coerce(bindvalue, Text), literal_column("' '")))


MOTS = Text().with_variant(_Vecteur(), "postgresql")
"""Words to be indexed, sent as a text: a text on SQLite, a tsvector on PostgreSQL."""

OCTETS = Text().with_variant(Text(collation="C"), "postgresql")
"""A text that is put in the order of its characters' numbers on both databases, whatever their language."""
