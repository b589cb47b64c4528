"""The phrase book: one sentence, one meaning, one line of code. What a sentence does stands in the screens.

`CHAPITRES` lists the modules in the order in which the book is read; `PARAMETRES` says what a parameter is, wherever a
sentence does not say it by itself; `LIBELLES` gives back to names the accents that code leaves out.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Chapitre:
    """A module of this package, as a chapter of the book: its title, and a line on what it is for."""

    titre: str
    texte: str


CHAPITRES: Mapping[str, Chapitre] = {
    "preparation": Chapitre("Préparer", "D'où part le scénario : qui je suis, ce que contient mon catalogue, le jour."),
    "gestes": Chapitre("Agir sur l'écran", "Les gestes qui se font de la même façon sur toutes les pages."),
    "constats": Chapitre("Constater à l'écran", "Ce qui se voit, se lit ou s'entend sur toutes les pages."),
    "champs": Chapitre("Constater dans les champs", "Ce que montrent les champs, les listes et les choix."),
    "formulaire": Chapitre("Saisir une formation", "L'étape 1/2, l'étape 2/2 et la page d'une formation."),
    "catalogue": Chapitre("Se servir du catalogue", "Les cartes, leurs opérations, la recherche, les filtres."),
    "arbre": Chapitre("Voir actions et sessions", "Ce que contient une formation : ses actions, et leurs sessions."),
    "taches": Chapitre("Changer beaucoup à la fois", "Le choix, ce qui va changer, la tâche qui le fait."),
    "organisme": Chapitre("Dire ce qu'est mon organisme", "La liste des habilitations qu'EDOF exporte."),
    "import_edof": Chapitre("Importer un fichier EDOF", "Le fichier choisi, et ce que l'aperçu dit de ses éléments."),
    "edof": Chapitre("Faire le fichier EDOF", "Ce qui sort, le fichier qui se télécharge, ce qui changera."),
    "enregistrement": Chapitre("Vérifier ce qui est enregistré", "Ce qui est gardé, quoi que montre l'écran."),
    "connexion": Chapitre("Se connecter", "La connexion, la session, le bandeau de la démonstration."),
    "visite": Chapitre("Suivre une visite guidée", "« Montre-moi » : ce que la visite demande, et ce qu'elle éclaire."),
    "mode_emploi": Chapitre("Lire le mode d'emploi", "Les guides, les phrases, l'essai d'un scénario."),
}
MODULES = tuple(f"{__name__}.{nom}" for nom in CHAPITRES)

LIBELLES: Mapping[str, str] = {
    "derniere": "dernière",
    "intitule": "intitulé",
    "numero": "numéro",
    "operation": "opération",
    "premiere": "première",
}

PARAMETRES: Mapping[str, str] = {
    "action": "le numéro d'une action de formation",
    "type_de_formation": "le libellé d'un type de formation, tel qu'il est à l'écran",
    "champ": "le libellé d'un champ ou d'une liste, tel qu'il est à l'écran",
    "code": "un code de certification, comme on l'écrit",
    "collage": "ce qui a été copié ailleurs",
    "copie": "l'identifiant de la copie",
    "courriel": "une adresse électronique",
    "lien": "le libellé d'un lien",
    "ecart": "ce qui n'est pas comme attendu dans le fichier",
    "intitule": "l'intitulé d'une formation",
    "groupe": "la question à laquelle répondent les choix",
    "identifiant": "l'identifiant interne d'une formation",
    "mot_de_passe": "un mot de passe",
    "nom": "un libellé, tel qu'il est à l'écran",
    "nombre": "un nombre, en chiffres",
    "numero": "le numéro d'une étape du guide",
    "option": "une ligne de la liste",
    "etat": "un état, comme à l'écran",
    "jour": "une date, comme 08/03/2027",
    "partie": "le titre d'une partie de la page",
    "panne": "ce qui ne va plus, sur le réseau ou le serveur",
    "sorte": "les signes dont le texte est fait",
    "statut": "un statut, comme sur la carte",
    "texte": "un texte, tel quel",
    "titre": "un titre, tel qu'il est à l'écran",
    "touche": "une touche du clavier",
    "voisin": "le nom de l'autre organisme",
}
