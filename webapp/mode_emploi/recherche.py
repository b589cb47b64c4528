"""Find a step of a guide by its words: accents and case do not count, all words must be there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from webapp.domain.textes import sans_accents
from webapp.mode_emploi.guide import Etape, Guide, guides

MOTS_MAXIMUM = 20


@dataclass(frozen=True)
class Trouvee:
    """A step that was found, the guide it is in, and the titles of its examples that hold the words."""

    guide: Guide
    etape: Etape
    exemples: tuple[str, ...]


def chercher(demande: str) -> tuple[Trouvee, ...]:
    """Give the steps that hold every word of what is asked, in the order of the guides; none when nothing is asked."""
    mots = sans_accents(demande).split()[:MOTS_MAXIMUM]
    return tuple(_trouver(mots)) if mots else ()


def _trouver(mots: list[str]) -> Iterator[Trouvee]:
    for guide in guides():
        for etape in guide.etapes:
            propre = sans_accents(" ".join((etape.titre, *etape.texte)))
            exemples = [
                (e.titre, sans_accents(f"{e.titre} {' '.join(p.texte for p in e.pas)}")) for e in etape.exemples
            ]
            if all(mot in propre or any(mot in texte for _, texte in exemples) for mot in mots):
                titres = tuple(titre for titre, texte in exemples if any(mot in texte for mot in mots))
                yield Trouvee(guide, etape, titres)
