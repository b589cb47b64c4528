"""What is done to a formation from its card: archive, restore, undo either, duplicate, remove.

Each asks with the version that the person saw. Done or refused, the answer is the page as it now is, with a message;
to htmx, only what may have changed of it. What is done from the échéancier leads back to its place there.
"""

from __future__ import annotations

from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from uuid import uuid5

from flask import Blueprint, Response

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Droit
from webapp.domain.formation import FicheRefusee, OperationInterdite, VersionDepassee
from webapp.domain.noeud import DependantsChanges, DependantsRetenus
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Operation, Statut
from webapp.domain.textes import dire
from webapp.services import catalogue, dependants
from webapp.web.catalogue import remontrer
from webapp.web.departs import NOMMES, ce_qui_partirait, enumerer_en_phrase
from webapp.web.echeancier import DEPUIS, quittee
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import acte, lecture, organisme_courant, transaction
from webapp.web.http.filters import citer, instant_long
from webapp.web.http.reponses import ALERTE, Annulation, dire_ici, notifier, par_htmx, poser_question, rediriger
from webapp.web.libelles import libelles_de
from webapp.web.vue import PREFIXE_VUE, Vue

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy import Connection

    from webapp.domain.formation import Acte, Formation
    from webapp.services.catalogue import Restauree, Supprimee

Fait = TypeVar("Fait")
"""What an operation gives back."""

bp = Blueprint("operations", __name__, url_prefix="/formations/<uuid:id>")

ARCHIVEE = "La formation {titre} est archivée."
RESTAUREE = "La formation {titre} est restaurée au statut « {statut} »."
SANS_MEMOIRE = (
    "La formation {titre} est restaurée au statut « {statut} » : son statut d'avant l'archivage n'a pas été gardé."
)
RETOMBEE = (
    "La formation {titre} est restaurée au statut « {statut} », et non « {avant} » comme avant son archivage. {raisons}"
)
RAISON = "{champ} : {message}"
REVENUE = "L'archivage de la formation {titre} est annulé : elle est de nouveau au statut « {statut} »."
RANGEE = "La restauration de la formation {titre} est annulée : elle est de nouveau archivée."
SUPPRIMEE = "La formation {titre} est supprimée."
SUPPRIMEE_AVEC = "La formation {titre} est supprimée, et avec elle : {autres}."
DUPLIQUEE = "La copie {titre} est créée, sans actions ni sessions : donnez-lui son propre identifiant."

RIEN = "Rien n'est fait : {raison}. {suite}"
# What is left to do, each with the reasons that leave it.
RECOMMENCER = "La page est à jour, vous pouvez recommencer."
A_JOUR = "La page est à jour."
PARMI_LES_ARCHIVEES = "La page est à jour : cette formation se trouve parmi les archivées."
MODIFIEE = "la formation {titre} a été modifiée entre-temps par {qui}, le {quand}"
DEJA_ARCHIVEE = "la formation {titre} a été archivée entre-temps{par}, le {quand}"
AUTRE_STATUT = "la formation {titre} est entre-temps passée au statut « {statut} »"
PARTIE = "cette formation n'est plus dans votre catalogue"
COPIE_CHANGEE = "la copie {titre} existe déjà, et a été modifiée depuis"

ARCHIVEE_LE = "archivee_le"
"""The field in which the undoing of a restoration carries the moment of the archiving that it gives back."""


class _Dit(NamedTuple):
    """What there is to say of what was done: of which formation, and under which noun it is undone, with what."""

    formation: Formation
    message: str
    annulable: str = ""
    champs: tuple[tuple[str, str], ...] = ()


@bp.post("/archivage")
@exige(Droit.GERER_CATALOGUE)
def archiver(id: UUID) -> Response:
    """Take a formation out of the working catalogue."""
    return _operer(catalogue.archiver, id, lambda f: _Dit(f, dire(ARCHIVEE, titre=citer(f)), "archivage"))


