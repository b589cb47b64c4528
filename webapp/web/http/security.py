"""What every answer and every request must respect: security headers, origin, CSRF token."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import structlog
from flask import abort, g, session
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from webapp.domain.exports import COMPTE_RENDU_OCTETS
from webapp.domain.imports import TAILLE_MAX as FICHIER_MAX

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Request

    from webapp.web.http.sessions import SessionWeb

journal = structlog.get_logger(__name__)

_OCTETS = 16
"""Of a secret and of its mask: 128 bits, which nobody guesses, and every page carries them."""
_CLE_VISITEUR = "csrf"

METHODES_SURES = frozenset({"GET", "HEAD", "OPTIONS"})
_AVEC_CORPS = frozenset({"POST", "PUT", "PATCH"})

# Everything is refused, then what the pages need is allowed: own scripts, styles and pictures. `data:` pictures are
# the chevrons and ticks inside Bootstrap's style sheet.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# What any answer carries, whoever asked for it.
_TOUJOURS = (("X-Content-Type-Options", "nosniff"), ("Cross-Origin-Resource-Policy", "same-origin"))
# What a browser reads of a page that it opens, and of nothing else: an answer to the page's own script is put into that
# page, under the policy of that page. 345 bytes at each keystroke that asks something.
_DES_PAGES = (
    ("Content-Security-Policy", CSP),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_HSTS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def exiger_origine(requete: Request) -> None:
    """Refuse a write that another site started: browsers say so in Sec-Fetch-Site (absent from old ones)."""
    if requete.method in METHODES_SURES:
        return
    if requete.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)


IMPORT, COMPTE_RENDU = "import_edof.envoyer", "retours_edof.coller"
TAILLES = MappingProxyType({IMPORT: FICHIER_MAX, COMPTE_RENDU: COMPTE_RENDU_OCTETS})
"""The endpoints that take a long body, and how long: a file, and what a portal has said of a whole catalogue."""


class EnvoiTropLourd(RequestEntityTooLarge):
    """What is sent is longer than may be sent there; nothing of it was read."""


def exiger_taille(requete: Request) -> None:
    """Refuse a body that is too long before anything reads it. Without a stated length it would be cut, and kept so."""
    if requete.method not in _AVEC_CORPS or requete.endpoint is None:
        return
    if requete.endpoint in TAILLES:
        requete.max_content_length = TAILLES[requete.endpoint]
    taille = requete.content_length
    if taille is None:
        # What is read stops at the limit without a word: one more tells a body that reached it.
        taille = len(requete.get_data()) + 1
    if taille > (requete.max_content_length or 0):
        raise EnvoiTropLourd


class JetonPerime(BadRequest):
    """The token of the form is not that of the session: opened in another session, or sent by another site."""


def jeton_csrf() -> str:
    """Give the token that every form of an answer carries: the session's secret under a mask that each answer draws.

    The mask keeps the secret from being guessed through the size of compressed answers. All the forms of a page have
    the same: each more would weigh a hundred bytes that nothing compresses.
    """
    secret = _secret(session._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 - werkzeug documents it
    fait: tuple[bytes, str] | None = g.get("jeton_csrf")
    # The secret changes with the session, at a sign-in.
    if fait is None or fait[0] != secret:
        masque = secrets.token_bytes(_OCTETS)
        fait = g.jeton_csrf = secret, urlsafe_b64encode(masque + _ou_exclusif(masque, secret)).decode()
    return fait[1]


def exiger_jeton(requete: Request, courante: SessionWeb, exemptes: frozenset[str]) -> None:
    """Refuse a write without the token of its session, save on the endpoints of the test door. Raises JetonPerime."""
    if requete.method in METHODES_SURES or requete.endpoint is None or requete.endpoint in exemptes:
        return
    try:
        recu = urlsafe_b64decode(requete.form.get("csrf_token", "").encode())
    except ValueError:
        raise JetonPerime from None
    if len(recu) != 2 * _OCTETS or not hmac.compare_digest(
        _ou_exclusif(recu[:_OCTETS], recu[_OCTETS:]), _secret(courante)
    ):
        raise JetonPerime


def _secret(courante: SessionWeb) -> bytes:
    """Derive it from the token of a signed-in session; a visitor's is drawn once and kept in the signed cookie."""
    if courante.ouverte is not None or courante.panne is not None:
        return hashlib.sha256(b"csrf:" + courante.jeton.encode()).digest()[:_OCTETS]
    if _CLE_VISITEUR not in courante:
        courante[_CLE_VISITEUR] = secrets.token_hex(_OCTETS)
    return bytes.fromhex(courante[_CLE_VISITEUR])[:_OCTETS]


def _ou_exclusif(un: bytes, autre: bytes) -> bytes:
    return (int.from_bytes(un) ^ int.from_bytes(autre)).to_bytes(_OCTETS)


def avec_entetes(application: WSGIApplication, *, https: bool) -> WSGIApplication:
    """Put the security headers on every answer of an application; nothing personal may stay in a cache.

    Done outside Flask: whatever makes the answer cannot forget them, and it costs a tenth of an `after_request`.
    """
    toujours = [*_TOUJOURS, _HSTS] if https else list(_TOUJOURS)
    des_pages = [*toujours, *_DES_PAGES]

    def repondre(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # No address that a browser opens, no form and no other site can add this header: only a script of the page.
        entetes = toujours if environ.get("HTTP_HX_REQUEST") == "true" else des_pages

        def commencer(statut: str, presents: list[tuple[str, str]], *reste: Any) -> Any:
            complets = presents + entetes
            if not any(nom.lower() == "cache-control" for nom, _ in presents):
                complets.append(("Cache-Control", "no-store"))
            return start_response(statut, complets, *reste)

        return application(environ, commencer)

    return repondre


def avertir_du_mandataire(application: WSGIApplication) -> WSGIApplication:
    """Say once in the log that a proxy stands in front while none is believed: its address hides all the others.

    To be put around an application whose PROXIES is 0.
    """
    dit = False

    def repondre(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        nonlocal dit
        if not dit and "HTTP_X_FORWARDED_FOR" in environ:
            dit = True
            journal.warning("X-Forwarded-For reçu alors que PROXIES vaut 0 : les tentatives de connexion se confondent")
        return application(environ, start_response)

    return repondre
