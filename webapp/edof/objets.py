"""What the file says of a formation, an action or a session: the value that the writer takes and the reader gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webapp.domain.champs import Champ, Niveau


@dataclass(frozen=True, slots=True)
class Reference:
    """A contact or a place as one object of the file writes it, whole, each time.

    `numero` and `numero_adresse`: what identifies them in the file; the portal asks for both, and reads neither.
    `valeurs`: those of the fields of a contact, of a place, or of a place and of the contact there. `entrees`: which
    contact and which place say them, by their ids, where they are ours.
    """

    numero: str
    valeurs: Mapping[Champ, str]
    numero_adresse: str = ""
    entrees: Mapping[Niveau, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Reste:
    """Something that the file holds and no field of ours does: kept as it is read, and given back where it stood.

    `chemin`: the names that lead to the block that holds it, from its object. `apres`: what has a place and stands
    before it in that block (`conserve.repere`), empty for the first. `xml`: its own text, without namespace.
    """

    chemin: str
    apres: str
    xml: str


@dataclass(frozen=True, slots=True)
class Objet:
    """One formation, action or session of the file.

    `valeurs` are those of the domain (`2027-01-05`, « oui », `96213`), by field; what is empty is left out.
    `cree_le` and `modifie_le`: AAAAMMJJ, empty when a file has no such date. `lignes`: where each field stood in
    the file that was read; `ligne`, where the object began.
    """

    niveau: Niveau
    numero: str
    cree_le: str
    modifie_le: str
    valeurs: Mapping[Champ, str]
    references: Mapping[Champ, Reference] = field(default_factory=dict)
    enfants: tuple[Objet, ...] = ()
    reste: tuple[Reste, ...] = ()
    ligne: int = field(default=0, compare=False)
    lignes: Mapping[str, int] = field(default_factory=dict, compare=False)
