"""Files of the portal that were sent: kept in pieces, then formation by formation, with what their preview says."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from webapp.domain.champs import Niveau
from webapp.domain.imports import Apercu, Difference, Importation, Offre, Sort
from webapp.domain.taches import EtatTache
from webapp.persistence.insertion_en_masse import inserer
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.tables_import import apercu, entree, importation, morceau, offre
from webapp.persistence.tables_taches import ligne, tache

_i, _m, _o, _a, _e = importation.c, morceau.c, offre.c, apercu.c, entree.c
_NOMS = (
    "organisme_id", "tache_id", "nom", "declare", "reel", "lu_en", "formations", "remarques", "comptes",
    "expire_le",
)  # fmt: skip


def _siens(table: Any) -> tuple[Any, Any]:
    """Say of whom, and of which job."""
    return table.organisme_id == bindparam("organisme_id"), table.tache_id == bindparam("tache_id")


_PAR_TACHE = RequetePreparee(select(*(_i[nom] for nom in _NOMS)).where(*_siens(_i)))
_NOMS_DE = RequetePreparee(
    select(_i.tache_id, _i.nom).where(
        _i.organisme_id == bindparam("organisme_id"), _i.tache_id.in_(bindparam("ids", expanding=True))
    )
)
_MORCEAUX = RequetePreparee(select(_m.rang).where(*_siens(_m)).order_by(_m.rang))
_MORCEAU = RequetePreparee(select(_m.octets).where(*_siens(_m), _m.rang == bindparam("rang")))
_OFFRES = RequetePreparee(
    select(_o.rang, _o.ligne, _o.cle, _o.xml, _o.empreinte)
    .where(*_siens(_o), _o.rang > bindparam("apres"))
    .order_by(_o.rang)
    .limit(bindparam("limite"))
)
_POIDS = RequetePreparee(
    select(func.length(_o.xml))
    .where(*_siens(_o), _o.rang > bindparam("apres"))
    .order_by(_o.rang)
    .limit(bindparam("limite"))
)
_SUITES = RequetePreparee(
    select(_o.rang, _o.ligne, _o.cle, _o.xml, _o.empreinte)
    .where(*_siens(_o), _o.cle.in_(bindparam("cles", expanding=True)))
    .order_by(_o.rang)
)
_PREMIERES_DES_CLES = RequetePreparee(
    select(_o.cle, func.min(_o.rang), func.count())
    .where(*_siens(_o), _o.cle.in_(bindparam("cles", expanding=True)))
    .group_by(_o.cle)
)
_APERCUS = RequetePreparee(
    select(_a.rang, ligne.c.objet_id, ligne.c.etat, _a.sort, _a.contenu)
    .join(
        ligne,
        (ligne.c.organisme_id == _a.organisme_id) & (ligne.c.tache_id == _a.tache_id) & (ligne.c.rang == _a.rang),
    )
    .where(*_siens(_a), _a.sort.in_(bindparam("sorts", expanding=True)), _a.rang > bindparam("apres"))
    .order_by(_a.rang)
    .limit(bindparam("limite"))
)  # fmt: skip
_ENTREES = RequetePreparee(select(_e.niveau, _e.id).where(*_siens(_e)).order_by(_e.niveau.desc(), _e.id))
_DU_MEME = (_i.organisme_id == bindparam("b_organisme_id"), _i.tache_id == bindparam("b_tache_id"))
_MISE_A_JOUR = update(importation).where(*_DU_MEME)
_MARQUAGE = (
    update(offre)
    .where(
        _o.organisme_id == bindparam("b_organisme_id"), _o.tache_id == bindparam("b_tache_id"),
        _o.rang == bindparam("b_rang"),
    )
    .values(empreinte=bindparam("b_empreinte"))
)  # fmt: skip
_AJOUTS = {table.name: insert(table) for table in (importation, morceau, offre, entree)}
_VIDAGES = {
    table.name: delete(table).where(*_siens(table.c))
    for table in (morceau, offre, apercu, entree, ligne)
}  # fmt: skip
_EXPIREES = (
    select(_i.organisme_id, _i.tache_id)
    .join(tache, (tache.c.organisme_id == _i.organisme_id) & (tache.c.id == _i.tache_id))
    .where(
        _i.expire_le < bindparam("le", type_=_i.expire_le.type),
        tache.c.etat.in_([etat.value for etat in EtatTache if etat not in {EtatTache.EN_COURS, EtatTache.TERMINEE}]),
        tache.c.faits == 0,
    )
)
_OUBLI = delete(tache).where(tache.c.organisme_id == bindparam("b_organisme_id"), tache.c.id == bindparam("b_id"))


def par_tache(lecture: Lecture, organisme_id: UUID, tache_id: UUID) -> Importation | None:
    """Find a file that was sent, by its job."""
    lue = _PAR_TACHE.ligne(lecture, organisme_id=organisme_id, tache_id=tache_id)
    if lue is None:
        return None
    nom, declare, reel, lu_en, formations, remarques, comptes, expire_le = lue[2:]
    return Importation(
        organisme_id, tache_id, nom, declare, reel, lu_en, formations, tuple(remarques), comptes, expire_le
    )


def noms(lecture: Lecture, organisme_id: UUID, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Give the names of the files of those of these jobs that have one."""
    return dict(_NOMS_DE.lignes(lecture, organisme_id=organisme_id, ids=list(ids))) if ids else {}


