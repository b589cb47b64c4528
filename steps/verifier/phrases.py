"""The phrase book: every sentence of `steps.phrases`, what it means, a real example, and where the features say it.

Made from the definitions as pytest-bdd registered them and from the features as Gherkin reads them: nothing is written
by hand. `steps.verifier.phrases_publication` makes a file of it, which the product shows without knowing the steps.
"""

import importlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from pytest_bdd.steps import step_function_context_registry

from steps.definitions.definitions import KEYWORDS, Definition
from steps.definitions.inventaire import relative
from steps.definitions.phrase import KINDS, QUOTED, Parameter, Phrase
from steps.gherkin.source import SourceFile
from steps.gherkin.typographie import fold, say
from steps.phrases import CHAPITRES, LIBELLES, MODULES, PARAMETRES
from steps.verifier.phrases_emplois import Index, Said, index, said

Data: TypeAlias = "str | int | Sequence[Data] | dict[str, Data]"

QUOTED_FORM = "guillemets"
FORMS = {"": "texte", "d": "nombre", "mot": "mot"}
TYPES = ("given", "when", "then")
_GUIDE = "guide/"
_SEEN, _LONGEST_SEEN = 3, 60
_KIND = re.compile(r":\w+(?=\})")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_QUE = ("que ", "qu'")


class PhraseBookError(Exception):
    """The book would be incomplete: the message says in French, line after line, what is not explained."""


@dataclass
class Entry:
    """One sentence, whatever the keywords under which it is known, and all that the features say with it."""

    definition: Definition
    parser: Phrase
    types: set[str]
    uses: list[Said] = field(default_factory=list)

    def says(self, step: Said) -> bool:
        """Say whether pytest-bdd would take this sentence for `step`."""
        return step.type in self.types and self.parser.is_matching(step.text)


def book(files: Iterable[SourceFile], root: Path) -> dict[str, Data]:
    """Return the whole book as plain data. Raises PhraseBookError when something in it is not explained.

    `root` is the folder below which the definitions are named when something is missing.
    """
    chapters = {module: _entries(module) for module in MODULES}
    entries = [entry for found in chapters.values() for entry in found]
    _require_meanings(entries, root)
    indexes = _look_for_uses(entries, files)
    anchors = _anchors(entries)
    forms: dict[str, Data] = {QUOTED_FORM: QUOTED.pattern}
    forms.update((form, KINDS[kind].pattern) for kind, form in FORMS.items())
    return {
        "formes": forms,
        "chapitres": [
            {
                "nom": module.rpartition(".")[2],
                "titre": chapter.titre,
                "texte": chapter.texte,
                "phrases": [_entry(entry, anchors[entry.parser.name]) for entry in chapters[module]],
            }
            for module, chapter in zip(MODULES, CHAPITRES.values(), strict=True)
        ],
        "fonctionnalites": [
            {
                "fichier": each.file,
                "titre": each.title,
                "scenarios": {str(line): title for line, title in each.holders},
            }
            for each in indexes
        ],
    }


def _entries(module: str) -> list[Entry]:
    """Return the sentences of `module` in the order in which it defines them."""
    functions = vars(importlib.import_module(module))
    found: dict[str, Entry] = {}
    for context in reversed(tuple(step_function_context_registry.values())):
        function = context.step_func
        # A module that was imported twice has left its first definitions behind.
        if function.__module__ != module or functions.get(function.__name__) is not function:
            continue
        definition = Definition(context)
        if not isinstance(definition.parser, Phrase):
            raise PhraseBookError(say("« {name} » : une phrase s'écrit avec phrase(…)", name=definition.sentence))
        entry = found.setdefault(definition.sentence, Entry(definition, definition.parser, set()))
        entry.types |= {context.type} if context.type else set(TYPES)
    return sorted(found.values(), key=lambda entry: entry.definition.line)


def _require_meanings(entries: Iterable[Entry], root: Path) -> None:
    missing = [line for entry in entries for line in _missing(entry, root)]
    if missing:
        raise PhraseBookError("\n".join(missing))


