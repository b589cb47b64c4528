"""A save leaves the person where she writes: what is stored is no more to lose, what comes after it still is."""

import re

import pytest
from playwright.sync_api import expect

from tests.acceptation.la_page import NOUVELLE
from tests.acceptation.la_saisie import ENREGISTRE, GARDEES, TEXTE, enregistrer, offres, recharger, taper, une_formation


def test_what_is_typed_after_a_save_is_kept_for_the_formation_that_it_made(visite):
    visite.page.goto(NOUVELLE)
    taper(visite, "identifiant", "Clea_9")
    enregistrer(visite)
    taper(visite)
    visite.page.goto("/catalogue")
    visite.page.goto(NOUVELLE)
    expect(visite.page.locator("#fiche")).to_be_visible()
    expect(offres(visite)).to_have_count(0)
    visite.page.goto(f"/formations/{visite.porte.formation(visite.organisme, 'Clea_9')['id']}")
    expect(offres(visite)).to_have_count(1)


def test_what_was_typed_while_a_save_was_under_way_stays_to_be_saved(visite):
    visite.page.goto(une_formation(visite))
    avertis = []
    visite.page.on("dialog", lambda dialogue: avertis.append(dialogue.type))
    taper(visite, texte="Envoyé")
    retenues = visite.retenir("**/formations/*")
    visite.bouton("Enregistrer les modifications").click()
    visite.champ("contenu").fill("Envoyé, puis changé")
    retenues[0].continue_()
    expect(visite.page.get_by_role("status").get_by_text(ENREGISTRE)).to_be_visible()
    visite.page.unroute("**/formations/*")
    expect(visite.champ("contenu")).to_have_value("Envoyé, puis changé")
    assert visite.porte.formation(visite.organisme, "Clea_1")["contenu"] == "Envoyé"
    assert visite.page.evaluate(GARDEES) == 1
    visite.page.reload()
    assert avertis == ["beforeunload"]
    offres(visite).click()
    enregistrer(visite)
    assert visite.porte.formation(visite.organisme, "Clea_1")["contenu"] == "Envoyé, puis changé"


def test_nothing_warns_after_a_save_until_something_is_typed_again(visite):
    visite.page.goto(NOUVELLE)
    avertis = []
    visite.page.on("dialog", lambda dialogue: avertis.append(dialogue.type))
    taper(visite)
    enregistrer(visite)
    visite.page.reload()
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    assert avertis == []
    taper(visite, texte="Autre chose")
    visite.page.reload()
    assert avertis == ["beforeunload"]


def test_a_save_leaves_the_caret_the_place_and_what_is_typed(visite):
    visite.page.goto(une_formation(visite))
    taper(visite, texte="Écouter\nReformuler")
    visite.champ("contenu").evaluate("champ => champ.setSelectionRange(3, 5)")
    haut = visite.page.evaluate("scrollY")
    visite.bouton("Enregistrer les modifications").evaluate("bouton => bouton.click()")
    expect(visite.page.get_by_role("status").get_by_text(ENREGISTRE)).to_be_visible()
    expect(visite.champ("contenu")).to_be_focused()
    assert visite.champ("contenu").evaluate("champ => [champ.selectionStart, champ.selectionEnd]") == [3, 5]
    assert visite.page.evaluate("scrollY") == haut


def test_going_back_from_a_field_that_was_led_to_fetches_nothing_over_what_is_typed(visite):
    visite.page.goto(NOUVELLE)
    taper(visite, "identifiant", "Clea_9")
    enregistrer(visite)
    visite.page.get_by_role("region", name="Pour valider").get_by_role("link", name="Contenu de la formation").click()
    visite.page.wait_for_url("**#contenu")
    taper(visite)
    visite.page.go_back()
    visite.page.wait_for_url(lambda adresse: "#" not in adresse)
    expect(visite.champ("contenu")).to_have_value(TEXTE)


