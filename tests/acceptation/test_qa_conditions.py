"""What surrounds the person: a network cut or slow, chance that can be played again, a browser that dies."""

import threading
import time
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from steps.ecrans.page import EcranPage
from steps.navigateur.conditions import LIEN_LENT, Conditions, Lien
from steps.navigateur.delais import Delais
from steps.navigateur.enregistreur import Enregistreur
from steps.navigateur.lancement import Lanceur, avec_fenetre, options_de_lancement
from steps.navigateur.lent import GestesMontres, ecran_present
from steps.navigateur.pannes import Pannes
from steps.navigateur.pilote import Geste, Main, Pilote
from steps.navigateur.scene import Scene
from steps.navigateur.surveillance import Surveillance
from tests.acceptation.site import Reponse, ouvrir, page, script

CHERCHER = """
const dire = () => { document.querySelector("p").textContent = "reçu"; };
document.querySelector("button").addEventListener("click", () => { fetch("/a").then(dire, () => {}); });
"""
SITE = {
    "/": page("<p>rien</p><button>Chercher</button>", scripts=("/a.js",)),
    "/a.js": script(CHERCHER),
    "/a": Reponse("a"),
}


@pytest.fixture
def entourer(navigateur):
    """Open a scene in conditions."""
    scenes = []

    def ouvrir_la_scene(adresse, temoins=(), **conditions) -> Scene:
        scene = Scene(
            navigateur, adresse, Main(), Enregistreur("essai", "essai.feature", 1), Surveillance(), None,
            trace=False, entourer=lambda contexte: Conditions(contexte, **conditions), temoins=temoins,
        )  # fmt: skip
        scenes.append(scene)
        return scene

    yield ouvrir_la_scene
    for scene in scenes:
        scene.fermer()


def duree(pilote):
    debut = time.monotonic()
    pilote.ouvrir("/")
    pilote.attendre_le_calme()
    return time.monotonic() - debut


def test_a_slow_link_makes_every_answer_wait(entourer):
    with ouvrir(SITE) as site:
        assert duree(entourer(site.adresse).pilote) < LIEN_LENT.latence / 1000
        # The page, then its script.
        assert duree(entourer(site.adresse, lien=LIEN_LENT).pilote) > 2 * LIEN_LENT.latence / 1000


def test_a_slow_link_carries_little(entourer):
    lourde = {"/": page("<p>" + "x" * 20_000 + "</p>")}
    with ouvrir(lourde) as site:
        assert duree(entourer(site.adresse, lien=Lien(debit=20_000)).pilote) > 0.7


def test_another_tab_is_as_slow(entourer):
    with ouvrir(SITE) as site:
        pilote = entourer(site.adresse, lien=LIEN_LENT).pilote
        pilote.ouvrir_un_onglet()
        assert duree(pilote) > 2 * LIEN_LENT.latence / 1000


def test_the_network_is_cut_and_brought_back_as_slow_as_it_was(entourer):
    with ouvrir(SITE) as site:
        scene = entourer(site.adresse, lien=LIEN_LENT)
        ecran = EcranPage(scene.pilote)
        ecran.pilote.ouvrir("/")
        avant = site.nombre("/a")
        scene.conditions().couper()
        ecran.cliquer("Chercher")
        ecran.pilote.page.wait_for_timeout(100)
        assert site.nombre("/a") == avant
        scene.conditions().retablir()
        debut = time.monotonic()
        ecran.cliquer("Chercher")
        ecran.lire("reçu")
        assert time.monotonic() - debut > LIEN_LENT.latence / 1000


class Page:
    """A page that notes what is asked of it."""

    def __init__(self):
        self.demandes = []
        self.context = self

    def new_cdp_session(self, _page):
        return self

    def send(self, methode, parametres=None):
        self.demandes.append((methode, parametres))

    def is_closed(self):
        return False

    def wait_for_timeout(self, duree):
        self.demandes.append(("pause", duree))


def gestes(graine, nombre=4):
    fausse: Any = Page()  # In place of Playwright's, and of its context.
    conditions = Conditions(fausse, hasard=Random(graine))  # noqa: S311 - to be played again
    for _ in range(nombre):
        conditions.appliquer(fausse)
    return fausse.demandes


def test_the_same_seed_draws_the_same_misfortunes():
    assert gestes("7 a") == gestes("7 a") != gestes("8 a")
    poses = [demande for demande in gestes("7 a") if demande[0] == "Network.emulateNetworkConditions"]
    assert len({pose[1]["latency"] for pose in poses}) == 4
    assert [demande[0] for demande in gestes("7 a")].count("Emulation.setCPUThrottlingRate") == 1


