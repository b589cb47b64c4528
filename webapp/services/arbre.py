"""The tree of a formation: every operation on its actions and sessions.

Each operation reads, decides with the domain, then writes, as those of `catalogue`: what was asked twice is done once,
nobody's save is overwritten, a foreign id and a missing one are the same. What holds a thing is locked before it, from
the formation down: an action is never added to a formation that is being archived or removed.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import Connection

from webapp.domain import prix
from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.controle_arbre import controler_action
from webapp.domain.controle_valeurs import reference_inconnue
from webapp.domain.decalage import decaler
from webapp.domain.diagnostic import Diagnostic
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import Acte, FicheRefusee, Formation
from webapp.domain.noeud import Depot, Noeud, NoeudDepasse, ParentArchive
from webapp.domain.refus import Introuvable, trouve
from webapp.domain.statuts import Operation, Statut
from webapp.persistence import formations, lignes_actions
from webapp.persistence.lecture import Lecture
from webapp.persistence.lignes_actions import LigneAction
from webapp.persistence.noeuds import (
    ACTIONS,
    SESSIONS,
    NumeroPris,
    ReferencePerdue,
    derniere_action,
)
from webapp.services import catalogue, dependants
from webapp.services.autour import contexte
from webapp.services.jugement import RANGEMENTS, Sujet, juger, numero_pris

__all__ = [
    "Arbre", "LigneAction", "NoeudSoumis", "Suppression", "actions_de", "archiver", "comptes_de", "diagnostiquer",
    "diagnostiquer_sans_place", "dupliquer_action", "dupliquer_session", "fiches_des_actions",
    "ouvrir", "ouvrir_noeud", "ouvrir_visible",
    "page_d_actions",
    "proposer_action", "restaurer", "sessions_de", "soumettre", "supprimer",
]  # fmt: skip

_SANS_DIAGNOSTIC = Diagnostic()


@dataclass(frozen=True, slots=True)
class Arbre:
    """A formation and what it holds: its actions in order, and the count of the sessions of each by status."""

    formation: Formation
    actions: tuple[LigneAction, ...]
    comptes: dict[UUID, dict[Statut, int]]


@dataclass(frozen=True, slots=True)
class PageActions:
    """Some of the actions of a formation, the rank of the first, and how many there are in all, by status."""

    lignes: tuple[LigneAction, ...]
    decompte: Mapping[Statut, int]
    premiere: int

    @property
    def total(self) -> int:
        """How many actions the formation has."""
        return sum(self.decompte.values())


@dataclass(frozen=True, slots=True)
class NoeudSoumis:
    """What a save has done: the action or session as it now is, its status before (None: the form was that of one)."""

    noeud: Noeud
    avant: Statut | None = None

    @property
    def retombe(self) -> bool:
        """Whether a « validée » has gone back to « brouillon »."""
        return self.avant is Statut.VALIDEE and self.noeud.statut is Statut.BROUILLON


@dataclass(frozen=True, slots=True)
class Suppression:
    """What was removed for good, and all that it held."""

    noeud: Noeud
    dependants: tuple[Noeud, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a thing stands: its formation, and for a session its action; locked where they were read to write."""

    formation: Formation
    action: Noeud | None = None

    @property
    def parent_id(self) -> UUID:
        return self.formation.id if self.action is None else self.action.id

    def exiger_visible(self) -> None:
        """Raise ParentArchive when what holds the thing is archived."""
        if self.formation.statut is Statut.ARCHIVEE:
            raise ParentArchive(Niveau.FORMATION, self.formation.id)
        if self.action is not None and self.action.statut is Statut.ARCHIVEE:
            raise ParentArchive(Niveau.ACTION, self.action.id)


@dataclass(frozen=True, slots=True)
class _Demande:
    """What is asked of a place of the tree, whose parents are locked."""

    cnx: Connection
    acte: Acte
    place: _Place
    depot: Depot
    operation: Operation

    def diagnostiquer(self) -> Diagnostic:
        return _diagnostiquer(self.cnx, self.acte.organisme, self.place, self.depot, self.acte.le)


def ouvrir(lecture: Lecture, organisme: Organisme, formation_id: UUID) -> Arbre:
    """Give the tree of a formation, archived actions included; sessions are counted. Three statements.

    Raises Introuvable.
    """
    formation = catalogue.ouvrir(lecture, organisme, formation_id)
    return Arbre(formation, *actions_de(lecture, organisme, formation_id))


def actions_de(
    lecture: Lecture, organisme: Organisme, formation_id: UUID
) -> tuple[tuple[LigneAction, ...], dict[UUID, dict[Statut, int]]]:
    """Give the actions of a formation in order, and the count of the sessions of each by status.

    Two statements at most.
    """
    actions = lignes_actions.toutes(lecture, organisme.id, formation_id)
    return actions, SESSIONS.comptes(lecture, organisme.id, formation_id) if actions else {}


