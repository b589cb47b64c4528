"""Signing in and out."""

from __future__ import annotations

import hashlib
import time

from flask import Blueprint, Flask, Response, current_app, request, session
from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from webapp.domain.comptes import ConnexionRefusee, cle_courriel
from webapp.domain.textes import dire, pluriel
from webapp.services import comptes
from webapp.web.http import liens, saisie, sessions
from webapp.web.http.access import publique
from webapp.web.http.contexte import cablage, lecture, transaction, utilisateur_ou_personne
from webapp.web.http.errors import PREFIXE_REPRISE
from webapp.web.http.reponses import page, rediriger

bp = Blueprint("connexion", __name__)

REFUS = "Adresse électronique ou mot de passe incorrect."
# Failures only, counted in the database before any password is hashed: by account, then by address.
PAR_COMPTE = parse("10 per 15 minutes")
PAR_ADRESSE = parse("60 per 15 minutes")
_CLE_LIMITEUR = "limiteur_connexion"


def limiter(app: Flask, comptage: Storage) -> None:
    """Give the sign-in where to count its failures."""
    app.extensions[_CLE_LIMITEUR] = FixedWindowRateLimiter(comptage)


def _fenetres() -> tuple[tuple[RateLimitItem, str], ...]:
    # A digest: of one length, whatever was typed, and without what a database may not hold.
    compte = hashlib.sha256(cle_courriel(saisie.texte("courriel")).encode()).hexdigest()
    return (PAR_COMPTE, f"compte:{compte}"), (PAR_ADRESSE, f"adresse:{request.remote_addr}")


def _attente() -> float | None:
    """Give the seconds to wait before another try; None when a try is allowed."""
    limiteur: FixedWindowRateLimiter = current_app.extensions[_CLE_LIMITEUR]
    pleines = [f for f in _fenetres() if not limiteur.test(*f)]
    return max((limiteur.get_window_stats(*f).reset_time - time.time() for f in pleines), default=None)


def _compter_echec() -> None:
    limiteur: FixedWindowRateLimiter = current_app.extensions[_CLE_LIMITEUR]
    for fenetre in _fenetres():
        limiteur.hit(*fenetre)


@bp.get(liens.CONNEXION)
@publique
def afficher() -> Response:
    """Show the sign-in page, or go on when somebody is signed in already."""
    if utilisateur_ou_personne() is not None:
        return rediriger(destination_sure(saisie.destination()))
    return _page(200, "")


@bp.post(liens.CONNEXION)
@publique
def se_connecter() -> Response:
    """Check the password before anything is written; the session is renewed."""
    attente = _attente()
    if attente is not None:
        minutes = pluriel(max(1, -(-int(attente) // 60)), "minute")
        return _page(429, dire("Trop de tentatives : réessayez dans {minutes}.", minutes=minutes))
    try:
        # Hashing takes long on purpose: nobody's write waits for it.
        utilisateur = comptes.authentifier(lecture(), saisie.texte("courriel"), saisie.secret("mot_de_passe"))
        with transaction() as cnx:
            comptes.rafraichir_empreinte(cnx, utilisateur, saisie.secret("mot_de_passe"))
            sessions.ouvrir(cnx, session, utilisateur)
    except ConnexionRefusee:
        _compter_echec()
        return _page(422, REFUS)
    a_reprendre = saisie.reprise(PREFIXE_REPRISE)
    destination = destination_sure(saisie.destination())
    if a_reprendre:
        return page("pages/reprise.html", reprise=a_reprendre, reprise_url=destination)
    return rediriger(destination)


@bp.post(liens.DECONNEXION)
@publique
def se_deconnecter() -> Response:
    """End the session at once, here and on the server."""
    with transaction() as cnx:
        sessions.fermer(cnx, session)
    return rediriger(liens.CONNEXION)


def _page(statut: int, message: str) -> Response:
    poste = request.method == "POST"
    return page(
        "pages/connexion.html",
        statut,
        message=message,
        courriel=saisie.texte("courriel") if poste else "",
        destination=saisie.destination(),
        reprise=saisie.reprise(PREFIXE_REPRISE) if poste else {},
        demonstration=cablage().settings.demonstration,
    )


def destination_sure(demandee: str) -> str:
    """Accept only a path of this site: an address that leads elsewhere becomes the catalogue."""
    if demandee.startswith("/") and not demandee.startswith(("//", "/\\")) and demandee.isprintable():
        return demandee
    return liens.CATALOGUE
