"""Signing in and out."""

from __future__ import annotations

import hmac
import time
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

import structlog
from flask import Blueprint, Flask, Response, current_app, request, session
from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from webapp.domain.comptes import ConnexionRefusee, cle_courriel
from webapp.domain.refus import Introuvable
from webapp.domain.textes import dire, pluriel
from webapp.services import comptes
from webapp.web.http import appareil, liens, reconnexion, saisie, sessions
from webapp.web.http.access import publique
from webapp.web.http.contexte import cablage, lecture, transaction, utilisateur_ou_personne
from webapp.web.http.errors import PREFIXE_REPRISE
from webapp.web.http.reponses import ALERTE, notifier, page, par_htmx, rediriger

if TYPE_CHECKING:
    from webapp.domain.comptes import Utilisateur

journal = structlog.get_logger(__name__)
bp = Blueprint("connexion", __name__)

REFUS = "Adresse électronique ou mot de passe incorrect."
# Counted in the database before any password is hashed, and taken back from a success: by account and by address.
PAR_COMPTE = parse("10 per 15 minutes")
PAR_ADRESSE = parse("60 per 15 minutes")
DUREE_MAX = max(PAR_COMPTE.get_expiry(), PAR_ADRESSE.get_expiry())
"""Seconds that the longest count lasts."""

_CLE_LIMITEUR = "limiteur_connexion"


def limiter(app: Flask, comptage: Storage) -> None:
    """Give the sign-in where to count its failures."""
    app.extensions[_CLE_LIMITEUR] = FixedWindowRateLimiter(comptage)


def _compte() -> str:
    """Name the account in the counts and in the browser: of one length, whatever was typed.

    Keyed: whoever reads either cannot try addresses against it.
    """
    adresse = cle_courriel(_courriel()).encode("utf-8", "replace")
    return hmac.digest(str(current_app.secret_key).encode(), b"compte:" + adresse, "sha256").hex()


def _courriel() -> str:
    """Give the address of the account: that of the button that was pressed, else what was typed."""
    return saisie.texte("compte") or saisie.texte("courriel")


def _mot_de_passe() -> str:
    """Give the password: the one that goes with the buttons, when one was pressed, else what was typed."""
    return saisie.secret("mot_de_passe_du_compte" if saisie.texte("compte") else "mot_de_passe")


def _adresse() -> str:
    """Give what failures of an address are counted under: a subscriber to IPv6 has 2^64 of them."""
    try:
        adresse = ip_address(request.remote_addr or "")
    except ValueError:
        return str(request.remote_addr)
    if isinstance(adresse, IPv6Address):
        return str(adresse.ipv4_mapped or ip_network((adresse, 64), strict=False))
    return str(adresse)


def _fenetres() -> tuple[tuple[RateLimitItem, str], ...]:
    """Say under what a try is counted: of a browser known to the account, under its own failures and nobody else's."""
    compte = _compte()
    if navigateur := appareil.connu(compte):
        return ((PAR_COMPTE, f"navigateur:{navigateur}:{compte}"),)
    return (PAR_COMPTE, f"compte:{compte}"), (PAR_ADRESSE, f"adresse:{_adresse()}")


def _compter(fenetres: tuple[tuple[RateLimitItem, str], ...]) -> float | None:
    """Count a try before its password is looked at, so that those that come together are all counted.

    Out: the seconds to wait before another; None when this one is allowed.
    """
    limiteur: FixedWindowRateLimiter = current_app.extensions[_CLE_LIMITEUR]
    # Where the door is closed already nothing is written; then each is counted, whatever the others say.
    pleines = [fenetre for fenetre in fenetres if not limiteur.test(*fenetre)]
    pleines = pleines or [fenetre for fenetre in fenetres if not limiteur.hit(*fenetre)]
    return max((_reste(limiteur, *fenetre) for fenetre in pleines), default=None)


