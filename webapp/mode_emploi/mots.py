"""The words of a step, a value between « » being one word."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOT = re.compile(r"[^\s«»,;:]+|[«»,;:]")


@dataclass(frozen=True)
class Mot:
    """A word, a sign, or a whole « … »; `colle`: nothing stands between it and the one before."""

    texte: str
    cite: bool = False
    colle: bool = False


def mots(plat: str) -> tuple[Mot, ...]:
    """Cut a plain text at its spaces and signs; « … », with what it holds, is one word."""
    fermetures = _fermetures(plat)
    trouves: list[Mot] = []
    fin = 0
    while (lu := _MOT.search(plat, fin)) is not None:
        debut, colle = lu.start(), lu.start() == fin and bool(trouves)
        fin = fermetures.get(debut, lu.end())
        trouves.append(Mot(plat[debut:fin], cite=debut in fermetures, colle=colle))
    return tuple(trouves)


def _fermetures(plat: str) -> dict[int, int]:
    """Give where each « … » ends by where it opens; a guillemet without its pendant is not there."""
    ouvertes: list[int] = []
    fermetures: dict[int, int] = {}
    for rang, signe in enumerate(plat):
        if signe == "«":
            ouvertes.append(rang)
        elif signe == "»" and ouvertes:
            fermetures[ouvertes.pop()] = rang + 1
    return fermetures
