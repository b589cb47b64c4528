"""Organisations and people: rows to domain values and back."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from webapp.domain.comptes import Organisme, Role, Utilisateur, cle_courriel
from webapp.domain.textes import caracteres_interdits
from webapp.persistence.contraintes import COURRIEL_UNIQUE, SIRET_UNIQUE, contrainte_violee
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.tables import organisme, utilisateur

_o = organisme.c
_u = utilisateur.c
COLONNES_ORGANISME = (_o.id, _o.nom, _o.siret, _o.date_reference, _o.alsace_moselle)
COLONNES_UTILISATEUR = (_u.id, _u.nom, _u.courriel, _u.role)

_UTILISATEURS = select(*COLONNES_UTILISATEUR, *COLONNES_ORGANISME, _u.empreinte, _u.actif).join_from(
    utilisateur, organisme, _u.organisme_id == _o.id
)
_PAR_COURRIEL = RequetePreparee(_UTILISATEURS.where(_u.courriel_cle == bindparam("cle")))
_PAR_ID = RequetePreparee(_UTILISATEURS.where(_u.id == bindparam("id")))
_ORGANISME = select(*COLONNES_ORGANISME).where(_o.id == bindparam("id"))
_ORGANISME_DE_SIRET = select(*COLONNES_ORGANISME).where(_o.siret == bindparam("siret"))
_DES_ORGANISMES = select(exists(select(_o.id)))
_NOUVEL_ORGANISME = insert(organisme)
_DATE_REFERENCE = update(organisme).where(_o.id == bindparam("b_id")).values(date_reference=bindparam("date"))
_ALSACE_MOSELLE = update(organisme).where(_o.id == bindparam("b_id")).values(alsace_moselle=bindparam("valeur"))
_SANS_ORGANISME = delete(organisme).where(_o.id == bindparam("id"))
_NOUVEL_UTILISATEUR = insert(utilisateur)
_EMPREINTE = update(utilisateur).where(_u.id == bindparam("b_id")).values(empreinte=bindparam("valeur"))
_ROLE = update(utilisateur).where(_u.id == bindparam("b_id")).values(role=bindparam("valeur"))
_ACTIF = update(utilisateur).where(_u.id == bindparam("b_id")).values(actif=bindparam("valeur"))


class DejaPris(Exception):  # noqa: N818 - an answer of the database, turned into a refusal above
    """Another account has this address, or another organisation this SIRET."""


class Compte(NamedTuple):
    """A person as the sign-in needs them: with the hash of the password (None: none was set) and open or closed."""

    utilisateur: Utilisateur
    empreinte: str | None
    actif: bool


@lru_cache(maxsize=1024)  # The same people come back at every request.
def lire_utilisateur(colonnes: tuple[Any, ...]) -> Utilisateur:
    """Make a person of the values of COLONNES_UTILISATEUR then COLONNES_ORGANISME."""
    id_, nom, courriel, role, *de_l_organisme = colonnes
    return Utilisateur(id_, Organisme(*de_l_organisme), nom, courriel, Role(role))


def compte_par_courriel(lecture: Lecture, courriel: str) -> Compte | None:
    """Find an account by its address, whatever its case."""
    cle = cle_courriel(courriel)
    # What no driver can send cannot be anybody's address.
    return None if caracteres_interdits(cle) else _compte(_PAR_COURRIEL.ligne(lecture, cle=cle))


def compte_par_id(lecture: Lecture, id: UUID) -> Compte | None:
    """Find an account by its id."""
    return _compte(_PAR_ID.ligne(lecture, id=id))


def organisme_par_id(cnx: Connection, id: UUID) -> Organisme | None:
    """Find an organisation by its id."""
    ligne = cnx.execute(_ORGANISME, {"id": id}).first()
    return None if ligne is None else Organisme(*ligne)


def organisme_par_siret(cnx: Connection, siret: str) -> Organisme | None:
    """Find an organisation by its SIRET, written without spaces."""
    ligne = cnx.execute(_ORGANISME_DE_SIRET, {"siret": siret}).first()
    return None if ligne is None else Organisme(*ligne)


def aucun_organisme(cnx: Connection) -> bool:
    """Say whether the database holds no organisation at all."""
    return not cnx.execute(_DES_ORGANISMES).scalar_one()


def ajouter_organisme(cnx: Connection, nouveau: Organisme) -> None:
    """Add an organisation. Raises DejaPris; the caller gives up the transaction."""
    valeurs = {
        "id": nouveau.id, "nom": nouveau.nom, "siret": nouveau.siret, "date_reference": nouveau.date_reference,
        "alsace_moselle": nouveau.alsace_moselle,
    }  # fmt: skip
    _inserer(cnx, _NOUVEL_ORGANISME, valeurs, SIRET_UNIQUE)


def changer_alsace_moselle(cnx: Connection, organisme_id: UUID, *, valeur: bool) -> bool:
    """Say whether an organisation keeps the holidays of Alsace and Moselle. Out: False when there is none."""
    return cnx.execute(_ALSACE_MOSELLE, {"b_id": organisme_id, "valeur": valeur}).rowcount == 1


def changer_date_reference(cnx: Connection, organisme_id: UUID, jour: date | None) -> bool:
    """Set or remove the reference date of an organisation. Out: False when there is none of that id."""
    return cnx.execute(_DATE_REFERENCE, {"b_id": organisme_id, "date": jour}).rowcount == 1


def supprimer_organisme(cnx: Connection, organisme_id: UUID) -> bool:
    """Remove an organisation and all that belongs to it. Out: False when there is none of that id."""
    return cnx.execute(_SANS_ORGANISME, {"id": organisme_id}).rowcount == 1


def ajouter_utilisateur(cnx: Connection, nouveau: Utilisateur, empreinte: str | None) -> None:
    """Add a person, with an open account. Raises DejaPris; the caller gives up the transaction."""
    valeurs = {
        "organisme_id": nouveau.organisme.id, "id": nouveau.id, "nom": nouveau.nom, "courriel": nouveau.courriel,
        "courriel_cle": cle_courriel(nouveau.courriel), "role": nouveau.role.value, "empreinte": empreinte,
        "actif": True,
    }  # fmt: skip
    _inserer(cnx, _NOUVEL_UTILISATEUR, valeurs, COURRIEL_UNIQUE)


def changer_empreinte(cnx: Connection, id: UUID, empreinte: str) -> None:
    """Set the hash of a password."""
    cnx.execute(_EMPREINTE, {"b_id": id, "valeur": empreinte})


def changer_role(cnx: Connection, id: UUID, role: Role) -> None:
    """Set the role of a person."""
    cnx.execute(_ROLE, {"b_id": id, "valeur": role.value})


def changer_actif(cnx: Connection, id: UUID, *, actif: bool) -> None:
    """Open or close an account."""
    cnx.execute(_ACTIF, {"b_id": id, "valeur": actif})


def _compte(ligne: tuple[Any, ...] | None) -> Compte | None:
    if ligne is None:
        return None
    *colonnes, empreinte, actif = ligne
    return Compte(lire_utilisateur(tuple(colonnes)), empreinte, actif)


def _inserer(cnx: Connection, requete: Any, valeurs: dict[str, Any], unique: str) -> None:
    try:
        cnx.execute(requete, valeurs)
    except IntegrityError as erreur:
        raise (DejaPris() if contrainte_violee(erreur) == unique else erreur) from erreur
