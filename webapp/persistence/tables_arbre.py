"""The tables of the tree: actions, sessions, and the contacts and places that an organisation keeps once.

Their columns and constraints are made from the fields of each level. The organisation leads every key, those that
refer included: nothing here can refer to what belongs to another. Nothing that is referred to can be removed, but with
its whole organisation: what goes with a formation is decided, and named to a person, before.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.schema import SchemaItem

from webapp.domain.champs import Nature, Niveau
from webapp.domain.niveaux import CHAMPS
from webapp.domain.statuts import Statut
from webapp.persistence.colonnes import Instant
from webapp.persistence.contraintes import NUMERO_DE_L_ACTION, NUMERO_DE_LA_SESSION, parmi
from webapp.persistence.contraintes_arbre import NUMEROTES, du_niveau
from webapp.persistence.metadonnees import metadata

_ANNUAIRE = {Nature.CONTACT: "contact", Nature.LIEU: "lieu"}


def _organisme(table: str, nom: str) -> list[SchemaItem]:
    de_l_organisme = ForeignKey("organisme.id", name=f"{table}_d_un_organisme", ondelete="CASCADE")
    return [
        Column("organisme_id", Uuid, de_l_organisme, nullable=False),
        Column("id", Uuid, nullable=False),
        PrimaryKeyConstraint("organisme_id", "id", name=nom),
    ]


def _champs(table: str, niveau: Niveau) -> list[SchemaItem]:
    """Make the columns of the fields of a level, what they refer to, and their constraints."""
    elements: list[SchemaItem] = []
    for champ in CHAMPS[niveau]:
        if not champ.nature.est_reference:
            elements.append(Column(champ.nom, Text, nullable=False))
            continue
        visee = _ANNUAIRE[champ.nature]
        elements += [
            Column(champ.nom, Uuid),
            ForeignKeyConstraint(
                ["organisme_id", champ.nom], [f"{visee}.organisme_id", f"{visee}.id"],
                name=f"{champ.nom}_de_{table}",
            ),
            Index(f"{table}_par_{champ.nom}", "organisme_id", champ.nom),
        ]  # fmt: skip
    return [*elements, *du_niveau(niveau)]


def _suivi() -> list[SchemaItem]:
    return [
        Column("version", Integer, nullable=False),
        Column("creee_le", Instant, nullable=False),
        Column("modifiee_le", Instant, nullable=False),
        Column("modifiee_par", Text, nullable=False),
        CheckConstraint("version >= 1", name="version_positive"),
    ]


def _statut() -> list[SchemaItem]:
    return [
        Column("numero_cle", Text, nullable=False),
        Column("statut", Text, nullable=False),
        Column("validee_le", Instant),
        Column("archivee_le", Instant),
        Column("avant_archivage", Text),
        parmi("statut", Statut, "statut_connu"),
        parmi("avant_archivage", (s for s in Statut if s is not Statut.ARCHIVEE), "avant_archivage_connu"),
    ]


def _annuaire(niveau: Niveau) -> Table:
    table = niveau.value
    return Table(
        table, metadata, *_organisme(table, f"{table}_identifie"), *_champs(table, niveau), *_suivi(),
        # What it is ordered by in a list: its name without case nor accents.
        Column("tri", Text, nullable=False),
        Index(f"{table}_par_nom", "organisme_id", "tri", "id"),
    )  # fmt: skip


contact = _annuaire(Niveau.CONTACT)
lieu = _annuaire(Niveau.LIEU)

action = Table(
    "action", metadata, *_organisme("action", "action_identifiee"),
    Column("formation_id", Uuid, nullable=False),
    *_champs("action", Niveau.ACTION), *_statut(), *_suivi(),
    ForeignKeyConstraint(
        ["organisme_id", "formation_id"], ["formation.organisme_id", "formation.id"], name="action_d_une_formation"
    ),
    # What lets a session say both its action and its formation without being able to contradict it.
    UniqueConstraint("organisme_id", "formation_id", "id", name="action_dans_sa_formation"),
    Index("action_par_formation", "organisme_id", "formation_id", "creee_le", "id"),
    # The one that was saved last is what the next begins from.
    Index("action_par_date", "organisme_id", "modifiee_le", "id"),
    Index(
        NUMERO_DE_L_ACTION, "organisme_id", "formation_id", "numero_cle", unique=True,
        sqlite_where=NUMEROTES, postgresql_where=NUMEROTES,
    ),
)  # fmt: skip

# « session » alone would be taken for what a person who is signed in has open: see `session_ouverte`.
session = Table(
    "session_formation", metadata, *_organisme("session_formation", "session_de_formation_identifiee"),
    Column("formation_id", Uuid, nullable=False),
    Column("action_id", Uuid, nullable=False),
    *_champs("session", Niveau.SESSION), *_statut(), *_suivi(),
    ForeignKeyConstraint(
        ["organisme_id", "formation_id", "action_id"],
        ["action.organisme_id", "action.formation_id", "action.id"], name="session_d_une_action",
    ),
    # The sessions of an action in the order of their dates; those of a formation, by action in that order, and counted.
    Index("session_par_action", "organisme_id", "action_id", "debut", "id"),
    Index("session_par_formation", "organisme_id", "formation_id", "action_id", "debut", "id", "statut"),
    Index(
        NUMERO_DE_LA_SESSION, "organisme_id", "action_id", "numero_cle", unique=True,
        sqlite_where=NUMEROTES, postgresql_where=NUMEROTES,
    ),
)  # fmt: skip