@bp.post("/archivage/annulation")
@exige(Droit.GERER_CATALOGUE)
def annuler_archivage(id: UUID) -> Response:
    """Bring back a formation that was just archived."""
    return _operer(catalogue.restaurer, id, lambda r: _Dit(r.formation, _dire_restauree(r, REVENUE)))


@bp.post("/restauration")
@exige(Droit.GERER_CATALOGUE)
def restaurer(id: UUID) -> Response:
    """Bring an archived formation back to the status that it had, or as a draft."""

    def dire_fait(restauree: Restauree) -> _Dit:
        le = restauree.archivee_le
        champs = () if le is None else ((ARCHIVEE_LE, le.astimezone(UTC).isoformat()),)
        return _Dit(restauree.formation, _dire_restauree(restauree, RESTAUREE), "restauration", champs)

    return _operer(catalogue.restaurer, id, dire_fait)


@bp.post("/restauration/annulation")
@exige(Droit.GERER_CATALOGUE)
def annuler_restauration(id: UUID) -> Response:
    """Archive again a formation that was just restored: since when it was."""

    def archiver_depuis(cnx: Connection, acte: Acte, id: UUID, version: int) -> Formation:
        return catalogue.archiver(cnx, acte, id, version, saisie.instant(ARCHIVEE_LE))

    return _operer(archiver_depuis, id, lambda f: _Dit(f, dire(RANGEE, titre=citer(f))))


@bp.get("/suppression")
@exige(Droit.GERER_CATALOGUE)
def confirmer_suppression(id: UUID) -> Response:
    """Ask before a draft or an archived formation disappears for good."""
    vue = Vue.demandee(PREFIXE_VUE)
    try:
        formation = catalogue.ouvrir(lecture(), organisme_courant(), id)
        # An address without a version comes from no card: what is seen is what the question shows.
        if "version" in saisie.parametres():
            catalogue.exiger_version(formation, saisie.version())
        formation.exiger_permise(Operation.SUPPRIMER)
    except (Introuvable, VersionDepassee, OperationInterdite) as refus:
        return _refuser(refus, id, vue)
    return _demander_suppression(formation, vue)


@bp.post("/suppression")
@exige(Droit.GERER_CATALOGUE)
def supprimer(id: UUID) -> Response:
    """Remove a draft with the drafts that it holds, or an archived one with what it hides: what the question named."""

    def dire_supprimee(faite: Supprimee) -> _Dit:
        modele = SUPPRIMEE_AVEC if faite.dependants else SUPPRIMEE
        autres = enumerer_en_phrase(faite.dependants)
        return _Dit(faite.formation, dire(modele, titre=citer(faite.formation), autres=autres))

    try:
        return _operer(partial(catalogue.supprimer, nommes=saisie.texte(NOMMES)), id, dire_supprimee)
    except DependantsChanges as refus:
        formation = catalogue.ouvrir(lecture(), organisme_courant(), id)
        return _demander_suppression(formation, Vue.demandee(PREFIXE_VUE), str(refus))


@bp.post("/duplication")
@exige(Droit.GERER_CATALOGUE)
def dupliquer(id: UUID) -> Response:
    """Copy a formation, as a draft without an identifier, and open the copy.

    The identity of a copy comes from the page that asked for it: sent twice, « Dupliquer » makes one.
    """
    vue = Vue.demandee(PREFIXE_VUE)
    try:
        with transaction() as cnx:
            copie = catalogue.dupliquer(cnx, acte(), id, saisie.version(), uuid5(saisie.identite("copies"), str(id)))
    except (Introuvable, VersionDepassee, OperationInterdite, FicheRefusee) as refus:
        return _refuser(refus, id, vue)
    notifier(dire(DUPLIQUEE, titre=citer(copie)))
    return rediriger(liens.formation(copie.id))


