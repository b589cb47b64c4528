"""The test door: throw-away organisations for scenarios and deliberate faults, over HTTP.

Mounted only where BANC_ESSAI_JETON is set. A wrong token gets the answer of a page that does not exist.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, current_app, jsonify, request

from webapp.banc_essai import donnees, donnees_arbre, donnees_registre
from webapp.domain.textes import dire
from webapp.web.http import sessions
from webapp.web.http.access import publique
from webapp.web.http.contexte import cablage, transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from sqlalchemy import Connection

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


def _creer_organisme(cnx: Connection, corps: dict[str, Any]) -> dict[str, Any]:
    return donnees.creer_organisme(cnx, corps, cablage().settings.date_reference)


def _connecter(cnx: Connection, corps: dict[str, Any]) -> dict[str, Any]:
    """Sign a person in without the screen: gives the cookie."""
    jeton = donnees.connecter(cnx, str(corps.get("courriel", "")), datetime.now(UTC))
    nom = current_app.session_interface.get_cookie_name(current_app)
    return {"cookie": {"name": nom, "value": sessions.PREFIXE + jeton}}


def _expirer_sessions(cnx: Connection, corps: dict[str, Any]) -> dict[str, int]:
    return {"sessions": donnees.expirer_sessions(cnx, str(corps.get("courriel", "")))}


def _ouvrir(methode: str, adresse: str, operation: Callable[..., object], statut: int = 200) -> None:
    """Put an operation at an address: it is given what the address names, then the body where there is one."""

    @publique
    def repondre(**places: object) -> tuple[Response | str, int]:
        corps = [] if methode in {"GET", "DELETE"} else [_corps()]
        with cablage().base.lecture() if methode == "GET" else transaction() as cnx:
            fait = operation(cnx, *places.values(), *corps)
        return ("", 204) if fait is None else (jsonify(fait), statut)

    bp.add_url_rule(adresse, operation.__name__, repondre, methods=[methode])


_ouvrir("POST", "/organismes", _creer_organisme, 201)
_ouvrir("PATCH", "/organismes/<uuid:id>", donnees.regler_organisme)
_ouvrir("DELETE", "/organismes/<uuid:id>", donnees.supprimer_organisme)
_ouvrir("GET", "/organismes/<uuid:id>/formations", donnees.lister_formations)
_ouvrir("POST", "/organismes/<uuid:id>/formations", donnees.ajouter_formations, 201)
_ouvrir("PATCH", "/organismes/<uuid:id>/formations/<identifiant>", donnees.modifier_formation)
_ouvrir("POST", "/organismes/<uuid:id>/formations/<identifiant>/operations", donnees.operer_formation)
_ouvrir("GET", "/organismes/<uuid:id>/formations/<identifiant>/arbre", donnees_arbre.lister_arbre)
_ouvrir("POST", "/organismes/<uuid:id>/formations/<identifiant>/arbre", donnees_arbre.planter_arbre, 201)
_ouvrir("POST", "/organismes/<uuid:id>/habilitations", donnees_registre.publier_habilitation, 201)
_ouvrir("POST", "/organismes/<uuid:id>/certifications", donnees_registre.publier_certification, 201)
_ouvrir("POST", "/connexions", _connecter, 201)
_ouvrir("POST", "/sessions/expiration", _expirer_sessions)


@bp.get("/fautes")
@publique
def lister_fautes() -> Response:
    """List the deliberate faults that this product can be given, and say which it has."""
    table = _table()
    return jsonify(fautes=[
        {"nom": f.nom, "phrase": f.phrase, "indices": f.indices, "empreinte": f.empreinte,
         "posee": f.nom in table.posees()}
        for f in table.FAUTES
    ])  # fmt: skip


@bp.put("/fautes")
@publique
def poser_fautes() -> Response | tuple[Response, int]:
    """Give the product these faults and no other; none puts everything back."""
    processus = cablage().settings.processus
    if processus > 1:
        return jsonify(erreur=dire(PLUSIEURS, n=processus)), 409
    noms = _corps().get("fautes")
    if not isinstance(noms, list) or not all(isinstance(nom, str) for nom in noms):
        raise ValueError("« fautes » doit être une liste de noms.")
    _table().poser(current_app._get_current_object(), noms)  # type: ignore[attr-defined]  # noqa: SLF001 - Flask documents it
    return lister_fautes()


def _table() -> ModuleType:
    from webapp.banc_essai.fautes import table  # noqa: PLC0415 - a product of which nobody asks for faults holds none

    return table


def _corps() -> dict[str, Any]:
    try:
        corps = request.get_json(silent=True)
    except RecursionError:  # lists within lists, too deep for any body we know
        corps = None
    if not isinstance(corps, dict):
        message = "Le corps doit être un objet JSON."
        raise ValueError(message)  # noqa: TRY004 - the service speaks of bad bodies the same way
    return corps
