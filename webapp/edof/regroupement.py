"""One formation that a file gives in several pieces, as tools do that write a row of a table after the other.

The pieces are brought together by the numbers of what they hold, when they say the same of what they have in common.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from webapp.domain.identifiants import cle_canonique

if TYPE_CHECKING:
    from webapp.edof.objets import Objet


def regrouper(un: Objet, suite: Objet) -> Objet | None:
    """Give an object with all that another piece of it holds; None when they do not say the same of the object itself.

    Dates apart: those of the first count. What it holds under a number that both have is one, if it says the same too;
    else it stands there twice.
    """
    if _soi(un) != _soi(suite):
        return None
    enfants = list(un.enfants)
    rangs = {cle_canonique(enfant.numero): rang for rang, enfant in enumerate(enfants)}
    for enfant in suite.enfants:
        cle = cle_canonique(enfant.numero)
        rang = rangs.get(cle)
        uni = None if rang is None else regrouper(enfants[rang], enfant)
        if rang is None or uni is None:
            rangs.setdefault(cle, len(enfants))
            enfants.append(enfant)
        else:
            enfants[rang] = uni
    return replace(un, enfants=tuple(enfants))


def decaler(objet: Objet, lignes: int) -> Objet:
    """Give an object, and all that it holds, so many lines further in the file."""
    return replace(
        objet, ligne=objet.ligne + lignes, lignes={nom: ligne + lignes for nom, ligne in objet.lignes.items()},
        enfants=tuple([decaler(enfant, lignes) for enfant in objet.enfants]),
    )  # fmt: skip


def _soi(objet: Objet) -> Objet:
    """Give what an object says of itself, dates apart; its number as the catalogue knows it."""
    return replace(objet, numero=cle_canonique(objet.numero), enfants=(), cree_le="", modifie_le="")
