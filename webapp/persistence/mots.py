"""The words by which formations are found: kept beside them, indexed by the database, followed by every write.

The words are made by `webapp.domain.recherche` alone. They stand in a table of their own, one row a formation: a change
of status touches no word, and a migration that makes the table of the formations again loses no trigger. SQLite indexes
them by FTS5 (`formation_mots`, which triggers of that table follow), PostgreSQL by a GIN index of the column itself.

Each word is kept behind the mark of its organisation: a search reads the words of its own catalogue, however many
others the database holds. Two organisations may have one mark: the key says whose a formation is, the mark only where
to look.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    Text,
    TextClause,
    bindparam,
    cast,
    column,
    delete,
    func,
    literal_column,
    select,
    table,
    text,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError

from webapp.domain.certifications import Certification
from webapp.domain.formation import Formation
from webapp.domain.recherche import mots_gardes
from webapp.persistence.tables import certification, formation, formation_recherche

LETTRES_DE_LA_MARQUE = 6
"""Of the 32 of an organisation's id: sixteen million marks."""

_LOT = 500
# The fields that give the words.
_D_OU = ("intitule", "identifiant", "certification")
_r = formation_recherche.c
_t = formation.c
_mots_indexes = table("formation_mots", column("rowid"))
_TITRES = (
    select(certification.c.code, certification.c.intitule)
    .where(certification.c.code.in_(bindparam("codes", expanding=True)))
    .order_by(certification.c.code)
)
# Whoever changes the title of a certification waits for the formations that are being written with the old one, and
# finds them. SQLite, where one writes at a time, has no such words.
_TITRES_TENUS = _TITRES.with_for_update(read=True)
_CLE_SUIVANTE = select(func.coalesce(func.max(_r.cle), 0) + 1).scalar_subquery()
_CLES = {"sqlite": {"cle": _CLE_SUIVANTE}, "postgresql": {}}
_ECRITURE = {
    nom: (insertion := dialecte.insert(formation_recherche).values(_CLES[nom])).on_conflict_do_update(
        index_elements=["organisme_id", "id"], set_={"mots": insertion.excluded.mots}
    )
    for nom, dialecte in (("sqlite", sqlite), ("postgresql", postgresql))
}
_CHANGEMENT = (
    update(formation_recherche)
    .where(_r.organisme_id == bindparam("de"), _r.id == bindparam("celle"))
    .values(mots=bindparam("mots_faits", type_=_r.mots.type))
)
_QUI_LA_PREPARENT = (
    select(_t.organisme_id, _t.id, _t.intitule, _t.identifiant, _t.certification, certification.c.intitule)
    .join_from(formation, certification, certification.c.code == _t.certification)
    .where(_t.certification.in_(bindparam("codes", expanding=True)))
    .execution_options(yield_per=_LOT)
)
_REFAIRE = {
    "sqlite": "INSERT INTO formation_mots(formation_mots) VALUES ('rebuild')",
    "postgresql": "REINDEX INDEX formation_par_mots",
}
_EN_TEXTE = {
    "sqlite": _r.mots,
    # Sorted there, and said once each: the order says nothing.
    "postgresql": func.array_to_string(func.tsvector_to_array(_r.mots), " ", type_=Text),
}
_TOUTES = {
    dialecte: select(
        _t.organisme_id, _t.id, _t.intitule, _t.identifiant, _t.certification, certification.c.intitule, mots
    )
    .select_from(formation)
    .join(certification, certification.c.code == _t.certification)
    .outerjoin(formation_recherche, (_r.organisme_id == _t.organisme_id) & (_r.id == _t.id))
    .execution_options(yield_per=_LOT)
    for dialecte, mots in _EN_TEXTE.items()
}


def suivre(cnx: Connection, formations: Sequence[Formation]) -> None:
    """Keep the words of formations that were just written, in the same transaction."""
    requete = _TITRES if cnx.dialect.name == "sqlite" else _TITRES_TENUS
    lus = cnx.execute(requete, {"codes": list({une.fiche.certification for une in formations})})
    siens = {ligne.code: ligne.intitule for ligne in lus}
    lignes = []
    for une in formations:
        intitule, identifiant, code = (une.fiche.valeur(nom) for nom in _D_OU)
        faits = _mots(une.organisme_id, intitule, identifiant, code, siens[code])
        lignes.append({"organisme_id": une.organisme_id, "id": une.id, "mots": faits})
    cnx.execute(_ECRITURE[cnx.dialect.name], lignes)


def change_de_mots(avant: Formation, apres: Formation) -> bool:
    """Say whether a formation is found by other words than before."""
    return any(avant.fiche.valeur(nom) != apres.fiche.valeur(nom) for nom in _D_OU)


def titres(cnx: Connection, codes: Iterable[str]) -> dict[str, str]:
    """Give the titles of certifications by their codes; those that the registry does not hold are absent."""
    return {ligne.code: ligne.intitule for ligne in cnx.execute(_TITRES, {"codes": list(codes)})}


