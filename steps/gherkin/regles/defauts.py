"""What the checker finds: a fault has a place, a stable code, a French message and a suggestion.

The table of codes is the list of everything that is checked; a code is never given to another rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from steps.gherkin.typographie import dire, pluriel

REGLES = {
    "FR001": "L'en-tête de langue manque, est incorrect ou n'est pas en première ligne",
    "FR002": "Le fichier n'est pas de l'UTF-8 sans marque d'ordre",
    "FR004": "Le nom du fichier n'est pas de la forme « un-nom.feature »",
    "FR005": "Gherkin ne comprend pas le fichier",
    "FR101": "Un caractère accentué est décomposé (NFD)",
    "FR102": "Une espace n'est pas l'espace ordinaire",
    "FR103": "Une apostrophe n'est pas l'apostrophe droite",
    "FR104": "Un caractère est invisible",
    "FR201": "Les deux-points d'un mot-clé ne le suivent pas comme Gherkin l'attend",
    "FR202": "Un mot-clé de bloc est inconnu : le bloc disparaîtrait",
    "FR203": "Les deux-points d'un mot-clé manquent : le bloc disparaîtrait",
    "FR204": "Une ligne ressemble à une étape et ne serait pas jouée",
    "FR205": "Une étape, une table ou un bloc est avalé par une description",
    "FR207": "Une étape n'a pas de mot-clé",
    "FR208": "« Et » ou « Mais » commence un scénario",
    "FR210": "Une ligne de description touche les étapes : elle ne serait pas jouée",
    "FR211": "Un bloc, une étape ou une ligne de table est mis en commentaire",
    "FR212": "Un commentaire finit une étape : Gherkin le lit comme du texte",
    "FR213": "Une ligne de table n'est pas fermée",
    "FR301": "Un scénario ou un contexte n'a pas d'étape",
    "FR302": "Un scénario n'a pas d'« Alors »",
    "FR303": "Un scénario n'a pas de « Quand »",
    "FR304": "Deux scénarios ont le même nom",
    "FR305": "Deux fonctionnalités ont le même nom",
    "FR306": "Un bloc n'a pas de nom",
    "FR307": "Une fonctionnalité ou une règle n'a pas de scénario",
    "FR308": "Une règle avale un scénario qui semble lui être extérieur",
    "FR310": "Un plan de scénario n'a pas d'exemples",
    "FR311": "Une colonne des exemples ne sert à rien",
    "FR312": "Un paramètre <…> n'a pas de colonne dans les exemples",
    "FR313": "Un « Scénario: » a des exemples",
    "FR314": "Une ligne ou une colonne des exemples est en double",
    "FR315": "Un scénario a plusieurs « Quand »",
    "FR316": "Un scénario se dit un parcours et n'a qu'un « Quand »",
    "FR401": "Une étiquette n'est pas déclarée",
    "FR402": "L'étiquette du dossier manque",
    "FR403": "Un scénario du guide n'a pas exactement une étape du guide",
    "FR404": "Un scénario d'une étape reconstituée ne le dit pas",
    "FR501": "Un mot est technique",
    "FR502": "Un sélecteur ou une adresse apparaît dans une phrase",
    "FI001": "Un scénario cite une phrase qui n'est pas dans la fiche",
    "FI002": "Une phrase de la fiche n'est prouvée par aucun scénario",
    "FI003": "Le titre ou le texte d'une règle du guide n'est pas celui de la fiche",
    "FI004": "Une phrase de la fiche est citée hors de son étape",
    "FI005": "Le fichier des phrases de la fiche ne se lit pas",
    "FI006": "Une étape du guide n'est montrée par aucune image",
    "FI007": "La fiche et ses phrases ne disent pas les mêmes mots",
    "FI008": "Un scénario cite une phrase que rien n'est censé prouver",
    "FI009": "La mise en page du guide nomme ce qui n'est pas écrit",
    "ET001": "Une étape n'a pas de définition",
    "ET002": "Une étape a plusieurs définitions",
    "ET003": "Une définition ne sert à aucun scénario",
    "ET004": "Une phrase est définie deux fois",
    "ET005": "Deux phrases se recouvrent",
    "ET006": "Une définition est asynchrone : elle ne serait jamais attendue",
    "ET007": "Une définition contient « yield »",
    "ET008": "Une définition saute, ou attend un échec",
    "ET009": "Une définition ne fait rien",
    "ET010": "Une table ou un texte est mal reçu par sa définition",
    "ET011": "Une définition n'emploie pas un paramètre de sa phrase",
    "ET012": "Une définition demande un argument que rien ne donne",
    "ET013": "Un scénario porte une étiquette qui n'est pas déclarée",
    "ET014": "Une valeur n'est pas de celles que la phrase attend",
    "ET015": "Une table n'est pas celle que la phrase attend",
    "CO001": "Un scénario est écrit mais n'est pas collecté",
    "CO002": "Un scénario est collecté plusieurs fois",
    "CO003": "Un scénario est collecté mais n'est pas joué",
    "CO004": "Un scénario a été sauté, ou son échec attendu sans @a_faire",
    "CO005": "Rien n'est à contrôler dans ce qui est demandé",
}


@dataclass(frozen=True, order=True)
class Defaut:
    """One fault, where it is and what to do about it."""

    fichier: str
    ligne: int
    code: str
    message: str
    suggestion: str = ""

    def __post_init__(self) -> None:
        """Refuse a code that the table does not know."""
        if self.code not in REGLES:
            raise ValueError(self.code)

    def __str__(self) -> str:
        texte = f"{self.fichier}:{self.ligne}: {self.code} {self.message}"
        return f"{texte}\n    → {self.suggestion}" if self.suggestion else texte


def enumerer(defauts: Iterable[Defaut]) -> str:
    """Return the faults in the order of the files, with their number: the text a person reads."""
    ordonnes = sorted(set(defauts))
    lignes = [str(defaut) for defaut in ordonnes]
    return "\n".join([*lignes, dire("{nombre}.", nombre=pluriel(len(ordonnes), "défaut"))])
