"""What an import has kept of a file and no field of ours does, piece by piece, as a person is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from webapp.edof.conserve import nom_de

if TYPE_CHECKING:
    from webapp.edof.objets import Reste


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: its name, the names that lead to where it goes in the file, its text (perhaps empty)."""

    nom: str
    chemin: tuple[str, ...]
    texte: str


def piece_de(reste: Reste) -> Piece:
    """Give a piece that was kept as it is told."""
    element = etree.fromstring(reste.xml)
    textes = (texte.strip() for texte in element.itertext() if isinstance(texte, str))
    return Piece(nom_de(element), tuple(filter(None, reste.chemin.split("/"))), " ".join(filter(None, textes)))
