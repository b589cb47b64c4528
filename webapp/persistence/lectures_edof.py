"""What the preview of an export said would go out, kept until its file is made, then compared with what went."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, bindparam, delete, func, insert, select

from webapp.domain.exports import ARCHIVEE, INCHANGEE, SUPPRIMEE, Ecart, Ecarts, Export, Sens
from webapp.domain.statuts import Statut
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.motifs_edof import motif_lu
from webapp.persistence.tables import formation
from webapp.persistence.tables_edof import ecartee, lecture, offre

NOMMEES_MAX = 50
"""Formations of each kind that are named; the others are counted."""

_l, _o, _x, _f = lecture.c, offre.c, ecartee.c, formation.c


@dataclass(frozen=True, slots=True)
class Lue:
    """A formation that would have gone out when it was looked at: its number, its title, its print."""

    formation_id: UUID
    numero: str
    intitule: str
    empreinte: str


def _meme(gauche: Any, droite: Any) -> Any:
    """Say that two rows are of one formation in one export."""
    return and_(
        gauche.organisme_id == droite.organisme_id, gauche.export_id == droite.export_id,
        gauche.formation_id == droite.formation_id,
    )  # fmt: skip


def _de(colonnes: Any) -> tuple[Any, Any]:
    return (
        colonnes.organisme_id == bindparam("organisme_id", type_=colonnes.organisme_id.type),
        colonnes.export_id == bindparam("export_id", type_=colonnes.export_id.type),
    )


_SORTIES = (
    select(_l.formation_id, _l.numero, _l.intitule, _f.statut, _f.intitule, _x.motifs)
    .select_from(
        lecture.outerjoin(offre, _meme(_o, _l))
        .outerjoin(formation, and_(_f.organisme_id == _l.organisme_id, _f.id == _l.formation_id))
        .outerjoin(ecartee, and_(_meme(_x, _l), _x.partielle == 0))
    )
    .where(*_de(_l), _o.formation_id.is_(None))
    .order_by(_l.numero, _l.formation_id)
)  # fmt: skip
_ENTREES = (
    select(_o.formation_id, _o.numero, _f.intitule)
    .select_from(
        offre.outerjoin(lecture, _meme(_l, _o))
        .outerjoin(formation, and_(_f.organisme_id == _o.organisme_id, _f.id == _o.formation_id))
    )
    .where(*_de(_o), _l.formation_id.is_(None))
    .order_by(_o.numero, _o.formation_id)
)  # fmt: skip
_CHANGEES = (
    select(_o.formation_id, _o.numero, _f.intitule)
    .select_from(
        offre.join(lecture, _meme(_l, _o))
        .outerjoin(formation, and_(_f.organisme_id == _o.organisme_id, _f.id == _o.formation_id))
    )
    .where(*_de(_o), _l.empreinte != _o.empreinte)
    .order_by(_o.numero, _o.formation_id)
)  # fmt: skip


def _comptee(requete: Select[Any]) -> RequetePreparee:
    return RequetePreparee(select(func.count()).select_from(requete.order_by(None).subquery()))


_PAR_SENS = {
    sens: (_comptee(requete), RequetePreparee(requete.limit(bindparam("limite"))))
    for sens, requete in ((Sens.SORTIE, _SORTIES), (Sens.ENTREE, _ENTREES), (Sens.CHANGEE, _CHANGEES))
}
_PREMIERE = RequetePreparee(select(_l.formation_id).where(*_de(_l)).limit(1))
_RETRAIT = delete(lecture).where(*_de(_l))


def ajouter(cnx: Connection, de: Export, lues: Sequence[Lue]) -> None:
    """Add formations that would go out."""
    if lues:
        cles = {"organisme_id": de.organisme_id, "export_id": de.id}
        cnx.execute(insert(lecture), [
            cles | {"formation_id": une.formation_id, "numero": une.numero, "intitule": une.intitule,
                    "empreinte": une.empreinte}
            for une in lues
        ])  # fmt: skip


def oublier(cnx: Connection, organisme_id: UUID, export_id: UUID) -> None:
    """Keep no more what was said."""
    cnx.execute(_RETRAIT, {"organisme_id": organisme_id, "export_id": export_id})


def a_ete_lu(lu: Lecture, organisme_id: UUID, export_id: UUID) -> bool:
    """Say whether anything is kept of what was said."""
    return bool(_PREMIERE.lignes(lu, organisme_id=organisme_id, export_id=export_id))


def comparer(lu: Lecture, de: Export) -> Ecarts:
    """Say what an export holds otherwise than what was said of it; nothing, where nothing is kept of that."""
    if not a_ete_lu(lu, de.organisme_id, de.id):
        return Ecarts()
    cles = {"organisme_id": de.organisme_id, "export_id": de.id}
    nombres: dict[Sens, int] = {}
    dits: list[Ecart] = []
    for sens, (comptee, nommees) in _PAR_SENS.items():
        nombres[sens] = comptee.valeur(lu, **cles)
        if nombres[sens]:
            lignes = nommees.lignes(lu, **cles, limite=NOMMEES_MAX)
            dits += _sorties(lignes) if sens is Sens.SORTIE else _restees(sens, lignes)
    return Ecarts(nombres[Sens.SORTIE], nombres[Sens.ENTREE], nombres[Sens.CHANGEE], tuple(dits))


def _sorties(lignes: Sequence[Any]) -> Iterator[Ecart]:
    for id_, numero, intitule, statut, actuel, motifs in lignes:
        la = statut is not None
        celle = (Sens.SORTIE, id_, numero, actuel if la else intitule, la)
        if motifs:
            yield Ecart(*celle, motifs=tuple(map(motif_lu, motifs)))
        elif not la:
            yield Ecart(*celle, SUPPRIMEE)
        else:
            yield Ecart(*celle, ARCHIVEE if statut == Statut.ARCHIVEE.value else INCHANGEE)


def _restees(sens: Sens, lignes: Sequence[Any]) -> Iterator[Ecart]:
    for id_, numero, intitule in lignes:
        yield Ecart(sens, id_, numero, intitule or "", intitule is not None)
