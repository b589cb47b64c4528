"""The Pilote never acts too early, and says so when a page never comes to rest."""

import threading

import pytest
from playwright.sync_api import expect

from steps.ecrans.page import EcranPage
from steps.navigateur import pilote as module
from steps.navigateur.ecart import Ecart
from steps.navigateur.pilote import Main
from tests.acceptation.site import Reponse, ouvrir, page, script

# htmx inserts the new form, waits, and only then binds it: a click in between goes to the native form.
POSE_LENTE = page(
    '<div id="zone"><button hx-get="/formulaire" hx-target="#zone" hx-swap="innerHTML settle:400ms">Afficher</button>'
    "</div>",
    scripts=("/htmx.js",),
)
FORMULAIRE = Reponse(
    '<form action="/natif"><button hx-get="/par-htmx" hx-target="#zone" hx-swap="innerHTML">Envoyer</button></form>'
)
SITE_A_POSE_LENTE = {
    "/": POSE_LENTE,
    "/formulaire": FORMULAIRE,
    "/natif": page("<p>perdu</p>"),
    "/par-htmx": Reponse("<p>reçu</p>"),
}


def test_a_click_during_settling_is_not_lost(scener):
    with ouvrir(SITE_A_POSE_LENTE) as site:
        ecran = EcranPage(scener(site.adresse).pilote)
        ecran.pilote.ouvrir("/")
        ecran.cliquer("Afficher")
        ecran.cliquer("Envoyer")
        expect(ecran.page.get_by_text("reçu")).to_be_visible()
        assert site.nombre("/natif") == 0


def test_without_the_pilote_that_click_is_lost(scener):
    with ouvrir(SITE_A_POSE_LENTE) as site:
        nue = scener(site.adresse).pilote.page
        nue.goto("/")
        nue.get_by_role("button", name="Afficher").click()
        nue.get_by_role("button", name="Envoyer").click()
        expect(nue.get_by_text("perdu")).to_be_visible()


def test_a_gesture_waits_for_the_request_under_way(scener):
    liberer = threading.Event()

    def lente() -> Reponse:
        liberer.wait(5)
        return Reponse("")

    lancer = "document.querySelector('button').addEventListener('click', () => fetch('/lente'))"
    lie = page("<button>Lancer</button>", scripts=("/a.js",))
    with ouvrir({"/": lie, "/a.js": script(lancer), "/lente": lente}) as site:
        ecran = EcranPage(scener(site.adresse).pilote)
        ecran.pilote.ouvrir("/")
        ecran.cliquer("Lancer")
        assert not ecran.pilote.est_calme()
        liberer.set()
        ecran.pilote.attendre_le_calme()
        assert ecran.pilote.est_calme()


def test_a_gesture_waits_for_the_next_page(scener):
    partir = "document.querySelector('button').addEventListener('click', () => { location.href = '/suite' })"
    pages = {
        "/": page("<button>Partir</button>", scripts=("/a.js",)),
        "/a.js": script(partir),
        "/suite": page("<button>Partir</button><p>arrivé</p>", scripts=("/htmx.js",)),
    }
    with ouvrir(pages) as site:
        ecran = EcranPage(scener(site.adresse).pilote)
        ecran.pilote.ouvrir("/")
        ecran.cliquer("Partir")
        ecran.pilote.attendre_le_calme()
        assert ecran.page.url.endswith("/suite")


# What is typed is judged a moment later, by whoever answers: the button stays as it was until then.
JUGE_PLUS_TARD = """
const juger = () => fetch('/juge').then(() => { document.querySelector('button').disabled = false; });
let minuterie;
document.querySelector('input').addEventListener('input', () => {
  clearTimeout(minuterie);
  minuterie = setTimeout(juger, 300);
});
"""
SAISIE_JUGEE = {
    "/": page("<label>Texte <input></label><button disabled>Valider</button>", scripts=("/a.js",)),
    "/a.js": script(JUGE_PLUS_TARD),
    "/juge": Reponse(""),
}


