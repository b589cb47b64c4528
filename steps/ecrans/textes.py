"""How a text of a feature is looked for on a screen: typography never makes a difference."""

import re

from steps.gherkin.typographie import aplanir


def motif(texte: str, *, entier: bool = True) -> re.Pattern[str]:
    """Give the expression that finds `texte` however it is typeset: any space, either apostrophe.

    `entier`: the whole text of the element, not a part of it.
    """
    # Playwright puts a name between slashes: those of the text must not close it.
    morceaux = (re.escape(mot).replace("'", "['’]").replace("/", "\\/") for mot in aplanir(texte).split())
    expression = r"\s+".join(morceaux)
    return re.compile(rf"^\s*{expression}\s*$" if entier else expression)


def debut(texte: str) -> re.Pattern[str]:
    """Give the expression of a text that begins so."""
    return re.compile(r"^\s*" + motif(texte, entier=False).pattern)
