"""The registry as France compétences publishes it: blocs, habilitations, imports, search by words.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("certification") as table:
        table.add_column(sa.Column("remplace", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("cle", sa.Integer()))
        table.add_column(sa.Column("empreinte", sa.Text()))
        table.add_column(sa.Column("export_le", sa.Date()))
    op.execute("UPDATE certification SET cle = 2 * CAST(substr(code, 3) AS INTEGER) WHERE code LIKE 'RS%'")
    op.execute("UPDATE certification SET cle = 2 * CAST(substr(code, 5) AS INTEGER) + 1 WHERE code LIKE 'RNCP%'")
    # Whoever comes back from later tables brings their CPF codes, which the first ones never had.
    op.execute("UPDATE certification SET cle = -CAST(substr(code, 4) AS INTEGER) WHERE code LIKE 'CPF%'")
    with op.batch_alter_table("certification") as table:
        table.alter_column("cle", existing_type=sa.Integer(), nullable=False)
        table.create_unique_constraint("cle_unique_au_registre", ["cle"])
    op.create_table(
        "bloc",
        sa.Column("certification", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("certification", "code", name="bloc_unique_dans_sa_certification"),
        sa.ForeignKeyConstraint(
            ["certification"], ["certification.code"], name="bloc_d_une_certification", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "habilitation",
        sa.Column("siret", sa.Text(), nullable=False),
        sa.Column("certification", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(create_constraint=False), nullable=False),
        sa.PrimaryKeyConstraint("siret", "certification", "nature", name="habilitation_unique"),
        sa.ForeignKeyConstraint(
            ["certification"], ["certification.code"], name="habilitation_d_une_certification", ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "nature IN ('HABILITATION_FORMER', 'HABILITATION_ORGANISER', 'HABILITATION_ORGA_FORM')",
            name="nature_connue",
        ),
    )
    op.create_index("habilitation_par_certification", "habilitation", ["certification"])
    op.create_table(
        "export_importe",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("date_export", sa.Date(), nullable=False),
        sa.Column("importe_le", sa.String(32) if _sqlite() else sa.DateTime(timezone=True), nullable=False),
        sa.Column("lues", sa.Integer(), nullable=False),
        sa.Column("nouvelles", sa.Integer(), nullable=False),
        sa.Column("changees", sa.Integer(), nullable=False),
        sa.Column("inchangees", sa.Integer(), nullable=False),
        sa.Column("refusees", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="export_identifie"),
    )
    op.create_index("export_par_date", "export_importe", ["importe_le"])
    _chercher_par_mots()


def downgrade() -> None:
    if _sqlite():
        op.execute("DROP TABLE certification_mots")
    else:
        op.execute("DROP INDEX certification_par_mots")
    op.drop_table("export_importe")
    op.drop_table("habilitation")
    op.drop_table("bloc")
    with op.batch_alter_table("certification") as table:
        table.drop_constraint("cle_unique_au_registre", type_="unique")
        table.drop_column("cle")
        table.drop_column("empreinte")
        table.drop_column("export_le")
        table.drop_column("remplace")


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _chercher_par_mots() -> None:
    """Find a certification by the beginnings of its words. `recherche` holds them plain: no accent, no case.

    On SQLite the words stand beside, under the key of their certification, and follow it by triggers.
    """
    if not _sqlite():
        op.execute(
            "CREATE INDEX certification_par_mots ON certification "
            "USING gin (to_tsvector('simple'::regconfig, recherche))"
        )
        return
    op.execute(
        "CREATE VIRTUAL TABLE certification_mots USING fts5("
        "recherche, content='certification', content_rowid='cle', prefix='1 2 3', tokenize='ascii')"
    )
    op.execute(
        "CREATE TRIGGER certification_mots_ajout AFTER INSERT ON certification BEGIN "
        "INSERT INTO certification_mots(rowid, recherche) VALUES (new.cle, new.recherche); END"
    )
    op.execute(
        "CREATE TRIGGER certification_mots_retrait AFTER DELETE ON certification BEGIN "
        "INSERT INTO certification_mots(certification_mots, rowid, recherche) "
        "VALUES ('delete', old.cle, old.recherche); END"
    )
    op.execute(
        "CREATE TRIGGER certification_mots_change AFTER UPDATE OF cle, recherche ON certification BEGIN "
        "INSERT INTO certification_mots(certification_mots, rowid, recherche) "
        "VALUES ('delete', old.cle, old.recherche); "
        "INSERT INTO certification_mots(rowid, recherche) VALUES (new.cle, new.recherche); END"
    )
    op.execute("INSERT INTO certification_mots(certification_mots) VALUES ('rebuild')")
