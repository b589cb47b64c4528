"""The judge of the tree: of an action, a session, a contact, a place, and of a whole formation with what it holds.

The same functions answer whoever asks: a form, a save, the panel « Contrôle », an import. They read nothing: all that
they need is in their arguments.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from webapp.domain.champs import Nature, Niveau
from webapp.domain.controle_valeurs import controler_valeurs, reference_inconnue
from webapp.domain.diagnostic import Anomalie, Diagnostic, Portee
from webapp.domain.publication import Constat, Juge, Manque, Raison, manques, premiere
from webapp.domain.regles import appliquer
from webapp.domain.regles_action import REGLES_ACTION, ActionsVoisines, SujetAction
from webapp.domain.regles_annuaire import REGLES_ANNUAIRE, SujetAnnuaire
from webapp.domain.regles_formation import REGLES_FORMATION, SujetFormation
from webapp.domain.regles_session import REGLES_SESSION, SessionsVoisines, SujetSession
from webapp.domain.statuts import Statut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from webapp.domain.fiche import FicheFormation
    from webapp.domain.fiche_arbre import Fiche
    from webapp.domain.formation import Formation
    from webapp.domain.noeud import Noeud
    from webapp.domain.regles import Contexte


def conseiller_formation(fiche: FicheFormation, contexte: Contexte) -> tuple[Anomalie, ...]:
    """Say what could be better in a formation; `controle.controler` says what forbids something."""
    return tuple(appliquer(REGLES_FORMATION, SujetFormation(fiche, contexte), conseils=contexte.conseils))


def controler_action(
    fiche: Fiche, contexte: Contexte, voisines: ActionsVoisines | None = None, soi: UUID | None = None
) -> Diagnostic:
    """Say all that is to be said of an action.

    In: its fiche; what is known around it; the « validées » actions of its formation; its own id, if it has one.
    """
    sujet = SujetAction(fiche, contexte, voisines or ActionsVoisines(contexte), soi)
    return _diagnostic(fiche, contexte, appliquer(REGLES_ACTION, sujet, conseils=contexte.conseils))


def controler_session(
    fiche: Fiche, action: Fiche, contexte: Contexte, voisines: SessionsVoisines | None = None, soi: UUID | None = None
) -> Diagnostic:
    """Say all that is to be said of a session, given the fiche of its action and the « validées » beside it."""
    sujet = SujetSession(fiche, action, contexte, voisines or SessionsVoisines(), soi)
    return _diagnostic(fiche, contexte, appliquer(REGLES_SESSION, sujet, conseils=contexte.conseils))


def controler_entree(fiche: Fiche, contexte: Contexte) -> Diagnostic:
    """Say all that is to be said of a contact or a place: what is missing there stops whatever refers to it."""
    return _diagnostic(fiche, contexte, appliquer(REGLES_ANNUAIRE, SujetAnnuaire(fiche, contexte)))


def _diagnostic(fiche: Fiche, contexte: Contexte, regles: Iterable[Anomalie]) -> Diagnostic:
    return Diagnostic().avec(*controler_valeurs(fiche), *_references(fiche, contexte), *regles)


def _references(fiche: Fiche, contexte: Contexte) -> Iterator[Anomalie]:
    """Refuse a contact or a place that the organisation does not have, another's included."""
    for champ, id_ in fiche.references():
        connus = contexte.contacts if champ.nature is Nature.CONTACT else contexte.lieux
        if id_ not in connus:
            yield reference_inconnue(champ)


@dataclass(frozen=True, slots=True)
class ControleArbre:
    """All that is said of a formation and of what it holds; `manques` is empty when it is « publiable »."""

    constats: tuple[Constat, ...]
    manques: tuple[Manque, ...]

    @property
    def publiable(self) -> bool:
        """Whether the portal would show it: validated, with one valid action that has one valid session."""
        return not self.manques

    @property
    def raison(self) -> Raison | None:
        """Why it is not « publiable », in a few words; None when it is."""
        return premiere(self.manques)

    @property
    def bloquants(self) -> tuple[Constat, ...]:
        """What forbids something, each leading to its field."""
        return tuple(c for c in self.constats if _bloque(c))

    @property
    def conseils(self) -> tuple[Constat, ...]:
        """What forbids nothing, each leading to its field."""
        return tuple(c for c in self.constats if not _bloque(c))


