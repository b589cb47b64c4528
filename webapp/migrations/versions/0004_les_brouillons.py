"""Drafts are always savable: what a text must be holds for a « validée », and an identifier is unique if there is one.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_LONGUEURS = {
    "identifiant": 30, "intitule": 255, "blocs": 4000, "categorisation": 10, "numero_agrement": 30, "duree_heures": 10,
    "objectif": 3000, "contenu": 3000, "points_forts": 255, "resultats_attendus": 3000,
}  # fmt: skip
_UNE_LIGNE = ("identifiant", "intitule", "categorisation", "numero_agrement", "duree_heures")
_UNICITE = "identifiant_unique_par_organisme"
_REFUS = (
    "Retour impossible tant que la base contient {} sans identifiant, ou dont l’identifiant ou un texte est refusé par "
    "les anciennes tables : à compléter ou à supprimer d’abord."
)


def upgrade() -> None:
    brouillon = "statut <> 'validee' OR"
    regles = {
        **{
            f"longueur_{nom}": f"length({nom}) <= {n} OR statut <> 'validee' AND length({nom}) <= {10 * n}"
            for nom, n in _LONGUEURS.items()
        },
        **{f"ligne_unique_{nom}": f"{brouillon} {nom} NOT LIKE '%\n%'" for nom in _UNE_LIGNE},
        "forme_identifiant": f"{brouillon} {_forme()}",
    }
    _refaire(regles, unicite_partout=False)
    ou = sa.text("identifiant_cle <> ''")
    op.create_index(
        _UNICITE, "formation", ["organisme_id", "identifiant_cle"], unique=True, sqlite_where=ou, postgresql_where=ou
    )


def downgrade() -> None:
    """Go back. Raises ValueError, in French, while there are drafts that the older tables refuse: none is lost."""
    regles = {
        **{
            f"longueur_{nom}": f"length({nom}) BETWEEN {int(nom == 'identifiant')} AND {n}"
            for nom, n in _LONGUEURS.items()
        },
        **{f"ligne_unique_{nom}": f"{nom} NOT LIKE '%\n%'" for nom in _UNE_LIGNE},
        "forme_identifiant": _forme(),
    }
    tenues = " AND ".join(f"({regle})" for regle in regles.values())
    refusees = op.get_bind().scalar(sa.text(f"SELECT count(*) FROM formation WHERE NOT ({tenues})"))  # noqa: S608 - our names
    if refusees:
        raise ValueError(
            _REFUS.format(
                "1\N{NO-BREAK SPACE}formation" if refusees == 1 else f"{refusees}\N{NO-BREAK SPACE}formations"
            )
        )
    op.drop_index(_UNICITE, "formation")
    _refaire(regles, unicite_partout=True)


def _forme() -> str:
    if _sqlite():
        return "identifiant NOT GLOB '*[^A-Za-z0-9_.-]*'"
    return "identifiant ~ '^[A-Za-z0-9_.-]+$'"


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _refaire(regles: dict[str, str], *, unicite_partout: bool) -> None:
    """Give the table other rules; SQLite makes it again for that, and its indexes, whose order it does not tell."""
    index = (("formation_par_date", ()), ("formation_par_statut", ("statut",))) if _sqlite() else ()
    for nom, _ in index:
        op.drop_index(nom, "formation")
    with op.batch_alter_table("formation") as table:
        if unicite_partout:
            table.create_unique_constraint(_UNICITE, ["organisme_id", "identifiant_cle"])
        else:
            table.drop_constraint(_UNICITE, type_="unique")
        for nom, regle in regles.items():
            table.drop_constraint(nom, type_="check")
            table.create_check_constraint(nom, sa.text(regle))
    for nom, debut in index:
        op.create_index(nom, "formation", ["organisme_id", *debut, sa.text("modifiee_le DESC"), sa.text("id DESC")])
