"""The words of the screen for the fields and the statuses of a formation, and the name that the product gives each."""

IDENTIFIANT = "Votre identifiant interne de formation"
CHAMPS = {
    IDENTIFIANT: "identifiant",
    "Intitulé de la formation": "intitule",
    "Objectif de la formation": "objectif",
    "Contenu de la formation": "contenu",
    "Les points forts de la formation": "points_forts",
    "Résultats attendus de la formation": "resultats_attendus",
    "Type de parcours de formation": "type_parcours",
    "Objectif général de la formation": "objectif_general",
}
STATUTS = {"Brouillon": "brouillon", "Validée": "validee", "Archivée": "archivee"}
