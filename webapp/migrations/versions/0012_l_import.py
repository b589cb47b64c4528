"""Imports of the portal's file: what objects keep of it, the file while it waits, what its preview says.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TRACES = ("formation", "action", "session_formation")
_A_FAIRE = sa.text("etat IN ('en_cours', 'preparation')")


def upgrade() -> None:
    _genres("'lot', 'import', 'annulation'")
    for de in _TRACES:
        op.create_table(
            f"edof_{de}",
            *_ids("organisme_id", "id", "formation_id"),
            *(sa.Column(nom, sa.Integer(), nullable=False) for nom in ("version", "rang")),
            *_textes("cree_le", "modifie_le"),
            sa.Column("contenu", sa.JSON(), nullable=False),
            sa.PrimaryKeyConstraint("organisme_id", "id", name=f"edof_{de}_identifie"),
            sa.ForeignKeyConstraint(
                ["organisme_id", "id"], [f"{de}.organisme_id", f"{de}.id"], name=f"edof_d_une_{de}", ondelete="CASCADE"
            ),
        )
        op.create_index(f"edof_{de}_par_formation", f"edof_{de}", ["organisme_id", "formation_id"])
    op.create_table(
        "edof_import",
        *_ids("organisme_id", "tache_id"),
        *_textes("nom"),
        sa.Column("octets", sa.Integer(), nullable=False),
        *_textes("declare", "reel", "lu_en"),
        sa.Column("formations", sa.Integer(), nullable=False),
        *(sa.Column(nom, sa.JSON(), nullable=False) for nom in ("remarques", "comptes")),
        sa.Column("expire_le", _instant(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "tache_id", name="edof_import_identifie"),
        _de_la_tache("edof_import_d_une_tache"),
    )
    op.create_index("edof_import_par_echeance", "edof_import", ["expire_le"])
    op.create_table(
        "edof_morceau",
        *_ids("organisme_id", "tache_id"),
        sa.Column("rang", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "tache_id", "rang", name="edof_morceau_identifie"),
        _de_la_tache("edof_morceau_d_une_tache"),
    )
    op.create_table(
        "edof_offre",
        *_ids("organisme_id", "tache_id"),
        sa.Column("rang", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("ligne", sa.Integer(), nullable=False),
        *_textes("cle"),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        *_textes("empreinte"),
        sa.PrimaryKeyConstraint("organisme_id", "tache_id", "rang", name="edof_offre_identifiee"),
        _de_la_tache("edof_offre_d_une_tache"),
    )
    op.create_index("edof_offre_par_cle", "edof_offre", ["organisme_id", "tache_id", "cle", "rang"])
    op.create_table(
        "edof_apercu",
        *_ids("organisme_id", "tache_id"),
        sa.Column("rang", sa.Integer(), nullable=False, autoincrement=False),
        *_textes("sort"),
        sa.Column("contenu", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "tache_id", "rang", name="edof_apercu_identifie"),
        sa.ForeignKeyConstraint(
            ["organisme_id", "tache_id", "rang"],
            ["tache_ligne.organisme_id", "tache_ligne.tache_id", "tache_ligne.rang"],
            name="edof_apercu_d_une_ligne", ondelete="CASCADE",
        ),
        sa.CheckConstraint("sort IN ('cree', 'modifie', 'inchange', 'refuse')", name="sort_connu"),
    )  # fmt: skip
    op.create_index("edof_apercu_par_sort", "edof_apercu", ["organisme_id", "tache_id", "sort", "rang"])
    op.create_table(
        "edof_entree",
        *_ids("organisme_id", "tache_id"),
        *_textes("niveau"),
        *_ids("id"),
        sa.PrimaryKeyConstraint("organisme_id", "tache_id", "niveau", "id", name="edof_entree_identifiee"),
        _de_la_tache("edof_entree_d_une_tache"),
        sa.CheckConstraint("niveau IN ('contact', 'lieu')", name="niveau_d_entree_connu"),
    )


def downgrade() -> None:
    """Go back: the older tables have no place for what a file says and no field does, nor for these jobs."""
    for table in ("entree", "apercu", "offre", "morceau", "import", *reversed(_TRACES)):
        op.drop_table(f"edof_{table}")
    siennes = "SELECT id FROM tache WHERE genre = 'import'"
    op.execute(f"DELETE FROM tache_ligne WHERE tache_id IN (SELECT id FROM tache WHERE origine IN ({siennes}))")  # noqa: S608 - our words
    op.execute(f"DELETE FROM tache_ligne WHERE tache_id IN ({siennes})")  # noqa: S608 - our words
    op.execute(f"DELETE FROM tache WHERE origine IN ({siennes})")  # noqa: S608 - our words
    op.execute("DELETE FROM tache WHERE genre = 'import'")
    _genres("'lot', 'annulation'")


def _genres(connus: str) -> None:
    """Say what a job may be. SQLite makes the table again for that: its indexes are told again, as they were."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    index = ("tache_par_date", "tache_a_faire") if sqlite else ()
    for nom in index:
        op.drop_index(nom, "tache")
    with op.batch_alter_table("tache") as table:
        table.drop_constraint("genre_connu", type_="check")
        table.create_check_constraint("genre_connu", sa.text(f"genre IN ({connus})"))
    if sqlite:
        op.create_index("tache_par_date", "tache", ["organisme_id", "creee_le", "id"])
        op.create_index("tache_a_faire", "tache", ["creee_le"], sqlite_where=_A_FAIRE)


def _ids(*noms: str) -> list[sa.Column[object]]:
    return [sa.Column(nom, sa.Uuid(), nullable=False) for nom in noms]


def _textes(*noms: str) -> list[sa.Column[object]]:
    return [sa.Column(nom, sa.Text(), nullable=False) for nom in noms]


def _instant() -> sa.String | sa.DateTime:
    return sa.String(32) if op.get_bind().dialect.name == "sqlite" else sa.DateTime(timezone=True)


def _de_la_tache(nom: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisme_id", "tache_id"], ["tache.organisme_id", "tache.id"], name=nom, ondelete="CASCADE"
    )
