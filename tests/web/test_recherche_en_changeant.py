"""The search of a code inside the form that carries the texts of a formation: nothing typed is lost on the way."""

from datetime import date

import pytest

from tests.web.test_aide_code import LIEN, chercher, ouvrir, rangees
from tests.web.test_changement import CHANGER, ECRITS, textes
from tests.web.test_changement import ouvrir as ouvrir_fiche
from tests.web.test_etape_1 import actif, coches
from webapp.persistence import comptes


@pytest.fixture
def etape_1(client, base, gestionnaire):
    """Étape 1/2 asked again from étape 2/2, its type changed for « Formation certifiante »."""
    with base.ecriture() as cnx:
        comptes.changer_date_reference(cnx, gestionnaire.organisme.id, date(2026, 11, 23))
    page = client.submit(ouvrir_fiche(client, "clea", "RS7003"), CHANGER, **ECRITS)
    return client.swap(page, client.choisir(page, "type", "certifiante"))


def test_a_result_is_taken_by_the_form_that_carries_the_texts(client, etape_1):
    page = chercher(client, ouvrir(client, etape_1), "blockchain")
    assert [nom.split(" – ")[0] for nom in rangees(page)] == ["RS6604", "RS5000"]
    bouton = page.par_id("resultat-RS6604")
    assert bouton.get("hx-post") == bouton.get("formaction")
    page = client.swap(page, client.htmx(page, bouton))
    assert (coches(page, "type_code"), page.valeur("code"), actif(page)) == (["RS"], "6604", True)
    assert len(page.succes) == 1
    fiche = client.submit(page, "Suivant")
    assert (fiche.valeur("type_formation"), fiche.valeur("certification")) == ("certifiante", "RS6604")
    assert textes(fiche) == ECRITS


def test_the_successor_of_a_result_that_has_ended_takes_the_texts_along(client, etape_1):
    page = chercher(client, ouvrir(client, etape_1), "rs5000")
    page = client.swap(page, client.htmx(page, page.par_id("resultat-RS5000")))
    assert not actif(page)
    fiche = client.submit(page, "Utiliser RS6604")
    assert (fiche.valeur("type_formation"), fiche.valeur("certification")) == ("certifiante", "RS6604")
    assert textes(fiche) == ECRITS


def test_a_code_of_an_action_does_not_lead_away_from_the_texts(client, etape_1):
    page = client.swap(etape_1, client.htmx(etape_1, "Appliquer", code="CPF202"))
    assert "choisissez le type de formation « Bilan de compétences »" in page.texte()
    assert not [nom for nom in page.commandes() if nom.startswith("Choisir")]


def test_without_javascript_the_help_opens_beside_and_leads_nowhere_else(client, etape_1):
    lien = etape_1.commande(LIEN)
    assert lien.get("target") == "_blank"
    aide = client.submit(client.get(lien.get("href")), "Rechercher", recherche="blockchain")
    assert "RS6604 – " in aide.texte()
    assert not [nom for nom in aide.commandes() if nom.startswith(("Utiliser", "Revenir"))]


def test_where_no_code_is_filled_there_is_no_search(client, etape_1):
    page = client.swap(etape_1, client.choisir(etape_1, "type", "clea"))
    assert LIEN not in page.commandes()


@pytest.mark.parametrize("formation", ["00000000-0000-4000-8000-000000000000", "abc", "", "\x00", "<b>"])
def test_the_help_says_the_same_whatever_formation_is_named(client, formation):
    parametres = {"recherche": "voltaire", "formation": formation}
    reponse = client.demander("GET", "/aide/code-d-identification", query_string=parametres)
    assert reponse.status_code == 200
    assert "RS313" in reponse.text
