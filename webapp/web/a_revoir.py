"""What an action says of its « validées » sessions that it has left without what they need: named, each with why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from webapp.domain.champs import Niveau
from webapp.domain.noeud import Noeud
from webapp.domain.textes import dire, fr, pluriel
from webapp.services import a_revoir
from webapp.web.departs import enumerer_en_phrase
from webapp.web.http import liens
from webapp.web.http.contexte import aujourdhui, lecture, organisme_courant
from webapp.web.panneau_controle import Ligne, lignes

if TYPE_CHECKING:
    from webapp.domain.noeud import Entree

FRAGMENT = "fragments/saisie/a-revoir.html"
NOMMEES = 10
"""Sessions that are named, each with the first thing that blocks it; « Contrôle » says all."""

_UNE = (
    "Une session validée de cette action est à revoir : elle garde son statut, mais ne pourrait plus être validée "
    "ainsi."
)
_PLUSIEURS = (
    "{n} sessions validées de cette action sont à revoir : elles gardent leur statut, mais ne pourraient plus être "
    "validées ainsi."
)
_AUTRES = "Et {x} : voir « Contrôle »"
_PEUT_ETRE = "peut-être d'autres"
_DIT = "À revoir dans cette action : {sessions}."


class ARevoirMontre(NamedTuple):
    """What the page shows: a sentence, the first sessions, and how the others are reached (empty: there are none)."""

    titre: str
    lignes: tuple[Ligne, ...]
    reste: str
    controle: str
    dit: str
    """The same in a message, when the action has just been saved."""


def de_l_action(noeud: Noeud | Entree | None) -> ARevoirMontre | None:
    """Give what is to be looked at again under an action as it is stored; None when nothing is, or for all else."""
    if not isinstance(noeud, Noeud) or noeud.niveau is not Niveau.ACTION:
        return None
    trouvees, tout = a_revoir.sous_l_action(lecture(), organisme_courant(), noeud, aujourdhui())
    if not trouvees:
        return None
    premieres = trouvees[:NOMMEES]
    reste = "" if tout else fr(_PEUT_ETRE)
    if autres := len(trouvees) - len(premieres):
        reste = pluriel(autres, "autre")
    return ARevoirMontre(
        dire(_UNE if len(trouvees) == 1 else _PLUSIEURS, n=len(trouvees)),
        # Sessions alone are spoken of: their fields are named by the table.
        lignes([jugee.bloquants[0] for jugee in premieres], str),
        dire(_AUTRES, x=reste) if reste else "",
        liens.controle(noeud.formation_id),
        dire(_DIT, sessions=enumerer_en_phrase([jugee.noeud for jugee in trouvees])),
    )
