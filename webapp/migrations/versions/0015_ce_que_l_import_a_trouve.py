"""What the last import found in the registry is kept, so that it can be undone.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TEXTES = ("code", "intitule", "famille", "niveau_entree", "niveau_sortie", "source", "recherche")
_LISTES = ("remplacee_par", "certificateurs", "formacodes", "nsf", "rome", "remplace", "succedee_par", "dates")
_JOURS = ("fin_enregistrement", "inactive_constatee_le", "effet_le", "vue_active_le", "faits_le", "export_le")


def upgrade() -> None:
    op.create_table(
        "certification_avant",
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in _TEXTES),
        *(sa.Column(nom, sa.JSON(), nullable=False) for nom in _LISTES),
        *(sa.Column(nom, sa.Date()) for nom in _JOURS),
        *(sa.Column(nom, sa.Integer(), nullable=False) for nom in ("rang", "cle")),
        sa.Column("connue_active_le", sa.Date(), nullable=False),
        sa.Column("nomme_des_partenaires", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("empreinte", sa.Text()),
        sa.PrimaryKeyConstraint("code", name="certification_avant_identifiee"),
    )
    op.create_table(
        "bloc_avant",
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("certification", "code", "libelle")),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("certification", "code", name="bloc_avant_identifiee"),
    )
    op.create_table(
        "habilitation_avant",
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("siret", "certification", "nature")),
        sa.Column("active", sa.Boolean(create_constraint=False), nullable=False),
        sa.PrimaryKeyConstraint("siret", "certification", "nature", name="habilitation_avant_identifiee"),
    )
    op.create_table(
        "certification_nouvelle",
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="certification_nouvelle_identifiee"),
    )


def downgrade() -> None:
    for nom in ("certification_nouvelle", "habilitation_avant", "bloc_avant", "certification_avant"):
        op.drop_table(nom)
