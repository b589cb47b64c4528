"""What is known of a formation from elsewhere than its own fields, for whoever has not typed them: the portal's file.

Sources: the portal has the length of a bilan de compétences at its actions, and no place for a driving school's
agreement number but the objective, which must state it (`regles_par_champ`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webapp.domain import champs
from webapp.domain.textes import est_vide

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from webapp.domain.champs import Champ
    from webapp.domain.fiche import FicheFormation

_AGREMENT = re.compile(r"(?<![0-9A-Za-z])[A-Z] ?[0-9]{2} ?[0-9]{3} ?[0-9]{4} ?[0-9](?![0-9A-Za-z])")
"""« E 02 075 1234 0 »: a letter, the year, the department, a number and its key."""


def deduire(fiche: FicheFormation, durees: Collection[str]) -> Mapping[Champ, str]:
    """Give, by its field, what a formation leaves empty and says elsewhere, where it says one thing only.

    In: `durees`, the lengths of its actions in hours, as they are kept; empty for an action that says none.
    """
    trouve: dict[Champ, str] = {}
    for champ in (champs.DUREE_HEURES, champs.NUMERO_AGREMENT):
        if champ in fiche.champs and est_vide(fiche[champ]):
            dites = set(durees if champ is champs.DUREE_HEURES else _AGREMENT.findall(fiche.objectif))
            if len(dites) == 1 and all(dites):
                trouve[champ] = dites.pop()
    return trouve
