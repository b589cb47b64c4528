"""What is said of one action or session once all that is around it was read: one function, whoever gathered that.

A form gathers for one (`arbre`), a job for a handful (`etabli`).
"""

from typing import NamedTuple
from uuid import UUID

from webapp.domain import champs_action
from webapp.domain.champs import Niveau
from webapp.domain.controle_arbre import controler_action, controler_session
from webapp.domain.diagnostic import Anomalie, Code, Diagnostic, Portee
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.noeud import Noeud
from webapp.domain.regles import Contexte
from webapp.domain.regles_action import ActionsVoisines
from webapp.domain.regles_session import SessionsVoisines
from webapp.domain.textes import dire
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ACTIONS, SESSIONS, Noeuds

RANGEMENTS: dict[Niveau, Noeuds] = {Niveau.ACTION: ACTIONS, Niveau.SESSION: SESSIONS}


class Sujet(NamedTuple):
    """An action or a session to judge: its id, what holds it, its fiche.

    `action`: the fiche of the action of a session, None for an action. `numero_a_soi`: its number is stored as its own
    already, and nobody else's.
    """

    id: UUID
    parent_id: UUID
    fiche: Fiche
    action: Fiche | None = None
    numero_a_soi: bool = False


def juger(lecture: Lecture, organisme_id: UUID, autour: Contexte, sujet: Sujet, semblables: list[Noeud]) -> Diagnostic:
    """Say all that is to be said of one. `semblables`: the « validées » beside that may be the same to the portal."""
    validees = [(voisin.id, voisin.fiche) for voisin in semblables]
    if sujet.action is None:
        diagnostic = controler_action(sujet.fiche, autour, ActionsVoisines(autour, validees), sujet.id)
    else:
        diagnostic = controler_session(sujet.fiche, sujet.action, autour, SessionsVoisines(validees), sujet.id)
    if sujet.numero_a_soi:
        return diagnostic
    rangement = RANGEMENTS[sujet.fiche.niveau]
    titulaire = rangement.titulaire(lecture, organisme_id, sujet.parent_id, sujet.fiche.nom)
    return diagnostic if titulaire in {None, sujet.id} else diagnostic.avec(numero_pris(sujet.fiche))


def numero_pris(fiche: Fiche) -> Anomalie:
    """Give the anomaly of a number that another action of the formation, or session of the action, has (rule A01)."""
    autre = (
        "autre action de cette formation" if fiche.niveau is Niveau.ACTION else "autre session de cette action"
    )  # fmt: skip
    message = dire("Le numéro « {x} » est déjà celui d'une {autre}.", x=fiche.nom, autre=autre)
    return Anomalie(champs_action.NUMERO.nom, Code.DEJA_UTILISE, message, Portee.ENREGISTREMENT, "A01")