def ajouter(cnx: Connection, une: Importation) -> None:
    """Keep what is known of a file whose job stands already."""
    cnx.execute(_AJOUTS["edof_import"], _valeurs(une))


def remplacer(cnx: Connection, une: Importation) -> None:
    """Write what is known of a file."""
    cle = {"b_organisme_id": une.organisme_id, "b_tache_id": une.tache_id}
    cnx.execute(_MISE_A_JOUR, _valeurs(une) | cle)


def _valeurs(une: Importation) -> dict[str, Any]:
    return {nom: getattr(une, nom) for nom in _NOMS} | {"remarques": list(une.remarques)}


def garder(cnx: Connection, une: Importation, octets: Iterable[bytes]) -> None:
    """Keep the bytes of a file, piece by piece."""
    for rang, piece in enumerate(octets):
        valeurs = {"organisme_id": une.organisme_id, "tache_id": une.tache_id, "rang": rang, "octets": piece}
        cnx.execute(_AJOUTS["edof_morceau"], valeurs)


def octets(lecture: Lecture, une: Importation) -> Iterator[bytes]:
    """Give the bytes of a file, one piece at a time."""
    siens: dict[str, Any] = {"organisme_id": une.organisme_id, "tache_id": une.tache_id}
    for (rang,) in _MORCEAUX.lignes(lecture, **siens):
        yield bytes(_MORCEAU.valeur(lecture, **siens, rang=rang))


def vider(cnx: Connection, organisme_id: UUID, tache_id: UUID, *tables: str) -> None:
    """Keep no more of a job what these tables have of it."""
    for table in tables:
        cnx.execute(_VIDAGES[table], {"organisme_id": organisme_id, "tache_id": tache_id})


def ajouter_offres(cnx: Connection, une: Importation, offres: Sequence[Offre]) -> None:
    """Keep formations of a file."""
    if offres:
        siens = {"organisme_id": une.organisme_id, "tache_id": une.tache_id, "empreinte": ""}
        lignes = [{**siens, "rang": o.rang, "ligne": o.ligne, "cle": o.cle, "xml": o.xml} for o in offres]
        cnx.execute(_AJOUTS["edof_offre"], lignes)


def offres(lecture: Lecture, organisme_id: UUID, tache_id: UUID, apres: int, limite: int) -> list[Offre]:
    """Give formations of a file, in its order, beyond a rank."""
    return _offres(_OFFRES.lignes(lecture, organisme_id=organisme_id, tache_id=tache_id, apres=apres, limite=limite))


def suites(lecture: Lecture, organisme_id: UUID, tache_id: UUID, cles: Sequence[str]) -> dict[str, list[Offre]]:
    """Give, by identifier, the formations of a file that bear one after its first."""
    trouvees: dict[str, list[Offre]] = {cle: [] for cle in cles}
    if cles:
        for une in _offres(_SUITES.lignes(lecture, organisme_id=organisme_id, tache_id=tache_id, cles=list(cles))):
            trouvees[une.cle].append(une)
    return {cle: siennes[1:] for cle, siennes in trouvees.items()}


def _offres(lues: Iterable[Sequence[Any]]) -> list[Offre]:
    return [Offre(rang, ligne_, cle, bytes(xml), empreinte) for rang, ligne_, cle, xml, empreinte in lues]


def poids(lecture: Lecture, organisme_id: UUID, tache_id: UUID, apres: int, limite: int) -> list[int]:
    """Give how many bytes each of the next formations of a file takes, without reading them."""
    lus = _POIDS.lignes(lecture, organisme_id=organisme_id, tache_id=tache_id, apres=apres, limite=limite)
    return [poids_ for (poids_,) in lus]


