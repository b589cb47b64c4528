"""The tree of a formation on its page: its actions, and the sessions of each when it is opened.

Closed, an action is one line, and PAR_PAGE of them stand on a page: two hundred cost what twenty do. What one holds,
and what can be done to it, is asked for when it is opened; without JavaScript a link opens it, in the page itself.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

from flask import Blueprint, Response

from webapp.domain import champs_action, champs_annuaire, champs_session, saisies
from webapp.domain.champs import Niveau
from webapp.domain.comptes import Droit
from webapp.domain.saisies import comme_entier, comme_montant
from webapp.domain.statuts import Statut, modifiable
from webapp.domain.textes import dire, fr, pluriel
from webapp.services import annuaire, arbre, catalogue
from webapp.services.arbre import LigneAction
from webapp.web.catalogue import OPERATIONS
from webapp.web.departs import SANS_NUMERO
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import lecture, organisme_courant, utilisateur_courant
from webapp.web.http.filters import a_defaut
from webapp.web.http.reponses import fragment, par_htmx, rediriger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webapp.domain.champs import Champ
    from webapp.domain.fiche_arbre import Fiche
    from webapp.domain.formation import Formation
    from webapp.domain.noeud import Noeud
    from webapp.services.arbre import PageActions

bp = Blueprint("arbre", __name__)

PAR_PAGE = 20
"""As many as the catalogue shows formations on one of its pages."""

CHIFFRES_MAX = 7
TRANCHE = "Actions {premiere} à {derniere} sur {total}"
SANS_ACTION = fr("Aucune action de formation.")
SANS_SESSION = fr("Aucune session.")
SANS_DATE = fr("sans dates")
MASQUEES = "{sessions} avec elle"
_AUCUNE: frozenset[str] = frozenset()
_DECOMPTES = {Statut.BROUILLON: "brouillon", Statut.VALIDEE: "validée", Statut.ARCHIVEE: "archivée"}


class SessionMontree(NamedTuple):
    """A session as its line shows it."""

    id: UUID
    numero: str
    statut: Statut
    dates: str
    recrutement: str
    version: int
    operations: frozenset[str]


class ContenuMontre(NamedTuple):
    """All that an open action shows."""

    id: UUID
    numero: str
    faits: str
    sessions: tuple[SessionMontree, ...]
    version: int
    operations: frozenset[str]
    archivee: bool
    modifiable: bool
    """Whether the person may change it."""


class ActionMontree(NamedTuple):
    """An action as its line shows it. `contenu` is None while it is closed: what it costs is a line.

    All of it is text, ready to be written: the line takes it apart by its order.
    """

    id: str
    numero: str
    statut: Statut
    bilan: str
    adresse: str
    """Where it is open, in the page of its formation."""
    sessions: str
    """Where what it holds is asked for."""
    contenu: ContenuMontre | None
    a_des_sessions: bool
    """Whether it shows some once open."""


class ArbreMontre(NamedTuple):
    """What a formation holds, as its page shows it."""

    bilan: str
    actions: tuple[ActionMontree, ...]
    creer: str = ""
    """Where an action is added; empty for who may not, or when the formation is archived."""
    adresse: str = ""
    copies: UUID | None = None
    """From which the identities of the copies are drawn: sent twice, « Dupliquer » makes one."""
    archivee: bool = False
    """Whether the formation is, and all that it holds is hidden with it."""
    tranche: str = ""
    """Which of the actions are shown, when not all are."""
    precedentes: int | None = None
    suivantes: int | None = None
    """From which rank others are shown."""


@bp.get("/actions/<uuid:action>/sessions")
@exige(Droit.VOIR_CATALOGUE)
def lister_sessions(action: UUID) -> Response:
    """Open an action of the tree; without htmx, the page of its formation where it is open."""
    noeud = arbre.ouvrir_noeud(lecture(), organisme_courant(), Niveau.ACTION, action)
    if not par_htmx():
        return rediriger(liens.action_ouverte(noeud.formation_id, action))
    formation = catalogue.ouvrir(lecture(), organisme_courant(), noeud.formation_id)
    contenu = _contenu(LigneAction.de(noeud), permis=_permis(formation))
    return fragment(("fragments/arbre/sessions.html",), {"contenu": contenu})


@bp.get("/formations/<uuid:id>/actions")
@exige(Droit.VOIR_CATALOGUE)
def lister_actions(id: UUID) -> Response:
    """Show other actions of the tree; without htmx, in the page of its formation."""
    formation = catalogue.ouvrir(lecture(), organisme_courant(), id)
    if not par_htmx():
        return rediriger(f"{liens.avec(liens.formation(id), depuis=saisie.parametre('depuis'))}#arbre")
    return fragment(("fragments/arbre/arbre.html",), {"arbre": montrer(formation)})


def montrer(formation: Formation, ouverte: str = "") -> ArbreMontre:
    """Give the tree of a formation of the organisation; the action `ouverte`, or that the address names, is open.

    It shows the actions among which that one stands, else those from the rank that the address says.
    """
    formation_id = formation.id
    permis = _permis(formation)
    creer = liens.action_nouvelle(formation_id) if permis else ""
    ouverte = ouverte or saisie.parametre("action")
    archivee = not modifiable(formation.statut)
    actions = _page(formation_id, ouverte)
    if not actions.lignes:
        return ArbreMontre(SANS_ACTION, (), creer, liens.formation(formation_id), uuid4(), archivee)
    dites = _decompte(actions.decompte, "action de formation", "actions de formation")
    premiere, montrees, total = actions.premiere, actions.lignes, actions.total
    comptes = arbre.comptes_de(lecture(), organisme_courant(), formation_id, [ligne.id for ligne in montrees])
    toutes = Counter[Statut]()
    # Of many actions, those of the others are not counted: that alone would cost more than the page.
    for ligne in montrees if len(montrees) == total else ():
        if modifiable(ligne.statut):
            toutes.update(comptes.get(ligne.id, {}))
    bilan = " ".join(f"{morceau}." for morceau in (dites, _decompte(toutes, "session", "sessions")) if morceau)
    return ArbreMontre(
        bilan,
        tuple(
            [
                _action(formation_id, ligne, comptes.get(ligne.id, {}), ouverte=str(ligne.id) == ouverte, permis=permis)
                for ligne in montrees
            ]
        ),
        creer,
        liens.formation(formation_id),
        uuid4(),
        archivee,
        _tranche(premiere, len(montrees), total),
        premiere - PAR_PAGE if premiere else None,
        premiere + PAR_PAGE if premiere + PAR_PAGE < total else None,
    )


def deplie(formation: Formation, actions: int, sessions: int) -> tuple[list[tuple[ActionMontree, int]], int]:
    """Give what a formation holds and is not archived, unfolded: its first actions, their first sessions.

    Out: each action with the number of its sessions that are not given, and the number of actions that are not.
    """
    trouvees = arbre.page_d_actions(lecture(), organisme_courant(), formation.id, 0, actions)
    fiches = arbre.fiches_des_actions(lecture(), organisme_courant(), [ligne.id for ligne in trouvees.lignes])
    lieux = {str(e.id): e.fiche for e in annuaire.entrees(lecture(), organisme_courant(), Niveau.LIEU)}
    montrees = []
    for ligne in trouvees.lignes:
        if modifiable(ligne.statut):
            une = _action(formation.id, ligne, {}, ouverte=True, permis=False)
            contenu = une.contenu or _contenu(ligne, permis=False)
            siennes = [session for session in contenu.sessions if modifiable(session.statut)]
            fiche = fiches[ligne.id]
            faits = _faits(ligne, fiche[champs_action.FRAIS_HT], _lieu(lieux.get(fiche[champs_action.LIEU])))
            reduite = contenu._replace(faits=faits, sessions=tuple(siennes[:sessions]))
            montrees.append((une._replace(contenu=reduite), max(0, len(siennes) - sessions)))
    visibles = sum(nombre for statut, nombre in trouvees.decompte.items() if modifiable(statut))
    return montrees, visibles - len(montrees)


def _page(formation_id: UUID, ouverte: str) -> PageActions:
    """Read the actions that are shown: those among which the open one stands, else those from the rank asked for."""
    demande = saisie.parametre("depuis")
    ou: UUID | int = int(demande) if demande.isascii() and demande.isdecimal() and len(demande) < CHIFFRES_MAX else 0
    with suppress(ValueError):
        ou = UUID(ouverte)
    return arbre.page_d_actions(lecture(), organisme_courant(), formation_id, ou, PAR_PAGE)


def _tranche(premiere: int, nombre: int, total: int) -> str:
    if nombre == total:
        return ""
    return dire(TRANCHE, premiere=premiere + 1, derniere=premiere + nombre, total=total)


def _action(
    formation_id: UUID, ligne: LigneAction, comptes: Mapping[Statut, int], *, ouverte: bool, permis: bool
) -> ActionMontree:
    id_ = str(ligne.id)
    return ActionMontree(
        id_, a_defaut(ligne.numero, SANS_NUMERO), ligne.statut,
        _bilan(comptes, archivee=not modifiable(ligne.statut)),
        liens.action_ouverte(formation_id, id_),
        liens.sessions(id_),
        _contenu(ligne, permis=permis) if ouverte else None,
        bool(comptes) and modifiable(ligne.statut),
    )  # fmt: skip


def _contenu(ligne: LigneAction, *, permis: bool) -> ContenuMontre:
    archivee = not modifiable(ligne.statut)
    return ContenuMontre(
        ligne.id, a_defaut(ligne.numero, SANS_NUMERO),
        _faits(ligne),
        () if archivee else _sessions_de(ligne.id, permis=permis),
        ligne.version, OPERATIONS[ligne.statut] if permis else _AUCUNE, archivee, permis and not archivee,
    )  # fmt: skip


def _faits(ligne: LigneAction, hors_taxes: str = "", lieu: str = "") -> str:
    """Say how an action is given, how long, at which price; on paper its price without tax too, and where."""
    modalite = saisies.montrer(champs_action.MODALITES_D_ENSEIGNEMENT, ligne.modalites_enseignement)
    prix = (_euros(champs_action.FRAIS_HT, hors_taxes), _euros(champs_action.FRAIS_TTC, ligne.frais_ttc))
    return " · ".join(filter(None, (modalite, _heures(ligne.duree), *prix, lieu)))


def _lieu(fiche: Fiche | None) -> str:
    """Name a place with its town."""
    if fiche is None:
        return ""
    ville = " ".join(filter(None, (fiche[champs_annuaire.CODE_POSTAL], fiche[champs_annuaire.VILLE])))
    return ", ".join(filter(None, (fiche.nom, ville)))


def _bilan(comptes: Mapping[Statut, int], *, archivee: bool) -> str:
    """Count the sessions of an action by status; of an archived one, those that are hidden with it."""
    if archivee and (total := sum(comptes.values())):
        return dire(MASQUEES, sessions=pluriel(total, "session masquée", "sessions masquées"))
    return _decompte(comptes, "session", "sessions") or SANS_SESSION.rstrip(".")


def _permis(formation: Formation) -> bool:
    """Whether the person may change what a formation holds."""
    return modifiable(formation.statut) and utilisateur_courant().peut(Droit.GERER_CATALOGUE)


def _sessions_de(action_id: UUID, *, permis: bool) -> tuple[SessionMontree, ...]:
    return tuple([_session(n, permis=permis) for n in arbre.sessions_de(lecture(), organisme_courant(), action_id)])


def _session(noeud: Noeud, *, permis: bool) -> SessionMontree:
    fiche = noeud.fiche
    recrutement = fiche[champs_session.ETAT_RECRUTEMENT]
    return SessionMontree(
        noeud.id, a_defaut(fiche.nom, SANS_NUMERO), noeud.statut,
        saisies.montrer_dates(fiche[champs_session.DEBUT], fiche[champs_session.FIN]) or SANS_DATE,
        saisies.montrer(champs_session.ETAT_RECRUTEMENT, recrutement) if recrutement else "",
        noeud.version,
        OPERATIONS[noeud.statut] if permis else _AUCUNE,
    )  # fmt: skip


def _heures(valeur: str) -> str:
    nombre = comme_entier(valeur)
    return "" if nombre is None else dire("{nombre} h", nombre=saisies.dire_entier(valeur))


def _euros(champ: Champ, valeur: str) -> str:
    if comme_montant(valeur) is None:
        return ""
    return fr(f"{saisies.montrer(champ, valeur)} € {_TAXES[champ]}")


_TAXES = {champs_action.FRAIS_HT: "HT", champs_action.FRAIS_TTC: "TTC"}


def _decompte(comptes: Mapping[Statut, int], un: str, plusieurs: str) -> str:
    """Count things by status: « 3 sessions : 2 brouillons, 1 validée »; empty when there is none."""
    return _dire_decompte(un, plusieurs, *[comptes.get(statut, 0) for statut in _DECOMPTES]) if comptes else ""


@lru_cache(maxsize=1_024)
def _dire_decompte(un: str, plusieurs: str, *nombres: int) -> str:
    """Write such a count. The actions of a formation have, mostly, as many sessions as each other."""
    total = sum(nombres)
    if not total:
        return ""
    dits = (pluriel(nombre, mot) for nombre, mot in zip(nombres, _DECOMPTES.values(), strict=True) if nombre)
    return fr(f"{pluriel(total, un, plusieurs)} : {', '.join(dits)}")
