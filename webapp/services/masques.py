"""What archiving hides with an object: what it holds, which keeps its status and comes back with it."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from webapp.domain.champs import Niveau
from webapp.domain.statuts import Statut
from webapp.domain.textes import dire, pluriel
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ACTIONS, SESSIONS

MASQUE = "Masque {quoi}."


def dits(lecture: Lecture, organisme_id: UUID, niveau: Niveau, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Say of each of these objects what archiving it hides; of one that hides nothing, nothing.

    What is archived already is hidden as it is, and not counted. One statement for actions; for formations, one more
    for each that has actions.
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
            sessions = _visibles(SESSIONS.comptes(lecture, organisme_id, id_).values())
            quoi = pluriel(nombre, "action")
            quoi += dire(" et {x}", x=pluriel(sessions, "session")) if sessions else ""
        if nombre:
            trouves[id_] = dire(MASQUE, quoi=quoi)
    return trouves


def _visibles(comptes: Iterable[Mapping[Statut, int]]) -> int:
    return sum(nombre for par_statut in comptes for statut, nombre in par_statut.items() if statut != Statut.ARCHIVEE)
