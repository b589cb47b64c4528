"""Moving a fiche to another type or certification: the texts that follow, what changes, what has no place any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from webapp.domain.champs import BLOCS, CERTIFICATION, INTITULE, OBJECTIF_GENERAL, TYPE_FORMATION
from webapp.domain.fiche import intitule_propose
from webapp.domain.textes import est_vide
from webapp.domain.types_formation import REGLES, champs_de, regle_de

if TYPE_CHECKING:
    from webapp.domain.certifications import Certification
    from webapp.domain.champs import Champ
    from webapp.domain.fiche import FicheFormation
    from webapp.domain.nomenclatures import TypeFormation
    from webapp.domain.types_formation import RegleType


@dataclass(frozen=True)
class Ecart:
    """What a change of type or of certification does to one thing: its name, its value before, its value after."""

    nom: str
    avant: str
    apres: str


@dataclass(frozen=True)
class Changement:
    """A fiche moved to another type or certification: what it becomes, what changed, what has no place any more."""

    fiche: FicheFormation
    ecarts: tuple[Ecart, ...]
    sans_place: tuple[tuple[Champ, str], ...]


def regle_pour(fiche: FicheFormation, visee: Certification) -> RegleType:
    """Give the type under which a fiche is moved to a record: its own if it admits it, else that of the record."""
    actuelle = REGLES.get(fiche.type_formation)
    return actuelle if actuelle is not None and actuelle.admet(visee) else regle_de(visee)


def changer(
    fiche: FicheFormation, avant: Certification | None, type_formation: TypeFormation, apres: Certification
) -> Changement:
    """Move a fiche to another type or certification, keeping every text that still has a place.

    In: the fiche as typed; the record it was attached to, None when the registry does not hold it; the type and the
    record chosen. The title follows only when it is that of the previous record, untouched, or nothing; the objectif
    général when the new type does not allow the present one, or when it is the one its type proposed; the blocs
    belong to their certification and leave with it.
    """
    regle, ancienne = REGLES[type_formation.value], REGLES.get(fiche.type_formation)
    valeurs = {TYPE_FORMATION: type_formation.value, CERTIFICATION: apres.code}
    intacte = avant is not None and fiche.intitule in {avant.intitule, intitule_propose(avant)}
    if intacte or est_vide(fiche.intitule):
        valeurs[INTITULE.nom] = intitule_propose(apres)
    propose = ancienne is not None and fiche.objectif_general == ancienne.objectifs[0]
    if propose or fiche.objectif_general not in regle.objectifs:
        valeurs[OBJECTIF_GENERAL.nom] = regle.objectifs[0]
    restants = champs_de(type_formation.value, apres.code)
    sans_place = [
        (champ, fiche.valeur(champ.nom))
        for champ in fiche.champs
        if fiche.valeur(champ.nom) and (champ not in restants or (champ is BLOCS and fiche.certification != apres.code))
    ]
    nouvelle = fiche.avec(**valeurs, **{champ.nom: "" for champ, _ in sans_place})
    ecarts = tuple(
        Ecart(nom, fiche.valeur(nom), nouvelle.valeur(nom))
        for nom in valeurs
        if fiche.valeur(nom) != nouvelle.valeur(nom)
    )
    return Changement(nouvelle, ecarts, tuple(sans_place))
