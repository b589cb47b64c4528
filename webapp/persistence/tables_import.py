"""The tables of imports of the portal's file: what an object keeps of it, and a file that waits to be confirmed.

What an object keeps goes with it. What waits goes with its job, and when its time is over.
"""

from sqlalchemy import (
    JSON,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from webapp.domain.champs import Niveau
from webapp.domain.imports import Sort
from webapp.persistence.colonnes import Instant, cles, textes
from webapp.persistence.contraintes import parmi
from webapp.persistence.metadonnees import metadata


def _trace(de: str) -> Table:
    """Make what the objects of a table keep of the file that they come from."""
    return Table(
        f"edof_{de}", metadata,
        *cles("organisme_id", "id"),
        # All those of a formation are read at once.
        *cles("formation_id"),
        # The version that the import has left: its date holds until there is another.
        Column("version", Integer, nullable=False),
        Column("rang", Integer, nullable=False),
        *textes("cree_le", "modifie_le"),
        Column("contenu", JSON, nullable=False),
        PrimaryKeyConstraint("organisme_id", "id", name=f"edof_{de}_identifie"),
        ForeignKeyConstraint(
            ["organisme_id", "id"], [f"{de}.organisme_id", f"{de}.id"], name=f"edof_d_une_{de}", ondelete="CASCADE"
        ),
        Index(f"edof_{de}_par_formation", "organisme_id", "formation_id"),
    )  # fmt: skip


trace_formation = _trace("formation")
trace_action = _trace("action")
trace_session = _trace("session_formation")


def _de_la_tache(nom: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["organisme_id", "tache_id"], ["tache.organisme_id", "tache.id"], name=nom, ondelete="CASCADE"
    )


importation = Table(
    "edof_import", metadata,
    *cles("organisme_id", "tache_id"),
    Column("nom", Text, nullable=False),
    *textes("declare", "reel"),
    # The encoding in which it is read: empty until a person has chosen one.
    Column("lu_en", Text, nullable=False),
    Column("formations", Integer, nullable=False),
    Column("remarques", JSON, nullable=False),
    Column("comptes", JSON, nullable=False),
    Column("expire_le", Instant, nullable=False),
    PrimaryKeyConstraint("organisme_id", "tache_id", name="edof_import_identifie"),
    _de_la_tache("edof_import_d_une_tache"),
    Index("edof_import_par_echeance", "expire_le"),
)  # fmt: skip

morceau = Table(
    "edof_morceau", metadata,
    *cles("organisme_id", "tache_id"),
    Column("rang", Integer, nullable=False, autoincrement=False),
    Column("octets", LargeBinary, nullable=False),
    PrimaryKeyConstraint("organisme_id", "tache_id", "rang", name="edof_morceau_identifie"),
    _de_la_tache("edof_morceau_d_une_tache"),
)  # fmt: skip

offre = Table(
    "edof_offre", metadata,
    *cles("organisme_id", "tache_id"),
    Column("rang", Integer, nullable=False, autoincrement=False),
    Column("ligne", Integer, nullable=False),
    Column("cle", Text, nullable=False),
    Column("xml", LargeBinary, nullable=False),
    # What its preview said, in a few characters: an import does that, or nothing.
    Column("empreinte", Text, nullable=False),
    PrimaryKeyConstraint("organisme_id", "tache_id", "rang", name="edof_offre_identifiee"),
    _de_la_tache("edof_offre_d_une_tache"),
    Index("edof_offre_par_cle", "organisme_id", "tache_id", "cle", "rang"),
)  # fmt: skip

apercu = Table(
    "edof_apercu", metadata,
    *cles("organisme_id", "tache_id"),
    Column("rang", Integer, nullable=False, autoincrement=False),
    Column("sort", Text, nullable=False),
    Column("contenu", JSON, nullable=False),
    PrimaryKeyConstraint("organisme_id", "tache_id", "rang", name="edof_apercu_identifie"),
    ForeignKeyConstraint(
        ["organisme_id", "tache_id", "rang"],
        ["tache_ligne.organisme_id", "tache_ligne.tache_id", "tache_ligne.rang"],
        name="edof_apercu_d_une_ligne", ondelete="CASCADE",
    ),
    parmi("sort", Sort, "sort_connu"),
    Index("edof_apercu_par_sort", "organisme_id", "tache_id", "sort", "rang"),
)  # fmt: skip

# The contacts and places that an import has made: its undoing removes those that nothing uses.
entree = Table(
    "edof_entree", metadata,
    *cles("organisme_id", "tache_id"),
    Column("niveau", Text, nullable=False),
    *cles("id"),
    PrimaryKeyConstraint("organisme_id", "tache_id", "niveau", "id", name="edof_entree_identifiee"),
    _de_la_tache("edof_entree_d_une_tache"),
    parmi("niveau", (Niveau.CONTACT, Niveau.LIEU), "niveau_d_entree_connu"),
)  # fmt: skip
