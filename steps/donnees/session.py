"""Who the browser is signed in as: the cookie of a session, put there without the screen unless that is the subject."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from steps.donnees.donnees import Donnees
from steps.ecrans.catalogue import ADRESSE
from steps.navigateur.pilote import Pilote
from steps.donnees.preparateur import Personne


class Session:
    """The session of the person, on one device. `nouvel_appareil` opens a browser context that knows nothing."""

    def __init__(
        self, pilote: Pilote, donnees: Donnees, adresse: str, nouvel_appareil: Callable[[], BrowserContext]
    ) -> None:
        self._pilote = pilote
        self._donnees = donnees
        self._adresse = adresse
        self._nouvel_appareil = nouvel_appareil

    def commencer(self, role: str) -> None:
        """Make the person of the scenario and sign her in."""
        self._donnees.creer_personne(role)
        self.ouvrir()

    def ouvrir(self, personne: Personne | None = None) -> None:
        """Sign in, by a new session."""
        cookie = self._donnees.ouvrir_session(personne)
        self._poser({cookie["name"]: cookie["value"]})

    def devenir_lecteur(self) -> None:
        """Sign in as the reader of the same organisation instead."""
        self.ouvrir(self._donnees.lecteur_du_meme_organisme())

    def fermer(self) -> None:
        """Forget the session on the browser's side: nobody is signed in."""
        self._contexte.clear_cookies()

    def changer_d_appareil(self) -> None:
        """Sign in elsewhere, and look at the catalogue there."""
        self._pilote.suivre(self._nouvel_appareil().new_page())
        self.ouvrir()
        self._pilote.ouvrir(ADRESSE)

    @property
    def _contexte(self) -> BrowserContext:
        return self._pilote.page.context

    def _poser(self, cookies: dict[str, str]) -> None:
        self._contexte.add_cookies([{"name": n, "value": v, "url": self._adresse} for n, v in cookies.items()])
