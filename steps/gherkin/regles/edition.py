"""Rules on the layout of a guide: what its pictures name is written, and every numbered step is in one of them."""

import re
from collections.abc import Iterator

from steps.gherkin.document import Fonctionnalite
from steps.gherkin.edition import Edition, EditionIllisible, Figure, lire_edition
from steps.gherkin.etiquettes import GUIDE, ILLUSTRE
from steps.gherkin.lecture import Fichier
from steps.gherkin.original import OriginalIllisible, chemin_de_l_original, lire_original
from steps.gherkin.regles.defauts import Defaut
from steps.gherkin.typographie import dire

_ETAPE = re.compile(r"Étape (\d+)\b")


def controler_edition(fichier: Fichier, lue: Fonctionnalite) -> Iterator[Defaut]:
    """FI006 and FI009, on a guide."""
    if GUIDE not in lue.noms_d_etiquettes:
        return
    try:
        edition = lire_edition(fichier.chemin)
    except EditionIllisible as erreur:
        yield Defaut(fichier.nom, 1, "FI009", str(erreur))
        return
    yield from (Defaut(fichier.nom, 1, "FI009", dit) for dit in _ce_qui_manque(lue, edition))
    yield from (Defaut(fichier.nom, 1, "FI009", dit) for dit in _tableaux(fichier, edition))
    noms = {figure.scenario for figure in edition.figures}
    for instance in lue.instances:
        if ILLUSTRE in instance.etiquettes and instance.nom not in noms:
            message = dire("aucune image du guide n'est prise dans ce scénario illustré")
            suggestion = dire("nommez-le dans le fichier .edition.toml, ou ôtez son étiquette")
            yield Defaut(fichier.nom, instance.ligne, "FI009", message, suggestion)
    montrees = {n for figure in edition.figures for n in (*figure.reperes, figure.etape)}
    for regle in lue.regles:
        numero = _ETAPE.match(regle.nom)
        if numero is not None and int(numero[1]) not in montrees:
            message = dire("aucune image du guide ne montre cette étape")
            suggestion = dire("donnez-lui un repère dans une image du fichier .edition.toml")
            yield Defaut(fichier.nom, regle.ligne, "FI006", message, suggestion)


def _ce_qui_manque(lue: Fonctionnalite, edition: Edition) -> Iterator[str]:
    """Say what the pictures name that is not written."""
    etapes = {
        int(numero[1]): len([bloc for bloc in re.split(r"\n\s*\n", regle.description) if bloc.strip()])
        for regle in lue.regles
        if (numero := _ETAPE.match(regle.nom))
    }
    for figure in edition.figures:
        if figure.etape not in etapes:
            yield dire("l'image {nom} est d'une étape qui n'est pas écrite", nom=figure.nom)
        elif figure.apres is not None and not 0 <= figure.apres <= etapes[figure.etape]:
            yield dire("l'image {nom} suit un paragraphe que l'étape n'a pas", nom=figure.nom)
        yield from _ses_gestes(lue, figure)


def _ses_gestes(lue: Fonctionnalite, figure: Figure) -> Iterator[str]:
    instance = next((i for i in lue.instances if i.nom == figure.scenario), None)
    if instance is None or ILLUSTRE not in instance.etiquettes:
        message = "l'image {nom} est d'un scénario qui n'est pas écrit, ou pas illustré : « {scenario} »"
        yield dire(message, nom=figure.nom, scenario=figure.scenario)
        return
    try:
        figure.rangs([pas.dit(instance.valeurs).texte for pas in instance.pas])
    except EditionIllisible as erreur:
        yield str(erreur)


def _tableaux(fichier: Fichier, edition: Edition) -> Iterator[str]:
    chemin = chemin_de_l_original(fichier.chemin)
    try:
        ids = {phrase.id for phrase in lire_original(chemin).phrases} if chemin.exists() else set()
    except OriginalIllisible:
        return  # FI005 says it.
    for nom in (nom for tableau in edition.tableaux for ligne in tableau.lignes for nom in ligne):
        if nom not in ids:
            yield dire("un tableau nomme une phrase que la fiche n'a pas : {nom}", nom=nom)
