"""What a person acts on, as a screen reader names it: the data of the guided tour, noted while a scenario is played.

One `Lecteur` a scenario. It notes each gesture of a « Quand » (screen, role, accessible name, verb, value) before it is
made, and each titled part that an « Alors » points at. Knows nothing of the product but one mark: `data-carte`, on what
shows one object among others, whose name is that of the person's own.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page

from steps.navigateur.pilote import Geste, Illustrateur

LIRE = "lire"
VERBES = frozenset({"cliquer", "sélectionner", "saisir", "choisir"})
"""Of the gestures of a person, those that a tour can ask for."""
PARTIE = "region"
"""Role of what a tour invites to read: a titled part. A message goes away, a button is pressed."""

_VARIABLE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_NOMME = re.compile(r'^- (?P<role>[a-z]+)(?: "(?P<nom>(?:[^"\\]|\\.)*)")?')
_OU = """element => {
  const dit = (noeud) => (noeud?.textContent ?? "").replace(/\\s+/g, " ").trim();
  return {
    titre: dit(document.querySelector("h1")),
    carte: dit(element.closest("[data-carte]")?.querySelector("summary > :first-child, h2, h3")),
    plie: element.matches("summary") ? dit(element.firstElementChild ?? element) : "",
  };
}"""
PLIE = "summary"
"""What opens and closes has no role of its own that all browsers agree on: it goes by its tag, and its first words."""


@dataclass(frozen=True)
class GesteLu:
    """One gesture: the rank of its step from 0, its verb, what is acted on, what is typed or chosen, and where.

    `page` is the path of the address, what changes from one object to another put aside; `titre` its first title;
    `carte` the title of the object that the element belongs to, empty when it belongs to none.
    """

    pas: int
    verbe: str
    role: str
    nom: str
    valeur: str
    page: str
    titre: str
    carte: str

    @classmethod
    def lire(cls, faits: Mapping[str, Any]) -> Self:
        """Read what `faits` wrote. Raises TypeError for anything else."""
        return cls(**faits)

    def faits(self) -> dict[str, Any]:
        """Give the gesture as plain values, ready for JSON."""
        return asdict(self)


def chemin(adresse: str) -> str:
    """Give the path of an address, with {id} where the number of an object stands."""
    return _VARIABLE.sub("{id}", urlsplit(adresse).path)


class Lecteur:
    """Notes the gestures of one scenario. It stands before `suivant`, who takes the pictures, if there is one."""

    def __init__(self, suivant: Illustrateur | None = None) -> None:
        self.suivant = suivant
        self.gestes: list[GesteLu] = []
        self._pas: int | None = None
        self._regarde = False

    def commencer_pas(self, rang: int, *, fait: bool, regarde: bool) -> None:
        """Note what follows under the step of that rank: the gestures of one that does, the parts of one that looks."""
        self._pas, self._regarde = rang if fait or regarde else None, regarde

    def avant_un_geste(self, geste: Geste) -> None:
        """Note a gesture."""
        if geste.element is not None and geste.verbe in VERBES and not self._regarde:
            self._noter(geste.page, geste.verbe, geste.element, geste.valeur)

    def montrer(self, page: Page, element: Locator, nom: str) -> None:
        """Note a titled part that is pointed at."""
        if self._regarde:
            self._noter(page, LIRE, element, "")
        if self.suivant is not None:
            self.suivant.montrer(page, element, nom)

    def _noter(self, page: Page, verbe: str, element: Locator, valeur: str) -> None:
        if self._pas is None:
            return
        try:
            lu = _NOMME.match(element.first.aria_snapshot())
            ou = element.first.evaluate(_OU)
        except Error:
            return  # The gesture itself says better what is missing.
        role, nom = (PLIE, ou["plie"]) if ou["plie"] else (lu["role"], lu["nom"] or "") if lu else ("", "")
        if not nom or (verbe == LIRE and role != PARTIE):
            return
        nom = nom.replace('\\"', '"').replace("\\\\", "\\")
        self.gestes.append(GesteLu(self._pas, verbe, role, nom, valeur, chemin(page.url), ou["titre"], ou["carte"]))
