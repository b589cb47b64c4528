"""What a green run of the guide's scenarios left for the product: pictures, results, and when. See `make guide`.

Read once in the life of the process, from files that come with the product. Nothing published yet is no fault: the
guide is then shown without its pictures, and its examples as not verified.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from webapp.domain.textes import fr

DOSSIER = Path(__file__).resolve().parent / "publie"
MANIFESTE = "guides.json"
IMAGES = "images"
PASSE = "passe"
_HAUTE = 1.2
_TAILLES = MappingProxyType({"petite": 520.0, "moyenne": 700.0, "grande": 1250.0, "ecran": float("inf")})
"""The width, in CSS pixels, up to which a picture is of each size."""

_HAUTEURS = {True: 520, False: 325}
"""The height, in CSS pixels, in which a picture is shown on a page: one that is taller than it is wide, and others."""

Place = tuple[str, int]
"""Where a scenario, or one example of an outline, is written: the file from the root of the project, and the line."""

Titre = tuple[str, str]
"""What names a scenario, or one example of an outline, wherever its lines have moved: the file, and the title."""


@dataclass(frozen=True)
class Forme:
    """A picture as one kind of screen has it: its file, its size in CSS pixels."""

    fichier: str
    largeur: int
    hauteur: int


@dataclass(frozen=True)
class Image:
    """One picture: its name in its guide, the steps whose marks it has, the text in its place, its two forms.

    `large` is for a page, `etroit` for a telephone.
    """

    nom: str
    reperes: tuple[int, ...]
    alternative: str
    large: Forme
    etroit: Forme

    @property
    def taille(self) -> str:
        """Say how large it is to be shown: what is small stays so."""
        if self.large.hauteur > self.large.largeur * _HAUTE:
            return "haute"
        return next(nom for nom, largeur in _TAILLES.items() if self.large.largeur <= largeur)

    @property
    def montree(self) -> tuple[int, int]:
        """Give the width and the height, in CSS pixels, that it takes on a page, before it is loaded as after."""
        hauteur = min(self.large.hauteur, _HAUTEURS[self.taille == "haute"])
        return round(self.large.largeur * hauteur / self.large.hauteur), hauteur


@dataclass(frozen=True)
class Resultat:
    """How one scenario ended, and its pictures."""

    passe: bool
    images: tuple[Image, ...] = ()


@dataclass(frozen=True)
class Publication:
    """The last green run: when it was, in which browser, and the result of each scenario."""

    verifie_le: datetime | None = None
    navigateur: str = ""
    resultats: Mapping[Titre, Resultat] = field(default_factory=lambda: MappingProxyType({}))


@cache
def publication(dossier: Path = DOSSIER) -> Publication:
    """Read what is published. Raises ValueError or KeyError when the file is not one that `make guide` wrote."""
    try:
        lu = json.loads((dossier / MANIFESTE).read_text("utf-8"))
    except FileNotFoundError:
        return Publication()
    scenarios = lu["scenarios"]
    resultats = {(s["fichier"], fr(s["nom"])): _resultat(s) for s in scenarios}
    navigateur = next((s["navigateur"] for s in scenarios if s["navigateur"]), "")
    return Publication(datetime.fromisoformat(lu["verifie_le"]), navigateur, MappingProxyType(resultats))


def _resultat(scenario: Mapping[str, Any]) -> Resultat:
    images = tuple(
        Image(i["nom"], tuple(i["reperes"]), fr(i["alternative"]), Forme(**i["large"]), Forme(**i["etroit"]))
        for i in scenario["images"]
    )
    return Resultat(scenario["statut"] == PASSE, images)


def en_phrase(texte: str) -> str:
    """Give a step as a sentence of its own: « je clique sur … » begins with a capital."""
    return fr(texte[:1].upper() + texte[1:]).removesuffix("\u00a0:").removesuffix(" :")
