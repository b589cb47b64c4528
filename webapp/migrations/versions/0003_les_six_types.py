"""The six types of formation: their codes, their own fields, one VAE « validée » to a category.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TEXTES = ("identifiant", "intitule", "objectif", "contenu", "points_forts", "resultats_attendus")
_PROPRES = ("blocs", "categorisation", "numero_agrement", "duree_heures")
_PERMIS = ", ".join(f"'CPF{n}'" for n in (206, 210, 211, 212, 213, 214, 215, 216, 217, 219, 220, 221, 222))
_AVANT = {"type_formation_ouvert": "type_formation IN ('certifiante', 'clea')"}
_APRES = {
    "longueur_blocs": "length(blocs) BETWEEN 0 AND 4000",
    "longueur_categorisation": "length(categorisation) BETWEEN 0 AND 10",
    "ligne_unique_categorisation": "categorisation NOT LIKE '%\n%'",
    "longueur_numero_agrement": "length(numero_agrement) BETWEEN 0 AND 30",
    "ligne_unique_numero_agrement": "numero_agrement NOT LIKE '%\n%'",
    "longueur_duree_heures": "length(duree_heures) BETWEEN 0 AND 10",
    "ligne_unique_duree_heures": "duree_heures NOT LIKE '%\n%'",
    "type_formation_connu": "type_formation IN ('certifiante', 'bilan', 'permis', 'vae', 'creation', 'clea')",
    "codes_certifiante": "type_formation <> 'certifiante' OR certification NOT LIKE 'CPF%'",
    "codes_bilan": "type_formation <> 'bilan' OR certification IN ('CPF202')",
    "objectif_general_bilan": "type_formation <> 'bilan' OR statut <> 'validee' OR objectif_general = '9'",
    "codes_permis": f"type_formation <> 'permis' OR certification IN ({_PERMIS})",
    "objectif_general_permis": "type_formation <> 'permis' OR statut <> 'validee' OR objectif_general = '8'",
    "codes_vae": "type_formation <> 'vae' OR certification IN ('CPF200')",
    "codes_creation": "type_formation <> 'creation' OR certification IN ('CPF203')",
    "objectif_general_creation": "type_formation <> 'creation' OR statut <> 'validee' OR objectif_general = '4'",
    "codes_clea": "type_formation <> 'clea' OR certification NOT LIKE 'CPF%'",
    "propre_blocs": "blocs = '' OR type_formation IN ('certifiante')",
    **{
        f"propre_{nom}": f"({nom} = '' OR type_formation IN ('{type_}')) AND "
        f"({nom} <> '' OR statut <> 'validee' OR type_formation NOT IN ('{type_}'))"
        for nom, type_ in (("categorisation", "vae"), ("numero_agrement", "permis"), ("duree_heures", "bilan"))
    },
}


def upgrade() -> None:
    if _sqlite():
        _refaire(_PROPRES, _APRES)
    else:
        for nom in _PROPRES:
            op.add_column("formation", sa.Column(nom, sa.Text(), nullable=False, server_default=""))
        _remplacer_regles(_AVANT, _APRES)
    ou = sa.text("type_formation = 'vae' AND statut = 'validee'")
    op.create_index(
        "categorisation_unique_par_organisme", "formation", ["organisme_id", "categorisation"],
        unique=True, sqlite_where=ou, postgresql_where=ou,
    )  # fmt: skip


def downgrade() -> None:
    """Go back: the formations of the four other types have no place in the older tables, and leave."""
    op.execute("DELETE FROM formation WHERE type_formation NOT IN ('certifiante', 'clea')")
    op.execute(
        "UPDATE compteur_statut SET nombre = (SELECT count(*) FROM formation WHERE formation.organisme_id = "
        "compteur_statut.organisme_id AND formation.statut = compteur_statut.statut)"
    )
    op.drop_index("categorisation_unique_par_organisme", "formation")
    if _sqlite():
        _refaire((), _AVANT)
        return
    _remplacer_regles(_APRES, _AVANT)
    for nom in _PROPRES:
        op.drop_column("formation", nom)


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _remplacer_regles(anciennes: dict[str, str], nouvelles: dict[str, str]) -> None:
    for nom in anciennes:
        op.drop_constraint(nom, "formation", type_="check")
    for nom, regle in nouvelles.items():
        op.create_check_constraint(nom, "formation", sa.text(regle))


def _refaire(propres: tuple[str, ...], regles: dict[str, str]) -> None:
    """Make the table again with other rules: SQLite cannot change those of a table that stands."""
    colonnes: list[sa.Column[Any]] = [
        sa.Column("organisme_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("type_formation", "certification", "identifiant")),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("identifiant_cle", *_TEXTES[1:])),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("type_parcours", "objectif_general")),
        *(sa.Column(nom, sa.Text(), nullable=False, server_default="") for nom in propres),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("recherche", "statut")),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(nom, sa.String(32), nullable=False) for nom in ("creee_le", "modifiee_le")),
        sa.Column("modifiee_par", sa.Text(), nullable=False),
        *(sa.Column(nom, sa.String(32)) for nom in ("validee_le", "archivee_le")),
    ]
    gardees = ", ".join(colonne.name for colonne in colonnes if colonne.name not in _PROPRES)
    toutes = _communes(propres) | regles
    op.create_table(
        "formation_refaite",
        *colonnes,
        sa.PrimaryKeyConstraint("organisme_id", "id", name="formation_identifiee"),
        sa.ForeignKeyConstraint(
            ["organisme_id"], ["organisme.id"], name="formation_d_un_organisme", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["certification"], ["certification.code"], name="certification_du_registre"),
        sa.UniqueConstraint("organisme_id", "identifiant_cle", name="identifiant_unique_par_organisme"),
        *(sa.CheckConstraint(regle, name=nom) for nom, regle in toutes.items()),
    )
    op.execute(f"INSERT INTO formation_refaite ({gardees}) SELECT {gardees} FROM formation")  # noqa: S608 - our names
    op.drop_table("formation")
    op.rename_table("formation_refaite", "formation")
    for nom, debut in (("formation_par_date", ()), ("formation_par_statut", ("statut",))):
        op.create_index(nom, "formation", ["organisme_id", *debut, sa.text("modifiee_le DESC"), sa.text("id DESC")])


def _communes(propres: tuple[str, ...]) -> dict[str, str]:
    """Give the rules that the table has on SQLite before and after."""
    return {
        "statut_connu": "statut IN ('brouillon', 'validee', 'archivee')",
        "version_positive": "version >= 1",
        "longueur_identifiant": "length(identifiant) BETWEEN 1 AND 30",
        "ligne_unique_identifiant": "identifiant NOT LIKE '%\n%'",
        "longueur_intitule": "length(intitule) BETWEEN 0 AND 255",
        "ligne_unique_intitule": "intitule NOT LIKE '%\n%'",
        "longueur_objectif": "length(objectif) BETWEEN 0 AND 3000",
        "longueur_contenu": "length(contenu) BETWEEN 0 AND 3000",
        "longueur_points_forts": "length(points_forts) BETWEEN 0 AND 255",
        "longueur_resultats_attendus": "length(resultats_attendus) BETWEEN 0 AND 3000",
        "choix_type_parcours": "type_parcours IN ('', '96211', '96212', '96213', '96214')",
        "choix_objectif_general": "objectif_general IN ('', '6', '7', '8', '9', '5', '4', '2')",
        "validee_complete": "statut <> 'validee' OR ("
        + " AND ".join(f"{nom} <> ''" for nom in (*_TEXTES, "type_parcours", "objectif_general"))
        + ")",
        "forme_identifiant": "identifiant NOT GLOB '*[^A-Za-z0-9_.-]*'",
        "sans_caractere_nul": " AND ".join(
            f"instr({nom}, char(0)) = 0" for nom in (*_TEXTES[:2], *propres, *_TEXTES[2:])
        ),
    }
