"""The parser of a step's sentence: `@when(phrase("je vérifie l'identifiant « {identifiant} »"))`.

A sentence is French text with parameters in braces. Both the sentence of the code and the sentence of the feature are
read in their plain form (NFC, ordinary spaces, straight apostrophes), so that an invisible U+00A0 never makes a step
unknown. It knows Gherkin's words only to refuse a sentence that could never be reached.

Values
    `« {x} »`  any text, the empty one included (`« »` or `«  »`). Exactly one space on each side belongs to the
               guillemets; the rest is the value, outer spaces included. Inside, « … » may be nested, as long as they
               are paired; a guillemet without its inner space (`a»b`) is a plain character. So a value never runs
               over into the next « … »: one sentence has one reading.
    `{x}`      outside guillemets: at least one character, no outer space, no guillemet.
    `{n:d}`    an integer, given as `int`; `{x:mot}` one word without space.

A value is given to the step in NFC and otherwise as it was typed in the feature: its apostrophes and spaces are not
touched, since they may be what the scenario is about. Compare it to a screen with
`steps.gherkin.typographie.plain` on both.

What the sentence means, in French, is said beside it: the phrase book (`steps.verifier.phrases`) has no other source.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pytest_bdd.parsers import StepParser

from steps.gherkin.typographie import compose, plain, say

RESERVED_NAMES = frozenset({"datatable", "docstring", "request"})

_PLACEHOLDER = re.compile(r"\{(?P<name>\w+)(?::(?P<kind>\w+))?\}")
_ANY_BRACE = re.compile(r"[{}]")
_UNREACHABLE = re.compile(
    r"(?:que |qu'|étant donné|quand |lorsqu|soit |sachant |alors |donc |et |mais )", re.IGNORECASE
)


class PhraseError(ValueError):
    """A sentence that cannot be a step: the message says, in French, what is wrong with it."""


@dataclass(frozen=True)
class Kind:
    """How the value of a parameter is written, how it is read, and one value that shows it."""

    pattern: str
    read: Callable[[str], object]
    sample: str


@dataclass(frozen=True)
class Parameter:
    """One parameter of a sentence; `meaning` and `values` (all that it may be) are for the phrase book."""

    name: str
    kind: str
    quoted: bool
    meaning: str = ""
    values: tuple[str, ...] = ()


def _paired(depth: int) -> str:
    """Return the expression of a text whose dressed « … » are paired, nested `depth` times at most."""
    plain_character = r"[^«»]|«(?! )|(?<! )»"
    if depth == 0:
        return f"(?:{plain_character})*"
    return f"(?:{plain_character}|«(?: {_paired(depth - 1)})? »)*"


QUOTED = Kind(_paired(2), str, "valeur")
KINDS = {
    "": Kind(r"[^\s«»](?:[^«»]*?[^\s«»])?", str, "valeur"),
    "d": Kind(r"[+-]?[0-9]+", int, "7"),
    "mot": Kind(r"[^\s«»]+", str, "mot"),
}


@dataclass(frozen=True)
class _Sentence:
    """A sentence cut at its parameters: `len(literals) == len(parameters) + 1`."""

    literals: tuple[str, ...]
    parameters: tuple[Parameter, ...] = field(default=())

    def pieces(self) -> Iterator[tuple[str, Parameter | None]]:
        """Yield each literal with the parameter that follows it (none after the last)."""
        yield from zip(self.literals, (*self.parameters, None), strict=True)


class Phrase(StepParser):
    """A sentence of the phrase book.

    `name` is the sentence itself in plain form, `meaning` what it means, `parameters` its parameters in order, `shape`
    the sentence with the names of its parameters erased: two sentences of one shape are one sentence.
    """

    def __init__(self, text: str, meaning: str = "", about: Mapping[str, str | Iterable[str]] | None = None) -> None:
        """Read `text`; raise PhraseError if it is no sentence of a step, or if `about` names no parameter of it."""
        super().__init__(plain(text))
        self._sentence = _cut(self.name)
        self.meaning = meaning
        self.parameters = _explained(self.name, self._sentence.parameters, about or {})
        self.shape = "".join(
            literal + (f"{{:{parameter.kind}}}" if parameter else "") for literal, parameter in self._sentence.pieces()
        )
        self._regex = re.compile(_expression(self._sentence), re.DOTALL)

    def __repr__(self) -> str:
        return f"phrase({self.name!r})"

    def is_matching(self, name: str) -> bool:
        """Say whether the step text `name` is this sentence."""
        return self._regex.fullmatch(plain(name)) is not None

    def parse_arguments(self, name: str) -> dict[str, object] | None:
        """Return the value of each parameter in the step text `name`, or None if it is another sentence."""
        match = self._regex.fullmatch(plain(name))
        if match is None:
            return None
        typed = compose(name)  # As long as the plain form: the same positions hold the value as it was typed.
        return {
            parameter.name: _kind(parameter).read(
                typed[slice(*match.span(parameter.name))] if match[parameter.name] else ""
            )
            for parameter in self.parameters
        }

    def render(self, **values: object) -> str:
        """Return the sentence said with `values`; a parameter left out is said with a sample value."""
        return "".join(
            literal + (str(values.get(parameter.name, _kind(parameter).sample)) if parameter else "")
            for literal, parameter in self._sentence.pieces()
        )


def phrase(text: str, meaning: str = "", /, **about: str | Iterable[str]) -> Phrase:
    """Return the parser of the sentence `text`, to be given to `@given`, `@when`, `@then` or `@step`.

    `meaning` says it in other words, in French, for who writes scenarios. `about` does so for a parameter: what it is,
    or all the values that it may take.
    """
    return Phrase(text, meaning, about)


def _kind(parameter: Parameter) -> Kind:
    return QUOTED if parameter.quoted else KINDS[parameter.kind]


def _cut(text: str) -> _Sentence:
    """Cut a plain sentence at its parameters and refuse what could never match, or in two ways."""
    matches = list(_PLACEHOLDER.finditer(text))
    edges = [(0, 0), *(match.span() for match in matches), (len(text), len(text))]
    literals = tuple(text[before[1] : after[0]] for before, after in pairwise(edges))
    parameters = tuple(
        Parameter(
            name=match["name"],
            kind=match["kind"] or "",
            quoted=not match["kind"] and literals[i].endswith("« ") and literals[i + 1].startswith(" »"),
        )
        for i, match in enumerate(matches)
    )
    _refuse_bad_text(text, literals)
    _refuse_bad_parameters(text, parameters)
    return _Sentence(literals, parameters)


def _refuse_bad_text(text: str, literals: tuple[str, ...]) -> None:
    if not text or text != text.strip():
        raise PhraseError(
            say("« {text} » : une phrase n'est pas vide et ne commence ni ne finit par une espace", text=text)
        )
    if _UNREACHABLE.match(text):
        message = "« {text} » : une phrase commence après le mot-clé (« que » en fait partie : « Étant donné que »)"
        raise PhraseError(say(message, text=text))
    if any(_ANY_BRACE.search(literal) for literal in literals):
        raise PhraseError(
            say("« {text} » : accolades mal formées ; un paramètre s'écrit {{nom}} ou {{nom:d}}", text=text)
        )
    if "" in literals[1:-1]:
        raise PhraseError(say("« {text} » : deux paramètres qui se touchent ont plusieurs lectures", text=text))


def _refuse_bad_parameters(text: str, parameters: tuple[Parameter, ...]) -> None:
    names = [parameter.name for parameter in parameters]
    for name in names:
        if not name.isidentifier() or name in RESERVED_NAMES:
            raise PhraseError(say("« {text} » : « {name} » ne peut pas nommer un paramètre", text=text, name=name))
        if names.count(name) > 1:
            raise PhraseError(say("« {text} » : le paramètre « {name} » est nommé deux fois", text=text, name=name))
    for parameter in parameters:
        if parameter.kind not in KINDS:
            known = ", ".join(kind for kind in KINDS if kind)
            message = "« {text} » : type « {kind} » inconnu ; types connus : {known}"
            raise PhraseError(say(message, text=text, kind=parameter.kind, known=known))


def _explained(
    text: str, parameters: tuple[Parameter, ...], about: Mapping[str, str | Iterable[str]]
) -> tuple[Parameter, ...]:
    """Return `parameters` with what `about` says of them."""
    strangers = sorted(about.keys() - {parameter.name for parameter in parameters})
    if strangers:
        raise PhraseError(say("« {text} » : « {name} » n'est pas un de ses paramètres", text=text, name=strangers[0]))

    def explain(parameter: Parameter, said: str | Iterable[str]) -> Parameter:
        return replace(parameter, meaning=said) if isinstance(said, str) else replace(parameter, values=tuple(said))

    return tuple(explain(each, about[each.name]) if each.name in about else each for each in parameters)


def _expression(sentence: _Sentence) -> str:
    """Return the regular expression of a sentence; around a quoted value, `« »` alone stands for the empty text."""
    expression = ""
    closing = False
    for literal, parameter in sentence.pieces():
        fixed = literal.removeprefix(" »") if closing else literal
        opening = parameter is not None and parameter.quoted
        expression += re.escape(fixed.removesuffix(" ") if opening else fixed)
        if parameter is not None:
            group = f"(?P<{parameter.name}>{_kind(parameter).pattern})"
            expression += f"(?: {group})? »" if opening else group
        closing = opening
    return expression
