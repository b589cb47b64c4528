"""An action or a session of the tree, and a contact or a place of the organisation: identities around a fiche.

An action and a session have the statuses of a formation, by the same table of transitions; a contact and a place have
none. Archiving a parent hides what it holds, and changes nothing of it: that is told by the parent's own status.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from webapp.domain.champs import Niveau
from webapp.domain.formation import PREMIERE_VERSION, AvecStatut, FicheRefusee, exiger_diagnostic
from webapp.domain.refus import RefusMetier
from webapp.domain.statuts import Operation, Statut, statut_apres
from webapp.domain.textes import fr, pluriel

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from webapp.domain.diagnostic import Diagnostic
    from webapp.domain.fiche_arbre import Fiche
    from webapp.domain.formation import Acte


class NoeudIncomplet(FicheRefusee):
    """The action or the session can be saved but not « validée »: something mandatory is missing."""


class NoeudDepasse(RefusMetier):
    """Somebody saved this since it was opened; nothing was overwritten."""

    def __init__(self, actuel: Noeud | Entree) -> None:
        """Keep the newer one, to show both texts."""
        super().__init__(str(actuel.version))
        self.actuel = actuel


@dataclass(frozen=True, slots=True)
class Depot:
    """What a form sends: the identity drawn when it was first shown, its parent, the version it was read at (0: new).

    The parent is the formation of an action, the action of a session; None for a contact or a place.
    """

    id: UUID
    version: int
    fiche: Fiche
    parent_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Noeud(AvecStatut["Fiche"]):
    """One action or session.

    `formation_id` is the formation that holds it, `parent_id` what holds it: the formation of an action, the action of
    a session.
    """

    formation_id: UUID = field(kw_only=True)
    parent_id: UUID = field(kw_only=True)

    @property
    def version_saisie(self) -> int:
        """The version that its last save has made: that of its dates. Nothing else makes one."""
        return self.version

    @classmethod
    def nouveau(  # noqa: PLR0913, PLR0917 - who, what, where and how it is judged
        cls, acte: Acte, depot: Depot, formation_id: UUID, parent_id: UUID, operation: Operation, diagnostic: Diagnostic
    ) -> Self:
        """Make one by its first operation, ENREGISTRER or VALIDER. Raises FicheRefusee, NoeudIncomplet."""
        exiger_diagnostic(operation, diagnostic, NoeudIncomplet)
        statut = statut_apres(None, operation, diagnostic)
        assert statut is not None  # noqa: S101 - neither first operation removes anything
        return cls(
            depot.id, acte.organisme.id, depot.fiche, statut, PREMIERE_VERSION, acte.maintenant, acte.maintenant,
            acte.auteur.nom, validee_le=acte.maintenant if statut is Statut.VALIDEE else None,
            formation_id=formation_id, parent_id=parent_id,
        )  # fmt: skip

    @property
    def niveau(self) -> Niveau:
        """Its level: action or session."""
        return self.fiche.niveau

    def soumettre(self, acte: Acte, fiche: Fiche, operation: Operation, diagnostic: Diagnostic) -> Self:
        """Take a fiche by ENREGISTRER or VALIDER; saved, a « validée » with something blocking is a draft again.

        Raises OperationInterdite (the status does not allow it), FicheRefusee (cannot be stored), NoeudIncomplet.
        """
        return self._soumise(acte, fiche, operation, diagnostic, NoeudIncomplet)

    def archiver(self, acte: Acte) -> Self:
        """Leave the working tree; its number stays taken. Raises OperationInterdite."""
        return self._archivee(acte.maintenant)

    def restaurer(self, diagnostic: Diagnostic) -> Self:
        """Come back to the status that it had, or as a draft when the diagnostic refuses that one.

        Raises OperationInterdite.
        """
        return self._restauree(diagnostic)

    def redevenir(self, acte: Acte, fiche: Fiche, statut: Statut, diagnostic: Diagnostic) -> Self:
        """Come back to the fiche and the status that it had before what is being undone: a new version of it.

        A « validée » that the diagnostic refuses comes back as a draft. Nothing comes back archived.
        """
        if statut is Statut.VALIDEE and not diagnostic.validable:
            statut = Statut.BROUILLON
        return replace(
            self, fiche=fiche, statut=statut, version=self.version + 1, modifiee_le=acte.maintenant,
            modifiee_par=acte.auteur.nom,
            validee_le=(self.validee_le or acte.maintenant) if statut is Statut.VALIDEE else None,
            archivee_le=None, avant_archivage=None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entree:
    """One contact or place, kept once by an organisation. Moments are aware, in UTC."""

    id: UUID
    organisme_id: UUID
    fiche: Fiche
    version: int
    creee_le: datetime
    modifiee_le: datetime
    modifiee_par: str

    @classmethod
    def nouvelle(cls, acte: Acte, depot: Depot, diagnostic: Diagnostic) -> Self:
        """Make one; what is missing forbids nothing here. Raises FicheRefusee when it cannot be stored."""
        exiger_diagnostic(Operation.ENREGISTRER, diagnostic, NoeudIncomplet)
        moment = acte.maintenant
        return cls(depot.id, acte.organisme.id, depot.fiche, PREMIERE_VERSION, moment, moment, acte.auteur.nom)

    @property
    def niveau(self) -> Niveau:
        """Its level: contact or place."""
        return self.fiche.niveau

    def modifier(self, acte: Acte, fiche: Fiche, diagnostic: Diagnostic) -> Self:
        """Take a fiche. Raises FicheRefusee when it cannot be stored."""
        exiger_diagnostic(Operation.ENREGISTRER, diagnostic, NoeudIncomplet)
        return replace(
            self, fiche=fiche, version=self.version + 1, modifiee_le=acte.maintenant, modifiee_par=acte.auteur.nom
        )


class ParentArchive(RefusMetier):
    """What holds it is archived: nothing is added, changed or restored there before that is."""

    def __init__(self, niveau: Niveau, id: UUID) -> None:
        """Keep the level and the id of what is archived."""
        elle = "Cette formation" if niveau is Niveau.FORMATION else "Cette action"
        super().__init__(fr(f"{elle} est archivée : restaurez-la d'abord."))
        self.niveau = niveau
        self.id = id


class DependantsRetenus(RefusMetier):
    """What is to be removed holds something that is not a draft: it is named, and nothing is removed."""

    def __init__(self, retenus: tuple[Noeud, ...]) -> None:
        """Keep what holds it back."""
        noms = ", ".join(f"{_ELLES[n.niveau]} « {{{rang}}} »" for rang, n in enumerate(retenus[:NOMMES_MAX]))
        suite = "…" if len(retenus) > NOMMES_MAX else ""
        modele = fr(f"Supprimez d'abord ce qui n'est pas un brouillon, après l'avoir archivé : {noms}{suite}.")
        super().__init__(modele.format(*(n.fiche.nom or "sans numéro" for n in retenus[:NOMMES_MAX])))
        self.retenus = retenus


class DependantsChanges(RefusMetier):
    """What would go with what is to be removed is no longer what the question named: nothing is removed."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            fr(
                "Ce qui partirait avec elle a changé depuis votre question : rien n'est supprimé. "
                "Relisez, puis confirmez."
            )
        )


class EncoreUtilise(RefusMetier):
    """The contact or the place is used: `nombre` says by how many, `par` names some."""

    def __init__(self, nombre: int, par: tuple[tuple[Niveau, UUID, str], ...]) -> None:
        """Keep what uses it: level, id, name."""
        fois = pluriel(nombre, "fois", "fois")
        super().__init__(fr(f"Encore utilisé {fois} : choisissez d'abord autre chose là où il l'est."))
        self.nombre = nombre
        self.par = par


NOMMES_MAX = 5
_ELLES = {Niveau.ACTION: "l'action", Niveau.SESSION: "la session"}
