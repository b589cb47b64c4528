"""The words by which a formation is found, kept beside it and indexed: FTS5 on SQLite, GIN on PostgreSQL.

With them, the index by which the sessions of a formation are read takes their order.

A migration is frozen: it says how words were made at its time, and imports nothing of the product.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_LOT = 1_000
_LETTRES_MAX = 40
_MARQUE = 6
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u2032"
_TIRETS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212"
_LETTRES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_MEMES = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_TIRETS, "-") | _LETTRES)
_formation = sa.table(
    "formation",
    sa.column("organisme_id", sa.Uuid()),
    sa.column("id", sa.Uuid()),
    *(sa.column(nom) for nom in ("intitule", "identifiant", "certification", "recherche")),
)
_certification = sa.table("certification", sa.column("code"), sa.column("intitule"))
_mots = sa.table(
    "formation_recherche",
    sa.column("organisme_id", sa.Uuid()),
    sa.column("id", sa.Uuid()),
    sa.column("cle", sa.Integer()),
    sa.column("mots"),
)
_f = _formation.c


def upgrade() -> None:
    _ranger_les_sessions("action_id", "debut", "id", "statut")
    op.create_index("formation_par_certification", "formation", ["certification", "organisme_id", "id"])
    op.create_table(
        "formation_recherche",
        sa.Column("organisme_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cle", sa.Integer()),
        sa.Column("mots", sa.Text() if _sqlite() else postgresql.TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("organisme_id", "id", name="mots_d_une_formation"),
        sa.ForeignKeyConstraint(
            ["organisme_id", "id"], ["formation.organisme_id", "formation.id"], name="mots_de_la_formation",
            ondelete="CASCADE",
        ),
    )  # fmt: skip
    _remplir()
    avec_cle = sa.text("cle IS NOT NULL")
    op.create_index(
        "cle_de_recherche_unique", "formation_recherche", ["cle"], unique=True,
        sqlite_where=avec_cle, postgresql_where=avec_cle,
    )  # fmt: skip
    _indexer()
    op.execute("ALTER TABLE formation DROP COLUMN recherche")


def downgrade() -> None:
    """Go back to the text in which pieces were looked for."""
    _ranger_les_sessions("action_id", "statut")
    if _sqlite():
        op.execute("DROP TABLE formation_mots")
    op.drop_table("formation_recherche")
    op.drop_index("formation_par_certification", "formation")
    op.add_column("formation", sa.Column("recherche", sa.Text(), nullable=False, server_default=""))
    for lot in _lots():
        op.get_bind().execute(
            sa.update(_formation)
            .where(_f.organisme_id == sa.bindparam("de"), _f.id == sa.bindparam("celle"))
            .values(recherche=sa.bindparam("cherchable")),
            [
                {
                    "de": une.organisme_id,
                    "celle": une.id,
                    "cherchable": _cherchable(f"{une.intitule} {une.identifiant}"),
                }
                for une in lot
            ],
        )


def _ranger_les_sessions(*colonnes: str) -> None:
    """Say in which order the sessions of a formation are found.

    Without the order in which they are read, SQLite went through those of the whole organisation by another index.
    """
    op.drop_index("session_par_formation", "session_formation")
    op.create_index("session_par_formation", "session_formation", ["organisme_id", "formation_id", *colonnes])


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _lots() -> Iterator[Any]:
    """Go through the formations by their key, a few at a time."""
    cnx, apres = op.get_bind(), None
    requete = (
        sa.select(_f.organisme_id, _f.id, _f.intitule, _f.identifiant, _f.certification)
        .order_by(_f.organisme_id, _f.id)
        .limit(_LOT)
    )
    while lot := cnx.execute(
        requete if apres is None else requete.where(sa.tuple_(_f.organisme_id, _f.id) > apres)
    ).all():
        yield lot
        dernier = lot[-1]
        apres = sa.tuple_(sa.literal(dernier.organisme_id, sa.Uuid()), sa.literal(dernier.id, sa.Uuid()))


def _remplir() -> None:
    cnx = op.get_bind()
    titres = {une.code: une.intitule for une in cnx.execute(sa.select(_certification))}
    cle = 0
    insertion = sa.insert(_mots)
    if not _sqlite():
        voulus = sa.func.array_to_tsvector(sa.func.string_to_array(sa.bindparam("mots", type_=sa.Text()), " "))
        insertion = insertion.values(mots=voulus)
    for lot in _lots():
        lignes = []
        for une in lot:
            cle += 1
            marque = une.organisme_id.hex[:_MARQUE]
            siens = _mots_gardes(une.intitule, une.identifiant, une.certification, titres[une.certification])
            lignes.append({
                "organisme_id": une.organisme_id, "id": une.id, "cle": cle if _sqlite() else None,
                "mots": " ".join(marque + mot for mot in siens),
            })  # fmt: skip
        cnx.execute(insertion, lignes)


def _indexer() -> None:
    """Find a formation by the beginnings of its words.

    On SQLite the index stands beside, under the number of the words, and follows them by triggers. On PostgreSQL each
    write goes straight to the index: what waited beside it would be read word by word at each search.
    """
    if not _sqlite():
        op.execute("CREATE INDEX formation_par_mots ON formation_recherche USING gin (mots) WITH (fastupdate = off)")
        return
    debuts = " ".join(str(_MARQUE + lettres) for lettres in (1, 2, 3))
    op.execute(
        "CREATE VIRTUAL TABLE formation_mots USING fts5("
        f"mots, content='formation_recherche', content_rowid='cle', prefix='{debuts}', detail='none', tokenize='ascii')"
    )
    retrait = "INSERT INTO formation_mots(formation_mots, rowid, mots) VALUES ('delete', old.cle, old.mots);"
    ajout = "INSERT INTO formation_mots(rowid, mots) VALUES (new.cle, new.mots);"
    for nom, quand, gestes in (
        ("ajout", "INSERT", ajout),
        ("retrait", "DELETE", retrait),
        ("change", "UPDATE OF cle, mots", f"{retrait} {ajout}"),
    ):
        op.execute(f"CREATE TRIGGER formation_mots_{nom} AFTER {quand} ON formation_recherche BEGIN {gestes} END")
    op.execute("INSERT INTO formation_mots(formation_mots) VALUES ('rebuild')")


def _mots_gardes(intitule: str, identifiant: str, code: str, certification: str) -> list[str]:
    numero = code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    entier = "".join(_mots_de(identifiant))
    suites = [entier[rang : rang + _LETTRES_MAX] for rang in range(len(entier))]
    return list(dict.fromkeys([*_debuts(intitule), *suites, *_debuts(f"{code} {numero}"), *_debuts(certification)]))


def _debuts(texte: str) -> Iterator[str]:
    for morceau in _cherchable(texte).split():
        fins = accumulate(reversed(_mots_de(morceau)), lambda fin, partie: (partie + fin)[:_LETTRES_MAX])
        yield from (fin[:_LETTRES_MAX] for fin in fins)


def _mots_de(texte: str) -> list[str]:
    return re.findall(r"[^\W_]+", _cherchable(texte))


def _cherchable(texte: str) -> str:
    if texte.isascii():
        return " ".join(texte.casefold().split())
    decompose = unicodedata.normalize("NFKD", texte)
    texte = "".join([c for c in decompose if not unicodedata.combining(c)])
    return " ".join(texte.casefold().translate(_MEMES).split())
