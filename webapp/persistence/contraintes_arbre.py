"""CHECK constraints of the tables of the tree, made from the fields of each level.

What a « validée » must be holds for `statut = 'validee'` alone; a contact and a place have no status, and are kept
whatever they lack. Ten times the limit holds always.
"""

from collections.abc import Iterator

from sqlalchemy import CheckConstraint, text

from webapp.domain.champs import FOIS_LA_LIMITE, Champ, Nature, Niveau
from webapp.domain.niveaux import CHAMPS

NUMEROTES = text("numero_cle <> ''")
"""What has a number: of those alone it is unique."""

_BROUILLON = "statut <> 'validee'"
AVEC_STATUT = frozenset({Niveau.ACTION, Niveau.SESSION})


def textes(niveau: Niveau) -> tuple[Champ, ...]:
    """Give the fields of a level that are kept as texts: all but what refers to a contact or a place."""
    return tuple(champ for champ in CHAMPS[niveau] if not champ.nature.est_reference)


def du_niveau(niveau: Niveau) -> list[CheckConstraint]:
    """Make the constraints of the fields of a level: lengths in code points, lines, lists, what is needed."""
    siens = textes(niveau)
    contraintes = [contrainte for champ in siens for contrainte in _du_champ(champ)]
    if niveau in AVEC_STATUT:
        demandes = [
            f"{champ.nom} IS NOT NULL" if champ.nature.est_reference else f"{champ.nom} <> ''"
            for champ in CHAMPS[niveau]
            if champ.obligatoire
        ]
        complete = f"{_BROUILLON} OR ({' AND '.join(demandes)})"
        contraintes.append(CheckConstraint(complete, name="validee_complete"))
    # SQLite's length() stops at a NUL, which PostgreSQL refuses by itself.
    sans_nul = " AND ".join(f"instr({champ.nom}, char(0)) = 0" for champ in siens)
    contraintes.append(CheckConstraint(sans_nul, name="sans_caractere_nul").ddl_if(dialect="sqlite"))
    return contraintes


def _du_champ(champ: Champ) -> Iterator[CheckConstraint]:
    maximum = champ.longueur_max or 0
    garde = f"length({champ.nom}) <= {FOIS_LA_LIMITE * maximum}"
    if champ.niveau not in AVEC_STATUT:
        yield CheckConstraint(garde, name=f"longueur_{champ.nom}")
        return
    yield CheckConstraint(f"length({champ.nom}) <= {maximum} OR {_BROUILLON} AND {garde}", name=f"longueur_{champ.nom}")
    if champ.choix is not None and champ.nature is not Nature.CHOIX_MULTIPLES:
        codes = ", ".join(f"'{code}'" for code in ("", *champ.choix))
        yield CheckConstraint(f"{_BROUILLON} OR {champ.nom} IN ({codes})", name=f"choix_{champ.nom}")
    elif not champ.multiligne and champ.nature is not Nature.CHOIX_MULTIPLES:
        # A line feed written as itself: char(10) and chr(10) differ between the two databases.
        yield CheckConstraint(f"{_BROUILLON} OR {champ.nom} NOT LIKE '%\n%'", name=f"ligne_unique_{champ.nom}")
