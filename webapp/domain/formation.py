"""A formation of a catalogue: an identity, a fiche, a status, a version. Operations give a new value or refuse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from webapp.domain.champs import Niveau
from webapp.domain.diagnostic import Diagnostic
from webapp.domain.refus import RefusMetier
from webapp.domain.statuts import EXIGENCES, TRANSITIONS, Operation, Statut, statut_apres, statut_restaure
from webapp.domain.textes import dire

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from webapp.domain.comptes import Organisme, Utilisateur
    from webapp.domain.fiche import FicheFormation

PREMIERE_VERSION = 1
UN_JOUR = timedelta(days=1)


class FicheRefusee(RefusMetier):
    """The fiche cannot be stored as it stands: the diagnostic says which field and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Keep the diagnostic to be shown beside the fields."""
        super().__init__("; ".join(a.message for a in diagnostic.bloquantes))
        self.diagnostic = diagnostic


class FormationIncomplete(FicheRefusee):
    """The formation can be saved but not « validée »: something mandatory is missing (guide step 13)."""


_ELLES = {Niveau.FORMATION: "Cette formation", Niveau.ACTION: "Cette action", Niveau.SESSION: "Cette session"}
_FAITES = {
    Operation.ENREGISTRER: "enregistrée", Operation.VALIDER: "validée", Operation.DUPLIQUER: "dupliquée",
    Operation.ARCHIVER: "archivée", Operation.RESTAURER: "restaurée", Operation.SUPPRIMER: "supprimée",
}  # fmt: skip


class OperationInterdite(RefusMetier):
    """The status of the formation, the action or the session does not allow this operation; the message says so."""

    def __init__(self, operation: Operation, statut: Statut, niveau: Niveau = Niveau.FORMATION) -> None:
        """Keep what was asked and the status that forbids it."""
        modele = "{elle} est au statut « {statut} » : elle ne peut pas être {faite}."
        super().__init__(dire(modele, elle=_ELLES[niveau], statut=statut.libelle, faite=_FAITES[operation]))
        self.operation = operation
        self.statut = statut


class VersionDepassee(RefusMetier):
    """Somebody saved this formation since the form was opened; nothing was overwritten."""

    def __init__(self, actuelle: Formation) -> None:
        """Keep the newer formation, to show both texts."""
        super().__init__(str(actuelle.version))
        self.actuelle = actuelle


@dataclass(frozen=True, slots=True)
class Acte:
    """Who acts, at which reference date, at which moment (aware, in UTC)."""

    auteur: Utilisateur
    le: date
    maintenant: datetime

    @property
    def organisme(self) -> Organisme:
        """The organisation for which the person acts."""
        return self.auteur.organisme


@dataclass(frozen=True, slots=True)
class Envoi:
    """What a form sends: the identity drawn when it was first shown, the version it was read at (0: new), its texts."""

    id: UUID
    version: int
    fiche: FicheFormation


LaFiche = TypeVar("LaFiche")


@dataclass(frozen=True, slots=True)
class AvecStatut(Generic[LaFiche]):
    """What formations, actions and sessions are alike: a fiche, a status, a version, and the moments of their life.

    Moments are aware, in UTC; `modifiee_par` is the name of a person. `version` starts at 1 and grows by one at each
    change. `avant_archivage` is the status that archiving took it from (None: it never was archived, or before that was
    kept); `validee_le` stays with it. Both outlive a restoration that could only make a draft of a « validée », until
    the next save: archived again, it is what it was.
    """

    id: UUID
    organisme_id: UUID
    fiche: LaFiche
    statut: Statut
    version: int
    creee_le: datetime
    modifiee_le: datetime
    modifiee_par: str
    validee_le: datetime | None = None
    archivee_le: datetime | None = None
    avant_archivage: Statut | None = None

    @property
    def niveau(self) -> Niveau:
        """Its level: a formation, unless it says otherwise."""
        return Niveau.FORMATION

    def exiger_permise(self, operation: Operation) -> None:
        """Raise OperationInterdite unless the status allows the operation."""
        if (self.statut, operation) not in TRANSITIONS:
            raise OperationInterdite(operation, self.statut, self.niveau)

    def touchee(self, acte: Acte) -> Self:
        """Be changed by somebody in what none of its fields says. Raises OperationInterdite."""
        self.exiger_permise(Operation.ENREGISTRER)
        return replace(
            self, version=self.version + 1, modifiee_le=acte.maintenant, modifiee_par=acte.auteur.nom
        )  # fmt: skip

    def _soumise(
        self, acte: Acte, fiche: LaFiche, operation: Operation, diagnostic: Diagnostic, incomplete: type[FicheRefusee]
    ) -> Self:
        """Take a fiche by an operation: ENREGISTRER, or VALIDER, which makes it « validée » (guide step 13).

        Saved, a « validée » with something blocking goes back to « brouillon ». Raises OperationInterdite (the status
        does not allow it), FicheRefusee (cannot be stored), `incomplete` (cannot be « validée »).
        """
        self.exiger_permise(operation)
        exiger_diagnostic(operation, diagnostic, incomplete)
        statut = statut_apres(self.statut, operation, diagnostic)
        assert statut is not None  # noqa: S101 - only SUPPRIMER leads out, and it makes no new value
        validee_le = self.validee_le if operation is not Operation.VALIDER and self.validee_le else acte.maintenant
        return replace(
            self, fiche=fiche, statut=statut, version=self.version + 1, modifiee_le=acte.maintenant,
            modifiee_par=acte.auteur.nom, validee_le=validee_le if statut is Statut.VALIDEE else None,
            avant_archivage=None,
        )  # fmt: skip

    def _archivee(self, le: datetime) -> Self:
        """Leave what one works in; its identifier or number stays taken. Raises OperationInterdite."""
        self.exiger_permise(Operation.ARCHIVER)
        return replace(
            self, statut=Statut.ARCHIVEE, version=self.version + 1, archivee_le=le,
            avant_archivage=self.avant_archivage or self.statut,
        )  # fmt: skip

    def _restauree(self, diagnostic: Diagnostic) -> Self:
        """Come back to the status that archiving took it from, or as a draft when the diagnostic refuses that one.

        Raises OperationInterdite.
        """
        self.exiger_permise(Operation.RESTAURER)
        statut = statut_restaure(self.avant_archivage, diagnostic)
        avant = None if statut is self.avant_archivage else self.avant_archivage
        return replace(self, statut=statut, version=self.version + 1, archivee_le=None, avant_archivage=avant)


@dataclass(frozen=True, slots=True)
class Formation(AvecStatut["FicheFormation"]):
    """One formation. `archivee_par` is the name of a person, as `modifiee_par` is.

    Version 0 stands in the form of a formation not yet saved. `version_saisie` is the one that its last save made:
    archiving and restoring touch no text, and make a later one. `modifiee_le`, `modifiee_par` and `modifiee_par_id`,
    the identity of that person, speak of that save too; the last, and `archivee_par`, are None where nobody kept them.
    """

    version_saisie: int = PREMIERE_VERSION
    modifiee_par_id: UUID | None = None
    archivee_par: str | None = None

    @classmethod
    def nouvelle(cls, acte: Acte, envoi: Envoi, operation: Operation, diagnostic: Diagnostic) -> Self:
        """Make a formation by its first operation, ENREGISTRER or VALIDER.

        Raises FicheRefusee or FormationIncomplete when the diagnostic forbids it.
        """
        exiger_diagnostic(operation, diagnostic, FormationIncomplete)
        statut = statut_apres(None, operation, diagnostic)
        assert statut is not None  # noqa: S101 - neither first operation removes a formation
        return cls(
            envoi.id, acte.organisme.id, envoi.fiche, statut, PREMIERE_VERSION, acte.maintenant, acte.maintenant,
            acte.auteur.nom, validee_le=acte.maintenant if statut is Statut.VALIDEE else None,
            modifiee_par_id=acte.auteur.id,
        )  # fmt: skip

    def soumettre(self, acte: Acte, fiche: FicheFormation, operation: Operation, diagnostic: Diagnostic) -> Formation:
        """Take a fiche by an operation: ENREGISTRER, or VALIDER, which makes it « validée » (guide step 13).

        Saved, a « validée » with something blocking goes back to « brouillon ». Raises OperationInterdite (the status
        does not allow it), FicheRefusee (cannot be stored), FormationIncomplete (cannot be « validée »).
        """
        apres = self._soumise(acte, fiche, operation, diagnostic, FormationIncomplete)
        return replace(apres, modifiee_par_id=acte.auteur.id, version_saisie=apres.version)

    def touchee(self, acte: Acte) -> Formation:
        """Be changed by somebody in what none of its fields says. Raises OperationInterdite."""
        apres = AvecStatut.touchee(self, acte)
        return replace(apres, modifiee_par_id=acte.auteur.id, version_saisie=apres.version)

    def archiver(self, acte: Acte, depuis: datetime | None = None) -> Formation:
        """Leave the working catalogue; the identifier stays taken. Raises OperationInterdite.

        `depuis` is the moment of an archiving whose restoration is undone: it stays, if it can be of this one. The
        clock of a fixed date goes back by a day each midnight.
        """
        reprise = depuis is not None and self.creee_le - UN_JOUR < depuis < acte.maintenant + UN_JOUR
        le = depuis if reprise and depuis is not None else acte.maintenant
        return replace(self._archivee(le), archivee_par=acte.auteur.nom)

    def restaurer(self, diagnostic: Diagnostic) -> Formation:
        """Come back to the status that archiving took it from, or as a draft when the diagnostic refuses that one.

        Raises OperationInterdite.
        """
        return replace(self._restauree(diagnostic), archivee_par=None)

    def redevenir_brouillon(self, acte: Acte) -> Formation:
        """Be a draft again: what undoes a validation. A new version; nothing of its texts changes."""
        version = self.version + 1
        return replace(
            self, statut=Statut.BROUILLON, version=version, version_saisie=version, modifiee_le=acte.maintenant,
            modifiee_par=acte.auteur.nom, validee_le=None, avant_archivage=None,
        )  # fmt: skip

    def redevenir(self, acte: Acte, fiche: FicheFormation, statut: Statut, diagnostic: Diagnostic) -> Formation:
        """Come back to the fiche and the status that it had before what is being undone: a new version of it.

        A « validée » that the diagnostic refuses comes back as a draft.
        """
        if statut is Statut.VALIDEE and not diagnostic.validable:
            statut = Statut.BROUILLON
        version = self.version + 1
        return replace(
            self, fiche=fiche, statut=statut, version=version, version_saisie=version, modifiee_le=acte.maintenant,
            modifiee_par=acte.auteur.nom, modifiee_par_id=acte.auteur.id, avant_archivage=None,
            validee_le=(self.validee_le or acte.maintenant) if statut is Statut.VALIDEE else None,
        )  # fmt: skip

    def vient_d_etre_archivee(self, version: int) -> bool:
        """Say whether this is what archiving made of it in the version given: nothing else has happened since."""
        return self.statut is Statut.ARCHIVEE and self.version == version + 1

    def vient_d_etre_restauree(self, version: int) -> bool:
        """Say whether this is what restoring made of it in the version given: nothing else has happened since."""
        return self.statut is not Statut.ARCHIVEE and self.version_saisie <= version == self.version - 1


def exiger_diagnostic(operation: Operation, diagnostic: Diagnostic, incomplete: type[FicheRefusee]) -> None:
    """Raise FicheRefusee when a fiche cannot be stored, `incomplete` when it cannot be what the operation makes it."""
    if not diagnostic.enregistrable:
        raise FicheRefusee(diagnostic)
    if operation in EXIGENCES and not diagnostic.permet(EXIGENCES[operation]):
        raise incomplete(diagnostic)
