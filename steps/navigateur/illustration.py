"""The pictures of the illustrated guide: the cards that the person acts upon, and where in them her elements stand.

One Illustrateur a scenario. A picture shows the elements of one step or of several, as they stand at the last of them:
before a click, after something is written, so that the guide shows what to press and what was typed. It is taken twice,
for a page and for a telephone. No mark is drawn here: `steps.guide.composition` does. Knows nothing of the product.
"""

import base64
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Locator, Page, ViewportSize

from steps.gherkin.typographie import aplanir, dire

REPERE = (Path(__file__).parent / "repere.js").read_text("utf-8")
CADRAGE = (Path(__file__).parent / "cadrage.js").read_text("utf-8")
DELAI = 5_000
FORMATS: dict[str, int | None] = {"large": None, "etroit": 375}
"""The width of the window for each form of a picture, in CSS pixels; None leaves it as the scenario has it."""
ECHELLE = 2
"""Points of a picture for one CSS pixel: a print is sharp."""

_STABLE = "() => window.fvAttente.stable()"
_POSER = "(element, numero) => window.fvRepere.poser(element, numero)"
_RETIRER = "() => window.fvRepere.retirer()"
_MESURER = "([elements, ecran]) => window.fvCadrage.mesurer(elements, ecran)"
_RACINES = "([elements, ecran]) => window.fvCadrage.racines(elements, ecran)"
_RENDRE = "() => window.fvCadrage.rendre()"
_IMAGES = "() => new Promise((fait) => requestAnimationFrame(() => requestAnimationFrame(fait)))"
_CONTENU = """(element, longueur) => {
  if (element.matches('select')) return [element.selectedOptions[0]?.label ?? '', ''];
  if (element.matches('textarea, input:not([type=radio], [type=checkbox])')) return [element.value, ''];
  if (element.matches('button')) {
    return ['', element.matches(':disabled, [aria-disabled=true]') ? 'inactif' : ''];
  }
  if (element.matches('input, a, label, summary')) return ['', ''];
  const lignes = element.innerText.split('\\n').map((ligne) => ligne.trim()).filter((ligne) => ligne.length > 1);
  const dites = [];
  while (lignes.length && [...dites, lignes[0]].join(' · ').length <= longueur) dites.push(lignes.shift());
  return [dites.join(' · '), ''];
}"""
LONGUEUR_LUE = 200
"""Characters of what is told of a part of a screen, whole lines only: the picture shows the rest."""
_TITRE = "() => (document.querySelector('dialog[open] :is(h1, h2)') || document.querySelector('h1'))?.innerText || ''"
_HEURE = re.compile(r"\b\d{1,2}\s?h\s?\d{2}\b")
UNE_HEURE = "9 h 00"
Boite = tuple[float, float, float, float]
"""Left, top, width, height, in CSS pixels."""


@dataclass(frozen=True)
class Plan:
    """A picture to take: its name, the number of the mark of each step by the step's rank (None for no mark)."""

    nom: str
    reperes: dict[int, int | None]
    ecran: bool = False


@dataclass(frozen=True)
class Morceau:
    """A piece of a picture: the points (PNG), its size, where its marked elements, letters and controls stand."""

    png: bytes
    taille: tuple[float, float]
    marques: tuple[tuple[int, Boite], ...]
    """The rank of the element among those of the picture, and its box."""
    textes: tuple[Boite, ...]
    commandes: tuple[Boite, ...]


@dataclass(frozen=True)
class Vue:
    """What a picture shows: its pieces from top to bottom, the colour around them, what a screen reader finds there."""

    morceaux: tuple[Morceau, ...]
    fond: str
    aria: tuple[str, ...]


@dataclass(frozen=True)
class Image:
    """A picture that was taken: its name, the steps that it shows, the text in its place, its two forms as files.

    `ecran`: it is a whole screen. `formats` gives for each form the pieces, the colour around them and what a screen
    reader found, as plain values, ready for JSON.
    """

    nom: str
    pas: tuple[int, ...]
    ecran: bool
    alternative: str
    formats: dict[str, dict[str, Any]] = field(default_factory=dict)