def page_d_actions(
    lecture: Lecture, organisme: Organisme, formation_id: UUID, ou: UUID | int, par_page: int
) -> PageActions:
    """Give the page of the actions of a formation that holds one of them, or the one at a rank.

    The last page stands for what is beyond; the first, for an action that is not there. One statement for a formation
    whose actions hold in a page; four at most.
    """
    rang = ou if isinstance(ou, int) else lignes_actions.rang(lecture, organisme.id, formation_id, ou)
    premiere = (rang or 0) // par_page * par_page
    # One more than the page: it only says whether there are others.
    lignes = lignes_actions.page(lecture, organisme.id, formation_id, premiere, par_page + 1)
    if not premiere and len(lignes) <= par_page:
        return PageActions(lignes, Counter(ligne.statut for ligne in lignes), 0)
    decompte = lignes_actions.par_statut(lecture, organisme.id, formation_id)
    total = sum(decompte.values())
    if not lignes and total:
        premiere = (total - 1) // par_page * par_page
        lignes = lignes_actions.page(lecture, organisme.id, formation_id, premiere, par_page)
    return PageActions(lignes[:par_page], decompte, premiere)


def comptes_de(
    lecture: Lecture, organisme: Organisme, formation_id: UUID, actions: Sequence[UUID]
) -> dict[UUID, dict[Statut, int]]:
    """Count by status the sessions of these actions of a formation; those that have none are absent. One statement."""
    return SESSIONS.comptes_dans(lecture, organisme.id, formation_id, actions)


def ouvrir_noeud(lecture: Lecture, organisme: Organisme, niveau: Niveau, id: UUID) -> Noeud:
    """Give an action or a session of the organisation. Raises Introuvable."""
    return trouve(RANGEMENTS[niveau].par_id(lecture, organisme.id, id))


def ouvrir_visible(lecture: Lecture, organisme: Organisme, niveau: Niveau, id: UUID) -> Noeud:
    """Give one to which something may be done. Raises Introuvable; ParentArchive when what holds it is archived."""
    noeud = ouvrir_noeud(lecture, organisme, niveau, id)
    _place(lecture, organisme, Depot(noeud.id, noeud.version, noeud.fiche, noeud.parent_id)).exiger_visible()
    return noeud


def fiches_des_actions(lecture: Lecture, organisme: Organisme, ids: Sequence[UUID]) -> dict[UUID, Fiche]:
    """Give the whole fiches of some actions, by id. One statement."""
    return {id_: action.fiche for id_, action in ACTIONS.par_ids(lecture, organisme.id, ids).items()}


def proposer_action(lecture: Lecture, organisme: Organisme) -> Fiche | None:
    """Give what a new action may be proposed: the one that the organisation saved last, without its number.

    None when it has none yet. It is for a person to take, value by value or whole: a save puts nothing in by itself.
    """
    derniere = derniere_action(lecture, organisme.id)
    return None if derniere is None else derniere.fiche.copie()


def sessions_de(lecture: Lecture, organisme: Organisme, action_id: UUID) -> tuple[Noeud, ...]:
    """List the sessions of an action in the order of their dates, archived ones included. Raises Introuvable."""
    ouvrir_noeud(lecture, organisme, Niveau.ACTION, action_id)
    return tuple(SESSIONS.du_parent(lecture, organisme.id, action_id))


def diagnostiquer(lecture: Lecture, organisme: Organisme, depot: Depot, le: date) -> Diagnostic:
    """Say all that is to be said of an action or a session as it is typed: the one judge, whoever asks.

    Raises Introuvable (what should hold it is not there).
    """
    return _diagnostiquer(lecture, organisme, _place(lecture, organisme, depot), depot, le)


def diagnostiquer_sans_place(lecture: Lecture, organisme: Organisme, fiche: Fiche, le: date) -> Diagnostic:
    """Say what is to be said of a fiche that nothing holds any more: of an action by itself, of a session nothing."""
    if fiche.niveau is not Niveau.ACTION:
        return _SANS_DIAGNOSTIC
    fiche = prix.completer(fiche)
    return controler_action(fiche, contexte(lecture, organisme, le, [fiche]))


