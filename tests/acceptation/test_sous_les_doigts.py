"""An answer that comes late undoes nothing of what a person does meanwhile: her texts, her place, what she reads."""

import re

from playwright.sync_api import expect

from tests.acceptation.la_page import NOUVELLE
from tests.acceptation.la_saisie import ENREGISTRE, GARDEES, demander_un_autre_type, offres, une_formation


def une_action(visite, **faits):
    une_formation(visite)
    visite.porte.planter_arbre(visite.organisme, "Clea_1", [faits])
    return f"/actions/{visite.porte.arbre(visite.organisme, 'Clea_1')[0]['id']}"


def repondre(visite, retenues, motif):
    """Let what was kept be answered, and wait until the page has taken it."""
    with visite.page.expect_response(motif):
        retenues.pop(0).continue_()
    visite.page.wait_for_function("() => !document.querySelector('.htmx-request')")


def test_a_price_typed_while_a_save_computes_it_is_the_one_that_stays(visite):
    visite.page.goto(une_action(visite, frais_ht="", frais_ttc=""))
    visite.champ("frais_ttc").fill("1200")
    enregistrement = re.compile(r"/actions/[^/]+$")
    retenues = visite.retenir(enregistrement)
    with visite.page.expect_request(enregistrement):
        visite.bouton("Enregistrer").click()
    visite.champ("frais_ht").press_sequentially("1100")
    repondre(visite, retenues, enregistrement)
    expect(visite.page.get_by_role("status").get_by_text(ENREGISTRE)).to_be_visible()
    expect(visite.champ("frais_ht")).to_have_value("1100")
    expect(visite.champ("frais_ht")).to_be_focused()
    assert visite.page.evaluate(GARDEES) == 1


def test_a_price_that_a_save_computes_is_shown_and_is_nothing_left_to_save(visite):
    visite.page.goto(une_action(visite, frais_ht="", frais_ttc=""))
    visite.champ("frais_ttc").fill("1200")
    visite.bouton("Enregistrer").click()
    expect(visite.champ("frais_ht")).to_have_value(re.compile("^1.200,00$"))
    assert visite.page.evaluate(GARDEES) == 0


def test_retirer_takes_nothing_of_what_is_typed_while_it_is_awaited_nor_the_caret(visite):
    visite.page.goto(NOUVELLE)
    visite.champ("contenu").fill("Écouter \u202eReformuler")
    retenues = visite.retenir("**/retrait")
    with visite.page.expect_request("**/retrait"):
        visite.bouton("Retirer").click()
    visite.champ("contenu").press("End")
    visite.champ("contenu").press_sequentially(" encore")
    visite.champ("points_forts").press_sequentially("Petits")
    with visite.page.expect_request("**/retrait"):
        repondre(visite, retenues, "**/retrait")
    repondre(visite, retenues, "**/retrait")
    expect(visite.champ("contenu")).to_have_value("Écouter Reformuler encore")
    expect(visite.champ("points_forts")).to_be_focused()
    expect(visite.champ("points_forts")).to_have_value("Petits")


def test_what_is_typed_while_one_waits_for_another_page_is_offered_on_coming_back(visite):
    visite.page.goto(f"{une_formation(visite)}/actions/nouvelle")
    visite.champ("numero").fill("A7")
    enregistrement = re.compile(r"/actions/[^/]+$")
    retenues = visite.retenir(enregistrement)
    with visite.page.expect_request(enregistrement):
        visite.bouton("Enregistrer et ajouter un contact").click()
    visite.champ("duree").fill("24")
    retenues.pop(0).continue_()
    visite.page.wait_for_url("**/contacts/nouveau*")
    visite.page.unroute(enregistrement)
    visite.page.get_by_role("link", name="Revenir à la saisie").click()
    expect(visite.champ("numero")).to_have_value("A7")
    expect(offres(visite)).to_have_count(1)
    offres(visite).click()
    expect(visite.champ("duree")).to_have_value("24")


def test_back_from_the_contact_that_was_added_leads_to_the_action_that_was_saved(visite):
    visite.page.goto(f"{une_formation(visite)}/actions/nouvelle")
    visite.champ("numero").fill("A7")
    visite.page.get_by_role("button", name="Enregistrer et ajouter un contact").click()
    visite.page.wait_for_url("**/contacts/nouveau*")
    visite.page.go_back()
    expect(visite.champ("numero")).to_have_value("A7")
    expect(visite.page.get_by_role("heading", level=1)).to_have_text("Modifier l’action de formation")


def test_a_contact_saved_for_an_action_leads_back_to_it_once_loaded_again(visite):
    action = une_action(visite)
    visite.page.goto(f"/contacts/nouveau?pour={action}")
    visite.champ("nom").fill("Durand")
    visite.bouton("Enregistrer").click()
    expect(visite.page.get_by_role("status").get_by_text(re.compile("^Enregistré à"))).to_be_visible()
    visite.page.reload()
    visite.page.get_by_role("link", name="Revenir à la saisie").click()
    expect(visite.champ("numero")).to_have_value("A1")


