"""What app.js does around an operation on a card: how long its message stays, what waits, where the focus goes."""

import pytest
from playwright.sync_api import expect

from webapp.domain.textes import fr

FORMATIONS = [{"identifiant": f"Clea_{n}", "intitule": f"Formation {n}"} for n in range(1, 4)]
HEURE = 3_600_000


@pytest.fixture
def catalogue(visite):
    """The catalogue of three formations, Clea_3 the first, on a clock that the test moves."""
    visite.porte.ajouter_formations(visite.organisme, FORMATIONS)
    visite.page.clock.install(time=0)
    visite.page.clock.pause_at(1_000)
    visite.page.goto("/catalogue")
    return visite


def operations(visite, identifiant):
    carte = visite.page.get_by_role("article").filter(
        has=visite.page.get_by_text(fr(f"ID : {identifiant}"), exact=True)
    )
    return carte.get_by_role("button", name="Opérations")


def archiver(visite, identifiant):
    operations(visite, identifiant).click()
    visite.page.get_by_role("button", name="Archiver", exact=True).filter(visible=True).click()


def messages(visite):
    return visite.page.locator("#toasts .message")


def test_a_message_that_can_be_undone_stays_whatever_the_time_and_what_is_typed(catalogue):
    archiver(catalogue, "Clea_3")
    expect(messages(catalogue)).to_have_count(1)
    catalogue.page.clock.run_for(HEURE)
    catalogue.page.get_by_role("searchbox").fill("oral")
    expect(messages(catalogue)).to_contain_text("est archivée")
    # Until the next operation.
    archiver(catalogue, "Clea_2")
    expect(messages(catalogue)).to_have_count(1)
    expect(messages(catalogue)).to_contain_text("Formation 2")


def test_what_undoing_says_passes_as_any_success(catalogue):
    archiver(catalogue, "Clea_3")
    catalogue.bouton("Annuler").click()
    expect(messages(catalogue)).to_contain_text("est annulé")
    catalogue.page.clock.run_for(20_000)
    expect(messages(catalogue)).to_have_count(0)


def test_what_is_typed_in_the_search_survives_an_operation(catalogue):
    catalogue.page.get_by_role("searchbox").fill("ora")
    archiver(catalogue, "Clea_3")
    expect(messages(catalogue)).to_have_count(1)
    expect(catalogue.page.get_by_role("searchbox")).to_have_value("ora")


def test_an_operation_that_waits_says_so_and_is_sent_once(catalogue):
    retenues = catalogue.retenir("**/archivage")
    archiver(catalogue, "Clea_3")
    catalogue.page.clock.run_for(400)
    attend = catalogue.bouton("Archivage…")
    expect(attend).to_have_attribute("aria-disabled", "true")
    attend.click(force=True)
    attend.press("Enter")
    assert len(retenues) == 1
    retenues[0].continue_()
    expect(messages(catalogue)).to_contain_text("est archivée")


def test_undoing_and_removing_wait_too(catalogue):
    archiver(catalogue, "Clea_3")
    retenues = catalogue.retenir("**/annulation")
    catalogue.bouton("Annuler").click()
    catalogue.page.clock.run_for(400)
    expect(catalogue.bouton("Annulation…")).to_have_attribute("aria-disabled", "true")
    assert len(retenues) == 1
    retenues[0].continue_()
    expect(messages(catalogue)).to_contain_text("est annulé")


def test_the_focus_goes_to_the_title_when_no_card_is_left(catalogue):
    for identifiant in ("Clea_1", "Clea_2", "Clea_3"):
        archiver(catalogue, identifiant)
        expect(operations(catalogue, identifiant)).to_have_count(0)
    expect(catalogue.page.get_by_role("heading", level=1)).to_be_focused()
    expect(messages(catalogue)).to_contain_text("est archivée")


def test_whoever_has_moved_the_focus_keeps_it(catalogue):
    retenues = catalogue.retenir("**/archivage")
    archiver(catalogue, "Clea_2")
    recherche = catalogue.page.get_by_role("searchbox")
    recherche.focus()
    retenues[0].continue_()
    expect(messages(catalogue)).to_contain_text("est archivée")
    expect(recherche).to_be_focused()


def test_a_refusal_leaves_the_focus_on_the_card(catalogue):
    catalogue.porte.modifier_en_collegue(catalogue.organisme, "Clea_2", {"points_forts": "Son texte"})
    archiver(catalogue, "Clea_2")
    expect(catalogue.page.locator("#alertes .message")).to_contain_text("a été modifiée entre-temps par Claude Durand")
    expect(operations(catalogue, "Clea_2")).to_be_focused()


def test_a_message_is_announced_once(catalogue):
    catalogue.page.evaluate(
        """() => {
          window.annonces = 0;
          new MutationObserver((faits) => {
            for (const fait of faits) annonces += [...fait.addedNodes].filter((n) => n.nodeType === 1).length;
          }).observe(document.getElementById("toasts"), { childList: true });
        }"""
    )
    archiver(catalogue, "Clea_3")
    expect(messages(catalogue)).to_have_count(1)
    assert catalogue.page.evaluate("annonces") == 1


def test_two_tabs_each_learn_what_the_other_did(catalogue):
    autre = catalogue.contexte.new_page()
    autre.goto("/catalogue")
    archiver(catalogue, "Clea_3")
    expect(messages(catalogue)).to_have_count(1)
    menu = autre.get_by_role("article").first
    menu.get_by_role("button", name="Opérations").click()
    menu.get_by_role("button", name="Dupliquer").click()
    expect(autre.locator("#alertes .message")).to_contain_text("a été archivée entre-temps")
    expect(autre.get_by_role("article")).to_have_count(2)
    autre.close()
