"""Alembic, run from the product itself: no command line, no file to find in the current folder."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

DOSSIER = Path(__file__).parent.parent / "migrations"


def configuration(cnx: Connection) -> Config:
    """Give Alembic its folder and the connection it must use."""
    config = Config()
    config.set_main_option("script_location", str(DOSSIER).replace("%", "%%"))
    config.attributes["connection"] = cnx
    return config


def revision_actuelle(cnx: Connection) -> str | None:
    """Give the revision the tables are at; None for an empty database."""
    return MigrationContext.configure(cnx).get_current_revision()


def monter(cnx: Connection) -> None:
    """Bring the tables to the newest revision."""
    config = configuration(cnx)
    if revision_actuelle(cnx) != ScriptDirectory.from_config(config).get_current_head():
        command.upgrade(config, "head")


def descendre(cnx: Connection, revision: str) -> None:
    """Bring the tables back to an older revision."""
    command.downgrade(configuration(cnx), revision)
