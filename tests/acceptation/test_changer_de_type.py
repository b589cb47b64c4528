"""The pages of a change of type: each can be loaded again and come back to, and a session that ends loses nothing."""

import re

import pytest
from playwright.sync_api import expect

from tests.acceptation.la_page import NOUVELLE
from tests.acceptation.la_saisie import (
    GARDEES,
    TEXTE,
    demander_un_autre_type,
    deplier_la_certification,
    offres,
    taper,
    une_formation,
)

CHANGER = "Changer de type ou de certification"
MOT_DE_PASSE = "une phrase assez longue"


def vers_le_bilan(visite):
    demander_un_autre_type(visite)
    visite.page.get_by_label("Bilan de compétences", exact=True).check()
    visite.bouton("Suivant").click()
    expect(visite.champ("duree_heures")).to_be_visible()


@pytest.mark.parametrize("nouvelle", [True, False])
def test_what_is_typed_after_a_change_is_offered_back_once_loaded_again(visite, nouvelle):
    visite.page.goto(NOUVELLE if nouvelle else une_formation(visite))
    taper(visite)
    vers_le_bilan(visite)
    visite.champ("duree_heures").fill("20")
    visite.page.reload()
    # The texts that were sent are there; those typed since are offered.
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    expect(visite.champ("duree_heures")).to_have_value("")
    offres(visite).click()
    expect(visite.champ("duree_heures")).to_have_value("20")
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    visite.page.reload()
    expect(offres(visite)).to_have_count(1)


@pytest.mark.parametrize("nouvelle", [True, False])
def test_every_page_of_a_change_can_be_come_back_to(visite, nouvelle):
    visite.page.goto(NOUVELLE if nouvelle else une_formation(visite))
    taper(visite)
    vers_le_bilan(visite)
    visite.champ("duree_heures").fill("20")
    visite.page.go_back()
    expect(visite.page.get_by_role("heading", level=1, name=CHANGER)).to_be_visible()
    expect(visite.page.get_by_label("Bilan de compétences", exact=True)).to_be_checked()
    visite.page.go_forward()
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    offres(visite).click()
    expect(visite.champ("duree_heures")).to_have_value("20")
    visite.page.go_back()
    visite.page.go_back()
    expect(visite.page.locator("#fiche")).to_be_visible()
    if not nouvelle:
        offres(visite).last.click()
        expect(visite.champ("duree_heures")).to_have_value("20")
        expect(visite.champ("contenu")).to_have_value(TEXTE)


def test_what_is_typed_after_a_change_is_offered_where_the_formation_is_opened_again(visite):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    taper(visite)
    vers_le_bilan(visite)
    visite.champ("duree_heures").fill("20")
    visite.page.get_by_role("link", name="Catalogue", exact=True).click()
    expect(visite.page.get_by_role("heading", level=1, name="Catalogue")).to_be_visible()
    visite.page.go_back()
    expect(offres(visite)).to_have_count(1)
    visite.page.goto(adresse)
    offres(visite).first.click()
    expect(visite.champ("duree_heures")).to_have_value("20")


def test_a_page_whose_session_has_ended_leads_to_where_the_tab_offers_the_text(visite_de):
    with visite_de(MOT_DE_PASSE) as visite:
        adresse = une_formation(visite)
        visite.page.goto(adresse)
        taper(visite)
        vers_le_bilan(visite)
        visite.champ("duree_heures").fill("20")
        visite.devenir(0)
        visite.page.reload()
        expect(visite.page.get_by_role("alert")).to_contain_text("n’a plus les textes")
        offres(visite).first.click()
        expect(visite.champ("duree_heures")).to_have_value("20")
        expect(visite.champ("contenu")).to_have_value(TEXTE)


@pytest.mark.parametrize("geste", [CHANGER, "Suivant", "Revenir sans rien changer"])
def test_a_session_that_ends_on_the_way_is_opened_again_over_the_page(visite_de, geste):
    with visite_de(MOT_DE_PASSE) as visite:
        visite.page.goto(une_formation(visite))
        taper(visite)
        deplier_la_certification(visite)
        if geste != CHANGER:
            visite.bouton(CHANGER).click()
            visite.page.get_by_label("Bilan de compétences", exact=True).check()
            expect(visite.bouton("Suivant")).to_have_attribute("aria-disabled", "false")
        visite.porte.expirer_sessions(visite.organisme.personnes[0])
        visite.bouton(geste).click()
        fenetre = visite.page.get_by_role("dialog")
        expect(fenetre.get_by_role("heading", name="Se reconnecter")).to_be_visible()
        fenetre.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
        fenetre.get_by_role("button", name="Se connecter").click()
        if geste == CHANGER:
            expect(visite.page.get_by_role("heading", level=1, name=CHANGER)).to_be_visible()
            visite.bouton("Revenir sans rien changer").click()
        expect(visite.champ("contenu")).to_have_value(TEXTE)
        assert visite.page.evaluate(GARDEES) == 1


def test_the_sign_in_put_away_keeps_the_text_in_the_page_and_in_the_tab(visite_de):
    with visite_de(MOT_DE_PASSE) as visite:
        visite.page.goto(une_formation(visite))
        taper(visite)
        deplier_la_certification(visite)
        visite.porte.expirer_sessions(visite.organisme.personnes[0])
        visite.bouton(CHANGER).click()
        visite.page.get_by_role("dialog").get_by_role("button", name="Plus tard").click()
        expect(visite.champ("contenu")).to_have_value(TEXTE)
        assert visite.page.evaluate(GARDEES) == 1


def test_no_form_of_a_change_is_asked_again_by_the_browser(visite):
    visite.page.goto(une_formation(visite))
    taper(visite)
    methodes = []
    visite.page.on("request", lambda r: methodes.append(r.method) if r.is_navigation_request() else None)
    vers_le_bilan(visite)
    assert methodes == ["GET", "GET"]
    assert re.search(r"/changement/fiche\?", visite.page.url)
