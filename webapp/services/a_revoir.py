"""The « validées » that the judge would no longer accept, as their action, their contact or their place now is.

They keep their status, and nothing is forbidden: it is said, where that one is saved and where it is shown.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.controle_arbre import controler_entree, retenues_par, sessions_a_corriger
from webapp.domain.noeud import Entree, Noeud
from webapp.domain.publication import Juge
from webapp.domain.statuts import Statut
from webapp.persistence import renvois
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ACTIONS, SESSIONS
from webapp.services import autour

JUGEES_MAX = 500
"""Sessions of an action that are looked at, those without a date first; and what refers to a contact or a place."""


class ARevoir(NamedTuple):
    """What has to be looked at again, each with what blocks; `tout`: whether all the sessions were looked at."""

    jugees: Sequence[Juge] = ()
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


def a_cause_de(lecture: Lecture, organisme: Organisme, entree: Entree, le: date) -> ARevoir:
    """Judge the « validées » that refer to a contact or a place, in themselves or by what stands between.

    Two statements when nothing is blocking of it: nothing can then be because of it. Seven more at most.
    """
    autour_de_lui = autour.organisme(organisme, le)
    siennes = autour.cites(lecture, organisme, autour_de_lui, [entree.fiche])
    if controler_entree(entree.fiche, replace(siennes, conseils=False)).validable:
        return ARevoir()
    lues = renvois.validees(lecture, organisme.id, entree.niveau, entree.id, JUGEES_MAX + 1)
    validees = lues[:JUGEES_MAX]
    sessions = [noeud for noeud in validees if noeud.niveau is Niveau.SESSION]
    parents = ACTIONS.par_ids(lecture, organisme.id, [session.parent_id for session in sessions])
    actions = {id_: action.fiche for id_, action in parents.items()}
    fiches = [*(noeud.fiche for noeud in validees), *actions.values()]
    contexte = replace(autour.cites(lecture, organisme, autour_de_lui, fiches), conseils=False)
    return ARevoir(retenues_par(str(entree.id), validees, actions, contexte), len(lues) <= JUGEES_MAX)
