"""The definitions that a step may be one of, found by how their sentences begin: few are tried, none is missed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from steps.definitions.definitions import Definition
from steps.definitions.phrase import Phrase
from steps.gherkin.typographie import aplanir


class Repertoire:
    """Some definitions, in their order. It answers as if each were tried on each step."""

    def __init__(self, definitions: Sequence[Definition]) -> None:
        self.definitions = tuple(definitions)
        self._reconnues: dict[str, list[Definition]] = {}
        self._par_mot: dict[str, list[tuple[int, Definition]]] = defaultdict(list)
        self._sans_mot: list[tuple[int, Definition]] = []
        for rang, definition in enumerate(definitions):
            mot = _premier_mot(definition)
            (self._par_mot[mot] if mot else self._sans_mot).append((rang, definition))

    def reconnaissent(self, texte: str) -> Sequence[Definition]:
        """Return those of which `texte` is the sentence, whatever their genre; a text is tried once."""
        if texte not in self._reconnues:
            self._reconnues[texte] = list(self._essayer(texte))
        return self._reconnues[texte]

    def _essayer(self, texte: str) -> Iterator[Definition]:
        mot = aplanir(texte).partition(" ")[0]
        for _, definition in sorted([*self._par_mot.get(mot, ()), *self._sans_mot], key=lambda place: place[0]):
            if definition.reconnait(texte):
                yield definition

    def entendent(self, genre: str, texte: str) -> list[Definition]:
        """Return those that pytest-bdd would consider for a step of that genre."""
        return [definition for definition in self.reconnaissent(texte) if definition.est_du_genre(genre)]


def _premier_mot(definition: Definition) -> str:
    """Return the word that every step of the definition begins with; the empty string if there is none."""
    if not isinstance(definition.parser, Phrase):
        return ""
    mot, espace, _ = definition.parser.debut.partition(" ")
    return mot if espace else ""
