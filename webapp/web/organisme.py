"""« Mon organisme »: what is known of it, and where it works, which says the holidays of its calendar."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.domain.comptes import AutreOrganisme, Droit
from webapp.domain.textes import fr
from webapp.services import comptes
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import acte, organisme_courant, transaction
from webapp.web.http.reponses import notifier, page, rediriger

bp = Blueprint("organisme", __name__)

AVEC = fr("Enregistré : le Vendredi saint et le 26 décembre sont des jours fériés de votre calendrier.")
SANS = fr("Enregistré : votre calendrier a les jours fériés de toute la France.")


@bp.before_request
def exiger_meme_organisme() -> None:
    """Refuse a form opened in another organisation: somebody signed in elsewhere since, in another tab."""
    if saisie.texte("organisme") not in {"", str(organisme_courant().id)}:
        raise AutreOrganisme(organisme_courant().nom)


@bp.get(liens.ORGANISME)
@exige(Droit.VOIR_CATALOGUE)
def montrer() -> Response:
    """Show the organisation of the person; who manages its catalogue may say where it works."""
    return page("pages/organisme.html")


@bp.post(liens.ORGANISME)
@exige(Droit.GERER_CATALOGUE)
def enregistrer() -> Response:
    """Say whether it keeps the holidays of Alsace and Moselle."""
    choisi = saisie.texte("alsace_moselle") == "oui"
    with transaction() as cnx:
        comptes.choisir_alsace_moselle(cnx, acte(), valeur=choisi)
    notifier(AVEC if choisi else SANS)
    return rediriger(liens.ORGANISME)
