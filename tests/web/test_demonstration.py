"""What only the demonstration shows: its banner, the switch of its date, its components."""

import re
from dataclasses import replace
from datetime import datetime

import pytest

from tests.builders import LE, PARIS, jour_a_paris, une_fiche
from webapp.app import create_app
from webapp.banc_essai import donnees as banc_essai
from webapp.services import catalogue

BANDEAU = "//section[@aria-label='Démonstration']"
GUIDE = "Démonstration. Date de référence : 28 novembre 2019, celle de la fiche pratique."


def test_every_page_says_its_date(client, visiteur):
    for page in (client.get("/catalogue"), client.get("/formations/nouvelle"), client.get("/perdue", 404)):
        assert page.texte(BANDEAU) == f"{GUIDE} Passer à aujourd'hui"
    assert visiteur.get("/connexion").texte(BANDEAU) == GUIDE


def test_the_switch_leads_back_to_the_same_page_at_the_other_date_and_back_again(client):
    page = client.get("/catalogue?recherche=%C3%A9&statut=brouillon")
    page = client.submit(page, "Passer à aujourd'hui")
    assert page.url == "/catalogue?recherche=%C3%A9&statut=brouillon"
    bandeau = page.texte(BANDEAU)
    assert re.fullmatch(
        r"Démonstration\. Date de référence : \d{1,2}(er)? \w+ 20\d\d\. Revenir au 28 novembre 2019", bandeau
    )
    page = client.submit(page, "Revenir au 28 novembre 2019")
    assert page.texte(BANDEAU) == f"{GUIDE} Passer à aujourd'hui"


def test_the_date_is_that_of_one_session_only(client, client_lecteur, navigateur, gestionnaire):
    client.submit(client.get("/catalogue"), "Passer à aujourd'hui")
    for autre in (client_lecteur, navigateur(gestionnaire)):
        assert autre.get("/catalogue").texte(BANDEAU).startswith(GUIDE)
    client.submit(client.get("/catalogue"), "Se déconnecter")
    assert client.get("/connexion").texte(BANDEAU) == GUIDE


def test_the_rules_follow_the_date(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche())
    assert client.submit(client.get(f"/formations/{formation.id}"), "Valider", contenu="1").statut == 200
    client.submit(client.get("/catalogue"), "Passer à aujourd'hui")
    refus = client.submit(client.get(f"/formations/{formation.id}"), "Valider", 422, contenu="2")
    assert "La certification RS2203 n'est plus active" in " ".join(refus.refus)
    retombee = client.submit(refus, "Enregistrer les modifications")
    assert "est revenue au statut « Brouillon »" in retombee.succes[-1]
    assert "Certification expirée" in client.get(retombee.lien("Voir dans le catalogue")).texte("//article")


def test_what_is_written_is_dated_at_the_reference_date(client, base, gestionnaire, atelier):
    def dates():
        with base.lecture() as cnx:
            return {
                jour_a_paris(f["modifiee_le"]) for f in banc_essai.lister_formations(cnx, gestionnaire.organisme.id)
            }

    formation = atelier.formation(gestionnaire, une_fiche())
    page = client.get(f"/formations/{formation.id}")
    client.submit(page, "Enregistrer les modifications", contenu="1")
    assert dates() == {LE}
    client.submit(client.get("/catalogue"), "Passer à aujourd'hui")
    client.submit(client.get(f"/formations/{formation.id}"), "Enregistrer les modifications", contenu="2")
    assert dates() == {datetime.now(PARIS).date()}


def test_an_organisation_with_a_date_of_its_own_comes_back_to_it(client, base, gestionnaire):
    with base.ecriture() as cnx:
        banc_essai.regler_organisme(cnx, gestionnaire.organisme.id, {"date_reference": "2020-02-01"})
    page = client.get("/catalogue")
    assert page.texte(BANDEAU) == "Démonstration. Date de référence : 1er février 2020. Passer à aujourd'hui"
    page = client.submit(page, "Passer à aujourd'hui")
    assert page.texte(BANDEAU).endswith("Revenir au 1er février 2020")


