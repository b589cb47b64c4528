"""What the commands stand on: the configuration read, the database opened, or one sentence that says why not.

It knows no command; what it needs is imported when it runs, so that a command that only shows its help starts quickly.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from webapp.terminal import Refus

if TYPE_CHECKING:
    from webapp.persistence.database import BaseDeDonnees
    from webapp.settings import Settings


def lire_settings() -> Settings:
    """Read the configuration, or refuse in one sentence."""
    from webapp.settings import ConfigurationRefusee, Settings

    try:
        return Settings.from_env()
    except ConfigurationRefusee as erreur:
        raise Refus(str(erreur)) from erreur


@contextmanager
def base_lisible() -> Iterator[None]:
    """Say in one sentence that the database cannot be opened, read or written."""
    from sqlalchemy.exc import DatabaseError

    from webapp.domain.refus import BaseIndisponible
    from webapp.persistence.database import dire_panne

    try:
        yield
    except (DatabaseError, BaseIndisponible, OSError) as erreur:
        raise Refus(f"La base de données ne s'ouvre pas : {dire_panne(erreur)}") from erreur


def mettre_a_jour(settings: Settings) -> None:
    """Bring the tables up to date, or say in one sentence that the database cannot be opened."""
    from webapp.persistence import database

    try:
        with base_lisible():
            database.migrer(settings.database_url)
    except ValueError as erreur:
        raise Refus(str(erreur)) from erreur


def revenir(settings: Settings, revision: str) -> None:
    """Bring the tables back to an older revision, or say in one sentence that they cannot be."""
    from webapp.persistence import database

    try:
        with base_lisible():
            database.retrograder(settings.database_url, revision)
    except ValueError as erreur:
        raise Refus(str(erreur)) from erreur


@contextmanager
def base(settings: Settings) -> Iterator[BaseDeDonnees]:
    """Open the database, and close it: nothing of it may reach the workers."""
    from webapp.persistence.database import ouvrir

    ouverte = ouvrir(settings.database_url)
    try:
        yield ouverte
    finally:
        ouverte.fermer()
