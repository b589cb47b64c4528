"""Closed lists of codes, with the words the guide and LHÉO give them.

A code is stored; its wording is shown. Sources stand beside each list.
"""

from datetime import date
from enum import StrEnum

from webapp.domain.textes import fr


class TypeFormation(StrEnum):
    """The six types of the guide's step 2, in the order and with the words of its screen."""

    CERTIFIANTE = "certifiante"
    BILAN = "bilan"
    PERMIS = "permis"
    VAE = "vae"
    CREATION = "creation"
    CLEA = "clea"

    @property
    def libelle(self) -> str:
        """The words of the screen « Nouvelle offre de formation »."""
        return _LIBELLES_TYPES[self]


_LIBELLES_TYPES = {
    TypeFormation.CERTIFIANTE: "Formation certifiante",
    TypeFormation.BILAN: "Bilan de compétences",
    TypeFormation.PERMIS: "Permis de conduire",
    TypeFormation.VAE: "VAE",
    TypeFormation.CREATION: fr("Accompagnement à la création/reprise d'entreprise"),
    TypeFormation.CLEA: "Cléa",
}


class TypeCode(StrEnum):
    """The four « Type de code » of the guide's step 3, in the order of its screen."""

    CPF = "CPF"
    RNCP = "RNCP"
    RS = "RS"
    CERTIF_INFO = "CERTIFINFO"

    @property
    def libelle(self) -> str:
        """The words of the screen."""
        return {"RS": "Répertoire spécifique", "CERTIFINFO": "Certif Info"}.get(self.value, self.value)

    @property
    def complement(self) -> str:
        """The same words after « un code »."""
        return f"du {self.libelle}" if self is TypeCode.RS else self.libelle


# Guide step 12; the XML speaks of the same four as 2, 3, 1 and 4 (`parcours-de-formation`).
TYPES_PARCOURS: dict[str, str] = {
    "96211": "Individualisé",
    "96212": "Modulaire",
    "96213": "Collectif",
    "96214": "Mixte",
}

# LHÉO `objectif-general-formation`, kept by EDOF to these seven; 6 is what a certification is for.
OBJECTIFS_GENERAUX: dict[str, str] = {
    "6": "Certification",
    "7": "Professionnalisation",
    "8": "Préparation à la qualification",
    "9": fr("(Re)mobilisation, aide à l'élaboration de projet professionnel"),
    "5": "Remise à niveau, maîtrise des savoirs de base, initiation",
    "4": fr("Création d'entreprise"),
    "2": "Perfectionnement, élargissement des compétences",
}

# CPF codes name kinds of action, not records of the national registries: what is known of them, and the type of
# formation under which each is described.
# In their usual order, that of the licence itself.
CATEGORIES_PERMIS: dict[str, str] = {
    "CPF219": "A1", "CPF220": "A2", "CPF221": "B1", "CPF206": "B", "CPF222": "BE", "CPF211": "C1", "CPF212": "C1E",
    "CPF210": "C", "CPF213": "CE", "CPF215": "D1", "CPF216": "D1E", "CPF214": "D", "CPF217": "DE",
}  # fmt: skip
OUVERTURE_PERMIS: dict[str, date] = dict.fromkeys(("CPF219", "CPF220", "CPF221", "CPF222"), date(2024, 1, 12))
"""Since when the categories that were not open at first are (of.moncompteformation.gouv.fr, « aides aux permis »)."""

PERMIS_SANS_CODE: dict[str, date] = {"B96": date(2024, 1, 12)}
"""Categories that are open since a date, of which the code is unknown here (the same pages)."""

CODES_CPF: dict[str, tuple[str, TypeFormation]] = {
    "CPF200": (fr("Validation des acquis de l'expérience"), TypeFormation.VAE),
    "CPF202": ("Bilan de compétences", TypeFormation.BILAN),
    "CPF203": (TypeFormation.CREATION.libelle, TypeFormation.CREATION),
    **{
        code: (f"Permis de conduire, catégorie {categorie}", TypeFormation.PERMIS)
        for code, categorie in CATEGORIES_PERMIS.items()
    },
}

# The fields of the FORMACODE thesaurus by which the catalogue sorts its VAE offers (`categorisation-offre`): those
# whose wording is known. The list is not closed: any three digits are taken.
CATEGORISATIONS_VAE: dict[str, str] = {
    "110": "Mathématiques", "114": "Physique", "115": "Chimie", "120": "Sciences naturelles",
    "122": "Sciences de la terre", "125": "Environnement, aménagement", "130": "Science politique", "131": "Économie",
    "132": "Droit", "133": "Droit fiscal", "142": "Sciences humaines", "144": "Psychologie",
    "150": "Développement professionnel et personnel", "152": "Langues", "154": "Activité physique et sportive",
    "308": "Langages informatiques", "310": "Informatique",
}  # fmt: skip
