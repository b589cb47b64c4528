"""What is done to an action or a session from the tree: archive, restore, undo either, remove; duplicate an action.

Each asks with the version that the person saw. Done or refused, the answer is the page of the formation as it now is,
with a message; to htmx, the tree alone: what is typed beside it stays. Mounted once for each level.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4, uuid5

from flask import Blueprint, Response

from webapp.domain.calendrier import SEMAINES_MAX
from webapp.domain.champs import Niveau
from webapp.domain.comptes import Droit
from webapp.domain.decalage import lire_semaines
from webapp.domain.formation import FicheRefusee, OperationInterdite
from webapp.domain.noeud import (
    NOMMES_MAX,
    DependantsChanges,
    DependantsRetenus,
    Depot,
    Noeud,
    NoeudDepasse,
    ParentArchive,
)
from webapp.domain.statuts import Operation, Statut
from webapp.domain.textes import dire
from webapp.services import arbre, catalogue, dependants
from webapp.web import arbre as ecran_arbre
from webapp.web import panneau_controle
from webapp.web.departs import NOMMES, ce_qui_partirait, enumerer_en_phrase, nommer
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import acte, lecture, organisme_courant, transaction
from webapp.web.http.filters import instant_long
from webapp.web.http.reponses import (
    ALERTE,
    Annulation,
    dire_ici,
    fragment,
    notifier,
    poser_question,
    rediriger,
)
from webapp.web.saisie_arbre import adresse_de, libelle

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy import Connection

    from webapp.domain.formation import Acte
    from webapp.domain.noeud import Entree

Fait = TypeVar("Fait")
"""What an operation gives back."""

bp = Blueprint("operations_arbre", __name__)
duplications = Blueprint("duplications", __name__)

ARCHIVE = "{elle} est archivée."
RESTAURE = "{elle} est restaurée au statut « {statut} »."
RETOMBE = "{elle} est restaurée au statut « {statut} », et non « {avant} » comme avant son archivage. {raisons}"
RAISON = "{champ} : {message}"
ANNULE = "L'archivage est annulé : {elle} est de nouveau au statut « {statut} »."
RANGE = "La restauration est annulée : {elle} est de nouveau archivée."
SUPPRIME = "{elle} est supprimée."
SUPPRIME_AVEC = "{elle} est supprimée, et avec elle : {autres}."
DUPLIQUE = "La copie de l'action est créée avec ses sessions : donnez-lui son propre numéro."
DUPLIQUE_AVEC_UNE = "La copie de l'action est créée avec sa session : donnez-lui son propre numéro."
DUPLIQUE_SEULE = "La copie de l'action est créée : donnez-lui son propre numéro."
SESSION_DUPLIQUEE = "La copie de la session est créée : donnez-lui son propre numéro."
SEMAINES_REFUSEES = "Saisissez un nombre entier de semaines, de -{max} à {max}."
RIEN = "Rien n'est fait : {elle} a été modifiée entre-temps par {qui}, le {quand}. La page est à jour."
RIEN_ARCHIVE = "Rien n'est fait : {elle} a été archivée entre-temps, le {quand}. La page est à jour."
_REFUS = (NoeudDepasse, OperationInterdite, DependantsRetenus, ParentArchive, FicheRefusee)


@bp.post("/<uuid:noeud>/archivage")
@exige(Droit.GERER_CATALOGUE)
def archiver(niveau: Niveau, noeud: UUID) -> Response:
    """Take one out of the working tree; what it holds is hidden with it."""
    return _operer(arbre.archiver, niveau, noeud, lambda n: (n, _dire(ARCHIVE, n)), annulable="archivage")


@bp.post("/<uuid:noeud>/archivage/annulation")
@exige(Droit.GERER_CATALOGUE)
def annuler_archivage(niveau: Niveau, noeud: UUID) -> Response:
    """Bring back one that was just archived."""
    return _operer(arbre.restaurer, niveau, noeud, lambda n: (n, _dire(ANNULE, n)))


@bp.post("/<uuid:noeud>/restauration")
@exige(Droit.GERER_CATALOGUE)
def restaurer(niveau: Niveau, noeud: UUID) -> Response:
    """Bring an archived one back to the status that it had, or as a draft."""
    avant = arbre.ouvrir_noeud(lecture(), organisme_courant(), niveau, noeud).avant_archivage

    def dire_restaure(apres: Noeud) -> tuple[Noeud, str]:
        if avant is None or apres.statut is avant:
            return apres, _dire(RESTAURE, apres)
        return apres, _dire(RETOMBE, apres, avant=avant.libelle, raisons=_raisons(apres))

    return _operer(arbre.restaurer, niveau, noeud, dire_restaure, annulable="restauration")


@bp.post("/<uuid:noeud>/restauration/annulation")
@exige(Droit.GERER_CATALOGUE)
def annuler_restauration(niveau: Niveau, noeud: UUID) -> Response:
    """Archive again one that was just restored."""
    return _operer(arbre.archiver, niveau, noeud, lambda n: (n, _dire(RANGE, n)))


@bp.get("/<uuid:noeud>/suppression")
@exige(Droit.GERER_CATALOGUE)
def confirmer_suppression(niveau: Niveau, noeud: UUID) -> Response:
    """Ask before one disappears for good, and name what goes with it."""
    actuel = arbre.ouvrir_visible(lecture(), organisme_courant(), niveau, noeud)
    actuel.exiger_permise(Operation.SUPPRIMER)
    return _demander_suppression(actuel)


@bp.post("/<uuid:noeud>/suppression")
@exige(Droit.GERER_CATALOGUE)
def supprimer(niveau: Niveau, noeud: UUID) -> Response:
    """Remove a draft with the drafts that it holds, or an archived one with what it hides: what the question named."""

    def dire_supprime(faite: arbre.Suppression) -> tuple[Noeud, str]:
        if not faite.dependants:
            return faite.noeud, _dire(SUPPRIME, faite.noeud)
        return faite.noeud, _dire(SUPPRIME_AVEC, faite.noeud, autres=enumerer_en_phrase(faite.dependants))

    try:
        return _operer(partial(arbre.supprimer, nommes=saisie.texte(NOMMES)), niveau, noeud, dire_supprime)
    except DependantsChanges as refus:
        return _demander_suppression(arbre.ouvrir_noeud(lecture(), organisme_courant(), niveau, noeud), str(refus))


@duplications.post("/actions/<uuid:action>/duplication")
@exige(Droit.GERER_CATALOGUE)
def dupliquer(action: UUID) -> Response:
    """Copy an action with its sessions, as drafts, and open the copy. Sent twice, it makes one."""
    try:
        with transaction() as cnx:
            nouvel_id = uuid5(saisie.identite("copies"), str(action))
            copie = arbre.dupliquer_action(cnx, acte(), action, saisie.version(), nouvel_id)
    except _REFUS as refus:
        return _refuser(refus, arbre.ouvrir_noeud(lecture(), organisme_courant(), Niveau.ACTION, action))
    sessions = arbre.sessions_de(lecture(), organisme_courant(), copie.id)
    notifier(dire((DUPLIQUE_SEULE, DUPLIQUE_AVEC_UNE, DUPLIQUE)[min(len(sessions), 2)]))
    return rediriger(liens.action(copie.id))


@duplications.get("/sessions/<uuid:session>/duplication")
@exige(Droit.GERER_CATALOGUE)
def demander_semaines(session: UUID) -> Response:
    """Ask by how many weeks the dates of the copy are moved."""
    actuelle = arbre.ouvrir_visible(lecture(), organisme_courant(), Niveau.SESSION, session)
    actuelle.exiger_permise(Operation.DUPLIQUER)
    return _demander_semaines(actuelle, "1")


@duplications.post("/sessions/<uuid:session>/duplication")
@exige(Droit.GERER_CATALOGUE)
def dupliquer_session(session: UUID) -> Response:
    """Copy a session as a draft, its dates moved by whole weeks, and open the copy. Sent twice, it makes one."""
    actuelle = arbre.ouvrir_noeud(lecture(), organisme_courant(), Niveau.SESSION, session)
    dites = saisie.texte("semaines").strip()
    semaines = lire_semaines(dites)
    if semaines is None:
        return _demander_semaines(actuelle, dites, dire(SEMAINES_REFUSEES, max=SEMAINES_MAX))
    try:
        with transaction() as cnx:
            nouvel_id = uuid5(saisie.identite("copies"), str(session))
            copie = arbre.dupliquer_session(cnx, acte(), session, saisie.version(), nouvel_id, semaines)
    except _REFUS as refus:
        return _refuser(refus, arbre.ouvrir_noeud(lecture(), organisme_courant(), Niveau.SESSION, session))
    notifier(dire(SESSION_DUPLIQUEE))
    return rediriger(liens.session(copie.id))


def _demander_suppression(noeud: Noeud, change: str = "") -> Response:
    """Ask, and name what goes with it; again, when that is no longer what was named."""
    depart = dependants.prevoir(lecture(), organisme_courant().id, noeud.niveau, noeud.id, noeud.statut)
    contexte = {
        "dialogue": "arbre/suppression",
        "question": dire("Supprimer {elle} ?", elle=nommer(noeud)),
        "noeud": noeud,
        "url": adresse_de(noeud.niveau, noeud.id),
        "retour": _page(noeud),
        **ce_qui_partirait(depart, change),
    }
    return poser_question("fragments/arbre/suppression.html", contexte, 409 if change else 200)


def _demander_semaines(session: Noeud, semaines: str, refus: str = "") -> Response:
    """Ask; again, when what was answered is refused."""
    contexte = {
        "dialogue": "arbre/duplication",
        "question": dire("Dupliquer {elle}", elle=nommer(session)),
        "noeud": session,
        "retour": _page(session),
        "copies": uuid4(),
        "semaines": semaines,
        "refus_semaines": refus,
    }
    return poser_question("fragments/arbre/duplication.html", contexte, 422 if refus else 200)


def _operer(
    operation: Callable[[Connection, Acte, Niveau, UUID, int], Fait], niveau: Niveau, id: UUID,
    dire_fait: Callable[[Fait], tuple[Noeud, str]], annulable: str = "",
) -> Response:  # fmt: skip
    """Do it, say so, and show the tree as it now is. `annulable`: the noun under which it is undone."""
    try:
        with transaction() as cnx:
            fait = operation(cnx, acte(), niveau, id, saisie.version())
    except _REFUS as refus:
        return _refuser(refus, arbre.ouvrir_noeud(lecture(), organisme_courant(), niveau, id))
    noeud, message = dire_fait(fait)
    annulation = None
    if annulable:
        url = f"{adresse_de(niveau, id)}/{annulable}/annulation"
        annulation = Annulation(url, str(id), noeud.version, ())
    if saisie.texte(saisie.DE_SA_PAGE):
        notifier(message, annulation=annulation)
        return rediriger(adresse_de(niveau, id))
    return dire_ici(message, partial(_remontrer, noeud, 200), _page(noeud), annulation=annulation)


def _refuser(refus: Exception, noeud: Noeud) -> Response:
    """Say why nothing was done, over the tree as it now is."""
    message = _dire_depasse(refus.actuel, noeud) if isinstance(refus, NoeudDepasse) else str(refus)
    return dire_ici(message, partial(_remontrer, noeud, 409), _page(noeud), categorie=ALERTE)


def _dire_depasse(actuel: Noeud | Entree, noeud: Noeud) -> str:
    """Say what was done meanwhile: archiving is no save, and says neither who saved last nor when."""
    if isinstance(actuel, Noeud) and actuel.statut is Statut.ARCHIVEE and actuel.archivee_le is not None:
        return _dire(RIEN_ARCHIVE, noeud, quand=instant_long(actuel.archivee_le))
    return _dire(RIEN, noeud, qui=actuel.modifiee_par, quand=instant_long(actuel.modifiee_le))


def _remontrer(noeud: Noeud, statut: int, message: tuple[str, object]) -> Response:
    formation = catalogue.ouvrir(lecture(), organisme_courant(), noeud.formation_id)
    contexte = {
        "arbre": ecran_arbre.montrer(formation, _ouverte(noeud)),
        "controle": panneau_controle.de_la_formation(formation),
        "toasts": [message],
    }
    noms = (
        "fragments/arbre/arbre.html",
        panneau_controle.FRAGMENT,
        "fragments/catalogue/sans-question.html",
        "fragments/toasts.html",
    )
    reponse = fragment(noms, contexte, statut)
    reponse.headers["HX-Reswap"] = "none"
    return reponse


def _raisons(noeud: Noeud) -> str:
    """Say what keeps an action or a session from being « validée », the first NOMMES_MAX."""
    depot = Depot(noeud.id, noeud.version, noeud.fiche, noeud.parent_id)
    bloquantes = arbre.diagnostiquer(lecture(), organisme_courant(), depot, acte().le).bloquantes
    dites = [dire(RAISON, champ=libelle(noeud.niveau, a.champ), message=a.message) for a in bloquantes]
    return " ".join(dites[:NOMMES_MAX]) + ("…" if len(dites) > NOMMES_MAX else "")


def _dire(modele: str, noeud: Noeud, **faits: str) -> str:
    elle = nommer(noeud)
    return dire(modele, elle=elle[0].upper() + elle[1:] if modele.startswith("{elle}") else elle,
                statut=noeud.statut.libelle, **faits)  # fmt: skip


def _ouverte(noeud: Noeud) -> str:
    """Give the id of the action that is open in the tree where a thing is."""
    return str(noeud.id if noeud.niveau is Niveau.ACTION else noeud.parent_id)


def _page(noeud: Noeud) -> str:
    return liens.avec(liens.formation(noeud.formation_id), action=_ouverte(noeud)) + "#arbre"
