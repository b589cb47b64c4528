"""What people paste, read as they meant it: a fence and bold of Markdown, a table copied from a spreadsheet.

Each line keeps its place. What is read differs from what was pasted, and the line says what to change in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps.gherkin.dialecte import EXEMPLES, mot_de_bloc, mot_de_pas
from steps.gherkin.lecture import BORNES
from webapp.domain.textes import dire, fr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CLOTURE = re.compile(r"\s*(?:`{3,}|~{3,})[ \t]*[\w-]*\s*")
_GRAS = re.compile(
    r"(?P<marge>\s*)(?:[-*+]\s+)?(?P<signe>\*\*|__|\*|_)(?P<mot>\S(?:[^*_]{0,80}?\S)?)(?P=signe)(?P<suite>.*)"
)
_TITRE = re.compile(r"(?P<marge>\s*)#{2,6}\s+(?P<suite>.*)")

CLOTURE = fr("Cette ligne vient de Markdown : retirez-la, Gherkin y lirait un texte sous une étape.")
GRAS = "Le gras de Markdown empêche Gherkin de lire « {mot} » : retirez « {signe} »."
TITRE = fr("Les dièses de Markdown en font un commentaire : retirez-les.")
TABULATIONS = "Une table s'écrit avec des barres : {rangee}"


@dataclass(frozen=True)
class Collee:
    """A line as it is read, and what is to change in what was pasted; nothing most often."""

    texte: str
    remarque: str = ""


def lire_le_collage(rangees: Sequence[str]) -> list[Collee]:
    """Give each line as it was meant, as many as there are."""
    return list(_sans_tabulations(list(map(_sans_gras, _sans_cloture(rangees)))))


def _sans_cloture(rangees: Sequence[str]) -> list[Collee]:
    """Read past the fence around the whole of a text."""
    pleines = [rang for rang, rangee in enumerate(rangees) if rangee.strip()]
    bords = {pleines[0], pleines[-1]} if len(pleines) > 1 and _CLOTURE.fullmatch(rangees[pleines[0]]) else set()
    return [
        Collee("", CLOTURE) if rang in bords and _CLOTURE.fullmatch(rangee) else Collee(rangee)
        for rang, rangee in enumerate(rangees)
    ]


def _sans_gras(collee: Collee) -> Collee:
    lu = _GRAS.fullmatch(collee.texte)
    if lu and _est_un_mot_cle(f"{lu['mot']} {lu['suite'].lstrip()}"):
        remarque = dire(GRAS, mot=lu["mot"], signe=lu["signe"])
        return Collee(f"{lu['marge']}{lu['mot']} {lu['suite'].lstrip()}".rstrip(), remarque)
    titre = _TITRE.fullmatch(collee.texte)
    if titre and mot_de_bloc(titre["suite"]):
        return Collee(titre["marge"] + titre["suite"], TITRE)
    return collee


def _est_un_mot_cle(texte: str) -> bool:
    return mot_de_bloc(texte) is not None or mot_de_pas(texte) is not None


def _sans_tabulations(collees: Sequence[Collee]) -> Iterator[Collee]:
    """Give bars to the rows that a spreadsheet separates by tabs, under a step or under « Exemples: »."""
    attendue = sous_exemples = dans_un_texte = False
    for collee in collees:
        nue = collee.texte.strip()
        if nue.startswith(BORNES):
            dans_un_texte = not dans_un_texte
        if dans_un_texte:
            yield collee
            continue
        separee = "\t" in nue and not nue.startswith(("|", "#", "@", '"""')) and not _est_un_mot_cle(nue)
        if attendue and (separee or (sous_exemples and _est_une_case(nue))):
            cases = [case.strip() for case in nue.split("\t")]
            rangee = f"| {' | '.join(case.replace('|', chr(92) + '|') for case in cases)} |"
            yield Collee(rangee, dire(TABULATIONS, rangee=rangee))
            continue
        yield collee
        if nue:
            sous_exemples = mot_de_bloc(nue) == EXEMPLES
            attendue = sous_exemples or (mot_de_pas(nue) is not None and nue.endswith(":"))


def _est_une_case(nue: str) -> bool:
    return bool(nue) and not nue.startswith(("|", "#", "@")) and not _est_un_mot_cle(nue)
