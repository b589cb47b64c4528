"""CHECK constraints made from the domain's tables, and the name of a constraint that a write has broken.

The rules themselves stand in `webapp.domain`; here they become the last guard, for whatever would write around it.
"""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, text
from sqlalchemy.exc import IntegrityError

from webapp.domain.champs import CHAMPS, CHAMPS_COMMUNS, FOIS_LA_LIMITE, IDENTIFIANT, Champ
from webapp.domain.types_formation import REGLES, RegleType, types_du_champ

IDENTIFIANT_UNIQUE = "identifiant_unique_par_organisme"
COURRIEL_UNIQUE = "courriel_unique"
SIRET_UNIQUE = "siret_unique"
CATEGORISATION_UNIQUE = "categorisation_unique_par_organisme"
NUMERO_DE_L_ACTION = "numero_unique_dans_la_formation"
NUMERO_DE_LA_SESSION = "numero_unique_dans_l_action"
ANNULATION_UNIQUE = "une_annulation_par_tache"
IDENTIFIEES = text("identifiant_cle <> ''")
"""The formations that have an identifier: of those alone it is unique."""

HORS_ARCHIVES = text("statut <> 'archivee'")
"""The working catalogue; said without a parameter, as its index is."""

AVEC_CLE = text("cle IS NOT NULL")
"""The words that have a number of their own: on SQLite, all of them."""

VAE_VALIDEES = text("type_formation = 'vae' AND statut = 'validee'")
"""The formations of which one only may have a catégorisation."""

# What a « validée » must be, a formation in any other status need not.
_BROUILLON = "statut <> 'validee'"

PROPRES_A_UN_TYPE = tuple(champ.nom for champ in CHAMPS if champ not in CHAMPS_COMMUNS)

# SQLite names the columns of a broken UNIQUE, not the constraint.
_PAR_COLONNES = {
    "formation.organisme_id, formation.identifiant_cle": IDENTIFIANT_UNIQUE,
    "utilisateur.courriel_cle": COURRIEL_UNIQUE,
    "organisme.siret": SIRET_UNIQUE,
    "formation.organisme_id, formation.categorisation": CATEGORISATION_UNIQUE,
    "action.organisme_id, action.formation_id, action.numero_cle": NUMERO_DE_L_ACTION,
    "session_formation.organisme_id, session_formation.action_id, session_formation.numero_cle": NUMERO_DE_LA_SESSION,
    "tache.organisme_id, tache.origine": ANNULATION_UNIQUE,
}


def contrainte_violee(erreur: IntegrityError) -> str:
    """Give the name of the constraint that refused a write; empty when the database does not say.

    In: the error as SQLAlchemy wraps it. Both drivers are understood.
    """
    diag = getattr(erreur.orig, "diag", None)
    if diag is not None:
        return diag.constraint_name or ""
    genre, _, suite = str(erreur.orig).partition(" constraint failed: ")
    return _PAR_COLONNES.get(suite, "") if genre == "UNIQUE" else suite


def parmi(colonne: str, valeurs: Iterable[str], nom: str) -> CheckConstraint:
    """Make the constraint that keeps a column within a closed list."""
    return CheckConstraint(f"{colonne} IN ({_liste(valeurs)})", name=nom)


def des_champs() -> list[CheckConstraint]:
    """Make the constraints of every field of a formation: lengths, lists, one line, form of the identifier.

    Lengths are in code points, on both databases, as `controler` counts them.
    """
    textes = [champ.nom for champ in CHAMPS if champ.choix is None]
    obligatoires = [champ.nom for champ in CHAMPS_COMMUNS if champ.obligatoire]
    return [
        *(contrainte for champ in CHAMPS for contrainte in _du_champ(champ)),
        CheckConstraint(
            "statut <> 'validee' OR (" + " AND ".join(f"{nom} <> ''" for nom in obligatoires) + ")",
            name="validee_complete",
        ),
        # SQLite's length() stops at a NUL, which PostgreSQL refuses by itself.
        CheckConstraint(
            " AND ".join(f"instr({nom}, char(0)) = 0" for nom in textes), name="sans_caractere_nul"
        ).ddl_if(dialect="sqlite"),
        CheckConstraint(
            f"{_BROUILLON} OR {IDENTIFIANT.nom} NOT GLOB '*[^A-Za-z0-9_.-]*'", name="forme_identifiant"
        ).ddl_if(dialect="sqlite"),
        CheckConstraint(
            f"{_BROUILLON} OR {IDENTIFIANT.nom} ~ '^[A-Za-z0-9_.-]+$'", name="forme_identifiant"
        ).ddl_if(dialect="postgresql"),
    ]  # fmt: skip


def des_types() -> list[CheckConstraint]:
    """Make the constraints of every type of formation: its codes, its objectif général, its own fields."""
    return [
        parmi("type_formation", REGLES, "type_formation_connu"),
        *(contrainte for regle in REGLES.values() for contrainte in _du_type(regle)),
        *(_contrainte_du_champ(champ) for champ in CHAMPS if champ not in CHAMPS_COMMUNS),
    ]


def _du_type(regle: RegleType) -> list[CheckConstraint]:
    nom = regle.type_formation.value
    # The order in which they are shown is no business of the base.
    codes = f"certification IN ({_liste(sorted(regle.codes))})" if regle.codes else "certification NOT LIKE 'CPF%'"
    contraintes = [CheckConstraint(f"type_formation <> '{nom}' OR {codes}", name=f"codes_{nom}")]
    if regle.objectif_impose:
        impose = f"type_formation <> '{nom}' OR statut <> 'validee' OR objectif_general = '{regle.objectif_impose}'"
        contraintes.append(CheckConstraint(impose, name=f"objectif_general_{nom}"))
    return contraintes


def _contrainte_du_champ(champ: Champ) -> CheckConstraint:
    types = _liste(types_du_champ(champ))
    regle = f"{champ.nom} = '' OR type_formation IN ({types})"
    if champ.obligatoire:
        regle = f"({regle}) AND ({champ.nom} <> '' OR statut <> 'validee' OR type_formation NOT IN ({types}))"
    return CheckConstraint(regle, name=f"propre_{champ.nom}")


def _liste(valeurs: Iterable[str]) -> str:
    return ", ".join(f"'{valeur}'" for valeur in valeurs)


def _du_champ(champ: Champ) -> list[CheckConstraint]:
    if champ.choix is not None:
        return [parmi(champ.nom, ("", *champ.choix), f"choix_{champ.nom}")]
    maximum = champ.longueur_max or 0
    longueur = f"length({champ.nom}) <= {maximum} OR {_BROUILLON} AND length({champ.nom}) <= {FOIS_LA_LIMITE * maximum}"
    contraintes = [CheckConstraint(longueur, name=f"longueur_{champ.nom}")]
    if not champ.multiligne:
        # A line feed written as itself: char(10) and chr(10) differ between the two databases.
        ligne = f"{_BROUILLON} OR {champ.nom} NOT LIKE '%\n%'"
        contraintes.append(CheckConstraint(ligne, name=f"ligne_unique_{champ.nom}"))
    return contraintes
