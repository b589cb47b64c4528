"""One gesture under one fault: what the page says, what is left of what was typed, what is stored, what comes next."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Route
from playwright.sync_api import Error as ErreurDuNavigateur

from steps.donnees.preparateur import Preparateur
from steps.donnees.serveur import Serveur
from tests.acceptation.la_page import Visite, visite
from tests.promesses.gestes import Geste
from tests.promesses.pannes import Panne

DELAI = 1.0
"""Seconds within which a person reads that it failed."""
MOT_DE_PASSE = "une phrase assez longue"
PATIENCE = 5
"""Seconds after which what does not come never will."""

# What is typed and where the focus is, now and at the moment when a request leaves.
_RETENIR = """() => {
    const regarder = () => ({
        texte: JSON.stringify(
            [...document.querySelectorAll("main input:not([type=hidden]), main textarea, main select")]
                .map(({ id, type, checked, value }) => [id, /radio|checkbox/.test(type) ? checked : value])
        ),
        foyer: document.activeElement.id || document.activeElement.textContent.trim(),
    });
    window.retenu = null;
    document.addEventListener("htmx:beforeRequest", () => { window.retenu = regarder(); }, true);
    window.regarder = regarder;
}"""
# Nothing is announced as done that is not.
_FAUSSES_NOUVELLES = re.compile(r"enregistrée|validée\.|disponible\b(?!.*redeviendra)|archivée\.|supprimée|restaurée")


@dataclass
class Constat:
    """What a gesture under a fault gave. `defauts`, in sentences; `delai`: seconds until it was told."""

    geste: str
    panne: str
    defauts: list[str] = field(default_factory=list)
    delai: float = 0.0

    def exiger(self, vrai: object, defaut: str) -> None:
        """Note what is wrong, unless it is right."""
        if not vrai:
            self.defauts.append(defaut)


def eprouver(
    navigateur: Browser, serveur: Serveur, porte: Preparateur, geste: Geste, panne: Panne, delai: float = DELAI
) -> Constat:
    """Try a gesture under a fault, in a browser context and an organisation of their own."""
    constat = Constat(geste.nom, panne.nom)
    with visite(navigateur, serveur, porte, MOT_DE_PASSE if panne.reconnexion else "") as ouverte:
        ouverte.page.set_default_timeout(1000 * PATIENCE)
        try:
            _eprouver(ouverte, geste, panne, constat, delai)
        except (ErreurDuNavigateur, AssertionError) as erreur:
            constat.defauts.append(str(erreur).strip().splitlines()[0])
        # The fault may have cut an answer short: the page itself must not have fallen over it.
        constat.defauts += [f"erreur de la page : {souci}" for souci in ouverte.soucis]
        ouverte.soucis.clear()
    return constat


def _eprouver(ouverte: Visite, geste: Geste, panne: Panne, constat: Constat, delai: float) -> None:
    geste.ouvrir(ouverte)
    avant = _rangees(ouverte)
    with _pendant(ouverte, geste, panne) as instants:
        ouverte.page.evaluate(_RETENIR)
        depart = time.monotonic()
        geste.agir(ouverte)
        message = _dit(ouverte, panne)
        annonce = panne.annonce + (geste.pause if panne.reconnexion else 0.0)
        message.wait_for(timeout=1000 * (annonce + PATIENCE))
        constat.delai = time.monotonic() - (instants[0] if instants else depart) - annonce
        constat.exiger(constat.delai <= delai, f"dit après {constat.delai:.1f} s")
        parti, reste = ouverte.page.evaluate("() => [window.retenu, window.regarder()]")
        constat.exiger(reste["texte"] == parti["texte"], "le texte saisi a changé")
        # Signed in again over the page, or the list renewed: the focus goes where the work goes on.
        ailleurs = panne.reconnexion or panne.d_une_existante
        constat.exiger(ailleurs or reste["foyer"] == parti["foyer"], "le focus a bougé")
        for texte in ouverte.page.get_by_role("status").all_inner_texts():
            constat.exiger(not _FAUSSES_NOUVELLES.search(texte), f"fausse nouvelle : {texte}")
        apres = _rangees(ouverte)
        fait = panne.applique and geste.ecrit
        constat.exiger(_ecart(avant, apres) == int(fait), "ce qui est enregistré n’est pas ce que dit la panne")
    if panne.reconnexion:
        message.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
        message.get_by_role("button", name="Se connecter").click()
    elif panne.reessayable:
        message.get_by_role("button", name="Réessayer").click()
    else:
        if (suivi := ouverte.page.locator("#suivi")).count():
            # It was there all along: what follows the typing finds it again, and « Valider » with it.
            with ouverte.page.expect_response("**/saisie"):
                suivi.dispatch_event("relancer")
        geste.agir(ouverte)
    geste.fait(ouverte)
    if geste.ecrit:
        # What is done twice takes twice as long.
        ouverte.page.wait_for_load_state("networkidle")
    constat.exiger(_ecart(avant, _rangees(ouverte)) == int(geste.ecrit), "refait, ou pas fait, après la panne")


def _dit(ouverte: Visite, panne: Panne) -> Locator:
    if panne.reconnexion:
        return ouverte.page.get_by_role("dialog", name="Se reconnecter")
    # What a form says of a formation that is there no more stands above it, with what can be done.
    return ouverte.page.get_by_role("alert").locator(".message, h2#refus-titre").first


@contextmanager
def _pendant(ouverte: Visite, geste: Geste, panne: Panne) -> Iterator[list[float]]:
    """Let the fault last; gives when the requests of the gesture met it."""
    instants: list[float] = []
    if panne.survenir is not None:
        panne.survenir(ouverte)
    if panne.hors_ligne:
        ouverte.contexte.set_offline(True)
    if panne.traiter is not None:
        traiter = panne.traiter

        def rencontrer(route: Route) -> None:
            instants.append(time.monotonic())
            traiter(route)

        ouverte.page.route(geste.chemin, rencontrer)
    yield instants
    if panne.traiter is not None:
        ouverte.page.unroute(geste.chemin)
    if panne.hors_ligne:
        ouverte.contexte.set_offline(False)


def _rangees(ouverte: Visite) -> dict[str, int]:
    return {formation["id"]: formation["version"] for formation in ouverte.porte.formations(ouverte.organisme)}


def _ecart(avant: dict[str, int], apres: dict[str, int]) -> int:
    """Count the steps between two states of the catalogue: a version more, a formation more, a formation less."""
    return sum(abs(apres.get(id_, 0) - avant.get(id_, 0)) if id_ in avant and id_ in apres else 1
               for id_ in avant.keys() | apres.keys() if avant.get(id_) != apres.get(id_))  # fmt: skip
