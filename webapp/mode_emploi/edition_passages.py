"""The words of another edition that are of no sentence of the guide: what was put in one, and what is new by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from webapp.mode_emploi.edition_alignement import Alignement, trous

if TYPE_CHECKING:
    from webapp.mode_emploi.edition_mots import MotLu

_AJOUT_MAX = 6
"""Words that a sentence may be given at its ends, were it shorter."""


@dataclass
class Passage:
    """Words that are of no sentence, between two that are found."""

    mots: tuple[MotLu, ...]
    avant: int | None
    apres: int | None


def ranger(fait: Alignement) -> tuple[list[Passage], dict[int, set[int]]]:
    """Part the words that are of no sentence: new passages, and what was added at the ends of a sentence."""
    passages: list[Passage] = []
    ajouts: dict[int, set[int]] = {}
    for avant, apres, places in trous(fait):
        if avant is not None and avant == apres:
            ajouts.setdefault(avant, set()).update(places)
            continue
        pieces = _couper(fait, places)
        if apres is not None and len(pieces) == 1 and _remplace_le_debut(fait, avant, apres, pieces[0]):
            ajouts.setdefault(apres, set()).update(pieces.pop())
        if pieces and avant is not None and _finit(fait, avant, pieces[0]):
            ajouts.setdefault(avant, set()).update(pieces.pop(0))
        if pieces and apres is not None and _commence(fait, apres, pieces[-1], places.stop):
            ajouts.setdefault(apres, set()).update(pieces.pop())
        passages += [
            Passage(tuple(fait.lus[place] for place in groupe), avant, apres) for groupe in _par_numero(pieces)
        ]
    return passages, ajouts


def _couper(fait: Alignement, places: range) -> list[list[int]]:
    """Cut a run of words where a sentence, an item or a step begins; lone numbers are left out."""
    pieces: list[list[int]] = []
    coupe = True
    for place in places:
        mot = fait.lus[place]
        if mot.numero:
            coupe = True
            continue
        if coupe or mot.coupe or (mot.ligne and mot.capitale):
            pieces.append([])
        pieces[-1].append(place)
        coupe = False
    return pieces


def _remplace_le_debut(fait: Alignement, avant: int | None, apres: int, piece: list[int]) -> bool:
    """Say whether some words take the place of the first of a sentence, the one before it being whole."""
    entiere = avant is None or max(fait.places[avant]) == len(fait.phrases[avant]) - 1
    return entiere and len(piece) <= 2 * min(fait.places[apres])


def _finit(fait: Alignement, rang: int, piece: list[int]) -> bool:
    """Say whether some words end the sentence before them: nothing parts them, or its own last words are missing."""
    manquants = len(fait.phrases[rang]) - 1 - max(fait.places[rang])
    mot, veille = fait.lus[piece[0]], piece[0] - 1
    numero = fait.lus[veille].numero and veille not in fait.places[rang].values()
    if mot.coupe or numero or (mot.capitale and (mot.ligne or not manquants)):
        return not numero and len(piece) <= 2 * manquants
    return len(piece) <= max(_AJOUT_MAX, len(fait.phrases[rang]))


def _commence(fait: Alignement, rang: int, piece: list[int], place: int) -> bool:
    """Say whether some words begin the sentence after them."""
    manquants = min(fait.places[rang])
    mot = fait.lus[place]
    numero = mot.numero or fait.lus[place - 1].numero
    if mot.coupe or numero or (mot.capitale and (mot.ligne or not manquants)):
        return not numero and len(piece) <= 2 * manquants
    return len(piece) <= max(_AJOUT_MAX, len(fait.phrases[rang]))


def _par_numero(pieces: list[list[int]]) -> list[list[int]]:
    """Put together what follows, up to the number of another step."""
    groupes: list[list[int]] = []
    for piece in pieces:
        if groupes and piece[0] == groupes[-1][-1] + 1:
            groupes[-1] += piece
        else:
            groupes.append(list(piece))
    return groupes
