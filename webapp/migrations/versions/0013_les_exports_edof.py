"""Exports for the portal: their files in pieces, what stays out of them, what was accepted, what changed since.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_DEPOSES = sa.text("depose_le IS NOT NULL")
_TABLES = (
    "compte_rendu_edof", "suivi_export", "remplacement_accepte", "export_ecartee", "export_offre", "export_morceau",
    "export_edof",
)  # fmt: skip
# By the table that is touched: when, and the row that says which formation.
_TOUCHES = (
    ("formation", "UPDATE", "new", "id"),
    *(
        (table, quand, "old" if quand == "DELETE" else "new", "formation_id")
        for table in ("action", "session_formation")
        for quand in ("INSERT", "UPDATE", "DELETE")
    ),
)


def upgrade() -> None:
    _genres("'lot', 'import', 'annulation', 'export'")
    op.create_table(
        "export_edof",
        *_cles("organisme_id", "id"),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("quoi", "format")),
        *(
            sa.Column(nom, sa.Integer(), nullable=False)
            for nom in ("jours", "formations", "actions", "sessions", "ecartees", "partielles", "inchangees")
        ),
        sa.Column("taille", sa.BigInteger(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("signes", sa.JSON(), nullable=False),
        *(sa.Column(nom, _instant()) for nom in ("fini_le", "expire_le", "efface_le", "depose_le")),
        sa.Column("depose_par", sa.Text(), nullable=False),
        sa.Column("accepte_le", _instant()),
        sa.Column("accepte_par", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "id", name="export_edof_identifie"),
        sa.ForeignKeyConstraint(
            ["organisme_id", "id"], ["tache.organisme_id", "tache.id"], name="export_d_une_tache", ondelete="CASCADE"
        ),
        sa.CheckConstraint("quoi IN ('tout', 'choix', 'change')", name="quoi_connu"),
        sa.CheckConstraint("depose_le IS NULL OR fini_le IS NOT NULL", name="depose_une_fois_fini"),
    )
    op.create_index(
        "export_depose", "export_edof", ["organisme_id", "depose_le"],
        sqlite_where=_DEPOSES, postgresql_where=_DEPOSES,
    )  # fmt: skip
    op.create_table(
        "export_morceau",
        *_cles("organisme_id", "export_id"),
        sa.Column("numero", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "export_id", "numero", name="morceau_identifie"),
        _de_l_export("morceau_d_un_export"),
    )
    op.create_table(
        "export_offre",
        *_cles("organisme_id", "export_id", "formation_id"),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("numero", "empreinte")),
        sa.Column("debut", sa.BigInteger(), nullable=False),
        *(sa.Column(nom, sa.Integer(), nullable=False) for nom in ("longueur", "fois")),
        sa.PrimaryKeyConstraint("organisme_id", "export_id", "formation_id", name="offre_une_fois_par_export"),
        _de_l_export("offre_d_un_export"),
    )
    op.create_index("offre_par_numero", "export_offre", ["organisme_id", "numero", "export_id"])
    op.create_table(
        "export_ecartee",
        *_cles("organisme_id", "export_id"),
        sa.Column("rang", sa.Integer(), nullable=False, autoincrement=False),
        *_cles("formation_id"),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("identifiant", "intitule")),
        sa.Column("partielle", sa.Integer(), nullable=False),
        sa.Column("motifs", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "export_id", "rang", name="ecartee_identifiee"),
        _de_l_export("ecartee_d_un_export"),
    )
    op.create_index("ecartee_par_sorte", "export_ecartee", ["organisme_id", "export_id", "partielle", "rang"])
    op.create_table(
        "remplacement_accepte",
        *_cles("organisme_id"),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("caractere", "par")),
        sa.Column("accepte_le", _instant(), nullable=False),
        sa.Column("accepte_par", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "caractere", name="remplacement_unique"),
        _de_l_organisme("remplacement_d_un_organisme"),
    )
    op.create_table(
        "suivi_export",
        *_cles("organisme_id", "formation_id"),
        sa.Column("fois", sa.Integer(), nullable=False),
        sa.Column("exportee_le", _instant()),
        sa.Column("fois_exportee", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "formation_id", name="suivi_identifie"),
        sa.ForeignKeyConstraint(
            ["organisme_id", "formation_id"], ["formation.organisme_id", "formation.id"], name="suivi_d_une_formation",
            ondelete="CASCADE",
        ),
    )  # fmt: skip
    op.create_table(
        "compte_rendu_edof",
        *_cles("organisme_id"),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("colle_le", _instant(), nullable=False),
        sa.Column("colle_par", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", name="compte_rendu_identifie"),
        _de_l_organisme("compte_rendu_d_un_organisme"),
    )
    _compter_les_touches()


def downgrade() -> None:
    """Go back: the older tables have no place for exports, nor their jobs."""
    for table, quand, *_ in _TOUCHES:
        nom = _nom(table, quand)
        op.execute(f"DROP TRIGGER {nom}" if _sqlite() else f"DROP TRIGGER {nom} ON {table}")
        if not _sqlite():
            op.execute(f"DROP FUNCTION {nom}()")
    for table in _TABLES:
        op.drop_table(table)
    op.execute("DELETE FROM tache WHERE genre = 'export'")
    _genres("'lot', 'import', 'annulation'")


def _genres(permis: str) -> None:
    """Say which kinds of jobs there are."""
    with op.batch_alter_table("tache") as lot:
        lot.drop_constraint("genre_connu", type_="check")
        lot.create_check_constraint("genre_connu", f"genre IN ({permis})")


def _compter_les_touches() -> None:
    """Have the database count how often a formation that was exported, or what it holds, is touched.

    Whatever writes there is then seen: a form, a bulk change, an import, a removal.
    """
    for table, quand, rang, cle in _TOUCHES:
        nom = _nom(table, quand)
        celle = f"organisme_id = {rang}.organisme_id AND formation_id = {rang}.{cle}"
        geste = f"UPDATE suivi_export SET fois = fois + 1 WHERE {celle};"  # noqa: S608 - names that stand above
        if _sqlite():
            op.execute(f"CREATE TRIGGER {nom} AFTER {quand} ON {table} BEGIN {geste} END")
            continue
        op.execute(f"CREATE FUNCTION {nom}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {geste} RETURN NULL; END $$")
        op.execute(f"CREATE TRIGGER {nom} AFTER {quand} ON {table} FOR EACH ROW EXECUTE FUNCTION {nom}()")


def _nom(table: str, quand: str) -> str:
    return f"touche_{table}_{quand.lower()}"


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _instant() -> sa.String | sa.DateTime:
    return sa.String(32) if _sqlite() else sa.DateTime(timezone=True)


def _cles(*noms: str) -> list[sa.Column[object]]:
    return [sa.Column(nom, sa.Uuid(), nullable=False) for nom in noms]


def _de_l_organisme(nom: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organisme_id"], ["organisme.id"], name=nom, ondelete="CASCADE")


def _de_l_export(nom: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisme_id", "export_id"], ["export_edof.organisme_id", "export_edof.id"], name=nom, ondelete="CASCADE"
    )
