"""What was pasted, as the text that it is of: the source of a page without its tags, letters in their own encoding.

In: any text. Out: the text to compare, and what was done to it, which the page says. Nothing of it is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

# An end of tag that a page has; « < » and « > » alone are signs of a text.
_FERMEE = re.compile(r"(?i)</(?:p|div|span|li|ul|ol|h[1-6]|t[dhr]|table|strong|em|b|i|a|section|main|body|html)\s*>")
_ENTITE = re.compile(r"(?i)&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,5});")
_TAIRE = frozenset({"head", "nav", "script", "style", "template", "noscript", "svg", "title", "select", "textarea"})
_EN_LIGNE = frozenset({
    "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "var", "wbr",
})  # fmt: skip
"""The elements that end no line. What no list names ends one: two words that a page shows apart are not one word."""


@dataclass(frozen=True)
class Copie:
    """A text to compare. `source`: its tags or its entities were taken off. `relue`: its letters were read again."""

    texte: str
    source: bool
    relue: bool


def lire_copie(colle: str) -> Copie:
    """Give the text that was meant by what was pasted."""
    import ftfy  # noqa: PLC0415 - long to import, for those who paste something

    # Before the entities: what they stand for was never badly read.
    juste = ftfy.fix_encoding(colle)
    texte = _sans_balises(juste) if _FERMEE.search(juste) else unescape(juste) if _ENTITE.search(juste) else juste
    return Copie(texte, texte != juste, juste != colle)


def _sans_balises(source: str) -> str:
    lecteur = _Lecteur()
    lecteur.feed(source)
    lecteur.close()
    lignes = "".join(lecteur.principal or lecteur.tout).split("\n")
    return "\n".join(" ".join(ligne.split()) for ligne in lignes)


class _Lecteur(HTMLParser):
    """Keeps what a page shows, a line for each block; an end of line that the source has is a space.

    `principal` is what stands in `<main>`: what is around it is no guide's.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tout: list[str] = []
        self.principal: list[str] = []
        self._muets = 0
        self._principaux = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - a parser's
        self._muets += tag in _TAIRE
        self._principaux += tag == "main"
        self._couper(tag)

    def handle_endtag(self, tag: str) -> None:
        self._couper(tag)
        self._muets = max(0, self._muets - (tag in _TAIRE))
        self._principaux = max(0, self._principaux - (tag == "main"))

    def handle_data(self, data: str) -> None:
        if not self._muets:
            self._garder(" ".join(data.split("\n")))

    def _couper(self, balise: str) -> None:
        if balise not in _EN_LIGNE and not self._muets:
            self._garder("\n")

    def _garder(self, texte: str) -> None:
        self.tout.append(texte)
        if self._principaux:
            self.principal.append(texte)
