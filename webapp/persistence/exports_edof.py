"""Exports for the portal: rows to domain values and back, the pieces of their files, what is in them, what is not."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from webapp.domain.exports import TAILLE_MORCEAU, Ecartee, Export, Quoi
from webapp.domain.statuts import Statut
from webapp.persistence.contraintes import IDENTIFIEES
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.motifs_edof import ecarts_lus, en_ecarts, en_motif, en_signe, motif_lu, signe_lu
from webapp.persistence.tables import formation
from webapp.persistence.tables_edof import DEPOSES, ecartee, export, morceau, offre
from webapp.persistence.tables_taches import tache

DEPOSES_MAX = 200
"""Files given to the portal that are remembered together."""

_e, _m, _o, _x = export.c, morceau.c, offre.c, ecartee.c
_f = formation.c
_DU_SIEN = bindparam("organisme_id", type_=_e.organisme_id.type)
_COLONNES = tuple(export.columns)
_D_UN_EXPORT = {
    table: (table.c.organisme_id == bindparam("organisme_id"), table.c.export_id == bindparam("export_id"))
    for table in (morceau, offre, ecartee)
}
_PAR_ID = RequetePreparee(select(*_COLONNES).where(_e.organisme_id == _DU_SIEN, _e.id == bindparam("id")))
_FINIS = RequetePreparee(
    select(*_COLONNES)
    .where(_e.organisme_id == _DU_SIEN, _e.fini_le.is_not(None))
    .order_by(_e.fini_le.desc(), _e.id.desc())
    .limit(bindparam("limite"))
)
_PAR_IDS = RequetePreparee(
    select(*_COLONNES).where(_e.organisme_id == _DU_SIEN, _e.id.in_(bindparam("ids", expanding=True)))
)
_DEPOSES = RequetePreparee(
    select(*_COLONNES)
    .where(_e.organisme_id == _DU_SIEN, DEPOSES)
    .order_by(_e.depose_le.desc(), _e.id.desc())
    .limit(DEPOSES_MAX)
)
_INSERTION = insert(export)
_MISE_A_JOUR = update(export).where(_e.organisme_id == bindparam("b_organisme_id"), _e.id == bindparam("b_id"))
_MORCEAU = RequetePreparee(
    select(_m.octets).where(*_D_UN_EXPORT[morceau], _m.numero == bindparam("numero"))
)  # fmt: skip
_ECARTEES = RequetePreparee(
    select(_x.rang, _x.formation_id, _x.identifiant, _x.intitule, _x.partielle, _x.motifs)
    .where(*_D_UN_EXPORT[ecartee], _x.partielle == bindparam("partielle"), _x.rang > bindparam("apres"))
    .order_by(_x.rang)
    .limit(bindparam("limite"))
)
_COLONNES_OFFRE = (_o.export_id, _o.formation_id, _o.numero, _o.empreinte, _o.debut, _o.longueur)
_OFFRES_DE = RequetePreparee(
    select(*_COLONNES_OFFRE).where(
        _o.organisme_id == _DU_SIEN,
        _o.numero.in_(bindparam("numeros", expanding=True)),
        _o.export_id.in_(bindparam("exports", expanding=True)),
    )
)
# Which formation bears the number of an offer now: the portal knows an offer by it, whatever row we have of it. What
# goes out has an identifier of plain letters, whose key is itself in lower case.
_PORTEUSE = and_(
    _f.organisme_id == _o.organisme_id, _f.identifiant_cle == func.lower(_o.numero), _f.identifiant == _o.numero,
    IDENTIFIEES,
)  # fmt: skip
# What was in a file and that the working catalogue no longer has: removed, archived, or of another number. Of which
# row: the one that bears its number all the same, else the one that went out.
_DES_PARTIES = (
    select(
        _o.export_id, func.coalesce(_f.id, _o.formation_id, type_=_o.formation_id.type).label("formation_id"),
        _o.numero, _o.empreinte, _o.debut, _o.longueur,
        # So many numbers, each with all the files that hold it.
        func.dense_rank().over(order_by=_o.numero).label("ordre"),
    )
    .select_from(offre.outerjoin(formation, _PORTEUSE))
    .where(
        _o.organisme_id == _DU_SIEN,
        _o.export_id.in_(bindparam("exports", expanding=True)),
        or_(_f.id.is_(None), _f.statut == Statut.ARCHIVEE.value),
    )
).subquery()  # fmt: skip
_p = _DES_PARTIES.c
_PARTIES = RequetePreparee(
    select(_p.export_id, _p.formation_id, _p.numero, _p.empreinte, _p.debut, _p.longueur)
    .where(_p.ordre <= bindparam("limite"))
    .order_by(_p.numero)
)
_NOMBRE_DE_PARTIES = RequetePreparee(select(func.count(_p.numero.distinct())))
_EXPIRES = (
    select(_e.id)
    .where(
        _e.organisme_id == bindparam("organisme_id"), _e.expire_le < bindparam("maintenant", type_=_e.expire_le.type),
        _e.efface_le.is_(None), _e.id.not_in(bindparam("gardes", expanding=True)),
    )
    .limit(20)
)  # fmt: skip
_GARDES = RequetePreparee(
    select(_e.organisme_id, _e.id, _e.expire_le, tache.c.jour)
    .join(tache, (tache.c.organisme_id == _e.organisme_id) & (tache.c.id == _e.id))
    .where(_e.expire_le.is_not(None), _e.efface_le.is_(None))
)


@dataclass(frozen=True, slots=True)
class OffreEcrite:
    """Where a formation stands in the file of an export: its print, from which byte, how many; how often touched."""

    formation_id: UUID
    numero: str
    empreinte: str
    debut: int
    longueur: int
    fois: int = 0
    export_id: UUID | None = None


_DE_L_OFFRE = ("formation_id", "numero", "empreinte", "debut", "longueur", "fois")


def par_id(lecture: Lecture, organisme_id: UUID, id: UUID) -> Export | None:
    """Find an export of an organisation."""
    lue = _PAR_ID.ligne(lecture, organisme_id=organisme_id, id=id)
    return None if lue is None else _lire(lue)


def par_ids(lecture: Lecture, organisme_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Export]:
    """Give those of these exports that are there."""
    if not ids:
        return {}
    return {lu.id: lu for lu in map(_lire, _PAR_IDS.lignes(lecture, organisme_id=organisme_id, ids=list(ids)))}


def finis(lecture: Lecture, organisme_id: UUID, limite: int) -> list[Export]:
    """List the exports whose file was made, the last first."""
    return [_lire(lue) for lue in _FINIS.lignes(lecture, organisme_id=organisme_id, limite=limite)]


def deposes(lecture: Lecture, organisme_id: UUID) -> list[Export]:
    """List the exports whose file was given to the portal, kept still or not, the last first; DEPOSES_MAX at most."""
    return [_lire(lue) for lue in _DEPOSES.lignes(lecture, organisme_id=organisme_id)]


def ajouter(cnx: Connection, nouveau: Export) -> None:
    """Add an export; its job is there."""
    cnx.execute(_INSERTION, _valeurs(nouveau))


def remplacer(cnx: Connection, apres: Export) -> None:
    """Write an export whose job this transaction holds locked."""
    cnx.execute(_MISE_A_JOUR, _valeurs(apres) | {"b_organisme_id": apres.organisme_id, "b_id": apres.id})


def vider(cnx: Connection, organisme_id: UUID, export_id: UUID) -> None:
    """Remove all that was kept of an export's file, and of what stays out of it."""
    for table, conditions in _D_UN_EXPORT.items():
        cnx.execute(delete(table).where(*conditions), {"organisme_id": organisme_id, "export_id": export_id})


