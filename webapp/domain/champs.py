"""What a field is, at any level, and the fields of a formation: name, wording, limits, whether a validation needs them.

Which type of formation asks for which is said in `types_formation`. The fields of the other levels stand in
`champs_action`, `champs_session` and `champs_annuaire`; `niveaux` gathers them all.

The screens, `controler`, the database constraints, the counters and the tests all read this table. Lengths and
obligations come from the guide (steps 6 to 12) and from the official XML schema of the catalogue (cardinality 1..1).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from webapp.domain import identifiants
from webapp.domain.nomenclatures import CATEGORISATIONS_VAE, OBJECTIFS_GENERAUX, TYPES_PARCOURS
from webapp.domain.textes import fr, sans_accents

FACULTATIF = "Facultatif."
LONGUEUR_COURTE = 50
FOIS_LA_LIMITE = 10
"""How many times over its limit a text is kept whole in a draft; beyond, it is refused."""


class Niveau(StrEnum):
    """What a field belongs to: a level of the tree, or what an organisation keeps once and the tree refers to."""

    FORMATION = "formation"
    ACTION = "action"
    SESSION = "session"
    CONTACT = "contact"
    LIEU = "lieu"


class Nature(StrEnum):
    """What the value of a field says; `saisies` reads and shows each."""

    TEXTE = "texte"
    CHOIX = "choix"
    CHOIX_MULTIPLES = "choix_multiples"
    ENTIER = "entier"
    MONTANT = "montant"
    DATE = "date"
    OUI_NON = "oui_non"
    TELEPHONE = "telephone"
    COURRIEL = "courriel"
    ADRESSE_WEB = "adresse_web"
    CONTACT = "contact"
    LIEU = "lieu"

    @property
    def est_reference(self) -> bool:
        """Whether the value is the id of a contact or of a place of the organisation."""
        return self in {Nature.CONTACT, Nature.LIEU}


class Groupe(StrEnum):
    """The four groups of the portal's page on actions, in its order and with its words."""

    ORGANISATION = "Organisation"
    ADMISSION = "Prérequis et admission"
    PRIX = "Prix"
    INFORMATIONS = "Informations pratiques"


