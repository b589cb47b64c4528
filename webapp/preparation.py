"""What the commands stand on: the configuration read, the database opened, or one sentence that says why not.

It knows no command; what it needs is imported when it runs, so that a command that only shows its help starts quickly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from webapp.terminal import Refus

if TYPE_CHECKING:
    from datetime import date

    from webapp.persistence.database import BaseDeDonnees
    from webapp.settings import Settings

SANS_BASE = "La base « {fichier} » n'existe pas encore : « serve » ou « migrer » la crée. Rien n'a été fait."


class ServeurAbsent(Refus):
    """The server of the database does not answer: nothing was looked at, and the command may be started again."""

    exit_code = 2


def lire_settings() -> Settings:
    """Read the configuration, or refuse in one sentence."""
    from webapp.settings import ConfigurationRefusee, Settings

    try:
        return Settings.from_env()
    except ConfigurationRefusee as erreur:
        raise Refus("{erreur}", erreur=erreur) from erreur


@contextmanager
def base_lisible(*ailleurs: type[Exception]) -> Iterator[None]:
    """Say in one sentence that the database cannot be opened, read or written.

    `ailleurs`: other failures that can come from nowhere else within the block.
    """
    from sqlalchemy.exc import DatabaseError

    from webapp.domain.refus import BaseIndisponible, BaseOccupee, EcritureImpossible
    from webapp.persistence.database import ErreurDuPilote
    from webapp.persistence.pannes import dire_panne, est_injoignable

    try:
        yield
    except (DatabaseError, ErreurDuPilote, BaseIndisponible, *ailleurs) as erreur:
        verbe = "s'écrit" if isinstance(erreur, EcritureImpossible | BaseOccupee) else "s'ouvre"
        refuser = ServeurAbsent if est_injoignable(erreur) else Refus
        raise refuser(f"La base de données ne {verbe} pas : {dire_panne(erreur)}") from erreur


def adresse() -> str:
    """Give the address of the database: what a command that serves nothing needs, and no more."""
    from webapp.settings import adresse_de_la_base

    return adresse_de_la_base()


def date_reference() -> date | None:
    """Give the reference date of the server, the one that its pages have; None: the real one."""
    from webapp.settings import ConfigurationRefusee, date_reference_dite

    try:
        return date_reference_dite()
    except ConfigurationRefusee as erreur:
        raise Refus(str(erreur)) from erreur


def mettre_a_jour(url: str, *, creer: bool = False) -> None:
    """Bring the tables up to date, or say in one sentence that the database cannot be opened.

    `creer`: whether the command has something to put in a database that is not there yet. Any other would find it
    empty, and leave behind it a file that nobody asked for.
    """
    from webapp.persistence import database

    try:
        with base_lisible(OSError):
            if not creer:
                _exiger_une_base(url)
            database.migrer(url)
    except ValueError as erreur:
        raise Refus(str(erreur)) from erreur


def _exiger_une_base(url: str) -> None:
    """Raise Refus when the database is a file that is not there yet."""
    from webapp.persistence import database

    absente = database.fichier_absent(url)
    if absente is not None:
        raise Refus(SANS_BASE, fichier=absente)


def exiger_une_revision(url: str, revision: str) -> None:
    """Refuse in one sentence a name that no revision of the tables has."""
    from webapp.persistence import database

    _avec_une_base(url, revision, database.exiger_une_revision)


def revenir(url: str, revision: str) -> None:
    """Bring the tables back to an older revision, or say in one sentence that they cannot be."""
    from webapp.persistence import database

    _avec_une_base(url, revision, database.retrograder)


def _avec_une_base(url: str, revision: str, faire: Callable[[str, str], None]) -> None:
    try:
        with base_lisible(OSError):
            _exiger_une_base(url)
            faire(url, revision)
    except ValueError as erreur:
        raise Refus(str(erreur)) from erreur


@contextmanager
def base(url: str) -> Iterator[BaseDeDonnees]:
    """Open the database, and close it: nothing of it may reach the workers. What befalls it is said in one sentence."""
    from webapp.persistence.database import ouvrir

    with base_lisible():
        ouverte = ouvrir(url)
        try:
            yield ouverte
        finally:
            ouverte.fermer()
