"""Compare what a scenario of the guide shows on its way with the pictures that are published of it.

A screen that is as published costs one look. Another may still be coming: it is looked at again for a moment.
"""

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from steps.gherkin.typographie import dire
from steps.guide.empreintes import Empreinte
from steps.navigateur.enregistreur import Etape
from steps.navigateur.illustration import lire, prendre

PUBLIE = Path(__file__).resolve().parents[2] / "webapp" / "mode_emploi" / "publie"
EMPREINTES = "empreintes.json"
REFAIRE = "make guide"
PATIENCE = 2.0
"""Seconds left to a screen to become what is published: what follows the typing comes a little after it."""
PAUSE = 50
"""Milliseconds between two looks."""


@dataclass(frozen=True)
class Publiee:
    """A published picture: its name, the ranks of the steps that it shows, whether it is a whole screen, its prints.

    `empreintes` gives what it showed, by its form.
    """

    nom: str
    pas: tuple[int, ...]
    ecran: bool
    empreintes: Mapping[str, Empreinte]


@dataclass(frozen=True)
class Scenario:
    """A published scenario: its sentences as `phrases` gives them, and the pictures that are taken in it."""

    phrases: tuple[str, ...]
    images: tuple[Publiee, ...]


def phrases(etapes: tuple[Etape, ...]) -> list[str]:
    """Give the sentences of a scenario with what stands under them, as a person reads them."""
    return [
        "\n".join([f"{e.mot_cle} {e.texte}", *map(" | ".join, e.tableau), *filter(None, [e.texte_long])])
        for e in etapes
    ]


@cache
def publies(dossier: Path = PUBLIE) -> Mapping[tuple[str, str], Scenario]:
    """Read the published scenarios, by their feature and their title; none before the first publication.

    Raises KeyError or ValueError for a file that `make guide` did not write.
    """
    try:
        lu = json.loads((dossier / EMPREINTES).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {(s["fichier"], s["nom"]): Scenario(tuple(s["phrases"]), _images(s)) for s in lu["scenarios"]}


def _images(scenario: Mapping[str, Any]) -> tuple[Publiee, ...]:
    return tuple(
        Publiee(
            i["nom"], tuple(i["pas"]), i["ecran"], {nom: Empreinte.lire(e) for nom, e in i["empreintes"].items()}
        )
        for i in scenario["images"]
    )  # fmt: skip


class Comparateur:
    """Stands where the Illustrateur does, in a run that publishes nothing. `ecarts` says what to take again."""

    def __init__(self, images: Iterable[Publiee]) -> None:
        self._attendues = [(image, dict[int, Locator]()) for image in images]
        self._pas: int | None = None
        self._montrees = 0
        self._legende = ""
        self.ecarts: list[str] = []

    def commencer_pas(self, rang: int, texte: str) -> None:
        """Look at the step of that rank, from 1."""
        self._pas, self._montrees, self._legende = rang, 0, texte

    def montrer(self, page: Page, element: Locator, nom: str) -> None:  # noqa: ARG002 - the Illustrateur says it
        """Remember an element that a picture shows; compare each picture whose last step this is."""
        if self._pas is None:
            return
        self._montrees += 1
        for publiee, cibles in self._attendues:
            if self._pas in publiee.pas and self._pas not in cibles:
                cibles[self._pas] = element.first
                if self._pas == publiee.pas[-1]:
                    self._comparer(page, publiee, list(cibles.values()))

    def finir_pas(self) -> None:
        """Say it when a step that a picture shows no longer has one gesture to show."""
        for publiee, _ in self._attendues:
            if self._pas in publiee.pas and self._montrees != 1:
                self._noter(publiee, [dire("l'étape ne se fait plus d'un seul geste")])
        self._pas = None

    def _comparer(self, page: Page, publiee: Publiee, cibles: list[Locator]) -> None:
        premiere = next(iter(publiee.empreintes.values()))
        fin = time.monotonic() + PATIENCE
        while lire(page, cibles, ecran=publiee.ecran) != premiere.aria and time.monotonic() < fin:
            page.wait_for_timeout(PAUSE)
        vues = prendre(page, cibles, ecran=publiee.ecran)
        for nom, attendue in publiee.empreintes.items():
            if ecarts := attendue.ecarts(Empreinte.de(vues[nom])):
                self._noter(publiee, ecarts)
                return

    def _noter(self, publiee: Publiee, dits: list[str]) -> None:
        if dits:
            lignes = "\n".join(f"  {dit}" for dit in dits)
            titre = dire("« {pas} » (image {image}) :", pas=self._legende, image=publiee.nom)
            self.ecarts.append(f"{titre}\n{lignes}")

    def juger(self) -> None:
        """Raise AssertionError if what was shown is no longer what is published."""
        if self.ecarts:
            titre = dire(
                "Le guide publié ne montre plus ces écrans. S'ils sont bien ainsi : {refaire}", refaire=REFAIRE
            )
            raise AssertionError("\n".join([titre, *self.ecarts]))