def _reste(limiteur: FixedWindowRateLimiter, fenetre: RateLimitItem, cle: str) -> float:
    # A clock that is set back makes no wait longer than the window.
    return min(limiteur.get_window_stats(fenetre, cle).reset_time - time.time(), fenetre.get_expiry())


def _rendre(fenetres: tuple[tuple[RateLimitItem, str], ...]) -> None:
    """Take back the count of a try whose password was not wrong; what cannot be is told in the log."""
    limiteur: FixedWindowRateLimiter = current_app.extensions[_CLE_LIMITEUR]
    try:
        for fenetre, cle in fenetres:
            limiteur.storage.incr(fenetre.key_for(cle), fenetre.get_expiry(), -1)
    except Exception as panne:  # noqa: BLE001 - whatever it is, who is let in is let in
        journal.warning("tentative non rendue", exc_info=panne)


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
    """Count the try, check the password; the session is renewed."""
    fenetres = _fenetres()
    attente = _compter(fenetres)
    if attente is not None:
        minutes = pluriel(max(1, -(-int(attente) // 60)), "minute")
        return _refuser(429, dire("Trop de tentatives : réessayez dans {minutes}.", minutes=minutes))
    try:
        # Hashing takes long on purpose: nobody's write waits for it.
        utilisateur = comptes.authentifier(lecture(), _courriel(), _mot_de_passe())
        with transaction() as cnx:
            comptes.rafraichir_empreinte(cnx, utilisateur, _mot_de_passe())
            sessions.ouvrir(cnx, session, utilisateur)
    except (ConnexionRefusee, Introuvable):
        return _refuser(422, REFUS)
    except Exception:
        # Nothing was said of the password: our own failure must not close the account.
        _rendre(fenetres)
        raise
    _rendre(fenetres)
    return appareil.retenir(_continuer(utilisateur), _compte())


def _continuer(utilisateur: Utilisateur) -> Response:
    """Go on with what was under way, if it was this person's: nothing of hers is shown to another, nor sent as her."""
    destination = destination_sure(saisie.destination())
    a_reprendre = saisie.reprise(PREFIXE_REPRISE)
    personne = saisie.texte("personne") or a_reprendre.get("personne", "")
    sienne = reconnexion.est_la_sienne(personne, utilisateur)
    if sienne and par_htmx():
        return reconnexion.reprendre()
    if sienne and a_reprendre:
        return page("pages/reprise.html", reprise=a_reprendre, reprise_url=destination)
    if sienne:
        return rediriger(destination)
    notifier(dire(reconnexion.RIEN_REPRIS, nom=utilisateur.nom), ALERTE)
    # A page of the same organisation is hers too, once loaded again; what was sent to it is not a page.
    meme = saisie.texte("organisation") == str(utilisateur.organisme.id)
    return rediriger(destination if meme else liens.CATALOGUE)


@bp.post(liens.DECONNEXION)
@publique
def se_deconnecter() -> Response:
    """End the session at once, here and on the server."""
    with transaction() as cnx:
        sessions.fermer(cnx, session)
    return rediriger(liens.CONNEXION)


def _refuser(statut: int, message: str) -> Response:
    return reconnexion.refuser(message, statut) if par_htmx() else _page(statut, message)


def _page(statut: int, message: str) -> Response:
    poste = request.method == "POST"
    return page(
        "pages/connexion.html",
        statut,
        message=message,
        courriel=_courriel() if poste else "",
        destination=saisie.destination(),
        reprise=saisie.reprise(PREFIXE_REPRISE) if poste else {},
        demonstration=cablage().settings.demonstration,
    )


def destination_sure(demandee: str) -> str:
    """Accept only a path of this site: an address that leads elsewhere becomes the catalogue."""
    if demandee.startswith("/") and not demandee.startswith(("//", "/\\")) and demandee.isprintable():
        return demandee
    return liens.CATALOGUE
