"""The size of a file that is imported is no longer kept: nobody read it.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("edof_import", "octets")


def downgrade() -> None:
    op.add_column("edof_import", sa.Column("octets", sa.Integer, nullable=False, server_default="0"))