def soumettre(cnx: Connection, acte: Acte, depot: Depot, operation: Operation) -> NoeudSoumis:
    """Save what the form of an action or a session sends, new or not, by ENREGISTRER or VALIDER.

    The missing price of an action is computed first. Raises Introuvable; ParentArchive; NoeudDepasse; FicheRefusee;
    NoeudIncomplet; OperationInterdite (archived).
    """
    depot = _complete(depot)
    rangement = RANGEMENTS[depot.fiche.niveau]
    place = _place(cnx, acte.organisme, depot, verrou=True)
    actuel = rangement.par_id(cnx, acte.organisme.id, depot.id, verrou=True)
    if actuel is not None and actuel.parent_id != place.parent_id:
        raise Introuvable
    place.exiger_visible()
    demande = _Demande(cnx, acte, place, depot, operation)
    if not depot.version:
        return NoeudSoumis(_creer(demande, actuel))
    actuel = trouve(actuel)
    actuel.exiger_permise(operation)
    if depot.version != actuel.version:
        if depot.fiche != actuel.fiche:
            raise NoeudDepasse(actuel)
        if operation is Operation.ENREGISTRER or actuel.statut is Statut.VALIDEE:
            return NoeudSoumis(actuel, actuel.statut)
    return NoeudSoumis(_appliquer(demande, actuel), actuel.statut)


def archiver(cnx: Connection, acte: Acte, niveau: Niveau, id: UUID, version: int) -> Noeud:
    """Take an action or a session out of the working tree; the sessions of an action are hidden with it.

    Raises Introuvable, NoeudDepasse, OperationInterdite, ParentArchive: what is hidden keeps its status.
    """
    actuel, place = _reserver(cnx, acte, niveau, id, version)
    place.exiger_visible()
    return _remplacer(cnx, actuel, actuel.archiver(acte))


def restaurer(cnx: Connection, acte: Acte, niveau: Niveau, id: UUID, version: int) -> Noeud:
    """Bring one back to the status that it had if the judge still accepts it, else as a draft.

    Raises Introuvable, NoeudDepasse, OperationInterdite, ParentArchive.
    """
    actuel, place = _reserver(cnx, acte, niveau, id, version)
    actuel.exiger_permise(Operation.RESTAURER)
    place.exiger_visible()
    depot = Depot(actuel.id, actuel.version, actuel.fiche, actuel.parent_id)
    diagnostic = _diagnostiquer(cnx, acte.organisme, place, depot, acte.le)
    return _remplacer(cnx, actuel, actuel.restaurer(diagnostic))


def supprimer(  # noqa: PLR0913 - what, as a person saw it, and what they were told would go
    cnx: Connection, acte: Acte, niveau: Niveau, id: UUID, version: int, *, nommes: str | None = None
) -> Suppression:
    """Remove one for good, with what it holds: a draft whose dependants are all drafts, or an archived one.

    `nommes`: the print of what a person was told would go with it; None where nobody was asked. Raises Introuvable,
    NoeudDepasse, OperationInterdite, DependantsRetenus, DependantsChanges, ParentArchive.
    """
    actuel, place = _reserver(cnx, acte, niveau, id, version)
    place.exiger_visible()
    actuel.exiger_permise(Operation.SUPPRIMER)
    partis = dependants.retirer(cnx, acte.organisme.id, niveau, id, actuel.statut, nommes=nommes)
    if not RANGEMENTS[niveau].retirer(cnx, actuel):
        raise NoeudDepasse(ouvrir_noeud(cnx, acte.organisme, niveau, id))
    return Suppression(actuel, partis)


def dupliquer_action(cnx: Connection, acte: Acte, id: UUID, version: int, nouvel_id: UUID) -> Noeud:
    """Copy an action with its sessions, archived ones left out, as drafts. `nouvel_id`: the copy's id.

    The copy has no number, which is the original's own; its sessions keep theirs. Raises Introuvable, NoeudDepasse,
    ParentArchive, FicheRefusee.
    """
    modele, _ = _reserver(cnx, acte, Niveau.ACTION, id, version)
    modele.exiger_permise(Operation.DUPLIQUER)
    depot = Depot(nouvel_id, 0, modele.fiche.copie(), modele.parent_id)
    copie = soumettre(cnx, acte, depot, Operation.ENREGISTRER).noeud
    if not SESSIONS.du_parent(cnx, acte.organisme.id, copie.id):
        SESSIONS.ajouter_en_nombre(
            cnx,
            [
                Noeud.nouveau(
                    acte, Depot(uuid5(nouvel_id, str(session.id)), 0, session.fiche), copie.formation_id, copie.id,
                    Operation.ENREGISTRER, _SANS_DIAGNOSTIC,
                )
                for session in SESSIONS.du_parent(cnx, acte.organisme.id, id)
                if session.statut is not Statut.ARCHIVEE
            ],
        )  # fmt: skip
    return copie


def dupliquer_session(  # noqa: PLR0913, PLR0917 - what, as a person saw it, and what the copy is
    cnx: Connection, acte: Acte, id: UUID, version: int, nouvel_id: UUID, semaines: int
) -> Noeud:
    """Copy a session as a draft without a number, its dates moved by whole weeks. `nouvel_id`: the copy's id.

    Raises Introuvable, NoeudDepasse, ParentArchive, FicheRefusee; ValueError beyond SEMAINES_MAX weeks.
    """
    modele, _ = _reserver(cnx, acte, Niveau.SESSION, id, version)
    modele.exiger_permise(Operation.DUPLIQUER)
    depot = Depot(nouvel_id, 0, decaler(modele.fiche.copie(), semaines), modele.parent_id)
    return soumettre(cnx, acte, depot, Operation.ENREGISTRER).noeud


