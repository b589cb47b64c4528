"""The « validées » sessions of an action that the judge would no longer accept, as their action now is.

They keep their status, and nothing is forbidden: it is said, where the action is saved and where it is shown.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from webapp.domain.comptes import Organisme
from webapp.domain.controle_arbre import sessions_a_corriger
from webapp.domain.noeud import Noeud
from webapp.domain.publication import Juge
from webapp.domain.statuts import Statut
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import SESSIONS
from webapp.services import autour

JUGEES_MAX = 500
"""Sessions of an action that are looked at, those without a date first."""


class ARevoir(NamedTuple):
    """What has to be looked at again, each with what blocks; `tout`: whether all the sessions were looked at."""

    sessions: Sequence[Juge] = ()
    tout: bool = True


def sous_l_action(lecture: Lecture, organisme: Organisme, action: Noeud, le: date) -> ARevoir:
    """Judge the « validées » sessions of an action. One statement where there is none, three more at most."""
    lues = SESSIONS.tranche(lecture, organisme.id, "action_id", action.id, None, JUGEES_MAX + 1)
    validees = [session for session in lues[:JUGEES_MAX] if session.statut is Statut.VALIDEE]
    if not validees:
        return ARevoir()
    fiches = [action.fiche, *(session.fiche for session in validees)]
    contexte = autour.cites(lecture, organisme, autour.organisme(organisme, le), fiches)
    trouvees = sessions_a_corriger(action.fiche, validees, replace(contexte, conseils=False))
    return ARevoir(trouvees, len(lues) <= JUGEES_MAX)
