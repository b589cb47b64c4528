"""Statuses of a formation, and the only table of what leads from one to another.

« Brouillon » and « Validée » are the guide's (step 13); « Archivée » is ours. No status says « publiée »: this
product cannot publish on Mon Compte Formation.
"""

from enum import StrEnum
from types import MappingProxyType

from webapp.domain.diagnostic import Diagnostic, Portee


class Statut(StrEnum):
    """The stored status; an expired certification does not change it (the card shows a computed badge)."""

    BROUILLON = "brouillon"
    VALIDEE = "validee"
    ARCHIVEE = "archivee"

    @property
    def libelle(self) -> str:
        """The word of the badge."""
        return _LIBELLES[self]


EN_TRAVAIL = (Statut.BROUILLON, Statut.VALIDEE)
"""Those of the working catalogue."""

_LIBELLES = {Statut.BROUILLON: "Brouillon", Statut.VALIDEE: "Validée", Statut.ARCHIVEE: "Archivée"}


class Operation(StrEnum):
    """What a person may do to a formation."""

    ENREGISTRER = "enregistrer"
    VALIDER = "valider"
    DUPLIQUER = "dupliquer"
    ARCHIVER = "archiver"
    RESTAURER = "restaurer"
    SUPPRIMER = "supprimer"


# From a status (None: not yet in the catalogue) and an operation, the status after it (None: no longer there).
TRANSITIONS: MappingProxyType[tuple[Statut | None, Operation], Statut | None] = MappingProxyType({
    (None, Operation.ENREGISTRER): Statut.BROUILLON,
    (None, Operation.VALIDER): Statut.VALIDEE,
    (Statut.BROUILLON, Operation.ENREGISTRER): Statut.BROUILLON,
    (Statut.BROUILLON, Operation.VALIDER): Statut.VALIDEE,
    (Statut.BROUILLON, Operation.DUPLIQUER): Statut.BROUILLON,
    (Statut.BROUILLON, Operation.ARCHIVER): Statut.ARCHIVEE,
    (Statut.BROUILLON, Operation.SUPPRIMER): None,
    (Statut.VALIDEE, Operation.ENREGISTRER): Statut.VALIDEE,
    (Statut.VALIDEE, Operation.VALIDER): Statut.VALIDEE,
    (Statut.VALIDEE, Operation.DUPLIQUER): Statut.VALIDEE,
    (Statut.VALIDEE, Operation.ARCHIVER): Statut.ARCHIVEE,
    (Statut.ARCHIVEE, Operation.DUPLIQUER): Statut.ARCHIVEE,
    (Statut.ARCHIVEE, Operation.RESTAURER): Statut.BROUILLON,
    (Statut.ARCHIVEE, Operation.SUPPRIMER): None,
})  # fmt: skip

# What a formation must be to come back from the archive to the status that it had; any other comes back as the table
# says.
RETOURS: MappingProxyType[Statut, Portee] = MappingProxyType({Statut.VALIDEE: Portee.VALIDATION})

# Where a status leads instead when something forbids validation: a « validée » that no longer holds is a draft.
REPLIS: MappingProxyType[tuple[Statut, Operation], Statut] = MappingProxyType({
    (Statut.VALIDEE, Operation.ENREGISTRER): Statut.BROUILLON,
})  # fmt: skip

# What the diagnostic must permit before the operation.
EXIGENCES: MappingProxyType[Operation, Portee] = MappingProxyType({
    Operation.ENREGISTRER: Portee.ENREGISTREMENT,
    Operation.VALIDER: Portee.VALIDATION,
})  # fmt: skip


def operations_permises(statut: Statut | None, diagnostic: Diagnostic) -> frozenset[Operation]:
    """Give the operations that a status and a diagnostic allow together; screens show these and no other."""
    return frozenset(
        operation
        for (depart, operation) in TRANSITIONS
        if depart is statut and (operation not in EXIGENCES or diagnostic.permet(EXIGENCES[operation]))
    )


def modifiable(statut: Statut) -> bool:
    """Say whether the form of a formation in this status opens for writing."""
    return (statut, Operation.ENREGISTRER) in TRANSITIONS


def statut_apres(statut: Statut | None, operation: Operation, diagnostic: Diagnostic) -> Statut | None:
    """Give the status after an operation (None: gone). The operation must be one of `operations_permises`.

    Raises KeyError for an operation that the table does not hold.
    """
    suite = TRANSITIONS[statut, operation]
    if statut is not None and not diagnostic.validable:
        return REPLIS.get((statut, operation), suite)
    return suite


def statut_restaure(avant: Statut | None, diagnostic: Diagnostic) -> Statut:
    """Give the status of a formation that leaves the archive, from the one that it had before (None: not known)."""
    if avant is not None and avant in RETOURS and diagnostic.permet(RETOURS[avant]):
        return avant
    repli = TRANSITIONS[Statut.ARCHIVEE, Operation.RESTAURER]
    assert repli is not None  # noqa: S101 - only SUPPRIMER leads out
    return repli