@contextmanager
def repere(page: Page, cible: Locator, numero: int) -> Iterator[None]:
    """Put the mark of that number on an element that is visible, for a while."""
    page.evaluate(REPERE)
    cible.evaluate(_POSER, numero)
    try:
        yield
    finally:
        page.evaluate(_RETIRER)


def prendre(page: Page, cibles: Sequence[Locator], *, ecran: bool = False) -> dict[str, Vue]:
    """Take the picture of elements that are visible, in each form; the page is then as it was."""
    avant = page.viewport_size
    session = page.context.new_cdp_session(page)
    try:
        # On a telephone a whole screen shows little more than its heading.
        return {
            nom: _une_vue(page, session, cibles, largeur, ecran=ecran and largeur is None)
            for nom, largeur in FORMATS.items()
        }
    finally:
        session.detach()
        if avant is not None:
            page.set_viewport_size(avant)


def _une_vue(page: Page, session: CDPSession, cibles: Sequence[Locator], largeur: int | None, *, ecran: bool) -> Vue:
    if largeur is not None and page.viewport_size is not None:
        page.set_viewport_size(ViewportSize(width=largeur, height=page.viewport_size["height"]))
        for cible in cibles:
            cible.wait_for(state="visible", timeout=DELAI)
    page.evaluate(CADRAGE)
    elements = [cible.element_handle() for cible in cibles]
    try:
        mesure = page.evaluate(_MESURER, [elements, ecran])
        page.evaluate(_IMAGES)
        morceaux = tuple(
            Morceau(
                _photographier(session, morceau["cadre"]),
                (morceau["cadre"][2], morceau["cadre"][3]),
                tuple((marque["rang"], tuple(marque["boite"])) for marque in morceau["marques"]),
                tuple(map(tuple, morceau["textes"])),
                tuple(map(tuple, morceau["commandes"])),
            )
            for morceau in mesure["morceaux"]
        )
        return Vue(morceaux, mesure["fond"], lire(page, cibles, ecran=ecran))
    finally:
        page.evaluate(_RENDRE)


def _photographier(session: CDPSession, cadre: Sequence[float]) -> bytes:
    """Take a part of the page, wherever it stands: no part of it need be in the window."""
    clip = dict(zip(("x", "y", "width", "height"), cadre, strict=True)) | {"scale": ECHELLE}
    fait = session.send(
        "Page.captureScreenshot",
        {"format": "png", "clip": clip, "captureBeyondViewport": True, "optimizeForSpeed": True},
    )
    return base64.b64decode(fait["data"])


def lire(page: Page, cibles: Sequence[Locator], *, ecran: bool = False) -> tuple[str, ...]:
    """Give what a screen reader finds in the picture of these elements, line by line: roles, names, values, texts.

    Where links lead is not shown. The hour at which something was done is that of the run: all hours are the same one.
    """
    page.evaluate(CADRAGE)
    racines = page.evaluate_handle(_RACINES, [[cible.element_handle() for cible in cibles], ecran])
    lignes: list[str] = []
    for racine in racines.get_properties().values():
        element = racine.as_element()
        if element is not None:
            lignes += _aria(page, element)
    return tuple(_HEURE.sub(UNE_HEURE, ligne) for ligne in lignes if "- /url: " not in ligne)


_MARQUE = "data-fv-racine"


def _aria(page: Page, element: Any) -> list[str]:
    """A snapshot is asked of a locator only: the element is named for the time of it."""
    element.evaluate(f"e => e.setAttribute('{_MARQUE}', '')")
    try:
        return page.locator(f"[{_MARQUE}]").aria_snapshot().splitlines()
    finally:
        element.evaluate(f"e => e.removeAttribute('{_MARQUE}')")


