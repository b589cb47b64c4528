"""The lint of the features: every rule on every file, and what Gherkin itself refuses, said in French."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from steps.gherkin.source import SourceFile
from steps.gherkin.typographie import say
from steps.verifier import rules_keywords, rules_structure, rules_tags, rules_text, rules_words
from steps.verifier.citations import check_source
from steps.verifier.findings import Finding

_ON_THE_TEXT = (
    rules_text.check_header,
    rules_text.check_encoding,
    rules_text.check_file_name,
    rules_text.check_characters,
    rules_text.check_blanks,
    rules_text.check_length,
    rules_keywords.check_lines,
    rules_keywords.check_descriptions,
)
_ON_THE_TREE = (
    rules_keywords.check_swallowed,
    rules_keywords.check_keywords,
    rules_structure.check_content,
    rules_structure.check_kinds_of_steps,
    rules_structure.check_examples,
    rules_structure.check_rules,
    rules_structure.check_indentation,
    rules_tags.check_tags,
    rules_words.check_wording,
)

# What these say of a line explains what Gherkin, or the rules in the second set, would say of it again.
_EXPLAIN = frozenset({"FR201", "FR202", "FR203", "FR204"})
_EXPLAINED = frozenset({"FR005", "FR205", "FR210"})

# Gherkin's English, by what only that message contains.
_IN_FRENCH = {
    "unexpected end of file": "le fichier s'arrête au milieu d'un bloc",
    "inconsistent cell count": "les lignes de cette table n'ont pas toutes le même nombre de cases",
    "may not contain whitespace": "une étiquette ne contient pas d'espace, et n'est suivie que d'autres étiquettes",
}


def lint(files: Iterable[SourceFile]) -> list[Finding]:
    """Return everything that is wrong with `files`, looked at one by one and all together."""
    files = list(files)
    findings = [finding for file in files for finding in _check(file)]
    findings += rules_structure.check_names([(file, file.feature) for file in files if file.feature])
    return sorted(set(findings))


def _check(file: SourceFile) -> list[Finding]:
    found = [finding for rule in _ON_THE_TEXT for finding in rule(file)]
    found += rules_keywords.check_comments(file, file.feature)
    found += _unread(file)
    if file.feature:
        found += [finding for rule in _ON_THE_TREE for finding in rule(file, file.feature)]
        found += check_source(file)
    return list(_without_echoes(found))


def _unread(file: SourceFile) -> Iterator[Finding]:
    """FR005: what Gherkin refuses; after the first, its complaints are mostly consequences."""
    for error in file.errors[:1]:
        text = file.lines[error.line - 1].stripped if error.line <= len(file.lines) else ""
        known = next((french for english, french in _IN_FRENCH.items() if english in error.message), None)
        message = say(known) if known else say("Gherkin n'attend pas cette ligne ici : « {text} »", text=text)
        suggestion = say("vérifiez le mot-clé et ses deux-points, et ce qui précède")
        yield Finding(file.name, error.line, "FR005", message, suggestion)
    if not file.errors and not file.feature:
        suggestion = say("commencez par « {keyword} … »", keyword="Fonctionnalité:")
        yield Finding(file.name, 1, "FR005", say("fichier sans fonctionnalité"), suggestion)


def _without_echoes(findings: list[Finding]) -> Iterator[Finding]:
    codes: dict[int, set[str]] = defaultdict(set)
    for finding in findings:
        codes[finding.line].add(finding.code)
    for finding in findings:
        if not (finding.code in _EXPLAINED and codes[finding.line] & _EXPLAIN):
            yield finding
