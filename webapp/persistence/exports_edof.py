"""Exports for the portal: rows to domain values and back, the pieces of their files, what is in them, what is not."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, func, insert, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from webapp.domain.champs import Niveau
from webapp.domain.exports import TAILLE_MORCEAU, Ecartee, Endroit, Export, Motif, Quoi, Signe
from webapp.domain.statuts import Statut
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.tables import formation
from webapp.persistence.tables_edof import DEPOSES, compte_rendu, ecartee, export, morceau, offre, remplacement, suivi

_e, _m, _o, _x, _r, _s, _c = export.c, morceau.c, offre.c, ecartee.c, remplacement.c, suivi.c, compte_rendu.c
_f = formation.c
_DU_SIEN = bindparam("organisme_id", type_=_e.organisme_id.type)
_COLONNES = tuple(export.columns)
_DIALECTES = (("sqlite", sqlite), ("postgresql", postgresql))
_D_UN_EXPORT = {
    table: (table.c.organisme_id == bindparam("organisme_id"), table.c.export_id == bindparam("export_id"))
    for table in (morceau, offre, ecartee)
}


def _qui_remplace(insertion: Any, cle: list[str]) -> Any:
    """Give an INSERT that writes over the row of the same key."""
    autres = {nom: valeur for nom, valeur in insertion.excluded.items() if nom not in cle}
    return insertion.on_conflict_do_update(index_elements=cle, set_=autres)


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
    .limit(200)
)
_INSERTION = insert(export)
_MISE_A_JOUR = update(export).where(_e.organisme_id == bindparam("b_organisme_id"), _e.id == bindparam("b_id"))
_MORCEAU = RequetePreparee(
    select(_m.octets).where(*_D_UN_EXPORT[morceau], _m.numero == bindparam("numero"))
)  # fmt: skip
_ACCEPTES = RequetePreparee(select(_r.caractere, _r.par).where(_r.organisme_id == _DU_SIEN))
_ACCEPTATION = {
    nom: _qui_remplace(dialecte.insert(remplacement), ["organisme_id", "caractere"]) for nom, dialecte in _DIALECTES
}
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
# What was in a file and is no longer in the working catalogue: removed, archived, or of another number.
_PARTIES = RequetePreparee(
    select(*_COLONNES_OFFRE)
    .where(
        _o.organisme_id == _DU_SIEN,
        _o.export_id.in_(bindparam("exports", expanding=True)),
        ~select(_f.id)
        .where(
            _f.organisme_id == _o.organisme_id, _f.id == _o.formation_id, _f.statut != Statut.ARCHIVEE.value,
            _f.identifiant == _o.numero,
        )
        .correlate(offre)
        .exists(),
    )
    .order_by(_o.numero)
    .limit(bindparam("limite"))
)  # fmt: skip
_SUIVIES = (
    insert(suivi)
    .from_select(
        ["organisme_id", "formation_id", "fois", "fois_exportee"],
        select(_f.organisme_id, _f.id, literal_column("0"), literal_column("0")).where(
            _f.organisme_id == bindparam("organisme_id"), _f.statut == Statut.VALIDEE.value,
            ~select(_s.formation_id)
            .where(_s.organisme_id == _f.organisme_id, _s.formation_id == _f.id)
            .correlate(formation)
            .exists(),
        ),
    )
)  # fmt: skip
_FOIS = RequetePreparee(
    select(_s.formation_id, _s.fois).where(
        _s.organisme_id == _DU_SIEN, _s.formation_id.in_(bindparam("ids", expanding=True))
    )
)
_SUIVI = RequetePreparee(
    select(_s.formation_id, _s.exportee_le, _s.fois != _s.fois_exportee).where(
        _s.organisme_id == _DU_SIEN,
        _s.formation_id.in_(bindparam("ids", expanding=True)),
        _s.exportee_le.is_not(None),
    )
)
_SORTIES = (
    update(suivi)
    .where(
        _s.organisme_id == bindparam("b_organisme_id"),
        _s.organisme_id == _o.organisme_id,
        _s.formation_id == _o.formation_id,
        _o.export_id == bindparam("b_export_id"),
    )
    .values(exportee_le=bindparam("le"), fois_exportee=_o.fois)
)
_EXPIRES = (
    select(_e.id)
    .where(
        _e.organisme_id == bindparam("organisme_id"), _e.expire_le < bindparam("maintenant", type_=_e.expire_le.type),
        _e.efface_le.is_(None), _e.id.not_in(bindparam("gardes", expanding=True)),
    )
    .limit(20)
)  # fmt: skip
_COMPTE_RENDU = RequetePreparee(select(_c.texte, _c.colle_le, _c.colle_par).where(_c.organisme_id == _DU_SIEN))
_COLLAGE = {nom: _qui_remplace(dialecte.insert(compte_rendu), ["organisme_id"]) for nom, dialecte in _DIALECTES}


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
    """List the exports whose file was given to the portal, the last first; 200 at most."""
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
            "motifs": [_en_motif(motif) for motif in une.motifs],
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
        (rang, Ecartee(id_, identifiant, intitule, tuple(map(_motif, motifs)), bool(en_partie)))
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


def acceptes(lecture: Lecture, organisme_id: UUID) -> dict[str, str]:
    """Give what was accepted, character by character, and what stands for each."""
    return dict(_ACCEPTES.lignes(lecture, organisme_id=organisme_id))


def accepter(cnx: Connection, organisme_id: UUID, signes: Mapping[str, str], le: datetime, par: str) -> None:
    """Keep that somebody accepts these characters to be replaced so."""
    if signes:
        valeurs = [
            {"organisme_id": organisme_id, "caractere": c, "par": p, "accepte_le": le, "accepte_par": par}
            for c, p in signes.items()
        ]
        cnx.execute(_ACCEPTATION[cnx.dialect.name], valeurs)


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
    """List what these exports hold and the working catalogue no longer does, by number."""
    if not exports:
        return []
    return [_offre(lue) for lue in _PARTIES.lignes(
        lecture, organisme_id=organisme_id, exports=list(exports), limite=limite
    )]  # fmt: skip


def suivre(cnx: Connection, organisme_id: UUID) -> None:
    """Begin to count how often the formations that could go out are touched."""
    cnx.execute(_SUIVIES, {"organisme_id": organisme_id})


def fois(lecture: Lecture, organisme_id: UUID, ids: Sequence[UUID]) -> dict[UUID, int]:
    """Say how often each of these formations was touched since that is counted."""
    return dict(_FOIS.lignes(lecture, organisme_id=organisme_id, ids=list(ids)))


def sorties(cnx: Connection, de: Export) -> None:
    """Keep that the formations of this export have gone out, as they were when they were read."""
    cnx.execute(_SORTIES, {"b_organisme_id": de.organisme_id, "b_export_id": de.id, "le": de.fini_le})


def suivi_de(lecture: Lecture, organisme_id: UUID, ids: Sequence[UUID]) -> dict[UUID, tuple[datetime, bool]]:
    """Say when each of these formations went out last, and whether it was touched since; the others are absent."""
    if not ids:
        return {}
    return {id_: (le, bool(change)) for id_, le, change in _SUIVI.lignes(
        lecture, organisme_id=organisme_id, ids=list(ids)
    )}  # fmt: skip


def effacer(cnx: Connection, organisme_id: UUID, maintenant: datetime, gardes: Sequence[UUID]) -> None:
    """Remove the files whose time is over, but those that are kept all the same; what is told of them stays."""
    valeurs = {"organisme_id": organisme_id, "maintenant": maintenant, "gardes": list(gardes)}
    perimes = cnx.execute(_EXPIRES, valeurs).scalars().all()
    for id_ in perimes:
        cles = {"organisme_id": organisme_id, "export_id": id_}
        for table in (morceau, offre):
            cnx.execute(delete(table).where(*_D_UN_EXPORT[table]), cles)
        cnx.execute(
            update(export).where(_e.organisme_id == bindparam("b_organisme_id"), _e.id == bindparam("b_id")),
            {"b_organisme_id": organisme_id, "b_id": id_, "efface_le": maintenant},
        )


def compte_rendu_de(lecture: Lecture, organisme_id: UUID) -> tuple[str, datetime, str] | None:
    """Give the « compte-rendu » that was pasted last: its text, when, by whom."""
    lu = _COMPTE_RENDU.ligne(lecture, organisme_id=organisme_id)
    return None if lu is None else (lu[0], lu[1], lu[2])


def coller(cnx: Connection, organisme_id: UUID, texte: str, le: datetime, par: str) -> None:
    """Keep a « compte-rendu » in place of the one before."""
    valeurs = {"organisme_id": organisme_id, "texte": texte, "colle_le": le, "colle_par": par}
    cnx.execute(_COLLAGE[cnx.dialect.name], valeurs)


def comprimer(octets_: bytes) -> bytes:
    """Give a piece as it is kept: a tenth of its size, in a time that does not count."""
    return zlib.compress(octets_, 1)


def nombre_d_offres(lecture: Lecture, de: Export) -> int:
    """Count the formations of an export's file."""
    nombre: int = RequetePreparee(select(func.count()).select_from(offre).where(*_D_UN_EXPORT[offre])).valeur(
        lecture, organisme_id=de.organisme_id, export_id=de.id
    )
    return nombre


