"""The faults by their names, and those that are in the product now."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from webapp.banc_essai.fautes import (
    a_revoir,
    arbre,
    archives,
    catalogue,
    connexion,
    controle,
    dates,
    edof,
    enregistrement,
    habilitations,
    import_edof,
    nouvelle_edition,
    offre,
    ordre,
    rester,
    saisie,
    taches,
    types,
    visite,
)
from webapp.banc_essai.fautes.pose import Faute, Pose

if TYPE_CHECKING:
    from flask import Flask

FAUTES: tuple[Faute, ...] = (
    *offre.FAUTES, *types.FAUTES, *saisie.FAUTES, *enregistrement.FAUTES, *rester.FAUTES, *archives.FAUTES,
    *arbre.FAUTES, *a_revoir.FAUTES, *controle.FAUTES, *catalogue.FAUTES, *connexion.FAUTES, *dates.FAUTES,
    *taches.FAUTES, *habilitations.FAUTES, *import_edof.FAUTES, *edof.FAUTES, *ordre.FAUTES, *visite.FAUTES,
    *nouvelle_edition.FAUTES,
)  # fmt: skip
PAR_NOM: Mapping[str, Faute] = MappingProxyType({faute.nom: faute for faute in FAUTES})

_posees: dict[str, Pose] = {}
_RETENUE = type(lru_cache(lambda: None))
_CONNUES: dict[int, list[Any]] = {}
_un_a_la_fois = Lock()


def posees() -> Mapping[str, Pose]:
    """Give the faults that are in the product now, with what each has changed."""
    return MappingProxyType(_posees)


def poser(app: Flask, noms: Iterable[str]) -> None:
    """Make the product have these faults and no other; none puts everything back.

    Raises ValueError, in French, for a name that is no fault: nothing has then changed.
    """
    voulues = list(dict.fromkeys(noms))
    if inconnues := [nom for nom in voulues if nom not in PAR_NOM]:
        raise ValueError(f"Fautes inconnues : {', '.join(inconnues)}.")
    with _un_a_la_fois:
        if not (voulues or _posees):
            return
        try:
            _tout_retirer()
            for nom in voulues:
                _posees[nom] = Pose(app)
                PAR_NOM[nom].poser(_posees[nom])
        except BaseException:
            _tout_retirer()
            raise
        finally:
            _oublier()


def _tout_retirer() -> None:
    while _posees:  # The last put is the first taken away: two may have changed the same thing.
        _posees.popitem()[1].retirer()


def _oublier() -> None:
    """Make the product's functions forget what they have given: it was with other faults."""
    for retenue in _retenues(len(sys.modules)):
        retenue.cache_clear()


def _retenues(charges: int) -> list[Any]:
    """Give the functions of the product that remember, looked for anew once other modules were read."""
    if charges not in _CONNUES:
        gc.unfreeze()  # What the reading of the tests has laid aside is not among the objects otherwise.
        siennes = [objet for objet in gc.get_objects() if isinstance(objet, _RETENUE)]
        _CONNUES.clear()
        _CONNUES[charges] = [une for une in siennes if (une.__module__ or "").startswith("webapp.")]
    return _CONNUES[charges]