def premieres_des_cles(
    lecture: Lecture, organisme_id: UUID, tache_id: UUID, cles: Sequence[str]
) -> dict[str, tuple[int, int]]:
    """Give, by identifier, the rank of the first formation of a file that bears it, and how many do."""
    lues = _PREMIERES_DES_CLES.lignes(lecture, organisme_id=organisme_id, tache_id=tache_id, cles=list(cles))
    return {cle: (rang, combien) for cle, rang, combien in lues}


def marquer(cnx: Connection, organisme_id: UUID, tache_id: UUID, empreintes: Sequence[tuple[int, str]]) -> None:
    """Keep, by rank, what the preview of each formation has said."""
    siens = {"b_organisme_id": organisme_id, "b_tache_id": tache_id}
    if empreintes:
        cnx.execute(_MARQUAGE, [{**siens, "b_rang": rang, "b_empreinte": dite} for rang, dite in empreintes])


def ajouter_apercus(cnx: Connection, organisme_id: UUID, tache_id: UUID, apercus: Sequence[tuple[int, Apercu]]) -> None:
    """Keep what is told of objects, by the ranks of the lines of the job."""
    siens = {"organisme_id": organisme_id, "tache_id": tache_id}
    lignes = [{**siens, "rang": rang, "sort": un.sort.value, "contenu": _contenu(un)} for rang, un in apercus]
    inserer(cnx, apercu, lignes)


def apercus(  # noqa: PLR0913, PLR0917 - of which job, of which fates, from where, how many
    lecture: Lecture, organisme_id: UUID, tache_id: UUID, sorts: Iterable[Sort], apres: int, limite: int
) -> list[tuple[int, UUID, str, Apercu]]:
    """List what is told of objects: rank, id, where the line stands, what the preview says."""
    voulus = [sort.value for sort in sorts]
    lues = _APERCUS.lignes(
        lecture, organisme_id=organisme_id, tache_id=tache_id, sorts=voulus, apres=apres, limite=limite
    )
    return [(rang, objet, etat, _apercu(Sort(sort), contenu)) for rang, objet, etat, sort, contenu in lues]


def ajouter_entrees(cnx: Connection, organisme_id: UUID, tache_id: UUID, faites: Sequence[tuple[Niveau, UUID]]) -> None:
    """Keep which contacts and places an import has made."""
    siens = {"organisme_id": organisme_id, "tache_id": tache_id}
    if faites:
        cnx.execute(_AJOUTS["edof_entree"], [{**siens, "niveau": niveau.value, "id": id_} for niveau, id_ in faites])


def entrees(lecture: Lecture, organisme_id: UUID, tache_id: UUID) -> list[tuple[Niveau, UUID]]:
    """List the contacts and places that an import has made, places first."""
    lues = _ENTREES.lignes(lecture, organisme_id=organisme_id, tache_id=tache_id)
    return [(Niveau(niveau), id_) for niveau, id_ in lues]


def a_oublier(cnx: Connection, le: datetime) -> list[tuple[UUID, UUID]]:
    """List, of all organisations, the files whose time is over and that nobody has confirmed: whose, and which job."""
    return [(organisme_id, tache_id) for organisme_id, tache_id in cnx.execute(_EXPIREES, {"le": le})]


def oublier(cnx: Connection, le: datetime, seule: tuple[UUID, UUID] | None = None) -> int:
    """Remove the files that are to be forgotten, all of them or one if it still is; say how many."""
    expirees = [cle for cle in a_oublier(cnx, le) if seule in {None, cle}]
    for organisme_id, tache_id in expirees:
        retirer(cnx, organisme_id, tache_id)
    return len(expirees)


def retirer(cnx: Connection, organisme_id: UUID, tache_id: UUID) -> None:
    """Remove a job, its file and its preview."""
    cnx.execute(_OUBLI, {"b_organisme_id": organisme_id, "b_id": tache_id})


def _contenu(un: Apercu) -> dict[str, object]:
    return {
        "niveau": un.niveau, "nom": un.nom, "ligne": un.ligne, "statut": un.statut,
        "changements": [(d.nom, d.avant, d.apres) for d in un.changements], "raisons": un.raisons,
        "remarques": un.remarques, "pertes": [(d.nom, d.avant, d.apres) for d in un.pertes], "appel": un.appel,
    }  # fmt: skip


def _apercu(sort: Sort, lu: dict[str, Any]) -> Apercu:
    changements, pertes = (tuple(Difference(*d) for d in lu[nom]) for nom in ("changements", "pertes"))
    return Apercu(
        lu["niveau"], sort, lu["nom"], lu["ligne"], lu["statut"], changements, tuple(lu["raisons"]),
        tuple(lu["remarques"]), pertes, lu.get("appel", ""),
    )  # fmt: skip
