"""What a first visit weighs on the wire: the whole Cléa path in a browser that has never come, everything counted.

Bytes are those that the browser says it received, headers included, as they travelled: compressed. What it finds again
in its cache weighs nothing, as for a visitor. A headless browser does not ask for the icon of the site; a window does,
so the icon is added.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Locator, Page, expect, sync_playwright

from steps.donnees.preparateur import Personne, Preparateur
from steps.navigateur.lancement import options_de_contexte, options_de_lancement
from steps.navigateur.pilote import Main
from tests.bench import script_nu
from tests.bench.mesure import tenu
from tests.bench.requetes import echanger, lire
from tests.bench.serveurs import Cablage

PLAFOND = 76_000
MOT_DE_PASSE = "phrase assez longue pour servir"

_VARIABLES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_EMPREINTE = re.compile(r"/static/[0-9a-f]+/")


@dataclass(frozen=True)
class Ressource:
    """What was received from one address, all its answers together."""

    adresse: str
    reponses: int
    octets: int


@dataclass(frozen=True)
class Visite:
    """All that was received."""

    ressources: tuple[Ressource, ...]

    @property
    def octets(self) -> int:
        """The weight of the visit: the figure that the target is about."""
        return sum(ressource.octets for ressource in self.ressources)

    @property
    def tenu(self) -> bool:
        """Whether the target is met."""
        return tenu(self.octets, PLAFOND)


class Pesee:
    """Adds up what the browser's debugging channel tells of each answer."""

    def __init__(self) -> None:
        self._adresses: dict[str, str] = {}
        self._recus: dict[str, list[int]] = defaultdict(list)

    def ecouter(self, canal: CDPSession) -> None:
        """Begin to weigh what a page receives."""
        canal.on("Network.requestWillBeSent", self.demander)
        canal.on("Network.loadingFinished", self.recevoir)
        canal.send("Network.enable")

    def demander(self, evenement: Mapping[str, Any]) -> None:
        """Note what is asked for; an answer that sent elsewhere is told here."""
        numero = evenement["requestId"]
        if "redirectResponse" in evenement:
            self._ajouter(self._adresses[numero], evenement["redirectResponse"]["encodedDataLength"])
        self._adresses[numero] = f"{evenement['request']['method']} {raccourcir(evenement['request']['url'])}"

    def recevoir(self, evenement: Mapping[str, Any]) -> None:
        """Note what an answer weighed."""
        self._ajouter(self._adresses[evenement["requestId"]], evenement["encodedDataLength"])

    def ajouter(self, adresse: str, octets: int) -> None:
        """Add what the browser did not ask for."""
        self._ajouter(f"GET {raccourcir(adresse)}", octets)

    def connait(self, adresse: str) -> bool:
        """Say whether something was received from an address."""
        return f"GET {raccourcir(adresse)}" in self._recus

    def visite(self) -> Visite:
        """Give the sum, the heaviest first."""
        ressources = [Ressource(adresse, len(tailles), sum(tailles)) for adresse, tailles in self._recus.items()]
        return Visite(tuple(sorted(ressources, key=lambda ressource: -ressource.octets)))

    def _ajouter(self, adresse: str, octets: float) -> None:
        if octets:
            self._recus[adresse].append(round(octets))


def raccourcir(adresse: str) -> str:
    """Give the path of an address, what changes from one visit to the next put aside."""
    return _EMPREINTE.sub("/static/", _VARIABLES.sub("…", urlsplit(adresse).path))


def peser(cablage: Cablage) -> Visite:
    """Make the visit: sign in by the screen, follow the guide to a draft, validate it; each field filled in one go."""
    porte = Preparateur(cablage.adresse, cablage.jeton)
    compte = {"role": "gestionnaire_catalogue", "nom": "Camille Essai", "mot_de_passe": MOT_DE_PASSE}
    organisme = porte.creer_organisme(personnes=(compte,))
    pesee = Pesee()
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(**options_de_lancement({}, "chromium"))
        page = navigateur.new_context(**options_de_contexte(Main(), cablage.adresse)).new_page()
        pesee.ecouter(page.context.new_cdp_session(page))
        page.goto("/connexion")
        icones = [lien.get_attribute("href") or "" for lien in page.locator("link[rel~=icon]").all()]
        se_connecter(page, organisme.personnes[0])
        script_nu.creer(page, remplir_posement)
        script_nu.valider(page)
        navigateur.close()
    for icone in icones:
        if not pesee.connait(icone):
            pesee.ajouter(icone, _taille(cablage.servi.port, icone))
    return pesee.visite()


def se_connecter(page: Page, personne: Personne) -> None:
    """Sign in by the screen, as a visitor does."""
    page.get_by_role("textbox", name="Adresse électronique", exact=True).fill(personne.courriel)
    page.get_by_label("Mot de passe", exact=True).fill(personne.mot_de_passe)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Catalogue", exact=True)).to_be_visible()


def remplir_posement(champ: Locator, texte: str) -> None:
    """Fill a field and look at what the page says of it, which a script in a hurry does not wait for."""
    with champ.page.expect_response(lambda reponse: reponse.url.endswith("/saisie")):
        champ.fill(texte)


def _taille(port: int, chemin: str) -> int:
    """Give the bytes of an answer, headers included."""
    reponse = echanger(port, lire(port, chemin))
    entetes = sum(len(f"{nom}: {valeur}\r\n") for nom, valeur in reponse.entetes.items())
    return len("HTTP/1.1 200 OK\r\n") + entetes + len("\r\n") + len(reponse.corps)
