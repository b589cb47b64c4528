"""`PageClient`: a browser reduced to what the tests need, over Flask's test client.

It parses every page it fetches and checks every invariant on it; it submits forms as a browser without scripts does,
sends what htmx would send, and applies the answer to the page as htmx and app.js do. `assert_same` compares two pages:
what a fragment gives must be what a reload would show. Every answer, whatever it is, has its headers checked.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from tests.web import entetes, invariants, invariants_htmx
from tests.web.echange import ENTETE_FRAGMENT, accorder, echanger
from tests.web.formulaires import Envoi, controles, envoi_par_htmx, envoi_sans_javascript
from tests.web.invariants import Lue
from tests.web.lecture_html import (
    Element,
    elements,
    exposee,
    formulaire_de,
    lire_document,
    nom_accessible,
    par_id,
    phrases,
    plat,
    poser,
    texte,
)
from webapp.domain.comptes import Utilisateur
from webapp.persistence.database import Base
from webapp.services import sessions

assert invariants_htmx.PERMIS, "the invariants about htmx register themselves when they are imported"

REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
_SUITES_MAX = 5


@dataclass
class Page:
    """A page on screen: its tree, which typing and swaps change."""

    document: Element
    html: str
    url: str
    statut: int
    entetes: Headers
    saisies: frozenset[str] = frozenset()

    def tous(self, expression: str, *, js: bool | None = True) -> list[Element]:
        """Find elements by XPath."""
        return elements(self.document, expression, js=js)

    def par_id(self, identifiant: str) -> Element:
        """Give the element of an id; it must be there."""
        trouve = par_id(self.document, identifiant)
        assert trouve is not None, f"« {identifiant} » n'est pas dans {self.url}"
        return trouve

    def a(self, identifiant: str) -> bool:
        return par_id(self.document, identifiant) is not None

    def texte(self, expression: str = "//main", *, js: bool | None = True) -> str:
        """Give the visible text of the first element found, with plain spaces and quotes."""
        [premier, *_] = self.tous(expression, js=js)
        return texte(premier, js=js)

    def phrases(self, expression: str = "//main") -> list[str]:
        """Give the visible text block by block, as it is typeset."""
        return [phrase for element in self.tous(expression) for phrase in phrases(element, js=True)]

    @property
    def h1(self) -> str:
        [titre] = [h for h in self.tous("//h1") if exposee(h)]
        return texte(titre)

    @property
    def succes(self) -> list[str]:
        """The messages of success at the top right."""
        return self._messages("toasts")

    @property
    def alertes(self) -> list[str]:
        """The messages of failure at the top right."""
        return self._messages("alertes")

    def _messages(self, zone: str) -> list[str]:
        return [texte(p) for p in self.tous(f"//*[@id='{zone}']//*[@class='message-texte']/p[1]")]

    def commande(self, nom: str, *, js: bool = True, dans: str = "") -> Element:
        """Give the one button or link of this name that can be used."""
        trouves = [e for e in self.tous(f"{dans}//button|{dans}//a[@href]", js=js) if nom_accessible(e) == nom]
        assert len(trouves) == 1, f"{len(trouves)} commande(s) « {nom} » dans {self.url}"
        return trouves[0]

    def commandes(self, dans: str = "//main", *, js: bool = True) -> list[str]:
        """Give the names of the buttons and links, in order."""
        return [nom_accessible(e) for e in self.tous(f"{dans}//button|{dans}//a[@href]", js=js)]

    def lien(self, nom: str) -> str:
        """Give the address of a link by its name."""
        adresse = self.commande(nom).get("href")
        assert adresse is not None, f"« {nom} » n'est pas un lien"
        return str(adresse)

    def champ(self, libelle: str) -> Element:
        """Give the field of this label."""
        trouves = [e for e in self.tous("//input|//select|//textarea") if nom_accessible(e) == libelle]
        assert len(trouves) == 1, f"{len(trouves)} champ(s) « {libelle} » dans {self.url}"
        return trouves[0]

    def valeur(self, nom: str) -> str:
        """Give what the page sends under a name."""
        [trouve] = [c for c in self.tous(f"//main//*[@name='{nom}']") if c.get("type") != "radio"]
        return lire_valeur(trouve)

    def remplir(self, formulaire: Element, champs: Mapping[str, str], *, js: bool) -> None:
        """Type in the fields of a form; a choice is made by its value."""
        for nom, voulue in champs.items():
            trouves = controles(formulaire, nom, js=js)
            radios = [c for c in trouves if c.get("type") == "radio"]
            if radios:
                self.cocher(formulaire, nom, voulue)
                continue
            assert len(trouves) == 1, f"{len(trouves)} champ(s) « {nom} »"
            assert trouves[0].get("type") != "hidden", f"« {nom} » ne se saisit pas"
            poser(trouves[0], voulue)
        self.saisies |= frozenset(plat(t) for t in champs.values()) | frozenset(champs.values())

    def cocher(self, formulaire: Element, nom: str, voulue: str) -> Element:
        """Choose a radio button; gives it."""
        radios = [c for c in controles(formulaire, nom, js=True) if c.get("type") == "radio"]
        [choisi] = [r for r in radios if r.get("value") == voulue]
        assert "disabled" not in choisi.attrib, f"« {voulue} » ne peut pas être choisi"
        for radio in radios:
            radio.attrib.pop("checked", None)
        choisi.set("checked", "")
        return choisi


def lire_valeur(controle: Element) -> str:
    from tests.web.lecture_html import valeur  # noqa: PLC0415 - the method of the same name hides it

    return valeur(controle)


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


@dataclass
class PageClient:
    """One browser of one person. `adresse` is where the person calls from, `saisies` the texts already typed."""

    application: Flask
    adresse: str = "127.0.0.1"
    https: bool = False
    saisies: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.navigateur = self.application.test_client()
        self.routes = self.application.url_map.bind("localhost")
        self._jeton: str | None = None

    # ------------------------------------------------------------------ who

    def connecter(self, base: Base, utilisateur: Utilisateur) -> Self:
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

    def htmx(self, page: Page, emetteur: str | Element, statut: int = 200, /, **champs: str) -> Fragment:
        """Fill a form and let htmx send for an element: a button or link by its name, any element by itself."""
        element = page.commande(emetteur) if isinstance(emetteur, str) else emetteur
        formulaire = formulaire_de(element)
        if champs:
            assert formulaire is not None, "aucun formulaire à remplir"
            page.remplir(formulaire, champs, js=True)
        self.saisies |= page.saisies
        envoi = envoi_par_htmx(element, page.url)
        reponse = self.envoyer(envoi, **_en_tetes_htmx(element, page.url))
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
        mode = en_tetes.get("HX-Reswap") or fragment.emetteur.get("hx-swap")
        cible = fragment.emetteur.get("hx-target").removeprefix("#")
        document = echanger(page.document, fragment.html, cible=cible, mode=mode)
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


def _en_tetes_htmx(element: Element, url: str) -> dict[str, str]:
    en_tetes = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{url}"}
    en_tetes["HX-Target"] = element.get("hx-target", "").removeprefix("#")
    if element.get("id"):
        en_tetes["HX-Trigger"] = element.get("id")
    if element.get("name"):
        en_tetes["HX-Trigger-Name"] = element.get("name")
    return en_tetes


# ---------------------------------------------------------------------------- comparing

_ESPACES = re.compile(r"[ \t\n]+")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_JETON = re.compile(r'(name="csrf_token"[^>]* value=")[^"]*')


def masquer(html: str, *, uuid: bool = False) -> str:
    """Replace what changes at each answer: CSRF tokens, and identities if asked."""
    html = _JETON.sub(r"\1JETON", html)
    return _UUID.sub("UUID", html) if uuid else html


_BOOLEENS = frozenset({"checked", "selected", "disabled", "readonly", "hidden", "open", "required", "novalidate"})


def forme(racine: Element) -> Iterator[str]:
    """Give the lines of a tree in one form: attributes sorted, spaces single, tokens masked."""
    attributs = {nom: "" if nom in _BOOLEENS else valeur for nom, valeur in sorted(racine.attrib.items())}
    if attributs.get("name") == "csrf_token":
        attributs["value"] = "JETON"
    if racine.tag == "option" and not attributs.get("value"):
        # Chosen or not, the first line of a list is what shows when no other is.
        attributs.pop("selected", None)
    yield f"<{racine.tag} " + " ".join(f'{nom}="{valeur}"' for nom, valeur in attributs.items())
    if racine.tag == "textarea":
        yield racine.text or ""
        return
    for partie in [racine.text, *((e, e.tail) for e in racine)]:
        if isinstance(partie, tuple):
            enfant, suite = partie
            if isinstance(enfant.tag, str):
                yield from forme(enfant)
            partie = suite  # noqa: PLW2901 - the text after the child
        if partie and partie.strip(" \t\n"):
            yield _ESPACES.sub(" ", partie).strip(" ")
    yield f"/{racine.tag}"


PRINCIPAL = ("//main",)
TOUT = ("//main", "//*[@id='toasts']", "//*[@id='alertes']", "//body/*[@id='dialogues']")


def assert_same(une: Page, autre: Page, regions: tuple[str, ...] = TOUT, *, sauf_uuid: bool = False) -> None:
    """Assert that two pages show the same: what a fragment gave, and what a reload shows."""
    for region in regions:
        lignes = [
            [ligne for e in page.tous(region, js=None) for ligne in forme(e)] for page in (une, autre)
        ]
        if sauf_uuid:
            lignes = [[_UUID.sub("UUID", ligne) for ligne in page] for page in lignes]
        if lignes[0] != lignes[1]:
            ecarts = difflib.unified_diff(*lignes, "la première page", "la seconde", lineterm="", n=1)
            raise AssertionError(f"{region} : {une.url} et {autre.url} diffèrent\n" + "\n".join(ecarts))