def _missing(entry: Entry, root: Path) -> Iterator[str]:
    place = f"{relative(entry.definition.file, root)}:{entry.definition.line}"
    if not entry.parser.meaning:
        message = say("« {name} » n'a pas de sens : donnez-le à phrase(), après la phrase", name=entry.parser.name)
        yield f"{place}: {message}"
    for parameter in entry.parser.parameters:
        if not (parameter.meaning or parameter.name in PARAMETRES):
            message = say(
                "« {name} » : dites ce qu'est « {parameter} »", name=entry.parser.name, parameter=parameter.name
            )
            yield f"{place}: {message}"


def _look_for_uses(entries: Sequence[Entry], files: Iterable[SourceFile]) -> list[Index]:
    """Give each entry its uses; return the titles of the features they come from."""
    indexes: list[Index] = []
    for file in files:
        if file.feature is None:
            continue
        indexes.append(index(file, file.feature))
        for step in said(file, file.feature):
            for entry in entries:
                if entry.says(step):
                    entry.uses.append(step)
    return indexes


def _anchors(entries: Iterable[Entry]) -> dict[str, str]:
    """Return a name for each sentence that an address may end with; it changes only when the sentence does."""
    anchors = {
        entry.parser.name: _NOT_A_WORD.sub("-", fold(_KIND.sub("", entry.parser.name))).strip("-") for entry in entries
    }
    for anchor, number in Counter(anchors.values()).items():
        if number > 1:
            raise PhraseBookError(say("plusieurs phrases se rangeraient sous « {anchor} »", anchor=anchor))
    return anchors


def _entry(entry: Entry, anchor: str) -> dict[str, Data]:
    accepted = entry.definition.accepted
    data: dict[str, Data] = {
        "phrase": entry.parser.name,
        "ancre": anchor,
        "mots": [KEYWORDS[each] for each in TYPES if each in entry.types],
        "sens": entry.parser.meaning,
        "parametres": [_parameter(entry, each) for each in entry.parser.parameters],
    }
    below = [form for form, argument in (("table", "datatable"), ("texte", "docstring")) if argument in accepted]
    if below:
        data["dessous"] = below[0]
    if entry.uses:
        data["exemple"] = _example(min(entry.uses, key=lambda use: _readability(entry, use)))
    data["emplois"] = list(dict.fromkeys(use.place for use in entry.uses))
    return data


def _parameter(entry: Entry, parameter: Parameter) -> dict[str, Data]:
    data: dict[str, Data] = {
        "nom": parameter.name,
        "libelle": LIBELLES.get(parameter.name, parameter.name.replace("_", " ")),
        "forme": QUOTED_FORM if parameter.quoted else FORMS[parameter.kind],
        "sens": parameter.meaning or PARAMETRES.get(parameter.name, ""),
    }
    if parameter.values:
        data["valeurs"] = list(parameter.values)
    elif seen := _seen(entry, parameter):
        data["vues"] = seen
    return data


def _seen(entry: Entry, parameter: Parameter) -> list[str]:
    """Return the values that the features give most often to a parameter."""
    values: Counter[str] = Counter()
    for use in entry.uses:
        value = str((entry.parser.parse_arguments(use.text) or {}).get(parameter.name, "")).strip()
        if value and len(value) <= _LONGEST_SEEN and "\n" not in value:
            values[value] += 1
    return [value for value, _ in values.most_common(_SEEN)]


def _readability(entry: Entry, use: Said) -> tuple[object, ...]:
    """Return what makes one use a better example than another: the smallest is the best."""
    quotes = use.text.count("«") - entry.parser.name.count("«")
    empty = "« »" in use.text or any(not cell for row in use.table for cell in row)
    size = len(use.text) + sum(len(cell) for row in use.table for cell in row) + len(use.block)
    return quotes, empty, not use.file.startswith(_GUIDE), size, use.file, use.line


def _example(use: Said) -> dict[str, Data]:
    word = KEYWORDS[use.type]
    if use.type == "given":
        word = f"{word} {_QUE[fold(use.text)[0] in 'aeiou']}".rstrip()
    data: dict[str, Data] = {"mot": word, "texte": use.text}
    if use.table:
        data["table"] = [list(row) for row in use.table]
    if use.block:
        data["bloc"] = use.block
    return data
