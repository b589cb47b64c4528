"""What a load balancer, a deployment check or a test run asks first: is it there, and which version."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp import __version__
from webapp.web.access import publique
from webapp.web.contexte import lecture, produit

bp = Blueprint("sante", __name__)


@bp.get("/sante")
@publique
def dire_sante() -> Response:
    """Answer 200 when the database answers; says the version and whether the test door exists."""
    with lecture() as cnx:
        cnx.exec_driver_sql("SELECT 1")
    settings = produit().settings
    return jsonify(
        produit="fiche-vivante",
        version=__version__,
        demonstration=settings.demonstration,
        banc_essai=bool(settings.banc_essai_jeton),
    )
