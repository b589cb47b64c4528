"""One visible focus everywhere: 3 px, and a contrast of 3:1 at least with what is around it."""

import pytest
from playwright.sync_api import expect

from tests.acceptation.la_page import COMPLETE, NOUVELLE
from tests.acceptation.la_page import visite as ouvrir_visite

CONTRASTE = 3.0
EPAISSEUR = 3
TABULATIONS = 60
CONTACT = {"nom": "Roussel", "prenom": "Nadia", "telephone": "05 36 49 12 30", "courriel": "nadia@alpha.example"}
# What surrounds a thing is the nearest background that is painted behind it.
MESURER = """() => {
  const element = document.activeElement;
  const nombres = (couleur) => (couleur.match(/[\\d.]+/g) ?? []).map(Number);
  const lumiere = (couleur) => {
    const [r, v, b] = nombres(couleur).slice(0, 3)
      .map((n) => n / 255).map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * v + 0.0722 * b;
  };
  const peint = (noeud) => { const n = nombres(getComputedStyle(noeud).backgroundColor); return n[3] !== 0; };
  let autour = element === document.querySelector("main") ? element : element.parentElement;
  while (autour.parentElement && !peint(autour)) autour = autour.parentElement;
  const style = getComputedStyle(element);
  const fond = peint(autour) ? getComputedStyle(autour).backgroundColor : "rgb(255, 255, 255)";
  const [clair, sombre] = [lumiere(style.outlineColor), lumiere(fond)].sort((a, b) => b - a);
  return {
    sorte: `${element.tagName} ${element.type ?? ""} ${element.className}`.trim(),
    style: style.outlineStyle, epaisseur: parseFloat(style.outlineWidth),
    contraste: (clair + 0.05) / (sombre + 0.05), fin: element === document.body,
  };
}"""


def parcourir(page):
    """Follow the page with the Tab key: give what is measured of each kind of control, once."""
    vus: dict[str, float] = {}
    for _ in range(TABULATIONS):
        page.keyboard.press("Tab")
        mesure = page.evaluate(MESURER)
        if mesure["fin"]:
            break
        vus.setdefault(mesure["sorte"], mesure)
    return vus


def sans_focus_visible(vus):
    """Give what has no focus that can be seen, as it was measured."""
    return [
        m for m in vus.values()
        if m["style"] != "solid" or m["epaisseur"] < EPAISSEUR or m["contraste"] < CONTRASTE
    ]  # fmt: skip


@pytest.mark.parametrize("forcees", ["none", "active"])
@pytest.mark.parametrize("apparence", ["light", "dark"])
def test_each_kind_of_control_has_a_focus_that_can_be_seen(navigateur, notre_serveur, preparateur, apparence, forcees):
    options = {"color_scheme": apparence, "forced_colors": forcees, "viewport": {"width": 1280, "height": 900}}
    with ouvrir_visite(navigateur, notre_serveur, preparateur, **options) as ouverte:
        ouverte.porte.ajouter_formations(ouverte.organisme, [COMPLETE])
        page = ouverte.page
        vus: dict[str, float] = {}
        for adresse in (
            "/catalogue", "/formations/nouvelle?type=certifiante", NOUVELLE, "/mode-d-emploi", "/composants",
            "/formations/nouvelle/aide-code", "/mode-d-emploi/creer-une-formation-clea",
        ):  # fmt: skip
            page.goto(adresse)
            vus |= parcourir(page)
        page.goto("/catalogue")
        page.get_by_role("button", name="Opérations").click()
        page.get_by_role("link", name="Supprimer").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        vus |= parcourir(page)
        assert sans_focus_visible(vus) == []
        sortes = " ".join(vus)
        for sorte in ("btn-primary", "btn-danger", "form-select", "TEXTAREA", "INPUT radio", "nav-link", "info", "A"):
            assert sorte in sortes, sorte


def test_a_place_that_a_link_leads_to_shows_its_focus(visite):
    visite.page.goto(NOUVELLE)
    visite.page.keyboard.press("Tab")
    visite.page.keyboard.press("Enter")
    expect(visite.page.locator("main")).to_be_focused()
    assert sans_focus_visible({"": visite.page.evaluate(MESURER)}) == []


@pytest.mark.parametrize("nom", ["Enregistrer les modifications", "Vérifier"])
def test_trying_again_gives_the_focus_back_to_what_failed(visite, nom):
    visite.page.goto(NOUVELLE)
    visite.champ("identifiant").fill("Clea_9")
    visite.contexte.set_offline(True)
    visite.bouton(nom).click()
    encore = visite.page.get_by_role("alert").get_by_role("button", name="Réessayer")
    expect(encore).to_be_visible()
    visite.contexte.set_offline(False)
    encore.press("Enter")
    expect(encore).to_have_count(0)
    expect(visite.bouton(nom)).to_be_focused()


def test_trying_again_what_follows_the_typing_gives_the_focus_back_to_the_field(visite):
    visite.page.goto(NOUVELLE)
    visite.contexte.set_offline(True)
    visite.champ("points_forts").fill("Petits groupes")
    encore = visite.page.get_by_role("alert").get_by_role("button", name="Réessayer")
    expect(encore).to_be_visible()
    visite.contexte.set_offline(False)
    encore.press("Enter")
    expect(encore).to_have_count(0)
    expect(visite.champ("points_forts")).to_be_focused()


def test_a_refusal_that_comes_while_one_types_leaves_the_caret_where_it_is(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto(NOUVELLE)
    visite.champ("identifiant").fill("Clea_1")
    retenues = visite.retenir(r"**/formations/*-*-*-*-*")
    visite.bouton("Enregistrer les modifications").click()
    visite.champ("objectif").press_sequentially("Prendre la ")
    [retenue] = retenues
    retenue.continue_()
    expect(visite.page.locator("#refus")).to_contain_text("1 point à revoir")
    expect(visite.champ("objectif")).to_be_focused()
    visite.page.keyboard.type("parole")
    expect(visite.champ("objectif")).to_have_value("Prendre la parole")


@pytest.mark.parametrize("tenu", ["Votre identifiant interne de formation", "Objectif de la formation"])
def test_the_focus_stays_in_the_list_of_what_is_left_when_an_answer_renews_it(visite, tenu):
    """What is done is no link any more: the first that is left takes the focus, not the top of the page."""
    visite.page.goto(NOUVELLE)
    liste = visite.page.locator("#reste-a-faire")
    visite.champ("identifiant").fill("Clea_9")
    liste.get_by_role("link", name=tenu).focus()
    expect(liste.get_by_role("link", name="Votre identifiant interne de formation")).to_have_count(0)
    expect(liste.get_by_role("link", name="Objectif de la formation")).to_be_focused()


def test_the_focus_stays_with_the_list_of_what_is_left_when_nothing_is(visite):
    visite.page.goto("/contacts/nouveau")
    for nom, valeur in CONTACT.items():
        visite.champ(nom).fill(valeur)
    visite.page.locator("#reste-a-faire a").last.focus()
    expect(visite.page.locator("#reste-a-faire a")).to_have_count(0)
    expect(visite.page.locator("#etat-saisie")).to_be_focused()