def ranger(cnx: Connection, de: Export, morceaux: Sequence[tuple[int, bytes]], offres: Sequence[OffreEcrite]) -> None:
    """Add pieces of the file, compressed, and what they hold."""
    cles = {"organisme_id": de.organisme_id, "export_id": de.id}
    if morceaux:
        cnx.execute(insert(morceau), [cles | {"numero": numero, "octets": octets} for numero, octets in morceaux])
    if offres:
        valeurs = [
            cles | {nom: getattr(une, nom) for nom in _DE_L_OFFRE} for une in offres
        ]  # fmt: skip
        cnx.execute(insert(offre), valeurs)


def ecarter(cnx: Connection, de: Export, ecartees: Sequence[tuple[int, Ecartee]]) -> None:
    """Add formations that stay out, or of which something does, by rank."""
    if not ecartees:
        return
    valeurs = [
        {
            "organisme_id": de.organisme_id, "export_id": de.id, "rang": rang, "formation_id": une.id,
            "identifiant": une.identifiant, "intitule": une.intitule, "partielle": int(une.partielle),
            "motifs": [en_motif(motif) for motif in une.motifs],
        }
        for rang, une in ecartees
    ]  # fmt: skip
    cnx.execute(insert(ecartee), valeurs)


def ecartees(  # noqa: PLR0913, PLR0917 - of which export, which of them, from where, how many
    lecture: Lecture, organisme_id: UUID, export_id: UUID, partielle: bool, apres: int, limite: int  # noqa: FBT001 - a column
) -> list[tuple[int, Ecartee]]:  # fmt: skip
    """List the formations that stay out of an export, or of which something does, each with its rank, beyond one."""
    lues = _ECARTEES.lignes(
        lecture, organisme_id=organisme_id, export_id=export_id, partielle=int(partielle), apres=apres, limite=limite
    )
    return [
        (rang, Ecartee(id_, identifiant, intitule, tuple(map(motif_lu, motifs)), bool(en_partie)))
        for rang, id_, identifiant, intitule, en_partie, motifs in lues
    ]


