"""The choice of a file speaks French, whatever the language of the browser, and says which file was chosen."""

import pytest
from playwright.sync_api import expect

from steps.navigateur.accessibilite import analyser, rapport

FICHIER = {"name": "catalogue-2026.xml", "mimeType": "application/xml", "buffer": b"<lheo/>"}
PAGES = {"/catalogue/edof": "Fichier du catalogue (XML)", "/organisme": "Liste de vos habilitations (CSV)"}


@pytest.fixture(params=PAGES)
def choix(request, visite_de):
    """The field that takes a file, in a browser that speaks English."""
    with visite_de(locale="en-US") as ouverte:
        # Playwright asks the browser for the choosers as soon as somebody listens, and does not wait until it has them.
        ouverte.page.on("filechooser", lambda _: None)
        ouverte.page.goto(request.param)
        yield ouverte.page.get_by_label(PAGES[request.param])


def dit(choix):
    return choix.locator("xpath=following-sibling::*")


def test_it_is_said_in_french_what_to_do_then_what_was_chosen(choix):
    expect(dit(choix)).to_have_text("Choisir un fichier Aucun fichier choisi")
    with choix.page.expect_file_chooser() as demande:
        dit(choix).get_by_text("Choisir un fichier").click(force=True)
    demande.value.set_files(FICHIER)
    expect(dit(choix)).to_have_text("Choisir un fichier catalogue-2026.xml")
    choix.set_input_files([])
    expect(dit(choix)).to_have_text("Choisir un fichier Aucun fichier choisi")


def test_a_form_emptied_says_that_nothing_is_chosen(choix):
    choix.set_input_files(FICHIER)
    expect(dit(choix)).to_contain_text("catalogue-2026.xml")
    choix.evaluate("champ => champ.form.reset()")
    expect(dit(choix)).to_contain_text("Aucun fichier choisi")


def test_by_keyboard_it_opens_and_shows_where_one_is(choix):
    choix.page.keyboard.press("Tab")
    choix.focus()
    assert dit(choix).evaluate("dit => getComputedStyle(dit).outlineWidth") == "3px"
    with choix.page.expect_file_chooser():
        choix.page.keyboard.press("Space")


@pytest.mark.parametrize("largeur", [320, 1280])
def test_it_stands_in_the_page(choix, largeur):
    choix.page.set_viewport_size({"width": largeur, "height": 700})
    choix.set_input_files({**FICHIER, "name": f"{'catalogue' * 12}.xml"})
    cadre, champ = dit(choix).bounding_box(), choix.bounding_box()
    assert cadre == champ
    assert cadre["height"] >= 44
    assert choix.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    violations = analyser(choix.page)
    assert not violations, rapport(choix.page.url, violations)


def test_without_scripts_it_is_the_browser_s_own(visite_de):
    with visite_de(java_script_enabled=False) as ouverte:
        ouverte.page.goto("/catalogue/edof")
        choix = ouverte.page.get_by_label(PAGES["/catalogue/edof"])
        expect(dit(choix)).to_be_hidden()
        expect(choix).to_have_css("opacity", "1")
