"""The mutants of a template: a text changed, a condition removed or turned round, an attribute or a loop dropped.

Knows what a template is, and nothing of ours: neither our screens nor our list of faults.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.mutation import RACINE
from tests.mutation.mutants import Mutant

_CONDITION = re.compile(r"\{%-?\s*(?:el)?if\s+(?P<dit>.+?)\s*-?%\}", re.DOTALL)
_BOUCLE = re.compile(r"\{%-?\s*for\s+.+?\s+in\s+(?P<dit>.+?)(?:\s+if\s+.+?|\s+recursive)?\s*-?%\}", re.DOTALL)
_VALEUR = re.compile(r"\{\{-?\s*(?P<dit>.+?)\s*-?\}\}", re.DOTALL)
_JINJA = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_TEXTE = re.compile(r"(?:\A|(?<=[>}]))(?P<dit>[^<>{}]*[^\W\d_][^<>{}]*)(?=[<{]|\Z)")
_ATTRIBUT = re.compile(r"(?P<dit>\s(?!class|style)[a-z][a-z0-9-]*(?:=\"[^\"]*\")?)(?=[\s>/]|\{%)(?=[^<>]*>)")
_BALISE = re.compile(r"<[a-z][^<>]*>", re.DOTALL)


def mutants_de_gabarit(fichier: str, racine: Path = RACINE) -> tuple[Mutant, ...]:
    """List the mutants of a template, in its order."""
    source = (racine / fichier).read_text("utf-8")
    rangs: Counter[tuple[str, str]] = Counter()
    faits = []
    for debut, fin, texte in sorted(set(_changements(source))):
        avant = _ligne(source, debut, fin)
        apres = _ligne(source[:debut] + texte + source[fin:], debut, debut + len(texte))
        rangs[avant, apres] += 1
        place, derniere = source.count("\n", 0, debut) + 1, source.count("\n", 0, fin) + 1
        faits.append(
            Mutant(fichier, "", place, derniere, avant, apres, rangs[avant, apres], debut, fin, texte)
        )  # fmt: skip
    return tuple(faits)


def _changements(source: str) -> Iterator[tuple[int, int, str]]:
    """Give each change: from where, to where, and what stands there instead."""
    for condition in _CONDITION.finditer(source):
        debut, fin = condition.span("dit")
        yield debut, fin, f"not ({condition['dit']})"
        yield debut, fin, "true"
        yield debut, fin, "false"
    for boucle in _BOUCLE.finditer(source):
        yield (*boucle.span("dit"), "()")
        yield (*boucle.span("dit"), f"({boucle['dit']})|list|reverse")
    for valeur in _VALEUR.finditer(source):
        yield (*valeur.span("dit"), "''")
    # What Jinja reads is blanked, so that its signs are neither texts nor attributes.
    nue = _JINJA.sub(lambda trouve: "{" + "\0" * (len(trouve[0]) - 2) + "}", source)
    for texte in _TEXTE.finditer(nue):
        if "\0" in texte["dit"]:
            continue
        debut = texte.start("dit") + len(texte["dit"]) - len(texte["dit"].lstrip())
        fin = debut + len(texte["dit"].strip())
        yield debut, fin, ""
        yield debut, fin, f"XX{source[debut:fin]}XX"
    for balise in _BALISE.finditer(nue):
        for attribut in _ATTRIBUT.finditer(nue, balise.start(), balise.end()):
            yield (*attribut.span("dit"), "")


def _ligne(source: str, debut: int, fin: int) -> str:
    gauche = source.rfind("\n", 0, debut) + 1
    droite = source.find("\n", fin)
    return " ".join(source[gauche : droite if droite >= 0 else len(source)].split())
