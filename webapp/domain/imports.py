"""An import of the portal's file: what becomes of each object that it holds, and what a person is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from webapp.domain.champs import Niveau
from webapp.domain.refus import RefusMetier
from webapp.domain.textes import fr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

TAILLE_MAX = 32 << 20
"""Bytes of a file that a browser sends: 4 000 formations as the official sample has them. The command has none."""

GARDE = timedelta(days=1)
"""How long a file that was sent waits for somebody to confirm it."""


class Sort(StrEnum):
    """What becomes of an object that a file holds."""

    CREE = "cree"
    MODIFIE = "modifie"
    INCHANGE = "inchange"
    REFUSE = "refuse"

    @property
    def mot(self) -> str:
        """How it is called, of a formation, an action or a session."""
        return _MOTS[self]


_MOTS = MappingProxyType({
    Sort.CREE: "créée", Sort.MODIFIE: "modifiée", Sort.INCHANGE: "inchangée", Sort.REFUSE: "refusée",
})  # fmt: skip
PERTES = "pertes"
"""What counts, beside the fates, the formations of which an export will not give all back as the file has it."""

FICHIER = "fichier"
"""Where, among the levels, is counted what a file holds outside its formations, none of which an export gives back."""


class ImportExpire(RefusMetier):
    """The file is kept no more: it was sent too long ago."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(fr("Ce fichier n'est plus gardé : envoyez-le de nouveau."))


@dataclass(frozen=True, slots=True)
class Importation:
    """A file that was sent: its name, the encoding that it says and the one that its bytes are of.

    `tache_id` is the job that reads it. `lu_en`: the encoding in which it is read, empty until it is chosen.
    `formations`: how many it holds. `remarques`: what is to be said of the file as a whole. `comptes`: how many objects
    have each fate, by level. After `expire_le`, what was not confirmed is gone.
    """

    organisme_id: UUID
    tache_id: UUID
    nom: str
    declare: str
    reel: str
    lu_en: str
    formations: int
    remarques: tuple[str, ...]
    comptes: dict[str, dict[str, int]]
    expire_le: datetime

    @property
    def totaux(self) -> dict[Sort, int]:
        """How many objects have each fate, whatever their level."""
        return {sort: sum(du_niveau.get(sort.value, 0) for du_niveau in self.comptes.values()) for sort in Sort}

    @property
    def retenues(self) -> int:
        """How many formations have been looked at and are not refused."""
        siennes = self.comptes.get(Niveau.FORMATION, {})
        return sum(siennes.get(sort.value, 0) for sort in Sort if sort is not Sort.REFUSE)

    @property
    def pertes(self) -> int:
        """How many formations an export will not give back quite as the file has them."""
        return sum(du_niveau.get(PERTES, 0) for niveau, du_niveau in self.comptes.items() if niveau != FICHIER)

    @property
    def autour(self) -> int:
        """How many things the file holds outside its formations."""
        return self.comptes.get(FICHIER, {}).get(PERTES, 0)

    @staticmethod
    def comptes_vides(autour: int) -> dict[str, dict[str, int]]:
        """Count no object yet; only what the file holds outside its formations."""
        return {FICHIER: {PERTES: autour}} if autour else {}

    @property
    def a_choisir(self) -> bool:
        """Whether a person has to say in which encoding it is to be read."""
        return not self.lu_en


@dataclass(frozen=True, slots=True)
class Trace:
    """What an object keeps of the file that it comes from: what no field of ours says, given back in exports.

    `cree_le` and `modifie_le` are the dates that the file gives it (AAAAMMJJ, or empty); the second holds for `version`
    alone: changed here, the object has the date of that change. `rang` is its place among those beside it in the file.
    `reste`: what has no field, each with the path of what holds it, the name of what stands before it, its XML.
    `valeurs`: what has a field that no screen shows, by the names of fields. `numeros`: by the names of the fields that
    refer to a contact or a place, the id that the field had, and the numbers of the contact and of the address.
    """

    version: int
    rang: int
    cree_le: str
    modifie_le: str
    reste: tuple[tuple[str, str, str], ...] = ()
    valeurs: Mapping[str, str] = field(default_factory=dict)
    numeros: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)

    def contenu(self) -> dict[str, object]:
        """Give what has no column of its own, as plain values."""
        return {"reste": self.reste, "valeurs": dict(self.valeurs), "numeros": dict(self.numeros)}

    @classmethod
    def lire(cls, version: int, rang: int, dates: tuple[str, str], contenu: Mapping[str, Any]) -> Trace:
        """Give what was kept: the reverse of `contenu`."""
        return cls(
            version, rang, *dates, tuple((chemin, apres, xml) for chemin, apres, xml in contenu["reste"]),
            contenu["valeurs"], {nom: (id_, un, deux) for nom, (id_, un, deux) in contenu["numeros"].items()},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offre:
    """A formation of a file, as it was sent: its rank and its line there, its XML, what its preview has said."""

    rang: int
    ligne: int
    cle: str
    xml: bytes
    empreinte: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changes, or does not come back as it was: what it is called, before, after."""

    nom: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Apercu:
    """What is told of one object of a file: what becomes of it, what changes, why.

    `ligne` is where it stands in the file. `raisons`: why it is refused, or a draft. `remarques`: what is not taken as
    it is written. `pertes` (of a formation): what an export will not give back as it was. `appel`: what a person calls
    it by, beside its number, as the file has it: the title of a formation, the dates of a session; empty, of an action.
    """

    niveau: str
    sort: Sort
    nom: str
    ligne: int
    statut: str = ""
    changements: tuple[Difference, ...] = ()
    raisons: tuple[str, ...] = ()
    remarques: tuple[str, ...] = ()
    pertes: tuple[Difference, ...] = field(default=(), compare=False)
    appel: str = ""
