"""The tables. A constraint is named by what it promises; those of the trade are made from the domain's tables.

Tables that belong to an organisation lead with `organisme_id` in their keys, so that a read can never cross from
one to another by an identifier alone, and so that they can be partitioned as they stand.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
)

from webapp.domain.comptes import Role
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.registre import Habilitation
from webapp.domain.statuts import Statut
from webapp.persistence import (
    metadonnees,
    tables_annulation,
    tables_arbre,
    tables_edof,
    tables_habilitations,
    tables_import,
    tables_taches,
)
from webapp.persistence.colonnes import MOTS, OCTETS, Dates, Instant, Liste
from webapp.persistence.contraintes import (
    AVEC_CLE,
    CATEGORISATION_UNIQUE,
    COURRIEL_UNIQUE,
    HORS_ARCHIVES,
    IDENTIFIANT_UNIQUE,
    IDENTIFIEES,
    PROPRES_A_UN_TYPE,
    SIRET_UNIQUE,
    VAE_VALIDEES,
    des_champs,
    des_types,
    parmi,
)

metadata = metadonnees.metadata

# Those of the tree belong here too: whoever takes the metadata takes them all.
action, session_formation = tables_arbre.action, tables_arbre.session
contact, lieu = tables_arbre.contact, tables_arbre.lieu
tache = tables_taches.tache
liste_habilitations = tables_habilitations.liste_habilitations
edof_import = tables_import.importation
export_edof = tables_edof.export

organisme = Table(
    "organisme",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("nom", Text, nullable=False),
    Column("siret", Text, nullable=False),
    Column("date_reference", Date),
    # Two more public holidays than elsewhere in France.
    Column("alsace_moselle", Boolean(create_constraint=False), nullable=False, server_default=false()),
    PrimaryKeyConstraint("id", name="organisme_identifie"),
    UniqueConstraint("siret", name=SIRET_UNIQUE),
    CheckConstraint("length(siret) = 14", name="longueur_siret"),
    CheckConstraint("length(nom) BETWEEN 1 AND 250", name="longueur_nom_organisme"),
)

utilisateur = Table(
    "utilisateur",
    metadata,
    Column("organisme_id", ForeignKey("organisme.id", name="utilisateur_d_un_organisme", ondelete="CASCADE"),
           nullable=False),
    Column("id", Uuid, nullable=False),
    Column("nom", Text, nullable=False),
    Column("courriel", Text, nullable=False),
    Column("courriel_cle", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("empreinte", Text),
    Column("actif", Boolean(create_constraint=False), nullable=False),
    PrimaryKeyConstraint("organisme_id", "id", name="utilisateur_identifie"),
    UniqueConstraint("courriel_cle", name=COURRIEL_UNIQUE),
    CheckConstraint("length(nom) BETWEEN 1 AND 100", name="longueur_nom_utilisateur"),
    CheckConstraint("length(courriel) BETWEEN 3 AND 160", name="longueur_courriel"),
    parmi("role", Role, "role_connu"),
)  # fmt: skip

session_ouverte = Table(
    "session_ouverte",
    metadata,
    Column("cle", String(64), nullable=False),
    Column("organisme_id", Uuid, nullable=False),
    Column("utilisateur_id", Uuid, nullable=False),
    Column("donnees", JSON, nullable=False),
    Column("expire_le", Instant, nullable=False),
    PrimaryKeyConstraint("cle", name="session_identifiee"),
    ForeignKeyConstraint(
        ["organisme_id", "utilisateur_id"], ["utilisateur.organisme_id", "utilisateur.id"],
        name="session_d_un_utilisateur", ondelete="CASCADE",
    ),
    Index("session_par_utilisateur", "utilisateur_id"),
    Index("session_par_echeance", "expire_le"),
)  # fmt: skip

certification = Table(
    "certification",
    metadata,
    Column("code", Text, nullable=False),
    Column("rang", Integer, nullable=False),
    Column("intitule", Text, nullable=False),
    Column("connue_active_le", Date, nullable=False),
    Column("fin_enregistrement", Date),
    Column("inactive_constatee_le", Date),
    Column("remplacee_par", Liste, nullable=False, server_default="[]"),
    Column("famille", Text, nullable=False),
    Column("certificateurs", Liste, nullable=False),
    Column("formacodes", Liste, nullable=False),
    Column("nsf", Liste, nullable=False),
    Column("rome", Liste, nullable=False),
    Column("niveau_entree", Text, nullable=False),
    Column("niveau_sortie", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("remplace", Liste, nullable=False, server_default="[]"),
    # What the records that follow it say; made again after each change, since they may come before it or after.
    Column("succedee_par", Liste, nullable=False, server_default="[]"),
    Column("effet_le", Date),
    Column("vue_active_le", Date),
    Column("faits_le", Date),
    # The facts that are older than the others, each with its date.
    Column("dates", Dates, nullable=False, server_default="{}"),
    Column("nomme_des_partenaires", Boolean(create_constraint=False), nullable=False, server_default=text("false")),
    Column("recherche", Text, nullable=False),
    # A number that the code gives: the words of the search stand under it on SQLite.
    Column("cle", Integer, nullable=False),
    # Both are empty for a record that comes from no export.
    Column("empreinte", Text),
    Column("export_le", Date),
    PrimaryKeyConstraint("code", name="certification_identifiee"),
    UniqueConstraint("cle", name="cle_unique_au_registre"),
    Index("certification_par_famille", "famille", "rang"),
)

# The blocs de compétences of a certification, in its order.
bloc = Table(
    "bloc",
    metadata,
    Column("certification", ForeignKey("certification.code", name="bloc_d_une_certification", ondelete="CASCADE"),
           nullable=False),
    Column("code", Text, nullable=False),
    Column("rang", Integer, nullable=False),
    Column("libelle", Text, nullable=False),
    PrimaryKeyConstraint("certification", "code", name="bloc_unique_dans_sa_certification"),
)  # fmt: skip

# What the organisations that we serve may do for a certification; those of others are not kept.
habilitation = Table(
    "habilitation",
    metadata,
    Column("siret", Text, nullable=False),
    Column("certification",
           ForeignKey("certification.code", name="habilitation_d_une_certification", ondelete="CASCADE"),
           nullable=False),
    Column("nature", Text, nullable=False),
    Column("active", Boolean(create_constraint=False), nullable=False),
    PrimaryKeyConstraint("siret", "certification", "nature", name="habilitation_unique"),
    parmi("nature", Habilitation, "nature_connue"),
    Index("habilitation_par_certification", "certification"),
)  # fmt: skip

# What the last import found in these three, and what it brought.
certification_avant = tables_annulation.comme(certification, "code")
bloc_avant = tables_annulation.comme(bloc, "certification", "code")
habilitation_avant = tables_annulation.comme(habilitation, "siret", "certification", "nature")
certification_nouvelle = tables_annulation.certification_nouvelle

# Each import that succeeded: what was read, when, and what it changed.
export_importe = Table(
    "export_importe",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("nom", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("date_export", Date, nullable=False),
    Column("importe_le", Instant, nullable=False),
    Column("lues", Integer, nullable=False),
    Column("nouvelles", Integer, nullable=False),
    Column("changees", Integer, nullable=False),
    Column("inchangees", Integer, nullable=False),
    Column("refusees", Integer, nullable=False),
    PrimaryKeyConstraint("id", name="export_identifie"),
    Index("export_par_date", "importe_le"),
)

# Other names under which a certification is asked for: Certif Info 84482 is RS2203.
code_certification = Table(
    "code_certification",
    metadata,
    Column("type_code", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("certification", ForeignKey("certification.code", name="autre_code_d_une_certification"), nullable=False),
    PrimaryKeyConstraint("type_code", "code", name="autre_code_unique"),
    parmi("type_code", TypeCode, "type_code_connu"),
)

# One row: it changes with the registry, so that every process knows when what it remembers is out of date.
registre_etat = Table(
    "registre_etat",
    metadata,
    Column("id", Integer, nullable=False, autoincrement=False),
    Column("version", Uuid, nullable=False),
    PrimaryKeyConstraint("id", name="registre_etat_identifie"),
    CheckConstraint("id = 1", name="un_seul_registre"),
)

formation = Table(
    "formation",
    metadata,
    Column("organisme_id", ForeignKey("organisme.id", name="formation_d_un_organisme", ondelete="CASCADE"),
           nullable=False),
    Column("id", Uuid, nullable=False),
    Column("type_formation", Text, nullable=False),
    Column("certification", ForeignKey("certification.code", name="certification_du_registre"), nullable=False),
    Column("identifiant", Text, nullable=False),
    Column("identifiant_cle", Text, nullable=False),
    Column("intitule", Text, nullable=False),
    # By which titles are put in order: see `cle_de_tri`.
    Column("titre_cle", OCTETS, nullable=False, server_default=""),
    Column("objectif", Text, nullable=False),
    Column("contenu", Text, nullable=False),
    Column("points_forts", Text, nullable=False),
    Column("resultats_attendus", Text, nullable=False),
    Column("type_parcours", Text, nullable=False),
    Column("objectif_general", Text, nullable=False),
    *(Column(nom, Text, nullable=False, server_default="") for nom in PROPRES_A_UN_TYPE),
    Column("statut", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("creee_le", Instant, nullable=False),
    Column("modifiee_le", Instant, nullable=False),
    Column("modifiee_par", Text, nullable=False),
    Column("validee_le", Instant),
    Column("archivee_le", Instant),
    Column("avant_archivage", Text),
    Column("version_saisie", Integer, nullable=False, server_default="1"),
    # No reference: what a person did stays told when her account is gone.
    Column("modifiee_par_id", Uuid),
    Column("archivee_par", Text),
    # The place in the list: what was saved last has the greatest, whatever the date that it bears.
    Column("rang", BigInteger, nullable=False, server_default="0"),
    PrimaryKeyConstraint("organisme_id", "id", name="formation_identifiee"),
    parmi("statut", Statut, "statut_connu"),
    parmi("avant_archivage", (s for s in Statut if s is not Statut.ARCHIVEE), "avant_archivage_connu"),
    CheckConstraint("version >= 1", name="version_positive"),
    *des_champs(),
    *des_types(),
)  # fmt: skip
Index(
    "formation_par_date", formation.c.organisme_id, formation.c.rang.desc(), formation.c.id.desc(),
    sqlite_where=HORS_ARCHIVES, postgresql_where=HORS_ARCHIVES,
)  # fmt: skip
Index(
    "formation_par_statut",
    formation.c.organisme_id, formation.c.statut, formation.c.rang.desc(), formation.c.id.desc(),
)  # fmt: skip

# The catalogue in other orders, and what a filter leaves of it: each page is read in the order of one of these.
for _devant in ("certification", "type_formation"):
    Index(
        f"formation_par_{_devant}_et_date", formation.c.organisme_id, formation.c[_devant], formation.c.statut,
        formation.c.rang.desc(), formation.c.id.desc(),
    )  # fmt: skip
    Index(
        f"formation_par_{_devant}_et_titre", formation.c.organisme_id, formation.c[_devant], formation.c.statut,
        formation.c.titre_cle, formation.c.id,
    )  # fmt: skip
Index(
    "formation_par_titre", formation.c.organisme_id, formation.c.statut, formation.c.titre_cle, formation.c.id,
)  # fmt: skip

# Who prepares a certification: asked when its title changes, and when it is to be removed.
Index("formation_par_certification", formation.c.certification, formation.c.organisme_id, formation.c.id)

Index(
    IDENTIFIANT_UNIQUE, formation.c.organisme_id, formation.c.identifiant_cle, unique=True,
    sqlite_where=IDENTIFIEES, postgresql_where=IDENTIFIEES,
)  # fmt: skip

# One offer of VAE « validée » a category (rule F20).
Index(
    CATEGORISATION_UNIQUE, formation.c.organisme_id, formation.c.categorisation, unique=True,
    sqlite_where=VAE_VALIDEES, postgresql_where=VAE_VALIDEES,
)  # fmt: skip

# The words by which a formation is found: see `mots`. `cle` is the number under which SQLite's index holds them.
formation_recherche = Table(
    "formation_recherche",
    metadata,
    Column("organisme_id", Uuid, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("cle", Integer),
    Column("mots", MOTS, nullable=False),
    PrimaryKeyConstraint("organisme_id", "id", name="mots_d_une_formation"),
    ForeignKeyConstraint(
        ["organisme_id", "id"], ["formation.organisme_id", "formation.id"], name="mots_de_la_formation",
        ondelete="CASCADE",
    ),
)  # fmt: skip
Index(
    "cle_de_recherche_unique", formation_recherche.c.cle, unique=True,
    sqlite_where=AVEC_CLE, postgresql_where=AVEC_CLE,
)  # fmt: skip

# Kept counts: counting a catalogue of a million formations at each page would cost more than the page.
compteur_statut = Table(
    "compteur_statut",
    metadata,
    Column("organisme_id", ForeignKey("organisme.id", name="compteur_d_un_organisme", ondelete="CASCADE"),
           nullable=False),
    Column("statut", Text, nullable=False),
    Column("nombre", Integer, nullable=False),
    PrimaryKeyConstraint("organisme_id", "statut", name="un_compteur_par_statut"),
    parmi("statut", Statut, "statut_compte_connu"),
    CheckConstraint("nombre >= 0", name="compteur_jamais_negatif"),
)  # fmt: skip

# The same by type and by certification: what a filter leaves, and what the échéancier counts.
compteur_catalogue = Table(
    "compteur_catalogue",
    metadata,
    Column("organisme_id", ForeignKey("organisme.id", name="compteur_catalogue_d_un_organisme", ondelete="CASCADE"),
           nullable=False),
    Column("certification", Text, nullable=False),
    Column("type_formation", Text, nullable=False),
    Column("statut", Text, nullable=False),
    Column("nombre", Integer, nullable=False),
    PrimaryKeyConstraint("organisme_id", "certification", "type_formation", "statut", name="un_compteur_par_sorte"),
    parmi("statut", Statut, "statut_compte_connu"),
    CheckConstraint("nombre >= 0", name="compteur_jamais_negatif"),
)  # fmt: skip

limite_debit = Table(
    "limite_debit",
    metadata,
    Column("cle", Text, nullable=False),
    Column("nombre", Integer, nullable=False),
    Column("expire_le", Double, nullable=False),
    PrimaryKeyConstraint("cle", name="limite_identifiee"),
    Index("limite_par_echeance", "expire_le"),
)
