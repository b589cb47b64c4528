"""Étape 2/2 and the form of an existing formation: live state, « Vérifier », saving, « Valider » (guide steps 5 to 13).

The identity of a formation is drawn when its form is first shown, so that a save sent twice counts once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from flask import Blueprint, Response

from webapp.domain.champs import IDENTIFIANT, PAR_NOM, Niveau
from webapp.domain.changement import changer, regle_pour
from webapp.domain.comptes import AutreOrganisme, Droit
from webapp.domain.formation import Envoi, FicheRefusee, OperationInterdite, VersionDepassee
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import EXIGENCES, Operation, Statut, modifiable
from webapp.domain.textes import couper, dire, fr
from webapp.services import catalogue
from webapp.web import conserves, etape_2
from webapp.web.etape_2 import FRAGMENTS_SAISIE, FRAGMENTS_SUIVI, Ecran, contexte
from webapp.web.http import depot, errors, liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import (
    acte,
    aujourdhui,
    certification,
    lecture,
    organisme_courant,
    transaction,
    utilisateur_courant,
)
from webapp.web.http.filters import citer, heure, instant_long
from webapp.web.http.perdue import Perdue
from webapp.web.http.reponses import ALERTE, SUCCES, fragment, message_seul, notifier, page, par_htmx, rediriger, rendre
from webapp.web.libelles import libelles_de
from webapp.web.refus import Refus

if TYPE_CHECKING:
    from webapp.domain.certifications import Certification
    from webapp.domain.formation import Formation
    from webapp.services.catalogue import Soumise, Verification
    from webapp.web.conserves import Conserves

bp = Blueprint("formations", __name__, url_prefix="/formations/<uuid:id>")

VALIDEE = "La formation {titre} est validée : elle est conforme à vos critères de publication."
DISPONIBLE = "L'identifiant « {x} » est disponible."
TITULAIRE = "C'est celui de la formation {titre}."
TITULAIRE_ARCHIVEE = "C'est celui de la formation {titre}, archivée."
SANS_DEPOT = fr("Cette page n'a plus les textes qu'elle montrait : ils étaient gardés le temps d'une session.")
ENREGISTREE = "Enregistré à {heure}"
AU_STATUT = " au statut « {statut} »"
DEPASSE = "« {champ} » dépasse sa limite : tout le texte est gardé, raccourcissez-le avant de valider."
DEPASSENT = "{nombre} textes dépassent leur limite : ils sont gardés tout entiers, raccourcissez-les avant de valider."
RETOMBEE = (
    "La formation {titre} est revenue au statut « Brouillon » : elle ne remplit plus tout ce qu'une validation demande."
)

CODE_CITE = 20
"""Characters of what an address takes for a code, as it is quoted: no code has as many."""

DEPASSEE = "Cette formation a été modifiée par {qui} le {quand}, après l'ouverture de votre page."
DEPASSEE_PAR_SOI = (
    "Vous avez déjà enregistré cette formation le {quand}, après l'ouverture de votre page : dans un autre onglet, ou "
    "d'ici par un envoi dont la réponse s'est perdue."
)


@bp.before_request
def exiger_meme_organisme() -> None:
    """Refuse a form opened in another organisation: somebody signed in elsewhere since, in another tab."""
    if saisie.texte("organisme") not in {"", str(organisme_courant().id)}:
        raise AutreOrganisme(organisme_courant().nom)


@bp.get("")
@exige(Droit.VOIR_CATALOGUE)
def ouvrir(id: UUID) -> Response:
    """Open a formation: the form when it may be changed by this person, a page to read otherwise.

    The address may name a certification (`vers`) to take in place of its own.
    """
    gere = utilisateur_courant().peut(Droit.GERER_CATALOGUE)
    try:
        formation = catalogue.ouvrir(lecture(), organisme_courant(), id)
    except Introuvable:
        return errors.repondre(404, perdue=_perdue(id) if gere else None)
    ecran = Ecran(id, formation.version, formation.fiche, formation)
    if modifiable(formation.statut) and gere:
        demandee = saisie.parametre("vers").strip()
        vers = certification(demandee)
        if vers is None or vers.code == formation.fiche.certification or not vers.active_le(aujourdhui()):
            return etape_2.afficher(ecran, toasts=_non_prise(demandee, vers), conserves=_conserves(formation))
        # Nothing is stored: the form shows what the replacement makes of it, and waits for a save.
        regle, avant = regle_pour(formation.fiche, vers), certification(formation.fiche.certification)
        change = changer(formation.fiche, avant, regle.type_formation, vers)
        return etape_2.afficher(replace(ecran, fiche=change.fiche), changement=change, montrer=etape_2.montrer)
    perdue = _perdue(id) if gere else None
    return page("pages/formation.html", **contexte(ecran, perdue=perdue, conserves=_conserves(formation)))


def _conserves(formation: Formation) -> Conserves | None:
    return conserves.de(Niveau.FORMATION, formation.id, modifiable=modifiable(formation.statut))


def _non_prise(demandee: str, vers: Certification | None) -> list[tuple[str, str]]:
    """Say why the certification that an address asks for is not taken; nothing when it asks for none."""
    if not demandee:
        return []
    if vers is None:
        raison = dire(
            "Aucune certification du registre local n'a le code « {code} ».", code=couper(demandee, CODE_CITE)
        )
    else:
        raison = vers.avis_le(aujourdhui()) or dire("La formation prépare déjà {code}.", code=vers.code)
    return [(ALERTE, dire("{raison} La certification n'est pas remplacée.", raison=raison))]


@bp.post("")
@exige(Droit.GERER_CATALOGUE)
def enregistrer(id: UUID) -> Response:
    """Save what is typed: a draft even when fields are empty (guide step 13)."""
    return _sauver(id, Operation.ENREGISTRER)


@bp.post("/validation")
@exige(Droit.GERER_CATALOGUE)
def valider(id: UUID) -> Response:
    """Save what is typed and make the formation « validée » when nothing is missing (guide step 13)."""
    return _sauver(id, Operation.VALIDER)


@bp.post("/saisie")
@exige(Droit.GERER_CATALOGUE)
def suivre_saisie(id: UUID) -> Response:
    """Answer the live region: counters, ▲ messages, state of « Valider ».

    Without htmx, or where the page asks for it (`montrer`): the form again, as typed.
    """
    envoi = saisie.envoi(id)
    ecran = _ecran(envoi)
    montrer = saisie.texte("montrer")
    if ecran.perdue and not montrer:
        return etape_2.repondre_perdue(ecran, vient_d_etre_dit=not par_htmx())
    if not par_htmx() or montrer:
        return rediriger(_adresse_saisie(envoi))
    diagnostic = etape_2.diagnostic_de(ecran)
    etat = etape_2.etat(envoi.fiche, diagnostic, ecran.statut, etape_2.conseils_de(ecran))
    donnees = {
        "ecran": ecran,
        "etat": etat,
        "etats": etat.par_champ.values(),
        "libelle": libelles_de(envoi.fiche),
    }
    if not saisie.texte("refus"):
        return fragment(FRAGMENTS_SAISIE, donnees)
    refus = Refus.qui_reste(envoi.fiche, diagnostic, libelles_de(envoi.fiche))
    return fragment(FRAGMENTS_SUIVI, {**donnees, "refus": refus, "titre_onglet": etape_2.titre(ecran)})


@bp.get("/saisie")
@exige(Droit.GERER_CATALOGUE)
def montrer_saisie(id: UUID) -> Response:
    """Show the form again as it was sent: an address that can be loaded again, and come back to."""
    depose = depot.retrouver(id)
    if depose is None:
        return sans_depot(id, liens.NOUVELLE_FICHE)
    ecran = _ecran(depose)
    if ecran.perdue:
        return etape_2.repondre_perdue(ecran)
    return etape_2.afficher(ecran, modifiee=bool(ecran.fiche.differences(ecran.fiche_d_origine)))


@bp.post("/reprise")
@exige(Droit.GERER_CATALOGUE)
def reprendre(id: UUID) -> Response:
    """Open the form of a new formation, under an identity of its own, with texts that theirs can take no more."""
    return rediriger(_adresse_saisie(replace(saisie.envoi(id), id=uuid4(), version=0)))


def sans_depot(id: UUID, nouvelle: str) -> Response:
    """Lead to where texts that the session keeps no more were typed: what the tab keeps of them is offered there.

    `nouvelle`: that address, for a formation that was not saved. Raises Introuvable.
    """
    if saisie.parametre("neuve"):
        choisi = {nom: saisie.parametre(nom) for nom in ("type", "certification", "type_code", "code")}
        suite = liens.avec(nouvelle, **choisi)
    else:
        suite = liens.formation(catalogue.ouvrir(lecture(), organisme_courant(), id).id)
    notifier(SANS_DEPOT, ALERTE)
    return rediriger(suite)


@bp.post("/verification")
@exige(Droit.GERER_CATALOGUE)
def verifier_identifiant(id: UUID) -> Response:
    """« Vérifier » (guide step 7): a message at the top right; its own current identifier is available."""
    envoi = saisie.envoi(id)
    if proposition := saisie.texte("proposition"):
        envoi = replace(envoi, fiche=envoi.fiche.avec(identifiant=proposition))
    ecran = _ecran(envoi)
    if ecran.perdue:
        # A script of the page sends no text but the identifier: there is nothing to say of the other fields.
        return etape_2.repondre_perdue(ecran, textes=not par_htmx())
    verification = catalogue.verifier_identifiant(lecture(), organisme_courant(), envoi, aujourdhui())
    categorie, message = annoncer(verification)
    cause = IDENTIFIANT.nom
    if par_htmx():
        return message_seul(
            message, categorie, avec=("fragments/formation/verification.html",), verification=verification,
            cause=cause, url_verification=f"{liens.formation(id)}/verification",
        )  # fmt: skip
    return etape_2.afficher(ecran, toasts=[(categorie, message)], verification=verification, cause=cause)


def annoncer(verification: Verification) -> tuple[str, str]:
    """Say what « Vérifier » found: the kind of message, and the message."""
    if verification.disponible:
        return SUCCES, dire(DISPONIBLE, x=verification.identifiant)
    phrases = [anomalie.message for anomalie in verification.anomalies]
    if verification.titulaire:
        modele = TITULAIRE_ARCHIVEE if verification.titulaire.statut is Statut.ARCHIVEE else TITULAIRE
        phrases.append(dire(modele, titre=citer(verification.titulaire)))
    if verification.proposition:
        phrases.append(dire(DISPONIBLE, x=verification.proposition))
    return ALERTE, " ".join(phrases)


@bp.post("/retrait")
@exige(Droit.GERER_CATALOGUE)
def retirer_interdits(id: UUID) -> Response:
    """« Retirer »: the form again, as typed, one field without the characters that are refused in it."""
    ecran, nom = _ecran(saisie.envoi(id)), saisie.texte("retirer")
    if ecran.perdue:
        return etape_2.repondre_perdue(ecran)
    return etape_2.repondre_retrait(ecran, nom) if nom in PAR_NOM else etape_2.afficher(ecran)


@bp.post("/abandon")
@exige(Droit.GERER_CATALOGUE)
def annuler(id: UUID) -> Response:
    """« Annuler »: back to the catalogue, after a question when something typed would be lost."""
    ecran = _ecran(saisie.envoi(id))
    if not ecran.fiche.differences(ecran.fiche_d_origine):
        return rediriger(liens.CATALOGUE)
    return rendre(
        "pages/dialogue.html", "fragments/formation/abandon.html",
        {"dialogue": "formation/abandon", "ecran": ecran, "repris": saisie.tout(("csrf_token",))},
    )  # fmt: skip


def _perdue(id: UUID) -> Perdue:
    return Perdue(id, liens.formation(id), "saisie")


def _sauver(id: UUID, operation: Operation) -> Response:
    envoi = saisie.envoi(id)
    try:
        with transaction() as cnx:
            soumise = catalogue.soumettre(cnx, acte(), envoi, operation)
    except FicheRefusee as refus:
        return etape_2.repondre_refus(_ecran(envoi), refus.diagnostic, EXIGENCES[operation])
    except (Introuvable, OperationInterdite):
        ecran = _ecran(envoi)
        if ecran.perdue:
            return etape_2.repondre_perdue(ecran)
        raise
    except VersionDepassee as refus:
        return etape_2.repondre_conflit(_ecran(envoi), refus.actuelle, _message_conflit(refus.actuelle))
    formation = soumise.formation
    validee = operation is Operation.VALIDER
    quand, statut = dire(ENREGISTREE, heure=heure(acte().maintenant)), dire(AU_STATUT, statut=formation.statut.libelle)
    notes = (dire(VALIDEE, titre=citer(formation)),) if validee else _notes(soumise)
    if par_htmx():
        ecran = Ecran(id, formation.version, formation.fiche, formation)
        return etape_2.repondre_enregistree(ecran, quand, statut, notes, nouvelle=not envoi.version)
    for message in notes if validee else (quand + statut, *notes):
        notifier(message)
    return rediriger(liens.formation(id))


def _ecran(envoi: Envoi) -> Ecran:
    """Rebuild the screen from what was posted, and from the stored formation if there is one."""
    return Ecran(envoi.id, envoi.version, envoi.fiche, etape_2.enregistree(envoi))


def _adresse_saisie(envoi: Envoi) -> str:
    """Keep the texts for the session, and give the address of the form that shows them; of a new one, what it is on."""
    choisi = {} if envoi.version else {
        "neuve": "oui", "type": envoi.fiche.type_formation, "certification": envoi.fiche.certification,
        "code": envoi.fiche.certification,
    }  # fmt: skip
    return liens.avec(f"{liens.formation(envoi.id)}/saisie", **choisi, **{depot.PARAMETRE: depot.deposer(envoi)})


def _notes(soumise: Soumise) -> tuple[str, ...]:
    """Say what there is to know of a save, but that it is done."""
    notes = [dire(RETOMBEE, titre=citer(soumise.formation))] if soumise.retombee else []
    trop_longs = soumise.formation.fiche.trop_longs
    if len(trop_longs) > 1:
        notes.append(dire(DEPASSENT, nombre=len(trop_longs)))
    else:
        notes += [dire(DEPASSE, champ=champ.libelle) for champ in trop_longs]
    return tuple(notes)


def _message_conflit(actuelle: Formation) -> str:
    quand = instant_long(actuelle.modifiee_le)
    if actuelle.modifiee_par_id == utilisateur_courant().id:
        return dire(DEPASSEE_PAR_SOI, quand=quand)
    return dire(DEPASSEE, qui=actuelle.modifiee_par, quand=quand)
