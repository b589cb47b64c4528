"""Who the browser is signed in as: the cookie of a session, put there without the screen unless that is the subject."""

from playwright.sync_api import BrowserContext, Cookie

from steps.donnees import Donnees
from steps.preparateur import Personne


class Session:
    """The session of the person, in one browser context."""

    def __init__(self, contexte: BrowserContext, donnees: Donnees, adresse: str) -> None:
        self._contexte = contexte
        self._donnees = donnees
        self._adresse = adresse
        self._copie: list[Cookie] = []

    def ouvrir(self, personne: Personne | None = None) -> None:
        """Sign the person in, by a new session."""
        cookie = self._donnees.ouvrir_session(personne)
        self._contexte.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": self._adresse}])

    def devenir_lecteur(self) -> None:
        """Sign in as the reader of the same organisation instead."""
        self.ouvrir(self._donnees.lecteur_du_meme_organisme())

    def fermer(self) -> None:
        """Forget the session on the browser's side: nobody is signed in."""
        self._contexte.clear_cookies()

    def copier(self) -> None:
        """Keep a copy of the session, as somebody who stole it would."""
        self._copie = self._contexte.cookies()

    def reprendre_la_copie(self) -> None:
        """Use the copy."""
        self._contexte.clear_cookies()
        self._contexte.add_cookies(
            [{"name": c["name"], "value": c["value"], "url": self._adresse} for c in self._copie]
        )
