"""The tables of what goes to the portal: each export, its file in pieces, what it holds, what stays out of it."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    text,
)

from webapp.domain.exports import Quoi
from webapp.persistence.colonnes import Instant, cles, textes
from webapp.persistence.contraintes import parmi
from webapp.persistence.metadonnees import metadata

DEPOSES = text("depose_le IS NOT NULL")
"""The exports whose file was given to the portal; said without a parameter, as their index is."""


def _de_l_export(nom: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["organisme_id", "export_id"], ["export_edof.organisme_id", "export_edof.id"], name=nom, ondelete="CASCADE"
    )


def _de_la_formation(nom: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["organisme_id", "formation_id"], ["formation.organisme_id", "formation.id"], name=nom, ondelete="CASCADE"
    )


# It bears the identity of the job that makes it, and goes with it.
export = Table(
    "export_edof", metadata,
    *cles("organisme_id", "id"),
    *textes("quoi", "format"),
    Column("jours", Integer, nullable=False),
    *(
        Column(nom, Integer, nullable=False)
        for nom in ("formations", "actions", "sessions", "ecartees", "partielles", "inchangees")
    ),
    Column("taille", BigInteger, nullable=False),
    Column("empreinte", Text, nullable=False),
    Column("signes", JSON, nullable=False),
    *(Column(nom, Instant) for nom in ("fini_le", "expire_le", "efface_le", "depose_le")),
    Column("depose_par", Text, nullable=False),
    Column("accepte_le", Instant),
    Column("accepte_par", Text, nullable=False),
    Column("ecarts", JSON, nullable=False, server_default="[]"),
    PrimaryKeyConstraint("organisme_id", "id", name="export_edof_identifie"),
    ForeignKeyConstraint(
        ["organisme_id", "id"], ["tache.organisme_id", "tache.id"], name="export_d_une_tache", ondelete="CASCADE"
    ),
    parmi("quoi", Quoi, "quoi_connu"),
    CheckConstraint("depose_le IS NULL OR fini_le IS NOT NULL", name="depose_une_fois_fini"),
    Index("export_depose", "organisme_id", "depose_le", sqlite_where=DEPOSES, postgresql_where=DEPOSES),
)  # fmt: skip

# The bytes of the file, compressed; all pieces but the last are of one size before that.
morceau = Table(
    "export_morceau", metadata,
    *cles("organisme_id", "export_id"),
    Column("numero", Integer, nullable=False, autoincrement=False),
    Column("octets", LargeBinary, nullable=False),
    PrimaryKeyConstraint("organisme_id", "export_id", "numero", name="morceau_identifie"),
    _de_l_export("morceau_d_un_export"),
)  # fmt: skip

# Where each formation stands in the file. Not keys: the file goes on telling what has left the catalogue.
offre = Table(
    "export_offre", metadata,
    *cles("organisme_id", "export_id", "formation_id"),
    *textes("numero", "empreinte"),
    Column("debut", BigInteger, nullable=False),
    Column("longueur", Integer, nullable=False),
    # How often it had been touched when it was read.
    Column("fois", Integer, nullable=False),
    PrimaryKeyConstraint("organisme_id", "export_id", "formation_id", name="offre_une_fois_par_export"),
    _de_l_export("offre_d_un_export"),
    Index("offre_par_numero", "organisme_id", "numero", "export_id"),
)  # fmt: skip

ecartee = Table(
    "export_ecartee", metadata,
    *cles("organisme_id", "export_id"),
    Column("rang", Integer, nullable=False, autoincrement=False),
    *cles("formation_id"),
    *textes("identifiant", "intitule"),
    Column("partielle", Integer, nullable=False),
    Column("motifs", JSON, nullable=False),
    PrimaryKeyConstraint("organisme_id", "export_id", "rang", name="ecartee_identifiee"),
    _de_l_export("ecartee_d_un_export"),
    Index("ecartee_par_sorte", "organisme_id", "export_id", "partielle", "rang"),
)  # fmt: skip

# What the preview said would go out, until the file is made: it is then compared with what does.
lecture = Table(
    "export_lecture", metadata,
    *cles("organisme_id", "export_id", "formation_id"),
    *textes("numero", "intitule", "empreinte"),
    PrimaryKeyConstraint("organisme_id", "export_id", "formation_id", name="lecture_une_fois_par_export"),
    _de_l_export("lecture_d_un_export"),
)  # fmt: skip

# What stands for a character that the file cannot carry, as somebody of the organisation accepted it once.
remplacement = Table(
    "remplacement_accepte", metadata,
    Column("organisme_id", Uuid, ForeignKey("organisme.id", name="remplacement_d_un_organisme", ondelete="CASCADE"),
           nullable=False),
    *textes("caractere", "par"),
    Column("accepte_le", Instant, nullable=False),
    Column("accepte_par", Text, nullable=False),
    PrimaryKeyConstraint("organisme_id", "caractere", name="remplacement_unique"),
)  # fmt: skip

# Of each formation, how often it or what it holds was touched since it was first exported (triggers of migration 0013
# count), and how often it had been when it last went out.
suivi = Table(
    "suivi_export", metadata,
    *cles("organisme_id", "formation_id"),
    Column("fois", Integer, nullable=False),
    Column("exportee_le", Instant),
    Column("fois_exportee", Integer, nullable=False),
    PrimaryKeyConstraint("organisme_id", "formation_id", name="suivi_identifie"),
    _de_la_formation("suivi_d_une_formation"),
)  # fmt: skip

compte_rendu = Table(
    "compte_rendu_edof", metadata,
    Column("organisme_id", Uuid, ForeignKey("organisme.id", name="compte_rendu_d_un_organisme", ondelete="CASCADE"),
           nullable=False),
    Column("texte", Text, nullable=False),
    Column("colle_le", Instant, nullable=False),
    Column("colle_par", Text, nullable=False),
    PrimaryKeyConstraint("organisme_id", name="compte_rendu_identifie"),
)  # fmt: skip
