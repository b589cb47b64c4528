"""The tables of jobs: the job, what was chosen for it, and one line for each object that it concerns."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from webapp.domain.champs import Niveau
from webapp.domain.taches import ACTIFS, EtatLigne, EtatTache, Genre
from webapp.persistence.colonnes import Instant
from webapp.persistence.contraintes import ANNULATION_UNIQUE, parmi
from webapp.persistence.metadonnees import metadata

A_FAIRE = text("etat IN ({})".format(", ".join(f"'{etat}'" for etat in sorted(ACTIFS))))
"""The jobs that somebody has to do now; said without a parameter, as its index is."""

_DE_L_ARBRE = (Niveau.FORMATION, Niveau.ACTION, Niveau.SESSION)

tache = Table(
    "tache", metadata,
    Column("organisme_id", Uuid, ForeignKey("organisme.id", name="tache_d_un_organisme", ondelete="CASCADE"),
           nullable=False),
    Column("id", Uuid, nullable=False),
    Column("genre", Text, nullable=False),
    Column("etat", Text, nullable=False),
    # What is to be done: empty while objects are being chosen.
    Column("parametres", JSON, nullable=False),
    # How far the preparation has come.
    Column("etape", JSON, nullable=False),
    Column("jour", Date),
    # Not a key: who asked may leave before what was asked for is forgotten.
    Column("utilisateur_id", Uuid, nullable=False),
    Column("demandee_par", Text, nullable=False),
    Column("creee_le", Instant, nullable=False),
    Column("lancee_le", Instant),
    Column("finie_le", Instant),
    *(Column(nom, Integer, nullable=False) for nom in ("choisis", "prevus", "ecartes", "faits", "laisses", "rang")),
    Column("porteur", Uuid),
    Column("battement", Integer, nullable=False),
    Column("echecs", Integer, nullable=False),
    Column("raison", Text, nullable=False),
    Column("origine", Uuid),
    PrimaryKeyConstraint("organisme_id", "id", name="tache_identifiee"),
    # On an own organisation's job only: the key says it.
    ForeignKeyConstraint(
        ["organisme_id", "origine"], ["tache.organisme_id", "tache.id"], name="tache_annulee", ondelete="CASCADE"
    ),
    UniqueConstraint("organisme_id", "origine", name=ANNULATION_UNIQUE),
    parmi("genre", Genre, "genre_connu"),
    parmi("etat", EtatTache, "etat_connu"),
    CheckConstraint("faits + laisses <= prevus", name="rien_fait_deux_fois"),
    Index("tache_par_date", "organisme_id", "creee_le", "id"),
    Index("tache_a_faire", "creee_le", sqlite_where=A_FAIRE, postgresql_where=A_FAIRE),
)  # fmt: skip

choix = Table(
    "tache_choix", metadata,
    Column("organisme_id", Uuid, nullable=False),
    Column("tache_id", Uuid, nullable=False),
    Column("niveau", Text, nullable=False),
    Column("objet_id", Uuid, nullable=False),
    PrimaryKeyConstraint("organisme_id", "tache_id", "niveau", "objet_id", name="choisi_une_fois"),
    ForeignKeyConstraint(
        ["organisme_id", "tache_id"], ["tache.organisme_id", "tache.id"], name="choix_d_une_tache", ondelete="CASCADE"
    ),
    parmi("niveau", _DE_L_ARBRE, "niveau_choisi_connu"),
)  # fmt: skip

ligne = Table(
    "tache_ligne", metadata,
    Column("organisme_id", Uuid, nullable=False),
    Column("tache_id", Uuid, nullable=False),
    Column("rang", Integer, nullable=False, autoincrement=False),
    Column("niveau", Text, nullable=False),
    Column("objet_id", Uuid, nullable=False),
    Column("version_vue", Integer, nullable=False),
    Column("nom", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("etat", Text, nullable=False),
    Column("raison", Text, nullable=False),
    Column("version_faite", Integer),
    # What undoing gives back.
    Column("avant", JSON(none_as_null=True)),
    PrimaryKeyConstraint("organisme_id", "tache_id", "rang", name="ligne_identifiee"),
    UniqueConstraint("organisme_id", "tache_id", "niveau", "objet_id", name="objet_une_fois_par_tache"),
    ForeignKeyConstraint(
        ["organisme_id", "tache_id"], ["tache.organisme_id", "tache.id"], name="ligne_d_une_tache", ondelete="CASCADE"
    ),
    parmi("niveau", _DE_L_ARBRE, "niveau_de_ligne_connu"),
    parmi("etat", EtatLigne, "etat_de_ligne_connu"),
    Index("ligne_par_etat", "organisme_id", "tache_id", "etat", "rang"),
)  # fmt: skip