def _demander_suppression(formation: Formation, vue: Vue, change: str = "") -> Response:
    """Ask, and name what goes with it; again, when that is no longer what was named."""
    depart = dependants.prevoir(lecture(), organisme_courant().id, Niveau.FORMATION, formation.id, formation.statut)
    contexte = {
        "dialogue": "formation/suppression", "formation": formation, "vue": vue, **ce_qui_partirait(depart, change),
    }  # fmt: skip
    return poser_question("fragments/formation/suppression.html", contexte, 409 if change else 200)


def _operer(
    operation: Callable[[Connection, Acte, UUID, int], Fait], id: UUID, dire_fait: Callable[[Fait], _Dit]
) -> Response:
    """Do it, say so, and show the page as it now is."""
    vue = Vue.demandee(PREFIXE_VUE)
    try:
        with transaction() as cnx:
            fait = operation(cnx, acte(), id, saisie.version())
    except (Introuvable, VersionDepassee, OperationInterdite, FicheRefusee, DependantsRetenus) as refus:
        return _refuser(refus, id, vue)
    formation, message, annulable, champs = dire_fait(fait)
    annulation, depuis = None, quittee()
    if annulable:
        url = f"{liens.formation(id)}/{annulable}/annulation"
        suivis = ((DEPUIS, depuis),) if depuis else vue.champs
        annulation = Annulation(url, str(id), formation.version, (*suivis, *champs))
    if depuis or saisie.texte(saisie.DE_SA_PAGE):
        notifier(message, annulation=annulation)
        return rediriger(liens.echeance(depuis) if depuis else liens.formation(id))
    return dire_ici(message, lambda dite: remontrer(vue, 200, [dite]), vue.adresse, annulation=annulation)


def _refuser(refus: Exception, id: UUID, vue: Vue) -> Response:
    """Say why nothing was done, over the page as it now is. Raises the refusal where the table of errors tells it."""
    if isinstance(refus, Introuvable):
        if not par_htmx():
            raise refus
        return remontrer(vue, 404, [(ALERTE, dire(RIEN, raison=dire(PARTIE), suite=dire(A_JOUR)))])
    if isinstance(refus, VersionDepassee):
        raison, suite = _dire_depassee(refus.actuelle, id)
        message = dire(RIEN, raison=raison, suite=dire(suite))
    else:
        message = str(refus)
    if depuis := quittee():
        notifier(message, ALERTE)
        return rediriger(liens.echeance(depuis))
    return remontrer(vue, 409, [(ALERTE, message)])


def _dire_depassee(actuelle: Formation, id: UUID) -> tuple[str, str]:
    """Give the reason, and what is left to do."""
    titre = citer(actuelle)
    if actuelle.id != id:
        return dire(COPIE_CHANGEE, titre=titre), RECOMMENCER
    if saisie.version() < actuelle.version_saisie:
        quand = instant_long(actuelle.modifiee_le)
        return dire(MODIFIEE, titre=titre, qui=actuelle.modifiee_par, quand=quand), RECOMMENCER
    if actuelle.statut is Statut.ARCHIVEE and actuelle.archivee_le is not None:
        par = f" par {actuelle.archivee_par}" if actuelle.archivee_par else ""
        quand = instant_long(actuelle.archivee_le)
        return dire(DEJA_ARCHIVEE, titre=titre, par=par, quand=quand), PARMI_LES_ARCHIVEES
    return dire(AUTRE_STATUT, titre=titre, statut=actuelle.statut.libelle), RECOMMENCER


def _dire_restauree(restauree: Restauree, modele: str) -> str:
    formation, avant = restauree.formation, restauree.avant
    faits = {"titre": citer(formation), "statut": formation.statut.libelle}
    if avant is None:
        return dire(SANS_MEMOIRE, **faits)
    if formation.statut is avant:
        return dire(modele, **faits)
    nommer = libelles_de(formation.fiche)
    raisons = " ".join(dire(RAISON, champ=nommer(a.champ), message=a.message) for a in restauree.empechements)
    return dire(RETOMBEE, **faits, avant=avant.libelle, raisons=raisons)
