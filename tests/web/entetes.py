"""What every answer must carry, whatever its status: headers, cookies, no trace of the inside."""

import re
from collections.abc import Iterable, Iterator

from werkzeug.test import TestResponse

# Written out here: a weaker policy must not pass because the product says so.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DE_SECURITE = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# What is never a page: a file, and an answer that a script of the page asked for and puts into it.
D_UN_MORCEAU = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
HSTS = "Strict-Transport-Security"
_TRACES = (b"Traceback", b'File "/', b"sqlalchemy", b"werkzeug", b"jinja2", b"psycopg")


def fautes(reponse: TestResponse, *, https: bool) -> Iterator[str]:
    """Give what is wrong with the headers of an answer."""
    statique = reponse.request.path.startswith("/static/") and reponse.status_code in {200, 304}
    morceau = statique or reponse.request.headers.get("HX-Request") == "true"
    attendus = D_UN_MORCEAU if morceau else DE_SECURITE
    for nom in DE_SECURITE:
        if reponse.headers.getlist(nom) != ([attendus[nom]] if nom in attendus else []):
            yield f"{nom} : {reponse.headers.getlist(nom)}"
    if not statique:
        if reponse.headers.getlist("Cache-Control") != ["no-store"]:
            yield f"Cache-Control : {reponse.headers.getlist('Cache-Control')}"
        if (HSTS in reponse.headers) is not https:
            yield f"{HSTS} : {reponse.headers.get(HSTS)}"
    yield from _du_corps(reponse)
    yield from _des_cookies(reponse.headers.getlist("Set-Cookie"), https=https)
    for nom, valeur in reponse.headers:
        if not valeur.isascii() or re.search(r"[\r\n\0]", valeur):
            yield f"{nom} ne passe pas en HTTP : {valeur!r}"
    for nom in ("Server", "X-Powered-By"):
        if nom in reponse.headers:
            yield f"{nom} dit avec quoi le serveur est fait"


def _du_corps(reponse: TestResponse) -> Iterator[str]:
    type_ = reponse.headers.get("Content-Type", "")
    if reponse.mimetype == "text/html":
        if type_ != "text/html; charset=utf-8":
            yield f"Content-Type : {type_}"
        if "Accept-Encoding" not in reponse.headers.get("Vary", ""):
            yield "Vary : Accept-Encoding manque"
        if not reponse.headers.get("Content-Encoding") and any(t in reponse.get_data() for t in _TRACES):
            yield "le corps montre l'intérieur du produit"
    if reponse.status_code >= 500 and reponse.status_code not in {500, 503}:
        yield f"statut {reponse.status}"


def _des_cookies(poses: Iterable[str], *, https: bool) -> Iterator[str]:
    for pose in poses:
        attributs = {morceau.strip().split("=")[0].lower(): morceau for morceau in pose.split(";")[1:]}
        if "httponly" not in attributs or "samesite=lax" not in pose.lower() or "path=/" not in pose.lower():
            yield f"cookie mal gardé : {pose}"
        if ("secure" in attributs) is not https or pose.startswith("__Host-") is not https or "domain" in attributs:
            yield f"cookie mal adressé : {pose}"


def verifier(reponse: TestResponse, *, https: bool) -> None:
    """Assert that nothing is wrong with the headers of an answer."""
    trouvees = list(fautes(reponse, https=https))
    assert not trouvees, f"{reponse.request.method} {reponse.request.path} ({reponse.status}) : {trouvees}"
