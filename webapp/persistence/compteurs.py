"""Kept counts: how many formations an organisation has, by status, by type of formation, by certification.

Counting a catalogue of a million formations at each page would cost more than the page. They follow every write, in its
transaction.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple, Self
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from webapp.domain.formation import Formation
from webapp.domain.statuts import Statut
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.tables import compteur_catalogue, compteur_statut

_c = compteur_statut.c
_d = compteur_catalogue.c
_DU_SIEN = _d.organisme_id == bindparam("organisme_id")
_COMPTES = RequetePreparee(select(_c.statut, _c.nombre).where(_c.organisme_id == bindparam("organisme_id")))
_OUVERTURE = insert(compteur_statut)
_MOUVEMENT = (
    update(compteur_statut)
    .where(_c.organisme_id == bindparam("b_organisme_id"), _c.statut == bindparam("b_statut"))
    .values(nombre=_c.nombre + bindparam("ecart"))
)
# A row comes with the first formation of its kind, and stays at zero after the last.
_DETAIL = (
    update(compteur_catalogue)
    .where(
        _d.organisme_id == bindparam("b_organisme_id"), _d.certification == bindparam("b_certification"),
        _d.type_formation == bindparam("b_type_formation"), _d.statut == bindparam("b_statut"),
    )
    .values(nombre=_d.nombre + bindparam("ecart"))
)  # fmt: skip
_DETAIL_NOUVEAU = {
    nom: (insertion := dialecte.insert(compteur_catalogue)).on_conflict_do_update(
        index_elements=["organisme_id", "certification", "type_formation", "statut"],
        set_={"nombre": _d.nombre + insertion.excluded.nombre},
    )
    for nom, dialecte in (("sqlite", sqlite), ("postgresql", postgresql))
}
_LES_PLUS_PREPAREES = RequetePreparee(
    select(_d.certification)
    .where(_DU_SIEN)
    .group_by(_d.certification)
    .having(func.sum(_d.nombre) > 0)
    .order_by(func.sum(_d.nombre).desc(), _d.certification)
    .limit(bindparam("limite"))
)


class Sorte(NamedTuple):
    """What formations are counted together by: their status, their type and their certification."""

    statut: Statut
    type_formation: str
    certification: str

    @classmethod
    def de(cls, une: Formation) -> Self:
        """Give that of a formation."""
        return cls(une.statut, une.fiche.type_formation, une.fiche.certification)


def ouvrir(cnx: Connection, organisme_id: UUID) -> None:
    """Start the counts of a new organisation at zero."""
    cnx.execute(_OUVERTURE, [{"organisme_id": organisme_id, "statut": s.value, "nombre": 0} for s in Statut])


def par_statut(lecture: Lecture, organisme_id: UUID) -> dict[Statut, int]:
    """Give how many formations an organisation has in each status, in the order of the statuses."""
    return _complets(_COMPTES.lignes(lecture, organisme_id=organisme_id))


def par_statut_de(lecture: Lecture, organisme_id: UUID, type_formation: str, certification: str) -> dict[Statut, int]:
    """Give how many there are in each status of a type and of a certification, one of them perhaps empty: any."""
    voulus = {"type_formation": type_formation, "certification": certification}
    dits = {nom: valeur for nom, valeur in voulus.items() if valeur}
    return _complets(_detail("statut", *dits).lignes(lecture, organisme_id=organisme_id, **dits))


def par_certification(
    lecture: Lecture, organisme_id: UUID, statuts: Iterable[Statut], type_formation: str = ""
) -> dict[str, int]:
    """Count the formations of an organisation by certification: those of some statuses, and perhaps of one type."""
    dits = {"type_formation": type_formation} if type_formation else {}
    lus = _detail("certification", "statuts", *dits).lignes(
        lecture, organisme_id=organisme_id, statuts=[statut.value for statut in statuts], **dits
    )
    return {code: nombre for code, nombre in lus if nombre}


def les_plus_preparees(lecture: Lecture, organisme_id: UUID, limite: int) -> list[str]:
    """Give the codes of the certifications that most formations of an organisation prepare, archived ones counted."""
    return [code for (code,) in _LES_PLUS_PREPAREES.lignes(lecture, organisme_id=organisme_id, limite=limite)]


@cache
def _detail(par: str, *selon: str) -> RequetePreparee:
    conditions: list[Any] = [
        _d.statut.in_(bindparam("statuts", expanding=True)) if nom == "statuts" else _d[nom] == bindparam(nom)
        for nom in selon
    ]
    somme: Any = func.sum(_d.nombre)
    return RequetePreparee(select(_d[par], somme).where(_DU_SIEN, *conditions).group_by(_d[par]))


def _complets(lignes: Iterable[tuple[Any, ...]]) -> dict[Statut, int]:
    lus = {Statut(statut): int(nombre) for statut, nombre in lignes}
    return {statut: lus.get(statut, 0) for statut in Statut}


def ajouter(cnx: Connection, nouvelles: Iterable[Formation]) -> None:
    """Count formations of one organisation that were just added."""
    ecarts: dict[Sorte, int] = {}
    qui = None
    for nouvelle in nouvelles:
        qui, sorte = nouvelle.organisme_id, Sorte.de(nouvelle)
        ecarts[sorte] = ecarts.get(sorte, 0) + 1
    if qui is not None:
        _compter(cnx, qui, ecarts)


def deplacer(cnx: Connection, avant: Formation, apres: Formation) -> None:
    """Follow a formation that was just changed."""
    if Sorte.de(avant) != Sorte.de(apres):
        _compter(cnx, avant.organisme_id, {Sorte.de(avant): -1, Sorte.de(apres): 1})


def retirer(cnx: Connection, ancienne: Formation) -> None:
    """Forget a formation that was just removed."""
    _compter(cnx, ancienne.organisme_id, {Sorte.de(ancienne): -1})


def _compter(cnx: Connection, organisme_id: UUID, ecarts: dict[Sorte, int]) -> None:
    # Always in the same order, those of the statuses first even where they stay the same: two transactions that move
    # formations both ways never wait for each other.
    par_statut_: dict[Statut, int] = {}
    for sorte, ecart in ecarts.items():
        par_statut_[sorte.statut] = par_statut_.get(sorte.statut, 0) + ecart
    for statut in sorted(par_statut_):
        valeurs = {"b_organisme_id": organisme_id, "b_statut": statut.value, "ecart": par_statut_[statut]}
        cnx.execute(_MOUVEMENT, valeurs)
    for sorte in sorted(ecarts):
        siennes = {
            "statut": sorte.statut.value, "type_formation": sorte.type_formation, "certification": sorte.certification,
        }  # fmt: skip
        places = {f"b_{nom}": valeur for nom, valeur in siennes.items()}
        voulu = {"b_organisme_id": organisme_id, **places, "ecart": ecarts[sorte]}
        if cnx.execute(_DETAIL, voulu).rowcount == 0:
            nouveau = {"organisme_id": organisme_id, **siennes, "nombre": ecarts[sorte]}
            cnx.execute(_DETAIL_NOUVEAU[cnx.dialect.name], nouveau)
