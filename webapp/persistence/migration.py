"""Alembic, run from the product itself: no command line, no file to find in the current folder."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from webapp.domain.refus import BaseTropRecente
from webapp.domain.textes import fr

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


def derniere_revision() -> str | None:
    """Give the newest revision that is known here; None where there is none."""
    return ScriptDirectory(str(DOSSIER)).get_current_head()


def monter(cnx: Connection) -> None:
    """Bring the tables to the newest revision. Raises BaseTropRecente when they are at one that is not known here."""
    config = configuration(cnx)
    connues = ScriptDirectory.from_config(config)
    if _revision_connue(cnx, connues) != connues.get_current_head():
        command.upgrade(config, "head")


def descendre(cnx: Connection, revision: str) -> None:
    """Bring the tables back to an older revision.

    Raises BaseTropRecente as `monter` does; ValueError, in French, for what is no older revision of theirs.
    """
    config = configuration(cnx)
    _revision_connue(cnx, ScriptDirectory.from_config(config))
    refus = ValueError(fr(f"« {revision} » n'est pas une révision plus ancienne de cette base."))
    if not revision:
        # Alembic would fail on it.
        raise refus
    try:
        command.downgrade(config, revision)
    except CommandError as erreur:
        raise refus from erreur


def _revision_connue(cnx: Connection, connues: ScriptDirectory) -> str | None:
    actuelle = revision_actuelle(cnx)
    if actuelle is not None and all(connue.revision != actuelle for connue in connues.walk_revisions()):
        raise BaseTropRecente(actuelle)
    return actuelle
