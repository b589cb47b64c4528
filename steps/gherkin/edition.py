"""How a guide is laid out: which pictures it has, of which gestures of which scenario, where they stand in its text.

Beside features/guide/NAME.feature stands NAME.edition.toml. It holds no sentence of its own: a picture names a scenario
and the steps whose elements it shows, a table names sentences of the original by their id.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steps.gherkin.typographie import dire

_SUFFIXE = ".edition.toml"


class EditionIllisible(Exception):  # noqa: N818 - it reads as a sentence
    """The file of the layout cannot be used; the message is a French sentence."""


@dataclass(frozen=True)
class Geste:
    """A step whose element a picture shows: its sentence, and the number of its mark, None for no mark.

    `fois`: which of the steps of the scenario that say so, from 1.
    """

    pas: str
    repere: int | None = None
    fois: int = 1


@dataclass(frozen=True)
class Figure:
    """A picture: its name in the guide, the step that it stands in, what it shows.

    `apres`: the number of paragraphs of the step before it, None for all of them. `ecran`: the whole screen and not the
    cards of its elements. `cote`: it stands beside the one before.
    """

    nom: str
    etape: int | None
    scenario: str
    gestes: tuple[Geste, ...]
    apres: int | None = None
    ecran: bool = False
    cote: bool = False

    @property
    def reperes(self) -> tuple[int, ...]:
        """The numbers of its marks, in order, each once."""
        return tuple(sorted({g.repere for g in self.gestes if g.repere is not None}))

    def rangs(self, phrases: Sequence[str]) -> tuple[int, ...]:
        """Give the rank, from 1, of each of its steps among the sentences of its scenario, in their order.

        Raises EditionIllisible when one is not there, or when they do not come in that order.
        """
        trouves = []
        for geste in self.gestes:
            ou = [rang for rang, phrase in enumerate(phrases, start=1) if phrase == geste.pas]
            if not 1 <= geste.fois <= len(ou):
                message = "l'image {nom} demande une étape que « {scenario} » n'a pas : « {pas} »"
                raise EditionIllisible(dire(message, nom=self.nom, scenario=self.scenario, pas=geste.pas))
            trouves.append(ou[geste.fois - 1])
        if trouves != sorted(trouves):
            raise EditionIllisible(dire("l'image {nom} ne suit pas l'ordre de son scénario", nom=self.nom))
        return tuple(trouves)


@dataclass(frozen=True)
class Tableau:
    """Sentences of the original in rows, by their ids: after so many paragraphs of a step."""

    etape: int
    apres: int
    lignes: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Edition:
    """The layout of a guide. `encadre`: the step that stands in a box at the head of the guide, if one does."""

    figures: tuple[Figure, ...] = ()
    tableaux: tuple[Tableau, ...] = ()
    encadre: int | None = None

    def du_scenario(self, nom: str) -> tuple[Figure, ...]:
        """Give the pictures that are taken in a scenario."""
        return tuple(figure for figure in self.figures if figure.scenario == nom)


def chemin_de_l_edition(feature: Path) -> Path:
    """Give where the layout of a guide is, if it is anywhere."""
    return feature.with_name(feature.stem + _SUFFIXE)


def lire_edition(feature: Path) -> Edition:
    """Read the layout of a guide; without any, it has no picture. Raises EditionIllisible."""
    chemin = chemin_de_l_edition(feature)
    try:
        lu = tomllib.loads(chemin.read_text("utf-8"))
    except FileNotFoundError:
        return Edition()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as erreur:
        raise EditionIllisible(dire("{nom} ne se lit pas : {erreur}", nom=chemin.name, erreur=erreur)) from erreur
    try:
        figures = tuple(_figure(figure) for figure in lu.get("figures", ()))
        tableaux = tuple(
            Tableau(int(t["etape"]), int(t["apres"]), tuple(map(tuple, t["lignes"]))) for t in lu.get("tableaux", ())
        )
        edition = Edition(figures, tableaux, lu.get("encadre"))
    except (KeyError, TypeError, ValueError, AttributeError) as erreur:
        message = "{nom} : chaque image a un « nom », un « scenario », ses « gestes » ; il manque {erreur}"
        raise EditionIllisible(dire(message, nom=chemin.name, erreur=erreur)) from erreur
    doubles = {f.nom for f in figures if sum(autre.nom == f.nom for autre in figures) > 1}
    if doubles:
        raise EditionIllisible(dire("{nom} : « {id} » y est deux fois", nom=chemin.name, id=min(doubles)))
    return edition


def _figure(lue: Mapping[str, Any]) -> Figure:
    """Read one picture. Raises KeyError, TypeError or ValueError."""
    gestes = tuple(Geste(str(g["pas"]), g.get("repere"), int(g.get("fois", 1))) for g in lue["gestes"])
    connus = {"nom", "etape", "scenario", "gestes", "apres", "ecran", "cote"}
    if not gestes or set(lue) - connus:
        raise ValueError(lue["nom"])
    return Figure(
        str(lue["nom"]), lue.get("etape"), str(lue["scenario"]), gestes,
        lue.get("apres"), lue.get("ecran") is True, lue.get("cote") is True,
    )  # fmt: skip
