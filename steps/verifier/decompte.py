"""The count of the scenarios: written = collected = run, or else the list of those that were lost on the way.

Pure bookkeeping, without pytest: under xdist what is collected is known by the workers and what is run by the
controller, so a `Decompte` travels as plain data.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from steps.definitions.inventaire import Place, relatif
from steps.gherkin.regles.defauts import Defaut
from steps.gherkin.typographie import dire, pluriel


class Issue(Enum):
    """What became of a scenario; only the first three are a run."""

    REUSSI = "reussi"
    ECHOUE = "echoue"
    A_FAIRE = "a_faire"
    SAUTE = "saute"
    PAS_PREPARE = "pas_prepare"  # Its fixtures failed: pytest reports the error, no step was played.


@dataclass(frozen=True)
class Decompte:
    """What a session holds, after collection.

    `ecrits` covers the files of the session's scope, with their names, `lies` what its modules stand for, `executions`
    what was collected before any selection (see `collecte.execution_de`), `ecartees` what was set aside.
    """

    complet: bool = False
    restreint: bool = False  # By a node id: what is bound and not collected was not asked for.
    ecrits: Mapping[Place, str] = field(default_factory=dict)
    lies: frozenset[Place] = frozenset()
    executions: tuple[tuple[str, Place], ...] = ()
    ecartees: frozenset[str] = frozenset()
    fichiers: int = 0
    illisibles: int = 0
    pas: int = 0
    definitions: int = 0
    a_faire: int = 0
    defauts: int = 0

    def en_donnees(self) -> dict[str, Any]:
        """Return the same as what execnet can carry."""
        return vars(self) | {
            "ecrits": [(place.fichier, place.ligne, nom) for place, nom in self.ecrits.items()],
            "lies": [(place.fichier, place.ligne) for place in sorted(self.lies)],
            "executions": [(execution, place.fichier, place.ligne) for execution, place in self.executions],
            "ecartees": sorted(self.ecartees),
        }

    @classmethod
    def de_donnees(cls, donnees: Mapping[str, Any]) -> "Decompte":
        """Return what `en_donnees` wrote."""
        lus = {
            "ecrits": {Place(fichier, ligne): nom for fichier, ligne, nom in donnees["ecrits"]},
            "lies": frozenset(Place(*place) for place in donnees["lies"]),
            "executions": tuple((execution, Place(*place)) for execution, *place in donnees["executions"]),
            "ecartees": frozenset(donnees["ecartees"]),
        }
        return cls(**{**donnees, **lus})


def perdus_a_la_collecte(decompte: Decompte, racine: Path) -> list[Defaut]:
    """CO001 and CO002: what is written and not bound to a test, or bound to several."""
    atteints = decompte.lies if decompte.restreint else frozenset(place for _, place in decompte.executions)
    manquants = [place for place in decompte.ecrits if place not in atteints]
    defauts = list(_jamais_lus(decompte, manquants, racine))
    jamais_lus = {defaut.fichier for defaut in defauts}
    for place in manquants:
        fichier = relatif(place.fichier, racine)
        if fichier not in jamais_lus:
            message = dire("écrit, mais pas collecté : « {nom} »", nom=decompte.ecrits[place])
            suggestion = dire("un autre scénario du même nom, ou un autre test, a pris sa place")
            defauts.append(Defaut(fichier, place.ligne, "CO001", message, suggestion))
    places = dict(decompte.executions)
    for execution, nombre in Counter(execution for execution, _ in decompte.executions).items():
        if nombre > 1:
            place = places[execution]
            message = dire("collecté {nombre} fois : « {nom} »", nombre=nombre, nom=decompte.ecrits.get(place, ""))
            suggestion = dire("un seul module de tests lit chaque fichier")
            defauts.append(Defaut(relatif(place.fichier, racine), place.ligne, "CO002", message, suggestion))
    return sorted(defauts)


def _jamais_lus(decompte: Decompte, manquants: Iterable[Place], racine: Path) -> Iterator[Defaut]:
    """CO001, once for a file of which nothing is collected."""
    ecrits = Counter(place.fichier for place in decompte.ecrits)
    for fichier, nombre in Counter(place.fichier for place in manquants).items():
        if nombre == ecrits[fichier]:
            scenarios = pluriel(nombre, "scénario")
            message = dire("aucun test ne lit ce fichier : {scenarios} en tout", scenarios=scenarios)
            suggestion = dire("lisez-le par scenarios(…) dans un module de tests")
            yield Defaut(relatif(fichier, racine), 1, "CO001", message, suggestion)


def perdus_en_jouant(decompte: Decompte, issues: Mapping[str, Issue], racine: Path) -> list[Defaut]:
    """CO003 and CO004: what was to be run and was not, or was skipped by its own steps or fixtures."""
    dits = {
        None: ("CO003", "collecté, mais pas joué : « {nom} »", "retiré de la session sans être désélectionné ?"),
        Issue.SAUTE: (
            "CO004", "sauté, ou en échec attendu sans @a_faire : « {nom} »", "un scénario passe ou échoue",
        ),
        Issue.PAS_PREPARE: (
            "CO003", "pas joué, sa préparation a échoué : « {nom} »", "l'erreur est dite plus haut",
        ),
    }  # fmt: skip
    defauts = set()
    for execution, place in decompte.executions:
        issue = issues.get(execution)
        if execution not in decompte.ecartees and issue in dits:
            code, message, suggestion = dits[issue]
            dit = dire(message, nom=decompte.ecrits.get(place, ""))
            defauts.add(Defaut(relatif(place.fichier, racine), place.ligne, code, dit, dire(suggestion)))
    return sorted(defauts)


def resumer(decompte: Decompte, issues: Mapping[str, Issue] | None) -> list[str]:
    """Return the count, with how much was really looked at; `issues` is None when nothing was to be played."""
    nombres = Counter((issues or {}).values())
    joues = sum(nombres[issue] for issue in (Issue.REUSSI, Issue.ECHOUE, Issue.A_FAIRE))
    atteints = {place for _, place in decompte.executions}
    ecartes = len(decompte.ecartees)
    non_demandes = len(set(decompte.ecrits) - atteints) if decompte.restreint else 0
    parts = [
        pluriel(len(decompte.ecrits), "écrit"),
        pluriel(len(atteints), "collecté") + (f" + {pluriel(non_demandes, 'non demandé')}" if non_demandes else ""),
    ]
    if issues is not None:
        parts.append(pluriel(joues, "joué") + (f" + {pluriel(ecartes, 'désélectionné')}" if ecartes else ""))
    perimetre = "" if decompte.complet else dire(", dans le périmètre demandé")
    compte = dire("Scénarios : {parts}{perimetre}", parts=" = ".join(parts), perimetre=perimetre)
    if len(decompte.executions) != len(atteints):
        compte += dire(", répétés en {nombre}", nombre=pluriel(len(decompte.executions), "exécution"))
    if nombres[Issue.A_FAIRE]:
        compte += dire(" ; dont {nombre} à faire, en échec comme prévu", nombre=nombres[Issue.A_FAIRE])
    regarde = dire(
        "Vérificateur : {fichiers}, {pas}, {definitions}, {defauts}",
        fichiers=pluriel(decompte.fichiers, "fichier lu", "fichiers lus"),
        pas=pluriel(decompte.pas, "étape contrôlée", "étapes contrôlées"),
        definitions=pluriel(decompte.definitions, "définition"),
        defauts=pluriel(decompte.defauts, "défaut"),
    )
    if decompte.illisibles:
        fichiers = pluriel(decompte.illisibles, "fichier illisible", "fichiers illisibles")
        regarde += dire(" ; {fichiers}, dont rien n'est joué", fichiers=fichiers)
    if decompte.a_faire:
        regarde += dire(" ; {nombre} encore sans définition (à faire)", nombre=pluriel(decompte.a_faire, "étape"))
    return [compte, regarde]
