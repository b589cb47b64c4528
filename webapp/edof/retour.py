"""What comes back as an export wrote it: « d'un » where we have « d’un », which the file cannot carry.

A file of ours that is brought in again changes nothing: what it says is our own text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from webapp.domain.identifiants import cle_canonique
from webapp.domain.latin_1 import passe, remplace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webapp.domain.champs import Champ
    from webapp.edof.objets import Objet, Reference


def a_notre_facon(lu: Objet, notre: Objet | None) -> Objet:
    """Give an object of a file with our own texts, where it has what an export would write of them."""
    if notre is None:
        return lu
    siens = {cle_canonique(enfant.numero): enfant for enfant in notre.enfants}
    enfants = [a_notre_facon(enfant, siens.get(cle_canonique(enfant.numero))) for enfant in lu.enfants]
    valeurs = _valeurs(lu.valeurs, notre.valeurs)
    references = {champ: _reference(ref, notre.references.get(champ)) for champ, ref in lu.references.items()}
    pareils = valeurs is lu.valeurs and all(references[champ] is ref for champ, ref in lu.references.items())
    if pareils and all(un is autre for un, autre in zip(enfants, lu.enfants, strict=True)):
        return lu
    return replace(lu, valeurs=valeurs, references=references, enfants=tuple(enfants))


def _reference(lue: Reference, notre: Reference | None) -> Reference:
    valeurs = lue.valeurs if notre is None else _valeurs(lue.valeurs, notre.valeurs)
    return lue if valeurs is lue.valeurs else replace(lue, valeurs=valeurs)


def _valeurs(lues: Mapping[Champ, str], notres: Mapping[Champ, str]) -> Mapping[Champ, str]:
    retours = {
        champ: notres[champ] for champ, lu in lues.items() if champ in notres and _est_ce_qu_ecrit(lu, notres[champ])
    }
    return {**lues, **retours} if retours else lues


def _est_ce_qu_ecrit(lu: str, notre: str) -> bool:
    """Say whether a text of a file is what an export writes of one of ours that the file cannot carry."""
    return lu != notre and not passe(notre) and remplace(notre) == lu
