"""Naming actions and sessions in sentences, and all that would go for good with what holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webapp.domain.champs import Niveau
from webapp.domain.noeud import NOMMES_MAX, DependantsRetenus
from webapp.domain.textes import dire, fr, pluriel
from webapp.web.http.filters import a_defaut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webapp.domain.noeud import Noeud
    from webapp.services.dependants import Depart

SANS_NUMERO = fr("sans numéro")
DEMANDES_MAX = 20
"""How many a question names; beyond, it counts."""

NOMMES = "nommes"
"""The field in which an answer carries the print of what its question named."""

_ELLES = {Niveau.ACTION: "l'action « {nom} »", Niveau.SESSION: "la session « {nom} »"}
_AVEC_SA_SESSION = "{elle} et sa session"
_AVEC_SES_SESSIONS = "{elle} et ses {nombre}"
_RESTE = "et {nombre}"


def nommer(noeud: Noeud) -> str:
    """Name an action or a session in a sentence."""
    return dire(_ELLES[noeud.niveau], nom=a_defaut(noeud.fiche.nom, SANS_NUMERO))


def enumerer(partent: Sequence[Noeud], au_plus: int = DEMANDES_MAX) -> list[str]:
    """Name what goes: each action with how many sessions go with it, or each session where they have none.

    `au_plus`: how many are named; the others are counted in one more line.
    """
    actions = [noeud for noeud in partent if noeud.niveau is Niveau.ACTION]
    tenues = actions or list(partent)
    lignes = [_ligne(noeud, partent) for noeud in tenues[:au_plus]]
    if reste := len(tenues) - len(lignes):
        nom = "action" if actions else "session"
        lignes.append(dire(_RESTE, nombre=pluriel(reste, f"autre {nom}", f"autres {nom}s")))
    return lignes


def ce_qui_partirait(depart: Depart, change: str = "") -> dict[str, object]:
    """Give what a question says of what would go. `change`: that it is asked again, for it is not what was named."""
    return {
        "partent": enumerer(depart.partent),
        "nommes": depart.empreinte,
        "change": change,
        "retenue": str(DependantsRetenus(depart.retenus)) if depart.retenus else "",
    }


def enumerer_en_phrase(partent: Sequence[Noeud]) -> str:
    """Name what is gone, in one sentence."""
    return ", ".join(enumerer(partent, NOMMES_MAX))


def _ligne(noeud: Noeud, partent: Sequence[Noeud]) -> str:
    elle = nommer(noeud)
    siennes = sum(autre.parent_id == noeud.id for autre in partent)
    if not siennes:
        return elle
    if siennes == 1:
        return dire(_AVEC_SA_SESSION, elle=elle)
    return dire(_AVEC_SES_SESSIONS, elle=elle, nombre=pluriel(siennes, "session"))
