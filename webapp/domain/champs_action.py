"""The fields of an action de formation, in the four groups of the portal's page and in the order of the form.

Wordings and limits: official schema of the catalogue and specification of its import, as two independent tools give
them. Lengths are in code points; hours are whole; amounts are in euros.
"""

from types import MappingProxyType

from webapp.domain.champs import Champ, Groupe, Nature, Niveau
from webapp.domain.nomenclatures_arbre import (
    DATES_FIXES,
    ENTREES_SORTIES,
    GFE,
    MODALITES_ADMISSION,
    MODALITES_ENSEIGNEMENT,
    NON,
    OUI_OU_NON,
    PERIMETRES,
    RYTHMES,
    TAUX_TVA,
    TYPES_HORAIRES,
)
from webapp.domain.nomenclatures_langues import FRANCAIS, LANGUES
from webapp.domain.textes import fr

HEURES_MAX = 99_999
_EUROS = "euros"


def _champ(  # noqa: PLR0913, PLR0917 - a row of the table: the five things that every field says, then what is its own
    nom: str, libelle: str, element: str, nature: Nature, groupe: Groupe, /, aide: str, longueur_max: int = 20,
    *, schema: bool = False, cdc: bool = False, obligatoire: bool | None = None, choix: dict[str, str] | None = None,
    multiligne: bool = False, bornes: tuple[int, int] | None = None, unite: str = "", defaut: str = "",
    plusieurs: int = 1, parfois: bool = False,
) -> Champ:  # fmt: skip
    """Give a field; what the schema or the specification asks for a « validée » has, unless said otherwise."""
    return Champ(
        nom, fr(libelle), None, element, longueur_max=longueur_max, niveau=Niveau.ACTION, nature=nature, groupe=groupe,
        choix=None if choix is None else MappingProxyType(choix), multiligne=multiligne, aide=fr(aide), bornes=bornes,
        obligatoire=schema or cdc if obligatoire is None else obligatoire, exige_schema=schema, exige_cdc=cdc,
        unite=unite, defaut=defaut, plusieurs=plusieurs, multiple=nature is Nature.CHOIX_MULTIPLES,
        compteur=nature is Nature.TEXTE, parfois=parfois,
    )  # fmt: skip


NUMERO = _champ(
    "numero", "Numéro de l'action de formation", "@numero", Nature.TEXTE, Groupe.ORGANISATION,
    "Votre code interne pour cette action, propre à elle dans la formation.", 30, schema=True,
)  # fmt: skip
MODALITES_D_ENSEIGNEMENT = _champ(
    "modalites_enseignement", "Modalités d'enseignement", "modalites-enseignement", Nature.CHOIX, Groupe.ORGANISATION,
    "Où se déroule la formation : sur place, à distance, ou les deux.", choix=MODALITES_ENSEIGNEMENT, schema=True,
)  # fmt: skip
LIEU = _champ(
    "lieu", "Lieu de formation", "lieu-de-formation/coordonnees", Nature.LIEU, Groupe.ORGANISATION,
    "Un lieu de votre organisme, avec son adresse et la personne à joindre sur place.", 36, schema=True,
)  # fmt: skip
MODALITES_ENTREES_SORTIES = _champ(
    "entrees_sorties", "Modalités d'entrées et de sorties", "modalites-entrees-sorties", Nature.CHOIX,
    Groupe.ORGANISATION, "À dates fixes, chaque session a un début et une fin ; permanentes, elle s'en passe.",
    choix=ENTREES_SORTIES, schema=True, defaut=DATES_FIXES,
)  # fmt: skip
DUREE = _champ(
    "duree", "Durée totale, en heures", "duree-apprentissage", Nature.ENTIER, Groupe.ORGANISATION,
    "Un nombre entier d'heures, travail personnel encadré compris.", 10, cdc=True, bornes=(1, HEURES_MAX),
    unite="d'heures",
)  # fmt: skip
HEURES_CENTRE = _champ(
    "heures_centre", "Heures en centre (maximum)", "nombre-heures-centre", Nature.ENTIER, Groupe.ORGANISATION,
    "Avec celles en entreprise, au plus la durée totale.", 10, bornes=(0, HEURES_MAX), unite="d'heures",
)  # fmt: skip
HEURES_ENTREPRISE = _champ(
    "heures_entreprise", "Heures en entreprise (maximum)", "nombre-heures-entreprise", Nature.ENTIER,
    Groupe.ORGANISATION, "Avec celles en centre, au plus la durée totale.", 10, bornes=(0, HEURES_MAX),
    unite="d'heures",
)  # fmt: skip
RYTHME = _champ(
    "rythmes", "Rythme", "codes-rythme-formation/code-rythme-formation", Nature.CHOIX_MULTIPLES, Groupe.ORGANISATION,
    "Cochez tout ce qui convient.", 60, choix=RYTHMES, cdc=True,
)  # fmt: skip
TYPE_HORAIRES = _champ(
    "type_horaires", "Type d'horaires", "code-type-horaires", Nature.CHOIX, Groupe.ORGANISATION,
    "Si les heures de cours sont les mêmes d'un jour à l'autre.", choix=TYPES_HORAIRES,
)  # fmt: skip
LANGUE = _champ(
    "langue", "Langue de la formation", "langue-formation", Nature.CHOIX, Groupe.ORGANISATION,
    "La langue dans laquelle la formation est donnée.", choix=LANGUES, schema=True, defaut=FRANCAIS,
)  # fmt: skip
MODALITES_PEDAGOGIQUES = _champ(
    "modalites_pedagogiques", "Modalités pédagogiques", "modalites-pedagogiques", Nature.TEXTE, Groupe.ORGANISATION,
    "Cours, exercices, mises en situation, stage…", 200, multiligne=True,
)  # fmt: skip

