"""The pictures of the illustrated guide: the screen as the person has it, a numbered mark on what the step is about.

One Illustrateur a scenario. A picture is taken before a click and after something is written, so that the guide shows
what to press and what was typed; the mark is removed at once. Knows nothing of the product.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

from steps.gherkin.typographie import dire

REPERE = (Path(__file__).parent / "repere.js").read_text("utf-8")
DELAI = 5_000

_STABLE = "duree => window.fvAttente.stable(duree)"
_POSER = "(element, numero) => window.fvRepere.poser(element, numero)"
_RETIRER = "() => window.fvRepere.retirer()"
_EMPREINTE = "element => { const b = element.getBoundingClientRect(); return [b.x, b.y, b.width, b.height].join(' '); }"
_TITRE = "() => (document.querySelector('dialog[open] :is(h1, h2)') || document.querySelector('h1'))?.innerText || ''"
_HEURE = re.compile(r"\b\d{1,2}\s?h\s?\d{2}\b")
UNE_HEURE = "9 h 00"
CALME = 300
"""Milliseconds without any change of the page before a picture: what follows the typing has then come."""


@dataclass(frozen=True)
class Vue:
    """What the person has before her: the window with its mark (PNG), and what a screen reader finds in the page."""

    png: bytes
    aria: tuple[str, ...]


@dataclass(frozen=True)
class Image:
    """One picture: its file, its number in the scenario, its step, what the mark is on, the text in its place.

    `aria` is what a screen reader found in the page that it shows.
    """

    fichier: str
    repere: int
    pas: int
    legende: str
    cible: str
    alternative: str
    aria: tuple[str, ...]


@contextmanager
def repere(page: Page, cible: Locator, numero: int) -> Iterator[None]:
    """Put the mark of that number on an element that is visible, for a while."""
    page.evaluate(REPERE)
    cible.evaluate(_POSER, numero)
    try:
        yield
    finally:
        page.evaluate(_RETIRER)


def prendre(page: Page, cible: Locator, numero: int) -> Vue:
    """Take the window as it is, the mark of that number on an element that is visible; the mark is then removed."""
    with repere(page, cible, numero):
        png = page.screenshot(animations="disabled", caret="hide", scale="css")
        return Vue(png, lire(page))


def lire(page: Page) -> tuple[str, ...]:
    """Give what a screen reader finds, line by line: roles, names, values, texts. Where links lead is not shown.

    The hour at which something was done is that of the run: all hours are the same one.
    """
    lignes = page.locator("body").aria_snapshot().splitlines()
    return tuple(_HEURE.sub(UNE_HEURE, ligne) for ligne in lignes if "- /url: " not in ligne)


class Illustrateur:
    """Takes the pictures of one scenario. `nommer` gives the file of the picture of that number."""

    def __init__(self, nommer: Callable[[int], Path]) -> None:
        self._nommer = nommer
        self.images: list[Image] = []
        self._du_pas: list[Image] = []
        self._pas: int | None = None
        self._legende = ""
        self._derniere = ""

    def commencer_pas(self, rang: int, texte: str) -> None:
        """Illustrate the step of that rank, from 1."""
        self._pas, self._legende, self._du_pas = rang, texte, []

    def finir_pas(self) -> None:
        """Keep the picture of the step. A step of several gestures tells where one starts from: it has none."""
        gestes = self._du_pas
        if len(gestes) == 1:
            self.images += gestes
        else:
            for image in gestes:
                self._nommer(image.repere).unlink(missing_ok=True)
        self._pas = None

    def montrer(self, page: Page, element: Locator, nom: str) -> None:
        """Take a picture with the mark on this element; nothing outside a step that is illustrated."""
        if self._pas is None:
            return
        page.evaluate(_STABLE, CALME)
        cible = element.first
        cible.wait_for(state="visible", timeout=DELAI)
        # What an « Alors » points at may be what the « Quand » before it has just shown.
        vue = f"{page.url} {cible.evaluate(_EMPREINTE)} {page.locator('body').inner_text()}"
        if vue == self._derniere:
            return
        numero = len(self.images) + len(self._du_pas) + 1
        fichier = self._nommer(numero)
        prise = prendre(page, cible, numero)
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_bytes(prise.png)
        self._derniere = vue
        alternative = dire(
            "Écran « {titre} ». Le repère {numero} entoure « {nom} ».",
            titre=_sur_une_ligne(page.evaluate(_TITRE)), numero=numero, nom=_sur_une_ligne(nom),
        )  # fmt: skip
        self._du_pas.append(Image(fichier.name, numero, self._pas, self._legende, nom, alternative, prise.aria))


def _sur_une_ligne(texte: str) -> str:
    return re.sub(r"\s+", " ", texte).strip()
