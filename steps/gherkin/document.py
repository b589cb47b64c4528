"""A feature as Gherkin understands it: gherkin-official's tree, in frozen values of our own.

It is what pytest-bdd will see, no more: what Gherkin takes for description is not here. Types of steps are those of
pytest-bdd (`given`, `when`, `then`), « Et » having the type of the step before it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser
from gherkin.token_matcher import TokenMatcher
from pytest_bdd.types import STEP_TYPE_BY_PARSER_KEYWORD

from steps.gherkin.dialect import LANGUAGE


@dataclass(frozen=True)
class Tag:
    """A tag without its @, and where it is."""

    name: str
    line: int
    column: int


@dataclass(frozen=True)
class Row:
    """A row of a table."""

    line: int
    column: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A step; `type` is None where no Étant donné, Quand nor Alors stands before it."""

    line: int
    column: int
    keyword: str
    type: str | None
    text: str
    table: tuple[Row, ...]
    docstring: int | None  # The line of its opening quotes.


@dataclass(frozen=True)
class Examples:
    """A table of examples; `header` is None when the table is missing."""

    line: int
    column: int
    tags: tuple[Tag, ...]
    header: Row | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Block:
    """What is common to all that has a keyword and a name."""

    line: int
    column: int
    keyword: str
    name: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True)
class Holder(Block):
    """A block that holds steps."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Background(Holder):
    """A « Contexte »."""


@dataclass(frozen=True)
class Rule(Block):
    """A « Règle », with its own « Contexte » if any."""

    background: Background | None


@dataclass(frozen=True)
class Scenario(Holder):
    """A « Scénario » or a « Plan du scénario », under the rule it belongs to, if any."""

    examples: tuple[Examples, ...]
    rule: Rule | None


@dataclass(frozen=True)
class Feature(Block):
    """A « Fonctionnalité » and everything in it."""

    background: Background | None
    rules: tuple[Rule, ...]
    scenarios: tuple[Scenario, ...]

    @property
    def backgrounds(self) -> tuple[Background, ...]:
        """The backgrounds of the feature and of its rules."""
        found = (self.background, *(rule.background for rule in self.rules))
        return tuple(background for background in found if background)

    def steps_before(self, scenario: Scenario) -> tuple[Step, ...]:
        """Return the steps of the backgrounds that are run before those of `scenario`."""
        backgrounds = (self.background, scenario.rule.background if scenario.rule else None)
        return tuple(step for background in backgrounds if background for step in background.steps)

    def tags_of(self, scenario: Scenario) -> frozenset[str]:
        """Return the names of the tags of `scenario`, those it inherits included, those of its examples not."""
        tags = (*self.tags, *(scenario.rule.tags if scenario.rule else ()), *scenario.tags)
        return frozenset(tag.name for tag in tags)

    @property
    def holders(self) -> tuple[Holder, ...]:
        """All that holds steps: the backgrounds, then the scenarios."""
        return (*self.backgrounds, *self.scenarios)

    def all_steps(self) -> Iterator[Step]:
        """Yield every step written, each once."""
        for holder in self.holders:
            yield from holder.steps


@dataclass(frozen=True)
class ParseError:
    """What Gherkin says of a line that it does not understand, in English."""

    line: int
    message: str


def parse(text: str) -> tuple[Feature | None, tuple[ParseError, ...]]:
    """Return the feature of `text` and what Gherkin could not read; a file of comments only gives None and nothing.

    The text is read in French whether or not it says so: the missing header is a fault of its own.
    """
    try:
        tree: Mapping[str, Any] = Parser().parse(text, TokenMatcher(LANGUAGE))
    except CompositeParserException as error:
        return None, tuple(_error(each) for each in error.errors)
    except ParserException as error:
        return None, (_error(error),)
    return (_feature(tree["feature"]) if "feature" in tree else None), ()


def _error(error: ParserException) -> ParseError:
    return ParseError(error.location["line"], str(error))


def _feature(node: Mapping[str, Any]) -> Feature:
    background = _only_background(node)
    rules: list[Rule] = []
    scenarios: list[Scenario] = [
        _scenario(child["scenario"], None) for child in node["children"] if "scenario" in child
    ]
    for child in node["children"]:
        if "rule" in child:
            rule = Rule(**_block(child["rule"]), background=_only_background(child["rule"]))
            rules.append(rule)
            children = child["rule"]["children"]
            scenarios += [_scenario(each["scenario"], rule) for each in children if "scenario" in each]
    return Feature(**_block(node), background=background, rules=tuple(rules), scenarios=tuple(scenarios))


def _only_background(node: Mapping[str, Any]) -> Background | None:
    found = next((child["background"] for child in node["children"] if "background" in child), None)
    return Background(**_block(found), steps=_steps(found["steps"])) if found else None


def _block(node: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "line": node["location"]["line"],
        "column": node["location"]["column"],
        "keyword": node["keyword"],
        "name": node["name"],
        "tags": _tags(node.get("tags", ())),
    }


def _tags(nodes: Sequence[Mapping[str, Any]]) -> tuple[Tag, ...]:
    return tuple(
        Tag(node["name"].removeprefix("@"), node["location"]["line"], node["location"]["column"]) for node in nodes
    )


def _scenario(node: Mapping[str, Any], rule: Rule | None) -> Scenario:
    examples = tuple(_examples(each) for each in node["examples"])
    return Scenario(**_block(node), steps=_steps(node["steps"]), examples=examples, rule=rule)


def _examples(node: Mapping[str, Any]) -> Examples:
    header = _row(node["tableHeader"]) if "tableHeader" in node else None
    place = node["location"]
    rows = tuple(_row(row) for row in node["tableBody"])
    return Examples(place["line"], place["column"], _tags(node["tags"]), header, rows)


def _row(node: Mapping[str, Any]) -> Row:
    cells = tuple(cell["value"] for cell in node["cells"])
    return Row(node["location"]["line"], node["location"]["column"], cells)


def _steps(nodes: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    steps: list[Step] = []
    current: str | None = None
    for node in nodes:
        current = STEP_TYPE_BY_PARSER_KEYWORD.get(node["keywordType"], current)
        steps.append(
            Step(
                line=node["location"]["line"],
                column=node["location"]["column"],
                keyword=node["keyword"],
                type=current,
                text=node["text"],
                table=tuple(_row(row) for row in node.get("dataTable", {}).get("rows", ())),
                docstring=node["docString"]["location"]["line"] if "docString" in node else None,
            )
        )
    return tuple(steps)
