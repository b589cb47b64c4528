"""What a person writes about a formation: a frozen value, kept even when it is wrong or incomplete."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from webapp.domain import identifiants
from webapp.domain.nomenclatures import OBJECTIF_GENERAL_PAR_DEFAUT, TypeFormation
from webapp.domain.textes import normaliser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webapp.domain.certifications import Certification


@dataclass(frozen=True, slots=True)
class FicheFormation:
    """The description of a formation, field by field (the names are those of `champs.CHAMPS`).

    Every value is a text, empty when nothing was given: a value that breaks a rule must still be shown back.
    """

    type_formation: str = TypeFormation.CLEA.value
    certification: str = ""
    identifiant: str = ""
    intitule: str = ""
    objectif: str = ""
    contenu: str = ""
    points_forts: str = ""
    resultats_attendus: str = ""
    type_parcours: str = ""
    objectif_general: str = ""

    @classmethod
    def lire(cls, saisie: Mapping[str, str]) -> FicheFormation:
        """Build a fiche from typed texts; unknown names are ignored, each text takes its normal form."""
        fiche = {nom: normaliser(saisie.get(nom, "")) for nom in NOMS}
        fiche["identifiant"] = identifiants.nettoyer(fiche["identifiant"])
        return cls(**fiche)

    @classmethod
    def preremplie(cls, type_formation: TypeFormation, certification: Certification) -> FicheFormation:
        """Give what page 2 shows when it opens: the certification's title (guide step 8), objectif général 6."""
        return cls(
            type_formation=type_formation.value,
            certification=certification.code,
            intitule=normaliser(certification.intitule),
            objectif_general=OBJECTIF_GENERAL_PAR_DEFAUT,
        )

    def avec(self, **valeurs: str) -> FicheFormation:
        """Give the same fiche with other values."""
        return replace(self, **valeurs)

    def valeur(self, nom: str) -> str:
        """Give the text of a field by its name. Raises AttributeError for a name that is not a field."""
        return str(getattr(self, nom))

    def differences(self, autre: FicheFormation) -> tuple[str, ...]:
        """List the names of the fields whose texts differ, in the order of the form."""
        return tuple(nom for nom in NOMS if getattr(self, nom) != getattr(autre, nom))


NOMS: tuple[str, ...] = tuple(champ.name for champ in fields(FicheFormation))
