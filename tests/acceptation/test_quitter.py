"""What the page does when it is left: the browser warns of what would be lost, and of nothing else."""

import re

import pytest
from playwright.sync_api import expect

from tests.acceptation.la_page import COMPLETE, NOUVELLE
from tests.acceptation.la_saisie import demander_un_autre_type

TEXTE = "Petits groupes"
# Wherever it is said: in a message of the next page, or in a place of this one.
FAIT = {
    "Enregistrer les modifications": re.compile("est enregistrée|Enregistré"),
    "Valider": re.compile(r"est validée\s: elle est conforme"),
}


@pytest.fixture
def avertissements(visite):
    """What the browser asked before it left a page, since the test began."""
    demandes = []
    visite.page.on("dialog", lambda dialogue: demandes.append(dialogue.type))
    return demandes


def taper(visite, champ="contenu"):
    # Keys, as a person presses them: a browser warns of nothing on a page that nobody has touched.
    visite.champ(champ).press_sequentially(TEXTE)


def partir(visite, vers="Mode d’emploi", titre="Mode d’emploi"):
    visite.page.get_by_role("navigation", name="Navigation principale").get_by_role("link", name=vers).click()
    expect(visite.page.get_by_role("heading", level=1, name=titre)).to_be_visible()


def une_formation(visite, **autres):
    visite.porte.ajouter_formations(visite.organisme, [{**COMPLETE, **autres}])
    return f"/formations/{visite.porte.formation(visite.organisme, 'Clea_1')['id']}"


@pytest.mark.parametrize("nouvelle", [True, False])
def test_nothing_is_asked_where_nothing_was_typed(visite, avertissements, nouvelle):
    visite.page.goto(NOUVELLE if nouvelle else une_formation(visite))
    visite.champ("contenu").click()
    visite.page.keyboard.press("ArrowDown")
    visite.champ("points_forts").click()
    partir(visite)
    assert avertissements == []


@pytest.mark.parametrize("nouvelle", [True, False])
def test_what_was_typed_is_warned_of(visite, avertissements, nouvelle):
    visite.page.goto(NOUVELLE if nouvelle else une_formation(visite))
    taper(visite)
    partir(visite)
    assert avertissements == ["beforeunload"]


def test_what_was_chosen_or_ticked_is_warned_of_too(visite, avertissements):
    visite.page.goto(une_formation(visite, type_formation="certifiante", certification="RNCP37674"))
    visite.page.get_by_role("checkbox").first.check()
    partir(visite)
    assert avertissements == ["beforeunload"]


def test_reloading_or_closing_warns_as_leaving_does(visite, avertissements):
    visite.page.goto(NOUVELLE)
    taper(visite)
    visite.page.reload()
    assert avertissements == ["beforeunload"]
    taper(visite)
    with visite.page.expect_event("close"):
        visite.page.close(run_before_unload=True)
    assert avertissements == ["beforeunload"] * 2


@pytest.mark.parametrize("geste", ["Enregistrer les modifications", "Valider"])
def test_what_is_saved_is_not_warned_of(visite, avertissements, geste):
    visite.page.goto(une_formation(visite))
    taper(visite)
    visite.bouton(geste).click()
    expect(visite.page.get_by_text(FAIT[geste])).to_be_visible()
    partir(visite)
    assert avertissements == []
    assert TEXTE in visite.porte.formation(visite.organisme, "Clea_1")["contenu"]


def test_what_is_typed_after_a_refusal_or_a_failure_is_still_warned_of(visite, avertissements):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto(NOUVELLE)
    taper(visite)
    visite.champ("identifiant").fill(COMPLETE["identifiant"])
    with visite.page.expect_response(lambda reponse: reponse.status == 422):
        visite.bouton("Enregistrer les modifications").click()
    partir(visite)
    assert avertissements == ["beforeunload"]
    visite.page.goto(NOUVELLE)
    taper(visite)
    visite.page.route("**/formations/*", lambda demande: demande.abort())
    visite.bouton("Enregistrer les modifications").click()
    expect(visite.bouton("Réessayer")).to_be_visible()
    partir(visite)
    assert avertissements == ["beforeunload"] * 2


def test_what_is_abandoned_is_not_warned_of(visite, avertissements):
    visite.page.goto(NOUVELLE)
    taper(visite)
    visite.bouton("Annuler").click()
    visite.page.get_by_role("link", name="Quitter sans enregistrer").click()
    expect(visite.page.get_by_role("heading", level=1, name="Catalogue")).to_be_visible()
    assert avertissements == []


def test_to_go_on_after_annuler_is_to_be_warned_as_before(visite, avertissements):
    visite.page.goto(NOUVELLE)
    taper(visite)
    visite.bouton("Annuler").click()
    visite.bouton("Continuer la saisie").click()
    partir(visite)
    assert avertissements == ["beforeunload"]


def test_texts_that_go_along_are_warned_of_where_they_arrive_and_not_before(visite, avertissements):
    visite.page.goto(une_formation(visite))
    taper(visite)
    demander_un_autre_type(visite)
    expect(visite.page.get_by_label("Bilan de compétences", exact=True)).to_be_visible()
    assert avertissements == []
    visite.page.get_by_label("Bilan de compétences", exact=True).check()
    visite.bouton("Suivant").click()
    expect(visite.champ("duree_heures")).to_be_visible()
    assert avertissements == []
    visite.champ("duree_heures").click()
    partir(visite)
    assert avertissements == ["beforeunload"]


def test_what_is_typed_elsewhere_than_in_a_formation_is_nobodys_loss(visite, avertissements):
    une_formation(visite)
    visite.page.goto("/catalogue")
    visite.page.get_by_role("searchbox").press_sequentially("cléa")
    partir(visite)
    visite.page.goto("/formations/nouvelle")
    visite.page.get_by_label("Formation certifiante", exact=True).check()
    visite.champ("code").press_sequentially("2203")
    partir(visite)
    assert avertissements == []


def test_who_stays_when_asked_keeps_her_page_her_text_and_her_session(visite):
    page = visite.contexte.new_page()
    page.on("dialog", lambda dialogue: dialogue.dismiss())
    page.goto(NOUVELLE)
    page.locator("#contenu").press_sequentially(TEXTE)
    for nom, role in (("Se déconnecter", "button"), ("Catalogue", "link")):
        with page.expect_event("dialog"):
            page.get_by_role(role, name=nom, exact=True).click(no_wait_after=True)
        expect(page.locator("#contenu")).to_have_value(TEXTE)
    with page.expect_response("**/saisie") as suivie:
        page.locator("#contenu").press_sequentially(" à la mer")
    assert suivie.value.status == 200


def test_annuler_waits_for_the_save_that_is_on_its_way_and_asks_nothing(visite, avertissements):
    visite.page.goto(une_formation(visite))
    taper(visite)
    retenues = visite.retenir(re.compile(r"/formations/[0-9a-f-]{36}$"))
    visite.bouton("Enregistrer les modifications").click()
    expect(visite.bouton("Enregistrement…")).to_be_visible()
    visite.bouton("Annuler").click()
    expect(visite.page.get_by_role("button", name="Un instant…")).to_be_visible()
    assert len(retenues) == 1
    retenues[0].continue_()
    expect(visite.page.get_by_role("heading", level=1, name="Catalogue")).to_be_visible()
    assert avertissements == []
    assert visite.porte.formation(visite.organisme, "Clea_1")["contenu"].startswith(TEXTE)
