"""Who acted: the identity of who saved a formation last, since two people may have one name, and who archived it.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product. Of what was done
before nobody kept either: both stay unknown until it is done again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("formation", sa.Column("modifiee_par_id", sa.Uuid()))
    op.add_column("formation", sa.Column("archivee_par", sa.Text()))


def downgrade() -> None:
    """Go back: who acted is known by name alone, and who archived no more."""
    op.drop_column("formation", "archivee_par")
    op.drop_column("formation", "modifiee_par_id")
