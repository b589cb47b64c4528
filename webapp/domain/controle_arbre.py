"""The judge of the tree: of an action, a session, a contact, a place, and of a whole formation with what it holds.

The same functions answer whoever asks: a form, a save, the panel « Contrôle », an import. They read nothing: all that
they need is in their arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from webapp.domain.champs import Nature, Niveau
from webapp.domain.controle_valeurs import controler_valeurs, reference_inconnue
from webapp.domain.diagnostic import Anomalie, Diagnostic, Portee
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
    return tuple(appliquer(REGLES_FORMATION, SujetFormation(fiche, contexte)))


def controler_action(
    fiche: Fiche, contexte: Contexte, voisines: ActionsVoisines | None = None, soi: UUID | None = None
) -> Diagnostic:
    """Say all that is to be said of an action.

    In: its fiche; what is known around it; the « validées » actions of its formation; its own id, if it has one.
    """
    sujet = SujetAction(fiche, contexte, voisines or ActionsVoisines(contexte), soi)
    return _diagnostic(fiche, contexte, appliquer(REGLES_ACTION, sujet))


def controler_session(
    fiche: Fiche, action: Fiche, contexte: Contexte, voisines: SessionsVoisines | None = None, soi: UUID | None = None
) -> Diagnostic:
    """Say all that is to be said of a session, given the fiche of its action and the « validées » beside it."""
    sujet = SujetSession(fiche, action, contexte, voisines or SessionsVoisines(), soi)
    return _diagnostic(fiche, contexte, appliquer(REGLES_SESSION, sujet))


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
class Constat:
    """One thing said of the tree: of which object (its level, its id, what names it), and what."""

    niveau: Niveau
    id: UUID
    nom: str
    anomalie: Anomalie


@dataclass(frozen=True, slots=True)
class Manque:
    """One thing without which a formation cannot be published: what it is about, and the sentence."""

    niveau: Niveau
    id: UUID
    message: str


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
    def bloquants(self) -> tuple[Constat, ...]:
        """What forbids something, each leading to its field."""
        return tuple(c for c in self.constats if c.anomalie.portee is not Portee.CONSEIL)

    @property
    def conseils(self) -> tuple[Constat, ...]:
        """What forbids nothing, each leading to its field."""
        return tuple(c for c in self.constats if c.anomalie.portee is Portee.CONSEIL)


def controler_arbre(
    formation: Formation, diagnostic: Diagnostic, actions: Sequence[Noeud], sessions: Mapping[UUID, Sequence[Noeud]],
    contexte: Contexte,
) -> ControleArbre:  # fmt: skip
    """Judge a formation and all that it holds, by the rules of each level.

    In: the formation, and what `controler` and the database say of it; its actions; the sessions of each, by the
    action's id; what is known around. Archived actions and sessions are hidden, and not looked at.
    """
    constats = [
        Constat(Niveau.FORMATION, formation.id, formation.fiche.intitule, anomalie)
        for anomalie in (*diagnostic.anomalies, *conseiller_formation(formation.fiche, contexte))
    ]
    visibles = [action for action in actions if action.statut is not Statut.ARCHIVEE]
    voisines = ActionsVoisines(contexte, _validees(visibles))
    valides: dict[UUID, int] = {}
    for action in visibles:
        juge = controler_action(action.fiche, contexte, voisines, action.id)
        constats += [Constat(Niveau.ACTION, action.id, action.fiche.nom, a) for a in juge.anomalies]
        siennes = [s for s in sessions.get(action.id, ()) if s.statut is not Statut.ARCHIVEE]
        autres = SessionsVoisines(_validees(siennes))
        bonnes = 0
        for session in siennes:
            avis = controler_session(session.fiche, action.fiche, contexte, autres, session.id)
            constats += [Constat(Niveau.SESSION, session.id, session.fiche.nom, a) for a in avis.anomalies]
            bonnes += session.statut is Statut.VALIDEE and avis.validable
        if action.statut is Statut.VALIDEE and juge.validable:
            valides[action.id] = bonnes
    return ControleArbre(tuple(constats), tuple(_manques(formation, diagnostic, visibles, valides)))


def _validees(noeuds: Iterable[Noeud]) -> Iterator[tuple[UUID, Fiche]]:
    return ((noeud.id, noeud.fiche) for noeud in noeuds if noeud.statut is Statut.VALIDEE)


def _manques(
    formation: Formation, diagnostic: Diagnostic, actions: Sequence[Noeud], valides: Mapping[UUID, int]
) -> Iterator[Manque]:
    """Say what keeps a formation from being published, from the top of the tree down."""
    soi = formation.id
    if formation.statut is not Statut.VALIDEE:
        yield Manque(Niveau.FORMATION, soi, "La formation n’est pas validée.")
    elif not diagnostic.validable:
        yield Manque(Niveau.FORMATION, soi, "La formation a des points à corriger.")
    if not actions:
        yield Manque(Niveau.FORMATION, soi, "Aucune action de formation.")
    elif not valides:
        yield Manque(Niveau.FORMATION, soi, "Aucune action de formation validée et sans point à corriger.")
    elif not any(valides.values()):
        for id_ in valides:
            yield Manque(Niveau.ACTION, id_, "Aucune session validée et sans point à corriger.")