@dataclass
class _EnCours:
    """A picture whose elements are being gathered."""

    plan: Plan
    cibles: list[tuple[int, Locator, str, str, str]] = field(default_factory=list)
    """The rank of the step, the element, its name, what it holds, whether a button cannot be pressed."""


class Illustrateur:
    """Takes the pictures of one scenario, as they were planned; leaves their pieces in a folder."""

    def __init__(self, plans: Sequence[Plan], dossier: Path, prefixe: str = "") -> None:
        self._en_cours = [_EnCours(plan) for plan in plans]
        self._dossier = dossier
        self._prefixe = prefixe
        self._pas: int | None = None
        self.images: list[Image] = []

    def commencer_pas(self, rang: int, texte: str) -> None:  # noqa: ARG002 - the Comparateur says it
        """Look at the step of that rank, from 1."""
        self._pas = rang

    def finir_pas(self) -> None:
        """Look at no step any more."""
        self._pas = None

    def montrer(self, page: Page, element: Locator, nom: str) -> None:
        """Remember an element that a picture shows; take each picture whose last step this is."""
        for figure in self._en_cours:
            if self._pas not in figure.plan.reperes or any(pas == self._pas for pas, *_ in figure.cibles):
                continue
            cible = element.first
            page.evaluate(_STABLE)
            cible.wait_for(state="visible", timeout=DELAI)
            contenu, etat = cible.evaluate(_CONTENU, LONGUEUR_LUE)
            figure.cibles.append((self._pas, cible, _sur_une_ligne(nom), _sur_une_ligne(contenu), etat))
            if self._pas == max(figure.plan.reperes):
                self.images.append(self._prendre(page, figure))

    def _prendre(self, page: Page, figure: _EnCours) -> Image:
        plan = figure.plan
        vues = prendre(page, [cible for _, cible, *_ in figure.cibles], ecran=plan.ecran)
        reperes = [plan.reperes[pas] for pas, *_ in figure.cibles]
        return Image(
            plan.nom,
            tuple(pas for pas, *_ in figure.cibles),
            plan.ecran,
            _alternative(_sur_une_ligne(page.evaluate(_TITRE)), figure),
            {format_: self._ranger(f"{plan.nom}-{format_}", vue, reperes) for format_, vue in vues.items()},
        )

    def _ranger(self, nom: str, vue: Vue, reperes: Sequence[int | None]) -> dict[str, Any]:
        """Write the pieces of a form and say what stands in them."""
        self._dossier.mkdir(parents=True, exist_ok=True)
        dits = []
        for rang, morceau in enumerate(vue.morceaux):
            fichier = f"{self._prefixe}{nom}-{rang}.png"
            (self._dossier / fichier).write_bytes(morceau.png)
            dits.append({
                "fichier": fichier,
                "taille": morceau.taille,
                "marques": [[reperes[r], boite] for r, boite in morceau.marques if reperes[r] is not None],
                "textes": morceau.textes,
                "commandes": morceau.commandes,
            })  # fmt: skip
        return {"fond": vue.fond, "aria": vue.aria, "morceaux": dits}


def _alternative(titre: str, figure: _EnCours) -> str:
    """Say what a picture shows to who does not see it."""
    morceaux = []
    for pas, _, nom, contenu, etat in figure.cibles:
        repere = figure.plan.reperes[pas]
        quoi = dire("« {nom} »", nom=nom)
        if contenu and aplanir(contenu) != aplanir(nom):
            quoi = dire("{quoi}, où se lit « {contenu} »", quoi=quoi, contenu=contenu)
        if etat:
            quoi = dire("{quoi}, {etat}", quoi=quoi, etat=etat)
        morceaux.append(quoi if repere is None else dire("repère {n}, {quoi}", n=repere, quoi=quoi))
    return dire("Écran « {titre} » : {quoi}.", titre=titre, quoi=" ; ".join(morceaux))


def _sur_une_ligne(texte: str) -> str:
    return re.sub(r"\s+", " ", texte).strip()
