"""The form once saved, once refused, once in conflict: axe finds nothing, nothing overflows, the bar stays low."""

import pytest
from playwright.sync_api import expect

from steps.navigateur.accessibilite import analyser, rapport
from tests.acceptation.la_page import NOUVELLE
from tests.acceptation.la_saisie import ENREGISTRE, enregistrer, taper, une_formation

QUART = 0.25


def juger(page):
    violations = analyser(page)
    assert not violations, rapport(page.url, violations)
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    barre = page.locator(".barre-actions").bounding_box()
    assert barre["height"] <= QUART * page.viewport_size["height"]


@pytest.mark.parametrize("apparence", ["light", "dark"])
@pytest.mark.parametrize("taille", [(320, 640), (375, 667), (768, 1024), (1280, 800)])
def test_each_state_of_the_form_is_for_everybody(visite, taille, apparence):
    page = visite.page
    page.emulate_media(color_scheme=apparence)
    page.set_viewport_size({"width": taille[0], "height": taille[1]})
    une_formation(visite)
    page.goto(NOUVELLE)
    taper(visite, "identifiant", "Clea_9")
    enregistrer(visite)
    juger(page)
    taper(visite, "identifiant", "Clea_1")
    taper(visite, "points_forts", "x" * 2551)
    with page.expect_response(lambda reponse: reponse.status == 422):
        visite.bouton("Enregistrer les modifications").click()
    expect(page.locator("#refus")).to_be_focused()
    juger(page)
    taper(visite, "identifiant", "Clea_9")
    taper(visite, "points_forts", "Petits groupes")
    visite.porte.modifier_en_collegue(visite.organisme, "Clea_9", {"contenu": "Le texte de Claude"})
    with page.expect_response(lambda reponse: reponse.status == 409):
        visite.bouton("Enregistrer les modifications").click()
    expect(page.locator("#refus")).to_be_focused()
    juger(page)


def test_what_was_asked_before_a_refusal_does_not_take_its_list_away(visite):
    """The answer that follows the typing comes last, and knows nothing of the conflict."""
    page, refus = visite.page, visite.page.locator("#refus")
    page.goto(une_formation(visite))
    taper(visite, "contenu", "Un\u202etexte")
    visite.bouton("Enregistrer les modifications").click()
    expect(refus).to_contain_text("à revoir")
    retenues = visite.retenir("**/saisie")
    taper(visite, "contenu", "Un texte")
    visite.porte.modifier_en_collegue(visite.organisme, "Clea_1", {"objectif": "Le texte de Claude"})
    visite.bouton("Enregistrer les modifications").click()
    expect(refus).to_contain_text("modifiée par Claude Durand")
    assert retenues
    with page.expect_request("**/saisie"):
        for retenue in retenues:
            retenue.continue_()
    expect(refus).to_contain_text("modifiée par Claude Durand")
    expect(refus).to_be_focused()


LA_OU_L_ON_EST = """() => {
  const { activeElement } = document;
  const barre = document.querySelector(".barre-actions");
  if (activeElement === document.body || barre.contains(activeElement)) return null;
  const { top, height } = activeElement.getBoundingClientRect();
  return [activeElement.id || activeElement.textContent, top + height / 2, barre.getBoundingClientRect().top];
}"""


@pytest.mark.parametrize("taille", [(320, 640), (700, 700)])
def test_by_keyboard_no_field_of_an_action_is_reached_under_the_bar(visite, taille):
    page = visite.page
    page.set_viewport_size({"width": taille[0], "height": taille[1]})
    une_formation(visite)
    visite.porte.planter_arbre(visite.organisme, "Clea_1", [{}])
    page.goto(f"/actions/{visite.porte.arbre(visite.organisme, 'Clea_1')[0]['id']}")
    visite.bouton("Enregistrer").click()
    expect(page.get_by_role("status").get_by_text(ENREGISTRE)).to_be_visible()
    visite.champ("numero").focus()
    lieux = []
    while (lieu := page.evaluate(LA_OU_L_ON_EST)) is not None:
        lieux.append(lieu)
        page.keyboard.press("Tab")
    assert len(lieux) > 30
    assert [lieu for lieu in lieux if lieu[1] > lieu[2]] == []
