"""Closed lists of codes, with the words the guide and LHÉO give them.

A code is stored; its wording is shown. Sources stand beside each list.
"""

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

    @property
    def ouvert(self) -> bool:
        """Whether a formation of this type can be described from start to end in this version."""
        return self in {TypeFormation.CERTIFIANTE, TypeFormation.CLEA}


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
OBJECTIF_GENERAL_PAR_DEFAUT = "6"

# CPF codes name kinds of action, not records of the national registries: what is known of them, and the type of
# formation under which each is described.
CODES_CPF: dict[str, tuple[str, TypeFormation]] = {
    "CPF200": (fr("Validation des acquis de l'expérience"), TypeFormation.VAE),
    "CPF202": ("Bilan de compétences", TypeFormation.BILAN),
    **{
        f"CPF{numero}": (f"Permis de conduire, catégorie {categorie}", TypeFormation.PERMIS)
        for numero, categorie in {
            206: "B", 210: "C", 211: "C1", 212: "C1E", 213: "CE", 214: "D", 215: "D1", 216: "D1E", 217: "DE",
            219: "A1", 220: "A2", 221: "B1", 222: "BE",
        }.items()
    },
}  # fmt: skip
