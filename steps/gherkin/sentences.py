"""The sentences of a feature (steps and titles), and what stands in their « … »: typed, not said.

A rule on the wording must not judge a value: « ID » on a card is the product's word, « <script> » an attack to try.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from steps.gherkin.document import Feature

FILLER = "\u00b7"


@dataclass(frozen=True)
class Sentence:
    """A step or the title of a block."""

    line: int
    text: str
    is_step: bool
    opens_data: bool = False  # A table or a doc string follows.

    @property
    def masked(self) -> str:
        """The sentence with each character of its values replaced by a filler; the guillemets stay."""
        return mask(self.text)


def sentences(feature: Feature) -> Iterator[Sentence]:
    """Yield every sentence of `feature`, each once."""
    for block in (feature, *feature.rules, *feature.scenarios):
        yield Sentence(block.line, block.name, is_step=False)
    for step in feature.all_steps():
        yield Sentence(step.line, step.text, is_step=True, opens_data=bool(step.table or step.docstring))


def mask(text: str) -> str:
    """Return `text`, as long as before, with what stands between « and » replaced; a lone guillemet masks nothing."""
    masked: list[str] = []
    depth = 0
    for position, character in enumerate(text):
        if character == "»" and depth:
            depth -= 1
        masked.append(character if depth == 0 else FILLER)
        if character == "«" and "»" in text[position:]:
            depth += 1
    return "".join(masked)


def is_balanced(text: str) -> bool:
    """Say whether each « has its », in order."""
    depth = 0
    for character in text:
        depth += {"«": 1, "»": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def tight_quotes(text: str) -> list[int]:
    """Return where a space is missing inside the outermost guillemets of `text`; those of a value are its own."""
    if not is_balanced(text):
        return []
    places: list[int] = []
    depth = 0
    for position, character in enumerate(text):
        if character == "«":
            if depth == 0 and not text[position + 1].isspace():
                places.append(position + 1)
            depth += 1
        elif character == "»":
            depth -= 1
            if depth == 0 and not text[position - 1].isspace() and position not in places:
                places.append(position)
    return places
