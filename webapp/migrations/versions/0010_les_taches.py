"""Jobs: what takes longer than an answer, where it stands, and what became of each object.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NIVEAUX = "niveau IN ('formation', 'action', 'session')"
_A_FAIRE = sa.text("etat IN ('en_cours', 'preparation')")


def upgrade() -> None:
    op.create_table(
        "tache",
        sa.Column("organisme_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("genre", "etat")),
        *(sa.Column(nom, sa.JSON(), nullable=False) for nom in ("parametres", "etape")),
        sa.Column("jour", sa.Date()),
        sa.Column("utilisateur_id", sa.Uuid(), nullable=False),
        sa.Column("demandee_par", sa.Text(), nullable=False),
        sa.Column("creee_le", _instant(), nullable=False),
        *(sa.Column(nom, _instant()) for nom in ("lancee_le", "finie_le")),
        *(
            sa.Column(nom, sa.Integer(), nullable=False)
            for nom in ("choisis", "prevus", "ecartes", "faits", "laisses", "rang")
        ),
        sa.Column("porteur", sa.Uuid()),
        *(sa.Column(nom, sa.Integer(), nullable=False) for nom in ("battement", "echecs")),
        sa.Column("raison", sa.Text(), nullable=False),
        sa.Column("origine", sa.Uuid()),
        sa.PrimaryKeyConstraint("organisme_id", "id", name="tache_identifiee"),
        sa.ForeignKeyConstraint(["organisme_id"], ["organisme.id"], name="tache_d_un_organisme", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisme_id", "origine"], ["tache.organisme_id", "tache.id"], name="tache_annulee", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("organisme_id", "origine", name="une_annulation_par_tache"),
        sa.CheckConstraint("genre IN ('lot', 'annulation')", name="genre_connu"),
        sa.CheckConstraint(
            "etat IN ('choix', 'preparation', 'prete', 'en_cours', 'terminee', 'interrompue')", name="etat_connu"
        ),
        sa.CheckConstraint("faits + laisses <= prevus", name="rien_fait_deux_fois"),
    )
    op.create_index("tache_par_date", "tache", ["organisme_id", "creee_le", "id"])
    op.create_index("tache_a_faire", "tache", ["creee_le"], sqlite_where=_A_FAIRE, postgresql_where=_A_FAIRE)
    op.create_table(
        "tache_choix",
        *(sa.Column(nom, sa.Uuid(), nullable=False) for nom in ("organisme_id", "tache_id")),
        sa.Column("niveau", sa.Text(), nullable=False),
        sa.Column("objet_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "tache_id", "niveau", "objet_id", name="choisi_une_fois"),
        _de_la_tache("choix_d_une_tache"),
        sa.CheckConstraint(_NIVEAUX, name="niveau_choisi_connu"),
    )
    op.create_table(
        "tache_ligne",
        *(sa.Column(nom, sa.Uuid(), nullable=False) for nom in ("organisme_id", "tache_id")),
        sa.Column("rang", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("niveau", sa.Text(), nullable=False),
        sa.Column("objet_id", sa.Uuid(), nullable=False),
        sa.Column("version_vue", sa.Integer(), nullable=False),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("nom", "detail", "etat", "raison")),
        sa.Column("version_faite", sa.Integer()),
        sa.Column("avant", sa.JSON()),
        sa.PrimaryKeyConstraint("organisme_id", "tache_id", "rang", name="ligne_identifiee"),
        sa.UniqueConstraint("organisme_id", "tache_id", "niveau", "objet_id", name="objet_une_fois_par_tache"),
        _de_la_tache("ligne_d_une_tache"),
        sa.CheckConstraint(_NIVEAUX, name="niveau_de_ligne_connu"),
        sa.CheckConstraint("etat IN ('prevue', 'ecartee', 'faite', 'laissee')", name="etat_de_ligne_connu"),
    )
    op.create_index("ligne_par_etat", "tache_ligne", ["organisme_id", "tache_id", "etat", "rang"])


def downgrade() -> None:
    """Go back: the older tables have no place for jobs, nor for what undoing them takes."""
    for table in ("tache_ligne", "tache_choix", "tache"):
        op.drop_table(table)


def _instant() -> sa.String | sa.DateTime:
    return sa.String(32) if op.get_bind().dialect.name == "sqlite" else sa.DateTime(timezone=True)


def _de_la_tache(nom: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisme_id", "tache_id"], ["tache.organisme_id", "tache.id"], name=nom, ondelete="CASCADE"
    )
