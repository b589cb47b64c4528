"""Rules on keywords: what Gherkin would take for a description, and everything it contains with it.

Three of the six ways of being green in silence are here: a keyword mistyped, a block unknown, a step unplayed.
"""

import re
from collections.abc import Iterator

from steps.gherkin import dialect
from steps.gherkin.document import Feature
from steps.gherkin.source import QUOTES, Form, Line, SourceFile
from steps.gherkin.typographie import fold, say
from steps.verifier.findings import Finding

_HEAD = re.compile(r"(?P<head>[^:|«]{1,40}?)(?P<gap>\s*):")
_PLAYED = frozenset({Form.STEP, Form.TABLE, Form.QUOTES})
_MEANT = frozenset({Form.STEP, Form.TABLE, Form.BLOCK})
_COMMENT = re.compile(r"#\s*(?P<text>.*)")


def check_lines(file: SourceFile) -> Iterator[Finding]:
    """FR201 to FR204: lines that resemble a keyword without being one."""
    for line in file.lines:
        if line.form is Form.OTHER:
            yield from _check_other(file, line)
        elif line.form is Form.BLOCK and not re.match(rf"\s*{re.escape(line.keyword)}:(?: \S|\s*$)", line.text):
            message = say("après « {keyword}: », une espace et une seule", keyword=line.keyword)
            yield Finding(file.name, line.number, "FR201", message, f"{line.keyword}: … (--fix)")


def _check_other(file: SourceFile, line: Line) -> Iterator[Finding]:
    head = _HEAD.match(line.stripped)
    meant = dialect.nearest_block(head["head"]) if head else None
    if head and meant:
        if head["head"] in dialect.BLOCK_KEYWORDS:
            message = say("espace avant les deux-points : Gherkin ne reconnaît pas ce bloc")
            yield Finding(file.name, line.number, "FR201", message, f"{head['head']}: … (--fix)")
        else:
            message = say("mot-clé de bloc inconnu « {head} » : tout le bloc disparaîtrait", head=head["head"].strip())
            yield Finding(file.name, line.number, "FR202", message, f"{meant}: …")
        return
    bare = dialect.keyword_without_colon(line.stripped)
    if bare:
        message = say("deux-points absents après « {keyword} » : le bloc disparaîtrait", keyword=bare)
        yield Finding(file.name, line.number, "FR203", message, f"{bare}: …")
        return
    step = dialect.nearest_step(line.stripped)
    if step:
        message = say(
            "cette ligne ressemble à une étape mais Gherkin n'en fait pas une : « {text} »", text=line.stripped
        )
        suggestion = say("commencez-la par « {keyword} », ou tournez la phrase autrement", keyword=step)
        yield Finding(file.name, line.number, "FR204", message, suggestion)


def check_swallowed(file: SourceFile, feature: Feature) -> Iterator[Finding]:
    """FR205: a step, a table or a block that stands where Gherkin reads a description.

    Of lines that follow one another, the first is reported.
    """
    read = _lines_read(feature)
    before = False
    for line in file.lines:
        if line.form is Form.EMPTY:
            continue
        swallowed = line.number not in read and (line.form in _MEANT or _opens_quotes(line))
        if swallowed and not before:
            message = say("ligne avalée par la description qui précède : « {text} »", text=line.stripped)
            yield Finding(file.name, line.number, "FR205", message, say("placez-la dans un scénario, après son titre"))
        before = swallowed


def _opens_quotes(line: Line) -> bool:
    """Say whether `line` would open a doc string and Gherkin did not read it so."""
    return line.form is Form.OTHER and line.stripped.startswith(QUOTES)


def _lines_read(feature: Feature) -> frozenset[int]:
    """Return the lines that Gherkin understood as a block, a step, a row of a table or the start of a doc string."""
    lines = {block.line for block in (feature, *feature.backgrounds, *feature.rules, *feature.scenarios)}
    for step in feature.all_steps():
        lines |= {step.line, *(row.line for row in step.table)} | ({step.docstring} if step.docstring else set())
    for scenario in feature.scenarios:
        for examples in scenario.examples:
            lines |= {examples.line, *(row.line for row in (examples.header, *examples.rows) if row)}
    return frozenset(lines)


def check_keywords(file: SourceFile, feature: Feature) -> Iterator[Finding]:
    """FR206 to FR209: the keywords that Gherkin accepts and that this project does not."""
    for scenario in feature.scenarios:
        if scenario.keyword == dialect.EXAMPLE:
            message = say("« Exemple: » commence un scénario, il n'introduit pas de table")
            yield Finding(file.name, scenario.line, "FR206", message, "Scénario: …  |  Exemples: …")
    for block in feature.scenarios:
        yield from _check_spelling(file, block.line, block.keyword)
    for holder in feature.holders:
        for step in holder.steps:
            yield from _check_spelling(file, step.line, step.keyword)
            if step.keyword == "* ":
                suggestion = say("Étant donné, Quand, Alors, Et ou Mais")
                yield Finding(file.name, step.line, "FR207", say("étape sans mot-clé (« * »)"), suggestion)
        first = holder.steps[0] if holder.steps else None
        if first and first.keyword in dialect.CONJUNCTIONS:
            message = say("« {keyword} » n'a rien à prolonger", keyword=first.keyword.strip())
            yield Finding(file.name, first.line, "FR208", message, say("commencez par Étant donné, Quand ou Alors"))


def _check_spelling(file: SourceFile, line: int, keyword: str) -> Iterator[Finding]:
    correct = dialect.CORRECT_SPELLING.get(keyword)
    if correct:
        message = say("« {keyword} » s'écrit « {correct} »", keyword=keyword.strip(), correct=correct.strip())
        yield Finding(file.name, line, "FR209", message, f"{correct.strip()} (--fix)")


def check_descriptions(file: SourceFile) -> Iterator[Finding]:
    """FR210: prose that touches the steps or the table below it may be a step that nobody will play."""
    for line, following in zip(file.lines, file.lines[1:], strict=False):
        if line.form is Form.OTHER and following.form in _PLAYED and not line.stripped.startswith("* "):
            message = say("cette ligne est lue comme une description : « {text} »", text=line.stripped)
            suggestion = say("si c'est une étape, corrigez son mot-clé ; sinon, laissez une ligne vide après elle")
            yield Finding(file.name, line.number, "FR210", message, suggestion)


def check_comments(file: SourceFile, feature: Feature | None) -> Iterator[Finding]:
    """FR211: a scenario or a step put in a comment is one that nobody will miss."""
    steps = [step.line for step in feature.all_steps()] if feature else []
    for line in file.lines:
        match = _COMMENT.match(line.stripped) if line.form is Form.COMMENT else None
        if not match:
            continue
        text = match["text"]
        head = _HEAD.match(text)
        block = bool(head and any(fold(head["head"]) == fold(word) for word in dialect.BLOCK_KEYWORDS))
        among_steps = bool(steps) and min(steps) < line.number and line.indentation > 0
        if block or (among_steps and dialect.step_keyword(text)):
            message = say("mis en commentaire : « {text} »", text=text)
            yield Finding(
                file.name, line.number, "FR211", message, say("retirez-le, ou étiquetez le scénario @a_faire")
            )