def changes_de_titre(avant: Mapping[str, str], certifications: Iterable[Certification]) -> list[str]:
    """Give the codes of the certifications that have another title than the one that they had."""
    return [une.code for une in certifications if avant.get(une.code, une.intitule) != une.intitule]


def suivre_titres(cnx: Connection, changes: Iterable[str]) -> None:
    """Make the words of every formation that prepares these certifications again: their titles have just changed."""
    codes = list(changes)
    if not codes:
        return
    lues = cnx.execute(_QUI_LA_PREPARENT, {"codes": codes})
    for lot in lues.partitions():
        cnx.execute(_CHANGEMENT, [
            {"de": qui, "celle": id_, "mots_faits": _mots(qui, intitule, identifiant, code, titre)}
            for qui, id_, intitule, identifiant, code, titre in lot
        ])  # fmt: skip


def sans_leurs_mots(cnx: Connection) -> int:
    """Count the formations whose words are missing, or are not those by which they should be found."""
    lues = cnx.execute(_TOUTES[cnx.dialect.name])
    return sum(
        mots is None or set(mots.split()) != set(_mots(qui, intitule, identifiant, code, titre).split())
        for qui, _, intitule, identifiant, code, titre, mots in lues
    )


def index_fidele(cnx: Connection) -> bool:
    """Say whether SQLite's index holds the words that are kept, and nothing else; PostgreSQL vouches for its own."""
    if cnx.dialect.name != "sqlite":
        return True
    try:
        cnx.exec_driver_sql("INSERT INTO formation_mots(formation_mots, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True


def reconstruire(cnx: Connection) -> int:
    """Make all the words again, and the index of them; give how many formations have some."""
    # First, since what follows a write in SQLite's index must find there what was written before.
    cnx.exec_driver_sql(_REFAIRE[cnx.dialect.name])
    cnx.execute(delete(formation_recherche))
    nombre = 0
    lues = cnx.execute(_TOUTES[cnx.dialect.name])
    for lot in lues.partitions():
        cnx.execute(_ECRITURE[cnx.dialect.name], [
            {"organisme_id": qui, "id": id_, "mots": _mots(qui, intitule, identifiant, code, titre)}
            for qui, id_, intitule, identifiant, code, titre, _ in lot
        ])  # fmt: skip
        nombre += len(lot)
    return nombre


def motif(dialecte: str, organisme_id: UUID, mot: str) -> str:
    """Give what `a_les_mots` compares with, for one word."""
    debut = _marque(organisme_id) + mot
    return f"% {debut}%" if dialecte == "sqlite" else f"'{debut}':*"


def a_les_mots(dialecte: str, voulu: BindParameter[str]) -> ColumnElement[bool]:
    """Say of the words of one formation, without any index, whether one begins so."""
    if dialecte == "sqlite":
        return (literal_column("' '", Text) + _r.mots).like(voulu)
    # « IS true » keeps PostgreSQL from its index, which it would rather read whole than a hundred lines in order.
    return _r.mots.bool_op("@@")(cast(voulu, postgresql.TSQUERY)).is_(true())


def demander(dialecte: str, organisme_id: UUID, mots: Sequence[str], *, entiers: bool = False) -> str:
    """Give what `indexees` asks the index for: every word, by its beginning. A word has only letters and digits.

    `entiers`: words that are just so, and none that only begins so.
    """
    marque = _marque(organisme_id)
    if dialecte == "sqlite":
        return " ".join(f'"{marque}{mot}"{"" if entiers else "*"}' for mot in mots)
    return " & ".join(f"'{marque}{mot}'{'' if entiers else ':*'}" for mot in mots)


def indexees(dialecte: str, demande: str = "demande") -> Select[tuple[UUID, UUID]]:
    """Choose the formations of an organisation that the index finds for :demande: :organisme_id and their ids.

    On PostgreSQL they may be those of others of the same mark too: it must not choose to go through the organisation.
    """
    choisies = select(_r.organisme_id, _r.id).where(_indexee(dialecte, demande))
    if dialecte != "sqlite":
        return choisies
    siennes = choisies.join_from(_mots_indexes, formation_recherche, _r.cle == _mots_indexes.c.rowid)
    return siennes.where(_r.organisme_id == bindparam("organisme_id"))


def comptees(dialecte: str) -> Select[Any]:
    """Choose one thing, whatever it is, for each formation that the index finds for :demande."""
    return select(_mots_indexes.c.rowid if dialecte == "sqlite" else _r.id).where(_indexee(dialecte))


def _indexee(dialecte: str, demande: str = "demande") -> ColumnElement[bool] | TextClause:
    if dialecte == "sqlite":
        return text(f"formation_mots MATCH :{demande}")
    demandee: BindParameter[str] = bindparam(demande, type_=Text)
    return _r.mots.bool_op("@@")(cast(demandee, postgresql.TSQUERY))


def _marque(organisme_id: UUID) -> str:
    return organisme_id.hex[:LETTRES_DE_LA_MARQUE]


def _mots(organisme_id: UUID, intitule: str, identifiant: str, code: str, titre: str) -> str:
    marque = _marque(organisme_id)
    return " ".join([marque + mot for mot in mots_gardes(intitule, identifiant, code, titre).split()])
