"""The actions of a formation as the lines of its tree, in the order in which they were made, archived ones included.

There may be hundreds: a page is read, and the others are counted.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple, Self
from uuid import UUID

from sqlalchemy import Integer, bindparam, func, select, tuple_

from webapp.domain.noeud import Noeud
from webapp.domain.statuts import Statut
from webapp.persistence import tables_arbre
from webapp.persistence.lecture import Lecture, RequetePreparee

_STATUTS = {statut.value: statut for statut in Statut}
_a = tables_arbre.action.c
_celle = tables_arbre.action.alias("celle").c
_DE_LA_FORMATION = (_a.organisme_id == bindparam("organisme_id"), _a.formation_id == bindparam("formation_id"))
_LIGNES = (
    select(_a.id, _a.numero, _a.statut, _a.version, _a.modalites_enseignement, _a.duree, _a.frais_ttc)
    .where(*_DE_LA_FORMATION)
    .order_by(_a.creee_le, _a.id)
)
_TOUTES = RequetePreparee(_LIGNES)
_PAGE = RequetePreparee(
    _LIGNES.limit(bindparam("limite", type_=Integer)).offset(bindparam("depuis", type_=Integer))
)  # fmt: skip
_PAR_STATUT = RequetePreparee(select(_a.statut, func.count()).where(*_DE_LA_FORMATION).group_by(_a.statut))
_AVANT_ELLE = (
    select(func.count())
    .where(
        _a.organisme_id == _celle.organisme_id,
        _a.formation_id == _celle.formation_id,
        tuple_(_a.creee_le, _a.id) < tuple_(_celle.creee_le, _celle.id),
    )
    .correlate(_celle.id.table)
    .scalar_subquery()
)
_RANG = RequetePreparee(
    select(_AVANT_ELLE).where(
        _celle.organisme_id == bindparam("organisme_id"),
        _celle.formation_id == bindparam("formation_id"),
        _celle.id == bindparam("id"),
    )
)


class LigneAction(NamedTuple):
    """An action as the tree shows it closed."""

    id: UUID
    numero: str
    statut: Statut
    version: int
    modalites_enseignement: str
    duree: str
    frais_ttc: str

    @classmethod
    def de(cls, action: Noeud) -> Self:
        """Give the line of an action that was read whole."""
        faits = (action.fiche.valeur(nom) for nom in ("numero", "modalites_enseignement", "duree", "frais_ttc"))
        numero, modalites, duree, prix = faits
        return cls(action.id, numero, action.statut, action.version, modalites, duree, prix)


def toutes(lecture: Lecture, organisme_id: UUID, formation_id: UUID) -> tuple[LigneAction, ...]:
    """List the actions of a formation."""
    return _lues(_TOUTES.lignes(lecture, organisme_id=organisme_id, formation_id=formation_id))


def page(
    lecture: Lecture, organisme_id: UUID, formation_id: UUID, depuis: int, limite: int
) -> tuple[LigneAction, ...]:  # fmt: skip
    """List some of them, from a rank."""
    lues = _PAGE.lignes(lecture, organisme_id=organisme_id, formation_id=formation_id, depuis=depuis, limite=limite)
    return _lues(lues)


def par_statut(lecture: Lecture, organisme_id: UUID, formation_id: UUID) -> dict[Statut, int]:
    """Count them by status."""
    lues = _PAR_STATUT.lignes(lecture, organisme_id=organisme_id, formation_id=formation_id)
    return {_STATUTS[statut]: nombre for statut, nombre in lues}


def rang(lecture: Lecture, organisme_id: UUID, formation_id: UUID, id: UUID) -> int | None:
    """Give the rank of one of them; None when it is none."""
    avant: int | None = _RANG.valeur(lecture, organisme_id=organisme_id, formation_id=formation_id, id=id)
    return avant


def _lues(lignes: Iterable[tuple[Any, ...]]) -> tuple[LigneAction, ...]:
    return tuple([LigneAction(id_, numero, _STATUTS[statut], *reste) for id_, numero, statut, *reste in lignes])
