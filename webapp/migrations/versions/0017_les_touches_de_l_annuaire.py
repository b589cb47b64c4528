"""A contact or a place that changes is counted for the formations whose file would say it otherwise.

A migration is frozen: it says what the tables were at its time, and imports nothing of the product.
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_SUR_PLACE = ("nom", "prenom", "telephone", "portable", "courriel")
_ADRESSE = (
    "denomination", "numero_voie", "nature_voie", "libelle_voie", "ligne_5", "complement", "complement_suite",
    "code_postal", "ville", "pays", "latitude", "longitude", "accessibilite", "conformite",
)  # fmt: skip
# By trigger: the table, its columns that the file has there, and which formations have them, `new` being the row.
_DES_ACTIONS = "SELECT formation_id FROM action WHERE organisme_id = new.organisme_id AND statut = 'validee' AND {}"
_DES_SESSIONS = (
    "SELECT formation_id FROM session_formation WHERE organisme_id = new.organisme_id AND statut = 'validee' AND {}"
)
_DE_LEURS_LIEUX = (
    "SELECT action.formation_id FROM lieu JOIN action "
    "ON action.organisme_id = lieu.organisme_id AND action.lieu = lieu.id AND action.statut = 'validee' "
    "WHERE lieu.organisme_id = new.organisme_id AND lieu.contact = new.id"
)
_TOUCHES = (
    (
        "touche_contact_cite", "contact", (*_SUR_PLACE, "fonction"),
        (_DES_ACTIONS.format("contact = new.id"), _DES_SESSIONS.format("contact_inscription = new.id")),
    ),
    # What a person does at a place is not in the file.
    (
        "touche_contact_sur_place", "contact", _SUR_PLACE,
        (_DE_LEURS_LIEUX,),
    ),
    (
        "touche_lieu_cite", "lieu", _ADRESSE,
        (
            _DES_ACTIONS.format("lieu = new.id"), _DES_ACTIONS.format("adresse_information = new.id"),
            _DES_SESSIONS.format("adresse_inscription = new.id"),
        ),
    ),
    # The person to join there is written with the place of an action, and nowhere else.
    ("touche_lieu_tenu", "lieu", ("contact",), (_DES_ACTIONS.format("lieu = new.id"),)),
)  # fmt: skip


def upgrade() -> None:
    for nom, table, colonnes, qui in _TOUCHES:
        geste = (
            "UPDATE suivi_export SET fois = fois + 1 WHERE organisme_id = new.organisme_id "  # noqa: S608 - our names
            f"AND formation_id IN ({' UNION '.join(qui)});"
        )
        avant, apres = (", ".join(f"{rang}.{colonne}" for colonne in colonnes) for rang in ("old", "new"))
        # One column is no row for SQLite.
        quand = "{} IS NOT {}" if _sqlite() else "{} IS DISTINCT FROM {}"
        quand = quand.format(*((avant, apres) if len(colonnes) == 1 else (f"({avant})", f"({apres})")))
        debut = f"CREATE TRIGGER {nom} AFTER UPDATE ON {table} FOR EACH ROW WHEN ({quand})"
        if _sqlite():
            op.execute(f"{debut} BEGIN {geste} END")
            continue
        op.execute(f"CREATE FUNCTION {nom}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {geste} RETURN NULL; END $$")
        op.execute(f"{debut} EXECUTE FUNCTION {nom}()")


def downgrade() -> None:
    """Go back: contacts and places are no longer counted."""
    for nom, table, *_ in _TOUCHES:
        op.execute(f"DROP TRIGGER {nom}" if _sqlite() else f"DROP TRIGGER {nom} ON {table}")
        if not _sqlite():
            op.execute(f"DROP FUNCTION {nom}()")


def _sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")
