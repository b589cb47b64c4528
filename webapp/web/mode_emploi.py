"""« Mode d'emploi »: the guide's steps, as features/guide writes them."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from webapp.mode_emploi.guide import guides
from webapp.web import liens
from webapp.web.access import publique
from webapp.web.reponses import page

bp = Blueprint("mode_emploi", __name__)


@bp.get(liens.MODE_EMPLOI)
@publique
def sommaire() -> Response:
    """List the guides."""
    return page("pages/mode-emploi.html", guides=guides())


@bp.get(f"{liens.MODE_EMPLOI}/<nom>")
@publique
def lire(nom: str) -> Response:
    """Show one guide, step by step, made to be read and printed."""
    guide = next((g for g in guides() if g.nom == nom), None)
    if guide is None:
        abort(404)
    return page("pages/guide.html", guide=guide)
