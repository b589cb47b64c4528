"""The form of an action and of a session: opening, live state, saving, « Valider ». Mounted once for each.

The identity of a new one is drawn when its form is first shown, so that a save sent twice counts once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from flask import Blueprint, Response

from webapp.domain.champs import Niveau
from webapp.domain.comptes import AutreOrganisme, Droit
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.niveaux import PAR_NOM
from webapp.domain.noeud import Depot, Noeud, ParentArchive
from webapp.domain.refus import Introuvable, RefusMetier, trouve
from webapp.domain.saisies import comme_id
from webapp.domain.statuts import EXIGENCES, Operation, modifiable
from webapp.domain.textes import dire
from webapp.services import arbre, catalogue
from webapp.web import a_revoir, conserves, saisie_arbre, sans_place
from webapp.web.http import depot, errors, liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import acte, aujourdhui, lecture, organisme_courant, transaction, utilisateur_courant
from webapp.web.http.filters import a_defaut, heure
from webapp.web.http.perdue import Perdue
from webapp.web.http.reponses import notifier, page, par_htmx, rediriger, rendre
from webapp.web.saisie_arbre import EcranSaisie

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from webapp.domain.diagnostic import Diagnostic
    from webapp.domain.formation import Formation

bp = Blueprint("noeuds", __name__)
nouveaux = Blueprint("nouveaux_noeuds", __name__)

ENREGISTREE = "Enregistré à {heure} au statut « {statut} »"
VALIDEE = {
    Niveau.ACTION: "L'action « {nom} » est validée. Vous pouvez ensuite créer des sessions.",
    Niveau.SESSION: "La session « {nom} » est validée.",
}
RETOMBEE = {
    Niveau.ACTION: "L'action « {nom} » est revenue au statut « Brouillon » : il lui manque de quoi être validée.",
    Niveau.SESSION: "La session « {nom} » est revenue au statut « Brouillon » : il lui manque de quoi être validée.",
}
DERNIERE = "derniere"


@bp.before_request
def exiger_meme_organisme() -> None:
    """Refuse a form opened in another organisation: somebody signed in elsewhere since, in another tab."""
    if saisie.texte("organisme") not in {"", str(organisme_courant().id)}:
        raise AutreOrganisme(organisme_courant().nom)


@nouveaux.get("/formations/<uuid:id>/actions/nouvelle")
@exige(Droit.GERER_CATALOGUE)
def nouvelle_action(id: UUID) -> Response:
    """Open the form of a new action; the one that was saved last is proposed, and put in when it is asked for."""
    reprise = depot.retrouver_sous(id, Niveau.ACTION)
    try:
        formation = catalogue.ouvrir(lecture(), organisme_courant(), id)
    except Introuvable:
        return sans_place.rendre_a_copier(reprise)
    if not modifiable(formation.statut):
        raise ParentArchive(Niveau.FORMATION, id)
    derniere = None if reprise else arbre.proposer_action(lecture(), organisme_courant())
    modele = None if reprise else _modele()
    fiche = reprise or modele or Fiche.nouvelle(Niveau.ACTION)
    ecran = _nouvel_ecran(Depot(uuid4(), 0, fiche, id), id, modele)
    proposition = "" if derniere is None or modele else liens.avec(liens.action_nouvelle(id), modele=DERNIERE)
    return _afficher(ecran, proposition=proposition, modifiee=(reprise or modele) is not None)


@nouveaux.get("/actions/<uuid:action>/sessions/nouvelle")
@exige(Droit.GERER_CATALOGUE)
def nouvelle_session(action: UUID) -> Response:
    """Open the form of a new session."""
    reprise = depot.retrouver_sous(action, Niveau.SESSION)
    try:
        parent = arbre.ouvrir_visible(lecture(), organisme_courant(), Niveau.ACTION, action)
    except Introuvable:
        return sans_place.rendre_a_copier(reprise)
    if not modifiable(parent.statut):
        raise ParentArchive(Niveau.ACTION, action)
    neuve = Depot(uuid4(), 0, reprise or Fiche.nouvelle(Niveau.SESSION), action)
    return _afficher(_nouvel_ecran(neuve, parent.formation_id), modifiee=reprise is not None)


@bp.get("/<uuid:noeud>")
@exige(Droit.VOIR_CATALOGUE)
def ouvrir(niveau: Niveau, noeud: UUID) -> Response:
    """Open one: the form when it may be changed by this person, a page to read otherwise."""
    gere = utilisateur_courant().peut(Droit.GERER_CATALOGUE)
    perdue = Perdue(noeud, saisie_arbre.adresse_de(niveau, noeud)) if gere else None
    try:
        actuel = arbre.ouvrir_noeud(lecture(), organisme_courant(), niveau, noeud)
    except Introuvable:
        return errors.repondre(404, perdue=perdue)
    formation = catalogue.ouvrir(lecture(), organisme_courant(), actuel.formation_id)
    ecran = _ecran_de(actuel)
    masquee_par = _masquee_par(actuel, formation)
    if masquee_par is None and modifiable(actuel.statut) and gere:
        return _afficher(
            ecran, a_revoir=a_revoir.de(actuel), conserves=conserves.de(niveau, noeud, modifiable=True)
        )  # fmt: skip
    valeurs = saisie_arbre.lire(actuel.fiche)
    visible = masquee_par is None and modifiable(actuel.statut)
    return page(
        "pages/noeud.html", noeud=actuel, nom=_nom(actuel), fil=_fil(formation, actuel), valeurs=valeurs,
        masquee_par=masquee_par, archivee_le=actuel.archivee_le, perdue=None if masquee_par else perdue,
        a_revoir=a_revoir.de(actuel) if visible else None,
        conserves=conserves.de(niveau, noeud, modifiable=visible),
    )  # fmt: skip


@bp.post("/<uuid:noeud>")
@exige(Droit.GERER_CATALOGUE)
def enregistrer(niveau: Niveau, noeud: UUID) -> Response:
    """Save what is typed: a draft even when fields are empty."""
    return _sauver(niveau, noeud, Operation.ENREGISTRER)


@bp.post("/<uuid:noeud>/validation")
@exige(Droit.GERER_CATALOGUE)
def valider(niveau: Niveau, noeud: UUID) -> Response:
    """Save what is typed and make it « validée » when nothing is missing."""
    return _sauver(niveau, noeud, Operation.VALIDER)


@bp.post("/<uuid:noeud>/saisie")
@exige(Droit.GERER_CATALOGUE)
def suivre_saisie(niveau: Niveau, noeud: UUID) -> Response:
    """Answer the live region. Without htmx: the form again, as typed."""
    ecran = _relu(niveau, noeud)
    if ecran.perdue:
        return saisie_arbre.repondre_perdue(ecran, _diagnostic(ecran), vient_d_etre_dit=not par_htmx())
    return saisie_arbre.suivre(ecran, _diagnostic(ecran))


@bp.post("/<uuid:noeud>/retrait")
@exige(Droit.GERER_CATALOGUE)
def retirer_interdits(niveau: Niveau, noeud: UUID) -> Response:
    """« Retirer »: the form again, as typed, one field without the characters that are refused in it."""
    ecran, nom = _relu(niveau, noeud), saisie.texte("retirer")
    if nom not in PAR_NOM[niveau]:
        return _afficher(ecran)
    ecran, message = saisie_arbre.sans_interdits_dans(ecran, nom)
    return saisie_arbre.repondre_retrait(ecran, _diagnostic(ecran), nom, message)


@bp.post("/<uuid:noeud>/reprise")
@exige(Droit.GERER_CATALOGUE)
def reprendre(niveau: Niveau, noeud: UUID) -> Response:
    """Open the form of a new one where it stood, with texts that its own can take no more."""
    parent = comme_id(saisie.texte("parent"))
    if parent is None:
        parent = arbre.ouvrir_noeud(lecture(), organisme_courant(), niveau, noeud).parent_id
    cle = depot.deposer_sous(parent, saisie.depot(niveau, noeud).fiche)
    nouveau = liens.action_nouvelle if niveau is Niveau.ACTION else liens.session_nouvelle
    return rediriger(liens.avec(nouveau(parent), **{depot.PARAMETRE: cle}))


@bp.post("/<uuid:noeud>/abandon")
@exige(Droit.GERER_CATALOGUE)
def annuler(niveau: Niveau, noeud: UUID) -> Response:
    """« Annuler »: back to the formation, after a question when something typed would be lost."""
    ecran = _relu(niveau, noeud)
    if not ecran.fiche.differences(ecran.fiche_d_origine):
        return rediriger(ecran.sortie)
    return rendre(
        "pages/dialogue.html", "fragments/formation/abandon.html",
        {"dialogue": "formation/abandon", "ecran": ecran, "repris": saisie.tout(("csrf_token",))},
    )  # fmt: skip


def _sauver(niveau: Niveau, id: UUID, operation: Operation) -> Response:
    ecran = _relu(niveau, id)
    try:
        with transaction() as cnx:
            soumis = arbre.soumettre(cnx, acte(), ecran.depot, operation)
    except ParentArchive as refus:
        ecran = _relu(niveau, id)
        return saisie_arbre.repondre_sous_archive(ecran, _diagnostic(ecran), refus, trouve(ecran.formation_id))
    except RefusMetier as refus:
        # It may have gone since it was looked at.
        ecran = _relu(niveau, id)
        return saisie_arbre.repondre_au_refus(refus, ecran, _diagnostic(ecran), EXIGENCES[operation])
    noeud, validee = soumis.noeud, operation is Operation.VALIDER
    quand = dire(ENREGISTREE, heure=heure(acte().maintenant), statut=noeud.statut.libelle)
    if validee:
        notes: tuple[str, ...] = (dire(VALIDEE[niveau], nom=_nom(noeud)),)
    else:
        notes = (dire(RETOMBEE[niveau], nom=_nom(noeud)),) if soumis.retombe else ()
    if not validee and (ensuite := saisie_arbre.ajouter_ensuite(saisie_arbre.adresse_de(niveau, id))) is not None:
        _notifier((quand, *notes), noeud, ailleurs=True)
        return ensuite
    if par_htmx():
        enregistre = _ecran_de(noeud)
        diagnostic = _diagnostic(enregistre)
        return saisie_arbre.repondre_enregistree(enregistre, diagnostic, quand, notes, ecran.fiche)
    _notifier(notes if validee else (quand, *notes), noeud)
    return rediriger(saisie_arbre.adresse_de(niveau, id))


def _notifier(messages: Sequence[str], noeud: Noeud, *, ailleurs: bool = False) -> None:
    """Say on the next page what a save has done, and what it leaves to look at again."""
    for message in messages:
        notifier(message)
    a_revoir.notifier_de(noeud, ailleurs=ailleurs)


def _afficher(ecran: EcranSaisie, **autres: object) -> Response:
    formation = catalogue.ouvrir(lecture(), organisme_courant(), trouve(ecran.formation_id))
    return saisie_arbre.afficher(ecran, _diagnostic(ecran), fil=_fil(formation), **autres)


def _fil(formation: Formation, noeud: Noeud | None = None) -> tuple[str, str]:
    """Give the name and the address of the formation that holds a thing, open at it."""
    titre = a_defaut(a_defaut(formation.fiche.intitule, formation.fiche.identifiant), "(sans intitulé)")
    return titre, liens.formation(formation.id) if noeud is None else _sortie(noeud)


def _masquee_par(noeud: Noeud, formation: Formation) -> Niveau | None:
    """Give the level of what holds a thing and is archived, the highest first; None when nothing is."""
    if not modifiable(formation.statut):
        return Niveau.FORMATION
    if noeud.niveau is Niveau.SESSION:
        action = arbre.ouvrir_noeud(lecture(), organisme_courant(), Niveau.ACTION, noeud.parent_id)
        return None if modifiable(action.statut) else Niveau.ACTION
    return None


def _nom(noeud: Noeud) -> str:
    return a_defaut(noeud.fiche.nom, "sans numéro")


def _sortie(noeud: Noeud) -> str:
    """Give the address of the formation of a thing, open at the action that it is or belongs to."""
    return liens.action_ouverte(noeud.formation_id, noeud.id if noeud.niveau is Niveau.ACTION else noeud.parent_id)


def _relu(niveau: Niveau, id: UUID) -> EcranSaisie:
    """Rebuild the screen from what was posted, and from what is stored if it is. Raises Introuvable."""
    envoye = saisie.depot(niveau, id)
    if envoye.version:
        try:
            objet = arbre.ouvrir_noeud(lecture(), organisme_courant(), niveau, id)
        except Introuvable:
            return replace(_ecran_sans_objet(envoye), perdue=True)
        ecran = replace(_ecran_de(objet), depot=replace(envoye, parent_id=objet.parent_id))
        return replace(ecran, perdue=not modifiable(objet.statut))
    ecran = _ecran_sans_objet(envoye)
    return replace(ecran, modele=_modele()) if niveau is Niveau.ACTION and not ecran.perdue else ecran


def _ecran_sans_objet(envoye: Depot) -> EcranSaisie:
    """Give the screen of what is not stored, under what it says holds it. Raises Introuvable when it says nothing."""
    envoye = replace(envoye, parent_id=trouve(comme_id(saisie.texte("parent"))))
    try:
        formation_id = _formation_du_parent(envoye)
    except Introuvable:
        return sans_place.ecran(envoye)
    return _nouvel_ecran(envoye, formation_id)


def _modele() -> Fiche | None:
    """Give the action whose values are proposed, when that was asked for."""
    demande = saisie.parametre("modele") == DERNIERE
    return arbre.proposer_action(lecture(), organisme_courant()) if demande else None


def _formation_du_parent(depot: Depot) -> UUID:
    parent_id = trouve(depot.parent_id)
    if depot.fiche.niveau is Niveau.ACTION:
        return catalogue.ouvrir(lecture(), organisme_courant(), parent_id).id
    return arbre.ouvrir_noeud(lecture(), organisme_courant(), Niveau.ACTION, parent_id).formation_id


def _ecran_de(noeud: Noeud) -> EcranSaisie:
    depot = Depot(noeud.id, noeud.version, noeud.fiche, noeud.parent_id)
    return EcranSaisie(
        depot, saisie_arbre.adresse_de(noeud.niveau, noeud.id), _sortie(noeud), noeud, formation_id=noeud.formation_id
    )


def _nouvel_ecran(depot: Depot, formation_id: UUID, modele: Fiche | None = None) -> EcranSaisie:
    niveau = depot.fiche.niveau
    parent = trouve(depot.parent_id)
    sortie = liens.formation(parent) if niveau is Niveau.ACTION else liens.action_ouverte(formation_id, parent)
    url = saisie_arbre.adresse_de(niveau, depot.id)
    return EcranSaisie(depot, url, sortie, modele=modele, formation_id=formation_id)


def _diagnostic(ecran: EcranSaisie) -> Diagnostic:
    if ecran.partie is not None:
        return sans_place.diagnostiquer(ecran)
    return arbre.diagnostiquer(lecture(), organisme_courant(), ecran.depot, aujourdhui())