@dataclass(frozen=True, eq=False)
class Champ:
    """One field of the fiche; there is one of each, and it is equal to itself alone.

    `longueur_max` is in code points after `textes.normaliser` (None: the field is a choice among `choix`).
    `obligatoire`: needed to be « validée », and never to be saved.
    `etape` is the number of the guide's step. `element` is its name in the portal's file, below the element of its
    level (empty: the file does not carry it by itself); `exige_schema` and `exige_cdc` say whether the official schema,
    or the portal's specification of its import, asks for it. `motif`, with its `message`: the
    form a text must have to be validated. `bornes`: the least and the most, for a number. `suggestions`: values known,
    others being allowed. `multiple`: several codes, one to a line.
    `avec_unite`: the form of a number written with its unit or its wording; its first group is the number.
    `defaut`: what a new one begins with; few have one, since nothing is put in silently. `plusieurs`: how many values
    it may hold, one to a line (dates). `parfois`: a rule asks for it in some cases, though a « validée » may lack it.
    `aide_depuis`: what is added to its help from a date on, that of the rule that it tells.
    """

    nom: str
    libelle: str
    etape: int | None
    element: str
    longueur_max: int | None = None
    choix: MappingProxyType[str, str] | None = None
    multiligne: bool = False
    obligatoire: bool = True
    invite: str = ""
    aide: str = ""
    compteur: bool = False
    motif: re.Pattern[str] | None = None
    message: str = ""
    bornes: tuple[int, int] | None = None
    unite: str = ""
    suggestions: MappingProxyType[str, str] | None = None
    multiple: bool = False
    avec_unite: re.Pattern[str] | None = None
    niveau: Niveau = Niveau.FORMATION
    nature: Nature = Nature.TEXTE
    groupe: Groupe | None = None
    exige_schema: bool = False
    exige_cdc: bool = False
    defaut: str = ""
    plusieurs: int = 1
    parfois: bool = False
    aide_depuis: tuple[date, str] | None = None

    @property
    def est_numero(self) -> bool:
        """Whether it is the number by which the portal knows an object: nothing of it is ever replaced."""
        return self.element == "@numero"

    @property
    def est_adresse(self) -> bool:
        """Whether it is an address of the internet: with one letter replaced it would be another's."""
        return self.nature in {Nature.COURRIEL, Nature.ADRESSE_WEB}

    @property
    def est_saisi(self) -> bool:
        """Whether its value is what was typed, letter by letter: the portal's file may not carry all of it."""
        return self.nature is Nature.TEXTE or self.est_adresse

    @property
    def facultatif(self) -> bool:
        """Whether nothing ever asks for it; at the level of a formation, its type says so."""
        return self.niveau is not Niveau.FORMATION and not self.obligatoire and not self.parfois

    @property
    def court(self) -> bool:
        """Whether what is typed in it is short: two of them stand side by side."""
        if self.niveau is Niveau.FORMATION or self.multiligne or self.multiple or self.nature is Nature.ADRESSE_WEB:
            return False
        return self.nature is not Nature.TEXTE or (self.longueur_max or 0) <= LONGUEUR_COURTE

    @property
    def est_code(self) -> bool:
        """Whether it holds codes or a number, read as people write them, and not a text kept as it is."""
        return self.multiple or self.motif is not None or self.bornes is not None

    def lire(self, texte: str) -> str:
        """Give the code or number that a text writes with its unit or its wording; the text itself when it does not.

        « 24 h » and « 24 heures » are 24, « 152 Langues » is 152, « 152 Droit » is neither.
        """
        lu = self.avec_unite.fullmatch(texte) if self.avec_unite else None
        if lu is None:
            return texte
        if self.suggestions is None or sans_accents(self.suggestions.get(lu[1], lu[2])) == sans_accents(lu[2]):
            return lu[1]
        return texte

    def conseil_le(self, le: date) -> str:
        """Give what stands under its name at a date: its help. A limit is said by the counter."""
        aide = f"{FACULTATIF} {self.aide}" if self.facultatif else self.aide
        if self.aide_depuis is not None and le >= self.aide_depuis[0]:
            aide = f"{aide} {self.aide_depuis[1]}"
        return aide

    def option(self, code: str) -> str:
        """Give the line shown for a code: « 96214 - Mixte » for the codes of the guide, the wording alone otherwise."""
        libelle = self.choix[code] if self.choix else code
        return f"{code} - {libelle}" if self.nom == "type_parcours" else libelle


IDENTIFIANT = Champ(
    "identifiant", "Votre identifiant interne de formation", 6, "@numero",
    longueur_max=identifiants.LONGUEUR_MAX,
    aide=fr("Le code produit que vous utilisez en interne pour cette prestation, dans votre propre nomenclature. "
            "30 caractères au plus : lettres sans accent, chiffres, « _ », « - » et « . »."),
    exige_schema=True,
)  # fmt: skip
INTITULE = Champ(
    "intitule", "Intitulé de la formation", 8, "intitule-formation", longueur_max=255, compteur=True,
    aide=fr("Prérempli avec l'intitulé de la certification ou de l'action ; vous pouvez le modifier."),
    exige_schema=True,
)  # fmt: skip
OBJECTIF = Champ(
    "objectif", "Objectif de la formation", 9, "objectif-formation", longueur_max=3000, multiligne=True, compteur=True,
    invite=fr("Décrire ce que le titulaire saura faire à l'issue de la formation"),
    aide="Les compétences visées, en termes concrets.",
    exige_schema=True,
)  # fmt: skip
CONTENU = Champ(
    "contenu", "Contenu de la formation", 10, "contenu-formation", longueur_max=3000, multiligne=True, compteur=True,
    invite="Présenter le programme de la formation",
    aide=fr("Les thèmes, le déroulement, les modalités d'évaluation."),
    exige_schema=True,
)  # fmt: skip
POINTS_FORTS = Champ(
    "points_forts", "Les points forts de la formation", 11, "resume-contenu", longueur_max=255, multiligne=True,
    compteur=True, invite="Résumé du contenu à présenter au titulaire",
    aide=fr("Ce que le titulaire lit en premier : quelques phrases."),
    exige_cdc=True,
)  # fmt: skip
RESULTATS_ATTENDUS = Champ(
    "resultats_attendus", "Résultats attendus de la formation", 11, "resultats-attendus", longueur_max=3000,
    multiligne=True, compteur=True, invite="Expliquer ce que la formation apporte au titulaire",
    aide=fr("Ce que la personne en retire : certification, suite de parcours, emploi visé."),
    exige_schema=True,
)  # fmt: skip
TYPE_PARCOURS = Champ(
    "type_parcours", "Type de parcours de formation", 12, "parcours-de-formation",
    choix=MappingProxyType(TYPES_PARCOURS), invite="Choisissez un type de parcours",
    aide=fr("La façon dont le parcours s'adapte, ou non, à chaque personne."),
    nature=Nature.CHOIX, exige_schema=True,
)  # fmt: skip
OBJECTIF_GENERAL = Champ(
    "objectif_general", "Objectif général de la formation", None, "objectif-general-formation",
    choix=MappingProxyType(OBJECTIFS_GENERAUX),
    invite=fr("Choisissez l'objectif général"),
    aide=fr("Absent de la fiche pratique, exigé par le fichier XML du catalogue."),
    nature=Nature.CHOIX, exige_schema=True,
)  # fmt: skip
BLOCS_EXIGES_LE = date(2026, 6, 11)
"""Since when a certification of the RNCP asks for its blocs (rule F18)."""

