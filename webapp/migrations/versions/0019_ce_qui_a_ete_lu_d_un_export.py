"""What was read of an export is kept until its file is made, and what then differs is kept with it.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_CLES = ("organisme_id", "export_id", "formation_id")


def upgrade() -> None:
    op.add_column("export_edof", sa.Column("ecarts", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "export_lecture",
        *(sa.Column(nom, sa.Uuid(), nullable=False) for nom in _CLES),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("numero", "intitule", "empreinte")),
        sa.PrimaryKeyConstraint(*_CLES, name="lecture_une_fois_par_export"),
        sa.ForeignKeyConstraint(
            ["organisme_id", "export_id"], ["export_edof.organisme_id", "export_edof.id"],
            name="lecture_d_un_export", ondelete="CASCADE",
        ),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("export_lecture")
    op.drop_column("export_edof", "ecarts")
