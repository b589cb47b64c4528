"""Read features/guide: one guide a file, one numbered step a « Règle », its examples the scenarios below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gherkin import Parser

from webapp.domain.textes import fr
from webapp.mode_emploi.publication import Place, Titre

DOSSIER = Path(__file__).resolve().parent.parent.parent / "features" / "guide"
_ETAPE = re.compile(r"Étape (\d+)\s*[-–—:]\s*(.*)", re.DOTALL)
_PLACE = re.compile(r"<([^<>]+)>")
RECONSTITUE = "@reconstitue"
CITATION = "Fiche : "
"""Begins, in the description of a scenario, the sentence of the guide that it proves."""


@dataclass(frozen=True)
class Pas:
    """One step of a scenario: its keyword, its sentence, and the text or the table that stands under it."""

    mot: str
    texte: str
    bloc: str = ""
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Exemple:
    """A scenario that shows the step, or one row of its « Exemples »: its title, its steps, what it quotes.

    `place` is where it is written, `scenario` the line of its title; `citations` are the guide's sentences it proves.
    """

    titre: str
    pas: tuple[Pas, ...]
    reconstitue: bool
    place: Place = ("", 0)
    scenario: int = 0
    citations: tuple[str, ...] = ()

    @property
    def cle(self) -> Titre:
        """What its published result is found by."""
        return self.place[0], self.titre

    @property
    def ancre(self) -> str:
        """Name of the place in the page."""
        return f"exemple-{self.place[1]}"


@dataclass(frozen=True)
class Etape:
    """One step of a guide. `numero` is None for what stands before or after the numbered steps."""

    numero: int | None
    titre: str
    texte: tuple[str, ...]
    exemples: tuple[Exemple, ...]
    reconstitue: bool

    @property
    def ancre(self) -> str:
        """Name of the place in the page."""
        return f"etape-{self.numero}" if self.numero is not None else re.sub(r"\W+", "-", self.titre.casefold())


@dataclass(frozen=True)
class Guide:
    """One guide: its address, its title, what it is for, its steps in order."""

    nom: str
    titre: str
    texte: tuple[str, ...]
    etapes: tuple[Etape, ...]


@cache
def guides(dossier: Path = DOSSIER) -> tuple[Guide, ...]:
    """Read every guide of a folder, in the order of the file names; read once in the life of the process."""
    return tuple(lire(chemin) for chemin in sorted(dossier.glob("*.feature")))


def lire(chemin: Path) -> Guide:
    """Read one feature file. Raises gherkin's CompositeParserException when it is not Gherkin."""
    document: Any = Parser().parse(chemin.read_text("utf-8"))
    fonctionnalite = document["feature"]
    fichier = f"{chemin.parent.parent.name}/{chemin.parent.name}/{chemin.name}"
    etapes = tuple(_etape(enfant["rule"], fichier) for enfant in fonctionnalite["children"] if "rule" in enfant)
    return Guide(
        chemin.stem.replace("_", "-"), fr(fonctionnalite["name"]), _paragraphes(fonctionnalite["description"]), etapes
    )


def _etape(regle: Any, fichier: str) -> Etape:
    lu = _ETAPE.fullmatch(regle["name"])
    scenarios = [enfant["scenario"] for enfant in regle["children"] if "scenario" in enfant]
    exemples = tuple(_exemple(s, (fichier, ligne), valeurs) for s in scenarios for ligne, valeurs in _rangees(s))
    etiquettes = {e["name"] for e in regle["tags"]}
    return Etape(
        numero=int(lu.group(1)) if lu else None,
        titre=fr(lu.group(2) if lu else regle["name"]),
        texte=_paragraphes(regle["description"]),
        exemples=exemples,
        # An example may be reconstructed (a text was in a lost picture) while the step itself is the guide's.
        reconstitue=RECONSTITUE in etiquettes,
    )


def _rangees(scenario: Any) -> list[tuple[int, dict[str, str]]]:
    """List, with its line, what each row of « Exemples » puts in the place of <names>; one for a plain scenario."""
    rangees: list[tuple[int, dict[str, str]]] = []
    for tableau in scenario["examples"]:
        noms = [c["value"] for c in tableau["tableHeader"]["cells"]] if "tableHeader" in tableau else []
        rangees += [
            (r["location"]["line"], dict(zip(noms, [c["value"] for c in r["cells"]], strict=True)))
            for r in tableau["tableBody"]
        ]
    return rangees or [(scenario["location"]["line"], {})]


def _exemple(scenario: Any, place: Place, valeurs: dict[str, str]) -> Exemple:
    def dit(texte: str) -> str:
        return fr(_PLACE.sub(lambda place: valeurs.get(place[1], place[0]), texte))

    def pas(etape: Any) -> Pas:
        table = etape.get("dataTable", {}).get("rows", ())
        return Pas(
            fr(etape["keyword"].strip()),
            dit(etape["text"]),
            dit(etape.get("docString", {}).get("content", "")),
            tuple(tuple(dit(c["value"]) for c in rangee["cells"]) for rangee in table),
        )

    etapes = tuple(pas(etape) for etape in scenario["steps"])
    reconstitue = RECONSTITUE in {e["name"] for e in scenario["tags"]}
    citations = tuple(c.strip() for c in " ".join(scenario["description"].split()).split(CITATION)[1:])
    return Exemple(dit(scenario["name"]), etapes, reconstitue, place, scenario["location"]["line"], citations)


def _paragraphes(description: str) -> tuple[str, ...]:
    """Cut a description at its empty lines; the lines of a paragraph are joined."""
    blocs = re.split(r"\n\s*\n", description.strip())
    return tuple(fr(" ".join(ligne.strip() for ligne in bloc.splitlines())) for bloc in blocs if bloc.strip())
