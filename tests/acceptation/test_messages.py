"""How long a message stays, who takes it away, and that it is told to whoever does not see it."""

import pytest
from playwright.sync_api import expect

from tests.acceptation.la_page import COMPLETE, NOUVELLE
from tests.acceptation.test_repondre_aussitot import arreter_l_horloge

ETAPE_1 = "/formations/nouvelle?type=clea"
SUCCES = "est sélectionnée"
DUREE = 12_000
"""Milliseconds: the time to read two sentences, twice."""


def choisir(visite, code="RS2203"):
    with visite.page.expect_response("**/certification*"):
        visite.page.locator(f"#certification-{code}").check()
    expect(message(visite)).to_contain_text(SUCCES)


def message(visite, role="status"):
    return visite.page.get_by_role(role).locator(".message")


@pytest.fixture
def etape_1(visite):
    visite.page.goto(ETAPE_1)
    arreter_l_horloge(visite.page)
    return visite


def test_a_success_stays_twelve_seconds(etape_1):
    choisir(etape_1)
    etape_1.page.clock.run_for(DUREE - 100)
    expect(message(etape_1)).to_be_visible()
    etape_1.page.clock.run_for(200)
    expect(message(etape_1)).to_have_count(0)


def test_each_success_has_its_own_twelve_seconds(etape_1):
    choisir(etape_1)
    etape_1.page.clock.run_for(DUREE - 2_000)
    choisir(etape_1, "RS3936")
    etape_1.page.clock.run_for(DUREE - 100)
    expect(message(etape_1)).to_have_count(1)
    etape_1.page.clock.run_for(200)
    expect(message(etape_1)).to_have_count(0)


def test_a_success_that_came_with_the_page_steps_aside_as_the_others(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto(f"/formations/{visite.porte.formation(visite.organisme, 'Clea_1')['id']}")
    visite.bouton("Valider").click()
    expect(message(visite)).to_contain_text("est validée")
    arreter_l_horloge(visite.page)
    visite.page.reload()
    # It was read once: it does not come back.
    expect(visite.page.get_by_role("heading", level=1)).to_be_visible()
    expect(message(visite)).to_have_count(0)


def test_an_alert_stays_until_it_is_dealt_with(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto(NOUVELLE)
    arreter_l_horloge(visite.page)
    visite.page.route("**/verification", lambda demande: demande.abort())
    visite.bouton("Vérifier").click()
    expect(message(visite, "alert")).to_contain_text("Le serveur ne répond pas")
    visite.page.clock.run_for(3_600_000)
    expect(message(visite, "alert")).to_be_visible()
    visite.page.unroute("**/verification")
    visite.champ("identifiant").fill("Clea_9")
    visite.bouton("Réessayer").click()
    expect(message(visite)).to_contain_text("est disponible")
    expect(message(visite, "alert")).to_have_count(0)


def test_an_alert_that_comes_with_an_answer_stays_too(visite):
    visite.page.goto("/formations/nouvelle?type=certifiante")
    arreter_l_horloge(visite.page)
    visite.champ("code").fill("999999")
    visite.bouton("Appliquer").click()
    expect(message(visite, "alert")).to_contain_text("Choisissez un type de code.")
    visite.page.clock.run_for(3_600_000)
    expect(message(visite, "alert")).to_be_visible()


def test_an_alert_is_closed_by_its_cross_with_the_keyboard_too(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto(NOUVELLE)
    visite.champ("identifiant").fill("Clea_1")
    visite.bouton("Vérifier").click()
    alerte = message(visite, "alert")
    expect(alerte).to_be_visible()
    alerte.get_by_role("button", name="Fermer").focus()
    visite.page.keyboard.press("Enter")
    expect(alerte).to_have_count(0)


def test_typing_takes_away_what_was_said_of_before(etape_1):
    choisir(etape_1)
    etape_1.page.goto(NOUVELLE)
    etape_1.bouton("Vérifier").click()
    expect(message(etape_1, "alert")).to_contain_text("Saisissez un identifiant interne.")
    etape_1.champ("contenu").press_sequentially("a")
    # It speaks of another field.
    expect(message(etape_1, "alert")).to_be_visible()
    etape_1.champ("identifiant").press_sequentially("a")
    expect(message(etape_1, "alert")).to_have_count(0)


def test_a_message_is_put_in_a_live_region_that_was_there_before_it(visite):
    """A region that comes with its text is announced by no reader: both are there, empty, when the page is."""
    visite.page.goto(ETAPE_1)
    for role in ("status", "alert"):
        region = visite.page.locator(f".toasts > [role={role}]")
        expect(region).to_have_count(1)
        assert region.inner_text().strip() == ""
    visite.page.evaluate("""() => {
      window.avant = document.getElementById("toasts");
      window.ajouts = 0;
      new MutationObserver(() => { window.ajouts += 1; }).observe(window.avant, { childList: true });
    }""")
    choisir(visite)
    assert visite.page.evaluate("() => document.getElementById('toasts') === window.avant && window.ajouts > 0")


def test_a_message_that_came_with_a_page_is_announced_as_the_others(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.contexte.add_init_script("""
      window.remises = [];
      new MutationObserver((changements) => {
        for (const { addedNodes, target } of changements) {
          for (const noeud of addedNodes) {
            if (target.id === "toasts" && noeud.matches?.(".message")) window.remises.push(document.readyState);
          }
        }
      }).observe(document, { childList: true, subtree: true });
    """)
    visite.page.goto("/catalogue")
    visite.page.get_by_role("button", name="Opérations").click()
    visite.page.get_by_role("button", name="Dupliquer").click()
    expect(message(visite)).to_contain_text("La copie")
    # Once as the page is read, once more in the region that is then there.
    visite.page.wait_for_function("() => window.remises.length >= 2")


@pytest.mark.parametrize(("largeur", "hauteur"), [(1280, 800), (1024, 768), (768, 1024), (375, 667)])
def test_a_validation_leads_to_what_comes_next_and_its_message_stands_over_none_of_it(visite, largeur, hauteur):
    visite.page.set_viewport_size({"width": largeur, "height": hauteur})
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto(f"/formations/{visite.porte.formation(visite.organisme, 'Clea_1')['id']}")
    visite.bouton("Valider").click()
    expect(message(visite)).to_contain_text("est validée")
    panneau = visite.page.locator("#pour-valider-region")
    expect(panneau).to_contain_text("Vous pouvez ensuite")
    expect(panneau).to_be_in_viewport()
    dit, cote = message(visite).bounding_box(), panneau.bounding_box()
    assert (
        dit["x"] + dit["width"] <= cote["x"] or cote["x"] + cote["width"] <= dit["x"]
        or dit["y"] + dit["height"] <= cote["y"] or cote["y"] + cote["height"] <= dit["y"]
    ), (dit, cote)  # fmt: skip