def test_chance_never_brings_back_a_network_that_was_cut():
    fausse: Any = Page()
    fausse.set_offline = lambda coupe: fausse.demandes.append(("coupé", coupe))
    conditions = Conditions(fausse, hasard=Random("7"))  # noqa: S311 - to be played again
    conditions.couper()
    conditions.appliquer(fausse)
    assert [demande[0] for demande in fausse.demandes] == ["coupé", "pause"]


def test_time_outs_are_only_ever_stretched():
    delais = Delais()
    delais.etirer(4)
    delais.etirer(2)
    assert delais.ms(100) == 400


def test_who_watches_sees_each_element_before_it_is_touched(entourer, monkeypatch):
    vus = []

    class Regard(GestesMontres):
        def avant_un_geste(self, geste: Geste) -> None:
            repere = geste.page.locator("#fv-repere")
            monkeypatch.setattr(geste.page, "wait_for_timeout", lambda _duree: vus.append(repere.all_inner_texts()))
            super().avant_un_geste(geste)

    with ouvrir(SITE) as site:
        ecran = EcranPage(entourer(site.adresse, temoins=[Regard(1)]).pilote)
        ecran.pilote.ouvrir("/")
        ecran.cliquer("Chercher")
        ecran.lire("reçu")
        assert vus == [[], ["2"]]
        assert ecran.page.locator("#fv-repere").count() == 0


def test_a_screen_is_what_the_environment_says():
    assert not ecran_present({})
    assert not ecran_present({"DISPLAY": ""})
    assert ecran_present({"DISPLAY": ":0"})
    assert ecran_present({"WAYLAND_DISPLAY": "wayland-0"})


def test_a_browser_that_died_is_started_again(browser_type, browser_type_launch_args):
    lanceur = Lanceur(browser_type, browser_type_launch_args)
    premier = lanceur.vivant()
    assert lanceur.vivant() is premier
    premier.close()
    second = lanceur.vivant()
    assert second.is_connected()
    assert lanceur.departs == 2
    lanceur.fermer()
    assert not second.is_connected()
    lanceur.fermer()


def test_a_scenario_starts_one_process_of_pages_and_shares_it_with_no_other(lanceur, entourer, notre_serveur):
    def processus():
        canal = lanceur.vivant().new_browser_cdp_session()
        lus = canal.send("SystemInfo.getProcessInfo")["processInfo"]
        canal.detach()
        return {lu["id"] for lu in lus if lu["type"] == "renderer"}

    pris = processus()
    for _ in range(2):
        scene = entourer(notre_serveur.adresse)
        [du_depart] = processus() - pris
        scene.pilote.ouvrir("/connexion")
        scene.pilote.attendre_le_calme()
        assert processus() - pris == {du_depart}
        pris.add(du_depart)


def test_a_window_asks_for_the_whole_browser(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CHROMIUM", "/usr/bin/chromium-headless-shell")
    assert avec_fenetre() is None
    assert options_de_lancement({}, "chromium")["executable_path"] == "/usr/bin/chromium-headless-shell"
    entier = tmp_path / "chromium"
    entier.write_text("#!/bin/sh\n", "utf-8")
    entier.chmod(0o755)
    assert avec_fenetre() == str(entier)
    assert options_de_lancement({"headless": False}, "chromium")["executable_path"] == str(entier)
    monkeypatch.setenv("CHROMIUM", "/opt/mon-chromium")
    assert avec_fenetre() == "/opt/mon-chromium"


def test_an_answer_held_back_when_a_scenario_ends_does_not_fail_the_next(entourer):
    def lente() -> Reponse:
        liberer.wait(5)
        return Reponse("a")

    liberer = threading.Event()
    with ouvrir(SITE | {"/a": lente}) as site:
        scene = entourer(site.adresse)
        scene.pilote.ouvrir("/")
        Pannes(scene.pilote.page.context, scene.conditions()).commencer("réponse perdue après l'enregistrement")
        scene.pilote.page.get_by_role("button").click()
        scene.pilote.page.wait_for_timeout(100)
        scene.fermer()
        liberer.set()
        suivante = entourer(site.adresse)
        suivante.pilote.ouvrir("/")
        suivante.pilote.page.wait_for_timeout(200)


@pytest.mark.parametrize(
    ("moteur", "sorte", "gestes"),
    [("firefox", "email", [""]), ("firefox", "text", []), ("chromium", "email", [])],
)
def test_firefox_is_not_left_to_write_after_an_address(moteur, sorte, gestes):
    faits: list[str] = []
    page_d_un_moteur: Any = SimpleNamespace(context=SimpleNamespace(browser=SimpleNamespace(
        browser_type=SimpleNamespace(name=moteur)
    )))  # fmt: skip
    champ: Any = SimpleNamespace(get_attribute=lambda _nom: sorte, fill=faits.append)
    Pilote(page_d_un_moteur, Enregistreur("essai", "essai.feature", 1), Main())._effacer(champ)
    assert faits == gestes
