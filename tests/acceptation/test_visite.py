"""The guided tour on a screen, at each of its stops: where its card stands, what it says, what it leaves alone."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from steps.ecrans.textes import motif
from steps.ecrans.visite import FINIE, EcranVisite
from steps.navigateur.enregistreur import Enregistreur
from steps.navigateur.pilote import ATTENTE, Main, Pilote
from tests.acceptation.la_page import COMPLETE, NOUVELLE
from tests.acceptation.la_saisie import offres

TOUR = "/mode-d-emploi/creer-une-formation-clea/visite#montre-moi"
OU = """() => {
  const boite = (id) => document.getElementById(id).getBoundingClientRect();
  const croise = (a, b) => Boolean(a && b && a.height && b.height
    && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom);
  const [carte, halo] = [boite("visite-panneau"), boite("visite-halo")];
  const barre = document.querySelector(".barre-actions, .actions-etape")?.getBoundingClientRect();
  const corps = document.querySelector(".visite-corps").getBoundingClientRect();
  const lus = [...document.querySelectorAll(".visite-demande, .visite-exemple, .visite-etat")]
    .filter((n) => n.checkVisibility()).map((n) => n.getBoundingClientRect());
  const messages = [...document.querySelectorAll(".toasts .message")].map((n) => n.getBoundingClientRect());
  return {
    couvre: croise(carte, halo), sur_la_barre: croise(carte, barre),
    coupe: lus.some((lu) => lu.top < corps.top - 1 || lu.bottom > corps.bottom + 1),
    sous_un_message: messages.some((message) => croise(carte, message)),
    deborde: document.documentElement.scrollWidth > innerWidth,
    dehors: carte.left < 0 || carte.top < 0 || carte.right > innerWidth + 1 || carte.bottom > innerHeight + 1,
    prend_le_clavier: document.getElementById("visite-panneau").contains(document.activeElement),
  };
}"""
BIEN = dict.fromkeys(
    ("couvre", "sur_la_barre", "coupe", "sous_un_message", "deborde", "dehors", "prend_le_clavier"), False
)
CLEA, NUMERIQUE = (
    f"Socle de connaissances et de compétences professionnelles {nom}"
    for nom in ("(CléA)", "numérique (CléA Numérique)")
)
ETAPE_1 = f"Sélectionnez « {CLEA} »"
SUIVANT = "Cliquez sur « Suivant »"


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
            if vu["couvre"] or vu["sur_la_barre"] or vu["sous_un_message"]:  # A smooth scroll comes to its end.
                ouverte.page.wait_for_timeout(600)
                vu = ouverte.page.evaluate(OU)
            # Who has just pressed « Continuer » is where she pressed.
            vu["prend_le_clavier"] &= not par_la_carte
            par_la_carte = lu["etat"] == "deja" or lu["demande"].startswith("Lisez")
            if vu != BIEN:
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


def demande(ouverte, attendue):
    expect(ouverte.page.locator("[data-visite=demande]")).to_have_text(motif(attendue))


def etat(ouverte, nom):
    return ouverte.page.locator(f"[data-si={nom}]")


def geste(ouverte, nom):
    return ouverte.page.locator(f"[data-geste={nom}]")


def test_what_is_typed_is_kept_when_a_field_asks_to_be_shown(visite):
    demandes = []
    visite.page.on("dialog", lambda dialogue: demandes.append(dialogue.type))
    visite.page.goto(NOUVELLE)
    visite.champ("objectif").press_sequentially("Écouter")
    visite.page.get_by_role("link", name=motif("Mode d'emploi : Contenu de la formation")).click()
    visite.page.get_by_role("dialog").get_by_role("link", name="Montre-moi").click()
    demande(visite, "Remplissez « Contenu de la formation »")
    assert demandes == ["beforeunload"]
    offres(visite).click()
    expect(visite.champ("objectif")).to_have_value("Écouter")


def test_a_form_that_moves_down_takes_what_is_lit_out_of_the_bar(suivre):
    with ExitStack() as pile:
        ouverte, ecran = suivre(pile, 1280, 800)
        ecran.suivre("Cliquez sur « Vérifier »")
        ouverte.page.reload()
        expect(offres(ouverte)).to_be_visible()
        ecran.voir_eclaire("Vérifier")
        # Nor does it stay over the bar when one scrolls it there.
        ouverte.page.evaluate("""() => {
          const haut = (quoi) => document.querySelector(quoi).getBoundingClientRect().top;
          scrollBy({ top: haut("#verifier") - haut(".barre-actions") - 20, behavior: "instant" });
        }""")
        expect(ouverte.page.locator("#visite-halo")).to_be_hidden()


def test_a_tab_goes_on_when_another_ends_its_tour(suivre):
    with ExitStack() as pile:
        ouverte, ecran = suivre(pile, 1280, 800)
        ecran.suivre(ETAPE_1)
        autre = ouverte.contexte.new_page()
        autre.goto(TOUR)
        autre.locator("[data-geste=quitter]").click()
        autre.goto("/contacts")
        expect(autre.locator("#visite-panneau")).to_have_count(0)
        ouverte.page.reload()
        demande(ouverte, ETAPE_1)
        # Its own page leads back to where it has come to.
        ouverte.page.goto(TOUR.partition("#")[0])
        ouverte.bouton("Reprendre où j’en étais").click()
        demande(ouverte, ETAPE_1)


def test_nothing_follows_what_was_not_saved(suivre):
    with ExitStack() as pile:
        ouverte, ecran = suivre(pile, 1280, 800)
        ouverte.porte.ajouter_formations(ouverte.organisme, [{**COMPLETE, "identifiant": "Clea_Identifiant"}])
        ecran.suivre("Cliquez sur « Vérifier »")
        ouverte.bouton("Vérifier").click()
        expect(etat(ouverte, "refus")).to_have_text(motif("ou continuez avec ce que vous avez saisi.", entier=False))
        geste(ouverte, "continuer").click()
        ecran.suivre("Cliquez sur « Enregistrer les modifications »")
        ouverte.bouton("Enregistrer les modifications").click()
        expect(etat(ouverte, "refus")).to_be_visible()
        expect(geste(ouverte, "continuer")).to_be_hidden()
        expect(etat(ouverte, "refus").get_by_text("continuez")).to_be_hidden()


def test_what_the_person_chose_is_named_and_not_the_example(suivre):
    with ExitStack() as pile:
        ouverte, ecran = suivre(pile, 1280, 800)
        ecran.suivre(ETAPE_1)
        # And what was last chosen, however often one changed one's mind.
        for choisie in (NUMERIQUE, CLEA, NUMERIQUE):
            ouverte.page.get_by_label(choisie).check()
            demande(ouverte, SUIVANT)
        ouverte.bouton("Suivant").click()
        demande(ouverte, f"Lisez « Préparation à la certification {NUMERIQUE} »")
        ecran.suivre("Cliquez sur « Vérifier »")
        expect(ouverte.page.locator("[data-visite=phrases]")).to_contain_text(
            motif("« Clea_Identifiant »", entier=False)
        )
        ecran.suivre("Remplissez « Intitulé de la formation »")
        ouverte.champ("intitule").fill("Ma formation à moi")
        ouverte.page.keyboard.press("Tab")
        ecran.suivre("Cliquez sur « Valider »")
        ouverte.page.goto("/contacts")
        expect(etat(ouverte, "ailleurs")).to_have_text(
            motif("La suite se passe à l’écran « Ma formation à moi ». Y aller")
        )


def test_back_from_the_first_screen_one_finds_what_was_chosen_there(suivre):
    with ExitStack() as pile:
        ouverte, ecran = suivre(pile, 1280, 800)
        ecran.suivre(SUIVANT)
        ouverte.page.go_back()
        etat(ouverte, "ailleurs").get_by_role("link", name="Y aller").click()
        expect(ouverte.page.get_by_label(CLEA)).to_be_checked()
        ecran.voir_eclaire("Suivant")


def test_what_alone_leads_further_is_not_passed_over(suivre):
    with ExitStack() as pile:
        ouverte, _ = suivre(pile, 1280, 800)
        ouverte.porte.ajouter_formations(ouverte.organisme, [COMPLETE])
        for _ in range(3):
            geste(ouverte, "passer").click()
        etat(ouverte, "ailleurs").get_by_role("link", name="Y aller").click()
        demande(ouverte, SUIVANT)
        expect(geste(ouverte, "passer")).to_be_hidden()
        # Once the form is known, all the rest is: nothing of somebody else's is lit on the way, and it ends.
        geste(ouverte, "revenir").click()
        ouverte.page.get_by_label("Cléa", exact=True).check()
        ouverte.page.get_by_label(CLEA).check()
        ouverte.bouton("Suivant").click()
        demande(ouverte, f"Lisez « Préparation à la certification {CLEA} »")
        ouverte.page.goto("/catalogue")
        for _ in range(13):
            expect(ouverte.page.locator("#visite-halo")).to_be_hidden()
            geste(ouverte, "passer").click()
        demande(ouverte, "Cliquez sur « Voir dans le catalogue »")
        geste(ouverte, "passer").click()
        expect(ouverte.page.locator("[data-visite=fin]")).to_contain_text(f"{FINIE}.", use_inner_text=True)
        expect(ouverte.page.get_by_text("vous avez tout fait vous-même")).to_be_hidden()


def test_an_object_that_is_gone_is_forgotten_and_the_tour_starts_from_what_makes_one(suivre):
    with ExitStack() as pile:
        ouverte, ecran = suivre(pile, 1280, 800)
        ecran.suivre("Cliquez sur « Valider »")
        ouverte.page.goto("/contacts")
        ouverte.porte.operer_en_collegue(ouverte.organisme, "Clea_Identifiant", "supprimer")
        etat(ouverte, "ailleurs").get_by_role("link", name="Y aller").click()
        expect(ouverte.page.get_by_role("heading", level=1, name="Page introuvable")).to_be_visible()
        demande(ouverte, "Cliquez sur « Ajouter une formation »")
        expect(etat(ouverte, "ailleurs")).to_have_text(motif("La suite se passe à l’écran « Catalogue ». Y aller"))
        etat(ouverte, "ailleurs").get_by_role("link", name="Y aller").click()
        ecran.suivre(FINIE)


def test_what_is_lit_is_brought_in_view_in_a_low_window_that_grows(suivre):
    """A window of 1280 by 800 that is zoomed twice: what comes of an answer moves what is lit away."""
    with ExitStack() as pile:
        ouverte, ecran = suivre(pile, 640, 400)
        ecran.suivre(ETAPE_1)
        ouverte.page.get_by_label(CLEA).check()
        demande(ouverte, SUIVANT)
        ecran.voir_eclaire("Suivant")


def test_what_is_said_aloud_is_what_the_screen_comes_to(suivre):
    """What is asked while an answer is awaited is not said to be missing: it comes with it."""
    with ExitStack() as pile:
        ouverte, ecran = suivre(pile, 1280, 800)
        ecran.suivre("Sélectionnez « Cléa »")
        ouverte.page.evaluate(
            """() => { window.dits = []; new MutationObserver(() => {
              const dit = document.getElementById("visite-annonce").textContent; if (dit) window.dits.push(dit);
            }).observe(document.getElementById("visite-annonce"), { childList: true }); }"""
        )
        ecran.suivre(SUIVANT)
        ecran.voir_eclaire("Suivant")
        ouverte.page.wait_for_function("() => window.dits.some((dit) => dit.includes('Suivant'))")
        dits = " ".join(ouverte.page.evaluate("window.dits"))
        assert "ne le montre pas encore" not in dits, dits
        assert "s’activera" not in dits, dits
