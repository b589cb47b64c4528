"""The guided tour on a screen, at each of its stops: where its card stands, what it says, what it leaves alone."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from steps.ecrans.visite import FINIE, EcranVisite
from steps.navigateur.enregistreur import Enregistreur
from steps.navigateur.pilote import ATTENTE, Main, Pilote
from tests.acceptation.la_page import NOUVELLE

TOUR = "/mode-d-emploi/creer-une-formation-clea/visite#montre-moi"
OU = """() => {
  const boite = (id) => document.getElementById(id).getBoundingClientRect();
  const croise = (a, b) => Boolean(a && b && a.height && b.height
    && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom);
  const [carte, halo] = [boite("visite-panneau"), boite("visite-halo")];
  const barre = document.querySelector(".barre-actions, .actions-etape")?.getBoundingClientRect();
  return {
    couvre: croise(carte, halo), sur_la_barre: croise(carte, barre),
    deborde: document.documentElement.scrollWidth > innerWidth,
    dehors: carte.left < 0 || carte.top < 0 || carte.right > innerWidth + 1 || carte.bottom > innerHeight + 1,
    prend_le_clavier: document.getElementById("visite-panneau").contains(document.activeElement),
  };
}"""
BIEN = dict.fromkeys(("couvre", "sur_la_barre", "deborde", "dehors", "prend_le_clavier"), False)


@pytest.fixture
def suivre(visite_de):
    """Open the first tour in a window of some width; give the visit, and who follows the tour."""

    def ouvrir(pile, largeur, hauteur, **options):
        ouverte = pile.enter_context(visite_de(viewport={"width": largeur, "height": hauteur}, **options))
        ouverte.contexte.add_init_script(ATTENTE)
        ouverte.page.goto(TOUR)
        return ouverte, EcranVisite(Pilote(ouverte.page, Enregistreur("visite", "", 1), Main()))

    return ouvrir


@pytest.mark.parametrize(("largeur", "hauteur"), [(1280, 800), (375, 667)])
def test_the_card_covers_nothing_that_one_needs_and_takes_no_focus(suivre, largeur, hauteur):
    with ExitStack() as pile:
        ouverte, ecran = suivre(pile, largeur, hauteur)
        fautes, dites, par_la_carte = [], [], False
        for _ in range(40):
            lu = ecran._lire()
            if lu["fin"]:
                break
            vu = ouverte.page.evaluate(OU)
            if vu["couvre"] or vu["sur_la_barre"]:  # A smooth scroll comes to its end.
                ouverte.page.wait_for_timeout(600)
                vu = ouverte.page.evaluate(OU)
            # Who has just pressed « Continuer » is where she pressed.
            vu["prend_le_clavier"] &= not par_la_carte
            par_la_carte = lu["etat"] == "deja" or lu["demande"].startswith("Lisez")
            if lu["etat"] != "deja" and vu != BIEN:
                fautes.append((lu["demande"], {nom for nom, mal in vu.items() if mal}))
            expect(ouverte.page.locator("#visite-annonce")).to_contain_text(lu["demande"])
            dites.append(lu["demande"])
            ecran._faire(lu)
            ecran._attendre_la_suite(lu)
        assert fautes == []
        assert FINIE in ouverte.page.locator("#visite-annonce").inner_text() or lu["fin"]
        assert len(dites) == len(set(dites)) + 1  # « Voir dans le catalogue » is followed twice.


def test_a_lone_page_of_the_form_carries_nothing_of_the_tour(visite):
    adresses = []
    visite.page.on("request", lambda demande: adresses.append(demande.url))
    visite.page.goto(NOUVELLE)
    assert not [adresse for adresse in adresses if "visite." in adresse]


def test_escape_leads_to_the_card_and_back_to_what_is_lit(suivre):
    with ExitStack() as pile:
        ouverte, ecran = suivre(pile, 1280, 800)
        ecran.suivre("Remplissez « Votre identifiant interne de formation »")
        champ = ouverte.champ("identifiant")
        champ.click()
        ouverte.page.keyboard.press("Escape")
        expect(ouverte.page.locator("#visite-titre")).to_be_focused()
        ouverte.page.keyboard.press("Escape")
        expect(champ).to_be_focused()


def test_somebody_else_in_the_same_tab_is_not_on_the_tour(suivre):
    with ExitStack() as pile:
        ouverte, ecran = suivre(pile, 1280, 800)
        expect(ecran.panneau()).to_be_visible()
        ouverte.devenir(1)
        ouverte.page.goto("/catalogue")
        expect(ouverte.page.get_by_role("heading", level=1, name="Catalogue")).to_be_visible()
        expect(ecran.panneau()).to_have_count(0)


@pytest.mark.parametrize("jusqu_a", ["", FINIE])
def test_a_tour_that_is_left_does_not_come_back_when_the_page_moves(suivre, jusqu_a):
    with ExitStack() as pile:
        ouverte, ecran = suivre(pile, 1280, 800)
        if jusqu_a:
            ecran.suivre(jusqu_a)
        carte = ouverte.page.locator("#visite-panneau")
        carte.locator("[data-geste=quitter]").click()
        expect(carte).to_have_count(0)
        ouverte.page.set_viewport_size({"width": 1000, "height": 700})
        ouverte.page.evaluate("dispatchEvent(new Event('scroll'))")
        ouverte.page.evaluate("() => new Promise((fait) => requestAnimationFrame(() => setTimeout(fait, 100)))")
        expect(carte).to_have_count(0)
