"""What goes with a formation, an action or a session when it is removed for good: named, then removed together."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.noeud import DependantsChanges, DependantsRetenus, Noeud
from webapp.domain.statuts import Statut
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ACTIONS, SESSIONS

EMPREINTE = 16
"""Digits of the print of what would go."""


def dependants(lecture: Lecture, organisme_id: UUID, niveau: Niveau, id: UUID) -> tuple[Noeud, ...]:
    """List what a formation or an action holds, actions before sessions; a session holds nothing."""
    if niveau is Niveau.ACTION:
        return tuple(SESSIONS.du_parent(lecture, organisme_id, id))
    if niveau is Niveau.FORMATION:
        actions = ACTIONS.du_parent(lecture, organisme_id, id)
        sessions = SESSIONS.de_la_formation(lecture, organisme_id, id) if actions else {}
        return (*actions, *(session for action in actions for session in sessions.get(action.id, ())))
    return ()


@dataclass(frozen=True, slots=True)
class Depart:
    """What would go with something that is removed for good, and what of that holds the removal back."""

    partent: tuple[Noeud, ...] = ()
    retenus: tuple[Noeud, ...] = ()

    @property
    def empreinte(self) -> str:
        """Give the print of what would go, that a question carries to its answer; empty when nothing would."""
        if not self.partent:
            return ""
        identites = " ".join(sorted(str(noeud.id) for noeud in self.partent))
        return hashlib.sha256(identites.encode()).hexdigest()[:EMPREINTE]


def prevoir(lecture: Lecture, organisme_id: UUID, niveau: Niveau, id: UUID, statut: Statut) -> Depart:
    """Say what removing a formation, an action or a session in this status would take with it: what `retirer` does.

    A draft goes with drafts alone; what an archived one holds is hidden with it, and goes with it.
    """
    siens = dependants(lecture, organisme_id, niveau, id)
    if statut is Statut.ARCHIVEE:
        return Depart(siens)
    return Depart(siens, tuple(noeud for noeud in siens if noeud.statut is not Statut.BROUILLON))


def retirer(  # noqa: PLR0913 - what, as it is, and as a person was told of it
    cnx: Connection, organisme_id: UUID, niveau: Niveau, id: UUID, statut: Statut, *, nommes: str | None
) -> tuple[Noeud, ...]:
    """Remove what a formation or an action holds before it is removed itself, and give what that was.

    `nommes`: the print of what a person was told would go; None where nobody was asked. Removes nothing, and raises
    DependantsRetenus when `prevoir` says that something holds it back, DependantsChanges when what goes is not that.
    """
    depart = prevoir(cnx, organisme_id, niveau, id, statut)
    if depart.retenus:
        raise DependantsRetenus(depart.retenus)
    if nommes is not None and nommes != depart.empreinte:
        raise DependantsChanges
    if not depart.partent:
        return ()
    if niveau is Niveau.ACTION:
        SESSIONS.retirer_du_parent(cnx, organisme_id, id)
    else:
        SESSIONS.retirer_de_la_formation(cnx, organisme_id, id)
        ACTIONS.retirer_de_la_formation(cnx, organisme_id, id)
    return depart.partent
