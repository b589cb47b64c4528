"""A feature as its text says: the tree of Gherkin, what it compiles to, and each scenario as it will be played.

Keywords, tables and texts come from here: pytest-bdd changes the first, and forgets where the lines of examples are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from gherkin.ast_builder import AstBuilder
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from steps.navigateur.enregistreur import Etape


@dataclass(frozen=True)
class Regle:
    """A rule, or what stands in a feature outside of any (without a name then)."""

    nom: str = ""
    description: str = ""
    etiquettes: tuple[str, ...] = ()
    ligne: int = 0


@dataclass(frozen=True)
class Ecrit:
    """A scenario as it is written, one example of an outline being one scenario."""

    nom: str
    ligne: int
    regle: Regle
    etiquettes: tuple[str, ...]
    exemple: Mapping[str, str]
    etapes: tuple[Etape, ...]
    pickle: Mapping[str, Any]


@dataclass(frozen=True)
class Document:
    """A feature: its tree as Gherkin gives it, and its scenarios by the line that names each.

    The line of an example names one of an outline, whose own line is in `plans` with those of all its examples.
    """

    ast: Mapping[str, Any]
    scenarios: Mapping[int, Ecrit]
    plans: Mapping[int, Sequence[int]]

    @property
    def fonctionnalite(self) -> Mapping[str, Any]:
        """The node of the feature; empty in a file of comments."""
        noeud: Mapping[str, Any] = self.ast.get("feature") or {}
        return noeud


def composer(uri: str, texte: str, numeros: IdGenerator | None = None) -> Document:
    """Read a feature; its nodes are numbered by `numeros`. Raises gherkin's ParserError."""
    numeros = numeros or IdGenerator()
    ast: dict[str, Any] = {**Parser(AstBuilder(numeros)).parse(texte), "uri": uri}
    compilateur: Any = Compiler(numeros)  # Its type of a tree with an address cannot be built from that of a tree.
    pickles = compilateur.compile(ast)
    noeuds = _Noeuds(ast.get("feature") or {})
    plans: dict[int, list[int]] = {}
    for pickle in pickles:
        plans.setdefault(noeuds.ligne(pickle), []).append(pickle["location"]["line"])
    return Document(ast, {pickle["location"]["line"]: noeuds.ecrit(pickle) for pickle in pickles}, plans)


@lru_cache(maxsize=256)
def compose(uri: str, texte: str) -> Document:
    """Read a feature, once for all those who ask for the same text; its numbers are its own."""
    return composer(uri, texte)


@lru_cache(maxsize=256)
def _texte(chemin: Path, _modifie: int, _taille: int) -> str:
    return chemin.read_text("utf-8")


def lire(chemin: Path, uri: str) -> Document:
    """Read the feature of a file, once for as long as it does not change."""
    etat = chemin.stat()
    return compose(uri, _texte(chemin, etat.st_mtime_ns, etat.st_size))


class _Noeuds:
    """The nodes of a tree that a pickle refers to by their numbers."""

    def __init__(self, fonctionnalite: Mapping[str, Any]) -> None:
        self._etapes: dict[str, Mapping[str, Any]] = {}
        self._regles: dict[str, Regle] = {}
        self._exemples: dict[str, Mapping[str, str]] = {}
        self._lignes: dict[str, int] = {}
        for regle, porteur in _porteurs(fonctionnalite):
            self._etapes |= {etape["id"]: etape for etape in porteur["steps"]}
            self._regles[porteur["id"]] = regle
            self._lignes[porteur["id"]] = porteur["location"]["line"]
            for exemples in porteur.get("examples", ()):
                titres = _cellules(exemples.get("tableHeader", {"cells": ()}))
                self._exemples |= {
                    rangee["id"]: dict(zip(titres, _cellules(rangee), strict=True)) for rangee in exemples["tableBody"]
                }

    def ligne(self, pickle: Mapping[str, Any]) -> int:
        """Give the line of the scenario or of the outline that a pickle comes from."""
        return self._lignes[pickle["astNodeIds"][0]]

    def ecrit(self, pickle: Mapping[str, Any]) -> Ecrit:
        """Give the scenario that a pickle stands for."""
        porteur, *rangee = pickle["astNodeIds"]
        return Ecrit(
            nom=pickle["name"],
            ligne=pickle["location"]["line"],
            regle=self._regles[porteur],
            etiquettes=tuple(etiquette["name"].removeprefix("@") for etiquette in pickle["tags"]),
            exemple=self._exemples[rangee[0]] if rangee else {},
            etapes=tuple(self._etape(etape) for etape in pickle["steps"]),
            pickle=pickle,
        )

    def _etape(self, pickle: Mapping[str, Any]) -> Etape:
        noeud = self._etapes[pickle["astNodeIds"][0]]
        argument = pickle.get("argument", {})
        texte_long = argument.get("docString")
        return Etape(
            mot_cle=noeud["keyword"].strip(),
            texte=pickle["text"],
            ligne=noeud["location"]["line"],
            tableau=tuple(_cellules(rangee) for rangee in argument.get("dataTable", {"rows": ()})["rows"]),
            texte_long=texte_long["content"] if texte_long else None,
        )


def _porteurs(fonctionnalite: Mapping[str, Any]) -> Iterator[tuple[Regle, Mapping[str, Any]]]:
    """Yield all that holds steps, with its rule."""
    for enfant in fonctionnalite.get("children", ()):
        if "rule" in enfant:
            noeud = enfant["rule"]
            regle = Regle(
                noeud["name"], retrait(noeud["description"]), etiquettes(noeud["tags"]), noeud["location"]["line"]
            )
            yield from ((regle, next(iter(petit.values()))) for petit in noeud["children"])
        else:
            yield Regle(), next(iter(enfant.values()))


def etiquettes(noeuds: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Give the names of tags."""
    return tuple(noeud["name"].removeprefix("@") for noeud in noeuds)


def retrait(description: str) -> str:
    """Give a description without the indentation of its lines."""
    return "\n".join(ligne.strip() for ligne in description.splitlines()).strip()


def _cellules(rangee: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(cellule["value"] or "" for cellule in rangee["cells"])
