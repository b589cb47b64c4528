"""Contacts and places: the list of each, and the form of one. Mounted once for each, under its own address."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from flask import Blueprint, Response

from webapp.domain import champs_annuaire, saisies
from webapp.domain.champs import Niveau
from webapp.domain.comptes import AutreOrganisme, Droit
from webapp.domain.diagnostic import Portee
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.niveaux import PAR_NOM
from webapp.domain.noeud import Depot, EncoreUtilise, NoeudDepasse
from webapp.domain.refus import Introuvable, RefusMetier
from webapp.domain.textes import dire, enumerer, fr, pluriel
from webapp.services import annuaire
from webapp.web import a_revoir, saisie_arbre
from webapp.web.http import depot, errors, liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import acte, lecture, organisme_courant, transaction, utilisateur_courant
from webapp.web.http.filters import a_defaut, heure, instant_long
from webapp.web.http.perdue import Perdue
from webapp.web.http.reponses import ALERTE, notifier, page, par_htmx, rediriger, rendre
from webapp.web.saisie_arbre import SANS_NOM, EcranSaisie

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from webapp.domain.diagnostic import Diagnostic
    from webapp.domain.noeud import Entree, Noeud
    from webapp.services.annuaire import Usage

bp = Blueprint("annuaire", __name__)

ENREGISTREE = "Enregistré à {heure}"
SUPPRIME = "{lui} « {nom} » est supprimé."
MODIFIE = "Rien n'est supprimé : {lui} « {nom} » a été modifié entre-temps par {qui}, le {quand}."
RETENU = "Rien n'est supprimé : {lui} « {nom} » est encore utilisé {fois}."
CHANGE_PARTOUT = "{utilise} : ce que vous changez ici y change aussi."
_COMPTES = {
    Niveau.ACTION: ("action", "actions"), Niveau.SESSION: ("session", "sessions"), Niveau.LIEU: ("lieu", "lieux"),
}  # fmt: skip
_ELLES = {Niveau.ACTION: "Action", Niveau.SESSION: "Session", Niveau.LIEU: "Lieu"}


class Rubrique(NamedTuple):
    """How the contacts, or the places, are spoken of in their list."""

    titre: str
    adresse: str
    nouveau: str
    ajouter: str
    vide: str
    lui: str


RUBRIQUES = MappingProxyType({
    Niveau.CONTACT: Rubrique(
        "Contacts", liens.CONTACTS, liens.CONTACT_NOUVEAU, "Ajouter un contact",
        fr("Vous n'avez encore aucun contact."), "le contact",
    ),
    Niveau.LIEU: Rubrique(
        "Lieux", liens.LIEUX, liens.LIEU_NOUVEAU, "Ajouter un lieu", fr("Vous n'avez encore aucun lieu."), "le lieu",
    ),
})  # fmt: skip


class Ligne(NamedTuple):
    """A contact or a place as the list shows it."""

    id: UUID
    url: str
    nom: str
    faits: tuple[str, ...]
    utilise: str
    version: int


@bp.before_request
def exiger_meme_organisme() -> None:
    """Refuse a form opened in another organisation: somebody signed in elsewhere since, in another tab."""
    if saisie.texte("organisme") not in {"", str(organisme_courant().id)}:
        raise AutreOrganisme(organisme_courant().nom)


@bp.get("")
@exige(Droit.VOIR_CATALOGUE)
def lister(niveau: Niveau) -> Response:
    """List them by name, each with what it says and how much it is used."""
    return page("pages/annuaire.html", **_liste(niveau))


@bp.get("/nouveau")
@exige(Droit.GERER_CATALOGUE)
def nouveau(niveau: Niveau) -> Response:
    """Open the form of a new one; its identity is drawn here, so that a save sent twice counts once."""
    reprise = depot.retrouver_sous(organisme_courant().id, niveau)
    ecran = _ecran(Depot(uuid4(), 0, reprise or Fiche.nouvelle(niveau)))
    return saisie_arbre.afficher(ecran, _diagnostic(ecran), modifiee=reprise is not None)


@bp.get("/<uuid:entree>")
@exige(Droit.VOIR_CATALOGUE)
def ouvrir(niveau: Niveau, entree: UUID) -> Response:
    """Open one: the form for who may change it, a page to read otherwise."""
    gere = utilisateur_courant().peut(Droit.GERER_CATALOGUE)
    try:
        actuelle = annuaire.ouvrir(lecture(), organisme_courant(), niveau, entree)
    except Introuvable:
        return errors.repondre(404, perdue=Perdue(entree, saisie_arbre.adresse_de(niveau, entree)) if gere else None)
    if not gere:
        rubrique = RUBRIQUES[niveau]
        return page(
            "pages/noeud.html", noeud=actuelle, nom=_nom(actuelle), fil=(rubrique.titre, rubrique.adresse),
            valeurs=saisie_arbre.lire(actuelle.fiche), masquee_par=None, archivee_le=None, perdue=None,
            a_revoir=a_revoir.de(actuelle),
        )  # fmt: skip
    ecran = _ecran_de(actuelle)
    return saisie_arbre.afficher(ecran, _diagnostic(ecran), a_revoir=a_revoir.de(actuelle), utilise=_utilise(actuelle))


@bp.post("/<uuid:entree>")
@exige(Droit.GERER_CATALOGUE)
def enregistrer(niveau: Niveau, entree: UUID) -> Response:
    """Save what is typed: what is missing forbids nothing here."""
    envoye = saisie.depot(niveau, entree)
    try:
        with transaction() as cnx:
            faite = annuaire.soumettre(cnx, acte(), envoye)
    except RefusMetier as refus:
        ecran = _relu(envoye)
        return saisie_arbre.repondre_au_refus(refus, ecran, _diagnostic(ecran), Portee.ENREGISTREMENT)
    quand = dire(ENREGISTREE, heure=heure(acte().maintenant))
    if (ensuite := saisie_arbre.ajouter_ensuite(saisie_arbre.adresse_de(niveau, entree))) is not None:
        notifier(quand)
        a_revoir.notifier_de(faite, ailleurs=True)
        return ensuite
    if par_htmx():
        ecran = _ecran_de(faite)
        return saisie_arbre.repondre_enregistree(ecran, _diagnostic(ecran), quand, (), envoye.fiche)
    notifier(quand)
    a_revoir.notifier_de(faite)
    return rediriger(liens.avec(saisie_arbre.adresse_de(niveau, entree), pour=saisie_arbre.pour_quoi()))


@bp.post("/<uuid:entree>/saisie")
@exige(Droit.GERER_CATALOGUE)
def suivre_saisie(niveau: Niveau, entree: UUID) -> Response:
    """Answer the live region. Without htmx: the form again, as typed."""
    ecran = _relu(saisie.depot(niveau, entree))
    if ecran.perdue:
        return saisie_arbre.repondre_perdue(ecran, _diagnostic(ecran), vient_d_etre_dit=not par_htmx())
    return saisie_arbre.suivre(ecran, _diagnostic(ecran))


@bp.post("/<uuid:entree>/retrait")
@exige(Droit.GERER_CATALOGUE)
def retirer_interdits(niveau: Niveau, entree: UUID) -> Response:
    """« Retirer »: the form again, as typed, one field without the characters that are refused in it."""
    ecran, nom = _relu(saisie.depot(niveau, entree)), saisie.texte("retirer")
    if ecran.perdue:
        return saisie_arbre.repondre_perdue(ecran, _diagnostic(ecran))
    if nom not in PAR_NOM[niveau]:
        return saisie_arbre.afficher(ecran, _diagnostic(ecran))
    ecran, message = saisie_arbre.sans_interdits_dans(ecran, nom)
    return saisie_arbre.repondre_retrait(ecran, _diagnostic(ecran), nom, message)


@bp.post("/<uuid:entree>/reprise")
@exige(Droit.GERER_CATALOGUE)
def reprendre(niveau: Niveau, entree: UUID) -> Response:
    """Open the form of a new one, with texts that its own can take no more."""
    cle = depot.deposer_sous(organisme_courant().id, saisie.depot(niveau, entree).fiche)
    autres = {"pour": saisie_arbre.pour_quoi(), depot.PARAMETRE: cle}
    return rediriger(liens.avec(RUBRIQUES[niveau].nouveau, **autres))


@bp.post("/<uuid:entree>/abandon")
@exige(Droit.GERER_CATALOGUE)
def annuler(niveau: Niveau, entree: UUID) -> Response:
    """« Annuler »: back to the list, after a question when something typed would be lost."""
    ecran = _relu(saisie.depot(niveau, entree))
    if not ecran.fiche.differences(ecran.fiche_d_origine):
        return rediriger(ecran.sortie)
    return rendre(
        "pages/dialogue.html", "fragments/formation/abandon.html",
        {"dialogue": "formation/abandon", "ecran": ecran, "repris": saisie.tout(("csrf_token",))},
    )  # fmt: skip


@bp.get("/<uuid:entree>/suppression")
@exige(Droit.GERER_CATALOGUE)
def confirmer_suppression(niveau: Niveau, entree: UUID) -> Response:
    """Ask before one disappears for good; of one that is used, say where."""
    actuelle = annuaire.ouvrir(lecture(), organisme_courant(), niveau, entree)
    usages = annuaire.usages(lecture(), organisme_courant(), niveau, entree)
    contexte = {
        "dialogue": "annuaire/suppression", "rubrique_annuaire": RUBRIQUES[niveau],
        "question": dire("Supprimer {lui} « {nom} » ?", lui=RUBRIQUES[niveau].lui, nom=_nom(actuelle)),
        "url": saisie_arbre.adresse_de(niveau, entree), "version": actuelle.version,
        "usages": [_usage(usage) for usage in usages],
    }  # fmt: skip
    return rendre("pages/dialogue.html", "fragments/annuaire/suppression.html", contexte)


@bp.post("/<uuid:entree>/suppression")
@exige(Droit.GERER_CATALOGUE)
def supprimer(niveau: Niveau, entree: UUID) -> Response:
    """Remove one that nothing uses."""
    rubrique = RUBRIQUES[niveau]
    try:
        with transaction() as cnx:
            partie = annuaire.supprimer(cnx, acte(), niveau, entree, saisie.version())
    except NoeudDepasse as refus:
        message = dire(
            MODIFIE, lui=rubrique.lui, nom=_nom(refus.actuel), qui=refus.actuel.modifiee_par,
            quand=instant_long(refus.actuel.modifiee_le),
        )  # fmt: skip
        return _refuser(niveau, message)
    except EncoreUtilise as refus:
        actuelle = annuaire.ouvrir(lecture(), organisme_courant(), niveau, entree)
        message = dire(RETENU, lui=rubrique.lui, nom=_nom(actuelle), fois=pluriel(refus.nombre, "fois", "fois"))
        return _refuser(niveau, message)
    notifier(dire(SUPPRIME, lui=rubrique.lui.capitalize(), nom=_nom(partie)))
    return rediriger(rubrique.adresse)


def _refuser(niveau: Niveau, message: str) -> Response:
    """Say why nothing was done, over the list as it now is."""
    if par_htmx():
        notifier(message, ALERTE)
        return rediriger(RUBRIQUES[niveau].adresse)
    return page("pages/annuaire.html", 409, **_liste(niveau), toasts=[(ALERTE, message)])


def _liste(niveau: Niveau) -> dict[str, object]:
    lignes = annuaire.lister(lecture(), organisme_courant(), niveau)
    return {
        "rubrique_annuaire": RUBRIQUES[niveau],
        "lignes": [
            Ligne(
                une.entree.id, saisie_arbre.adresse_de(niveau, une.entree.id), _nom(une.entree), _faits(une.entree),
                _dire_usages(une.usages), une.entree.version,
            )
            for une in lignes
        ],
    }  # fmt: skip


def _dire_usages(usages: Mapping[Niveau, int]) -> str:
    """Say « Utilisé par 4 actions, 2 sessions et 1 lieu », or that nothing uses it."""
    dits = [pluriel(usages[niveau], *noms) for niveau, noms in _COMPTES.items() if usages.get(niveau)]
    return dire("Utilisé par {quoi}", quoi=enumerer(dits)) if dits else fr("Jamais utilisé")


def _utilise(entree: Entree) -> str:
    """Say in its form how much one is used, for what is changed there is changed everywhere; empty: never."""
    usages = annuaire.nombre_d_usages(lecture(), organisme_courant(), entree.niveau, entree.id)
    return dire(CHANGE_PARTOUT, utilise=_dire_usages(usages)) if usages else ""


def _nom(entree: Entree | Noeud) -> str:
    return a_defaut(entree.fiche.nom, SANS_NOM)


def _faits(entree: Entree) -> tuple[str, ...]:
    """Give what is said of one under its name, line by line."""
    fiche = entree.fiche
    dits: tuple[str, ...]
    if entree.niveau is Niveau.CONTACT:
        telephones = (champs_annuaire.TELEPHONE, champs_annuaire.PORTABLE)
        # The address has a line of its own: on a telephone they would break after the « · ».
        dits = (
            fiche[champs_annuaire.FONCTION],
            " · ".join(saisies.montrer(c, fiche[c]) for c in telephones if fiche[c]),
            fiche[champs_annuaire.COURRIEL],
        )
    else:
        natures: Mapping[str, str] = champs_annuaire.NATURE_VOIE.suggestions or {}
        nature = fiche[champs_annuaire.NATURE_VOIE]
        voie = (
            fiche[champs_annuaire.NUMERO_VOIE],
            natures.get(nature, nature).lower(),
            fiche[champs_annuaire.LIBELLE_VOIE],
        )
        ville = (champs_annuaire.CODE_POSTAL, champs_annuaire.VILLE)
        dits = (
            " ".join(filter(None, voie)) or fiche[champs_annuaire.LIGNE_5],
            " ".join(fiche[c] for c in ville if fiche[c]),
        )
    return tuple(dit for dit in dits if dit)


def _usage(usage: Usage) -> tuple[str, str]:
    """Say what uses one, and where that is."""
    nom = dire("{sorte} « {nom} »", sorte=_ELLES[usage.niveau], nom=a_defaut(usage.nom, "sans numéro"))
    if usage.niveau is Niveau.LIEU or usage.parent_id is None:
        return nom, liens.lieu(usage.id)
    if usage.niveau is Niveau.ACTION:
        return nom, liens.action_ouverte(usage.parent_id, usage.id)
    return nom, liens.sessions(usage.parent_id)


def _relu(envoye: Depot) -> EcranSaisie:
    """Rebuild the screen from what was posted, and from what is stored if it is."""
    if not envoye.version:
        return _ecran(envoye)
    try:
        return _ecran(envoye, annuaire.ouvrir(lecture(), organisme_courant(), envoye.fiche.niveau, envoye.id))
    except Introuvable:
        return replace(_ecran(envoye), perdue=True)


def _ecran_de(entree: Entree) -> EcranSaisie:
    return _ecran(Depot(entree.id, entree.version, entree.fiche), entree)


def _ecran(envoye: Depot, objet: Entree | None = None) -> EcranSaisie:
    niveau, pour = envoye.fiche.niveau, saisie_arbre.pour_quoi()
    adresse = saisie_arbre.adresse_de(niveau, envoye.id)
    return EcranSaisie(envoye, adresse, pour or RUBRIQUES[niveau].adresse, objet, pour)


def _diagnostic(ecran: EcranSaisie) -> Diagnostic:
    return annuaire.diagnostiquer(lecture(), acte(), ecran.depot)
