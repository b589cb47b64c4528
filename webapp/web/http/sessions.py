"""Sessions: on the server for people signed in, a signed cookie for a visitor.

A signed-in browser holds a random token and nothing else; what it opens is a row that sign-out, expiry, or a change
of password or role makes disappear. The row is read once a request, with the person and the organisation.
"""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import structlog
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from webapp.services import sessions as service
from webapp.web.http.contexte import CLE_EXTENSION, cablage, finir_lecture, oublier

if TYPE_CHECKING:
    from flask import Flask, Request, Response

    from webapp.domain.comptes import Utilisateur
    from webapp.services.sessions import SessionOuverte

PREFIXE = "fv1."
MESSAGES = "_flashes"
"""Where Flask keeps the messages that wait for the next page."""

journal = structlog.get_logger(__name__)


class SessionWeb(SecureCookieSession):
    """What `flask.session` is: a dict, the server's row behind it if there is one, and a token still to be sent."""

    ouverte: SessionOuverte | None = None
    jeton: str = ""
    jeton_a_poser: str | None = None
    expiree = False
    panne: Exception | None = None
    fermee = False


class SessionsServeur(SecureCookieSessionInterface):
    """Flask's session interface over `services.sessions`."""

    session_class = SessionWeb

    def open_session(self, app: Flask, request: Request) -> SessionWeb | None:
        """Read the row behind the token; a dead token gives an empty session marked `expiree`."""
        cookie = _cookie(request, self.get_cookie_name(app))
        if not cookie.startswith(PREFIXE):
            session = super().open_session(app, request)
            return session if isinstance(session, SessionWeb) else None
        lecture = app.extensions[CLE_EXTENSION].base.lecture_du_fil
        try:
            ouverte = service.lire(lecture, cookie.removeprefix(PREFIXE), datetime.now(UTC))
        except Exception as panne:  # noqa: BLE001 - told by the table of errors, which needs a session to be open
            session = SessionWeb()
            session.panne = panne
            # The forms of the page that says so are sent again as they are: their token is that of this session.
            session.jeton = cookie.removeprefix(PREFIXE)
            return session
        if ouverte is None:
            session = SessionWeb()
            session.expiree = True
            return session
        # A list grows in place: what was read is kept apart, to know what has changed.
        session = SessionWeb(copy.deepcopy(ouverte.donnees))
        session.jeton = cookie.removeprefix(PREFIXE)
        session.ouverte = ouverte
        return session

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """Write the row if its data changed or if its end comes near; send the token once, at sign-in."""
        if session.ouverte is None:
            if session.panne is not None or (session.expiree and not session.modified and not session.fermee):
                return
            super().save_session(app, session, response)
            return
        instant = datetime.now(UTC)
        prolonger = service.a_prolonger(session.ouverte, instant)
        if session.modified or prolonger:
            try:
                finir_lecture()
                with app.extensions[CLE_EXTENSION].base.ecriture() as cnx:
                    if session.modified:
                        service.ecrire(cnx, session.ouverte, _en_json(session))
                    if prolonger:
                        service.prolonger(cnx, session.ouverte, instant)
            except Exception as panne:  # whatever it is; raised again where it counts
                # Neither a message taken or left for the next page nor a longer session is worth the answer itself:
                # it is served, and what could not be kept is told in the log.
                if _sans_messages(session) != _sans_messages(session.ouverte.donnees):
                    # The page that says so has nothing left to keep.
                    session.clear()
                    session.update(session.ouverte.donnees)
                    session.modified = False
                    raise
                journal.warning("session non gardée", exc_info=panne)
        if session.jeton_a_poser is not None:
            response.set_cookie(
                self.get_cookie_name(app), PREFIXE + session.jeton_a_poser, httponly=True,
                secure=self.get_cookie_secure(app), samesite=self.get_cookie_samesite(app),
                path=self.get_cookie_path(app),
            )  # fmt: skip


def _en_json(session: SessionWeb) -> dict[str, Any]:
    """Give what a session remembers as it will be read: Flask leaves its messages in tuples."""
    return {nom: [*map(list, valeur)] if nom == MESSAGES else valeur for nom, valeur in session.items()}


def _sans_messages(donnees: dict[str, Any]) -> dict[str, Any]:
    """Give what a session remembers, but the messages that wait for a page."""
    return {nom: valeur for nom, valeur in donnees.items() if nom != MESSAGES}


def _cookie(requete: Request, nom: str) -> str:
    """Give a cookie whose value needs no decoding, as a token does: reading them all costs ten times as much."""
    for morceau in requete.environ.get("HTTP_COOKIE", "").split(";"):
        trouve, _, valeur = morceau.partition("=")
        if trouve.strip() == nom:
            return str(valeur).strip()
    return ""


def ouvrir(cnx: Any, session: Any, utilisateur: Utilisateur) -> None:
    """Renew the session at sign-in: nothing of the visitor's session survives, the token is new."""
    instant = datetime.now(UTC)
    fermer(cnx, session)
    jeton = service.ouvrir(cnx, utilisateur, instant)
    session.ouverte = service.lire(cnx, jeton, instant)
    session.jeton = session.jeton_a_poser = jeton
    session.fermee = False
    oublier()


def a_disparu(session: Any) -> bool:
    """Say whether the session that the request came with has gone since: ended, or its account removed.

    The request is then nobody's any more.
    """
    if session.ouverte is None:
        return False
    finir_lecture()
    if service.lire(cablage().base.lecture_du_fil, session.jeton, datetime.now(UTC)) is not None:
        return False
    session.clear()
    session.ouverte = None
    session.modified = False
    session.expiree = True
    oublier()
    return True


def fermer(cnx: Any, session: Any) -> None:
    """End the session: the row disappears now, the browser forgets the token."""
    if session.ouverte is not None:
        service.fermer(cnx, session.jeton)
        session.ouverte = None
    session.clear()
    session.modified = True
    session.fermee = True
    oublier()