def test_a_success_does_not_go_away_from_under_who_is_on_it_and_closed_gives_the_focus_back(visite):
    visite.page.clock.install()
    visite.page.goto(une_action(visite))
    visite.bouton("Valider").click()
    message = visite.page.locator("#toasts .message")
    expect(message).to_contain_text("est validée")
    fermer = message.get_by_role("button")
    fermer.focus()
    visite.page.clock.run_for(30_000)
    expect(fermer).to_be_focused()
    visite.page.keyboard.press("Enter")
    expect(message).to_have_count(0)
    expect(visite.bouton("Valider")).to_be_focused()
    visite.bouton("Valider").press("Enter")
    expect(message).to_contain_text("est validée")
    visite.page.clock.run_for(13_000)
    expect(message).to_have_count(0)


def test_what_was_typed_in_an_action_removed_since_is_offered_by_its_page_and_makes_another(visite):
    action = une_action(visite)
    visite.page.goto(action)
    visite.champ("restauration").fill("Cantine")
    visite.page.request.post(
        f"{action}/suppression", form={"version": "1", "csrf_token": visite.page.locator("#jeton").input_value()}
    )
    visite.page.reload()
    expect(visite.page.get_by_role("heading", level=1, name="Page introuvable")).to_be_visible()
    offres(visite).click()
    expect(visite.page.get_by_role("heading", level=1, name="Nouvelle action de formation")).to_be_visible()
    expect(visite.champ("restauration")).to_have_value("Cantine")
    expect(offres(visite)).to_have_count(0)
    visite.bouton("Enregistrer").click()
    expect(visite.page.get_by_role("status").get_by_text(ENREGISTRE)).to_be_visible()
    [faite] = visite.porte.arbre(visite.organisme, "Clea_1")
    assert (faite["numero"], faite["restauration"]) == ("A1", "Cantine")


def test_enter_in_a_box_presses_nothing(visite):
    formation = une_formation(visite, type_formation="certifiante", certification="RNCP37674")
    visite.porte.planter_arbre(visite.organisme, "Clea_1", [{}])
    action = f"/actions/{visite.porte.arbre(visite.organisme, 'Clea_1')[0]['id']}"
    for adresse in (formation, action):
        visite.page.goto(adresse)
        demandes: list[str] = []
        visite.page.on("request", lambda demande, vues=demandes: vues.append(demande.url))
        visite.page.get_by_role("checkbox").last.press("Enter")
        with visite.page.expect_response("**/saisie"):
            visite.page.get_by_role("checkbox").last.press("Space")
        assert [demande for demande in demandes if not demande.endswith("/saisie")] == []
    visite.page.goto(formation)
    demander_un_autre_type(visite)
    bilan = visite.page.get_by_label("Bilan de compétences", exact=True)
    bilan.check()
    bilan.press("Enter")
    visite.bouton("Suivant").click()
    expect(visite.champ("duree_heures")).to_be_visible()


def dessous(visite, nom):
    """Give how much of a field stands behind the bar of the buttons, in pixels; negative: none, and how far above."""
    return visite.page.evaluate(
        """(nom) => document.getElementById(nom).getBoundingClientRect().bottom
             - document.querySelector(".barre-actions").getBoundingClientRect().top""",
        nom,
    )


def test_a_text_that_is_entered_by_a_finger_or_the_keyboard_stands_whole_above_the_bar(visite):
    visite.page.set_viewport_size({"width": 375, "height": 800})
    visite.page.goto(NOUVELLE)
    for entrer in (lambda: visite.champ("contenu").click(position={"x": 20, "y": 12}), lambda: _au_clavier(visite)):
        visite.page.evaluate("document.activeElement.blur()")
        visite.page.evaluate("(de) => scrollBy({top: de, behavior: 'instant'})", dessous(visite, "contenu") - 60)
        assert dessous(visite, "contenu") > 0
        entrer()
        expect(visite.champ("contenu")).to_be_focused()
        assert dessous(visite, "contenu") < 0
    # What cannot stand whole stays where it is.
    visite.page.evaluate("document.getElementById('contenu').style.height = '900px'")
    visite.page.evaluate("(de) => scrollBy({top: de, behavior: 'instant'})", dessous(visite, "contenu") - 400)
    avant = dessous(visite, "contenu")
    visite.champ("contenu").dispatch_event("click")
    assert dessous(visite, "contenu") == avant


def _au_clavier(visite):
    visite.champ("contenu").evaluate("(la) => la.focus({ preventScroll: true })")
    visite.champ("contenu").press("Shift+Tab")
    visite.page.evaluate("(de) => scrollBy({top: de, behavior: 'instant'})", dessous(visite, "contenu") - 60)
    visite.page.keyboard.press("Tab")
