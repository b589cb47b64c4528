"""An action or a session that goes while the tab keeps its text: it is offered where it stood, and makes another."""

import pytest
from playwright.sync_api import expect

from tests.acceptation.la_page import Visite
from tests.acceptation.la_saisie import GARDEES, offres, une_formation

TEXTE = "À ne pas perdre"


def une_session(visite: Visite) -> tuple[str, str]:
    """Give the addresses of an action and of its only session."""
    une_formation(visite)
    visite.porte.planter_arbre(visite.organisme, "Clea_1", [{"numero": "A1", "sessions": [{"numero": "S1"}]}])
    [action] = visite.porte.arbre(visite.organisme, "Clea_1")
    [session] = action["sessions"]
    return f"/actions/{action['id']}", f"/sessions/{session['id']}"


def taper(visite: Visite, adresse: str, champ: str) -> None:
    visite.page.goto(adresse)
    visite.champ(champ).fill(TEXTE)
    expect(visite.champ(champ)).to_have_value(TEXTE)
    visite.page.wait_for_function(f"({GARDEES})() === 1")


def operer(visite: Visite, adresse: str, operation: str) -> None:
    """Do it in another tab, which keeps no text of this one."""
    autre = visite.contexte.new_page()
    autre.goto(adresse)
    autre.evaluate(
        """async (chemin) => {
          const adresse = `${location.pathname}/${chemin}`;
          let fiche = document.getElementById("fiche");
          if (chemin === "suppression") {
            const question = await (await fetch(adresse)).text();
            fiche = new DOMParser().parseFromString(question, "text/html").querySelector("dialog form");
          }
          const donnees = new URLSearchParams(new FormData(fiche, fiche.querySelector("button[name='version']")));
          await fetch(adresse, { method: "POST", body: donnees });
        }""",
        operation,
    )
    autre.close()


@pytest.mark.parametrize("operation", ["suppression", "archivage"])
@pytest.mark.parametrize(
    ("rang", "champ", "titre"),
    [(0, "restauration", "Nouvelle action de formation"), (1, "modalites_particulieres", "Nouvelle session")],
)
def test_its_text_is_offered_where_it_stood_and_makes_another(visite, operation, rang, champ, titre):
    adresse = une_session(visite)[rang]
    taper(visite, adresse, champ)
    operer(visite, adresse, operation)
    visite.page.goto(adresse)
    offres(visite).click()
    expect(visite.page.get_by_role("heading", level=1, name=titre)).to_be_visible()
    expect(visite.champ(champ)).to_have_value(TEXTE)
    expect(offres(visite)).to_have_count(0)
    visite.page.reload()
    expect(visite.champ(champ)).to_have_value(TEXTE)


def test_what_is_archived_while_it_is_typed_says_so_where_one_looks(visite):
    action, _ = une_session(visite)
    taper(visite, action, "restauration")
    operer(visite, action, "archivage")
    visite.champ("restauration").press_sequentially("…")
    expect(visite.page.locator("#refus")).to_contain_text("a été archivée le")
    expect(visite.champ("restauration")).to_be_focused()
    visite.bouton("Créer une action avec cette saisie").click()
    expect(visite.page.get_by_role("heading", level=1, name="Nouvelle action de formation")).to_be_visible()
    expect(visite.champ("restauration")).to_have_value(f"{TEXTE}…")
