"""The lines of the read-only block of étape 2/2 (guide step 5): their wording, what they show, what the (i) explains.

Which lines a type of formation shows is said in `types_formation`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from webapp.domain.nomenclatures import CATEGORIES_PERMIS
from webapp.domain.textes import fr

if TYPE_CHECKING:
    from webapp.domain.certifications import Certification

PAS_DE_DONNEE = "Pas de donnée"


@dataclass(frozen=True, slots=True)
class Prerempli:
    """One line as it is shown."""

    nom: str
    libelle: str
    valeur: str
    explication: str

    @property
    def connu(self) -> bool:
        """Whether the registry says it."""
        return self.valeur != PAS_DE_DONNEE


@dataclass(frozen=True)
class Ligne:
    """One line of the block; `lire` gives what the registry knows, nothing when it knows nothing."""

    nom: str
    libelle: str
    explication: str
    lire: Callable[[Certification], tuple[str, ...]]

    def de(self, certification: Certification) -> Prerempli:
        """Give the line for a record of the registry, « Pas de donnée » where it knows nothing."""
        valeur = ", ".join(v for v in self.lire(certification) if v)
        return Prerempli(self.nom, self.libelle, valeur or PAS_DE_DONNEE, self.explication)


def _ligne(nom: str, libelle: str, explication: str, lire: Callable[[Certification], tuple[str, ...]]) -> Ligne:
    return Ligne(nom, fr(libelle), fr(explication), lire)


def _fixe(nom: str, libelle: str, valeur: str, explication: str) -> Ligne:
    dite = (fr(valeur),)
    return _ligne(nom, libelle, explication, lambda _certification: dite)


FORMACODE = _ligne(
    "formacode", "Code FORMACODE",
    "Domaine de la formation dans le thésaurus FORMACODE. Repris de la certification.", lambda c: c.formacodes,
)  # fmt: skip
NSF = _ligne(
    "nsf", "Code NSF",
    "Groupe de la nomenclature des spécialités de formation. Repris de la certification.", lambda c: c.nsf,
)  # fmt: skip
ROME = _ligne(
    "rome", "Code ROME",
    "Métiers visés, dans le répertoire opérationnel des métiers et des emplois. Repris de la certification.",
    lambda c: c.rome,
)  # fmt: skip
CERTIFICATEUR = _ligne(
    "certificateur", "Organisme certificateur",
    "Organisme qui délivre la certification. Repris de la certification.", lambda c: c.certificateurs,
)  # fmt: skip
NIVEAU_ENTREE = _ligne(
    "niveau_entree", "Niveau d'entrée",
    "Niveau demandé pour entrer en formation. Repris de la certification.", lambda c: (c.niveau_entree,),
)  # fmt: skip
NIVEAU_SORTIE = _ligne(
    "niveau_sortie", "Niveau à la sortie de la formation",
    "Niveau reconnu à l'issue de la formation. Repris de la certification.", lambda c: (c.niveau_sortie,),
)  # fmt: skip
CODE_ACTION = _ligne(
    "code_action", "Code de l'action",
    "Code sous lequel le catalogue range ce type d'action. Il tient lieu de code de certification.",
    lambda c: (c.code,),
)  # fmt: skip
CATEGORIE = _ligne(
    "categorie", "Catégorie", "Catégorie de permis que ce code désigne.",
    lambda c: (CATEGORIES_PERMIS.get(c.code, ""),),
)  # fmt: skip
NON_CERTIFIANTE = _fixe(
    "certifiante", "Certification", "Action non certifiante",
    "Cette action ne conduit à aucune certification du RNCP ni du Répertoire spécifique.",
)  # fmt: skip
DUREE_BILAN = _fixe(
    "duree_maximale", "Durée maximale", "24 heures",
    "Durée totale qu'un bilan de compétences ne dépasse pas.",
)  # fmt: skip
DEROULEMENT_BILAN = _fixe(
    "deroulement", "Déroulement", "Phase préliminaire, phase d'investigation, phase de conclusions",
    "Les trois phases que fixe l'article R6313-4 du Code du travail.",
)  # fmt: skip
