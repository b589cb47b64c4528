"""The tags a feature may carry, each with its meaning. A tag that is not here is refused.

Each becomes a pytest marker of the same name (`-m etape_7`). To add one: a line in `_SUJETS`, nothing else.
"""

import re

A_FAIRE = "a_faire"
GUIDE = "guide"
HORS_SOURCE = "hors_source"
ILLUSTRE = "illustre"
PARCOURS = "parcours"
RECONSTITUE = "reconstitue"
REGLES = "regles"
SANS_GESTE = "sans_geste"
VISITE = "visite"

ETAPE = re.compile(r"etape_(?P<numero>[0-9]+)")

# The steps of the guide whose text is lost in the source: their scenarios say that they are a reconstruction.
ETAPES_RECONSTITUEES = frozenset({9, 10})

_ETAPES = {
    0: "le périmètre de la procédure : les deux certifications CléA, et elles seules",
    1: "dans le menu « Catalogue », « Ajouter une formation »",
    2: "le choix du type de formation : « Cléa »",
    3: "le choix d'une des certifications, et son code d'identification",
    4: "l'intitulé de la certification visée, puis « Suivant »",
    5: "les informations préremplies, en lecture seule",
    6: "l'identifiant interne de formation",
    7: "« Vérifier » l'identifiant",
    8: "l'intitulé de la formation",
    9: "l'objectif de la formation (reconstitué)",
    10: "le contenu de la formation (reconstitué)",
    11: "les points forts et les résultats attendus",
    12: "le type de parcours de formation",
    13: "« Annuler », « Enregistrer les modifications », « Valider »",
}

_SUJETS = {
    GUIDE: "le scénario suit le guide, geste par geste, avec ses mots",
    HORS_SOURCE: "le guide est le nôtre : aucune fiche du portail sur cette saisie n'a été trouvée",
    ILLUSTRE: "les images du scénario illustrent le mode d'emploi",
    REGLES: "le scénario précise ce que le guide implique",
    RECONSTITUE: "le texte manque dans la source du guide : il a été reconstitué",
    A_FAIRE: "le scénario décrit ce qui n'existe pas encore : il doit échouer",
    PARCOURS: "le scénario suit plusieurs gestes jusqu'au bout, et regarde après chacun",
    SANS_GESTE: "le scénario décrit un état, sans geste : il n'a pas de « Quand »",
    "axe": "le scénario mesure l'accessibilité d'un écran",
    "clavier": "le scénario se joue sans souris",
    "droits": "le scénario porte sur ce que chacun a le droit de voir et de faire",
    "externe": "le scénario se joue aussi contre un serveur que la suite n'a pas démarré",
    "hors_ligne": "le réseau du navigateur est coupé dès que les « Étant donné » sont passés",
    "lent": "le réseau est lent : 400 ms avant chaque réponse, 400 kbit/s",
    "mobile": "le scénario se joue sur un écran étroit",
    "reseau": "le scénario porte sur une panne du réseau ou du serveur",
    "sans_js": "le scénario se joue sans JavaScript",
    VISITE: "le scénario est la visite guidée de son guide, de la première étape à la dernière",
}

ETIQUETTES = _SUJETS | {f"etape_{numero}": f"étape {numero} du guide : {sens}" for numero, sens in _ETAPES.items()}


def numero_d_etape(etiquette: str) -> int | None:
    """Give N for the tag `etape_N`, None for any other."""
    match = ETAPE.fullmatch(etiquette)
    return int(match["numero"]) if match else None
