"""Facts carry the date of their source, and successions are read from both sides.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_EN_LISTE = "UPDATE certification SET suivantes = json_array(remplacee_par) WHERE remplacee_par <> ''"
_EN_LISTE_POSTGRESQL = "UPDATE certification SET suivantes = json_build_array(remplacee_par) WHERE remplacee_par <> ''"
_EN_TEXTE = "UPDATE certification SET suivante = json_extract(remplacee_par, '$[0]')"
_EN_TEXTE_POSTGRESQL = "UPDATE certification SET suivante = remplacee_par ->> 0"


def upgrade() -> None:
    # One column at a time, and never the table made again: on SQLite the triggers of the search hang on it.
    op.add_column("certification", sa.Column("suivantes", sa.JSON(), nullable=False, server_default="[]"))
    op.execute(_EN_LISTE if _sqlite() else _EN_LISTE_POSTGRESQL)
    op.drop_column("certification", "remplacee_par")
    op.execute("ALTER TABLE certification RENAME COLUMN suivantes TO remplacee_par")
    op.add_column("certification", sa.Column("succedee_par", sa.JSON(), nullable=False, server_default="[]"))
    for nom in ("effet_le", "vue_active_le", "faits_le"):
        op.add_column("certification", sa.Column(nom, sa.Date()))
    op.add_column("certification", sa.Column("dates", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column(
        "certification",
        sa.Column("nomme_des_partenaires", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    op.execute("UPDATE certification SET faits_le = export_le")
    # Of a record that names one of ours it is sure; of the others the next export will say.
    op.execute(
        "UPDATE certification SET nomme_des_partenaires = true WHERE code IN (SELECT certification FROM habilitation)"
    )


def downgrade() -> None:
    op.add_column("certification", sa.Column("suivante", sa.Text()))
    op.execute(_EN_TEXTE if _sqlite() else _EN_TEXTE_POSTGRESQL)
    op.drop_column("certification", "remplacee_par")
    op.execute("ALTER TABLE certification RENAME COLUMN suivante TO remplacee_par")
    for nom in ("succedee_par", "effet_le", "vue_active_le", "faits_le", "dates", "nomme_des_partenaires"):
        op.drop_column("certification", nom)


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
