"""What archiving hides with an object: what it holds, which keeps its status and comes back with it."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from webapp.domain.champs import Niveau
from webapp.domain.statuts import Statut
from webapp.domain.textes import dire, pluriel
from webapp.persistence import lignes_actions
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ACTIONS, SESSIONS

MASQUE = "Masque {quoi}."


def dits(lecture: Lecture, organisme_id: UUID, niveau: Niveau, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Say of each of these objects what archiving it hides; of one that hides nothing, nothing.

    What is archived already is hidden as it is, and not counted, nor what it hides itself. One statement for actions;
    for formations, one more for each that has actions, two for each of which some are archived.
    """
    if niveau is Niveau.SESSION:
        return {}
    rangement = ACTIONS if niveau is Niveau.FORMATION else SESSIONS
    tenus = rangement.comptes_des(lecture, organisme_id, ids)
    trouves = {}
    for id_, comptes in tenus.items():
        nombre = _visibles([comptes])
        if niveau is Niveau.ACTION:
            quoi = pluriel(nombre, "session")
        else:
            sessions = _visibles(_sessions_visibles(lecture, organisme_id, id_, archivees=Statut.ARCHIVEE in comptes))
            quoi = pluriel(nombre, "action")
            quoi += dire(" et {x}", x=pluriel(sessions, "session")) if sessions else ""
        if nombre:
            trouves[id_] = dire(MASQUE, quoi=quoi)
    return trouves


def _sessions_visibles(
    lecture: Lecture, organisme_id: UUID, formation_id: UUID, *, archivees: bool
) -> Iterable[Mapping[Statut, int]]:
    """Count by status the sessions of the actions that are shown. `archivees`: some actions are not."""
    par_action = SESSIONS.comptes(lecture, organisme_id, formation_id)
    if archivees:
        for ligne in lignes_actions.toutes(lecture, organisme_id, formation_id):
            if ligne.statut is Statut.ARCHIVEE:
                par_action.pop(ligne.id, None)
    return par_action.values()


def _visibles(comptes: Iterable[Mapping[Statut, int]]) -> int:
    return sum(nombre for par_statut in comptes for statut, nombre in par_statut.items() if statut != Statut.ARCHIVEE)
