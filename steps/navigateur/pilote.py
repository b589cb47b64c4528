"""The single choke point of every gesture: wait until the page is at rest, act as the person would, record.

The person is told by the tags of the scenario: with a mouse, with a finger (@mobile), with a keyboard alone (@clavier),
with a browser that runs no script (@sans_js). One phrase has one meaning; only the hand differs. Knows nothing of what
the product is about.
"""

import mimetypes
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Error, Locator, Page, expect

from steps.gherkin.typographie import dire
from steps.navigateur.delais import DELAIS
from steps.navigateur.ecart import ou_dire
from steps.navigateur.enregistreur import Enregistreur

ATTENTE = (Path(__file__).parent / "attente.js").read_text("utf-8")
DELAI_DE_CALME = 12_000
DUREE_D_UNE_ATTENTE = 1_000
"""Milliseconds left to a page to come to rest before who asked is answered that it has not."""

TABULATIONS = 150
VERBES_D_ECRITURE = frozenset({"saisir", "choisir"})
TOUCHES = {
    "Entrée": "Enter",
    "Échap": "Escape",
    "Tabulation": "Tab",
    "Espace": "Space",
    "Flèche bas": "ArrowDown",
    "Flèche haut": "ArrowUp",
}

_EST_CALME = "duree => window.fvAttente === undefined || window.fvAttente.attendre(duree)"
_SUITE = "duree => window.fvAttente === undefined || window.fvAttente.attendre(duree, true)"
_RAISON = "() => window.fvAttente.raison()"
_A_LE_FOCUS = "element => element === document.activeElement"
_MEME_GROUPE = (
    "element => document.activeElement.type === 'radio' && document.activeElement.name === element.name"
    " && document.activeElement.form === element.form"
)
_EN_ARRIERE = (
    "element => Boolean(element.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
)


class Illustrateur(Protocol):
    """Who takes the pictures of the illustrated guide."""

    def montrer(self, page: Page, element: Locator, nom: str) -> None:
        """Take a picture of the page with a mark on this element."""


@dataclass(frozen=True)
class Geste:
    """What the person is about to do; `element` is None when it is not about one."""

    page: Page
    verbe: str
    cible: str
    valeur: str = ""
    element: Locator | None = None


class Temoin(Protocol):
    """Who is there at each gesture: slows what surrounds the person, shows or notes what she is about to do."""

    def avant_un_geste(self, geste: Geste) -> None:
        """Do so."""


@dataclass(frozen=True)
class Main:
    """How the person acts."""

    clavier: bool = False
    tactile: bool = False
    javascript: bool = True


