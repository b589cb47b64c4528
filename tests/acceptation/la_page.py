"""A form of the product open in a browser, for the tests of what its scripts do; nothing of a scenario around it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

from steps.donnees.preparateur import TEXTES_COMPLETS, Organisme, Preparateur

NOUVELLE = "/formations/nouvelle/fiche?type=clea&certification=RS2203"
COMPLETE = {
    "identifiant": "Clea_1", "intitule": "Cléa", "type_formation": "clea", "certification": "RS2203", **TEXTES_COMPLETS,
}  # fmt: skip


@dataclass(frozen=True)
class Visite:
    """Somebody signed in, in a browser context of her own; `soucis`: what the browser complained of."""

    contexte: BrowserContext
    page: Page
    porte: Preparateur
    organisme: Organisme
    soucis: list[str]
    adresse: str

    def devenir(self, rang: int) -> None:
        """From now on the session is that of another person of the organisation, by her rank."""
        temoin = self.porte.ouvrir_session(self.organisme.personnes[rang])
        self.contexte.add_cookies([{"name": temoin["name"], "value": temoin["value"], "url": self.adresse}])

    def bouton(self, nom: str) -> Locator:
        """A button by its exact name."""
        return self.page.get_by_role("button", name=nom, exact=True)

    def champ(self, nom: str) -> Locator:
        """A field of the form by its name in what is sent."""
        return self.page.locator(f"#{nom}")

    def retenir(self, motif: str) -> list[Route]:
        """Keep the requests to such addresses without an answer, and give them as they come."""
        retenues: list[Route] = []
        self.page.route(motif, lambda demande: retenues.append(demande))  # noqa: PLW0108 - Playwright marks a function
        return retenues


@contextmanager
def visite(
    navigateur: Browser, serveur: object, porte: Preparateur, mot_de_passe: str = "", **options: object
) -> Iterator[Visite]:
    """Open a browser context where a gestionnaire is signed in, on no page yet; it is closed in the end.

    With a password, she and her colleague can sign in by the screen.
    """
    adresse = serveur.adresse  # type: ignore[attr-defined]  # the suite's own server
    personne = {"role": "gestionnaire_catalogue", **({"mot_de_passe": mot_de_passe} if mot_de_passe else {})}
    organisme = porte.creer_organisme(personnes=(personne, personne))
    contexte = navigateur.new_context(**{"base_url": adresse, "reduced_motion": "reduce", "locale": "fr-FR", **options})
    soucis: list[str] = []
    contexte.on("weberror", lambda erreur: soucis.append(erreur.error.message))
    try:
        page = contexte.new_page()
        page.on("dialog", lambda dialogue: dialogue.accept())
        ouverte = Visite(contexte, page, porte, organisme, soucis, adresse)
        ouverte.devenir(0)
        yield ouverte
        assert soucis == [], soucis
    finally:
        contexte.unroute_all(behavior="ignoreErrors")
        contexte.close()
        porte.supprimer_organisme(organisme)
