"""« Je ne connais pas mon code d'identification »: the local registry, searched at the reference date."""

import pytest

from tests.builders import CLEA
from webapp.registre.amorce import CERTIFICATIONS

AIDE = "/aide/code-d-identification"


def trouves(page):
    return [
        page.texte(f"(//ul[@class='resultats']/li)[{n + 1}]/h2") for n in range(len(page.tous("//li[@class='carte']")))
    ]


def test_it_opens_on_an_explanation_and_an_empty_search(client):
    page = client.get(AIDE)
    assert page.h1 == "Trouver un code d'identification"
    assert page.valeur("recherche") == ""
    assert trouves(page) == []
    assert "Aucune certification" not in page.texte()
    assert "Licence Ouverte 2.0" in page.texte()


@pytest.mark.parametrize(
    "recherche", ["2203", "rs2203", "RS 2203", "socle connaissances CléA", "clea professionnelles socle"]
)
def test_it_finds_by_code_and_by_the_words_of_the_title(client, recherche):
    page = client.submit(client.get(AIDE), "Rechercher", recherche=recherche)
    assert f"RS2203 – {CLEA.intitule}" in trouves(page)
    assert page.valeur("recherche") == recherche
    assert "Active au 28 novembre 2019" in page.texte()


def test_it_finds_by_certifier_when_the_certification_is_active_at_the_date(client):
    assert trouves(client.get(f"{AIDE}?recherche=simplon")) == [
        "RS5000 – Exploiter la blockchain dans le développement d'applications"
    ]
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    assert trouves(client.get(f"{AIDE}?recherche=simplon"))[0].startswith("RS6604")


def test_what_it_does_not_find_is_said(client):
    page = client.get(f"{AIDE}?recherche=astronaute")
    assert "Aucune certification du registre local ne correspond." in page.texte()


def test_what_is_not_known_is_said_as_such(client):
    assert "Organisme certificateur : Pas de donnée" in client.get(f"{AIDE}?recherche=2203").texte()


def test_it_shows_twenty_at_most_and_never_one_that_is_not_active(client):
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    page = client.get(f"{AIDE}?recherche=r")
    assert 10 < len(trouves(page)) <= 20
    inactives = {c.code for c in CERTIFICATIONS if c.inactive_constatee_le}
    assert not {t.split(" – ")[0] for t in trouves(page)} & inactives


@pytest.mark.parametrize(
    "recherche",
    ["%", "_", "\\", "' OR 1=1 --", "\x00", "\x01", "\u202e", "x" * 5000, "<xyz>", "{{ 7*7 }}", "  ", "é" * 900],
)
def test_anything_typed_is_looked_for_as_text_and_given_back(client, recherche):
    page = client.get(AIDE, query_string={"recherche": recherche})
    assert page.valeur("recherche") == recherche.strip().replace("\x00", "�")
    assert trouves(page) == []


def test_a_reader_may_look_too(client_lecteur):
    assert trouves(client_lecteur.get(f"{AIDE}?recherche=2203"))


def test_a_code_that_is_found_can_be_applied(client):
    code = trouves(client.get(f"{AIDE}?recherche=voltaire"))[0].split(" – ")[0]
    page = client.get("/formations/nouvelle?type=certifiante&type_code=RS&code=" + code)
    assert "Intitulé de la certification visée : Certificat Voltaire" in page.texte()
