"""« Enregistrer et ajouter un lieu »: what is typed is saved, the place is made, and one comes back to it."""

import pytest

from tests.builders_arbre import AtelierArbre


@pytest.fixture
def planteur(base, gestionnaire):
    return AtelierArbre(base, gestionnaire)


@pytest.fixture
def formation(atelier, gestionnaire):
    return atelier.formation(gestionnaire)


def test_from_a_new_action_one_makes_the_place_that_it_lacks_and_comes_back(client, formation):
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    url = page.par_id("fiche").get("action")
    reponse = client.htmx(page, "Enregistrer et ajouter un lieu", numero="Nantes")
    assert reponse.redirection == f"/lieux/nouveau?pour={url.replace('/', '%2F')}"
    lieu = client.get(reponse.redirection)
    assert lieu.succes[0].replace("\xa0", " ").endswith("au statut « Brouillon »")
    apres = client.swap(lieu, client.htmx(lieu, "Enregistrer", denomination="Salle Loire"))
    retour = client.get(apres.lien("Revenir à la saisie"))
    assert (retour.h1, retour.valeur("numero")) == ("Modifier l'action de formation", "Nantes")
    assert "Salle Loire" in [option.text for option in retour.tous("//select[@id='lieu']/option")]


def test_without_javascript_too_and_the_contact_of_the_place_is_made_the_same_way(client, formation):
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    lieu = client.submit(page, "Enregistrer et ajouter un lieu", numero="Nantes")
    assert lieu.h1 == "Nouveau lieu"
    contact = client.submit(lieu, "Enregistrer et ajouter un contact", denomination="Salle Loire")
    assert contact.h1 == "Nouveau contact"
    retour = client.submit(contact, "Enregistrer", nom="Martin")
    assert client.get(retour.lien("Revenir à la saisie")).valeur("denomination") == "Salle Loire"


def test_what_cannot_be_stored_is_refused_and_kept(client, formation):
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    refusee = client.submit(page, "Enregistrer et ajouter un lieu", 422, numero="x" * 301)
    assert refusee.valeur("numero") == "x" * 301


@pytest.mark.parametrize("pour", ["//ailleurs.example", "/connexion", "/actions/1", "javascript:alert(1)", "/lieux/x"])
def test_one_comes_back_to_nothing_but_our_own_forms(client, pour):
    page = client.get(f"/lieux/nouveau?pour={pour}")
    assert page.lien("Voir les lieux") == "/lieux"
    assert not page.tous("//input[@name='pour']")
