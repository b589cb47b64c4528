"""What archiving keeps: the status before it, the version that the last save made, the place in the list.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product. What was archived
before has no former status: nobody kept it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_INDEX = ("formation_par_date", "formation_par_statut")


def upgrade() -> None:
    # Written out: on SQLite a column that stands may be given no constraint without making the table again.
    op.execute(
        "ALTER TABLE formation ADD COLUMN avant_archivage TEXT "
        "CONSTRAINT avant_archivage_connu CHECK (avant_archivage IN ('brouillon', 'validee'))"
    )
    op.add_column("formation", sa.Column("version_saisie", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("formation", sa.Column("rang", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(f"UPDATE formation SET version_saisie = version, rang = {_microsecondes()}")  # noqa: S608 - our words
    _refaire_index("rang", hors_archives=True)


def downgrade() -> None:
    """Go back: what is archived forgets what it was, and the list is ordered by date again."""
    op.execute("UPDATE formation SET validee_le = NULL WHERE statut <> 'validee'")
    _refaire_index("modifiee_le", hors_archives=False)
    for nom in ("rang", "version_saisie", "avant_archivage"):
        op.execute(f"ALTER TABLE formation DROP COLUMN {nom}")


def _microsecondes() -> str:
    """Give how the moment of a modification is told in microseconds since 1970."""
    if op.get_bind().dialect.name == "sqlite":
        secondes = "CAST(strftime('%s', substr(modifiee_le, 1, 19)) AS INTEGER)"
        return f"{secondes} * 1000000 + CAST(substr(modifiee_le, 21, 6) AS INTEGER)"
    return "(extract(epoch FROM modifiee_le) * 1000000)::bigint"


def _refaire_index(ordre: str, *, hors_archives: bool) -> None:
    ou = sa.text("statut <> 'archivee'") if hors_archives else None
    par_date, par_statut = _INDEX
    for nom in _INDEX:
        op.drop_index(nom, "formation")
    fin = [sa.text(f"{ordre} DESC"), sa.text("id DESC")]
    op.create_index(par_date, "formation", ["organisme_id", *fin], sqlite_where=ou, postgresql_where=ou)
    op.create_index(par_statut, "formation", ["organisme_id", "statut", *fin])
