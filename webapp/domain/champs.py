"""The fields of a formation, once: name, wording, limits, and whether a validation needs them.

The screens, `controler`, the database constraints, the counters and the tests all read this table. Lengths and
obligations come from the guide (steps 6 to 12) and from the official XML schema of the catalogue (cardinality 1..1).
"""

from dataclasses import dataclass
from types import MappingProxyType

from webapp.domain import identifiants
from webapp.domain.nomenclatures import OBJECTIFS_GENERAUX, TYPES_PARCOURS
from webapp.domain.textes import fr


@dataclass(frozen=True)
class Champ:
    """One field of the fiche.

    `longueur_max` is in code points after `textes.normaliser` (None: the field is a choice among `choix`).
    `obligatoire`: needed to be « validée »; `des_le_brouillon`: needed even to be saved.
    `etape` is the number of the guide's step, `element` the name of the LHÉO element.
    """

    nom: str
    libelle: str
    etape: int | None
    element: str
    longueur_max: int | None = None
    choix: MappingProxyType[str, str] | None = None
    multiligne: bool = False
    obligatoire: bool = True
    des_le_brouillon: bool = False
    invite: str = ""
    aide: str = ""
    compteur: bool = False

    def option(self, code: str) -> str:
        """Give the line shown for a code: « 96214 - Mixte » for the codes of the guide, the wording alone otherwise."""
        libelle = self.choix[code] if self.choix else code
        return f"{code} - {libelle}" if self.nom == "type_parcours" else libelle


IDENTIFIANT = Champ(
    "identifiant", "Votre identifiant interne de formation", 6, "formation/@numero",
    longueur_max=identifiants.LONGUEUR_MAX, des_le_brouillon=True,
    aide=fr("Le code produit que vous utilisez en interne pour cette prestation, dans votre propre nomenclature. "
            "30 caractères au plus : lettres sans accent, chiffres, « _ », « - » et « . »."),
)  # fmt: skip
INTITULE = Champ(
    "intitule", "Intitulé de la formation", 8, "intitule-formation", longueur_max=255, compteur=True,
    aide=fr("Prérempli avec l'intitulé de la certification ; vous pouvez le modifier."),
)  # fmt: skip
OBJECTIF = Champ(
    "objectif", "Objectif de la formation", 9, "objectif-formation", longueur_max=3000, multiligne=True, compteur=True,
    invite=fr("Décrire ce que le titulaire saura faire à l'issue de la formation"),
)  # fmt: skip
CONTENU = Champ(
    "contenu", "Contenu de la formation", 10, "contenu-formation", longueur_max=3000, multiligne=True, compteur=True,
    invite="Présenter le programme de la formation",
)  # fmt: skip
POINTS_FORTS = Champ(
    "points_forts", "Les points forts de la formation", 11, "resume-contenu", longueur_max=255, multiligne=True,
    compteur=True, invite="Résumé du contenu à présenter au titulaire",
)  # fmt: skip
RESULTATS_ATTENDUS = Champ(
    "resultats_attendus", "Résultats attendus de la formation", 11, "resultats-attendus", longueur_max=3000,
    multiligne=True, compteur=True, invite="Expliquer ce que la formation apporte au titulaire",
)  # fmt: skip
TYPE_PARCOURS = Champ(
    "type_parcours", "Type de parcours de formation", 12, "parcours-de-formation",
    choix=MappingProxyType(TYPES_PARCOURS), invite="Choisissez un type de parcours",
)  # fmt: skip
OBJECTIF_GENERAL = Champ(
    "objectif_general", "Objectif général de la formation", None, "objectif-general-formation",
    choix=MappingProxyType(OBJECTIFS_GENERAUX),
    invite=fr("Choisissez l'objectif général"),
    aide=fr("Absent de la fiche pratique, exigé par le fichier XML du catalogue."),
)  # fmt: skip

CHAMPS: tuple[Champ, ...] = (
    IDENTIFIANT, INTITULE, OBJECTIF, CONTENU, POINTS_FORTS, RESULTATS_ATTENDUS, TYPE_PARCOURS, OBJECTIF_GENERAL,
)  # fmt: skip
PAR_NOM: MappingProxyType[str, Champ] = MappingProxyType({champ.nom: champ for champ in CHAMPS})

# Chosen at step 1/2 and carried by the form; not typed on page 2, but part of what is checked.
CERTIFICATION = "certification"
TYPE_FORMATION = "type_formation"
