"""The tree: contacts, places, actions and sessions; and the organisations of Alsace and Moselle.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_LIGNE = ""
"""Stands where the codes would for a text of one line; None: a text of several, or several codes."""

# What a field is: its limit and its codes; or the table that it refers to.
_Champs = dict[str, tuple[int, str | None] | str]
_LANGUES = (
    "FR XX AB AA AF AK SQ DE AM EN AR AN HY AS AV AE AY AZ BA BM EU BN BE MY BI BS BR BG CA CH NY ZH KO KW CO "
    "CR HR DA DZ ES EO ET EE FO FJ FI FY GD GL CY LG KA EL KL GN GU HT HA HE HZ HI HO HU IO IG ID IA IE IU IK "
    "GA IS IT JA JV KN KR KS KK KM KI KY RN RW KV KG KJ KU LO LA LV LI LN LT LU LB MK MS ML DV MG MT GV MI MR "
    "MH MN NA NV ND NR NG NL NE NO NB NN OC OJ OR OM OS UG UR UZ PS PI PA FA FF PL PT QU RM RO RU SE SM SG SA "
    "SC SR SH SN SD SI SK CU SL SO ST SU SV SW SS TG TL TY TA TT CS CE CV TE TH BO TI TO TS TN TR TK TW UK VE "
    "VI VO WA WO XH II YI YO ZA ZU"
)

_CONTACT: _Champs = {
    "nom": (50, None), "prenom": (50, None), "fonction": (250, None), "telephone": (15, None), "portable": (15, None),
    "courriel": (160, None),
}  # fmt: skip
_LIEU: _Champs = {
    "denomination": (50, None), "contact": "contact", "numero_voie": (10, None), "nature_voie": (10, None),
    "libelle_voie": (32, None), "ligne_5": (50, None), "complement": (50, None), "complement_suite": (50, None),
    "code_postal": (5, None), "ville": (50, None), "pays": (2, None), "latitude": (30, None), "longitude": (30, None),
    "accessibilite": (250, None), "conformite": (20, None),
}  # fmt: skip
_ACTION: _Champs = {
    "numero": (30, _LIGNE), "modalites_enseignement": (20, "0 1 2"), "lieu": "lieu", "entrees_sorties": (20, "0 1"),
    "duree": (10, _LIGNE), "heures_centre": (10, _LIGNE), "heures_entreprise": (10, _LIGNE), "rythmes": (60, None),
    "type_horaires": (20, "1 2 3"), "langue": (20, _LANGUES), "modalites_pedagogiques": (200, None),
    "niveau_entree_obligatoire": (20, "oui non"), "prerequis": (20, "oui non"), "conditions_specifiques": (3000, None),
    "modalites_admission": (80, None), "info_admission": (250, None), "modalites_recrutement": (3000, None),
    "perimetre_recrutement": (20, "1 2 3 4 5 6"), "infos_perimetre": (50, _LIGNE), "taux_tva": (20, "0.0 5.5 20.0"),
    "frais_ht": (25, _LIGNE), "frais_ttc": (25, _LIGNE), "frais_annexes": (25, _LIGNE),
    "frais_certification_inclus": (20, "oui non"), "detail_frais": (3000, None), "contact": "contact",
    "acces_handicapes": (250, None), "modalites_handicap": (3000, None), "restauration": (250, None),
    "hebergement": (250, None), "transport": (250, None), "autres_services": (255, None), "url": (400, _LIGNE),
    "adresse_information": "lieu", "dates_information": (60, None),
    "gfe": (20, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24"),
}  # fmt: skip
_SESSION: _Champs = {
    "numero": (30, _LIGNE), "debut": (20, _LIGNE), "fin": (20, _LIGNE), "etat_recrutement": (20, "1 2"),
    "adresse_inscription": "lieu", "contact_inscription": "contact", "garantie": (20, "oui non"),
    "modalites_particulieres": (3000, None),
}  # fmt: skip
_DEMANDES = {
    "action": (
        "numero", "modalites_enseignement", "lieu", "entrees_sorties", "duree", "rythmes", "langue",
        "niveau_entree_obligatoire", "prerequis", "modalites_admission", "taux_tva", "frais_ht", "frais_ttc", "contact",
        "acces_handicapes",
    ),
    "session": ("numero", "etat_recrutement"),
}  # fmt: skip
_BROUILLON = "statut <> 'validee'"
_FOIS = 10


def upgrade() -> None:
    op.add_column("organisme", sa.Column("alsace_moselle", sa.Boolean(), nullable=False, server_default=sa.false()))
    for table, champs in (("contact", _CONTACT), ("lieu", _LIEU)):
        op.create_table(
            table, *_organisme(table, f"{table}_identifie"), *_elements(table, champs), *_suivi(),
            sa.Column("tri", sa.Text(), nullable=False),
        )  # fmt: skip
        op.create_index(f"{table}_par_nom", table, ["organisme_id", "tri", "id"])
        _index(table, champs)
    _creer_action()
    _creer_session()


def downgrade() -> None:
    """Go back: the older tables have no place for actions, sessions, contacts and places."""
    for table in ("session_formation", "action", "lieu", "contact"):
        op.drop_table(table)
    op.drop_column("organisme", "alsace_moselle")


def _creer_action() -> None:
    op.create_table(
        "action", *_organisme("action", "action_identifiee"),
        sa.Column("formation_id", sa.Uuid(), nullable=False),
        *_elements("action", _ACTION), *_statut(), *_suivi(),
        sa.ForeignKeyConstraint(
            ["organisme_id", "formation_id"], ["formation.organisme_id", "formation.id"], name="action_d_une_formation"
        ),
        sa.UniqueConstraint("organisme_id", "formation_id", "id", name="action_dans_sa_formation"),
    )  # fmt: skip
    op.create_index("action_par_formation", "action", ["organisme_id", "formation_id", "creee_le", "id"])
    op.create_index("action_par_date", "action", ["organisme_id", "modifiee_le", "id"])
    _numero_unique("numero_unique_dans_la_formation", "action", "formation_id")
    _index("action", _ACTION)


def _creer_session() -> None:
    table = "session_formation"
    op.create_table(
        table, *_organisme(table, "session_de_formation_identifiee"),
        sa.Column("formation_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        *_elements("session", _SESSION), *_statut(), *_suivi(),
        sa.ForeignKeyConstraint(
            ["organisme_id", "formation_id", "action_id"],
            ["action.organisme_id", "action.formation_id", "action.id"], name="session_d_une_action",
        ),
    )  # fmt: skip
    op.create_index("session_par_action", table, ["organisme_id", "action_id", "debut", "id"])
    op.create_index("session_par_formation", table, ["organisme_id", "formation_id", "action_id", "statut"])
    _numero_unique("numero_unique_dans_l_action", table, "action_id")
    _index("session", _SESSION, table)


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _instant() -> sa.String | sa.DateTime:
    return sa.String(32) if _sqlite() else sa.DateTime(timezone=True)


def _organisme(table: str, nom: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("organisme_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "id", name=nom),
        sa.ForeignKeyConstraint(["organisme_id"], ["organisme.id"], name=f"{table}_d_un_organisme", ondelete="CASCADE"),
    ]


def _suivi() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("creee_le", _instant(), nullable=False),
        sa.Column("modifiee_le", _instant(), nullable=False),
        sa.Column("modifiee_par", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 1", name="version_positive"),
    ]


def _statut() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("numero_cle", sa.Text(), nullable=False),
        sa.Column("statut", sa.Text(), nullable=False),
        sa.Column("validee_le", _instant()),
        sa.Column("archivee_le", _instant()),
        sa.Column("avant_archivage", sa.Text()),
        sa.CheckConstraint("statut IN ('brouillon', 'validee', 'archivee')", name="statut_connu"),
        sa.CheckConstraint("avant_archivage IN ('brouillon', 'validee')", name="avant_archivage_connu"),
    ]


def _elements(table: str, champs: _Champs) -> Iterator[sa.schema.SchemaItem]:
    """Give the columns of the fields, what they refer to, and their constraints."""
    textes = []
    for nom, dit in champs.items():
        if isinstance(dit, str):
            yield sa.Column(nom, sa.Uuid())
            yield sa.ForeignKeyConstraint(
                ["organisme_id", nom], [f"{dit}.organisme_id", f"{dit}.id"], name=f"{nom}_de_{table}"
            )
            continue
        textes.append(nom)
        yield sa.Column(nom, sa.Text(), nullable=False)
        longueur, codes = dit
        garde = f"length({nom}) <= {_FOIS * longueur}"
        if table not in _DEMANDES:
            yield sa.CheckConstraint(garde, name=f"longueur_{nom}")
            continue
        yield sa.CheckConstraint(f"length({nom}) <= {longueur} OR {_BROUILLON} AND {garde}", name=f"longueur_{nom}")
        if codes:
            liste = ", ".join(f"'{code}'" for code in ("", *codes.split()))
            yield sa.CheckConstraint(f"{_BROUILLON} OR {nom} IN ({liste})", name=f"choix_{nom}")
        elif codes == _LIGNE:
            yield sa.CheckConstraint(f"{_BROUILLON} OR {nom} NOT LIKE '%\n%'", name=f"ligne_unique_{nom}")
    if table in _DEMANDES:
        demandes = [
            f"{nom} IS NOT NULL" if isinstance(champs[nom], str) else f"{nom} <> ''" for nom in _DEMANDES[table]
        ]
        yield sa.CheckConstraint(f"{_BROUILLON} OR ({' AND '.join(demandes)})", name="validee_complete")
    if _sqlite():
        sans_nul = " AND ".join(f"instr({nom}, char(0)) = 0" for nom in textes)
        yield sa.CheckConstraint(sans_nul, name="sans_caractere_nul")


def _index(prefixe: str, champs: _Champs, table: str = "") -> None:
    """Make an index of each reference: who uses a contact or a place is asked, and checked when one is removed."""
    for nom, dit in champs.items():
        if isinstance(dit, str):
            op.create_index(f"{prefixe}_par_{nom}", table or prefixe, ["organisme_id", nom])


def _numero_unique(nom: str, table: str, parent: str) -> None:
    ou = sa.text("numero_cle <> ''")
    op.create_index(
        nom, table, ["organisme_id", parent, "numero_cle"], unique=True, sqlite_where=ou, postgresql_where=ou
    )
