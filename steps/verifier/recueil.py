"""The phrase book: every sentence of `steps.phrases`, what it means, a real example, and where the features say it.

Made from the definitions as pytest-bdd registered them and from the features as Gherkin reads them: nothing is written
by hand. `steps.verifier.recueil_publie` makes a file of it, which the product shows without knowing the steps.
"""

import importlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from steps.definitions.definitions import GENRES, TOUT_GENRE, Definition, definies_dans
from steps.definitions.inventaire import relatif
from steps.definitions.phrase import CITEE, FORMES, Parametre, Phrase
from steps.gherkin.attendus import Table
from steps.gherkin.dialecte import ETANT_DONNE
from steps.gherkin.document import Pas, Scenario
from steps.gherkin.lecture import Fichier
from steps.gherkin.typographie import dire, plier
from steps.phrases import CHAPITRES, LIBELLES, MODULES, PARAMETRES

Donnees: TypeAlias = "str | int | Sequence[Donnees] | dict[str, Donnees]"

GUILLEMETS = "guillemets"
NOMS_DES_FORMES = {"": "texte", "d": "nombre", "mot": "mot"}
_GUIDE = "guide/"
_VUES, _VUE_MAX = 3, 60
_FORME = re.compile(r":\w+(?=\})")
_HORS_MOT = re.compile(r"[^a-z0-9]+")
_QUE = ("que ", "qu'")


class RecueilIncomplet(Exception):  # noqa: N818 - it reads as a sentence
    """The message says in French, line after line, what is not explained."""


@dataclass(frozen=True)
class Emploi:
    """A step as it is said once: `fichier` is its feature below `features/`."""

    fichier: str
    pas: Pas

    @property
    def place(self) -> str:
        """Where it is written, as an editor opens it."""
        return f"{self.fichier}:{self.pas.ligne}"


@dataclass
class Entree:
    """One sentence, whatever the keywords under which it is known, and all that the features say with it."""

    definition: Definition
    parser: Phrase
    genres: set[str]
    emplois: list[Emploi] = field(default_factory=list)

    def dit(self, emploi: Emploi) -> bool:
        """Say whether pytest-bdd would take this sentence for a step."""
        return emploi.pas.genre in self.genres and self.parser.is_matching(emploi.pas.texte)


def recueillir(fichiers: Iterable[Fichier], racine: Path) -> dict[str, Donnees]:
    """Return the whole book as plain data. Raises RecueilIncomplet when something in it is not explained.

    `racine` is the folder below which the definitions are named when something is missing.
    """
    chapitres = {module: entrees(module) for module in MODULES}
    toutes = [entree for trouvees in chapitres.values() for entree in trouvees]
    exiger_sens(toutes, racine)
    ancres = _ancres(toutes)
    lus = list(fichiers)
    for emploi in (emploi for fichier in lus for emploi in emplois(fichier)):
        for entree in toutes:
            if entree.dit(emploi):
                entree.emplois.append(emploi)
    return {
        "formes": {GUILLEMETS: CITEE.motif, **{nom: FORMES[forme].motif for forme, nom in NOMS_DES_FORMES.items()}},
        "chapitres": [
            {
                "nom": module.rpartition(".")[2],
                "titre": chapitre.titre,
                "texte": chapitre.texte,
                "phrases": [_phrase(entree, ancres[entree.parser.name]) for entree in chapitres[module]],
            }
            for module, chapitre in zip(MODULES, CHAPITRES.values(), strict=True)
        ],
        "fonctionnalites": [
            {
                "fichier": _nom(fichier),
                "titre": lue.nom,
                "scenarios": {
                    str(porteur.ligne): porteur.nom or porteur.mot for porteur in lue.porteurs if porteur.pas
                },
            }
            for fichier in lus
            if (lue := fichier.fonctionnalite)
        ],
    }


def emplois(fichier: Fichier) -> Iterator[Emploi]:
    """Yield the steps of a feature as they are said, in the order of the lines, less those that the check refuses.

    A step of an outline is said once for each example, as it will be run; a step of a « Contexte » once.
    """
    nom, lue = _nom(fichier), fichier.fonctionnalite
    for porteur in lue.porteurs if lue else ():
        exemples = [valeurs for _, valeurs, _ in porteur.lignes_d_exemples] if isinstance(porteur, Scenario) else []
        for pas in porteur.pas:
            if pas.genre:
                yield from (Emploi(nom, dit) for dit in dict.fromkeys(pas.dit(valeurs) for valeurs in exemples or [{}]))


def _nom(fichier: Fichier) -> str:
    """Return the place of a file below the folder of the features."""
    return "/".join((*fichier.dossiers, fichier.chemin.name))


def entrees(module: str) -> list[Entree]:
    """Return the sentences of `module` in the order in which it defines them."""
    trouvees: dict[str, Entree] = {}
    for definition in definies_dans(importlib.import_module(module)):
        if not isinstance(definition.parser, Phrase):
            raise RecueilIncomplet(dire("« {nom} » : une phrase s'écrit avec phrase(…)", nom=definition.phrase))
        entree = trouvees.setdefault(definition.phrase, Entree(definition, definition.parser, set()))
        entree.genres |= set(GENRES.values()) if definition.genre == TOUT_GENRE else {definition.genre}
    return list(trouvees.values())


