"""What a load balancer, a deployment check or a test run asks first: is it there, and which version."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp import __version__
from webapp.web.http.access import publique
from webapp.web.http.contexte import cablage

bp = Blueprint("sante", __name__)


@bp.get("/sante")
@publique
def dire_sante() -> Response:
    """Answer 200 when a table of the database can be read, 503 otherwise.

    Says the version, the reference date and whether the test door exists.
    Nothing that a visitor of the sign-in page could not see, but that the door exists. A null date is the real one.
    """
    cablage().base.exiger_saine()
    settings = cablage().settings
    return jsonify(
        produit="fiche-vivante",
        version=__version__,
        demonstration=settings.demonstration,
        date_reference=settings.date_reference and settings.date_reference.isoformat(),
        banc_essai=bool(settings.banc_essai_jeton),
    )
