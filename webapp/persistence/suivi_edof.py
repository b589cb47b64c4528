"""What an organisation keeps from one export to the next: what was accepted, touched since, told by the portal."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from webapp.domain.exports import Export
from webapp.domain.statuts import Statut
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.tables import formation
from webapp.persistence.tables_edof import compte_rendu, offre, remplacement, suivi

_o, _r, _s, _c, _f = offre.c, remplacement.c, suivi.c, compte_rendu.c, formation.c
_DU_SIEN = bindparam("organisme_id", type_=_s.organisme_id.type)
_DIALECTES = (("sqlite", sqlite), ("postgresql", postgresql))


def _qui_remplace(insertion: Any, cle: list[str]) -> Any:
    """Give an INSERT that writes over the row of the same key."""
    autres = {nom: valeur for nom, valeur in insertion.excluded.items() if nom not in cle}
    return insertion.on_conflict_do_update(index_elements=cle, set_=autres)


_ACCEPTES = RequetePreparee(select(_r.caractere, _r.par).where(_r.organisme_id == _DU_SIEN))
_ACCEPTATION = {
    nom: _qui_remplace(dialecte.insert(remplacement), ["organisme_id", "caractere"]) for nom, dialecte in _DIALECTES
}
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
_COMPTE_RENDU = RequetePreparee(select(_c.texte, _c.colle_le, _c.colle_par).where(_c.organisme_id == _DU_SIEN))
_COLLAGE = {nom: _qui_remplace(dialecte.insert(compte_rendu), ["organisme_id"]) for nom, dialecte in _DIALECTES}


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


def compte_rendu_de(lecture: Lecture, organisme_id: UUID) -> tuple[str, datetime, str] | None:
    """Give the « compte-rendu » that was pasted last: its text, when, by whom."""
    lu = _COMPTE_RENDU.ligne(lecture, organisme_id=organisme_id)
    return None if lu is None else (lu[0], lu[1], lu[2])


def coller(cnx: Connection, organisme_id: UUID, texte: str, le: datetime, par: str) -> None:
    """Keep a « compte-rendu » in place of the one before."""
    valeurs = {"organisme_id": organisme_id, "texte": texte, "colle_le": le, "colle_par": par}
    cnx.execute(_COLLAGE[cnx.dialect.name], valeurs)