NIVEAU_ENTREE_OBLIGATOIRE = _champ(
    "niveau_entree_obligatoire", "Niveau d'entrée obligatoire", "niveau-entree-obligatoire", Nature.OUI_NON,
    Groupe.ADMISSION, "Si un niveau de formation est exigé pour entrer.", choix=OUI_OU_NON, schema=True, defaut=NON,
)  # fmt: skip
PREREQUIS = _champ(
    "prerequis", "Conditions spécifiques ou prérequis à l'inscription", "existence-prerequis", Nature.OUI_NON,
    Groupe.ADMISSION, "S'il y en a, décrivez-les ci-dessous.", choix=OUI_OU_NON, cdc=True,
)  # fmt: skip
CONDITIONS_SPECIFIQUES = _champ(
    "conditions_specifiques", "Conditions spécifiques", "conditions-specifiques", Nature.TEXTE, Groupe.ADMISSION,
    "Les prérequis et conditions d'accès, en clair.", 3000, multiligne=True, parfois=True,
)  # fmt: skip
ADMISSION = _champ(
    "modalites_admission", "Modalités d'admission", "codes-modalites-admission/code-modalites-admission",
    Nature.CHOIX_MULTIPLES, Groupe.ADMISSION, "Cochez tout ce qui convient.", 80, choix=MODALITES_ADMISSION, cdc=True,
)  # fmt: skip
INFO_ADMISSION = _champ(
    "info_admission", "Information sur l'admission", "info-admission", Nature.TEXTE, Groupe.ADMISSION,
    "Ce qu'il faut fournir, quand, à qui.", 250, multiligne=True,
)  # fmt: skip
RECRUTEMENT = _champ(
    "modalites_recrutement", "Modalités de recrutement", "modalites-recrutement", Nature.TEXTE, Groupe.ADMISSION,
    "Comment les personnes sont choisies.", 3000, multiligne=True,
)  # fmt: skip
PERIMETRE = _champ(
    "perimetre_recrutement", "Périmètre de recrutement", "code-perimetre-recrutement", Nature.CHOIX, Groupe.ADMISSION,
    "D'où viennent les personnes que vous accueillez.", choix=PERIMETRES,
)  # fmt: skip
INFOS_PERIMETRE = _champ(
    "infos_perimetre", "Précisions sur le périmètre", "infos-perimetre-recrutement", Nature.TEXTE, Groupe.ADMISSION,
    "Par exemple le nom de la région.", 50,
)  # fmt: skip

TVA = _champ(
    "taux_tva", "Taux de TVA", "frais-pedagogiques/taux-tva", Nature.CHOIX, Groupe.PRIX,
    "« Net de TVA » si votre organisme en est exonéré.", choix=TAUX_TVA, cdc=True,
)  # fmt: skip
FRAIS_HT = _champ(
    "frais_ht", "Frais pédagogiques hors taxes", "frais-pedagogiques/frais-ht", Nature.MONTANT, Groupe.PRIX,
    "Saisissez le prix hors taxes ou le prix toutes taxes comprises : l'autre se calcule.", 25, cdc=True, unite=_EUROS,
)  # fmt: skip
FRAIS_TTC = _champ(
    "frais_ttc", "Frais pédagogiques toutes taxes comprises", "frais-pedagogiques/frais-ttc", Nature.MONTANT,
    Groupe.PRIX, "Ce que paie le titulaire ou son financeur.", 25, cdc=True, unite=_EUROS,
)  # fmt: skip
FRAIS_ANNEXES = _champ(
    "frais_annexes", "Frais additionnels non pris en charge", "frais-anpec", Nature.MONTANT, Groupe.PRIX,
    "Ce qui reste à payer en plus des frais pédagogiques : matériel, inscription…", 25, unite=_EUROS,
)  # fmt: skip
# Two tools disagree on whether the import always requires it; it means something where there are such costs (rule A12).
FRAIS_CERTIFICATION_INCLUS = _champ(
    "frais_certification_inclus", "Frais de certification inclus dans les frais additionnels",
    "frais-certif-inclus-frais-anpec", Nature.OUI_NON, Groupe.PRIX,
    "Si les frais additionnels comprennent le passage de la certification.", choix=OUI_OU_NON, cdc=True,
    obligatoire=False, parfois=True,
)  # fmt: skip
DETAIL_FRAIS = _champ(
    "detail_frais", "Détail des frais additionnels", "detail-frais-anpec", Nature.TEXTE, Groupe.PRIX,
    "Ce que recouvrent ces frais.", 3000, multiligne=True,
)  # fmt: skip

