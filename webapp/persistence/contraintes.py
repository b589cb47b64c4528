"""CHECK constraints made from the domain's tables, and the name of a constraint that a write has broken.

The rules themselves stand in `webapp.domain`; here they become the last guard, for whatever would write around it.
"""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint
from sqlalchemy.exc import IntegrityError

from webapp.domain.champs import CHAMPS, IDENTIFIANT, Champ

IDENTIFIANT_UNIQUE = "identifiant_unique_par_organisme"
COURRIEL_UNIQUE = "courriel_unique"
SIRET_UNIQUE = "siret_unique"

# SQLite names the columns of a broken UNIQUE, not the constraint.
_PAR_COLONNES = {
    "formation.organisme_id, formation.identifiant_cle": IDENTIFIANT_UNIQUE,
    "utilisateur.courriel_cle": COURRIEL_UNIQUE,
    "organisme.siret": SIRET_UNIQUE,
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
    liste = ", ".join(f"'{valeur}'" for valeur in valeurs)
    return CheckConstraint(f"{colonne} IN ({liste})", name=nom)


def des_champs() -> list[CheckConstraint]:
    """Make the constraints of every field of a formation: lengths, lists, one line, form of the identifier.

    Lengths are in code points, on both databases, as `controler` counts them.
    """
    textes = [champ.nom for champ in CHAMPS if champ.choix is None]
    obligatoires = [champ.nom for champ in CHAMPS if champ.obligatoire]
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
            f"{IDENTIFIANT.nom} NOT GLOB '*[^A-Za-z0-9_.-]*'", name="forme_identifiant"
        ).ddl_if(dialect="sqlite"),
        CheckConstraint(
            f"{IDENTIFIANT.nom} ~ '^[A-Za-z0-9_.-]+$'", name="forme_identifiant"
        ).ddl_if(dialect="postgresql"),
    ]  # fmt: skip


def _du_champ(champ: Champ) -> list[CheckConstraint]:
    if champ.choix is not None:
        return [parmi(champ.nom, ("", *champ.choix), f"choix_{champ.nom}")]
    moins = 1 if champ.des_le_brouillon else 0
    longueur = f"length({champ.nom}) BETWEEN {moins} AND {champ.longueur_max}"
    contraintes = [CheckConstraint(longueur, name=f"longueur_{champ.nom}")]
    if not champ.multiligne:
        # A line feed written as itself: char(10) and chr(10) differ between the two databases.
        contraintes.append(CheckConstraint(f"{champ.nom} NOT LIKE '%\n%'", name=f"ligne_unique_{champ.nom}"))
    return contraintes