def exiger_sens(toutes: Iterable[Entree], racine: Path) -> None:
    """Raise RecueilIncomplet when a sentence or a parameter has no meaning."""
    manques = [ligne for entree in toutes for ligne in _manques(entree, racine)]
    if manques:
        raise RecueilIncomplet("\n".join(manques))


def _manques(entree: Entree, racine: Path) -> Iterator[str]:
    place = f"{relatif(entree.definition.fichier, racine)}:{entree.definition.ligne}"
    nom = entree.parser.name
    if not entree.parser.sens:
        message = dire("« {nom} » n'a pas de sens : donnez-le à phrase(), après la phrase", nom=nom)
        yield f"{place}: {message}"
    for parametre in entree.parser.parametres:
        if not (parametre.sens or parametre.nom in PARAMETRES):
            message = dire("« {nom} » : dites ce qu'est « {parametre} »", nom=nom, parametre=parametre.nom)
            yield f"{place}: {message}"


def _ancres(toutes: Iterable[Entree]) -> dict[str, str]:
    """Return a name for each sentence that an address may end with; it changes only when the sentence does."""
    noms = (entree.parser.name for entree in toutes)
    ancres = {nom: _HORS_MOT.sub("-", plier(_FORME.sub("", nom))).strip("-") for nom in noms}
    for ancre, nombre in Counter(ancres.values()).items():
        if nombre > 1:
            raise RecueilIncomplet(dire("plusieurs phrases se rangeraient sous « {ancre} »", ancre=ancre))
    return ancres


def _phrase(entree: Entree, ancre: str) -> dict[str, Donnees]:
    acceptes = entree.definition.acceptes
    donnees: dict[str, Donnees] = {
        "phrase": entree.parser.name,
        "ancre": ancre,
        "mots": [genre for genre in GENRES.values() if genre in entree.genres],
        "sens": entree.parser.sens,
        "parametres": [_parametre(entree, chaque) for chaque in entree.parser.parametres],
    }
    dessous = [forme for forme, argument in (("table", "datatable"), ("texte", "docstring")) if argument in acceptes]
    if dessous:
        donnees["dessous"] = dessous[0]
    if entree.parser.table is not None:
        defauts = vars(Table())
        forme = {nom: valeur for nom, valeur in vars(entree.parser.table).items() if valeur != defauts[nom]}
        donnees["table"] = json.loads(json.dumps(forme, default=list))
    if entree.emplois:
        donnees["exemple"] = _exemple(min(entree.emplois, key=lambda emploi: _lisibilite(entree, emploi)).pas)
    donnees["emplois"] = list(dict.fromkeys(emploi.place for emploi in entree.emplois))
    return donnees


def _parametre(entree: Entree, parametre: Parametre) -> dict[str, Donnees]:
    donnees: dict[str, Donnees] = {
        "nom": parametre.nom,
        "libelle": LIBELLES.get(parametre.nom, parametre.nom.replace("_", " ")),
        "forme": GUILLEMETS if parametre.cite else NOMS_DES_FORMES[parametre.forme],
        "sens": parametre.sens or PARAMETRES.get(parametre.nom, ""),
    }
    if parametre.valeurs:
        donnees["valeurs"] = list(parametre.valeurs)
    elif vues := _vues(entree, parametre):
        donnees["vues"] = vues
    return donnees


def _vues(entree: Entree, parametre: Parametre) -> list[str]:
    """Return the values that the features give most often to a parameter."""
    valeurs: Counter[str] = Counter()
    for emploi in entree.emplois:
        lues = entree.parser.parse_arguments(emploi.pas.texte) or {}
        valeur = str(lues.get(parametre.nom, "")).strip()
        if valeur and len(valeur) <= _VUE_MAX and "\n" not in valeur:
            valeurs[valeur] += 1
    return [valeur for valeur, _ in valeurs.most_common(_VUES)]


def _lisibilite(entree: Entree, emploi: Emploi) -> tuple[object, ...]:
    """Return what makes one use a better example than another: the smallest is the best."""
    pas = emploi.pas
    cases = [case for rangee in pas.cases for case in rangee]
    guillemets = pas.texte.count("«") - entree.parser.name.count("«")
    vide = "« »" in pas.texte or not all(cases)
    taille = len(pas.texte) + sum(map(len, cases)) + len(pas.texte_long or "")
    return guillemets, vide, not emploi.fichier.startswith(_GUIDE), taille, emploi.fichier, pas.ligne


def _exemple(pas: Pas) -> dict[str, Donnees]:
    mot = pas.genre
    if mot == ETANT_DONNE:
        mot = f"{mot} {_QUE[plier(pas.texte)[0] in 'aeiou']}".rstrip()
    donnees: dict[str, Donnees] = {"mot": mot, "texte": pas.texte}
    if pas.table:
        donnees["table"] = [list(rangee) for rangee in pas.cases]
    if pas.texte_long:
        donnees["bloc"] = pas.texte_long
    return donnees
