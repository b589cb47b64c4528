"""The guide's walk while the network fails now and then: nothing is lost, nothing is told as done that is not."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from random import Random

from playwright.sync_api import Browser, Locator, Route
from playwright.sync_api import Error as ErreurDuNavigateur

from steps.donnees.preparateur import TEXTES_COMPLETS, Preparateur
from steps.donnees.serveur import Serveur
from tests.acceptation.la_page import Visite, visite
from tests.promesses.epreuve import Constat
from tests.promesses.pannes import interrompre, perdre, relayer

PARCOURS = "parcours de la fiche"
PART = 0.3
"""The share of what the page asks that fails."""
PATIENCE = 40
"""How often a person tries again before she gives up: with three in ten failing, one in 10²⁰ needs more."""
ATTENTE, PAUSE = 10_000, 50
"""Milliseconds in which it is done or told, longer than the page itself waits; between two looks."""
TEXTES: Mapping[str, str] = {"identifiant": "Clea_Agite", **TEXTES_COMPLETS}


def parcourir(navigateur: Browser, serveur: Serveur, porte: Preparateur, graine: int) -> tuple[Constat, Counter[str]]:
    """Walk to a « validée » formation; gives what was wrong, and how many requests went through or failed."""
    constat, demandes = Constat(PARCOURS, f"graine {graine}"), Counter[str]()
    with visite(navigateur, serveur, porte) as ouverte:
        hasard = Random(graine)  # noqa: S311 - a draw that can be played again

        def agiter(route: Route) -> None:
            if route.request.resource_type not in {"xhr", "fetch"}:
                route.continue_()
                return
            en_panne = hasard.random() < PART
            demandes["en panne" if en_panne else "passées"] += 1
            if en_panne:
                hasard.choice((interrompre, perdre, relayer))(route)
            else:
                route.continue_()

        ouverte.page.route("**/*", agiter)
        try:
            _parcourir(ouverte, constat)
        except (ErreurDuNavigateur, AssertionError) as erreur:
            constat.defauts.append(str(erreur).strip().splitlines()[0])
        ouverte.page.unroute("**/*")
    return constat, demandes


def _parcourir(ouverte: Visite, constat: Constat) -> None:
    page = ouverte.page
    page.goto("/formations/nouvelle")
    type_, liste = page.get_by_label("Cléa", exact=True), page.locator("#liste-certifications")
    _insister(ouverte, type_.check, liste.is_visible)
    suivant = page.locator("#suivant[aria-disabled='false']")
    _insister(ouverte, liste.get_by_role("radio").first.check, suivant.is_visible)
    suivant.click()
    page.wait_for_url("**/fiche**")
    for nom, texte in TEXTES.items():
        champ = ouverte.champ(nom)
        if champ.evaluate("(champ) => champ.matches('select')"):
            champ.select_option(texte)
        else:
            champ.fill(texte)
    dit = page.locator("#verification", has_text="disponible")
    _insister(ouverte, ouverte.bouton("Vérifier").click, dit.is_visible)
    _gardes(ouverte, constat)
    _insister(ouverte, ouverte.bouton("Enregistrer les modifications").click, lambda: _range(ouverte) is not None)
    formation = ouverte.porte.formation(ouverte.organisme, TEXTES["identifiant"])
    constat.exiger(formation["statut"] == "brouillon", "le brouillon n’en est pas un")
    page.goto(f"/formations/{formation['id']}")
    _gardes(ouverte, constat)
    _insister(ouverte, ouverte.bouton("Valider").click, lambda: (_range(ouverte) or {}).get("statut") == "validee")
    rangee = ouverte.porte.formation(ouverte.organisme, TEXTES["identifiant"])
    constat.exiger(all(rangee[nom] == texte for nom, texte in TEXTES.items()), "un texte enregistré n’est pas le sien")
    constat.exiger(len(ouverte.porte.formations(ouverte.organisme)) == 1, "la formation est enregistrée deux fois")
    constat.exiger(rangee["version"] == len(("enregistrée", "validée")), "un enregistrement a compté deux fois")


def _range(ouverte: Visite) -> Mapping[str, object] | None:
    return next(iter(ouverte.porte.formations(ouverte.organisme)), None)


def _gardes(ouverte: Visite, constat: Constat) -> None:
    """What was typed is still there, to the letter."""
    for nom, texte in TEXTES.items():
        constat.exiger(ouverte.champ(nom).input_value() == texte, f"le texte de {nom} a changé")


def _insister(ouverte: Visite, agir: Callable[[], object], fait: Callable[[], bool]) -> None:
    """Do, and do again what the page offers to, until it is done."""
    agir()
    encore: Locator = ouverte.page.get_by_role("alert").get_by_role("button", name="Réessayer")
    for _ in range(PATIENCE):
        for _ in range(ATTENTE // PAUSE):
            if fait():
                return
            if encore.is_visible():
                break
            ouverte.page.wait_for_timeout(PAUSE)
        else:
            raise AssertionError(f"ni fait, ni dit : {agir}")
        # It goes away by itself when another request brings what this one was to bring.
        with suppress(ErreurDuNavigateur):
            encore.click(timeout=PAUSE * 10)
    raise AssertionError("jamais fait")
