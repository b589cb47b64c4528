"""Rules on the guide and its original: they say the same, sentence for sentence."""

import difflib
import re
from collections.abc import Iterator

from steps.gherkin.document import Fonctionnalite, Regle
from steps.gherkin.etiquettes import GUIDE
from steps.gherkin.lecture import Fichier
from steps.gherkin.original import (
    FINS,
    Nature,
    Original,
    OriginalIllisible,
    chemin_de_l_original,
    chemin_de_la_fiche,
    citations,
    cle,
    lire_original,
    mots_de_la_fiche,
    mots_des_phrases,
    par_phrase,
)
from steps.gherkin.regles.defauts import Defaut
from steps.gherkin.typographie import dire

_NUMERO = re.compile(r"^Étape \d+ - ")


def controler_source(fichier: Fichier, lue: Fonctionnalite) -> Iterator[Defaut]:
    """FI001 to FI005, FI007 and FI008, on a guide that has its original beside it."""
    chemin = chemin_de_l_original(fichier.chemin)
    if GUIDE not in lue.noms_d_etiquettes or not chemin.exists():
        return
    try:
        original = lire_original(chemin)
    except OriginalIllisible as erreur:
        yield Defaut(fichier.nom, 1, "FI005", str(erreur))
        return
    yield from _controler_citations(fichier, lue, original)
    yield from _comparer_a_la_fiche(fichier, original)
    for regle in lue.regles:
        yield from _controler_regle(fichier, regle, original)


def _controler_citations(fichier: Fichier, lue: Fonctionnalite, original: Original) -> Iterator[Defaut]:
    cites = citations(lue)
    connues = {cle(phrase.texte): phrase.texte for phrase in original.phrases}
    for citation in cites:
        siennes = [phrase for phrase in original.phrases if cle(phrase.texte) == cle(citation.texte)]
        if not siennes:
            message = dire("cette phrase n'est pas dans la fiche : « {texte} »", texte=citation.texte)
            proches = difflib.get_close_matches(cle(citation.texte), connues, 1, 0.6)
            suggestion = dire("la fiche écrit : {texte}", texte=connues[proches[0]]) if proches else ""
            yield Defaut(fichier.nom, citation.ligne, "FI001", message, suggestion)
        elif not any(phrase.etape in citation.etapes for phrase in siennes):
            phrase = siennes[0]
            message = dire("la phrase {id} est citée hors de l'étape {etape}", id=phrase.id, etape=phrase.etape)
            yield Defaut(fichier.nom, citation.ligne, "FI004", message)
    prouvees = par_phrase(original, cites)
    for phrase in original.phrases:
        a_prouver = phrase.nature is Nature.A_PROUVER
        if a_prouver and not prouvees[phrase.id]:
            message = dire(
                "aucun scénario ne prouve la phrase {id} de la fiche : « {texte} »", id=phrase.id, texte=phrase.texte
            )
            suggestion = dire("citez-la sous le titre du scénario qui la prouve : « Fiche : … »")
            yield Defaut(fichier.nom, 1, "FI002", message, suggestion)
        for citation in () if a_prouver else prouvees[phrase.id]:
            message = dire("la phrase {id} est dite « {nature} »", id=phrase.id, nature=phrase.nature.value)
            suggestion = dire("ôtez sa « nature » si ce scénario la prouve, ou la citation s'il ne la prouve pas")
            yield Defaut(fichier.nom, citation.ligne, "FI008", message, suggestion)


def _comparer_a_la_fiche(fichier: Fichier, original: Original) -> Iterator[Defaut]:
    """Compare the transcription with the sentences, word for word, both ways."""
    chemin = chemin_de_la_fiche(fichier.chemin)
    try:
        fiche = list(mots_de_la_fiche(chemin.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as erreur:
        yield Defaut(fichier.nom, 1, "FI007", dire("{nom} ne se lit pas : {erreur}", nom=chemin.name, erreur=erreur))
        return
    phrases = list(mots_des_phrases(original))
    lus, ecrits = ([mot for mot, _ in cote] for cote in (fiche, phrases))
    for nature, i1, i2, j1, j2 in difflib.SequenceMatcher(None, lus, ecrits, autojunk=False).get_opcodes():
        if nature != "equal":
            message = dire(
                "la fiche, ligne {ligne}, dit « {lu} » ; ses phrases, en {id} : « {ecrit} »",
                ligne=fiche[min(i1, len(fiche) - 1)][1],
                lu=" ".join(lus[i1:i2]) or "…",
                id=phrases[min(j1, len(phrases) - 1)][1],
                ecrit=" ".join(ecrits[j1:j2]) or "…",
            )
            yield Defaut(fichier.nom, 1, "FI007", message)


def _controler_regle(fichier: Fichier, regle: Regle, original: Original) -> Iterator[Defaut]:
    """The title and the text of a rule are made of sentences of the original, no other."""
    titre = cle(_NUMERO.sub("", regle.nom))
    if not any(titre in cle(phrase.texte) for phrase in original.phrases):
        message = dire("ce titre n'est pas dans la fiche : « {texte} »", texte=regle.nom)
        yield Defaut(fichier.nom, regle.ligne, "FI003", message)
    reste = f" {cle(regle.description)} "
    for phrase in sorted(original.phrases, key=lambda p: len(p.texte), reverse=True):
        reste = reste.replace(cle(phrase.texte), " ")
    if reste.strip(FINS):
        message = dire("ce texte de la règle n'est pas dans la fiche : « {texte} »", texte=reste.strip(FINS))
        yield Defaut(fichier.nom, regle.ligne, "FI003", message)
