"""What goes with a formation, an action or a session when it is removed for good: named, then removed together."""

from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.noeud import DependantsRetenus, Noeud
from webapp.domain.statuts import Statut
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ACTIONS, SESSIONS


def dependants(lecture: Lecture, organisme_id: UUID, niveau: Niveau, id: UUID) -> tuple[Noeud, ...]:
    """List what a formation or an action holds, actions before sessions; a session holds nothing."""
    if niveau is Niveau.ACTION:
        return tuple(SESSIONS.du_parent(lecture, organisme_id, id))
    if niveau is Niveau.FORMATION:
        actions = ACTIONS.du_parent(lecture, organisme_id, id)
        sessions = SESSIONS.de_la_formation(lecture, organisme_id, id) if actions else {}
        return (*actions, *(session for action in actions for session in sessions.get(action.id, ())))
    return ()


def retirer(cnx: Connection, organisme_id: UUID, niveau: Niveau, id: UUID, statut: Statut) -> tuple[Noeud, ...]:
    """Remove what a formation or an action holds before it is removed itself, and give what that was.

    Raises DependantsRetenus, and removes nothing, when a draft holds something that is not one. What an archived one
    holds is hidden with it, and goes with it.
    """
    siens = dependants(cnx, organisme_id, niveau, id)
    retenus = tuple(noeud for noeud in siens if noeud.statut is not Statut.BROUILLON)
    if retenus and statut is not Statut.ARCHIVEE:
        raise DependantsRetenus(retenus)
    if not siens:
        return ()
    if niveau is Niveau.ACTION:
        SESSIONS.retirer_du_parent(cnx, organisme_id, id)
    else:
        SESSIONS.retirer_de_la_formation(cnx, organisme_id, id)
        ACTIONS.retirer_de_la_formation(cnx, organisme_id, id)
    return siens
