"""Closed lists of codes of the actions, sessions and addresses, with the words the portal's import gives them.

A code is stored as the portal's file writes it; its wording is shown. Sources stand beside each list.
"""

from webapp.domain.textes import fr

# Official schema: `modalites-enseignement`, `modalites-entrees-sorties`, `etat-recrutement`.
PRESENTIEL, MIXTE, A_DISTANCE = "0", "1", "2"
MODALITES_ENSEIGNEMENT: dict[str, str] = {
    PRESENTIEL: "Formation entièrement présentielle",
    MIXTE: "Formation mixte",
    A_DISTANCE: "Formation entièrement à distance",
}
DATES_FIXES, PERMANENTES = "0", "1"
ENTREES_SORTIES: dict[str, str] = {
    DATES_FIXES: "À dates fixes",
    PERMANENTES: "Permanentes (sans dates fixes)",
}
OUVERT, FERME = "1", "2"
ETATS_RECRUTEMENT: dict[str, str] = {OUVERT: "Ouvert", FERME: "Fermé"}

# FORMACODE annex codes that the import takes (`code-modalites-admission`).
SANS_DISPOSITION = "99999"
MODALITES_ADMISSION: dict[str, str] = {
    "92002": "Sur dossier",
    "92003": "Sur concours",
    "92005": "Après entretien",
    "92007": "Après test",
    "92009": "Après visite médicale",
    "99998": "Plusieurs modalités possibles",
    SANS_DISPOSITION: "Sans disposition particulière",
}

# Import specification: `code-rythme-formation`. Two independent tools give 1 and 2 these words.
RYTHMES: dict[str, str] = {
    "1": "En journée",
    "2": "En soirée",
    "3": "En semaine",
    "4": "Le week-end",
    "5": "Temps plein",
    "6": "Temps partiel",
    "7": "Plusieurs rythmes",
}

TYPES_HORAIRES: dict[str, str] = {
    "1": "À horaires fixes",
    "2": "Sans horaires fixes",
    "3": "Mixte",
}

# The schema takes 0 to 6, the specification 1 to 7: what both take is offered. A 0, read in a file, is « à préciser ».
PERIMETRES: dict[str, str] = {
    "1": "Commune",
    "2": "Département",
    "3": "Région",
    "4": "Interrégion",
    "5": "National",
    "6": "International",
}
PERIMETRE_A_PRECISER = "0"

# The three rates that the import takes, written as it writes them.
TAUX_TVA: dict[str, str] = {
    "0.0": "Net de TVA",
    "5.5": "5,5\N{NO-BREAK SPACE}%",
    "20.0": "20\N{NO-BREAK SPACE}%",
}

OUI, NON = "oui", "non"
OUI_OU_NON: dict[str, str] = {OUI: "Oui", NON: "Non"}

# « Groupe formation emploi », LHÉO.
_GFE = {
    "1": "Agriculture",
    "2": "Pêche, mer",
    "3": "Bâtiment : gros œuvre, travaux publics",
    "4": "Bâtiment : second œuvre",
    "5": "Travail des métaux",
    "6": "Mécanique",
    "7": "Électromécanique",
    "8": "Électricité, énergie",
    "9": "Appui à la production des industries",
    "10": "Transformation des matériaux, procédés",
    "11": "Production alimentaire",
    "12": "Textile, habillement, cuir",
    "13": "Travail du bois, matériaux de synthèse",
    "14": "Techniques graphiques, impression",
    "15": "Transport, logistique",
    "16": "Gestion et traitement de l'information",
    "17": "Commerce",
    "18": "Santé, social, soins personnels",
    "19": "Hôtellerie, tourisme, loisirs",
    "20": "Environnement, nettoyage, sécurité",
    "21": "Communication, médias",
    "22": "Création et production artistique",
    "23": "Autres professions, enseignement, magistrature",
    "24": "Formation d'insertion",
}
GFE: dict[str, str] = {code: fr(libelle) for code, libelle in _GFE.items()}

# The kinds of way whose code is known (`code-nature-voie`). The list is not closed: other codes are taken.
NATURES_VOIE: dict[str, str] = {
    "RUE": "Rue",
    "AV": "Avenue",
    "BD": "Boulevard",
    "PL": "Place",
    "CHE": "Chemin",
    "IMP": "Impasse",
    "ALL": "Allée",
    "CRS": "Cours",
    "QUAI": "Quai",
    "RLE": "Ruelle",
    "CITE": "Cité",
    "RES": "Résidence",
    "LOT": "Lotissement",
    "LD": "Lieu-dit",
}
