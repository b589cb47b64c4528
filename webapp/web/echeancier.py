"""« Échéancier »: what ends in the catalogue in 30, 90, 180 days, what takes its place, and what can be done of it."""

from __future__ import annotations

from uuid import uuid4

from flask import Blueprint, Response

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Droit
from webapp.domain.lots import Changement, ChangementRefuse
from webapp.domain.taches import ChoixServi
from webapp.domain.textes import fr
from webapp.services import echeances, registre, taches
from webapp.services.taches import Coches
from webapp.web.choix import demande
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import aujourdhui, lecture, organisme_courant, transaction
from webapp.web.http.reponses import ALERTE, notifier, page, rediriger
from webapp.web.panneau_controle import dire_raison

bp = Blueprint("echeancier", __name__)

DEPUIS = "echeance"
"""The field in which what is done from here carries the code of the certification among whose formations it is."""
RIEN_DE_COCHE = fr("Cochez d'abord les formations à changer.")


def quittee() -> str:
    """Give the code of the certification that was left, to come back to it; empty when nothing was asked from here."""
    code = saisie.parametre(DEPUIS)
    return code if registre.est_un_code(code) else ""


@bp.get(liens.ECHEANCIER)
@exige(Droit.VOIR_CATALOGUE)
def montrer() -> Response:
    """Show what has ended and what ends soon."""
    trouve = echeances.echeancier(lecture(), organisme_courant(), aujourdhui())
    return page(
        "pages/echeancier.html", echeancier=trouve, le=aujourdhui(), dire_raison=dire_raison, neuf=uuid4,
        DEPUIS=DEPUIS,
    )  # fmt: skip


@bp.post(f"{liens.ECHEANCIER}/choix")
@exige(Droit.GERER_CATALOGUE)
def changer() -> Response:
    """Begin to look at what would become of the formations that are ticked, and show it: nothing changes yet.

    The identity of the job comes from the page: sent twice, it is prepared once.
    """
    coches = saisie.identites("choisie.formation")
    if not coches:
        notifier(RIEN_DE_COCHE, ALERTE)
        return rediriger(liens.echeance(quittee()))
    choix = saisie.identite("choix")
    lot, _, vers = saisie.texte("lot").partition(".")
    try:
        voulu = Changement.lire(lot, Niveau.FORMATION, {"vers": vers})
        with transaction() as cnx:
            taches.choisir(cnx, demande(), choix, Coches(Niveau.FORMATION, coches, coches))
            taches.preparer(cnx, demande(), choix, voulu)
    except ChangementRefuse as refus:
        notifier(refus.message, ALERTE)
        return rediriger(liens.echeance(quittee()))
    except ChoixServi:
        # Sent twice: what was asked first is there.
        pass
    return rediriger(liens.tache(choix))
