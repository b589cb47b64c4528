"""The browsers that have signed in before: a signed cookie names the accounts, so that strangers never lock them out.

It opens nothing: it only says whose failures are counted with whose. Without it anybody could close an account by
failing on purpose.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

if TYPE_CHECKING:
    from flask import Response

DUREE = timedelta(days=180)
COMPTES_MAX = 5
"""Accounts of one browser, the latest first."""

_OCTETS = 16


def connu(compte: str) -> str:
    """Give the identity of this browser if it has signed in to the account before; empty otherwise."""
    identite, comptes = _lire()
    return identite if compte in comptes else ""


def retenir(reponse: Response, compte: str) -> Response:
    """Make this browser one that has signed in to the account."""
    identite, comptes = _lire()
    comptes = [compte, *(c for c in comptes if c != compte)][:COMPTES_MAX]
    reponse.set_cookie(
        _nom(), str(_signature().dumps([identite or secrets.token_hex(_OCTETS), *comptes])), max_age=DUREE,
        httponly=True, secure=_https(), samesite="Lax", path="/",
    )  # fmt: skip
    return reponse


def _lire() -> tuple[str, list[str]]:
    try:
        lu: Any = _signature().loads(request.cookies.get(_nom(), ""), max_age=int(DUREE.total_seconds()))
    except BadSignature:
        return "", []
    identite, *comptes = lu
    return identite, comptes


def _signature() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="appareil")


def _https() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def _nom() -> str:
    return "__Host-appareil" if _https() else "appareil"
