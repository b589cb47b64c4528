"""The habilitations of an organisation, as EDOF lists them: each list that was read, and its lines.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_IMPORTEE = sa.text("importee_le IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "liste_habilitations",
        *(sa.Column(nom, sa.Uuid(), nullable=False) for nom in ("organisme_id", "id")),
        sa.Column("fichier", sa.Text(), nullable=False),
        sa.Column("etablie_le", sa.Date(), nullable=False),
        sa.Column("deposee_par", sa.Text(), nullable=False),
        sa.Column("deposee_le", _instant(), nullable=False),
        sa.Column("importee_par", sa.Text()),
        sa.Column("importee_le", _instant()),
        sa.Column("remarques", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "id", name="liste_habilitations_identifiee"),
        sa.ForeignKeyConstraint(
            ["organisme_id"], ["organisme.id"], name="liste_habilitations_d_un_organisme", ondelete="CASCADE"
        ),
        sa.CheckConstraint("(importee_par IS NULL) = (importee_le IS NULL)", name="importee_par_quelqu_un"),
    )
    op.create_index(
        "une_liste_importee_par_organisme", "liste_habilitations", ["organisme_id"], unique=True,
        sqlite_where=_IMPORTEE, postgresql_where=_IMPORTEE,
    )  # fmt: skip
    op.create_table(
        "habilitation_edof",
        *(sa.Column(nom, sa.Uuid(), nullable=False) for nom in ("organisme_id", "liste_id")),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("code", "intitule", "etat")),
        *(sa.Column(nom, sa.Date()) for nom in ("debut", "fin")),
        sa.PrimaryKeyConstraint("organisme_id", "liste_id", "code", name="habilitation_edof_unique"),
        sa.ForeignKeyConstraint(
            ["organisme_id", "liste_id"], ["liste_habilitations.organisme_id", "liste_habilitations.id"],
            name="habilitation_d_une_liste", ondelete="CASCADE",
        ),
        sa.CheckConstraint("debut <= fin", name="habilitation_dans_l_ordre"),
    )  # fmt: skip


def downgrade() -> None:
    """Go back: the older tables have no place for these lists, which the portal gives again."""
    for table in ("habilitation_edof", "liste_habilitations"):
        op.drop_table(table)


def _instant() -> sa.String | sa.DateTime:
    return sa.String(32) if op.get_bind().dialect.name == "sqlite" else sa.DateTime(timezone=True)
