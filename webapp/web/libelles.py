"""How what is said of a formation is called: its fields, and what is no field of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from webapp.domain import champs
from webapp.domain.regles_formation import SIRET
from webapp.domain.types_formation import REGLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from webapp.domain.fiche import FicheFormation
    from webapp.domain.types_formation import RegleType

SIRET_DE_L_ORGANISME = "SIRET de votre organisme"


def libelle(regle: RegleType | None, nom: str) -> str:
    """Give the wording of what an anomaly is about, for a type of formation."""
    if nom in champs.PAR_NOM:
        return champs.PAR_NOM[nom].libelle
    if nom == champs.CERTIFICATION:
        return "Certification préparée" if regle is None else regle.etiquette
    return SIRET_DE_L_ORGANISME if nom == SIRET else "Type de formation"


def libelles_de(fiche: FicheFormation) -> Callable[[str], str]:
    """Give `libelle` for the type of a fiche."""
    return partial(libelle, REGLES.get(fiche.type_formation))
