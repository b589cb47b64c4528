"""What the guide's walk costs the server: somebody types it, key by key, in a browser that already knows the site.

The processor time of the whole walk, in bare answers. Who types slower than the page waits for a pause is answered as
often as she pauses; here that is when she leaves a field.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, sync_playwright

from steps.donnees.preparateur import Preparateur
from steps.navigateur.lancement import options_de_contexte, options_de_lancement
from steps.navigateur.pilote import Main
from tests.bench import script_nu
from tests.bench.charge import tirer
from tests.bench.ecrans import Ecran
from tests.bench.horloges import processeur
from tests.bench.mesure import Mediane, tenu
from tests.bench.serveurs import Cablage, Servi

PLAFOND = 700
"""3 900 when the counters were asked for at each key: the target then was to save a third of it."""
CADENCE = 200
"""Milliseconds between two keys: somebody at ease with a keyboard."""
DUREE_NUE = 0.4


@dataclass(frozen=True)
class Parcours:
    """The seconds of processor of each walk, and of a bare answer measured just after it."""

    parcours: tuple[float, ...]
    nues: tuple[float, ...]

    @property
    def multiple(self) -> Mediane:
        """The walk in bare answers: the figure that the target is about."""
        return Mediane.de([un / nue for un, nue in zip(self.parcours, self.nues, strict=True)])

    @property
    def tenu(self) -> bool:
        """Whether the target is met."""
        return tenu(self.multiple.valeur, PLAFOND)


def mesurer(cablage: Cablage, nue: Ecran, servie: Servi, passages: int) -> Parcours:
    """Walk that many times, after a first that fills the browser's cache and the server's."""
    porte = Preparateur(cablage.adresse, cablage.jeton)
    couts, nues = [], []
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(**options_de_lancement({}, "chromium"))
        _parcourir(navigateur, cablage, porte, Locator.fill)
        for _ in range(passages):
            couts.append(_parcourir(navigateur, cablage, porte, _taper))
            tranche = tirer(nue.requete, DUREE_NUE, servie.processus).tranche
            nues.append(tranche.serveur / tranche.reponses)
        navigateur.close()
    return Parcours(tuple(couts), tuple(nues))


def _taper(champ: Locator, texte: str) -> None:
    champ.clear()
    champ.press_sequentially(texte, delay=CADENCE)


def _parcourir(navigateur: Browser, cablage: Cablage, porte: Preparateur, saisir: script_nu.Saisir) -> float:
    """Walk once, from the catalogue to a « validée » formation; give what the server spent."""
    organisme = porte.creer_organisme()
    contexte = navigateur.new_context(**options_de_contexte(Main(), cablage.adresse))
    cookie = porte.ouvrir_session(organisme.personnes[0])
    contexte.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": cablage.adresse}])
    page = contexte.new_page()
    # Its files come once and are kept.
    page.goto("/catalogue")
    page.goto("/formations/nouvelle/fiche?type=clea&certification=RS2203")
    page.goto("/catalogue")
    avant = processeur(cablage.servi.processus)
    script_nu.creer(page, saisir)
    script_nu.valider(page)
    cout = processeur(cablage.servi.processus) - avant
    contexte.close()
    porte.supprimer_organisme(organisme)
    return cout