# Fields that one type of formation asks for.
BLOCS = Champ(
    "blocs", "Blocs de compétences visés", None, "blocs-competences/code-bloc", longueur_max=4000, multiligne=True,
    obligatoire=False, multiple=True, invite="Un code par ligne",
    aide=fr("Les blocs de la certification que votre formation prépare."),
    aide_depuis=(BLOCS_EXIGES_LE,
                 fr("Exigés depuis le 11 juin 2026 ; depuis le 22\N{NO-BREAK SPACE}octobre 2026, une offre qui n'en "
                    "déclare aucun n'est plus visible.")),
    nature=Nature.CHOIX_MULTIPLES, exige_cdc=True,
)  # fmt: skip
DUREE_HEURES = Champ(
    "duree_heures", "Durée totale, en heures", None, "", longueur_max=10, bornes=(1, 24),
    unite=fr("d'heures"), avec_unite=re.compile(r"([0-9]{1,6})\s*(?:h|heures?|hrs?)\.?(?:\s*00)?", re.IGNORECASE),
    aide=fr("Un nombre entier d'heures, 24 au plus, tous entretiens et travaux compris."),
    nature=Nature.ENTIER,
)  # fmt: skip
NUMERO_AGREMENT = Champ(
    "numero_agrement", fr("Numéro d'agrément préfectoral"), None, "", longueur_max=30,
    motif=re.compile(r"[^\n]*[0-9][^\n]*", re.ASCII),
    message=fr("Saisissez le numéro d'agrément de votre établissement, par exemple E 02 075 1234 0."),
    aide=fr("Celui de votre établissement d'enseignement de la conduite. L'objectif de la formation doit le citer."),
)  # fmt: skip
CATEGORISATION = Champ(
    "categorisation", fr("Catégorisation de l'offre"), None, "categorisation-offre", longueur_max=10,
    motif=re.compile(r"[0-9]{3}", re.ASCII), message="Saisissez un code de trois chiffres, par exemple 152.",
    suggestions=MappingProxyType(CATEGORISATIONS_VAE),
    avec_unite=re.compile(r"([0-9]{3})(?:\s*[:.\u2010-\u2015-]\s*|\s+)([^\W\d_][^\d\n]*)"),
    aide=fr("Le champ FORMACODE de la certification visée par la VAE, en trois chiffres. Une seule offre validée par "
            "catégorie."),
    exige_cdc=True,
)  # fmt: skip

CHAMPS_COMMUNS: tuple[Champ, ...] = (
    IDENTIFIANT, INTITULE, OBJECTIF, CONTENU, POINTS_FORTS, RESULTATS_ATTENDUS, TYPE_PARCOURS, OBJECTIF_GENERAL,
)  # fmt: skip
CHAMPS: tuple[Champ, ...] = (
    *CHAMPS_COMMUNS[:2], BLOCS, CATEGORISATION, NUMERO_AGREMENT, DUREE_HEURES, *CHAMPS_COMMUNS[2:],
)  # fmt: skip
PAR_NOM: MappingProxyType[str, Champ] = MappingProxyType({champ.nom: champ for champ in CHAMPS})

# Chosen at step 1/2 and carried by the form; not typed on page 2, but part of what is checked.
CERTIFICATION = "certification"
TYPE_FORMATION = "type_formation"
