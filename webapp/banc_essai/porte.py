"""The test door: throw-away organisations for scenarios and deliberate faults, over HTTP.

Mounted only where BANC_ESSAI_JETON is set. A wrong token gets the answer of a page that does not exist.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, current_app, jsonify, request

from webapp.banc_essai import donnees as service
from webapp.domain.textes import dire
from webapp.web.http import sessions
from webapp.web.http.access import publique
from webapp.web.http.contexte import cablage, transaction

if TYPE_CHECKING:
    from uuid import UUID

bp = Blueprint("banc_essai", __name__, url_prefix="/banc-d-essai")

PLUSIEURS = (
    "Le produit est servi par {n} processus : une faute ne serait posée que dans l'un d'eux. "
    "Servez-le avec « --processus 1 »."
)


@bp.before_request
def exiger_jeton() -> None:
    """Let only the holder of the token in."""
    attendu = f"Bearer {cablage().settings.banc_essai_jeton}".encode()
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), attendu):
        abort(404)


@bp.errorhandler(ValueError)
def _corps_refuse(exc: ValueError) -> tuple[Response, int]:
    return jsonify(erreur=str(exc)), 400


@bp.post("/organismes")
@publique
def creer_organisme() -> tuple[Response, int]:
    """Make an organisation with its people and formations."""
    with transaction() as cnx:
        return jsonify(service.creer_organisme(cnx, _corps(), cablage().settings.date_reference)), 201


@bp.patch("/organismes/<uuid:id>")
@publique
def regler_organisme(id: UUID) -> Response:
    """Set its reference date."""
    with transaction() as cnx:
        return jsonify(service.regler_organisme(cnx, id, _corps()))


@bp.delete("/organismes/<uuid:id>")
@publique
def supprimer_organisme(id: UUID) -> tuple[str, int]:
    """Remove it and all it owns."""
    with transaction() as cnx:
        service.supprimer_organisme(cnx, id)
    return "", 204


@bp.get("/organismes/<uuid:id>/formations")
@publique
def lister_formations(id: UUID) -> Response:
    """Give what is really stored."""
    with cablage().base.lecture() as cnx:
        return jsonify(service.lister_formations(cnx, id))


@bp.post("/organismes/<uuid:id>/formations")
@publique
def ajouter_formations(id: UUID) -> tuple[Response, int]:
    """Add formations."""
    with transaction() as cnx:
        return jsonify(service.ajouter_formations(cnx, id, _corps())), 201


@bp.patch("/organismes/<uuid:id>/formations/<identifiant>")
@publique
def modifier_formation(id: UUID, identifiant: str) -> Response:
    """Save over a formation as a colleague would."""
    with transaction() as cnx:
        return jsonify(service.modifier_formation(cnx, id, identifiant, _corps()))


@bp.post("/connexions")
@publique
def connecter() -> tuple[Response, int]:
    """Sign a person in without the screen: gives the cookie."""
    with transaction() as cnx:
        jeton = service.connecter(cnx, str(_corps().get("courriel", "")), datetime.now(UTC))
    nom = current_app.session_interface.get_cookie_name(current_app)
    return jsonify(cookie={"name": nom, "value": sessions.PREFIXE + jeton}), 201


@bp.post("/sessions/expiration")
@publique
def expirer_sessions() -> Response:
    """End every session of a person."""
    with transaction() as cnx:
        return jsonify(sessions=service.expirer_sessions(cnx, str(_corps().get("courriel", ""))))


@bp.get("/fautes")
@publique
def lister_fautes() -> Response:
    """List the deliberate faults that this product can be given, and say which it has."""
    return jsonify(fautes=_fautes())


@bp.put("/fautes")
@publique
def poser_fautes() -> Response | tuple[Response, int]:
    """Give the product these faults and no other; none puts everything back."""
    from webapp.banc_essai.fautes import table  # noqa: PLC0415 - see `_fautes`

    processus = cablage().settings.processus
    if processus > 1:
        return jsonify(erreur=dire(PLUSIEURS, n=processus)), 409
    noms = _corps().get("fautes")
    if not isinstance(noms, list) or not all(isinstance(nom, str) for nom in noms):
        raise ValueError("« fautes » doit être une liste de noms.")
    table.poser(current_app._get_current_object(), noms)  # type: ignore[attr-defined]  # noqa: SLF001 - Flask documents it
    return jsonify(fautes=_fautes())


def _fautes() -> list[dict[str, Any]]:
    # Here and not above: a product of which nobody asks for faults holds none.
    from webapp.banc_essai.fautes import table  # noqa: PLC0415

    return [
        {"nom": f.nom, "phrase": f.phrase, "indices": f.indices, "posee": f.nom in table.posees()} for f in table.FAUTES
    ]


def _corps() -> dict[str, Any]:
    try:
        corps = request.get_json(silent=True)
    except RecursionError:  # lists within lists, too deep for any body we know
        corps = None
    if not isinstance(corps, dict):
        message = "Le corps doit être un objet JSON."
        raise ValueError(message)  # noqa: TRY004 - the service speaks of bad bodies the same way
    return corps