CONTACT = _champ(
    "contact", "Contact pour s'informer", "contact-information/coordonnees", Nature.CONTACT, Groupe.INFORMATIONS,
    "La personne que joint un titulaire qui se renseigne.", 36, cdc=True,
)  # fmt: skip
ACCES_HANDICAPES = _champ(
    "acces_handicapes", "Accès handicapés", "acces-handicapes", Nature.TEXTE, Groupe.INFORMATIONS,
    "Par exemple : ascenseur, boucle magnétique ; ou « Aucun ».", 250, multiligne=True, schema=True,
)  # fmt: skip
MODALITES_HANDICAP = _champ(
    "modalites_handicap", "Modalités pédagogiques adaptées aux personnes en situation de handicap",
    "modalites-handicap", Nature.TEXTE, Groupe.INFORMATIONS, "Aménagements, supports, personne référente.", 3000,
    multiligne=True,
)  # fmt: skip
RESTAURATION = _champ(
    "restauration", "Restauration", "restauration", Nature.TEXTE, Groupe.INFORMATIONS,
    "Sur place ou à proximité.", 250, multiligne=True,
)  # fmt: skip
HEBERGEMENT = _champ(
    "hebergement", "Hébergement", "hebergement", Nature.TEXTE, Groupe.INFORMATIONS,
    "Sur place ou à proximité.", 250, multiligne=True,
)  # fmt: skip
TRANSPORT = _champ(
    "transport", "Transports", "transport", Nature.TEXTE, Groupe.INFORMATIONS,
    "Comment venir : bus, gare, stationnement.", 250, multiligne=True,
)  # fmt: skip
AUTRES_SERVICES = _champ(
    "autres_services", "Autres services", "autres-services", Nature.TEXTE, Groupe.INFORMATIONS,
    "Ce que vous offrez d'autre.", 255, multiligne=True,
)  # fmt: skip
ADRESSE_WEB = _champ(
    "url", "Adresse du site web de l'action", "url-action/urlweb", Nature.ADRESSE_WEB, Groupe.INFORMATIONS,
    "Par exemple https://www.exemple.fr/formation.", 400,
)  # fmt: skip
ADRESSE_INFORMATION = _champ(
    "adresse_information", "Adresse d'information", "adresse-information/adresse", Nature.LIEU, Groupe.INFORMATIONS,
    "Où se renseigner sur place, si ce n'est pas le lieu de formation.", 36,
)  # fmt: skip
DATES_INFORMATION = _champ(
    "dates_information", "Dates des réunions d'information", "date-information/date", Nature.DATE, Groupe.INFORMATIONS,
    "Trois au plus, une par ligne.", 60, multiligne=True, plusieurs=3,
)  # fmt: skip
GROUPE_FORMATION_EMPLOI = _champ(
    "gfe", "Groupe formation emploi (GFE)", "code-gfe", Nature.CHOIX, Groupe.INFORMATIONS,
    "La famille de métiers de la formation.", choix=GFE,
)  # fmt: skip

CHAMPS: tuple[Champ, ...] = (
    NUMERO, MODALITES_D_ENSEIGNEMENT, LIEU, MODALITES_ENTREES_SORTIES, DUREE, HEURES_CENTRE, HEURES_ENTREPRISE, RYTHME,
    TYPE_HORAIRES, LANGUE, MODALITES_PEDAGOGIQUES,
    NIVEAU_ENTREE_OBLIGATOIRE, PREREQUIS, CONDITIONS_SPECIFIQUES, ADMISSION, INFO_ADMISSION, RECRUTEMENT, PERIMETRE,
    INFOS_PERIMETRE,
    TVA, FRAIS_HT, FRAIS_TTC, FRAIS_ANNEXES, FRAIS_CERTIFICATION_INCLUS, DETAIL_FRAIS,
    CONTACT, ACCES_HANDICAPES, MODALITES_HANDICAP, RESTAURATION, HEBERGEMENT, TRANSPORT, AUTRES_SERVICES, ADRESSE_WEB,
    ADRESSE_INFORMATION, DATES_INFORMATION, GROUPE_FORMATION_EMPLOI,
)  # fmt: skip
