"""The catalogue in other orders than that of the saves, and what its filters leave of it.

By which its titles are put in order stands beside each formation; how many there are of each type and certification is
kept, as it was for the statuses.

A migration is frozen: it says how titles were put in order at its time, and imports nothing of the product.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_LOT = 1_000
_TOUCHE = "touche_formation_update"
_CLE_MAX = 200
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u2032"
_TIRETS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212"
_LETTRES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_MEMES = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_TIRETS, "-") | _LETTRES)
_formation = sa.table(
    "formation",
    sa.column("organisme_id", sa.Uuid()),
    sa.column("id", sa.Uuid()),
    *(sa.column(nom) for nom in ("intitule", "titre_cle", "certification", "type_formation", "statut")),
)
_f = _formation.c
_SELON = ("certification", "type_formation")


def upgrade() -> None:
    octets = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("formation", sa.Column("titre_cle", octets, nullable=False, server_default=""))
    with _sans_touche():
        for lot in _lots():
            op.get_bind().execute(
                sa.update(_formation)
                .where(_f.organisme_id == sa.bindparam("de"), _f.id == sa.bindparam("celle"))
                .values(titre_cle=sa.bindparam("cle")),
                [{"de": une.organisme_id, "celle": une.id, "cle": _cle(une.intitule)} for une in lot],
            )
    for devant in _SELON:
        debut = ["organisme_id", devant, "statut"]
        op.create_index(
            f"formation_par_{devant}_et_date", "formation", [*debut, sa.text("rang DESC"), sa.text("id DESC")]
        )
        op.create_index(f"formation_par_{devant}_et_titre", "formation", [*debut, "titre_cle", "id"])
    op.create_index("formation_par_titre", "formation", ["organisme_id", "statut", "titre_cle", "id"])
    op.create_table(
        "compteur_catalogue",
        sa.Column(
            "organisme_id", sa.Uuid(),
            sa.ForeignKey("organisme.id", name="compteur_catalogue_d_un_organisme", ondelete="CASCADE"),
            nullable=False,
        ),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in (*_SELON, "statut")),
        sa.Column("nombre", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", *_SELON, "statut", name="un_compteur_par_sorte"),
        sa.CheckConstraint("statut IN ('brouillon', 'validee', 'archivee')", name="statut_compte_connu"),
        sa.CheckConstraint("nombre >= 0", name="compteur_jamais_negatif"),
    )  # fmt: skip
    op.execute(
        "INSERT INTO compteur_catalogue (organisme_id, certification, type_formation, statut, nombre) "
        "SELECT organisme_id, certification, type_formation, statut, count(*) FROM formation "
        "GROUP BY organisme_id, certification, type_formation, statut"
    )


def downgrade() -> None:
    """Go back to the order of the saves, and to the counts of the statuses."""
    op.drop_table("compteur_catalogue")
    op.drop_index("formation_par_titre", "formation")
    for devant in _SELON:
        for fin in ("date", "titre"):
            op.drop_index(f"formation_par_{devant}_et_{fin}", "formation")
    op.drop_column("formation", "titre_cle")


@contextmanager
def _sans_touche() -> Iterator[None]:
    """Leave the formations as they were exported: the key of a title is no change that the portal's file would tell."""
    cnx = op.get_bind()
    if cnx.dialect.name == "sqlite":
        gardee = cnx.execute(
            sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :nom"), {"nom": _TOUCHE}
        ).scalar_one()
        op.execute(f"DROP TRIGGER {_TOUCHE}")
        yield
        op.execute(gardee)
    else:
        op.execute(f"ALTER TABLE formation DISABLE TRIGGER {_TOUCHE}")
        yield
        op.execute(f"ALTER TABLE formation ENABLE TRIGGER {_TOUCHE}")


def _lots() -> Iterator[Any]:
    """Go through the formations by their key, a few at a time."""
    cnx, apres = op.get_bind(), None
    requete = sa.select(_f.organisme_id, _f.id, _f.intitule).order_by(_f.organisme_id, _f.id).limit(_LOT)
    while lot := cnx.execute(
        requete if apres is None else requete.where(sa.tuple_(_f.organisme_id, _f.id) > apres)
    ).all():
        yield lot
        dernier = lot[-1]
        apres = sa.tuple_(sa.literal(dernier.organisme_id, sa.Uuid()), sa.literal(dernier.id, sa.Uuid()))


def _cle(intitule: str) -> str:
    mots = " ".join(re.findall(r"[^\W_]+", _cherchable(intitule)))
    return re.sub("[0-9]+", lambda nombre: nombre[0].zfill(8), mots)[:_CLE_MAX]


def _cherchable(texte: str) -> str:
    if texte.isascii():
        return texte.casefold()
    decompose = unicodedata.normalize("NFKD", texte)
    return "".join([c for c in decompose if not unicodedata.combining(c)]).casefold().translate(_MEMES)
