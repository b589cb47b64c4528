"""The audit of the steps: every step that will be run against every definition that pytest-bdd would find for it.

It works on what pytest collected, values of the examples in place, so that what is audited is what is run.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import permutations
from pathlib import Path

import pytest
from pytest_bdd.parser import Step

from steps.definitions.collecte import rendered, tags_of, template_of
from steps.definitions.definitions import KEYWORDS, PROVIDED, RESERVED, Definition, fixtures_visible_from, visible_from
from steps.definitions.inventaire import relative
from steps.definitions.phrase import Phrase
from steps.gherkin import etiquettes
from steps.gherkin.typographie import plain, say
from steps.verifier.findings import Finding
from steps.verifier.rules_tags import nearest_tag, unknown_tag

_VALUE = re.compile(r"«[^»]*»")


@dataclass(frozen=True)
class Audit:
    """What the audit found, and how much it looked at."""

    findings: tuple[Finding, ...]
    steps: int
    definitions: int
    a_faire: int  # Steps without a definition, in scenarios that are not built yet.


class Auditor:
    """The audit of one session, item after item: what is visible is asked once a module, a step looked up once."""

    def __init__(self, root: Path) -> None:
        """`root` is the folder below which files are named."""
        self._root = root
        self._findings: set[Finding] = set()
        self._visible: dict[pytest.Collector | None, tuple[Definition, ...]] = {}
        self._definitions: dict[int, Definition] = {}
        self._fixtures: frozenset[str] = frozenset()
        self._used: set[int] = set()
        self._seen: set[tuple[object, ...]] = set()
        self._a_faire = 0
        self._steps = 0

    def look_at(self, item: pytest.Item) -> None:
        """Audit the steps of `item`; a test that is no scenario is left alone."""
        template, scenario = template_of(item), rendered(item)
        if template is None or scenario is None:
            return
        definitions = self._visible_from(item)
        tags = tags_of(item, template)
        file = relative(template.feature.filename, self._root)
        for tag in sorted(tags - etiquettes.ETIQUETTES.keys()):
            self._add(file, template.line_number, "ET013", unknown_tag(tag), nearest_tag(tag))
        for step in scenario.steps:
            self._steps += 1
            self._look_at_step(item, file, step, definitions, is_built=etiquettes.A_FAIRE not in tags)

    def close(self, *, complete: bool) -> Audit:
        """Return the audit; orphans are only told when the session holds all the scenarios (`complete`)."""
        definitions = list(self._definitions.values())
        made = {definition.context.target_fixture or "" for definition in definitions}
        for definition in definitions:
            self._findings.update(_faults(definition, self._root, self._fixtures | made))
            if complete and id(definition.context) not in self._used:
                message = say(
                    "aucun scénario ne dit « {sentence} » ({keyword})",
                    sentence=definition.sentence,
                    keyword=definition.keyword,
                )
                self._add_at(definition, "ET003", message, say("retirez la définition, ou écrivez le scénario"))
        self._look_at_pairs(definitions)
        return Audit(tuple(sorted(self._findings)), self._steps, len(definitions), self._a_faire)

    def _visible_from(self, item: pytest.Item) -> tuple[Definition, ...]:
        if item.parent not in self._visible:
            found = visible_from(item)
            for definition in found:
                self._definitions.setdefault(id(definition.context), definition)
            self._visible[item.parent] = tuple(self._definitions[id(each.context)] for each in found)
            self._fixtures |= fixtures_visible_from(item)
        return self._visible[item.parent]

    def _look_at_step(
        self,
        item: pytest.Item,
        file: str,
        step: Step,
        definitions: Sequence[Definition],
        *,
        is_built: bool,
    ) -> None:
        # A background is said again before each scenario, an outline for each example: one look is enough.
        key = (item.parent, file, step.line_number, step.type, step.name, is_built)
        if key in self._seen:
            return
        self._seen.add(key)
        hearing = [each for each in definitions if each.matches(step)]
        self._used.update(id(each.context) for each in hearing)
        matching = _distinct(hearing, step)
        if not matching and is_built:
            text = f"{KEYWORDS[step.type]} {step.name}"
            message = say("étape sans définition : « {text} »", text=text)
            self._add(file, step.line_number, "ET001", message, _suggest(step, definitions))
        elif not matching:
            self._a_faire += 1
        if len(matching) > 1:
            places = ", ".join(sorted(f"{relative(each.file, self._root)}:{each.line}" for each in matching))
            message = say("« {text} » a plusieurs définitions : {places}", text=step.name, places=places)
            self._add(file, step.line_number, "ET002", message, say("une phrase, un sens : précisez l'une des deux"))
        for definition in matching:
            self._look_at_data(file, step, definition)

    def _look_at_data(self, file: str, step: Step, definition: Definition) -> None:
        """ET010: what stands below the step is received, and nothing else is waited for."""
        for name, held, what in (("datatable", step.datatable, "une table"), ("docstring", step.docstring, "un texte")):
            place = f"{relative(definition.file, self._root)}:{definition.line}"
            if held is not None and name not in definition.accepted:
                message = say("cette étape porte {what}, que sa définition ({place}) ignore", what=what, place=place)
                self._add(file, step.line_number, "ET010", message, say("argument « {name} »", name=name))
            if held is None and name in definition.required:
                message = say("la définition ({place}) attend {what}, que l'étape n'a pas", what=what, place=place)
                self._add(file, step.line_number, "ET010", message, say("ajoutez {what} sous l'étape", what=what))

    def _look_at_pairs(self, definitions: Sequence[Definition]) -> None:
        by_shape: dict[str, list[Definition]] = defaultdict(list)
        for definition in definitions:
            by_shape[plain(definition.shape)].append(definition)
        for same in by_shape.values():
            first, *others = sorted(same, key=lambda each: (each.file, each.line))
            for other in others:
                if other.function is not first.function or other.shares_type_with(first):
                    message = say(
                        "« {sentence} » est déjà définie en {file}:{line}",
                        sentence=other.sentence,
                        file=relative(first.file, self._root),
                        line=first.line,
                    )
                    self._add_at(other, "ET004", message, say("une phrase, un sens : gardez-en une (@step si besoin)"))
        for broad, narrow in permutations(definitions, 2):
            if broad.shares_type_with(narrow) and plain(broad.shape) != plain(narrow.shape) and _covers(broad, narrow):
                place = f"{relative(narrow.file, self._root)}:{narrow.line}"
                message = say(
                    "« {broad} » reconnaît aussi « {narrow} » ({place})",
                    broad=broad.sentence,
                    narrow=narrow.sentence,
                    place=place,
                )
                self._add_at(
                    broad, "ET005", message, say("mettez la valeur entre « », ou changez une des deux phrases")
                )

    def _add(self, file: str, line: int, code: str, message: str, suggestion: str) -> None:
        self._findings.add(Finding(file, line, code, message, suggestion))

    def _add_at(self, definition: Definition, code: str, message: str, suggestion: str) -> None:
        self._add(relative(definition.file, self._root), definition.line, code, message, suggestion)


def audit(items: Iterable[pytest.Item], root: Path, *, complete: bool) -> Audit:
    """Return the audit of the scenarios among `items`; `complete` says that none is missing."""
    auditor = Auditor(root)
    for item in items:
        auditor.look_at(item)
    return auditor.close(complete=complete)


def _distinct(definitions: Sequence[Definition], step: Step) -> list[Definition]:
    """Return `definitions` less those that would call the same function with the same values."""
    kept: list[Definition] = []
    calls: list[tuple[Callable[..., object], object]] = []
    for definition in definitions:
        call = (definition.function, definition.parser.parse_arguments(step.name))
        if call not in calls:
            calls.append(call)
            kept.append(definition)
    return kept


def _covers(broad: Definition, narrow: Definition) -> bool:
    """Say whether the sentence of `narrow`, said with an ordinary value, is also that of `broad`."""
    return isinstance(narrow.parser, Phrase) and broad.parser.is_matching(narrow.parser.render())


def _faults(definition: Definition, root: Path, fixtures: frozenset[str]) -> Iterator[Finding]:
    """Yield what is wrong with one definition by itself: ET006 to ET012."""
    file = relative(definition.file, root)

    def found(code: str, message: str, suggestion: str, line: int = definition.line) -> Finding:
        return Finding(file, line, code, message, suggestion)

    if definition.is_asynchronous:
        yield found("ET006", say("étape asynchrone : pytest-bdd ne l'attend jamais, elle passe toujours"), "def")
    if definition.is_generator:
        suggestion = say("préparez et défaites dans une fixture")
        yield found("ET007", say("étape avec « yield » : ce qui suit le yield n'est pas dans l'étape"), suggestion)
    for line, name in definition.skips():
        suggestion = say("un scénario passe ou échoue ; @{tag} pour ce qui n'existe pas", tag=etiquettes.A_FAIRE)
        yield found("ET008", say("« {name} » dans une étape", name=name), suggestion, line)
    if definition.does_nothing:
        message = say("« {sentence} » ne fait rien : l'étape passe toujours", sentence=definition.sentence)
        yield found("ET009", message, say("faites le geste, ou vérifiez ce qui est dit"))
    for name in sorted(definition.parameters & RESERVED):
        message = say("« {name} » est réservé à ce qui suit l'étape", name=name)
        yield found("ET010", message, say("donnez un autre nom au paramètre"))
    for name in sorted(definition.parameters - definition.accepted):
        message = say("le paramètre « {name} » de la phrase n'est pas un argument : sa valeur est perdue", name=name)
        yield found("ET011", message, say("ajoutez l'argument « {name} »", name=name))
    for name in sorted(definition.required - definition.parameters - PROVIDED - fixtures):
        message = say("l'argument « {name} » n'est ni un paramètre de la phrase ni une fixture", name=name)
        yield found("ET012", message, say("nommez-le comme dans la phrase, ou déclarez la fixture"))


def _suggest(step: Step, definitions: Sequence[Definition]) -> str:
    """Return the known sentence nearest to `step`, or the one that is known under another keyword."""
    elsewhere = next((each for each in definitions if each.matches_text(step)), None)
    if elsewhere:
        return say("cette phrase existe pour « {keyword} » ; @step la rendrait commune", keyword=elsewhere.keyword)
    bare = {_VALUE.sub("«»", plain(each.sentence)): each for each in definitions}
    near = get_close_matches(_VALUE.sub("«»", plain(step.name)), bare, n=1, cutoff=0.6)
    if near:
        found = bare[near[0]]
        return say("phrase voisine : « {sentence} » ({keyword})", sentence=found.sentence, keyword=found.keyword)
    return say("définissez-la dans steps/phrases")
