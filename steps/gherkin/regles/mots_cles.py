"""Rules on keywords: what Gherkin would take for a description, and everything it contains with it.

Three of the six ways of being green in silence are here: a keyword mistyped, a block unknown, a step unplayed.
"""

import re
from collections.abc import Iterator

from steps.gherkin.dialecte import BLOCS, ETOILE, GENRES, SUITE, bloc_voulu, mot_de_pas, pas_voulu
from steps.gherkin.document import Fonctionnalite
from steps.gherkin.lecture import TETES, Fichier, Ligne, Nature
from steps.gherkin.regles.defauts import Defaut
from steps.gherkin.typographie import dire, plier

_JOUEES = frozenset({Nature.PAS, Nature.TABLE})
_AVALABLES = _JOUEES | TETES | {Nature.BORNE}
_MOTS_DE_BLOC = frozenset(map(plier, BLOCS))
# A bar that is escaped is a sign of the cell; so is a comment at the end of a row.
_FERMEE = re.compile(r"(?<!\\)(?:\\\\)*\|$")
_FINS_DE_PHRASE = (".", "!", "?", ":", "…")
_COMMENTAIRE = re.compile(r"#\s*(?P<texte>.*)")


def controler_lignes(fichier: Fichier) -> Iterator[Defaut]:
    """FR201 to FR204: lines that resemble a keyword without being one."""
    avant: Ligne | None = None
    suit_de_la_prose = False
    for ligne in fichier.lignes:
        prose = ligne.allure is Nature.DESCRIPTION
        continue_ = suit_de_la_prose and avant is not None and _se_poursuit(avant, ligne)
        defauts = list(_controler_prose(fichier, ligne)) if prose and not continue_ else []
        yield from defauts
        suit_de_la_prose = prose and ligne.nature is Nature.DESCRIPTION and not defauts
        avant = ligne


def _se_poursuit(avant: Ligne, ligne: Ligne) -> bool:
    """Say whether a line of a description goes on with the sentence of the line before: « et … », « lorsqu'on … »."""
    return ligne.nature is Nature.DESCRIPTION and ligne.nue[:1].islower() and not avant.nue.endswith(_FINS_DE_PHRASE)


def _controler_prose(fichier: Fichier, ligne: Ligne) -> Iterator[Defaut]:
    bloc = bloc_voulu(ligne.nue)
    if bloc and bloc.tete in BLOCS:
        message = dire("espace avant les deux-points : Gherkin ne reconnaît pas ce bloc")
        yield Defaut(fichier.nom, ligne.numero, "FR201", message, f"{bloc.tete}: … (--fix)")
    elif bloc and bloc.tete:
        message = dire("mot-clé de bloc inconnu « {tete} » : tout le bloc disparaîtrait", tete=bloc.tete.strip())
        yield Defaut(fichier.nom, ligne.numero, "FR202", message, f"{bloc.mot}: …")
    elif bloc:
        message = dire("deux-points absents après « {mot} » : le bloc disparaîtrait", mot=bloc.mot)
        yield Defaut(fichier.nom, ligne.numero, "FR203", message, f"{bloc.mot}: …")
    elif pas := pas_voulu(ligne.nue):
        message = dire(
            "cette ligne ressemble à une étape mais Gherkin n'en fait pas une : « {ligne} »", ligne=ligne.nue
        )
        suggestion = dire("commencez-la par « {mot} », ou tournez la phrase autrement", mot=pas.mot.strip())
        yield Defaut(fichier.nom, ligne.numero, "FR204", message, suggestion)


def controler_avalees(fichier: Fichier) -> Iterator[Defaut]:
    """FR205: a step, a table or a block that stands where Gherkin reads a description.

    Of lines that follow one another, the first is reported.
    """
    avant = False
    for ligne in fichier.lignes:
        if ligne.nature is not Nature.VIDE:
            avalee = ligne.nature is Nature.DESCRIPTION and ligne.allure in _AVALABLES
            if avalee and not avant:
                message = dire("ligne avalée par la description qui précède : « {ligne} »", ligne=ligne.nue)
                suggestion = dire("placez-la dans un scénario, après son titre")
                yield Defaut(fichier.nom, ligne.numero, "FR205", message, suggestion)
            avant = avalee


