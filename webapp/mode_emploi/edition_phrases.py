"""A sentence of a guide, as another edition is compared with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from webapp.mode_emploi.edition_mots import cles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from webapp.mode_emploi.guide import Etape, Exemple
    from webapp.mode_emploi.tracabilite import Ligne

_PHRASE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])")


@dataclass(frozen=True)
class Reference:
    """A sentence of a guide: its number, where it stands, what it says, its step, the scenarios that prove it.

    `section` is what goes away together. `image`: it stands in a picture, which a copy of a document may lack.
    `absente`: it is a reconstruction. `ligne`: its row in the matrix, where there is one. `apport`: the guide does not
    say it, its publication does.
    """

    id: str
    place: str
    texte: str
    section: str
    ancre: str
    exemples: tuple[Exemple, ...]
    image: bool = False
    absente: bool = False
    ligne: Ligne | None = None
    apport: bool = False

    @property
    def mots(self) -> tuple[str, ...]:
        """Its words, as they are compared."""
        return cles(self.texte)


def couper(paragraphes: Iterable[str]) -> list[str]:
    """Cut paragraphs into sentences."""
    return [phrase for paragraphe in paragraphes for phrase in _PHRASE.split(paragraphe)]


def nom_de(etape: Etape | None) -> str:
    """Name what a sentence of a step stands in."""
    if etape is None:
        return "Présentation"
    return f"Étape {etape.numero}" if etape.numero is not None else etape.titre
