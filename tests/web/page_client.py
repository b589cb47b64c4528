"""`PageClient`: a browser reduced to what the tests need, over Flask's test client.

It parses every page it fetches and checks every invariant on it; it submits forms as a browser without scripts does,
sends what htmx would send, and applies the answer to the page as htmx and app.js do. Every answer, whatever it is, has
its headers checked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Self
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from tests.web import entetes, invariants, invariants_htmx
from tests.web.comparaison import masquer
from tests.web.echange import ENTETE_FRAGMENT, ENTETE_JETON, accorder, echanger, renouveler
from tests.web.formulaires import Envoi, envoi_par_htmx, envoi_sans_javascript
from tests.web.invariants import Lue
from tests.web.lecture_html import Element, formulaire_de, lire_document, plat
from tests.web.page import Page
from webapp.domain.comptes import Utilisateur
from webapp.persistence.database import BaseDeDonnees
from webapp.services import sessions

assert invariants_htmx.PERMIS, "the invariants about htmx register themselves when they are imported"

REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
_SUITES_MAX = 5


@dataclass
class Fragment:
    """What htmx received: not yet on screen."""

    reponse: TestResponse
    emetteur: Element
    envoi: Envoi

    @property
    def statut(self) -> int:
        return self.reponse.status_code

    @property
    def html(self) -> str:
        return self.reponse.text

    @property
    def redirection(self) -> str | None:
        return self.reponse.headers.get("HX-Redirect")


@lru_cache(maxsize=64)
def _routes(application: Flask) -> MapAdapter:
    return application.url_map.bind("localhost")


@dataclass
class PageClient:
    """One browser of one person. `adresse` is where the person calls from, `saisies` the texts already typed."""

    application: Flask
    adresse: str = "127.0.0.1"
    https: bool = False
    saisies: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.navigateur = self.application.test_client()
        self.routes = _routes(self.application)
        self._jeton: str | None = None

    # ------------------------------------------------------------------ who

    def connecter(self, base: BaseDeDonnees, utilisateur: Utilisateur) -> Self:
        """Sign somebody in without the screen."""
        with base.ecriture() as cnx:
            jeton = sessions.ouvrir(cnx, utilisateur, datetime.now(UTC))
        self.poser_cookie(f"fv1.{jeton}")
        return self

    @property
    def nom_du_cookie(self) -> str:
        return str(self.application.config["SESSION_COOKIE_NAME"])

    def poser_cookie(self, valeur: str) -> None:
        self.navigateur.set_cookie(self.nom_du_cookie, valeur, secure=self.https, httponly=True)
        self._jeton = None

    @property
    def cookie(self) -> str | None:
        trouve = self.navigateur.get_cookie(self.nom_du_cookie)
        return None if trouve is None else trouve.value

    def jeton(self) -> str:
        """Give the CSRF token that a page of this session carries; any page does."""
        if self._jeton is None:
            page = self.demander("GET", "/mode-d-emploi" if self.connecte else "/connexion").text
            lu = re.search(r'name="csrf_token" value="([^"]+)"', page)
            assert lu is not None, "aucune page de cette session ne porte de jeton"
            self._jeton = lu[1]
        return self._jeton

    @property
    def connecte(self) -> bool:
        return (self.cookie or "").startswith("fv1.")

    # ------------------------------------------------------------------ asking

    def demander(self, methode: str, url: str, **options: Any) -> TestResponse:
        """Send a request and check what every answer must carry."""
        options.setdefault("base_url", "https://localhost" if self.https else "http://localhost")
        options.setdefault("environ_overrides", {"REMOTE_ADDR": self.adresse})
        reponse = self.navigateur.open(url, method=methode, buffered=True, **options)
        entetes.verifier(reponse, https=self.https)
        return reponse

    def get(self, url: str, statut: int = 200, **options: Any) -> Page:
        """Open an address and follow where it leads; `statut` is that of the page in the end."""
        self.saisies |= set(options.get("query_string", {}).values())
        for _ in range(_SUITES_MAX):
            reponse = self.demander("GET", url, **options)
            if reponse.status_code not in REDIRECTIONS:
                return self._page(reponse, url, statut)
            url = reponse.headers["Location"]
        raise AssertionError(f"{url} tourne en rond")

    def poster(self, url: str, champs: Mapping[str, str] | None = None, *, jeton: str | None = None) -> TestResponse:
        """Send a form made by hand, with the token of the session, as no screen would."""
        donnees = {"csrf_token": self.jeton() if jeton is None else jeton, **(champs or {})}
        return self.demander("POST", url, data=donnees, headers=_MEME_SITE)

    def page_postee(self, url: str, champs: Mapping[str, str] | None = None, statut: int = 200) -> Page:
        """Send a form made by hand, and read the page that answers."""
        self.saisies |= set((champs or {}).values())
        return self._suivre(self.poster(url, champs), url, statut)

    def submit(self, page: Page, bouton: str, statut: int = 200, /, dans: str = "", **champs: str) -> Page:
        """Fill a form and press a button without scripts; a 303 is followed."""
        presse = page.commande(bouton, js=False, dans=dans)
        formulaire = formulaire_de(presse)
        assert formulaire is not None, f"« {bouton} » n'est dans aucun formulaire"
        page.remplir(formulaire, champs, js=False)
        self.saisies |= page.saisies
        envoi = envoi_sans_javascript(presse, page.url)
        return self._suivre(self.envoyer(envoi), envoi.adresse, statut)

    def envoyer(self, envoi: Envoi, **en_tetes: str) -> TestResponse:
        type_ = {} if envoi.corps is None else {"content_type": "application/x-www-form-urlencoded"}
        return self.demander(
            envoi.methode, envoi.adresse, data=envoi.corps, headers={**_MEME_SITE, **en_tetes}, **type_
        )

    def htmx(
        self, page: Page, emetteur: str | Element, statut: int = 200, /, renvoi: bool = False, **champs: str
    ) -> Fragment:
        """Fill a form and let htmx send for an element: a button or link by its name, any element by itself.

        `renvoi`: reconnexion.js sends again what was sent already.
        """
        element = page.commande(emetteur) if isinstance(emetteur, str) else emetteur
        formulaire = formulaire_de(element)
        if champs:
            assert formulaire is not None, "aucun formulaire à remplir"
            page.remplir(formulaire, champs, js=True)
        self.saisies |= page.saisies
        envoi = envoi_par_htmx(element, page.url)
        reponse = self.envoyer(envoi, **_en_tetes_htmx(element, page.url), **({} if renvoi else _de_qui(page)))
        assert reponse.status_code == statut, f"{envoi.methode} {envoi.adresse} : {reponse.status} {reponse.text[:400]}"
        if reponse.status_code >= 400 and not reponse.headers.get(ENTETE_FRAGMENT):
            raise AssertionError("app.js ne montrerait pas cette réponse : elle ne se dit pas fragment")
        return Fragment(reponse, element, envoi)

    def choisir(self, page: Page, nom: str, valeur: str, statut: int = 200, /) -> Fragment:
        """Choose a radio button that htmx watches."""
        [radio, *_] = [r for r in page.tous(f"//input[@type='radio'][@name='{nom}']") if r.get("value") == valeur]
        formulaire = formulaire_de(radio)
        assert formulaire is not None
        page.cocher(formulaire, nom, valeur)
        return self.htmx(page, radio, statut)

    # ------------------------------------------------------------------ reading

    def swap(self, page: Page, fragment: Fragment) -> Page:
        """Apply the answer of htmx to the page; gives the page then on screen, checked like any other."""
        en_tetes = fragment.reponse.headers
        if fragment.redirection is not None:
            return self.get(fragment.redirection)
        mode = str(en_tetes.get("HX-Reswap") or fragment.emetteur.get("hx-swap", "")).partition(" ")[0]
        cible = str(en_tetes.get("HX-Retarget") or fragment.emetteur.get("hx-target", "")).removeprefix("#")
        document = echanger(page.document, fragment.html, cible=cible, mode=mode)
        if jeton := en_tetes.get(ENTETE_JETON):
            renouveler(document, jeton)
        url = en_tetes.get("HX-Replace-Url", page.url)
        suivante = Page(document, "", url, fragment.statut, en_tetes, page.saisies)
        self._verifier(suivante, ())
        return suivante

    def _suivre(self, reponse: TestResponse, url: str, statut: int) -> Page:
        if reponse.status_code in REDIRECTIONS:
            assert reponse.status_code == 303, f"{reponse.status} : un POST se suit par un 303"
            return self.get(reponse.headers["Location"], statut)
        return self._page(reponse, url, statut)

    def _page(self, reponse: TestResponse, url: str, statut: int) -> Page:
        assert reponse.status_code == statut, f"{url} : {reponse.status} {reponse.text[-1500:]}"
        assert reponse.mimetype == "text/html", f"{url} : {reponse.mimetype}"
        chemin = urlsplit(url)
        document, syntaxe = lire_document(reponse.text)
        url = chemin._replace(scheme="", netloc="").geturl()
        page = Page(document, reponse.text, url, statut, reponse.headers)
        self._verifier(page, tuple(syntaxe))
        accorder(page.document)
        return page

    def _verifier(self, page: Page, syntaxe: tuple[str, ...]) -> None:
        saisies = frozenset(self.saisies | page.saisies | {plat(s) for s in self.saisies})
        vue = (masquer(page.html, uuid=True), saisies) if page.html else None
        if vue is not None and vue in _VUES:
            return
        lue = Lue(page.document, page.html, syntaxe, saisies, self.routes)
        if trouvees := invariants.fautes(lue):
            raise AssertionError(f"{page.url} ({page.statut}) :\n  " + "\n  ".join(trouvees))
        if vue is not None:
            _VUES.add(vue)


# Pages already found without fault: the same source needs no second look.
_VUES: set[tuple[str, frozenset[str]]] = set()
_MEME_SITE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


def _de_qui(page: Page) -> dict[str, str]:
    """Give what reconnexion.js says of the page: whose it is."""
    [personne, *_] = [*page.tous("//*[@id='visite']//input[@name='personne']", js=None), None]
    return {} if personne is None else {"FV-Personne": str(personne.get("value"))}


def _en_tetes_htmx(element: Element, url: str) -> dict[str, str]:
    en_tetes = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{url}"}
    en_tetes["HX-Target"] = element.get("hx-target", "").removeprefix("#")
    if id := element.get("id"):
        en_tetes["HX-Trigger"] = id
    if nom := element.get("name"):
        en_tetes["HX-Trigger-Name"] = nom
    return en_tetes