def controler_arbre(
    formation: Formation, diagnostic: Diagnostic, actions: Sequence[Noeud], sessions: Mapping[UUID, Sequence[Noeud]],
    contexte: Contexte,
) -> ControleArbre:  # fmt: skip
    """Judge a formation and all that it holds, by the rules of each level.

    In: the formation, and what `controler` and the database say of it; its actions; the sessions of each, by the
    action's id; what is known around. Archived actions and sessions are hidden, and not looked at.
    """
    siens = [
        Constat(Niveau.FORMATION, formation.id, formation.fiche.intitule, anomalie)
        for anomalie in (*diagnostic.anomalies, *conseiller_formation(formation.fiche, contexte))
    ]
    constats = list(siens)
    visibles = [action for action in actions if action.statut is not Statut.ARCHIVEE]
    voisines = ActionsVoisines(contexte, _validees(visibles))
    jugees: list[Juge] = []
    sessions_jugees: dict[UUID, list[Juge]] = {}
    for action in visibles:
        jugees.append(_juger(action, controler_action(action.fiche, contexte, voisines, action.id), constats))
        sessions_jugees[action.id] = _juger_sessions(action.fiche, sessions.get(action.id, ()), contexte, constats)
    trouves = manques(formation, [c for c in siens if _bloque(c)], jugees, sessions_jugees)
    return ControleArbre(tuple(constats), tuple(trouves))


def sessions_a_corriger(action: Fiche, sessions: Sequence[Noeud], contexte: Contexte) -> tuple[Juge, ...]:
    """Give the « validées » sessions of an action of which something is blocking, each with what is."""
    jugees = _juger_sessions(action, sessions, contexte, [])
    return tuple([jugee for jugee in jugees if jugee.validee and jugee.bloquants])


def retenues_par(
    id: str, noeuds: Sequence[Noeud], actions: Mapping[UUID, Fiche], contexte: Contexte
) -> tuple[Juge, ...]:
    """Give those of which something is blocking because of a contact or a place, each with what is.

    In: its id; actions and sessions; the fiches of the actions of these sessions, by id. What would be blocking if
    nothing were known of it has other reasons, and is left out.
    """
    contacts, lieux = ({k: v for k, v in d.items() if k != id} for d in (contexte.contacts, contexte.lieux))
    sans = replace(contexte, contacts=contacts, lieux=lieux)
    jugees = []
    for noeud in noeuds:
        autres = _juger_seul(noeud, actions, sans).bloquants
        vus = _juger_seul(noeud, actions, contexte)
        dus = tuple([constat for constat in vus.bloquants if constat not in autres])
        jugees += [Juge(noeud, dus)] if dus else []
    return tuple(jugees)


def _juger_seul(noeud: Noeud, actions: Mapping[UUID, Fiche], contexte: Contexte) -> Juge:
    """Judge an action or a session by what is known around, without those beside it."""
    if noeud.niveau is Niveau.ACTION:
        return _juger(noeud, controler_action(noeud.fiche, contexte), [])
    return _juger(noeud, controler_session(noeud.fiche, actions[noeud.parent_id], contexte), [])


def _juger_sessions(
    action: Fiche, sessions: Sequence[Noeud], contexte: Contexte, constats: list[Constat]
) -> list[Juge]:
    """Judge the sessions of an action, archived ones left out; what is said of them is added to the constats."""
    siennes = [session for session in sessions if session.statut is not Statut.ARCHIVEE]
    voisines = SessionsVoisines(_validees(siennes))
    return [
        _juger(session, controler_session(session.fiche, action, contexte, voisines, session.id), constats)
        for session in siennes
    ]


def _juger(noeud: Noeud, diagnostic: Diagnostic, constats: list[Constat]) -> Juge:
    """Add what is said of an action or a session to the constats, and keep of it what is blocking."""
    siens = [Constat(noeud.niveau, noeud.id, noeud.fiche.nom, anomalie) for anomalie in diagnostic.anomalies]
    constats += siens
    return Juge(noeud, tuple([constat for constat in siens if _bloque(constat)]))


def _bloque(constat: Constat) -> bool:
    return constat.anomalie.portee is not Portee.CONSEIL


def _validees(noeuds: Iterable[Noeud]) -> Iterator[tuple[UUID, Fiche]]:
    return ((noeud.id, noeud.fiche) for noeud in noeuds if noeud.statut is Statut.VALIDEE)
