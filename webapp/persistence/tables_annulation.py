"""What the last import found in the registry, kept so that it can be undone: rows as they were, codes that were not."""

from sqlalchemy import Column, PrimaryKeyConstraint, Table, Text

from webapp.persistence.metadonnees import metadata

# The records that the import brought.
certification_nouvelle = Table(
    "certification_nouvelle",
    metadata,
    Column("code", Text, nullable=False),
    PrimaryKeyConstraint("code", name="certification_nouvelle_identifiee"),
)


def comme(table: Table, *cle: str) -> Table:
    """Make the table of what was in another: the same columns, no reference and no index but its key."""
    nom = f"{table.name}_avant"
    colonnes = [Column(c.name, c.type, nullable=c.nullable) for c in table.columns]
    return Table(nom, metadata, *colonnes, PrimaryKeyConstraint(*cle, name=f"{nom}_identifiee"))