def test_a_relay_that_answers_in_place_of_the_product_saves_nothing(visite):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    taper(visite)
    visite.page.route("**/formations/*", lambda demande: demande.fulfill(status=200, body="<p>Bienvenue !</p>"))
    visite.bouton("Enregistrer les modifications").click()
    expect(visite.bouton("Réessayer")).to_be_visible()
    expect(visite.page.get_by_text("Bienvenue !")).to_have_count(0)
    expect(visite.page.get_by_text(ENREGISTRE)).to_have_count(0)
    assert visite.page.evaluate(GARDEES) == 1


def test_a_text_taken_up_after_a_lost_answer_goes_on_with_the_same_formation(visite):
    visite.page.goto(NOUVELLE)
    taper(visite, "intitule", "Sans identifiant")
    visite.page.route("**/formations/*", lambda demande: (demande.fetch(), demande.abort()))
    visite.bouton("Enregistrer les modifications").click()
    expect(visite.bouton("Réessayer")).to_be_visible()
    visite.page.unroute("**/formations/*")
    recharger(visite)
    offres(visite).click()
    taper(visite)
    visite.bouton("Enregistrer les modifications").click()
    expect(visite.page.get_by_role("heading", name="Deux versions de cette formation")).to_be_visible()
    enregistrer(visite)
    visite.page.goto("/catalogue")
    expect(visite.page.get_by_role("article")).to_have_count(1)


def test_changing_the_date_after_a_save_leads_back_to_the_formation(visite):
    visite.page.goto(NOUVELLE)
    taper(visite, "identifiant", "Clea_9")
    enregistrer(visite)
    visite.page.get_by_role("button", name="Passer à aujourd").click()
    expect(visite.page.get_by_role("button", name="Revenir au 28")).to_be_visible()
    expect(visite.champ("identifiant")).to_have_value("Clea_9")


@pytest.mark.parametrize("d_abord", ["Enregistrer les modifications", "Valider"])
def test_one_save_waits_for_the_other_and_takes_what_was_typed_meanwhile(visite, d_abord):
    ensuite = "Valider" if d_abord != "Valider" else "Enregistrer les modifications"
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    taper(visite, texte="Envoyé")
    visite.page.wait_for_timeout(600)
    motif = re.compile(f"{adresse}(/validation)?$")
    retenues = visite.retenir(motif)
    visite.bouton(d_abord).click()
    visite.champ("contenu").fill("Envoyé, puis changé")
    expect(visite.page.locator("#etat-contenu .etat-compteur")).to_have_text("19 / 3000 Caractères")
    visite.page.wait_for_timeout(600)
    visite.bouton(ensuite).click()
    visite.page.wait_for_timeout(600)
    assert len(retenues) == 1
    with visite.page.expect_request(motif):
        retenues[0].continue_()
    visite.page.wait_for_timeout(100)
    retenues[1].continue_()
    expect(visite.bouton("Enregistrer les modifications")).not_to_have_attribute("aria-disabled", "true")
    expect(visite.bouton("Valider")).to_have_attribute("aria-disabled", "false")
    expect(visite.page.get_by_role("heading", name="Deux versions de cette formation")).to_have_count(0)
    gardee = visite.porte.formation(visite.organisme, "Clea_1")
    assert (gardee["contenu"], gardee["statut"], gardee["version"]) == ("Envoyé, puis changé", "validee", 3)
    assert visite.page.evaluate(GARDEES) == 0


def test_pressed_twice_before_it_says_that_it_waits_it_saves_once(visite):
    visite.page.goto(une_formation(visite))
    taper(visite)
    visite.bouton("Enregistrer les modifications").dblclick()
    expect(visite.page.get_by_role("status").get_by_text(ENREGISTRE)).to_be_visible()
    visite.page.wait_for_timeout(600)
    assert visite.porte.formation(visite.organisme, "Clea_1")["version"] == 2
