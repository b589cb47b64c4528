"""Sessions, kept on the server: the cookie holds a random token, the database only its digest.

A session lives eight hours from the last time it was prolonged, and dies at sign-out, when the account closes, and
when the password or the role changes.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.comptes import Utilisateur
from webapp.persistence import sessions
from webapp.persistence.comptes import lire_utilisateur
from webapp.persistence.lecture import Lecture

DUREE = timedelta(hours=8)
PAS = timedelta(minutes=5)
"""A session is prolonged at most this often: a write at each click would cost more than the click."""

_OCTETS = 32


@dataclass(frozen=True, slots=True)
class SessionOuverte:
    """A live session: who it is, what it remembers (JSON values), when it ends. `cle` is the digest of the token."""

    cle: str
    utilisateur: Utilisateur
    donnees: dict[str, Any]
    expire_le: datetime


def ouvrir(cnx: Connection, utilisateur: Utilisateur, maintenant: datetime) -> str:
    """Open a session and give the token to put in the cookie; it can never be read again.

    Raises Introuvable when the account has gone since it was recognised.
    """
    jeton = secrets.token_urlsafe(_OCTETS)
    sessions.ajouter(cnx, _cle(jeton), utilisateur, maintenant + DUREE)
    sessions.balayer(cnx, maintenant)
    return jeton


def lire(lecture: Lecture, jeton: str, maintenant: datetime) -> SessionOuverte | None:
    """Find the session of a token; None when it is unknown, has ended, or the account is closed."""
    cle = _cle(jeton)
    ligne = sessions.lire(lecture, cle, maintenant)
    if ligne is None:
        return None
    donnees, expire_le, *colonnes = ligne
    return SessionOuverte(cle, lire_utilisateur(tuple(colonnes)), donnees, expire_le)


def ecrire(cnx: Connection, session: SessionOuverte, donnees: dict[str, Any]) -> SessionOuverte:
    """Keep what has changed in what a session remembers since it was read, and give the session as it is then.

    What another request has kept meanwhile stays: nothing else is written over. A list is changed by what was added to
    it and taken from it.
    """
    gardees = fusionner(session.donnees, donnees, sessions.relire_donnees(cnx, session.cle))
    sessions.changer_donnees(cnx, session.cle, gardees)
    return replace(session, donnees=gardees)


def fusionner(lues: dict[str, Any], voulues: dict[str, Any], presentes: dict[str, Any]) -> dict[str, Any]:
    """Make in the values that are there now the changes from those that were read to those that are wanted."""
    fusion = dict(presentes)
    for nom in lues.keys() | voulues.keys():
        avant, apres = lues.get(nom), voulues.get(nom)
        if nom in lues and nom in voulues and avant == apres:
            continue
        if isinstance(avant, list) or isinstance(apres, list):
            apres = _fusionner_listes(avant or [], apres or [], fusion.get(nom) or [])
            garde = bool(apres) or nom in voulues
        else:
            garde = nom in voulues
        if garde:
            fusion[nom] = apres
        else:
            fusion.pop(nom, None)
    return fusion


def _fusionner_listes(lue: list[Any], voulue: list[Any], presente: list[Any]) -> list[Any]:
    """Take from a list what was taken, and add what was added: it is emptied from its head and filled by its tail."""
    suivie = voulue[: len(lue)] == lue
    prises, ajoutees = ([], voulue[len(lue) :]) if suivie else (lue, voulue)
    reste = list(presente)
    for prise in prises:
        if prise in reste:
            reste.remove(prise)
    return reste + ajoutees


def a_prolonger(session: SessionOuverte, maintenant: datetime) -> bool:
    """Say whether a session was last prolonged long enough ago to be prolonged again."""
    return session.expire_le - maintenant < DUREE - PAS


def prolonger(cnx: Connection, session: SessionOuverte, maintenant: datetime) -> SessionOuverte:
    """Make a session last eight hours from now, and give the session as it is then."""
    expire_le = maintenant + DUREE
    sessions.changer_echeance(cnx, session.cle, expire_le)
    return replace(session, expire_le=expire_le)


def fermer(cnx: Connection, jeton: str) -> None:
    """End the session of a token; nothing happens when there is none."""
    sessions.fermer(cnx, _cle(jeton))


def fermer_toutes(cnx: Connection, utilisateur_id: UUID) -> int:
    """End every session of a person, and say how many there were."""
    return sessions.fermer_toutes(cnx, utilisateur_id)


def _cle(jeton: str) -> str:
    return hashlib.sha256(jeton.encode("utf-8", "surrogatepass")).hexdigest()
