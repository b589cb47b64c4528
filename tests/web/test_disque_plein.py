"""A server that can write no more, or whose file is gone, still shows everything, and calls nothing saved."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.builders import MOT_DE_PASSE, Atelier, une_fiche
from tests.web.lecture_html import valeur
from tests.web.matrice import DES_PERSONNES, ECRITURES
from tests.web.page_client import PageClient
from tests.web.test_enregistrer import COMPLETE
from tests.web.test_etape_2 import FICHE
from webapp.app import create_app
from webapp.persistence import database
from webapp.services import catalogue, sessions
from webapp.web.http.access import publique
from webapp.web.http.errors import ERREURS, SANS_PLACE
from webapp.web.http.reponses import notifier

FORMATION = "00000000-0000-0000-0000-000000000001"


@pytest.fixture
def seule(modele_sqlite, tmp_path):
    """A base of this test alone, with the registry: the folder takes its neighbours away with it."""
    fichier = tmp_path / "seule.sqlite3"
    shutil.copyfile(modele_sqlite, fichier)
    ouverte = database.ouvrir(f"sqlite:///{fichier}")
    yield ouverte
    ouverte.fermer()


@pytest.fixture
def fichier(tmp_path):
    return tmp_path / "seule.sqlite3"


@pytest.fixture
def sienne(reglages, seule):
    return create_app(replace(reglages, database_url=str(seule.url)), seule)


@pytest.fixture
def personne(seule):
    return Atelier(seule).utilisateur(mot_de_passe=MOT_DE_PASSE)


@pytest.fixture
def client(sienne, seule, personne):
    return PageClient(sienne).connecter(seule, personne)


def en_lecture_seule(seule, _monkeypatch):
    """What a read-only file answers, to whoever can write everywhere too."""

    def interdire(cnx):
        cnx.connection.dbapi_connection.execute("PRAGMA query_only = ON")

    event.listen(seule._ecritures, "begin", interdire)


def plein(seule, _monkeypatch):
    """A disk without a page left: what is longer than the room of the last pages is refused."""

    def borner(cnx):
        cnx.connection.dbapi_connection.execute("PRAGMA max_page_count = 1")

    event.listen(seule._ecritures, "begin", borner)


def en_erreur(seule, monkeypatch):
    """A driver that says so at the first word."""

    def refuser():
        raise OperationalError("BEGIN IMMEDIATE", {}, OSError("database or disk is full"))

    monkeypatch.setattr(seule, "ecriture", refuser)


@pytest.fixture(params=[en_lecture_seule, en_erreur])
def remplir(request, seule, monkeypatch):
    return lambda: request.param(seule, monkeypatch)


# ---------------------------------------------------------------------------- reading goes on


def test_a_pending_message_is_shown_and_the_page_served(client, sienne, remplir):
    @sienne.get("/essai/notifier")
    @publique
    def dire_puis_rien():
        notifier("Un message qui attend.")
        return ""

    assert client.demander("GET", "/essai/notifier").status_code == 200
    remplir()
    for _ in range(2):
        page = client.get("/catalogue")
        assert page.h1 == "Catalogue"
        assert page.succes == ["Un message qui attend."]


def test_a_session_that_cannot_be_prolonged_still_opens_every_screen(client, seule, personne, remplir, monkeypatch):
    formation = Atelier(seule).formation(personne, une_fiche())
    plus_tard = datetime.now(UTC) + sessions.PAS + timedelta(minutes=1)
    vraie = sessions.a_prolonger
    monkeypatch.setattr(sessions, "a_prolonger", lambda session, _: vraie(session, plus_tard))
    remplir()
    vus = 0
    for route in DES_PERSONNES:
        if not route.ecrit:
            url = route.url(formation.id if route.par_identite else None)
            reponse = client.demander("GET", url, query_string=route.parametres)
            # Some have nothing to show: no sabotage has been published, no such matrix.
            assert reponse.status_code in {200, 303, 404}, url
            vus += 1
    assert vus > 15


def test_what_could_not_be_kept_is_told_in_the_log(reglages, seule, personne, monkeypatch, capsys):
    client = PageClient(create_app(reglages, seule)).connecter(seule, personne)
    monkeypatch.setattr(sessions, "a_prolonger", lambda *_: True)
    en_lecture_seule(seule, monkeypatch)
    client.get("/catalogue")
    dit = capsys.readouterr().err
    assert "session non gardée" in dit
    assert "readonly" in dit


def test_a_date_that_cannot_be_kept_is_not_called_changed(client, seule, monkeypatch):
    client.get("/catalogue")
    champs = {"csrf_token": client.jeton(), "date": "aujourdhui", "destination": "/catalogue"}
    en_lecture_seule(seule, monkeypatch)
    reponse = client.demander("POST", "/date-de-reference", data=champs)
    assert reponse.status_code == 503
    assert SANS_PLACE in reponse.text


# ---------------------------------------------------------------------------- writing says so


@pytest.mark.parametrize("bouton", ["Enregistrer les modifications", "Valider"])
@pytest.mark.parametrize("manque", [en_lecture_seule, plein])
def test_a_save_that_finds_no_room_says_so_and_the_text_stays(client, seule, personne, monkeypatch, bouton, manque):
    page = client.get(FICHE)
    manque(seule, monkeypatch)
    textes = COMPLETE | {"identifiant": "Trop_Tard", "contenu": "é" * 3_000, "objectif": "é" * 3_000}
    htmx = client.htmx(page, bouton, 503, **textes)
    apres = client.swap(page, htmx)
    assert apres.alertes == [SANS_PLACE.replace("\xa0", " ").replace("’", "'")]
    assert apres.commande("Réessayer").get("data-reessayer") is not None
    refus = client.submit(client.get(FICHE), bouton, 503, **textes)
    assert refus.h1 == "Service interrompu"
    assert valeur(refus.champ("Contenu de la formation")) == "é" * 3_000
    with seule.lecture() as cnx:
        assert sum(catalogue.lister(cnx, personne.organisme, catalogue.Filtre()).compteurs.values()) == 0


def test_what_was_refused_for_want_of_room_is_saved_when_there_is_some(client, seule, monkeypatch):
    page = client.get(FICHE)
    with monkeypatch.context() as m:
        en_erreur(seule, m)
        client.htmx(page, "Enregistrer les modifications", 500, **COMPLETE)
    assert client.submit(page, "Enregistrer les modifications", **COMPLETE).h1 == COMPLETE["intitule"]


def test_signing_in_says_that_nothing_can_be_written(sienne, seule, personne, monkeypatch):
    visiteur = PageClient(sienne)
    page = visiteur.get("/connexion")
    en_lecture_seule(seule, monkeypatch)
    visiteur.submit(page, "Se connecter", 503, courriel=personne.courriel, mot_de_passe=MOT_DE_PASSE)
    assert not visiteur.connecte


# ---------------------------------------------------------------------------- reading fails too


@pytest.mark.parametrize("url", ["/catalogue", FICHE])
def test_a_screen_that_cannot_be_read_says_that_the_service_is_interrupted(client, fichier, url):
    client.get("/catalogue")
    octets = bytearray(fichier.read_bytes())
    for debut in range(4096, len(octets), 4096):
        octets[debut : debut + 2048] = b"\xa5" * 2048
    fichier.write_bytes(octets)
    for reste in (f"{fichier}-wal", f"{fichier}-shm"):
        Path(reste).unlink(missing_ok=True)
    client.application.extensions["fiche_vivante"].base._lectures.dispose()
    del client.application.extensions["fiche_vivante"].base.lecture_du_fil._fil.gardee
    assert client.get(url, 503).h1 == "Service interrompu"


# ---------------------------------------------------------------------------- the file is gone


def retirer(fichier):
    for reste in fichier.parent.glob(f"{fichier.name}*"):
        reste.unlink()


def remplacer(fichier, modele_sqlite):
    retirer(fichier)
    shutil.copyfile(modele_sqlite, fichier)


@pytest.fixture(params=["removed", "replaced"])
def perdre(request, fichier, modele_sqlite):
    return (lambda: retirer(fichier)) if request.param == "removed" else (lambda: remplacer(fichier, modele_sqlite))


def test_no_save_is_acknowledged_into_a_file_that_is_gone(client, sienne, perdre):
    page = client.get(FICHE)
    assert client.demander("GET", "/sante").status_code == 200
    perdre()
    refus = client.submit(page, "Enregistrer les modifications", 503, **COMPLETE)
    assert refus.h1 == "Service interrompu"
    assert client.demander("GET", "/sante").status_code == 503


def test_a_file_that_goes_while_it_is_written_is_no_save_either(client, fichier, monkeypatch):
    page = client.get(FICHE)
    reelle = catalogue.soumettre

    def puis_perdre(*arguments):
        faite = reelle(*arguments)
        retirer(fichier)
        return faite

    monkeypatch.setattr(catalogue, "soumettre", puis_perdre)
    assert client.submit(page, "Enregistrer les modifications", 503, **COMPLETE).h1 == "Service interrompu"


def test_no_empty_file_takes_the_place_of_the_one_that_is_gone(client, seule, fichier):
    client.get("/catalogue")
    retirer(fichier)
    seule._lectures.dispose()
    assert client.demander("GET", "/sante").status_code == 503
    assert not fichier.exists()


@pytest.mark.parametrize("route", ECRITURES, ids=str)
def test_every_write_says_in_french_that_nothing_is_saved(client, seule, fichier, route):
    jeton = client.jeton()
    retirer(fichier)
    reponse = client.demander("POST", route.url(FORMATION), data={"csrf_token": jeton, **route.corps()})
    # What writes nothing answers as ever; so does what is refused before anything is written.
    assert reponse.status_code in {200, 303, 404, 422, 503}
    if reponse.status_code == 503:
        assert client._page(reponse, route.url(FORMATION), 503).h1 == ERREURS[503].titre


def test_health_reads_a_table(client, seule):
    with seule.ecriture() as cnx:
        cnx.exec_driver_sql("ALTER TABLE formation RENAME TO formation_perdue")
    reponse = client.demander("GET", "/sante")
    assert reponse.status_code == 503