def controler_descriptions(fichier: Fichier) -> Iterator[Defaut]:
    """FR210: prose that touches the steps or the table below it may be a step that nobody will play."""
    for ligne, suivante in zip(fichier.lignes, fichier.lignes[1:], strict=False):
        if ligne.allure is Nature.DESCRIPTION and suivante.allure in _JOUEES:
            message = dire("cette ligne est lue comme une description : « {ligne} »", ligne=ligne.nue)
            suggestion = dire("si c'est une étape, corrigez son mot-clé ; sinon, laissez une ligne vide après elle")
            yield Defaut(fichier.nom, ligne.numero, "FR210", message, suggestion)


def controler_commentaires(fichier: Fichier) -> Iterator[Defaut]:
    """FR211: a scenario or a step put in a comment is one that nobody will miss."""
    premier = next((ligne.numero for ligne in fichier.lignes if ligne.nature is Nature.PAS), len(fichier.lignes))
    for ligne in fichier.lignes:
        lu = _COMMENTAIRE.match(ligne.nue) if ligne.nature is Nature.COMMENTAIRE else None
        if not lu:
            continue
        texte = lu["texte"]
        if texte.startswith("|") and _dans_une_table(fichier, ligne.numero):
            message = dire("ligne de table mise en commentaire : « {texte} »", texte=texte)
            suggestion = dire("retirez-la, ou rendez-la à la table")
            yield Defaut(fichier.nom, ligne.numero, "FR211", message, suggestion)
            continue
        bloc = bloc_voulu(texte)
        if (bloc and plier(bloc.tete) in _MOTS_DE_BLOC) or (
            premier < ligne.numero and ligne.marge and mot_de_pas(texte)
        ):
            message = dire("mis en commentaire : « {texte} »", texte=texte)
            suggestion = dire("retirez-le, ou étiquetez le scénario @a_faire")
            yield Defaut(fichier.nom, ligne.numero, "FR211", message, suggestion)


def _dans_une_table(fichier: Fichier, numero: int) -> bool:
    """Say whether a comment stands among the rows of a table, or right after them."""
    avant = (ligne.nature for ligne in reversed(fichier.lignes[: numero - 1]))
    return next((nature for nature in avant if nature is not Nature.COMMENTAIRE), None) is Nature.TABLE


def controler_rangees(fichier: Fichier) -> Iterator[Defaut]:
    """FR213: a row that no bar closes loses its last cell."""
    for ligne in fichier.lignes:
        if ligne.nature is Nature.TABLE and not _FERMEE.search(ligne.nue):
            message = dire("cette ligne de table n'est pas fermée : sa dernière case serait perdue")
            yield Defaut(fichier.nom, ligne.numero, "FR213", message, dire("finissez-la par « | »"))


def controler_mots_cles(fichier: Fichier, lue: Fonctionnalite) -> Iterator[Defaut]:
    """FR207 and FR208: steps that begin with no keyword of their own."""
    for porteur in lue.porteurs:
        for pas in porteur.pas:
            if pas.mot == ETOILE:
                suggestion = dire("Étant donné, Quand, Alors, Et ou Mais")
                yield Defaut(fichier.nom, pas.ligne, "FR207", dire("étape sans mot-clé (« * »)"), suggestion)
        premier = porteur.pas[0] if porteur.pas else None
        if premier and GENRES.get(premier.mot) == SUITE:
            message = dire("« {mot} » n'a rien à prolonger", mot=premier.mot.strip())
            suggestion = dire("commencez par Étant donné, Quand ou Alors")
            yield Defaut(fichier.nom, premier.ligne, "FR208", message, suggestion)
