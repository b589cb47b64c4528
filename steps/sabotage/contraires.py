"""What the letters of a step do not say of its meaning: its contrary, what makes it false, the fault that breaks it.

Sentences stand here as the phrase book writes them, in plain typography. A test sees to it that each « Alors » of the
guide can be made false, by its values or by what is written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Contraire:
    """The sentence that says the opposite; `valeurs` are those that make the step false when they are altered.

    A step that says an absence stays true whatever is absent: none of its values is altered.
    """

    phrase: str
    valeurs: frozenset[str] = frozenset()


CONTRAIRES: Mapping[str, Contraire] = {
    "le bouton « {nom} » est actif": Contraire("le bouton « {nom} » est inactif", frozenset({"nom"})),
    "le bouton « {nom} » est inactif": Contraire("le bouton « {nom} » est actif", frozenset({"nom"})),
    "le champ « {champ} » est vide": Contraire("le champ « {champ} » contient « x »", frozenset({"champ"})),
    "sous le champ « {champ} », je ne lis plus « {texte} »": Contraire(
        "sous le champ « {champ} », je lis « {texte} »", frozenset({"champ"})
    ),
    "l'écran me propose de reprendre ma saisie": Contraire("l'écran ne me propose de reprendre aucune saisie"),
    "l'écran ne me propose de reprendre aucune saisie": Contraire("l'écran me propose de reprendre ma saisie"),
    "le navigateur m'a averti que ma saisie serait perdue": Contraire("le navigateur ne m'a averti de rien"),
    "le navigateur ne m'a averti de rien": Contraire("le navigateur m'a averti que ma saisie serait perdue"),
    "aucun message n'annonce que l'identifiant « {identifiant} » est disponible": Contraire(
        "le message « L'identifiant « {identifiant} » est disponible. » s'affiche"
    ),
}

PAR_UNE_FAUTE: Mapping[str, str] = {
    "le message se trouve en haut à droite de l'écran": "message_a_gauche",
    "l'alerte se trouve en haut à droite de l'écran": "message_a_gauche",
    "aucun message n'annonce que l'identifiant « {identifiant} » est disponible": "pris_et_disponible",
    "aucune information préremplie n'est modifiable": "prerempli_modifiable",
    "l'écran dit à quelle heure ma saisie est enregistrée": "heure_tue",
    "le clavier est sur la liste des refus": "refus_sans_clavier",
    "le fichier téléchargé est en ISO-8859-1, sans référence numérique": "mauvais_encodage",
    "les deux fichiers téléchargés sont les mêmes, octet pour octet": "octets_qui_changent",
}
"""Steps that say a state without any value: the product is given the fault that they must see, and they alone."""

MOTS_DISTINCTS: Mapping[str, str] = {
    "Brouillon": "Validée",
    "Validée": "Archivée",
    "Archivée": "Brouillon",
    "Cléa": "VAE",
    "Répertoire spécifique": "RNCP",
    "Pas de donnée": "100",
}
"""Words of the screen that exclude each other: another one is a closer lie than a letter changed."""

AUTRES_VALEURS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("« {champ} » de « {identifiant} » est « {texte} »", "champ"): (
        "Contenu de la formation", "Objectif de la formation",
    ),
    ("« {champ} » de « {identifiant} » compte {nombre:d} caractères", "champ"): (
        "Contenu de la formation", "Objectif de la formation",
    ),
    ("« {groupe} » ne propose pas « {nom} »", "nom"): (
        "Certification socle de compétences et de connaissances professionnelles (CléA)",
    ),
    ("la carte « {titre} » n'indique pas « {ligne} »", "ligne"): ("{titre}",),
    ("l'étape {numero:d} est signalée comme reconstituée", "numero"): ("4",),
    ("l'étape {numero:d} n'est pas signalée comme reconstituée", "numero"): ("9",),
    ("je ne lis plus « {texte} »", "texte"): ("Fiche vivante",),
    ("je ne lis pas « {texte} »", "texte"): ("Fiche vivante",),
    ("je ne lis nulle part « {texte} »", "texte"): ("Fiche vivante",),
    ("le titre de l'onglet ne dit pas « {mot} »", "mot"): ("Fiche vivante",),
    ("« {nom} » n'est pas proposé", "nom"): ("Se déconnecter",),
}  # fmt: skip
"""Values of another kind than a letter changed, in which another value may stand: the first that differs is taken.

Where the steps must know a value, one that they know as well; where they say an absence, what is there to be seen.
"""

LISTES_ORDONNEES = frozenset(
    {
        "« {groupe} » propose, dans cet ordre :",
        "la liste « {champ} » propose, dans cet ordre :",
        "les boutons suivants sont proposés, dans cet ordre :",
    }
)
LISTES_ENTIERES = frozenset(
    {
        "« {groupe} » propose, dans cet ordre :",
        "la liste « {champ} » propose, dans cet ordre :",
        "les informations préremplies sont :",
    }
)
