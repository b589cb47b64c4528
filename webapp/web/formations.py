"""Étape 2/2 and the form of an existing formation: live state, « Vérifier », saving, « Valider » (guide steps 5 to 13).

The identity of a formation is drawn when its form is first shown, so that a save sent twice counts once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response

from webapp.domain import champs
from webapp.domain.comptes import AutreOrganisme, Droit
from webapp.domain.controle import Portee, controler_champ
from webapp.domain.fiche import FicheFormation
from webapp.domain.formation import FicheRefusee, VersionDepassee
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.statuts import Statut, modifiable
from webapp.domain.textes import dire
from webapp.services import catalogue
from webapp.web import etape_2
from webapp.web.etape_2 import FRAGMENTS_SAISIE, Ecran, contexte
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import (
    aujourdhui,
    cablage,
    certification,
    lecture,
    maintenant,
    organisme_courant,
    transaction,
    utilisateur_courant,
)
from webapp.web.http.filters import citer, instant_long
from webapp.web.http.reponses import ALERTE, SUCCES, fragment, message_seul, notifier, page, par_htmx, rediriger, rendre

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy import Connection

    from webapp.domain.formation import Formation

bp = Blueprint("formations", __name__, url_prefix="/formations/<uuid:id>")

VALIDEE = (
    "La formation {titre} est validée : elle est conforme à vos critères de publication. "
    "Vous pouvez ensuite modifier cette offre, créer des actions de formation puis des sessions."
)
DISPONIBLE = "L'identifiant « {x} » est disponible."
ENREGISTREE = "La formation {titre} est enregistrée au statut « {statut} »."
RETOMBEE = (
    "La formation {titre} est revenue au statut « Brouillon » : elle ne remplit plus tout ce qu'une validation demande."
)

DEPASSEE = (
    "Cette formation a été modifiée par {qui} le {quand}, après l'ouverture de votre page. "
    "Rien n'est écrasé : comparez les deux textes, puis enregistrez de nouveau pour garder le vôtre."
)


@bp.before_request
def exiger_meme_organisme() -> None:
    """Refuse a form opened in another organisation: somebody signed in elsewhere since, in another tab."""
    if saisie.texte("organisme") not in {"", str(organisme_courant().id)}:
        raise AutreOrganisme(organisme_courant().nom)


@bp.get("")
@exige(Droit.VOIR_CATALOGUE)
def ouvrir(id: UUID) -> Response:
    """Open a formation: the form when it may be changed by this person, a page to read otherwise."""
    with lecture() as cnx:
        formation = catalogue.ouvrir(cnx, organisme_courant(), id)
        ecran = Ecran(id, formation.version, formation.fiche, formation)
        if modifiable(formation.statut) and utilisateur_courant().peut(Droit.GERER_CATALOGUE):
            return etape_2.afficher(ecran)
        return page("pages/formation.html", **contexte(ecran))


@bp.post("")
@exige(Droit.GERER_CATALOGUE)
def enregistrer(id: UUID) -> Response:
    """Save what is typed: a draft even when fields are empty (guide step 13)."""

    def operation(cnx: Connection, version: int, fiche: FicheFormation) -> tuple[Formation, Statut | None]:
        if version == 0:
            nouvelle = catalogue.enregistrer_nouvelle(cnx, utilisateur_courant(), id, fiche, aujourdhui(), maintenant())
            return nouvelle, None
        avant = catalogue.ouvrir(cnx, organisme_courant(), id)
        apres = catalogue.enregistrer(cnx, utilisateur_courant(), id, version, fiche, aujourdhui(), maintenant())
        return apres, avant.statut

    return _sauver(id, operation, Portee.ENREGISTREMENT)


@bp.post("/validation")
@exige(Droit.GERER_CATALOGUE)
def valider(id: UUID) -> Response:
    """Save what is typed and make the formation « validée » when nothing is missing (guide step 13)."""

    def operation(cnx: Connection, version: int, fiche: FicheFormation) -> tuple[Formation, Statut | None]:
        if version == 0:
            nouvelle = catalogue.valider_nouvelle(cnx, utilisateur_courant(), id, fiche, aujourdhui(), maintenant())
            return nouvelle, None
        return catalogue.valider(cnx, utilisateur_courant(), id, version, fiche, aujourdhui(), maintenant()), None

    return _sauver(id, operation, Portee.VALIDATION)


@bp.post("/saisie")
@exige(Droit.GERER_CATALOGUE)
def suivre_saisie(id: UUID) -> Response:
    """Answer the live region: counters, ▲ messages, state of « Valider ». Without htmx: the form again, as typed."""
    fiche = saisie.fiche()
    if not par_htmx():
        with lecture() as cnx:
            return etape_2.afficher(_ecran(cnx, id, fiche))
    etat = etape_2.etat(fiche, etape_2.diagnostic_de(id, fiche))
    donnees = {"etat": etat, "etats": etat.par_champ.values(), "libelle": etape_2.libelles_de(fiche)}
    return fragment(FRAGMENTS_SAISIE, donnees)


@bp.post("/verification")
@exige(Droit.GERER_CATALOGUE)
def verifier_identifiant(id: UUID) -> Response:
    """« Vérifier » (guide step 7): a message at the top right; its own current identifier is available."""
    fiche = saisie.fiche()
    toast = _verifier(id, fiche.identifiant)
    if par_htmx():
        return message_seul(toast[1], toast[0])
    with lecture() as cnx:
        return etape_2.afficher(_ecran(cnx, id, fiche), toasts=[toast])


def _verifier(id: UUID, identifiant: str) -> tuple[str, str]:
    """Give the toast; the common answer, « disponible », opens no connection."""
    if not controler_champ(champs.IDENTIFIANT, identifiant) and cablage().identifiants.libre(
        organisme_courant(), identifiant, id
    ):
        return SUCCES, dire(DISPONIBLE, x=identifiant)
    with lecture() as cnx:
        verification = catalogue.verifier_identifiant(cnx, organisme_courant(), identifiant, id)
    if verification.disponible:
        return SUCCES, dire(DISPONIBLE, x=verification.identifiant)
    message = " ".join(a.message for a in verification.anomalies)
    if verification.proposition:
        message += " " + dire(DISPONIBLE, x=verification.proposition)
    return ALERTE, message


@bp.post("/abandon")
@exige(Droit.GERER_CATALOGUE)
def annuler(id: UUID) -> Response:
    """« Annuler »: back to the catalogue, after a question when something typed would be lost."""
    fiche = saisie.fiche()
    with lecture() as cnx:
        ecran = _ecran(cnx, id, fiche)
        if not fiche.differences(_fiche_d_origine(ecran)):
            return rediriger(liens.CATALOGUE)
    return rendre(
        "pages/dialogue.html", "fragments/formation/abandon.html",
        {"dialogue": "abandon", "ecran": ecran, "repris": saisie.tout(("csrf_token",))},
    )  # fmt: skip


def _sauver(
    id: UUID,
    operation: Callable[[Connection, int, FicheFormation], tuple[Formation, Statut | None]],
    portee: Portee,
) -> Response:
    fiche, version = saisie.fiche(), saisie.version()
    try:
        with transaction() as cnx:
            formation, statut_avant = operation(cnx, version, fiche)
    except FicheRefusee as refus:
        with lecture() as cnx:
            return etape_2.repondre_refus(_ecran(cnx, id, fiche), refus.diagnostic, portee)
    except VersionDepassee as refus:
        with lecture() as cnx:
            return etape_2.repondre_conflit(_ecran(cnx, id, fiche), refus.actuelle, _message_conflit(refus.actuelle))
    notifier(_message_succes(formation, statut_avant))
    return rediriger(liens.CATALOGUE)


def _ecran(cnx: Connection, id: UUID, fiche: FicheFormation) -> Ecran:
    """Rebuild the screen from what was posted, and from the stored formation if there is one."""
    version = saisie.version()
    if version == 0:
        return Ecran(id, 0, fiche)
    return Ecran(id, version, fiche, catalogue.ouvrir(cnx, organisme_courant(), id))


def _fiche_d_origine(ecran: Ecran) -> FicheFormation:
    if ecran.formation is not None:
        return ecran.formation.fiche
    certifiante = certification(ecran.fiche.certification)
    if certifiante is None or ecran.fiche.type_formation not in TypeFormation.__members__.values():
        return FicheFormation()
    return FicheFormation.preremplie(TypeFormation(ecran.fiche.type_formation), certifiante)


def _message_succes(formation: Formation, statut_avant: Statut | None) -> str:
    titre = citer(formation)
    if formation.statut is Statut.VALIDEE and statut_avant is None:
        return dire(VALIDEE, titre=titre)
    if formation.statut is Statut.BROUILLON and statut_avant is Statut.VALIDEE:
        return dire(RETOMBEE, titre=titre)
    return dire(ENREGISTREE, titre=titre, statut=formation.statut.libelle)


def _message_conflit(actuelle: Formation) -> str:
    return dire(DEPASSEE, qui=actuelle.modifiee_par, quand=instant_long(actuelle.modifiee_le))
