"""A job: what somebody asked for that takes longer than an answer, and where it stands.

A job is a row. It is chosen, prepared (each object that it concerns gets a line that says what would become of it),
launched by a person who has read that, then done part by part. Knows nothing of who does it, nor of what is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from webapp.domain.refus import RefusMetier
from webapp.domain.textes import fr

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from webapp.domain.lots import Changement

PART_MAX = 500
"""Objects changed in one transaction, at most."""

CHOIX_MAX = 5_000
"""Objects chosen one by one, at most; a filter has no such limit."""

BAIL = 15.0
"""Seconds without a sign of whoever does a job after which another takes it: longer than any wait for a turn to write
(10 s). They are counted by the one that waits, on its own clock, which nobody can set."""

ECHECS_MAX = 3
"""Times in a row that one part fails before the job is given up, and says so."""


class Genre(StrEnum):
    """What a job does."""

    LOT = "lot"
    """The same change made to many objects."""
    IMPORT = "import"
    """What a file of the portal holds, brought into the catalogue."""
    ANNULATION = "annulation"
    """The undoing of either."""
    EXPORT = "export"
    """The portal's file of a catalogue, made beside."""


class EtatTache(StrEnum):
    """Where a job stands."""

    CHOIX = "choix"
    """Objects are being chosen."""
    PREPARATION = "preparation"
    """What would become of each is being looked at."""
    PRETE = "prete"
    """What would change can be read, and launched."""
    EN_COURS = "en_cours"
    """Launched: it waits for its turn, or is being done."""
    TERMINEE = "terminee"
    INTERROMPUE = "interrompue"
    """Stopped before its end, by somebody or by a failure: what was done stays, and can be undone."""


ACTIFS = frozenset({EtatTache.PREPARATION, EtatTache.EN_COURS})
"""What something is to be done for, now."""

FINIS = frozenset({EtatTache.TERMINEE, EtatTache.INTERROMPUE})


class EtatLigne(StrEnum):
    """What becomes of one object of a job."""

    PREVUE = "prevue"
    """It would change; until its turn comes."""
    ECARTEE = "ecartee"
    """It cannot change, and was told so before."""
    FAITE = "faite"
    LAISSEE = "laissee"
    """It was to change, and has been left as it was found: something had happened meanwhile."""


class TacheDepassee(RefusMetier):
    """What was asked of a job is no longer, or not yet, possible: it stands elsewhere."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(fr("Cette tâche a changé entre-temps : rien n'est fait. Revenez à sa page."))


class ChoixServi(RefusMetier):
    """What was chosen is already a job."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(fr("Ce choix a déjà servi : commencez-en un autre."))


class ChoixTropLong(RefusMetier):
    """More objects were chosen one by one than a choice holds."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__(
            fr(f"Un choix à la main compte au plus {CHOIX_MAX} éléments : choisissez plutôt tout ce que montre un "
               "filtre.")
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tache:
    """One job. Moments are aware, in UTC; `jour` is the reference date that was set when it was asked for.

    `choisis` counts what was chosen; `prevus` and `ecartes` what the preparation found; `faits` and `laisses` what was
    done. `rang` is that of the last object that was treated. `porteur` is who does it, `battement` grows at each sign
    of it. `origine` is the job that it undoes. `raison` says why it was stopped.
    """

    id: UUID
    organisme_id: UUID
    genre: Genre
    etat: EtatTache
    changement: Changement | None
    etape: dict[str, object]
    jour: date | None
    utilisateur_id: UUID
    demandee_par: str
    creee_le: datetime
    lancee_le: datetime | None = None
    finie_le: datetime | None = None
    choisis: int = 0
    prevus: int = 0
    ecartes: int = 0
    faits: int = 0
    laisses: int = 0
    rang: int = 0
    porteur: UUID | None = None
    battement: int = 0
    echecs: int = 0
    raison: str = ""
    origine: UUID | None = None

    @property
    def active(self) -> bool:
        """Whether there is something to do for it now."""
        return self.etat in ACTIFS

    def tenue_par(self, porteur: UUID | None) -> bool:
        """Whether there is something to do for it now, and it is this process that does it."""
        return self.active and self.porteur == porteur

    @property
    def finie(self) -> bool:
        """Whether nothing will be done for it any more."""
        return self.etat in FINIS

    @property
    def choix_a_reprendre(self) -> bool:
        """Whether its objects were chosen one by one, so that the same can be chosen again."""
        return self.genre is Genre.LOT and self.choisis > 0

    @property
    def traites(self) -> int:
        """How many of the objects that were to change have had their turn."""
        return self.faits + self.laisses

    @property
    def annulable(self) -> bool:
        """Whether there is something of it to undo."""
        return self.finie and self.genre is not Genre.ANNULATION and self.faits > 0


@dataclass(frozen=True, slots=True)
class Ligne:
    """One object of a job, by its rank: what it is called, what changes of it, what became of it and why.

    `version_vue` is the one that the preparation has read, `version_faite` the one that the job made (DISPARUE: it has
    removed the object). `avant` is what it takes to undo: `Etat` of `lots`, as plain values.
    """

    DISPARUE: ClassVar[int] = 0
    rang: int
    niveau: str
    objet_id: UUID
    version_vue: int
    nom: str
    detail: str
    etat: EtatLigne
    raison: str = ""
    version_faite: int | None = None
    avant: dict[str, object] | None = None

    @property
    def disparue(self) -> bool:
        """Whether there is nothing left to open."""
        return self.version_faite == self.DISPARUE
