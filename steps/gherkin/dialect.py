"""Gherkin's French keywords, and what resembles them.

The words come from gherkin-official's own table, so that they are those that pytest-bdd will read. A line that is
close to a keyword without being one is how a step or a scenario vanishes: this module says which keyword was meant.
"""

import re

from gherkin.dialect import Dialect

from steps.gherkin.typographie import fold, plain

LANGUAGE = "fr"
_found = Dialect.for_name(LANGUAGE)
if _found is None:  # pragma: no cover - gherkin-official has always had French
    raise RuntimeError(LANGUAGE)
FRENCH: Dialect = _found

FEATURE, RULE, BACKGROUND, EXAMPLES = "Fonctionnalité", "Règle", "Contexte", "Exemples"
SCENARIO, OUTLINE, EXAMPLE = "Scénario", "Plan du scénario", "Exemple"

BLOCK_KEYWORDS = tuple(
    sorted(
        {
            *FRENCH.feature_keywords,
            *FRENCH.rule_keywords,
            *FRENCH.background_keywords,
            *FRENCH.scenario_keywords,
            *FRENCH.scenario_outline_keywords,
            *FRENCH.examples_keywords,
        },
        key=lambda word: (-len(word), word),
    )
)
CONJUNCTIONS = tuple(word for word in (*FRENCH.and_keywords, *FRENCH.but_keywords) if word != "* ")
_STARTS = (*FRENCH.given_keywords, *FRENCH.when_keywords, *FRENCH.then_keywords)
STEP_KEYWORDS = tuple(
    sorted({word for word in (*_STARTS, *CONJUNCTIONS) if word != "* "}, key=lambda word: (-len(word), word))
)

# What Gherkin accepts but French does not write so.
CORRECT_SPELLING = {word: word.replace("Etant", "Étant") for word in STEP_KEYWORDS if word.startswith("Etant")} | {
    "Plan du Scénario": OUTLINE
}

# Block keywords of other languages, and French ones that Gherkin never had. Keys are folded.
_MISTAKEN_BLOCKS = {
    "feature": FEATURE,
    "caracteristique": FEATURE,
    "rule": RULE,
    "regles": RULE,
    "background": BACKGROUND,
    "arriere-plan": BACKGROUND,
    "scenario outline": OUTLINE,
    "scenario template": OUTLINE,
    "schema du scenario": OUTLINE,
    "schema de scenario": OUTLINE,
    "modele de scenario": OUTLINE,
    "plan de scenario": OUTLINE,
    "plan": OUTLINE,
    "cas": SCENARIO,
    "cas de test": SCENARIO,
    "examples": EXAMPLES,
    "scenarios": SCENARIO,
    "jeu d'exemples": EXAMPLES,
}
_MISTAKEN_STEPS = {
    "given ": "Étant donné",
    "when ": "Quand",
    "then ": "Alors",
    "and ": "Et",
    "but ": "Mais",
    "lorsqu ": "Lorsqu'",
}

_SHORT, _LONG = 5, 8


def block_keyword(text: str) -> str | None:
    """Return the block keyword that opens `text` (already stripped) exactly as Gherkin wants it, or None."""
    return next((word for word in BLOCK_KEYWORDS if text.startswith(f"{word}:")), None)


def step_keyword(text: str) -> str | None:
    """Return the step keyword that opens `text` (already stripped), with its space or apostrophe, or None."""
    return next((word for word in STEP_KEYWORDS if text.startswith(word)), None)


def nearest_block(head: str) -> str | None:
    """Return the block keyword that `head`, found before a colon, was probably meant to be."""
    folded = fold(head)
    if folded in _MISTAKEN_BLOCKS:
        return _MISTAKEN_BLOCKS[folded]
    candidates = [(distance(folded, fold(word)), word) for word in BLOCK_KEYWORDS if word != "Plan du Scénario"]
    gap, word = min(candidates)
    return word if gap <= _tolerance(fold(word)) else None


def nearest_step(text: str) -> str | None:
    """Return the step keyword that `text` probably meant to begin with; prose gives None.

    Case, accents and apostrophes do not count; long keywords may also have a letter or two wrong. Short ones may not:
    « Sont » is one letter from « Soit ».
    """
    folded = fold(plain(text)) + " "
    for wrong, meant in _MISTAKEN_STEPS.items():
        if folded.startswith(wrong):
            return meant
    for word in STEP_KEYWORDS:
        if folded.startswith(_fold_keyword(word)):
            return CORRECT_SPELLING.get(word, word).strip()
    for word in STEP_KEYWORDS:
        if _resembles(folded, _fold_keyword(word)):
            return CORRECT_SPELLING.get(word, word).strip()
    return None


def keyword_without_colon(text: str) -> str | None:
    """Return the block keyword that opens `text` without a colon anywhere near, for those that no prose begins with."""
    candidates = (OUTLINE, FEATURE, SCENARIO, EXAMPLES)
    folded = fold(text)
    return next((word for word in candidates if re.match(rf"{re.escape(fold(word))}(?: |$)", folded)), None)


def distance(one: str, other: str) -> int:
    """Return the number of letters to add, remove, change or swap with their neighbour to go from `one` to `other`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        current = [i]
        for j, target in enumerate(other, start=1):
            best = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (letter != target))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == target:
                best = min(best, before[j - 2] + 1)
            current.append(best)
        before, row = row, current
    return row[-1]


def _fold_keyword(word: str) -> str:
    return fold(word) + (" " if word.endswith(" ") else "")


def _resembles(folded: str, keyword: str) -> bool:
    tolerance = _tolerance(keyword)
    lengths = range(len(keyword) - tolerance, len(keyword) + tolerance + 1)
    return tolerance > 0 and any(distance(folded[:length], keyword) <= tolerance for length in lengths)


def _tolerance(keyword: str) -> int:
    if len(keyword) <= _SHORT:
        return 0
    return 1 if len(keyword) <= _LONG else 2
