"""A base that others write for longer than anybody waits: the text stays, and sending it again saves it."""

import pytest
from psycopg import connect
from pysqlite3 import dbapi2 as sqlite

from tests.bases import ouverte
from tests.builders import Atelier
from tests.web.lecture_html import valeur
from tests.web.page_client import PageClient
from tests.web.test_enregistrer import COMPLETE
from tests.web.test_etape_2 import FICHE
from webapp.app import create_app
from webapp.persistence import database
from webapp.web.http.errors import OCCUPEE


@pytest.fixture
def presse(monkeypatch, url_base):
    """The same base, opened by whoever waits a second at most."""
    monkeypatch.setattr(database, "ATTENTE_MAX", 1)
    with ouverte(url_base) as base:
        yield base


@pytest.fixture
def client(reglages, presse):
    return PageClient(create_app(reglages, presse)).connecter(presse, Atelier(presse).utilisateur())


@pytest.fixture
def occuper(moteur, url_base):
    """Hold the base as another process does."""
    autre = (
        sqlite.connect(url_base.removeprefix("sqlite:///"), isolation_level=None)
        if moteur == "sqlite"
        else connect(url_base, autocommit=True)
    )

    def tenir():
        autre.execute("BEGIN IMMEDIATE" if moteur == "sqlite" else "BEGIN")
        if moteur == "postgresql":
            autre.execute("LOCK TABLE formation IN EXCLUSIVE MODE")
        return autre

    yield tenir
    autre.close()


@pytest.mark.parametrize("bouton", ["Enregistrer les modifications", "Valider"])
def test_a_save_whose_turn_does_not_come_says_so_and_is_saved_when_sent_again(client, occuper, bouton):
    page = client.get(FICHE)
    tenue = occuper()
    htmx = client.htmx(page, bouton, 503, **COMPLETE)
    apres = client.swap(page, htmx)
    assert apres.alertes == [OCCUPEE.replace("\xa0", " ").replace("’", "'")]
    assert apres.commande("Réessayer").get("data-reessayer") is not None
    refus = client.submit(page, bouton, 503, **COMPLETE)
    assert refus.h1 == "Service interrompu"
    assert valeur(refus.champ("Contenu de la formation")) == COMPLETE["contenu"]
    tenue.execute("ROLLBACK")
    faite = client.submit(page, bouton, **COMPLETE)
    assert faite.h1 in {COMPLETE["intitule"], "Catalogue"}