@pytest.mark.parametrize("choix", ["", "2030-01-01", "x", "\x00", "AUJOURDHUI"])
def test_no_other_date_can_be_chosen(client, choix):
    client.poster("/date-de-reference", {"date": choix, "destination": "/catalogue"})
    assert client.get("/catalogue").texte(BANDEAU).startswith(GUIDE)


def test_after_a_form_the_switch_leads_to_the_catalogue_since_the_form_cannot_be_asked_again(client):
    page = client.get("/formations/nouvelle/fiche?type=clea&certification=RS2203")
    refus = client.submit(page, "Enregistrer les modifications", 422, intitule="x" * 2551)
    assert refus.tous(f"{BANDEAU}//input[@name='destination']")[0].get("value") == "/catalogue"
    assert client.submit(refus, "Passer à aujourd'hui").h1 == "Catalogue"


def test_a_demonstration_at_the_real_date_has_nothing_to_switch(page_client, reglages, base, gestionnaire):
    client = page_client(create_app(replace(reglages, date_reference=None), base), gestionnaire)
    page = client.get("/catalogue")
    assert page.commandes(BANDEAU) == []
    assert str(datetime.now(PARIS).year) in page.texte(BANDEAU)


# ---------------------------------------------------------------------------- components


def test_every_component_is_shown_in_every_state(visiteur):
    page = visiteur.get("/composants")
    assert page.h1 == "Composants"
    texte = page.texte()
    for mot in ("Brouillon", "Validée", "Archivée", "Certification expirée", "Certification non connue à cette date",
                "▲ Ce champ est obligatoire pour valider votre formation.", "256 / 255 Caractères",
                "255 / 255 Caractères", "Trop long : raccourcissez de 1 caractère (255 au plus).",
                "0 / 3000 Caractères",
                "Utilisez uniquement des lettres sans accent"):  # fmt: skip
        assert mot in texte
    assert page.tous("//*[@aria-invalid='true']")
    assert page.tous("//*[@aria-disabled='true']")
    assert [e.get("class") for e in page.tous("//main//div[starts-with(@class, 'message ')]")] == [
        "message message-succes", "message message-alerte",
        "message message-succes",
    ]  # fmt: skip


def test_its_links_lead_to_its_fields(visiteur):
    page = visiteur.get("/composants")
    for lien in page.tous("//*[@id='etat-saisie']//a"):
        assert page.a(lien.get("href").removeprefix("#"))


def test_a_page_asked_at_the_same_time_undoes_nothing(client, atelier, gestionnaire, monkeypatch):
    """The page reads the session, another request changes it, and the page writes it: it has shown a message."""
    formation = atelier.formation(gestionnaire)
    vraie = catalogue.lister
    changees: list[int] = []

    def changer_entre_temps(*arguments):
        if not changees:
            champs = {"date": "aujourdhui", "destination": "/mode-d-emploi"}
            changees.append(client.poster("/date-de-reference", champs).status_code)
            changees.append(client.poster(f"/formations/{formation.id}/restauration", {"version": "2"}).status_code)
        return vraie(*arguments)

    client.jeton()
    assert client.poster(f"/formations/{formation.id}/archivage", {"version": "1"}).status_code == 303
    monkeypatch.setattr(catalogue, "lister", changer_entre_temps)
    premiere = client.get("/catalogue")
    assert changees == [303, 303]
    seconde = client.get("/catalogue")
    # The date has changed; the message of each operation is shown once.
    assert "celle de la fiche pratique" not in seconde.texte("//section[@class='bandeau']")
    assert len(premiere.succes) == 1
    assert len(seconde.succes) == 1
    assert premiere.succes != seconde.succes
    assert client.get("/catalogue").succes == []
