"""What is served for real: https, no demonstration, no test door; whatever the settings, the headers are there."""

import gzip
from datetime import date

import brotli
import pytest
import zstandard
from werkzeug.test import Client
from werkzeug.wrappers import Response

from tests.web import entetes
from tests.web.matrice import BANC, DEMONSTRATION
from webapp.web.http.statique import DOSSIER, adresses, fichiers, reduit, servir, url

HTTPS = {"base_url": "https://localhost"}


@pytest.fixture
def client_https(page_client, en_production, gestionnaire):
    return page_client(en_production, gestionnaire, https=True)


def test_a_static_file_is_given_under_its_address_to_our_pages_alone(tmp_path):
    (tmp_path / "app.css").write_text("p {}", "utf-8")
    reponse = Client(servir(Response("la page"), tmp_path)).get(adresses(tmp_path)["app.css"], buffered=True)
    assert (reponse.status_code, reponse.text) == (200, "p {}")
    # No other site is told that it may read it.
    assert "Access-Control-Allow-Origin" not in reponse.headers


@pytest.mark.parametrize("route", [*DEMONSTRATION, *BANC], ids=str)
def test_neither_the_demonstration_nor_the_test_door_exists(client_https, route):
    adresse = route.url("00000000-0000-0000-0000-000000000001").replace("<identifiant>", "x")
    for en_tetes in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}):
        reponse = client_https.demander(route.methode, adresse, json={}, headers=en_tetes)
        assert reponse.status_code == 404
        assert client_https._page(reponse, "/perdue", 404).h1 == "Page introuvable"


def test_no_page_speaks_of_the_demonstration(client_https, page_client, en_production):
    visiteur = page_client(en_production, https=True)
    connexion = visiteur.get("/connexion")
    assert "démonstration" not in connexion.texte("//body").lower()
    assert "@" not in connexion.texte()
    assert not client_https.get("/catalogue").tous("//section[@aria-label='Démonstration']")


def test_the_real_date_is_that_of_today(client_https):
    # RS2203 was active at the guide's date; it is not any more.
    assert date.today() > date(2026, 5, 15)  # noqa: DTZ011 - whichever the zone
    page = client_https.get("/formations/nouvelle?type=clea")
    assert "(CléA)" in page.texte("//*[@id='liste-certifications']")
    assert not page.tous("//input[@value='RS2203']")
    assert page.tous("//input[@value='RS7003']")


def test_the_cookie_is_bound_to_the_host_and_to_https(page_client, en_production, atelier):
    personne = atelier.utilisateur(mot_de_passe="correct cheval agrafe")
    visiteur = page_client(en_production, https=True)
    page = visiteur.get("/connexion")
    visiteur.submit(page, "Se connecter", courriel=personne.courriel, mot_de_passe="correct cheval agrafe")
    assert visiteur.nom_du_cookie == "__Host-session"
    assert visiteur.connecte


def test_a_cookie_of_the_plain_name_is_not_read_over_https(page_client, en_production, base, gestionnaire):
    client = page_client(en_production, gestionnaire, https=True)
    jeton = client.cookie
    autre = page_client(en_production, https=True)
    autre.navigateur.set_cookie("session", jeton)
    assert autre.get("/catalogue").h1 == "Se connecter"


@pytest.mark.parametrize("hote", ["ailleurs.example", "localhost.ailleurs.example", "", "localhost:99999", "é"])
def test_a_host_that_is_not_ours_is_refused_without_being_repeated(application, en_production, hote):
    for servie in (application, en_production):
        reponse = servie.test_client().get("/connexion", headers={"Host": hote}, **HTTPS)
        assert reponse.status_code == 400
        assert "ailleurs" not in reponse.text
        assert reponse.headers["Content-Security-Policy"] == entetes.DE_SECURITE["Content-Security-Policy"]
        assert "Demande illisible" in reponse.text


# ---------------------------------------------------------------------------- static files


@pytest.mark.parametrize("nom", [f.relative_to(DOSSIER).as_posix() for f in fichiers(DOSSIER)])
def test_a_static_file_is_kept_for_ever_and_never_taken_for_something_else(client, client_https, nom):
    for navigateur in (client, client_https):
        reponse = navigateur.demander("GET", url(nom))
        assert reponse.status_code == 200
        # A script of ours is sent as it was reduced.
        reduite = reduit(DOSSIER / nom)
        assert reponse.get_data() == (reduite if reduite.is_file() else DOSSIER / nom).read_bytes()
        assert "immutable" in reponse.headers["Cache-Control"]
        assert "Set-Cookie" not in reponse.headers
        assert "Access-Control-Allow-Origin" not in reponse.headers


def test_the_hash_of_a_static_file_cannot_be_changed(client):
    assert client.get(url("app.js").replace("/static/", "/static/0"), 404).h1 == "Page introuvable"
    assert client.get("/static/app.js", 404).h1 == "Page introuvable"


@pytest.mark.parametrize(
    ("accepte", "codage"),
    [
        ("zstd, gzip", "zstd"), ("br, gzip", "br"), ("gzip", "gzip"), ("", None), ("identity", None),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0", None), ("deflate", None),
    ],
)  # fmt: skip
def test_a_page_is_compressed_as_the_browser_accepts(client, accepte, codage):
    reponse = client.demander("GET", "/mode-d-emploi", headers={"Accept-Encoding": accepte})
    assert reponse.headers.get("Content-Encoding") == codage
    lire = {"zstd": zstandard.decompress, "br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[codage]
    assert "Mode d’emploi" in lire(reponse.get_data()).decode()
    assert int(reponse.headers["Content-Length"]) == len(reponse.get_data())


def test_a_failure_is_compressed_and_guarded_like_any_page(client):
    reponse = client.demander("GET", "/perdue", headers={"Accept-Encoding": "gzip"})
    assert "Page introuvable" in gzip.decompress(reponse.get_data()).decode()
