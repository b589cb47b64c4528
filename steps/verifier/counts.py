"""The count of the scenarios: written = collected = run, or else the list of those that were lost on the way.

Pure bookkeeping, without pytest: under xdist what is collected is known by the workers and what is run by the
controller, so a `Collected` travels as plain data.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from steps.definitions.inventaire import Place, relative
from steps.gherkin.typographie import plural, say
from steps.verifier.findings import Finding


class Outcome(Enum):
    """What became of a scenario; only the first three are a run."""

    PASSED = "passed"
    FAILED = "failed"
    A_FAIRE = "a_faire"
    SKIPPED = "skipped"
    NOT_PREPARED = "not_prepared"  # Its fixtures failed: pytest reports the error, no step was played.


@dataclass(frozen=True)
class Collected:
    """What a session holds, after collection.

    `written` and `names` cover the files of the session's scope, `bound` what its modules stand for, `executions` what
    was collected before any selection (by execution, see `collected.execution_of`), `deselected` what was set aside.
    """

    complete: bool = False
    narrowed: bool = False  # By a node id: what is bound and not collected was not asked for.
    written: tuple[Place, ...] = ()
    names: Mapping[Place, str] = field(default_factory=dict)
    bound: frozenset[Place] = frozenset()
    executions: tuple[tuple[str, Place], ...] = ()
    deselected: frozenset[str] = frozenset()
    files: int = 0
    steps: int = 0
    definitions: int = 0
    a_faire: int = 0
    findings: int = 0

    def to_data(self) -> dict[str, Any]:
        """Return the same as what execnet can carry."""
        return {
            "complete": self.complete,
            "narrowed": self.narrowed,
            "written": [(place.file, place.line, self.names.get(place, "")) for place in self.written],
            "bound": [(place.file, place.line) for place in sorted(self.bound)],
            "executions": [(execution, place.file, place.line) for execution, place in self.executions],
            "deselected": sorted(self.deselected),
            "numbers": [self.files, self.steps, self.definitions, self.a_faire, self.findings],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Collected":
        """Return what `to_data` wrote."""
        files, steps, definitions, a_faire, findings = data["numbers"]
        names = {Place(file, line): name for file, line, name in data["written"]}
        return cls(
            complete=data["complete"],
            narrowed=data["narrowed"],
            written=tuple(names),
            names=names,
            bound=frozenset(Place(*place) for place in data["bound"]),
            executions=tuple((execution, Place(file, line)) for execution, file, line in data["executions"]),
            deselected=frozenset(data["deselected"]),
            files=files,
            steps=steps,
            definitions=definitions,
            a_faire=a_faire,
            findings=findings,
        )


def lost_at_collection(collected: Collected, root: Path) -> list[Finding]:
    """CO001 and CO002: what is written and not bound to a test, or bound to several."""
    reached = collected.bound if collected.narrowed else frozenset(place for _, place in collected.executions)
    unreached = [place for place in collected.written if place not in reached]
    findings = list(_unread(collected, unreached, root))
    unread = {finding.file for finding in findings}
    for place in unreached:
        file = relative(place.file, root)
        if file not in unread:
            message = say("écrit, mais pas collecté : « {name} »", name=collected.names[place])
            suggestion = say("un autre scénario du même nom, ou un autre test, a pris sa place")
            findings.append(Finding(file, place.line, "CO001", message, suggestion))
    numbers = Counter(execution for execution, _ in collected.executions)
    places = dict(collected.executions)
    for execution, number in numbers.items():
        if number > 1:
            place = places[execution]
            message = say("collecté {number} fois : « {name} »", number=number, name=collected.names.get(place, ""))
            suggestion = say("un seul module de tests lit chaque fichier")
            findings.append(Finding(relative(place.file, root), place.line, "CO002", message, suggestion))
    return sorted(findings)


def _unread(collected: Collected, unreached: Iterable[Place], root: Path) -> Iterator[Finding]:
    """CO001, once for a file of which nothing is collected."""
    written = Counter(place.file for place in collected.written)
    lost = Counter(place.file for place in unreached)
    for file, number in lost.items():
        if number == written[file]:
            scenarios = plural(number, "scénario")
            message = say("aucun test ne lit ce fichier : {scenarios} en tout", scenarios=scenarios)
            suggestion = say("lisez-le par scenarios(…) dans un module de tests")
            yield Finding(relative(file, root), 1, "CO001", message, suggestion)


def lost_at_run(collected: Collected, outcomes: Mapping[str, Outcome], root: Path) -> list[Finding]:
    """CO003 and CO004: what was to be run and was not, or was skipped by its own steps or fixtures."""
    findings = []
    for execution, place in collected.executions:
        if execution in collected.deselected:
            continue
        name, file = collected.names.get(place, ""), relative(place.file, root)
        outcome = outcomes.get(execution)
        if outcome is None:
            message = say("collecté, mais pas joué : « {name} »", name=name)
            suggestion = say("retiré de la session sans être désélectionné ?")
            findings.append(Finding(file, place.line, "CO003", message, suggestion))
        elif outcome is Outcome.SKIPPED:
            message = say("sauté, ou en échec attendu sans @a_faire : « {name} »", name=name)
            findings.append(Finding(file, place.line, "CO004", message, say("un scénario passe ou échoue")))
        elif outcome is Outcome.NOT_PREPARED:
            message = say("pas joué, sa préparation a échoué : « {name} »", name=name)
            findings.append(Finding(file, place.line, "CO003", message, say("l'erreur est dite plus haut")))
    return sorted(set(findings))


def summary(collected: Collected, outcomes: Mapping[str, Outcome] | None) -> list[str]:
    """Return the count, with how much was really looked at; `outcomes` is None when nothing was to be played."""
    ends = tuple((outcomes or {}).values())
    run = _number(ends, (Outcome.PASSED, Outcome.FAILED, Outcome.A_FAIRE))
    a_faire = _number(ends, (Outcome.A_FAIRE,))
    reached = {place for _, place in collected.executions}
    aside = len(collected.deselected)
    unasked = len(set(collected.written) - reached) if collected.narrowed else 0
    parts = [
        plural(len(collected.written), "écrit"),
        plural(len(reached), "collecté") + (f" + {plural(unasked, 'non demandé')}" if unasked else ""),
    ]
    if outcomes is not None:
        parts.append(plural(run, "joué") + (f" + {plural(aside, 'désélectionné')}" if aside else ""))
    scope = "" if collected.complete else say(", dans le périmètre demandé")
    count = say("Scénarios : {parts}{scope}", parts=" = ".join(parts), scope=scope)
    if len(collected.executions) != len(reached):
        count += say(", répétés en {number}", number=plural(len(collected.executions), "exécution"))
    if a_faire:
        count += say(" ; dont {number} à faire, en échec comme prévu", number=a_faire)
    looked_at = say(
        "Vérificateur : {files}, {steps}, {definitions}, {findings}",
        files=plural(collected.files, "fichier lu", "fichiers lus"),
        steps=plural(collected.steps, "étape contrôlée", "étapes contrôlées"),
        definitions=plural(collected.definitions, "définition"),
        findings=plural(collected.findings, "défaut"),
    )
    if collected.a_faire:
        looked_at += say(" ; {number} encore sans définition (à faire)", number=plural(collected.a_faire, "étape"))
    return [count, looked_at]


def _number(outcomes: Iterable[Outcome], kinds: tuple[Outcome, ...]) -> int:
    return sum(outcome in kinds for outcome in outcomes)