def _tenu(une: OffreEcrite) -> UUID:
    assert une.export_id is not None  # noqa: S101 - what was read says of which export
    return une.export_id


def _offre(lue: Sequence[Any]) -> OffreEcrite:
    export_id, formation_id, numero, empreinte, debut, longueur = lue
    return OffreEcrite(formation_id, numero, empreinte, debut, longueur, export_id=export_id)


_TELS_QUELS = tuple(colonne.name for colonne in _COLONNES if colonne.name not in {"quoi", "signes"})


def _valeurs(un: Export) -> dict[str, Any]:
    return {nom: getattr(un, nom) for nom in _TELS_QUELS} | {
        "quoi": un.quoi.value,
        "signes": [_en_signe(signe) for signe in un.signes],
    }


def _lire(lue: Sequence[Any]) -> Export:
    valeurs = dict(zip((colonne.name for colonne in _COLONNES), lue, strict=True))
    signes = tuple(map(_signe, valeurs.pop("signes")))
    return Export(**(valeurs | {"quoi": Quoi(valeurs["quoi"]), "signes": signes}))


def _en_signe(signe: Signe) -> list[Any]:
    endroits = [
        [str(un.formation_id), un.identifiant, un.niveau.value, str(un.id), un.numero, un.champ, un.libelle]
        for un in signe.endroits
    ]
    return [signe.caractere, signe.remplacement, signe.fois, endroits]


def _signe(lu: Sequence[Any]) -> Signe:
    caractere, par, fois_, endroits = lu
    places = (
        Endroit(UUID(formation_id), identifiant, Niveau(niveau), UUID(id_), numero, champ, libelle)
        for formation_id, identifiant, niveau, id_, numero, champ, libelle in endroits
    )
    return Signe(caractere, par, fois_, tuple(places))


def _en_motif(motif: Motif) -> list[Any]:
    suites = [_en_motif(suite) for suite in motif.suites]
    return [motif.message, motif.niveau.value, str(motif.id), motif.champ, motif.nom, suites]


def _motif(lu: Iterable[Any]) -> Motif:
    message, niveau, id_, champ, nom, suites = lu
    return Motif(message, Niveau(niveau), UUID(id_), champ, nom, tuple(map(_motif, suites)))
