"""What every answer and every request must respect: security headers, origin, CSRF token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, request
from flask_wtf.csrf import CSRFProtect

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

csrf = CSRFProtect()

METHODES_SURES = frozenset({"GET", "HEAD", "OPTIONS"})

# Everything is refused, then what the pages need is allowed: own scripts, styles and pictures. `data:` pictures are
# the chevrons and ticks inside Bootstrap's style sheet.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_ENTETES = (
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_HSTS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def exiger_origine() -> None:
    """Refuse a write that another site started: browsers say so in Sec-Fetch-Site (absent from old ones)."""
    if request.method in METHODES_SURES:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)


def exiger_jeton(exemptes: frozenset[str]) -> None:
    """Refuse a write without the CSRF token of its session, save on the endpoints of the test door."""
    if request.method not in METHODES_SURES and request.endpoint is not None and request.endpoint not in exemptes:
        csrf.protect()


def avec_entetes(application: WSGIApplication, *, https: bool) -> WSGIApplication:
    """Put the security headers on every answer of an application; nothing personal may stay in a cache.

    Done outside Flask: whatever makes the answer cannot forget them, and it costs a tenth of an `after_request`.
    """
    entetes = [*_ENTETES, _HSTS] if https else list(_ENTETES)

    def repondre(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def commencer(statut: str, presents: list[tuple[str, str]], *reste: Any) -> Any:
            complets = presents + entetes
            if not any(nom.lower() == "cache-control" for nom, _ in presents):
                complets.append(("Cache-Control", "no-store"))
            return start_response(statut, complets, *reste)

        return application(environ, commencer)

    return repondre
