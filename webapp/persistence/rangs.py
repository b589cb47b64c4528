"""The place of a formation in the list of its organisation: what was saved last has the greatest.

It is the moment of the save, in microseconds since 1970, or one above all that stands there when that is later: a
reference date that goes back, or a clock that is set back, sends nothing down the list.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, func, literal_column, select, union_all

from webapp.domain.formation import Formation
from webapp.domain.statuts import Statut
from webapp.persistence.tables import formation

_EPOQUE = datetime(1970, 1, 1, tzinfo=UTC)


def en_tete() -> ScalarSelect[Any]:
    """Give the place of what is saved now, for a statement that is given the values of `place` beside its own.

    One greatest place is asked for each status: an index gives it at once.
    """
    autre = formation.alias("autre")
    rang, organisme_id = formation.c.rang, formation.c.organisme_id
    plus_hauts = union_all(
        select((bindparam("instant", type_=rang.type) - 1).label("rang")),
        *(
            select(func.max(autre.c.rang)).where(
                autre.c.organisme_id == bindparam("de_l_organisme", type_=organisme_id.type),
                autre.c.statut == literal_column(f"'{statut.value}'"),
            )
            for statut in Statut
        ),
    ).subquery("plus_hauts")
    return select(func.max(plus_hauts.c.rang) + 1).scalar_subquery()


def place(une: Formation) -> dict[str, Any]:
    """Give the values that `en_tete` asks for."""
    return {"instant": a_sa_date(une), "de_l_organisme": une.organisme_id}


def a_sa_date(une: Formation) -> int:
    """Give the place that the date of its last save gives a formation, whatever stands in the list."""
    return (une.modifiee_le - _EPOQUE) // datetime.resolution