def _complete(depot: Depot) -> Depot:
    return replace(depot, fiche=prix.completer(depot.fiche)) if depot.fiche.niveau is Niveau.ACTION else depot


def _place(lecture: Lecture, organisme: Organisme, depot: Depot, *, verrou: bool = False) -> _Place:
    """Find what holds a thing, from the formation down. Raises Introuvable."""
    parent_id = trouve(depot.parent_id)
    if depot.fiche.niveau is Niveau.ACTION:
        return _Place(trouve(formations.par_id(lecture, organisme.id, parent_id, verrou=verrou)))
    formation_id = trouve(ACTIONS.par_id(lecture, organisme.id, parent_id)).formation_id
    formation = trouve(formations.par_id(lecture, organisme.id, formation_id, verrou=verrou))
    return _Place(formation, trouve(ACTIONS.par_id(lecture, organisme.id, parent_id, verrou=verrou)))


def _reserver(cnx: Connection, acte: Acte, niveau: Niveau, id: UUID, version: int) -> tuple[Noeud, _Place]:
    """Lock what holds a thing, then the thing, still in the version that a person saw."""
    vu = ouvrir_noeud(cnx, acte.organisme, niveau, id)
    place = _place(cnx, acte.organisme, Depot(vu.id, vu.version, vu.fiche, vu.parent_id), verrou=True)
    actuel = trouve(RANGEMENTS[niveau].par_id(cnx, acte.organisme.id, id, verrou=True))
    if actuel.version != version:
        raise NoeudDepasse(actuel)
    return actuel, place


def _diagnostiquer(lecture: Lecture, organisme: Organisme, place: _Place, depot: Depot, le: date) -> Diagnostic:
    fiche = _complete(depot).fiche
    semblables = RANGEMENTS[fiche.niveau].semblables(lecture, organisme.id, place.parent_id, fiche)
    action = None if place.action is None else place.action.fiche
    fiches = [fiche, *([] if action is None else [action]), *(voisin.fiche for voisin in semblables)]
    autour = contexte(lecture, organisme, le, fiches, place.formation.fiche)
    return juger(lecture, organisme.id, autour, Sujet(depot.id, place.parent_id, fiche, action), semblables)


def _creer(demande: _Demande, existant: Noeud | None) -> Noeud:
    depot, operation = demande.depot, demande.operation
    if existant is None:
        diagnostic = demande.diagnostiquer()
        place = demande.place
        nouveau = Noeud.nouveau(demande.acte, depot, place.formation.id, place.parent_id, operation, diagnostic)
        if _ecrire(depot.fiche, lambda: RANGEMENTS[depot.fiche.niveau].ajouter(demande.cnx, nouveau)):
            return nouveau
        # What holds it is locked, and it is not there: its id is that of something else.
        raise Introuvable
    if existant.fiche != depot.fiche:
        raise NoeudDepasse(existant)
    if operation is Operation.VALIDER and existant.statut is not Statut.VALIDEE:
        return _appliquer(demande, existant)
    return existant


def _appliquer(demande: _Demande, actuel: Noeud) -> Noeud:
    actuel.exiger_permise(demande.operation)
    apres = actuel.soumettre(demande.acte, demande.depot.fiche, demande.operation, demande.diagnostiquer())
    # Saved as it is after a restoration that made a draft of it, it stays one: what it was is forgotten.
    if actuel.avant_archivage is None and (apres.fiche, apres.statut) == (actuel.fiche, actuel.statut):
        return actuel
    return _remplacer(demande.cnx, actuel, apres)


def _remplacer(cnx: Connection, avant: Noeud, apres: Noeud) -> Noeud:
    rangement = RANGEMENTS[avant.niveau]
    if _ecrire(apres.fiche, lambda: rangement.remplacer(cnx, avant, apres)):
        return apres
    raise NoeudDepasse(trouve(rangement.par_id(cnx, avant.organisme_id, avant.id)))


def _ecrire(fiche: Fiche, ecriture: Callable[[], bool]) -> bool:
    """Write; say as the judge would what only the database has seen, when somebody was quicker."""
    try:
        return ecriture()
    except NumeroPris:
        raise FicheRefusee(Diagnostic((numero_pris(fiche),))) from None
    except ReferencePerdue:
        perdues = tuple(reference_inconnue(champ) for champ, _ in fiche.references())
        raise FicheRefusee(Diagnostic(perdues)) from None