class Pilote:
    """Acts on one page at a time: that of the tab the person looks at.

    `observer` looks at what is shown (accessibility) if the page is at rest, whoever made it so, and says whether it
    is: asked before each step and each gesture, in place of `est_calme`.
    """

    def __init__(
        self, page: Page, enregistreur: Enregistreur, main: Main, observer: Callable[[Page], bool] | None = None
    ) -> None:
        self.onglets = [page]
        self.page = page
        self.main = main
        self._enregistreur = enregistreur
        self._observer = observer
        self._au_repos = False
        self.illustrateur: Illustrateur | None = None
        self.temoins: list[Temoin] = []

    def ouvrir(self, chemin: str) -> None:
        """Go to an address of the product, as a bookmark would."""
        with self._geste("ouvrir", chemin):
            self.page.goto(chemin)

    def recharger(self) -> None:
        """Load the page again."""
        with self._geste("recharger", self.page.url):
            self.page.reload()

    def reculer(self) -> None:
        """Go back to the page before, as with the button of the browser."""
        with self._geste("reculer", self.page.url):
            self.page.go_back()

    def avancer(self) -> None:
        """Go to the page from which one came back."""
        with self._geste("avancer", self.page.url):
            self.page.go_forward()

    def cliquer(self, cible: Locator, nom: str) -> None:
        """Press a button or follow a link, once it can be."""
        with self._geste("cliquer", nom, element=cible):
            if self.main.clavier:
                self._rejoindre(cible, nom)
                expect(cible).to_be_enabled()
                self.page.keyboard.press("Enter")
            elif self.main.tactile:
                cible.tap()
            else:
                cible.click()

    def telecharger(self, cible: Locator, nom: str) -> bytes:
        """Follow a link that gives a file; give its bytes."""
        with self.page.expect_download() as attendu:
            self.cliquer(cible, nom)
        return attendu.value.path().read_bytes()

    def double_cliquer(self, cible: Locator, nom: str) -> None:
        """Press twice, as fast as an impatient hand does."""
        with self._geste("double-cliquer", nom, element=cible):
            cible.dblclick()

    def insister(self, cible: Locator, nom: str) -> None:
        """Press a button although it is inactive."""
        with self._geste("insister", nom, element=cible):
            cible.click(force=True)

    def cocher(self, cible: Locator, nom: str) -> None:
        """Choose a radio button."""
        with self._geste("sélectionner", nom, element=cible):
            if self.main.clavier:
                self._cocher_au_clavier(cible, nom)
            elif self.main.tactile:
                cible.tap()
            else:
                cible.check()

    def saisir(self, cible: Locator, texte: str, nom: str) -> None:
        """Put a text in a field in place of what it holds, as typing or pasting would."""
        with self._geste("saisir", nom, texte, element=cible):
            if self.main.clavier:
                self._rejoindre(cible, nom)
                self.page.keyboard.press("ControlOrMeta+a")
                if texte:
                    self.page.keyboard.insert_text(texte)
                else:
                    self.page.keyboard.press("Delete")
            else:
                self._effacer(cible)
                cible.fill(texte)

    def choisir(self, cible: Locator, option: str, nom: str) -> None:
        """Choose a line of a list."""
        with self._geste("choisir", nom, option, element=cible):
            if self.main.clavier:
                self._rejoindre(cible, nom)
                self.page.keyboard.type(option)
            else:
                cible.select_option(label=option)

    def deposer(self, cible: Locator, nom_du_fichier: str, octets: bytes, nom: str) -> None:
        """Choose a file of one's own computer, of this name and content; its kind is that of its name."""
        sorte = mimetypes.guess_type(nom_du_fichier)[0] or "application/octet-stream"
        with self._geste("choisir", nom, nom_du_fichier, element=cible):
            cible.set_input_files({"name": nom_du_fichier, "mimeType": sorte, "buffer": octets})

    def vider_liste(self, cible: Locator, nom: str) -> None:
        """Go back to the first line of a list, the one that chooses nothing."""
        with self._geste("vider", nom, element=cible):
            cible.select_option(index=0)

    def appuyer(self, touche: str) -> None:
        """Press a key, named as on a French keyboard."""
        with self._geste("appuyer", touche):
            self.page.keyboard.press(TOUCHES[touche])

    def se_deplacer(self, cible: Locator, nom: str) -> None:
        """Bring the keyboard to an element, by the Tab key only."""
        with self._geste("se déplacer", nom):
            self._rejoindre(cible, nom)

    def ouvrir_un_onglet(self) -> None:
        """Open another tab of the same browser and look at it."""
        with self._geste("ouvrir un onglet", str(len(self.onglets) + 1)):
            self.suivre(self.page.context.new_page())

    def revenir_a_l_onglet(self, numero: int) -> None:
        """Look at another tab, by its number from 1."""
        with self._geste("revenir à l'onglet", str(numero)):
            self.page = self.onglets[numero - 1]
            self.page.bring_to_front()

    @contextmanager
    def a_part(self, chemin: str) -> Iterator[None]:
        """Look at an address in a tab of its own, closed at the end: what the person was looking at stays as it was."""
        gardee, self.page = self.page, self.page.context.new_page()
        try:
            self.page.goto(chemin)
            yield
        finally:
            self.page.close()
            self.page = gardee

    def suivre(self, page: Page) -> None:
        """Look at this page from now on."""
        self.onglets.append(page)
        self.page = page
        self._au_repos = False

    def est_calme(self, duree: int = 0) -> bool:
        """Say whether nothing is under way in the page, or comes to its end in so many milliseconds.

        A request, a swap, a departure: what `attente.js` counts.
        """
        try:
            return bool(self.page.evaluate(_EST_CALME, duree))
        except Error:
            return False  # The page is being replaced by another.

    def attendre_la_suite(self) -> None:
        """Wait until the page is at rest, what is put off until after the typing included: it may change what is shown.

        A page of which something comes again and again is looked at all the same.
        """
        self.attendre_le_calme()
        if self.main.javascript:
            with suppress(Error):  # The page is being replaced by another.
                self.page.evaluate(_SUITE, DELAIS.ms(DUREE_D_UNE_ATTENTE))

    def montrer(self, element: Locator, nom: str) -> None:
        """Point at what the person sees; it goes in the illustrated guide when one is being made."""
        if self.illustrateur is not None:
            self.illustrateur.montrer(self.page, element, nom)

    def attendre_le_calme(self) -> None:
        """Wait until the page is at rest and look at it; say what is still under way when it never is."""
        fin = time.monotonic() + DELAIS.ms(DELAI_DE_CALME) / 1000
        while not self._observer_au_calme():
            if time.monotonic() > fin:
                raise AssertionError(self._pas_de_calme())
            # Another page is coming, most often: ask it in its turn, not the one that is being left.
            self._attendre_la_page()
        self._au_repos = True

    def _observer_au_calme(self) -> bool:
        if not self.main.javascript:
            # Nothing is under way in such a page but its coming; asked anything, a slow one may never answer.
            self._attendre_la_page()
            return True
        return self._observer(self.page) if self._observer else self.est_calme(DUREE_D_UNE_ATTENTE)

    def _attendre_la_page(self) -> None:
        try:
            self.page.wait_for_load_state("load", timeout=DELAIS.ms(DELAI_DE_CALME))
        except Error as erreur:
            raise AssertionError(self._pas_de_calme()) from erreur

    def _pas_de_calme(self) -> str:
        return dire("La page ne se calme pas : {raison}", raison=self._raison())

    def _raison(self) -> str:
        try:
            return str(self.page.evaluate(_RAISON))
        except Error as erreur:
            return erreur.message

    @contextmanager
    def _geste(self, verbe: str, cible: str, valeur: str = "", *, element: Locator | None = None) -> Iterator[None]:
        if not self._au_repos:
            self.attendre_le_calme()
        self._au_repos = False
        self._enregistreur.noter_geste(verbe, cible, valeur)
        for temoin in self.temoins:
            temoin.avant_un_geste(Geste(self.page, verbe, cible, valeur, element))
        if element is None:
            yield
            return
        if self.illustrateur is not None and verbe not in VERBES_D_ECRITURE:
            self.illustrateur.montrer(self.page, element, cible)
        with ou_dire(dire("« {nom} », à {verbe}", nom=cible, verbe=verbe), lambda: self._vu(element)):
            yield
        if self.illustrateur is not None and verbe in VERBES_D_ECRITURE:
            # What was written says more than an empty field.
            self.illustrateur.montrer(self.page, element, cible)

    def _vu(self, element: Locator) -> str:
        """Say what prevents a gesture on an element; nothing when it is not the element."""
        nombre = element.count()
        if nombre != 1:
            return dire("{n} éléments au lieu d'un seul", n=nombre) if nombre else dire("absent de la page")
        if element.is_disabled(timeout=DUREE_D_UNE_ATTENTE):
            return dire("inactif")
        return "" if element.is_visible() else dire("caché")

    def _effacer(self, cible: Locator) -> None:
        """Empty a field for an e-mail address: Debian's Firefox writes after what it holds, selected or not."""
        navigateur = self.page.context.browser
        est_firefox = navigateur is not None and navigateur.browser_type.name == "firefox"
        if est_firefox and cible.get_attribute("type") == "email":
            cible.fill("")

    def _rejoindre(self, cible: Locator, nom: str, arrive: str = _A_LE_FOCUS) -> None:
        """Press Tab, or Shift+Tab towards what stands before, until the element has the keyboard."""
        if cible.evaluate(arrive):
            return
        touche = "Shift+Tab" if cible.evaluate(_EN_ARRIERE) else "Tab"
        for _ in range(TABULATIONS):
            self.page.keyboard.press(touche)
            if cible.evaluate(arrive):
                return
        raise AssertionError(dire("« {nom} » ne se rejoint pas avec la touche de tabulation", nom=nom))

    def _cocher_au_clavier(self, cible: Locator, nom: str) -> None:
        """Enter the group by Tab, then follow it with the arrows, as a group of radio buttons asks."""
        self._rejoindre(cible, nom, _MEME_GROUPE)
        for _ in range(TABULATIONS):
            if cible.evaluate(_A_LE_FOCUS):
                break
            self.page.keyboard.press("ArrowDown")
            self.attendre_le_calme()
        else:
            raise AssertionError(dire("« {nom} » ne se choisit pas avec les flèches", nom=nom))
        if not cible.is_checked():
            self.page.keyboard.press("Space")
