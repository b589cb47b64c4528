"""Rules on what a feature is made of: names, steps, examples, and how far each line stands from the margin."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from steps.gherkin import dialect, etiquettes
from steps.gherkin.document import Block, Examples, Feature, Row, Scenario, Step
from steps.gherkin.sentences import mask
from steps.gherkin.source import Form, SourceFile
from steps.gherkin.typographie import fold, say
from steps.verifier.findings import Finding

_PARAMETER = re.compile(r"<(?P<name>[^<>]+)>")


def check_content(file: SourceFile, feature: Feature) -> Iterator[Finding]:
    """FR301, FR306 and FR307: nothing empty."""
    for block in (feature, *feature.rules, *feature.scenarios):
        if not block.name:
            message = say("« {keyword}: » sans nom", keyword=block.keyword)
            yield Finding(file.name, block.line, "FR306", message, say("dites en une phrase ce qui est promis"))
    for holder in feature.holders:
        if not holder.steps:
            message = say("« {keyword}: » sans étape : il passerait sans rien vérifier", keyword=holder.keyword)
            suggestion = say("écrivez ses étapes, ou retirez-le")
            yield Finding(file.name, holder.line, "FR301", message, suggestion)
    for block in (feature, *feature.rules):
        if not any(block in (feature, scenario.rule) for scenario in feature.scenarios):
            message = say("« {keyword}: » sans aucun scénario", keyword=block.keyword)
            yield Finding(file.name, block.line, "FR307", message, say("vérifiez l'orthographe de « Scénario: »"))


def check_kinds_of_steps(file: SourceFile, feature: Feature) -> Iterator[Finding]:
    """FR302 and FR303: a scenario acts, then looks at the outcome."""
    for scenario in feature.scenarios:
        if not scenario.steps:
            continue
        own = {step.type for step in scenario.steps}
        before = {step.type for step in feature.steps_before(scenario)}
        if "then" not in own:
            message = say("scénario sans « Alors » : il ne vérifie rien")
            yield Finding(file.name, scenario.line, "FR302", message, say("ajoutez ce que la personne constate"))
        if "when" not in own | before and etiquettes.SANS_GESTE not in feature.tags_of(scenario):
            suggestion = say("ajoutez le geste, ou l'étiquette @{tag}", tag=etiquettes.SANS_GESTE)
            yield Finding(file.name, scenario.line, "FR303", say("scénario sans « Quand »"), suggestion)


def check_examples(file: SourceFile, feature: Feature) -> Iterator[Finding]:
    """FR310 to FR314: an outline, its parameters and its tables agree."""
    for scenario in feature.scenarios:
        outline = scenario.keyword in dialect.FRENCH.scenario_outline_keywords
        if outline and not scenario.examples:
            message = say("plan de scénario sans « Exemples: » : il serait joué une fois, tel quel")
            yield Finding(file.name, scenario.line, "FR310", message, say("ajoutez « Exemples: » et sa table"))
        if not outline and scenario.examples:
            message = say("un scénario qui a des exemples est un plan")
            yield Finding(file.name, scenario.line, "FR313", message, "Plan du scénario: …")
        yield from _check_parameters(file, feature, scenario)
        seen: dict[frozenset[tuple[str, str]], int] = {}
        for examples in scenario.examples:
            yield from _check_table(file, examples, seen)
    columns = {name for scenario in feature.scenarios for name in _columns(scenario)}
    for background in feature.backgrounds:
        for step in background.steps:
            # pytest-bdd would fill it for the outlines, and leave it as it is for the other scenarios.
            filled = columns & set(_PARAMETER.findall(step.text))
            text = step.text if filled else mask(step.text)
            yield from _undefined(file, step.line, text, frozenset())


def _check_parameters(file: SourceFile, feature: Feature, scenario: Scenario) -> Iterator[Finding]:
    used = {name for line, text in _texts(scenario) for name in _PARAMETER.findall(text)}
    used |= {name for step in feature.steps_before(scenario) for name in _PARAMETER.findall(step.text)}
    for examples in scenario.examples:
        header = examples.header
        for column in header.cells if header else ():
            if header and column not in used:
                message = say("colonne « {column} » : aucune étape ne l'emploie", column=column)
                yield Finding(file.name, header.line, "FR311", message, say("retirez-la, ou écrivez <{c}>", c=column))
    known = _columns(scenario)
    for line, text in _texts(scenario):
        # Without examples, « <b> » inside guillemets is what someone types, not a parameter.
        yield from _undefined(file, line, text if scenario.examples else mask(text), known)


def _columns(scenario: Scenario) -> frozenset[str]:
    """Return the columns that all the tables of `scenario` have."""
    columns = [frozenset(examples.header.cells) for examples in scenario.examples if examples.header]
    return frozenset.intersection(*columns) if columns else frozenset()


def _undefined(file: SourceFile, line: int, text: str, known: frozenset[str]) -> Iterator[Finding]:
    for name in sorted(set(_PARAMETER.findall(text)) - known):
        message = say("paramètre <{name}> sans colonne dans tous les exemples", name=name)
        yield Finding(file.name, line, "FR312", message, say("ajoutez la colonne « {name} »", name=name))


def _texts(scenario: Scenario) -> Iterator[tuple[int, str]]:
    """Yield all that pytest-bdd renders with the examples: the title, the steps, their tables."""
    yield scenario.line, scenario.name
    for step in scenario.steps:
        yield step.line, step.text
        for row in step.table:
            yield from ((row.line, cell) for cell in row.cells)


def _check_table(
    file: SourceFile, examples: Examples, seen: dict[frozenset[tuple[str, str]], int]
) -> Iterator[Finding]:
    """Check one table; `seen` holds the examples of the tables before it, by what they say."""
    if examples.header is None or not examples.rows:
        message = say("« Exemples: » sans ligne de valeurs")
        yield Finding(file.name, examples.line, "FR310", message, say("une ligne de titres, puis une par exemple"))
        return
    for column, number in Counter(examples.header.cells).items():
        if number > 1:
            message = say("colonne « {column} » en double", column=column)
            yield Finding(file.name, examples.header.line, "FR314", message, say("renommez-la"))
    for row in examples.rows:
        example = frozenset(zip(examples.header.cells, row.cells, strict=True))
        if example in seen:
            message = say("même exemple qu'à la ligne {line}", line=seen[example])
            yield Finding(file.name, row.line, "FR314", message, say("retirez-le"))
        seen.setdefault(example, row.line)


def check_names(files: Iterable[tuple[SourceFile, Feature]]) -> Iterator[Finding]:
    """FR304 and FR305, over all the files: pytest-bdd keeps the last of two scenarios of one name."""
    for kind, code in (("scénario", "FR304"), ("fonctionnalité", "FR305")):
        seen: dict[str, tuple[str, int]] = {}
        for file, feature in files:
            blocks: tuple[Block, ...] = feature.scenarios if code == "FR304" else (feature,)
            for block in sorted(blocks, key=lambda each: each.line):
                first = seen.setdefault(fold(block.name), (file.name, block.line))
                if block.name and first != (file.name, block.line):
                    message = say(
                        "{kind} de même nom qu'en {file}:{line} : « {name} »",
                        kind=kind,
                        file=first[0],
                        line=first[1],
                        name=block.name,
                    )
                    yield Finding(file.name, block.line, code, message, say("nommez ce que celui-ci a de propre"))


def check_rules(file: SourceFile, feature: Feature) -> Iterator[Finding]:
    """FR308: after a « Règle », everything is hers, whatever the indentation says."""
    for scenario in feature.scenarios:
        if scenario.rule and scenario.column <= scenario.rule.column:
            message = say(
                "ce scénario appartient à la règle « {rule} », que l'indentation le veuille ou non",
                rule=scenario.rule.name,
            )
            suggestion = say("placez-le avant la première règle, ou décalez-le sous la sienne")
            yield Finding(file.name, scenario.line, "FR308", message, suggestion)


def check_indentation(file: SourceFile, feature: Feature) -> Iterator[Finding]:
    """FR309: what is alike stands at the same distance from the margin, what is inside stands further."""
    top: list[Block] = [block for block in (feature.background, *feature.rules) if block]
    top += [scenario for scenario in feature.scenarios if scenario.rule is None]
    yield from _aligned(file, top, "les blocs de la fonctionnalité")
    for rule in feature.rules:
        inside: list[Block] = [scenario for scenario in feature.scenarios if scenario.rule is rule]
        yield from _aligned(file, [*([rule.background] if rule.background else []), *inside], "les blocs de la règle")
    for holder in feature.holders:
        yield from _aligned(file, holder.steps, "les étapes", beyond=holder.column)
        for step in holder.steps:
            yield from _aligned(file, step.table, "les lignes de la table", beyond=step.column)
    for scenario in feature.scenarios:
        yield from _aligned(file, scenario.examples, "les exemples", beyond=scenario.column)
        for examples in scenario.examples:
            rows = [row for row in (examples.header, *examples.rows) if row]
            yield from _aligned(file, rows, "les lignes des exemples", beyond=examples.column)
    yield from _tags_above(file)


def _aligned(
    file: SourceFile, parts: Iterable[Block | Step | Examples | Row], what: str, beyond: int = 0
) -> Iterator[Finding]:
    ordered = sorted(parts, key=lambda part: part.line)
    usual = Counter(part.column for part in ordered).most_common(1)
    for part in ordered:
        if part.column != usual[0][0] or part.column <= beyond:
            here = part.column - 1
            message = say("{what} : indentation de {here}, irrégulière ou insuffisante", what=what, here=here)
            yield Finding(file.name, part.line, "FR309", message, say("deux espaces de plus par niveau"))


def _tags_above(file: SourceFile) -> Iterator[Finding]:
    """Tags stand at the margin of the block they are about."""
    waiting: list[tuple[int, int]] = []
    for line in file.lines:
        if line.form is Form.TAGS:
            waiting.append((line.number, line.indentation))
        elif line.form is Form.BLOCK:
            for number, indentation in waiting:
                if indentation != line.indentation:
                    message = say(
                        "étiquettes à {here} espaces, leur bloc à {there}", here=indentation, there=line.indentation
                    )
                    yield Finding(file.name, number, "FR309", message, say("alignez-les sur leur bloc"))
            waiting = []
