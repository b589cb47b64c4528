"""« Échéancier »: what ends in the catalogue in 30, 90, 180 days, and what takes its place."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.domain.comptes import Droit
from webapp.services import echeances
from webapp.web.http import liens
from webapp.web.http.access import exige
from webapp.web.http.contexte import aujourdhui, lecture, organisme_courant
from webapp.web.http.reponses import page
from webapp.web.panneau_controle import dire_raison

bp = Blueprint("echeancier", __name__)


@bp.get(liens.ECHEANCIER)
@exige(Droit.VOIR_CATALOGUE)
def montrer() -> Response:
    """Show what has ended and what ends soon."""
    trouve = echeances.echeancier(lecture(), organisme_courant(), aujourdhui())
    return page("pages/echeancier.html", echeancier=trouve, le=aujourdhui(), dire_raison=dire_raison)
