"""axe-core on every state of every screen that the scenarios go through, each distinct state once in a run.

The page is tested as it is served: axe is evaluated in it by the browser's debugging channel, which no policy of the
page forbids, and only when the state has not been seen yet. A state is what can change a verdict: the structure of
the page, its classes, roles and states, the width of the window; not the words. No rule is left out, `target-size` is
on. Knows nothing of the product.
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

from steps.typographie import dressed, plural, say

RACINE = Path(__file__).resolve().parent.parent
AXE = RACINE / "node_modules" / "axe-core"

_EST_CHARGE = "() => window.axe !== undefined"
_LANGUE = "langue => axe.configure({ locale: langue })"
_ANALYSER = """async () => {
  const options = { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } };
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, impact, help, nodes }) => ({
    id, impact, aide: help, cas: nodes.map(({ html, failureSummary }) => ({ html, resume: failureSummary })),
  }));
}"""
# Siblings of one structure count once: twenty cards are one state, and so are two.
_SIGNATURE = """() => {
  const UTILES = ['href', 'disabled', 'readonly', 'required', 'placeholder', 'tabindex', 'lang'];
  const signer = (element) => {
    const traits = [element.localName];
    for (const { name, value } of element.attributes) {
      if (name === 'class' || name === 'role' || name === 'type') traits.push(`${name}=${value}`);
      else if (UTILES.includes(name)) traits.push(name);
      else if (name.startsWith('aria-')) traits.push(/^(true|false|page|)$/.test(value) ? `${name}=${value}` : name);
    }
    if (element.matches(':popover-open, dialog[open], details[open], :checked')) traits.push('ouvert');
    if (!element.checkVisibility()) return `${traits.join(' ')} cache`;
    const enfants = [];
    for (const enfant of element.children) {
      if (enfant.localName === 'script' || enfant.localName === 'template') continue;
      const signe = signer(enfant);
      if (!enfants.includes(signe)) enfants.push(signe);
    }
    const texte = [...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
    return `${traits.join(' ')}${texte ? ' texte' : ''}[${enfants.join(',')}]`;
  };
  return `${innerWidth} ${Boolean(document.title)} ${document.documentElement.lang} ${signer(document.body)}`;
}"""
_NUMEROS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


class Accessibilite:
    """The states already looked at, in this process or in another of the same run: `memoire` is their common folder."""

    def __init__(self, memoire: Path) -> None:
        self._memoire = memoire
        self._vus: set[str] = set()
        self.analyses = 0

    def observer(self, page: Page) -> None:
        """Look at the page if its state is new; fail with a French report if axe finds anything."""
        if not page.url.startswith("http"):
            return  # Nothing of the product yet.
        try:
            etat = f"{_NUMEROS.sub('N', urlsplit(page.url).path)} {page.evaluate(_SIGNATURE)}"
        except Error:
            return  # The page is being replaced: its next state will be looked at.
        cle = hashlib.sha256(etat.encode()).hexdigest()[:24]
        if cle in self._vus:
            return
        self._vus.add(cle)
        if self._deja_vu_ailleurs(cle):
            return
        violations = analyser(page)
        self.analyses += 1
        if violations:
            self._oublier(cle)
            raise AssertionError(rapport(page.url, violations))

    def _deja_vu_ailleurs(self, cle: str) -> bool:
        self._memoire.mkdir(parents=True, exist_ok=True)
        try:
            (self._memoire / cle).touch(exist_ok=False)
        except FileExistsError:
            return True
        return False

    def _oublier(self, cle: str) -> None:
        """Let a faulty state fail again wherever it is met."""
        self._vus.discard(cle)
        (self._memoire / cle).unlink(missing_ok=True)


def analyser(page: Page) -> Sequence[Mapping[str, Any]]:
    """Run axe on the page as it stands and give the violations."""
    if not page.evaluate(_EST_CHARGE):
        page.evaluate(_source())
        page.evaluate(_LANGUE, _langue())
    violations: Sequence[Mapping[str, Any]] = page.evaluate(_ANALYSER)
    return violations


def rapport(adresse: str, violations: Sequence[Mapping[str, Any]]) -> str:
    """Say in French what axe found, where, and how to repair it."""
    nombre = dressed(plural(len(violations), "défaut d'accessibilité", "défauts d'accessibilité"))
    lignes = [say("{nombre} sur {adresse} :", nombre=nombre, adresse=adresse)]
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
        raise AssertionError(say("axe-core manque : « make test » l'installe, ou « npm ci »")) from None
