"""Rules on the guide and its original: they say the same, sentence for sentence, and each step has its picture."""

import difflib
from collections.abc import Iterator

from steps.gherkin.document import Fonctionnalite, Regle
from steps.gherkin.etiquettes import GUIDE, ILLUSTRE, numero_d_etape
from steps.gherkin.lecture import Fichier
from steps.gherkin.original import (
    FINS,
    Original,
    OriginalIllisible,
    chemin_de_l_original,
    citations,
    cle,
    lire_original,
    par_phrase,
)
from steps.gherkin.regles.defauts import Defaut
from steps.gherkin.typographie import dire


def controler_source(fichier: Fichier, lue: Fonctionnalite) -> Iterator[Defaut]:
    """FI001 to FI006, on a guide that has its original beside it."""
    chemin = chemin_de_l_original(fichier.chemin)
    if GUIDE not in lue.noms_d_etiquettes or not chemin.exists():
        return
    try:
        original = lire_original(chemin)
    except OriginalIllisible as erreur:
        yield Defaut(fichier.nom, 1, "FI005", str(erreur))
        return
    yield from _controler_citations(fichier, lue, original)
    for regle in lue.regles:
        yield from _controler_regle(fichier, lue, regle, original)


def _controler_citations(fichier: Fichier, lue: Fonctionnalite, original: Original) -> Iterator[Defaut]:
    cites = citations(lue)
    connues = {cle(phrase.texte): phrase for phrase in original.phrases}
    for citation in cites:
        phrase = connues.get(cle(citation.texte))
        if phrase is None:
            message = dire("cette phrase n'est pas dans la fiche : « {texte} »", texte=citation.texte)
            proches = difflib.get_close_matches(cle(citation.texte), connues, 1, 0.6)
            suggestion = dire("la fiche écrit : {texte}", texte=connues[proches[0]].texte) if proches else ""
            yield Defaut(fichier.nom, citation.ligne, "FI001", message, suggestion)
        elif phrase.etape not in citation.etapes:
            message = dire("la phrase {id} est citée hors de l'étape {etape}", id=phrase.id, etape=phrase.etape)
            yield Defaut(fichier.nom, citation.ligne, "FI004", message)
    prouvees = par_phrase(original, cites)
    for phrase in original.phrases:
        if not prouvees[phrase.id]:
            message = dire(
                "aucun scénario ne prouve la phrase {id} de la fiche : « {texte} »", id=phrase.id, texte=phrase.texte
            )
            suggestion = dire("citez-la sous le titre du scénario qui la prouve : « Fiche : … »")
            yield Defaut(fichier.nom, 1, "FI002", message, suggestion)


def _controler_regle(fichier: Fichier, lue: Fonctionnalite, regle: Regle, original: Original) -> Iterator[Defaut]:
    """The text of a rule is made of sentences of the original, no other; one of its scenarios is illustrated."""
    reste = f" {cle(regle.description)} "
    for phrase in sorted(original.phrases, key=lambda p: len(p.texte), reverse=True):
        reste = reste.replace(cle(phrase.texte), " ")
    if reste.strip(FINS):
        message = dire("ce texte de la règle n'est pas dans la fiche : « {texte} »", texte=reste.strip(FINS))
        yield Defaut(fichier.nom, regle.ligne, "FI003", message)
    numerotee = any(numero_d_etape(nom) is not None for nom in regle.noms_d_etiquettes)
    siennes = (i.etiquettes for i in lue.instances if i.scenario.regle is regle)
    if numerotee and regle.nom.startswith("Étape ") and not any(ILLUSTRE in etiquettes for etiquettes in siennes):
        message = dire("aucun scénario de cette étape n'est illustré")
        suggestion = dire("donnez l'étiquette {tag} à celui qui la montre le mieux", tag=f"@{ILLUSTRE}")
        yield Defaut(fichier.nom, regle.ligne, "FI006", message, suggestion)
