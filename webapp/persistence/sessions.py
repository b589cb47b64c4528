"""Open sessions: what a cookie's digest leads to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, true, update
from sqlalchemy.exc import IntegrityError

from webapp.domain.comptes import Utilisateur
from webapp.domain.refus import Introuvable
from webapp.persistence.comptes import COLONNES_ORGANISME, COLONNES_UTILISATEUR
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.tables import organisme, session_ouverte, utilisateur

_s = session_ouverte.c
_LECTURE = RequetePreparee(
    select(_s.donnees, _s.expire_le, *COLONNES_UTILISATEUR, *COLONNES_ORGANISME)
    .join_from(
        session_ouverte, utilisateur,
        (_s.organisme_id == utilisateur.c.organisme_id) & (_s.utilisateur_id == utilisateur.c.id),
    )
    .join(organisme, organisme.c.id == _s.organisme_id)
    .where(_s.cle == bindparam("cle"), _s.expire_le > bindparam("maintenant"), utilisateur.c.actif == true())
)  # fmt: skip
_OUVERTURE = insert(session_ouverte)
_RELECTURE = select(_s.donnees).where(_s.cle == bindparam("cle")).with_for_update()
_DONNEES = (
    update(session_ouverte)
    .where(_s.cle == bindparam("b_cle"))
    .values(donnees=bindparam("valeur", type_=_s.donnees.type))
)
_ECHEANCE = (
    update(session_ouverte)
    .where(_s.cle == bindparam("b_cle"))
    .values(expire_le=bindparam("valeur", type_=_s.expire_le.type))
)
_FERMETURE = delete(session_ouverte).where(_s.cle == bindparam("cle"))
_FERMETURES = delete(session_ouverte).where(_s.utilisateur_id == bindparam("utilisateur_id"))
# Those another transaction is closing are left to it: two sweeps never wait for each other.
_EXPIREES = delete(session_ouverte).where(
    _s.cle.in_(select(_s.cle).where(_s.expire_le <= bindparam("maintenant")).with_for_update(skip_locked=True))
)


def lire(lecture: Lecture, cle: str, maintenant: datetime) -> tuple[Any, ...] | None:
    """Find a live session of an open account: donnees, expire_le, then the person's and organisation's columns."""
    return _LECTURE.ligne(lecture, cle=cle, maintenant=maintenant)


def ajouter(cnx: Connection, cle: str, utilisateur: Utilisateur, expire_le: datetime) -> None:
    """Keep a new session, empty. Raises Introuvable when the account has just gone; the caller gives up."""
    valeurs = {
        "cle": cle, "organisme_id": utilisateur.organisme.id, "utilisateur_id": utilisateur.id, "donnees": {},
        "expire_le": expire_le,
    }  # fmt: skip
    try:
        cnx.execute(_OUVERTURE, valeurs)
    except IntegrityError:
        raise Introuvable from None


def relire_donnees(cnx: Connection, cle: str) -> dict[str, Any]:
    """Give what a session remembers now, kept from changing until the transaction ends; nothing when it is gone."""
    return cnx.execute(_RELECTURE, {"cle": cle}).scalar_one_or_none() or {}


def changer_donnees(cnx: Connection, cle: str, donnees: dict[str, Any]) -> None:
    """Replace what a session remembers."""
    cnx.execute(_DONNEES, {"b_cle": cle, "valeur": donnees})


def changer_echeance(cnx: Connection, cle: str, expire_le: datetime) -> None:
    """Set when a session ends."""
    cnx.execute(_ECHEANCE, {"b_cle": cle, "valeur": expire_le})


def fermer(cnx: Connection, cle: str) -> None:
    """Remove a session."""
    cnx.execute(_FERMETURE, {"cle": cle})


def fermer_toutes(cnx: Connection, utilisateur_id: UUID) -> int:
    """Remove every session of a person, and say how many."""
    return cnx.execute(_FERMETURES, {"utilisateur_id": utilisateur_id}).rowcount


def balayer(cnx: Connection, maintenant: datetime) -> None:
    """Remove the sessions that have ended."""
    cnx.execute(_EXPIREES, {"maintenant": maintenant})
