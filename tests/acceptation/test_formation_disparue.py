"""A formation removed or archived by a colleague while it is typed: said by whatever is asked, and no text is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.acceptation.la_page import Visite
from tests.acceptation.la_saisie import GARDEES, TEXTE, deplier_la_certification, offres, taper, une_formation

CREER = "Créer une formation avec cette saisie"
DISPARUES = {"supprimer": "n’existe plus dans votre catalogue", "archiver": "a été archivée par Claude Durand le"}
GESTES = ["Enregistrer les modifications", "Valider", "Vérifier", "Changer de type ou de certification"]


def operer(visite: Visite, operation: str) -> None:
    visite.porte.operer_en_collegue(visite.organisme, "Clea_1", operation)


def refus(visite):
    return visite.page.locator("#refus")


@pytest.mark.parametrize("operation", DISPARUES)
@pytest.mark.parametrize("geste", GESTES)
def test_whatever_is_pressed_says_it_and_the_text_stays(visite, operation, geste):
    visite.page.goto(une_formation(visite))
    expect(visite.champ("contenu")).to_be_visible()
    operer(visite, operation)
    visite.page.route(re.compile(r"/saisie$"), lambda demande: demande.abort())
    taper(visite)
    deplier_la_certification(visite)
    visite.bouton(geste).click()
    expect(refus(visite)).to_contain_text(DISPARUES[operation])
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    assert visite.page.evaluate(GARDEES) == 1


@pytest.mark.parametrize("operation", DISPARUES)
def test_what_follows_the_typing_says_it_too_without_moving_the_caret(visite, operation):
    visite.page.goto(une_formation(visite))
    operer(visite, operation)
    visite.champ("contenu").press_sequentially("Encore")
    expect(refus(visite)).to_contain_text(DISPARUES[operation])
    expect(visite.champ("contenu")).to_be_focused()
    expect(visite.page.get_by_role("alert").filter(visible=True)).to_have_count(0)


@pytest.mark.parametrize("operation", DISPARUES)
def test_its_text_makes_a_new_formation(visite, operation):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    taper(visite)
    operer(visite, operation)
    visite.bouton("Enregistrer les modifications").click()
    visite.bouton(CREER).click()
    expect(visite.page.get_by_role("heading", level=1, name="Nouvelle offre de formation")).to_be_visible()
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    expect(offres(visite)).to_have_count(0)
    visite.champ("identifiant").fill("Autre_1")
    visite.bouton("Enregistrer les modifications").click()
    expect(visite.page.get_by_role("status").get_by_text(re.compile("^Enregistré à"))).to_be_visible()
    faite = visite.porte.formation(visite.organisme, "Autre_1")
    assert faite["contenu"] == TEXTE
    assert faite["id"] not in adresse
    assert visite.page.evaluate(GARDEES) == 0


@pytest.mark.parametrize("operation", DISPARUES)
def test_what_is_pressed_after_it_was_said_leads_to_it(visite, operation):
    visite.page.goto(une_formation(visite))
    operer(visite, operation)
    taper(visite)
    expect(refus(visite)).to_contain_text(DISPARUES[operation])
    expect(visite.champ("contenu")).to_be_focused()
    visite.bouton("Enregistrer les modifications").click()
    expect(refus(visite)).to_be_focused()
    expect(refus(visite)).to_be_in_viewport()
    expect(visite.page.locator("#etat-saisie")).to_contain_text("ne peut plus être enregistrée")
