"""The tables of an organisation's own habilitations: each list that was read, and its lines.

A list is deposited, looked at, then imported; one at most is imported, and the next takes its place. What the registry
publishes stands in `tables`.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    text,
)

from webapp.persistence.colonnes import Instant, Liste
from webapp.persistence.metadonnees import metadata

IMPORTEE = text("importee_le IS NOT NULL")

liste_habilitations = Table(
    "liste_habilitations", metadata,
    Column("organisme_id", Uuid,
           ForeignKey("organisme.id", name="liste_habilitations_d_un_organisme", ondelete="CASCADE"), nullable=False),
    Column("id", Uuid, nullable=False),
    Column("fichier", Text, nullable=False),
    Column("etablie_le", Date, nullable=False),
    # Who, by name: an import outlives an account, and may be made from the command line.
    Column("deposee_par", Text, nullable=False),
    Column("deposee_le", Instant, nullable=False),
    Column("importee_par", Text),
    Column("importee_le", Instant),
    # What was said of its lines, in order: « ligne », with the code of what was left out, then the sentence.
    Column("remarques", Liste, nullable=False),
    PrimaryKeyConstraint("organisme_id", "id", name="liste_habilitations_identifiee"),
    CheckConstraint("(importee_par IS NULL) = (importee_le IS NULL)", name="importee_par_quelqu_un"),
    Index("une_liste_importee_par_organisme", "organisme_id", unique=True,
          sqlite_where=IMPORTEE, postgresql_where=IMPORTEE),
)  # fmt: skip

habilitation_edof = Table(
    "habilitation_edof", metadata,
    Column("organisme_id", Uuid, nullable=False),
    Column("liste_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("intitule", Text, nullable=False),
    Column("etat", Text, nullable=False),
    Column("debut", Date),
    Column("fin", Date),
    PrimaryKeyConstraint("organisme_id", "liste_id", "code", name="habilitation_edof_unique"),
    ForeignKeyConstraint(
        ["organisme_id", "liste_id"], ["liste_habilitations.organisme_id", "liste_habilitations.id"],
        name="habilitation_d_une_liste", ondelete="CASCADE",
    ),
    CheckConstraint("debut <= fin", name="habilitation_dans_l_ordre"),
)  # fmt: skip
