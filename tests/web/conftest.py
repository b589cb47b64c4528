"""One application on one SQLite base for all the web tests: each test makes its own organisation and needs no other."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from flask import Flask

from tests.bases import ouverte
from tests.builders import LE, Atelier
from tests.web.page_client import PageClient
from webapp import journal
from webapp.app import create_app
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.comptes import Role, Utilisateur
from webapp.persistence.database import BaseDeDonnees
from webapp.settings import Settings

SECRET = "un secret de quarante caractères au moins"
JETON_DU_BANC = "le-jeton-du-banc-d-essai"
_adresses = count(1)


def une_adresse() -> str:
    """An address to call from, never twice the same: failures of sign-in are counted by address."""
    numero = next(_adresses)
    return f"10.{numero >> 16 & 255}.{numero >> 8 & 255}.{numero & 255}"


@pytest.fixture(scope="session")
def base(modele_sqlite: Path) -> Iterator[BaseDeDonnees]:
    """The base of the web tests, migrated, with the registry; in memory where there is a place for it."""
    memoire = Path("/dev/shm")  # noqa: S108 - a folder of ours is made in it
    with tempfile.TemporaryDirectory(dir=memoire if memoire.is_dir() else None, prefix="web-") as dossier:
        fichier = Path(dossier) / "web.sqlite3"
        shutil.copyfile(modele_sqlite, fichier)
        with ouverte(f"sqlite:///{fichier}") as base:
            yield base


@pytest.fixture(scope="session")
def reglages(base: BaseDeDonnees) -> Settings:
    """The settings of a demonstration at the guide's date, with the test door."""
    return Settings(
        str(base.url), SECRET, demonstration=True, date_reference=LE, banc_essai_jeton=JETON_DU_BANC,
        hotes=("localhost",),
    )  # fmt: skip


@pytest.fixture(scope="session")
def application(reglages: Settings, base: BaseDeDonnees) -> Flask:
    return create_app(reglages, base)


@pytest.fixture(scope="session")
def en_production(base: BaseDeDonnees) -> Flask:
    """The same product as it is served for real: https, real date, no demonstration, no test door."""
    return create_app(Settings(str(base.url), SECRET, hotes=("localhost",), https=True).exiger_sure(), base)


@pytest.fixture(autouse=True)
def journal_ouvert() -> None:
    """Write the log where this test can be read: a test before may have closed what it was written to."""
    journal.configurer()


@pytest.fixture
def gestionnaire(atelier: Atelier) -> Utilisateur:
    return atelier.utilisateur()


@pytest.fixture
def lecteur(atelier: Atelier, gestionnaire: Utilisateur) -> Utilisateur:
    """A reader of the organisation of `gestionnaire`."""
    return atelier.utilisateur(gestionnaire.organisme, role=Role.LECTEUR, nom="Louise Bernard")


@pytest.fixture
def etranger(atelier: Atelier) -> Utilisateur:
    """Somebody who manages the catalogue of another organisation."""
    return atelier.utilisateur(nom="Nour Petit")


@pytest.fixture
def navigateur(application: Flask, base: BaseDeDonnees) -> Callable[..., PageClient]:
    """Open a browser: for somebody, or for nobody."""

    def ouvrir(utilisateur: Utilisateur | None = None) -> PageClient:
        client = PageClient(application, une_adresse())
        return client if utilisateur is None else client.connecter(base, utilisateur)

    return ouvrir


@pytest.fixture
def client(navigateur: Callable[..., PageClient], gestionnaire: Utilisateur) -> PageClient:
    """The browser of a person who manages the catalogue."""
    return navigateur(gestionnaire)


@pytest.fixture(scope="session")
def client_de_session(application: Flask, base: BaseDeDonnees) -> PageClient:
    return PageClient(application, une_adresse()).connecter(base, Atelier(base).utilisateur())


@pytest.fixture
def client_commun(client_de_session: PageClient) -> PageClient:
    """The browser of one same person who manages an empty catalogue, for the tests that write nothing."""
    client_de_session.saisies.clear()
    return client_de_session


@pytest.fixture
def visiteur(navigateur: Callable[..., PageClient]) -> PageClient:
    """The browser of somebody who is not signed in."""
    return navigateur()


@pytest.fixture
def client_lecteur(navigateur: Callable[..., PageClient], lecteur: Utilisateur) -> PageClient:
    return navigateur(lecteur)


@pytest.fixture
def client_etranger(navigateur: Callable[..., PageClient], etranger: Utilisateur) -> PageClient:
    return navigateur(etranger)


@pytest.fixture
def application_a_part(reglages: Settings, base: BaseDeDonnees) -> Flask:
    """Another application on the same base, to be changed at will."""
    return create_app(reglages, base)


@pytest.fixture
def page_client(base: BaseDeDonnees) -> Callable[..., PageClient]:
    """Open a browser on any application."""

    def ouvrir(application: Flask, utilisateur: Utilisateur | None = None, *, https: bool = False) -> PageClient:
        client = PageClient(application, une_adresse(), https)
        return client if utilisateur is None else client.connecter(base, utilisateur)

    return ouvrir


@pytest.fixture
def stockees(base, gestionnaire):
    """Give what is really stored, newest first."""

    def lire():
        with base.lecture() as cnx:
            return banc_essai.lister_formations(cnx, gestionnaire.organisme.id)

    return lire
