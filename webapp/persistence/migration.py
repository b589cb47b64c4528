"""Alembic, run from the product itself: no command line, no file to find in the current folder."""

import re
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from webapp.domain.refus import BaseTropRecente
from webapp.domain.textes import dire

# « base », where there are no tables; and so many steps back.
_RELATIVE = re.compile("base|-[0-9]+")
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
    refus = _pas_plus_ancienne(revision)
    if not revision:
        # Alembic would fail on it.
        raise refus
    try:
        command.downgrade(config, revision)
    except CommandError as erreur:
        raise refus from erreur


def exiger_une_revision(cnx: Connection, revision: str) -> None:
    """Raise ValueError, as `descendre` does, for a name that no revision has: told before what would be lost is."""
    try:
        connue = ScriptDirectory.from_config(configuration(cnx)).get_revisions(revision) if revision else ()
    except CommandError:
        connue = ()
    if not connue and not _RELATIVE.fullmatch(revision):
        raise _pas_plus_ancienne(revision)


def _pas_plus_ancienne(revision: str) -> ValueError:
    return ValueError(dire("« {x} » n'est pas une révision plus ancienne de cette base.", x=revision))


def _revision_connue(cnx: Connection, connues: ScriptDirectory) -> str | None:
    actuelle = revision_actuelle(cnx)
    if actuelle is not None and all(connue.revision != actuelle for connue in connues.walk_revisions()):
        raise BaseTropRecente(actuelle)
    return actuelle