def octets(lecture: Lecture, de: Export, debut: int, longueur: int) -> Iterator[bytes]:
    """Give a part of the file of an export, piece by piece. What is kept no more is missing at the end."""
    fin = debut + longueur
    for numero in range(debut // TAILLE_MORCEAU, -(-fin // TAILLE_MORCEAU)):
        comprimes = _MORCEAU.valeur(lecture, organisme_id=de.organisme_id, export_id=de.id, numero=numero)
        if comprimes is None:
            return
        premier = numero * TAILLE_MORCEAU
        yield zlib.decompress(comprimes)[max(debut - premier, 0) : fin - premier]


def offres_de(
    lecture: Lecture, organisme_id: UUID, numeros: Sequence[str], exports: Sequence[UUID]
) -> dict[str, OffreEcrite]:
    """Give where each of these formations stands in the first of these exports that has it; others are absent."""
    if not numeros or not exports:
        return {}
    rangs = {id_: rang for rang, id_ in enumerate(exports)}
    trouvees: dict[str, OffreEcrite] = {}
    for lue in _OFFRES_DE.lignes(lecture, organisme_id=organisme_id, numeros=list(numeros), exports=list(exports)):
        une = _offre(lue)
        connue = trouvees.get(une.numero)
        if connue is None or rangs[lue[0]] < rangs[_tenu(connue)]:
            trouvees[une.numero] = une
    return trouvees


def parties(lecture: Lecture, organisme_id: UUID, exports: Sequence[UUID], limite: int) -> list[OffreEcrite]:
    """List what these exports hold and the working catalogue no longer does, by number, then in the order of exports.

    So many numbers at most, each with the formation that bears it now, archived, else with the one that went out.
    """
    if not exports:
        return []
    rangs = {id_: rang for rang, id_ in enumerate(exports)}
    lues = map(_offre, _PARTIES.lignes(lecture, organisme_id=organisme_id, exports=list(exports), limite=limite))
    return sorted(lues, key=lambda une: (une.numero, rangs[_tenu(une)]))


def compter_parties(lecture: Lecture, organisme_id: UUID, exports: Sequence[UUID]) -> int:
    """Count the numbers that these exports hold and the working catalogue no longer does."""
    if not exports:
        return 0
    nombre: int = _NOMBRE_DE_PARTIES.valeur(lecture, organisme_id=organisme_id, exports=list(exports))
    return nombre


def effacer(cnx: Connection, organisme_id: UUID, maintenant: datetime, gardes: Sequence[UUID]) -> None:
    """Remove the files whose time is over, but those that are kept all the same; what is told of them stays."""
    valeurs = {"organisme_id": organisme_id, "maintenant": maintenant, "gardes": list(gardes)}
    for id_ in cnx.execute(_EXPIRES, valeurs).scalars().all():
        effacer_un(cnx, organisme_id, id_, maintenant)


def effacer_un(cnx: Connection, organisme_id: UUID, id: UUID, maintenant: datetime) -> None:
    """Remove the file of an export; what is told of it stays."""
    cles = {"organisme_id": organisme_id, "export_id": id}
    for table in (morceau, offre):
        cnx.execute(delete(table).where(*_D_UN_EXPORT[table]), cles)
    cnx.execute(
        update(export).where(_e.organisme_id == bindparam("b_organisme_id"), _e.id == bindparam("b_id")),
        {"b_organisme_id": organisme_id, "b_id": id, "efface_le": maintenant},
    )


def gardes_pour_un_temps(lecture: Lecture) -> list[tuple[UUID, UUID, datetime, date | None]]:
    """List the files that are kept, of all organisations: whose, which, until when, and the day of its job."""
    return [(organisme, id_, le, jour) for organisme, id_, le, jour in _GARDES.lignes(lecture)]


def comprimer(octets_: bytes) -> bytes:
    """Give a piece as it is kept: a tenth of its size, in a time that does not count."""
    return zlib.compress(octets_, 1)


def _tenu(une: OffreEcrite) -> UUID:
    assert une.export_id is not None  # noqa: S101 - what was read says of which export
    return une.export_id


def _offre(lue: Sequence[Any]) -> OffreEcrite:
    export_id, formation_id, numero, empreinte, debut, longueur = lue
    return OffreEcrite(formation_id, numero, empreinte, debut, longueur, export_id=export_id)


_TELS_QUELS = tuple(colonne.name for colonne in _COLONNES if colonne.name not in {"quoi", "signes", "ecarts"})


def _valeurs(un: Export) -> dict[str, Any]:
    return {nom: getattr(un, nom) for nom in _TELS_QUELS} | {
        "quoi": un.quoi.value,
        "signes": [en_signe(signe) for signe in un.signes],
        "ecarts": en_ecarts(un.ecarts),
    }


def _lire(lue: Sequence[Any]) -> Export:
    valeurs = dict(zip((colonne.name for colonne in _COLONNES), lue, strict=True))
    signes = tuple(map(signe_lu, valeurs.pop("signes")))
    ecarts = ecarts_lus(valeurs.pop("ecarts"))
    return Export(**(valeurs | {"quoi": Quoi(valeurs["quoi"]), "signes": signes, "ecarts": ecarts}))