def test_a_look_waits_for_what_is_put_off_until_after_the_typing(scener):
    with ouvrir(SAISIE_JUGEE) as site:
        ecran = EcranPage(scener(site.adresse).pilote)
        ecran.pilote.ouvrir("/")
        ecran.pilote.saisir(ecran.champ("Texte"), "ab", "Texte")
        # A gesture does not wait for it, as a person does not.
        assert ecran.pilote.est_calme()
        with pytest.raises(AssertionError):
            ecran.voir_bouton_inactif("Valider")
        assert site.nombre("/juge") == 1


def test_a_look_is_taken_at_a_page_in_which_something_comes_again_and_again(scener, monkeypatch):
    monkeypatch.setattr(module, "DUREE_D_UNE_ATTENTE", 300)
    sans_fin = "const encore = () => setTimeout(encore, 200); encore();"
    lie = page("<button disabled>Valider</button>", scripts=("/a.js",))
    with ouvrir({"/": lie, "/a.js": script(sans_fin)}) as site:
        ecran = EcranPage(scener(site.adresse).pilote)
        ecran.pilote.ouvrir("/")
        ecran.voir_bouton_inactif("Valider")


def test_a_page_that_never_rests_is_said_in_french(scener, monkeypatch):
    monkeypatch.setattr(module, "DELAI_DE_CALME", 300)
    pages = {"/": page('<p class="htmx-request">sans fin</p><button>Continuer</button>')}
    with ouvrir(pages) as site:
        ecran = EcranPage(scener(site.adresse).pilote)
        ecran.pilote.ouvrir("/")
        with pytest.raises(AssertionError, match=r"La page ne se calme pas.*mouvements.: 1"):
            ecran.cliquer("Continuer")


def test_the_policy_of_the_page_does_not_blind_the_pilote(scener):
    with ouvrir({"/": page("<button>Rien</button>")}) as site:
        scene = scener(site.adresse)
        scene.pilote.ouvrir("/")
        assert scene.pilote.est_calme()
        scene.surveillance.juger()


def test_the_keyboard_reaches_what_tab_reaches(scener):
    corps = '<a href="/">Un</a> <input aria-label="Deux"> <button>Trois</button>'
    with ouvrir({"/": page(corps)}) as site:
        ecran = EcranPage(scener(site.adresse, main=Main(clavier=True)).pilote)
        ecran.pilote.ouvrir("/")
        ecran.saisir("au clavier", "Deux")
        expect(ecran.champ("Deux")).to_have_value("au clavier")
        ecran.cliquer("Un")
        expect(ecran.champ("Deux")).to_have_value("")


def test_the_keyboard_does_not_reach_what_only_a_mouse_does(scener, monkeypatch):
    monkeypatch.setattr(module, "TABULATIONS", 6)
    with ouvrir({"/": page('<div role="button">Souris</div><button>Clavier</button>')}) as site:
        ecran = EcranPage(scener(site.adresse, main=Main(clavier=True)).pilote)
        ecran.pilote.ouvrir("/")
        with pytest.raises(AssertionError, match="ne se rejoint pas"):
            ecran.cliquer("Souris")


def test_an_inactive_button_is_not_clicked(scener, monkeypatch):
    with ouvrir({"/": page('<button aria-disabled="true">Valider</button>')}) as site:
        scene = scener(site.adresse)
        scene.pilote.page.set_default_timeout(300)
        scene.pilote.ouvrir("/")
        with pytest.raises(Ecart, match="inactif"):
            EcranPage(scene.pilote).cliquer("Valider")


def test_two_things_of_one_name_are_not_chosen_between(scener):
    with ouvrir({"/": page("<button>Valider</button><button>Valider</button>")}) as site:
        scene = scener(site.adresse)
        scene.pilote.ouvrir("/")
        with pytest.raises(Ecart, match="2 éléments au lieu d’un seul"):
            EcranPage(scene.pilote).cliquer("Valider")
