"""Alembic, run from the product itself: no command line, no file to find in the current folder."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from webapp.domain.refus import BaseTropRecente

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
    """Bring the tables to the newest revision. Raises BaseTropRecente when they are at one that is not known here."""
    config = configuration(cnx)
    connues = ScriptDirectory.from_config(config)
    actuelle = revision_actuelle(cnx)
    if actuelle is not None and all(connue.revision != actuelle for connue in connues.walk_revisions()):
        raise BaseTropRecente(actuelle)
    if actuelle != connues.get_current_head():
        command.upgrade(config, "head")


def descendre(cnx: Connection, revision: str) -> None:
    """Bring the tables back to an older revision."""
    command.downgrade(configuration(cnx), revision)
