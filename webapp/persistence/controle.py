"""A whole catalogue in pages, with its trees; and the few facts from which a card tells whether one can be published.

By keyset, saved last first, as the catalogue is listed: where a reading stopped, another goes on.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    ScalarSelect,
    Table,
    Text,
    Uuid,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    true,
    tuple_,
    type_coerce,
    union_all,
)

from webapp.domain.formation import Formation
from webapp.domain.statuts import Statut
from webapp.persistence import formations
from webapp.persistence.contraintes import HORS_ARCHIVES
from webapp.persistence.lecture import Lecture, RequetePreparee, par_lots
from webapp.persistence.tables import action, contact, formation, lieu
from webapp.persistence.tables import session_formation as session

_f, _a, _s = formation.c, action.c, session.c
_DU_SIEN = bindparam("organisme_id", type_=Uuid())
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_VALIDEE = Statut.VALIDEE.value

_AU_TRAVAIL = (
    select(_f.rang, *formations.COLONNES)
    .where(_f.organisme_id == _DU_SIEN, HORS_ARCHIVES)
    .order_by(_f.rang.desc(), _f.id.desc())
    .limit(bindparam("limite"))
)
_MARQUE = tuple_(bindparam("rang", type_=_f.rang.type), bindparam("id", type_=_f.id.type))
_DEBUT = RequetePreparee(_AU_TRAVAIL)
_SUITE = RequetePreparee(_AU_TRAVAIL.where(tuple_(_f.rang, _f.id) < _MARQUE))
_SESSIONS = RequetePreparee(
    select(_s.formation_id, func.count())
    .where(_s.organisme_id == _DU_SIEN, _s.formation_id.in_(_IDS))
    .group_by(_s.formation_id)
)
_UNE_DE_PLUS = RequetePreparee(
    select(_s.action_id)
    .where(_s.organisme_id == _DU_SIEN, _s.formation_id == bindparam("formation_id"))
    .limit(1)
    .offset(bindparam("nombre", type_=Integer))
)

_D_UNE_FORMATION = (_a.organisme_id == _f.organisme_id, _a.formation_id == _f.id)
_SESSION_VALIDEE = (
    _s.organisme_id == _a.organisme_id, _s.formation_id == _a.formation_id, _s.action_id == _a.id,
    _s.statut == _VALIDEE,
)  # fmt: skip


def _premiere_action(*telle: ColumnElement[bool]) -> ScalarSelect[Any]:
    """Give the first action of a formation that is so: in the order of an index, which tells the engine to stop there.

    Whatever it knows of the tables, it then neither sorts a tree nor goes through those of others.
    """
    premiere = select(_a.id).where(*_D_UNE_FORMATION, *telle).order_by(_a.creee_le, _a.id).limit(1)
    return premiere.correlate(formation).scalar_subquery()


def _de_ceux_la(table: Table, dialecte: str) -> tuple[FromClause, ColumnElement[bool]]:
    """Give where the rows of an organisation that have these ids are read, and what keeps only them.

    SQLite, which has counted nothing, takes an organisation for ten rows: asked for twenty ids, it reads the tree of
    the whole catalogue. Led by the list of ids, it looks for each by the key. Those that are not there come empty.
    """
    sienne = table.c.organisme_id == _DU_SIEN
    if dialecte != "sqlite":
        return table, and_(sienne, table.c.id.in_(_IDS))
    liste = func.json_each(bindparam("ids", type_=Text)).table_valued("value", name="demandees")
    return liste.outerjoin(table, and_(sienne, type_coerce(table.c.id, Text) == liste.c.value)), true()


def _ids(dialecte: str, ids: Sequence[UUID]) -> Any:
    return json.dumps([id_.hex for id_ in ids]) if dialecte == "sqlite" else list(ids)


_FAITS_LUS = (
    _f.id, _f.version, _f.statut,
    _premiere_action(_a.statut != Statut.ARCHIVEE.value).label("actions"),
    _premiere_action(_a.statut == _VALIDEE).label("validees"),
    _premiere_action(_a.statut == _VALIDEE, exists().where(*_SESSION_VALIDEE).correlate(action)).label("action_id"),
    select(func.coalesce(func.sum(_a.version), 0)).where(*_D_UNE_FORMATION).correlate(formation)
    .scalar_subquery().label("versions"),
)  # fmt: skip


@cache
def _faits(dialecte: str) -> RequetePreparee:
    ou, celles = _de_ceux_la(formation, dialecte)
    return RequetePreparee(select(*_FAITS_LUS).select_from(ou).where(celles))


@cache
def _places(dialecte: str) -> RequetePreparee:
    ou, celles_la = _de_ceux_la(formation, dialecte)
    return RequetePreparee(select(_f.rang, _f.id, _f.statut).select_from(ou).where(celles_la))


@cache
def _celles(dialecte: str) -> RequetePreparee:
    ou, celles_la = _de_ceux_la(formation, dialecte)
    return RequetePreparee(select(_f.rang, *formations.COLONNES).select_from(ou).where(celles_la))


def _de_sa_premiere_session(colonne: ColumnElement[Any]) -> ScalarSelect[Any]:
    """Give a column of the first session « validée » of an action, in the order of dates."""
    premiere = select(colonne).where(*_SESSION_VALIDEE).order_by(_s.debut, _s.id).limit(1)
    return premiere.correlate(action).scalar_subquery()


_PREMIERE_SESSION = (
    _a.id, _de_sa_premiere_session(_s.id).label("session_id"),
    _de_sa_premiere_session(_s.version).label("session_version"),
)  # fmt: skip


@cache
def _premieres_sessions(dialecte: str) -> RequetePreparee:
    ou, celles = _de_ceux_la(action, dialecte)
    return RequetePreparee(select(*_PREMIERE_SESSION).select_from(ou).where(celles))


_ANNUAIRE = RequetePreparee(
    union_all(*[
        select(literal_column(str(rang), Integer), func.count(), func.coalesce(func.sum(table.c.version), 0))
        .where(table.c.organisme_id == _DU_SIEN)
        for rang, table in enumerate((contact, lieu))
    ])
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Faits:
    """What the statuses say of a formation « validée » and of its tree, and what changes when any of it does.

    `action_id` is its first action « validée » that has a session « validée ». `versions` adds up those of its actions.
    """

    id: UUID
    version: int
    actions: bool
    validees: bool
    action_id: UUID | None
    versions: int


def page(
    lecture: Lecture, organisme_id: UUID, apres: tuple[int, UUID] | None, limite: int
) -> list[tuple[int, Formation]]:
    """Give the next formations of the working catalogue, whole, each with its rank; `apres` is a rank and its id."""
    if apres is None:
        lignes = _DEBUT.lignes(lecture, organisme_id=organisme_id, limite=limite)
    else:
        lignes = _SUITE.lignes(lecture, organisme_id=organisme_id, limite=limite, rang=apres[0], id=apres[1])
    return [(rang, formations.lire(ligne)) for rang, *ligne in lignes]


def places(lecture: Lecture, organisme_id: UUID, ids: Sequence[UUID]) -> list[tuple[int, UUID]]:
    """Give where those of these formations that are in the working catalogue stand there, saved last first."""
    dialecte = lecture.dialect.name
    lues: list[tuple[int, UUID]] = []
    for lot in par_lots(ids):
        lignes = _places(dialecte).lignes(lecture, organisme_id=organisme_id, ids=_ids(dialecte, lot))
        lues += [(rang, id_) for rang, id_, statut in lignes if id_ is not None and statut != Statut.ARCHIVEE.value]
    return sorted(lues, reverse=True)


def celles(lecture: Lecture, organisme_id: UUID, ids: Sequence[UUID]) -> list[tuple[int, Formation]]:
    """Give those of these formations that are in the working catalogue as `page` does: whole, each with its rank."""
    dialecte = lecture.dialect.name
    lignes = _celles(dialecte).lignes(lecture, organisme_id=organisme_id, ids=_ids(dialecte, ids))
    lues = [(rang, formations.lire(ligne)) for rang, *ligne in lignes if rang is not None]
    au_travail = [une for une in lues if une[1].statut is not Statut.ARCHIVEE]
    return sorted(au_travail, key=lambda une: (une[0], une[1].id), reverse=True)


def sessions_par_formation(lecture: Lecture, organisme_id: UUID, ids: Sequence[UUID]) -> dict[UUID, int]:
    """Count the sessions of each of these formations, archived ones included; those that have none are absent."""
    lignes = _SESSIONS.lignes(lecture, organisme_id=organisme_id, ids=list(ids))
    return {id_: nombre for id_, nombre in lignes}  # noqa: C416 - a row is not a pair for the types


def a_plus_de_sessions(lecture: Lecture, organisme_id: UUID, formation_id: UUID, nombre: int) -> bool:
    """Say whether a formation holds more sessions than that, archived ones included: no more of them are read."""
    une = _UNE_DE_PLUS.ligne(lecture, organisme_id=organisme_id, formation_id=formation_id, nombre=nombre)
    return une is not None


def faits(lecture: Lecture, organisme_id: UUID, ids: Sequence[UUID]) -> list[Faits]:
    """Give the facts of those of these formations that are « validées »."""
    dialecte = lecture.dialect.name
    lignes = _faits(dialecte).lignes(lecture, organisme_id=organisme_id, ids=_ids(dialecte, ids))
    return [
        Faits(id_, version, actions is not None, validees is not None, action_id, int(versions))
        for id_, version, statut, actions, validees, action_id, versions in lignes
        if statut == _VALIDEE
    ]


def premieres_sessions(lecture: Lecture, organisme_id: UUID, actions: Sequence[UUID]) -> dict[UUID, tuple[UUID, int]]:
    """Give the id and the version of a session « validée » of each of these actions."""
    dialecte = lecture.dialect.name
    lignes = _premieres_sessions(dialecte).lignes(lecture, organisme_id=organisme_id, ids=_ids(dialecte, actions))
    return {id_: (session_id, version) for id_, session_id, version in lignes if session_id is not None}


def empreinte_de_l_annuaire(lecture: Lecture, organisme_id: UUID) -> tuple[tuple[int, int, int], ...]:
    """Give what changes whenever a contact or a place of an organisation does: how many, and their versions added."""
    lignes = _ANNUAIRE.lignes(lecture, organisme_id=organisme_id)
    return tuple(sorted((rang, nombre, int(versions)) for rang, nombre, versions in lignes))
