"""The first tables: organisations, people, registry, formations, kept counts, rate limits.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _organismes()
    _registre()
    _formations()
    op.create_table(
        "limite_debit",
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("nombre", sa.Integer(), nullable=False),
        sa.Column("expire_le", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("cle", name="limite_identifiee"),
    )
    op.create_index("limite_par_echeance", "limite_debit", ["expire_le"])


def downgrade() -> None:
    for table in (
        "limite_debit", "compteur_statut", "formation", "registre_etat", "code_certification", "certification",
        "session_ouverte", "utilisateur", "organisme",
    ):  # fmt: skip
        op.drop_table(table)


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _instant() -> sa.String | sa.DateTime:
    return sa.String(32) if _sqlite() else sa.DateTime(timezone=True)


def _organismes() -> None:
    op.create_table(
        "organisme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("siret", sa.Text(), nullable=False),
        sa.Column("date_reference", sa.Date()),
        sa.PrimaryKeyConstraint("id", name="organisme_identifie"),
        sa.UniqueConstraint("siret", name="siret_unique"),
        sa.CheckConstraint("length(siret) = 14", name="longueur_siret"),
        sa.CheckConstraint("length(nom) BETWEEN 1 AND 250", name="longueur_nom_organisme"),
    )
    op.create_table(
        "utilisateur",
        sa.Column("organisme_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("courriel", sa.Text(), nullable=False),
        sa.Column("courriel_cle", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("empreinte", sa.Text()),
        sa.Column("actif", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "id", name="utilisateur_identifie"),
        sa.ForeignKeyConstraint(
            ["organisme_id"], ["organisme.id"], name="utilisateur_d_un_organisme", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("courriel_cle", name="courriel_unique"),
        sa.CheckConstraint("length(nom) BETWEEN 1 AND 100", name="longueur_nom_utilisateur"),
        sa.CheckConstraint("length(courriel) BETWEEN 3 AND 160", name="longueur_courriel"),
        sa.CheckConstraint("role IN ('gestionnaire_edof', 'gestionnaire_catalogue', 'lecteur')", name="role_connu"),
    )
    op.create_table(
        "session_ouverte",
        sa.Column("cle", sa.String(64), nullable=False),
        sa.Column("organisme_id", sa.Uuid(), nullable=False),
        sa.Column("utilisateur_id", sa.Uuid(), nullable=False),
        sa.Column("donnees", sa.JSON(), nullable=False),
        sa.Column("expire_le", _instant(), nullable=False),
        sa.PrimaryKeyConstraint("cle", name="session_identifiee"),
        sa.ForeignKeyConstraint(
            ["organisme_id", "utilisateur_id"], ["utilisateur.organisme_id", "utilisateur.id"],
            name="session_d_un_utilisateur", ondelete="CASCADE",
        ),
    )  # fmt: skip
    op.create_index("session_par_utilisateur", "session_ouverte", ["utilisateur_id"])
    op.create_index("session_par_echeance", "session_ouverte", ["expire_le"])


def _registre() -> None:
    op.create_table(
        "certification",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("intitule", sa.Text(), nullable=False),
        sa.Column("connue_active_le", sa.Date(), nullable=False),
        sa.Column("fin_enregistrement", sa.Date()),
        sa.Column("inactive_constatee_le", sa.Date()),
        sa.Column("remplacee_par", sa.Text()),
        sa.Column("famille", sa.Text(), nullable=False),
        sa.Column("certificateurs", sa.JSON(), nullable=False),
        sa.Column("formacodes", sa.JSON(), nullable=False),
        sa.Column("nsf", sa.JSON(), nullable=False),
        sa.Column("rome", sa.JSON(), nullable=False),
        sa.Column("niveau_entree", sa.Text(), nullable=False),
        sa.Column("niveau_sortie", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recherche", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="certification_identifiee"),
    )
    op.create_index("certification_par_famille", "certification", ["famille", "rang"])
    op.create_table(
        "code_certification",
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("certification", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("type_code", "code", name="autre_code_unique"),
        sa.ForeignKeyConstraint(["certification"], ["certification.code"], name="autre_code_d_une_certification"),
        sa.CheckConstraint("type_code IN ('CPF', 'RNCP', 'RS', 'CERTIFINFO')", name="type_code_connu"),
    )
    op.create_table(
        "registre_etat",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="registre_etat_identifie"),
        sa.CheckConstraint("id = 1", name="un_seul_registre"),
    )


def _formations() -> None:
    op.create_table(
        "formation",
        sa.Column("organisme_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type_formation", sa.Text(), nullable=False),
        sa.Column("certification", sa.Text(), nullable=False),
        sa.Column("identifiant", sa.Text(), nullable=False),
        sa.Column("identifiant_cle", sa.Text(), nullable=False),
        sa.Column("intitule", sa.Text(), nullable=False),
        sa.Column("objectif", sa.Text(), nullable=False),
        sa.Column("contenu", sa.Text(), nullable=False),
        sa.Column("points_forts", sa.Text(), nullable=False),
        sa.Column("resultats_attendus", sa.Text(), nullable=False),
        sa.Column("type_parcours", sa.Text(), nullable=False),
        sa.Column("objectif_general", sa.Text(), nullable=False),
        sa.Column("recherche", sa.Text(), nullable=False),
        sa.Column("statut", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("creee_le", _instant(), nullable=False),
        sa.Column("modifiee_le", _instant(), nullable=False),
        sa.Column("modifiee_par", sa.Text(), nullable=False),
        sa.Column("validee_le", _instant()),
        sa.Column("archivee_le", _instant()),
        sa.PrimaryKeyConstraint("organisme_id", "id", name="formation_identifiee"),
        sa.ForeignKeyConstraint(
            ["organisme_id"], ["organisme.id"], name="formation_d_un_organisme", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["certification"], ["certification.code"], name="certification_du_registre"),
        sa.UniqueConstraint("organisme_id", "identifiant_cle", name="identifiant_unique_par_organisme"),
        *_regles_de_la_fiche(),
    )
    for nom, debut in (("formation_par_date", ()), ("formation_par_statut", ("statut",))):
        op.create_index(nom, "formation", ["organisme_id", *debut, sa.text("modifiee_le DESC"), sa.text("id DESC")])
    op.create_table(
        "compteur_statut",
        sa.Column("organisme_id", sa.Uuid(), nullable=False),
        sa.Column("statut", sa.Text(), nullable=False),
        sa.Column("nombre", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "statut", name="un_compteur_par_statut"),
        sa.ForeignKeyConstraint(["organisme_id"], ["organisme.id"], name="compteur_d_un_organisme", ondelete="CASCADE"),
        sa.CheckConstraint("statut IN ('brouillon', 'validee', 'archivee')", name="statut_compte_connu"),
        sa.CheckConstraint("nombre >= 0", name="compteur_jamais_negatif"),
    )


def _regles_de_la_fiche() -> list[sa.CheckConstraint]:
    textes = ("identifiant", "intitule", "objectif", "contenu", "points_forts", "resultats_attendus")
    regles = {
        "statut_connu": "statut IN ('brouillon', 'validee', 'archivee')",
        "type_formation_ouvert": "type_formation IN ('certifiante', 'clea')",
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
        + " AND ".join(f"{nom} <> ''" for nom in (*textes, "type_parcours", "objectif_general"))
        + ")",
    }
    if _sqlite():
        regles["forme_identifiant"] = "identifiant NOT GLOB '*[^A-Za-z0-9_.-]*'"
        regles["sans_caractere_nul"] = " AND ".join(f"instr({nom}, char(0)) = 0" for nom in textes)
    else:
        regles["forme_identifiant"] = "identifiant ~ '^[A-Za-z0-9_.-]+$'"
    return [sa.CheckConstraint(regle, name=nom) for nom, regle in regles.items()]
