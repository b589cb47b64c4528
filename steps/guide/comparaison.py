"""Compare what a scenario of the guide shows on its way with the pictures that are published of it.

A screen that is as published costs one look. Another may still be coming: it is looked at again for a moment.
"""

import json
import time
from collections.abc import Mapping
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
    """A published picture: its file, the number of its mark, the step that it illustrates, what it showed."""

    fichier: str
    repere: int
    legende: str
    empreinte: Empreinte


@dataclass(frozen=True)
class Scenario:
    """A published scenario: its sentences as `phrases` gives them, and its pictures by the rank of their step."""

    phrases: tuple[str, ...]
    images: Mapping[int, Publiee]


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


def _images(scenario: Mapping[str, Any]) -> dict[int, Publiee]:
    return {
        i["pas"]: Publiee(i["fichier"], i["repere"], i["legende"], Empreinte.lire(i["empreinte"]))
        for i in scenario["images"]
    }


class Comparateur:
    """Stands where the Illustrateur does, in a run that publishes nothing. `ecarts` says what to take again."""

    def __init__(self, images: Mapping[int, Publiee]) -> None:
        self._images = images
        self._attendue: Publiee | None = None
        self._montrees = 0
        self.ecarts: list[str] = []

    def commencer_pas(self, rang: int, texte: str) -> None:  # noqa: ARG002 - the Illustrateur captions with it
        """Expect what the step of that rank, from 1, has shown."""
        self._attendue, self._montrees = self._images.get(rang), 0

    def montrer(self, page: Page, element: Locator, nom: str) -> None:  # noqa: ARG002 - same reason
        """Compare the page, with the mark on this element; nothing in a step that is not illustrated."""
        self._montrees += 1
        if self._attendue is None or self._montrees > 1:
            return
        fin = time.monotonic() + PATIENCE
        while lire(page) != self._attendue.empreinte.aria and time.monotonic() < fin:
            page.wait_for_timeout(PAUSE)
        vue = prendre(page, element.first, self._attendue.repere)
        self._noter(self._attendue, self._attendue.empreinte.ecarts(Empreinte.de(vue)))

    def finir_pas(self) -> None:
        """Say it when the step no longer has one gesture to illustrate."""
        if self._attendue is not None and self._montrees != 1:
            self._noter(self._attendue, [dire("l'étape ne se fait plus d'un seul geste")])
        self._attendue = None

    def _noter(self, publiee: Publiee, dits: list[str]) -> None:
        if dits:
            lignes = "\n".join(f"  {dit}" for dit in dits)
            titre = dire("« {pas} » ({image}) :", pas=publiee.legende, image=publiee.fichier)
            self.ecarts.append(f"{titre}\n{lignes}")

    def juger(self) -> None:
        """Raise AssertionError if what was shown is no longer what is published."""
        if self.ecarts:
            titre = dire(
                "Le guide publié ne montre plus ces écrans. S'ils sont bien ainsi : {refaire}", refaire=REFAIRE
            )
            raise AssertionError("\n".join([titre, *self.ecarts]))
