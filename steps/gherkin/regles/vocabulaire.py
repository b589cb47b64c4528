"""Rules on the wording of steps and titles: no word of the trade of programmers, no comment taken for words.

A feature says what a person does and sees. An identifier, a colour, an address or a class is how it is done.
"""

import re
from collections.abc import Iterator

from steps.gherkin.document import Fonctionnalite
from steps.gherkin.lecture import Fichier
from steps.gherkin.regles.defauts import Defaut
from steps.gherkin.typographie import dire, masquer

_COMMENTAIRE_FINAL = re.compile(r"(?:^|\s)#(?:\s|$)")
_TECHNIQUE = re.compile(
    r"(?<![\w-])(?:ids?|urls?|uris?|https?|localhost|html|css|xpath|dom|div|span|class|input|submit|href|json|sql|api"
    r"|endpoint|htmx|ajax|cookies?|regex|backend|frontend|viewport|placeholder|checkbox|dropdown|data-\w+|aria-\w+"
    r"|couleurs?|rouges?|verte?s?|bleue?s?|jaunes?|orange|grise?s?"
    r"|s\u00e9lecteurs?|balises?|requ\u00eates? (?:get|post)"
    r"|code (?:http )?[1-5][0-9]{2}|statut [1-5][0-9]{2})(?![\w-])",
    re.IGNORECASE,
)
_ADRESSE = re.compile(r"\w+://|(?<!\S)/[a-z][\w/.-]*|(?<!\S)(?:[0-9]{1,3}\.){3}[0-9]{1,3}|(?<!\S)//")
_SELECTEUR = re.compile(r"(?<!\S)[#.][A-Za-z][\w-]*|(?<!\S)\[[a-z-]+(?:=[^\]]*)?\]")
_GESTE_SUR_UN_SELECTEUR = re.compile(
    r"\b(?:clique|appuie|presse|survole|touche|coche)\b[^«]*«\s*(?P<selecteur>[#.][A-Za-z][\w-]*|//[^»]*)\s*»",
    re.IGNORECASE,
)


def controler_vocabulaire(fichier: Fichier, lue: Fonctionnalite) -> Iterator[Defaut]:
    """FR212, FR501 and FR502, on every step and every title."""
    for pas in lue.tous_les_pas:
        if _COMMENTAIRE_FINAL.search(masquer(pas.texte)):
            message = dire("ce commentaire fait partie de l'étape pour Gherkin")
            yield Defaut(fichier.nom, pas.ligne, "FR212", message, dire("mettez-le seul sur sa ligne"))
        yield from _controler_mots(fichier, pas.ligne, pas.texte)
    for bloc in (lue, *lue.regles, *lue.scenarios):
        yield from _controler_mots(fichier, bloc.ligne, bloc.nom)


def _controler_mots(fichier: Fichier, ligne: int, texte: str) -> Iterator[Defaut]:
    masque = masquer(texte)
    mot = _TECHNIQUE.search(masque)
    if mot:
        suggestion = dire("dites ce que la personne fait ou voit ; un libellé de l'écran se met entre « »")
        yield Defaut(fichier.nom, ligne, "FR501", dire("mot technique : {mot}", mot=mot[0]), suggestion)
    trouve = _ADRESSE.search(masque) or _SELECTEUR.search(masque)
    geste = _GESTE_SUR_UN_SELECTEUR.search(texte)
    montre = trouve[0] if trouve else geste["selecteur"].strip() if geste else ""
    if montre:
        message = dire("sélecteur ou adresse : {montre}", montre=montre)
        yield Defaut(fichier.nom, ligne, "FR502", message, dire("nommez l'élément par son libellé"))
