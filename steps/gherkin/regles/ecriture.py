"""The check of what is written: every rule on every feature, and what Gherkin itself refuses, said in French."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from steps.gherkin.lecture import Fichier
from steps.gherkin.regles import etiquettes, mots_cles, structure, texte, vocabulaire
from steps.gherkin.regles.citations import controler_source
from steps.gherkin.regles.defauts import Defaut
from steps.gherkin.regles.edition import controler_edition
from steps.gherkin.typographie import dire

_SUR_LES_LIGNES = (
    texte.controler_entete,
    texte.controler_encodage,
    texte.controler_nom,
    texte.controler_caracteres,
    mots_cles.controler_lignes,
    mots_cles.controler_descriptions,
    mots_cles.controler_commentaires,
    mots_cles.controler_rangees,
)
_SUR_L_ARBRE = (
    mots_cles.controler_mots_cles,
    structure.controler_contenu,
    structure.controler_genres,
    structure.controler_gestes,
    structure.controler_exemples,
    structure.controler_regles,
    etiquettes.controler_etiquettes,
    vocabulaire.controler_vocabulaire,
    controler_source,
    controler_edition,
)

# What these say of a line explains what Gherkin, or the rules in the second set, would say of it again.
_EXPLIQUENT = frozenset({"FR201", "FR202", "FR203", "FR204", "FR213"})
_EXPLIQUES = frozenset({"FR005", "FR205", "FR210"})

# Gherkin's English, by what only that message contains.
_EN_FRANCAIS = {
    "unexpected end of file": "le fichier s'arrête au milieu d'un bloc",
    "inconsistent cell count": "les lignes de cette table n'ont pas toutes le même nombre de cases",
    "may not contain whitespace": "une étiquette ne contient pas d'espace, et n'est suivie que d'autres étiquettes",
}


def controler(fichiers: Iterable[Fichier]) -> list[Defaut]:
    """Return everything that is wrong with `fichiers`, looked at one by one and all together."""
    fichiers = list(fichiers)
    defauts = {defaut for fichier in fichiers for defaut in _sans_echos(list(_controler(fichier)))}
    return sorted(defauts | set(structure.controler_noms(fichiers)))


def _controler(fichier: Fichier) -> Iterator[Defaut]:
    for regle in _SUR_LES_LIGNES:
        yield from regle(fichier)
    yield from _refus(fichier)
    if fichier.fonctionnalite:
        yield from mots_cles.controler_avalees(fichier)
        for regle_d_arbre in _SUR_L_ARBRE:
            yield from regle_d_arbre(fichier, fichier.fonctionnalite)


def _refus(fichier: Fichier) -> Iterator[Defaut]:
    """FR005: what Gherkin refuses; after the first, its complaints are mostly consequences."""
    for erreur in fichier.lecture.erreurs[:1]:
        texte = fichier.lignes[erreur.ligne - 1].nue if erreur.ligne <= len(fichier.lignes) else ""
        connue = next((francais for anglais, francais in _EN_FRANCAIS.items() if anglais in erreur.message), None)
        message = dire(connue) if connue else dire("Gherkin n'attend pas cette ligne ici : « {texte} »", texte=texte)
        suggestion = dire("vérifiez le mot-clé et ses deux-points, et ce qui précède")
        yield Defaut(fichier.nom, erreur.ligne, "FR005", message, suggestion)
    if not fichier.lecture.erreurs and not fichier.fonctionnalite:
        suggestion = dire("commencez par « {mot} … »", mot="Fonctionnalité:")
        yield Defaut(fichier.nom, 1, "FR005", dire("fichier sans fonctionnalité"), suggestion)


def _sans_echos(defauts: list[Defaut]) -> Iterator[Defaut]:
    codes: dict[int, set[str]] = defaultdict(set)
    for defaut in defauts:
        codes[defaut.ligne].add(defaut.code)
    for defaut in defauts:
        if not (defaut.code in _EXPLIQUES and codes[defaut.ligne] & _EXPLIQUENT):
            yield defaut
