"""Rules on tags: all declared, and those that the guide needs to find its steps again."""

from collections.abc import Iterator
from difflib import get_close_matches

from steps.gherkin.document import Bloc, Exemples, Fonctionnalite, Scenario
from steps.gherkin.etiquettes import (
    ETAPES_RECONSTITUEES,
    ETIQUETTES,
    GUIDE,
    HORS_SOURCE,
    RECONSTITUE,
    REGLES,
    numero_d_etape,
)
from steps.gherkin.lecture import Fichier
from steps.gherkin.regles.defauts import Defaut
from steps.gherkin.typographie import dire

_DOSSIERS = (GUIDE, REGLES)


def controler_etiquettes(fichier: Fichier, lue: Fonctionnalite) -> Iterator[Defaut]:
    """FR401 to FR404."""
    exemples = [chaque for scenario in lue.scenarios for chaque in scenario.exemples]
    blocs: list[Bloc | Exemples] = [lue, *lue.regles, *lue.scenarios, *exemples]
    for etiquette in (etiquette for bloc in blocs for etiquette in bloc.etiquettes):
        if etiquette.nom not in ETIQUETTES:
            yield non_declaree(fichier.nom, etiquette.ligne, "FR401", etiquette.nom)
    for dossier in _DOSSIERS:
        if fichier.dossiers[:1] == (dossier,) and dossier not in lue.noms_d_etiquettes:
            message = dire("la fonctionnalité ne porte pas @{tag}, l'étiquette de son dossier", tag=dossier)
            yield Defaut(fichier.nom, lue.ligne, "FR402", message, dire("écrivez @{tag} au-dessus d'elle", tag=dossier))
    for scenario in lue.scenarios:
        yield from _controler_etapes(fichier, lue, scenario)


def non_declaree(fichier: str, ligne: int, code: str, nom: str) -> Defaut:
    """Return the fault of a tag that is not declared, and what to write instead."""
    proches = get_close_matches(nom, ETIQUETTES, n=1)
    suggestion = f"@{proches[0]}" if proches else dire("déclarez-la dans steps/gherkin/etiquettes.py")
    return Defaut(fichier, ligne, code, dire("étiquette @{nom} non déclarée", nom=nom), suggestion)


def _controler_etapes(fichier: Fichier, lue: Fonctionnalite, scenario: Scenario) -> Iterator[Defaut]:
    noms = {*lue.etiquettes_de(scenario), *(e.nom for exemples in scenario.exemples for e in exemples.etiquettes)}
    numeros = {numero for nom in noms if (numero := numero_d_etape(nom)) is not None}
    # The steps of a guide of our own are not those of the fiche: their tags would mix the two.
    voulues = 0 if HORS_SOURCE in noms else 1
    if fichier.dossiers[:1] == (GUIDE,) and len(numeros) != voulues:
        message = dire("{nombre} étiquettes @etape_N au lieu de {voulues}", nombre=len(numeros), voulues=voulues)
        suggestion = dire("une et une seule, sur le scénario, sa règle ou sa fonctionnalité")
        if not voulues:
            suggestion = dire("aucune : les étapes de la fiche ne sont pas celles d'un guide @{tag}", tag=HORS_SOURCE)
        yield Defaut(fichier.nom, scenario.ligne, "FR403", message, suggestion)
    if numeros & ETAPES_RECONSTITUEES and RECONSTITUE not in noms:
        message = dire("le texte de cette étape du guide est reconstitué, le scénario ne le dit pas")
        yield Defaut(fichier.nom, scenario.ligne, "FR404", message, f"@{RECONSTITUE}")
