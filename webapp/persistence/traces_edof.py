"""What objects keep of the portal's file that they come from: rows to domain values and back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, delete, select, union_all

from webapp.domain.champs import Niveau
from webapp.domain.imports import Trace
from webapp.persistence.insertion_en_masse import inserer
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.tables_import import trace_action, trace_formation, trace_session

_TABLES: Mapping[Niveau, Table] = {
    Niveau.FORMATION: trace_formation, Niveau.ACTION: trace_action, Niveau.SESSION: trace_session,
}  # fmt: skip
_NOMS = ("id", "version", "rang", "cree_le", "modifie_le", "contenu")


def _des_siennes(table: Table) -> Any:
    return select(*(table.c[nom] for nom in _NOMS)).where(
        table.c.organisme_id == bindparam("organisme_id", type_=table.c.organisme_id.type),
        table.c.formation_id.in_(bindparam("formations", expanding=True, type_=table.c.formation_id.type)),
    )


_DES_FORMATIONS = RequetePreparee(union_all(*[_des_siennes(table) for table in _TABLES.values()]))
_D_UN = {
    niveau: RequetePreparee(
        select(*(t.c[nom] for nom in _NOMS[1:])).where(
            t.c.organisme_id == bindparam("organisme_id", type_=t.c.organisme_id.type),
            t.c.id == bindparam("id", type_=t.c.id.type),
        )
    )
    for niveau, t in _TABLES.items()
}  # fmt: skip
_RETRAITS = {
    niveau: delete(t).where(t.c.organisme_id == bindparam("b_organisme_id"), t.c.id == bindparam("b_id"))
    for niveau, t in _TABLES.items()
}

Posee = tuple[Niveau, UUID, UUID, Trace]
"""What an object keeps: its level, its id, that of its formation."""


def des_formations(lecture: Lecture, organisme_id: UUID, formations: Sequence[UUID]) -> dict[UUID, Trace]:
    """Give what these formations and all that they hold keep, by the ids of the objects; most keep nothing."""
    if not formations:
        return {}
    lues = _DES_FORMATIONS.lignes(lecture, organisme_id=organisme_id, formations=list(formations))
    return {
        id_: Trace.lire(version, rang, (cree_le, modifie_le), contenu)
        for id_, version, rang, cree_le, modifie_le, contenu in lues
    }


def d_un(lecture: Lecture, organisme_id: UUID, niveau: Niveau, id: UUID) -> Trace | None:
    """Give what an object keeps; None when it keeps nothing."""
    lue = _D_UN[niveau].ligne(lecture, organisme_id=organisme_id, id=id)
    if lue is None:
        return None
    version, rang, cree_le, modifie_le, contenu = lue
    return Trace.lire(version, rang, (cree_le, modifie_le), contenu)


def poser(cnx: Connection, organisme_id: UUID, traces: Iterable[Posee], connues: Iterable[UUID]) -> None:
    """Keep what these objects are to keep, in place of what they did; `connues`: the ids of those that did."""
    deja = frozenset(connues)
    neuves: dict[Niveau, list[dict[str, Any]]] = {}
    for niveau, id_, formation_id, trace in traces:
        if id_ in deja:
            oublier(cnx, organisme_id, niveau, id_)
        neuves.setdefault(niveau, []).append({
            "organisme_id": organisme_id, "id": id_, "formation_id": formation_id, "version": trace.version,
            "rang": trace.rang, "cree_le": trace.cree_le, "modifie_le": trace.modifie_le, "contenu": trace.contenu(),
        })  # fmt: skip
    for niveau, lignes in neuves.items():
        inserer(cnx, _TABLES[niveau], lignes)


def oublier(cnx: Connection, organisme_id: UUID, niveau: Niveau, id: UUID) -> None:
    """Keep nothing any more for an object."""
    cnx.execute(_RETRAITS[niveau], {"b_organisme_id": organisme_id, "b_id": id})
