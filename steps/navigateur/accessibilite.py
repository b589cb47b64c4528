"""axe-core on every screen that the scenarios go through, each time something of it is seen for the first time.

The page is tested as it is served: axe is evaluated in it by the browser's debugging channel, which no policy of the
page forbids. An element is analysed when it has not been in the state it is in, where it stands, on that screen at that
width: every state of everything is looked at, and a page whose words alone have changed costs nothing. It is
analysed with what stands beside it, and the whole page with it where the page itself is new: its width, its title, its
language, the number of its main headings. No rule is left out but experimental ones; `target-size` is on. Knows
nothing of the product.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page

from steps.gherkin.typographie import dire, habiller, pluriel
from steps.navigateur.pilote import DUREE_D_UNE_ATTENTE

RACINE = Path(__file__).resolve().parents[2]
AXE = RACINE / "node_modules" / "axe-core"

_REGARDER_ENCORE = "() => { window.fvRegarde = undefined; }"
_EST_CHARGE = "() => window.axe !== undefined"
_LANGUE = "langue => axe.configure({ locale: langue })"
# What stays in sight covers whatever stands under it, until one scrolls: a target that is too small where the page
# stands is looked at again in the middle of the window, and the page put back where it was.
# Where only some elements are new, what they stand in is looked at: they, and those that they may crowd.
_ANALYSER = """async nouvelles => {
  const vus = window.fvElements;
  const partiel = nouvelles !== null && vus !== undefined && !nouvelles.includes(vus.get(document.body));
  const neufs = new Set(partiel ? nouvelles : []);
  const trouves = [...(vus ?? [])].filter(([, n]) => neufs.has(n));
  const autour = [...new Set(trouves.map(([element]) => element.parentElement))];
  const ou = partiel && autour.length && autour.every((parent) => parent?.isConnected) ? autour : document;
  // Left to itself axe also copies every style sheet first, for the one rule that reads them: an experimental one, that
  // it leaves out. That is a third of an analysis. What `no-autoplay-audio` asks for is loaded.
  const options = {
    resultTypes: ['violations'], rules: { 'target-size': { enabled: true } }, preload: { assets: ['media'] },
  };
  const { violations } = await axe.run(ou, options);
  const ici = [scrollX, scrollY];
  const encore = async ({ target }) => {
    document.querySelector(target[0])?.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { violations: restent } = await axe.run(ou, { ...options, runOnly: ['target-size'] });
    return restent.some(({ nodes }) => nodes.some((noeud) => noeud.target[0] === target[0]));
  };
  for (const violation of violations.filter(({ id }) => id === 'target-size')) {
    const vrais = [];
    for (const noeud of violation.nodes) if (await encore(noeud)) vrais.push(noeud);
    violation.nodes = vrais;
    scrollTo({ left: ici[0], top: ici[1], behavior: 'instant' });
  }
  return violations.filter(({ nodes }) => nodes.length).map(({ id, impact, help, nodes }) => ({
    id, impact, aide: help, cas: nodes.map(({ html, failureSummary }) => ({ html, resume: failureSummary })),
  }));
}"""
# One number for each element shown, drawn from what can change a verdict about it: its tag, classes, roles and states,
# and those of all that it stands in. Twenty cards give the numbers of one. No answer when the page does not come to
# rest, none of them when nothing has changed: the three questions in one cost one journey to the browser.
_EMPREINTES = """async duree => {
  const attente = window.fvAttente;
  if (attente !== undefined) {
    if (!await attente.attendre(duree)) return null;
    const changements = attente.changements();
    if (window.fvRegarde === changements) return [];
    window.fvRegarde = changements;
  }
  const UTILES = ['href', 'disabled', 'readonly', 'required', 'placeholder', 'tabindex', 'lang'];
  const empreintes = new Map();
  const melanger = (depart, texte) => {
    let h = depart;
    for (let i = 0; i < texte.length; i += 1) h = Math.imul(h ^ texte.charCodeAt(i), 16777619);
    return h >>> 0;
  };
  const visiter = (element, autour) => {
    if (element.localName === 'script' || element.localName === 'template' || !element.checkVisibility()) return;
    const traits = [element.localName];
    for (const { name, value } of element.attributes) {
      if (name === 'class' || name === 'role' || name === 'type') traits.push(`${name}=${value}`);
      else if (UTILES.includes(name)) traits.push(name);
      else if (name.startsWith('aria-')) traits.push(/^(true|false|page|)$/.test(value) ? `${name}=${value}` : name);
    }
    if (element.matches(':popover-open, dialog[open], details[open], :checked')) traits.push('ouvert');
    const ecrit = ({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent.trim() !== '';
    if ([...element.childNodes].some(ecrit)) traits.push('texte');
    const empreinte = melanger(autour, traits.join(' '));
    empreintes.set(element, empreinte);
    for (const enfant of element.children) visiter(enfant, empreinte);
  };
  const compter = (selecteur) => document.querySelectorAll(selecteur).length;
  const langue = document.documentElement.lang;
  const page = `${innerWidth} ${Boolean(document.title)} ${langue} ${compter('h1')} ${compter('main')}`;
  visiter(document.body, melanger(2166136261, page));
  window.fvElements = empreintes;
  return [...new Set(empreintes.values())];
}"""
_NUMEROS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


class Accessibilite:
    """What has been looked at so far, in this process or in another of the same run; `memoire` is their folder."""

    def __init__(self, memoire: Path) -> None:
        self._memoire = memoire
        self._vus: set[str] = set()
        self.analyses = 0

    def observer(self, page: Page) -> bool:
        """Look at the page if it comes to rest and anything in it is new; say whether it came to rest.

        Fails with a French report if axe finds anything.
        """
        if not page.url.startswith("http"):
            return True  # Nothing of the product yet.
        try:
            empreintes = page.evaluate(_EMPREINTES, DUREE_D_UNE_ATTENTE)
        except Error:
            return False  # The page is being replaced: what comes next will be looked at.
        if empreintes is None:
            return False
        ecran = hashlib.sha256(_NUMEROS.sub("N", urlsplit(page.url).path).encode()).hexdigest()[:8]
        nouveaux = {f"{ecran}-{empreinte:08x}" for empreinte in empreintes} - self._vus
        self._vus |= nouveaux
        pris = {cle for cle in nouveaux if self._prendre(cle)}
        if not pris:
            return True
        violations = analyser(page, [int(cle.rpartition("-")[2], 16) for cle in pris])
        self.analyses += 1
        if violations:
            self._oublier(nouveaux, pris)
            page.evaluate(_REGARDER_ENCORE)
            raise AssertionError(rapport(page.url, violations))
        return True

    def _prendre(self, cle: str) -> bool:
        """Say whether nobody has looked at this yet, and take it."""
        self._memoire.mkdir(parents=True, exist_ok=True)
        try:
            (self._memoire / cle).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def _oublier(self, nouveaux: set[str], pris: set[str]) -> None:
        """Let what is faulty fail again wherever it is met."""
        self._vus -= nouveaux
        for cle in pris:
            (self._memoire / cle).unlink(missing_ok=True)


def analyser(page: Page, nouvelles: Sequence[int] | None = None) -> Sequence[Mapping[str, Any]]:
    """Run axe on the page as it stands and give the violations, in French.

    `nouvelles`: the only states to look at, by their numbers as `observer` has just drawn them; all of them without it.
    """
    if not page.evaluate(_EST_CHARGE):
        page.evaluate(_source())
    violations: Sequence[Mapping[str, Any]] = page.evaluate(_ANALYSER, nouvelles)
    if not violations:
        return violations
    # Its language costs some 60 ms, an analysis some 400: only what is told is asked for in French.
    page.evaluate(_LANGUE, _langue())
    return page.evaluate(_ANALYSER, nouvelles) or violations


def rapport(adresse: str, violations: Sequence[Mapping[str, Any]]) -> str:
    """Say in French what axe found, where, and how to repair it."""
    nombre = habiller(pluriel(len(violations), "défaut d'accessibilité", "défauts d'accessibilité"))
    lignes = [dire("{nombre} sur {adresse} :", nombre=nombre, adresse=adresse)]
    for violation in violations:
        lignes.append(f"  {violation['id']} ({violation['impact']}) : {violation['aide']}")
        for cas in violation["cas"][:5]:
            lignes += [f"    {cas['html'][:300]}", *(f"      {ligne}" for ligne in cas["resume"].splitlines())]
    return "\n".join(lignes)


@cache
def _source() -> str:
    return _lire(AXE / "axe.min.js")


@cache
def _langue() -> Any:
    return json.loads(_lire(AXE / "locales" / "fr.json"))


def _lire(fichier: Path) -> str:
    try:
        return fichier.read_text("utf-8")
    except FileNotFoundError:
        raise AssertionError(dire("axe-core manque : « make test » l'installe, ou « npm ci »")) from None
