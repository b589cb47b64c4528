"""The mutants of a Python file, as mutmut makes them: listed, named, and each given as the source that it makes.

Mutmut's own runner is not used: it plays the whole of a package, in a copy of the tree. What is its own, what is to be
changed and into what, is; a decorated function (a property, for one) is changed as well, since nothing here needs to
copy it beside itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

from tests.mutation import RACINE

Cle = tuple[str, str, str, str, int]
"""What names a mutant wherever it has moved: file, function, lines before and after, rank among those alike."""


@dataclass(frozen=True)
class Mutant:
    """One change of one file: where it is, and what its lines become. `fonction` is empty for a table of a module."""

    fichier: str
    fonction: str
    ligne: int
    derniere: int
    avant: str
    apres: str
    rang: int
    debut: int
    fin: int
    texte: str

    @property
    def cle(self) -> Cle:
        """What names it, whatever moved around it."""
        return (self.fichier, self.fonction, self.avant, self.apres, self.rang)

    def source(self, racine: Path = RACINE) -> str:
        """Give the whole file with the change in it."""
        source = (racine / self.fichier).read_text("utf-8")
        return source[: self.debut] + self.texte + source[self.fin :]


class _Visiteur(MutationVisitor):
    """Notes what mutmut changes, where it stands and in which function; the decorated functions too."""

    def __init__(self) -> None:
        super().__init__(mutation_operators, IgnoredCode(set(), set(), set()))
        self.trouves: list[tuple[cst.CSTNode, cst.CSTNode, str]] = []
        self._noms: list[tuple[str, bool]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Keep the names of the functions and classes around what is visited."""
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._noms.append((node.name.value, isinstance(node, cst.FunctionDef)))
        deja = len(self.mutations)
        plus_loin = super().on_visit(node)
        dedans = any(fonction for _, fonction in self._noms)
        nom = ".".join(nom for nom, _ in self._noms) if dedans else ""
        self.trouves += [(m.original_node, m.mutated_node, nom) for m in self.mutations[deja:]]
        return plus_loin

    def on_leave(self, original_node: cst.CSTNode) -> None:
        """Forget the name of what is left."""
        super().on_leave(original_node)
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._noms.pop()

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        return not (isinstance(node, cst.FunctionDef) and node.decorators) and super()._skip_node_and_children(node)


def mutants(fichier: str, racine: Path = RACINE) -> tuple[Mutant, ...]:
    """List the mutants of a file, in its order. Those that change no word are left out."""
    source = (racine / fichier).read_text("utf-8")
    enveloppe = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    visiteur = _Visiteur()
    enveloppe.visit(visiteur)
    places = enveloppe.resolve(PositionProvider)
    debuts = _debuts(source)
    rangs: Counter[tuple[str, str, str]] = Counter()
    faits = []
    for ancien, nouveau, fonction in visiteur.trouves:
        place = places[ancien]
        debut = debuts[place.start.line - 1] + place.start.column
        fin = debuts[place.end.line - 1] + place.end.column
        texte = _texte(enveloppe.module, nouveau, ancien)
        change = source[:debut] + texte + source[fin:]
        avant, apres = _lignes(source, debut, fin), _lignes(change, debut, debut + len(texte))
        if avant == apres:
            continue
        rangs[fonction, avant, apres] += 1
        faits.append(
            Mutant(
                fichier, fonction, place.start.line, place.end.line, avant, apres, rangs[fonction, avant, apres],
                debut, fin, texte,
            )
        )  # fmt: skip
    return tuple(faits)


def tous(fichiers: Iterable[str], racine: Path = RACINE, *, tables: bool = False) -> Iterator[Mutant]:
    """List the mutants of the functions of these files, those of what stands outside of any function too if asked."""
    for fichier in fichiers:
        yield from (m for m in mutants(fichier, racine) if m.fonction or tables)


def fichiers(dossiers: Sequence[str], racine: Path = RACINE) -> list[str]:
    """List the Python files of folders, in order."""
    return [
        str(chemin.relative_to(racine)) for dossier in dossiers for chemin in sorted((racine / dossier).rglob("*.py"))
    ]


def _debuts(source: str) -> list[int]:
    debuts = [0]
    for ligne in source.splitlines(keepends=True):
        debuts.append(debuts[-1] + len(ligne))
    return debuts


def _texte(module: cst.Module, nouveau: cst.CSTNode, ancien: cst.CSTNode) -> str:
    """Write the new node; the parentheses that were around the old one are still there."""
    if isinstance(ancien, cst.BaseExpression) and isinstance(nouveau, cst.BaseExpression) and ancien.lpar:
        nouveau = nouveau.with_changes(lpar=(), rpar=())
    return module.code_for_node(nouveau).strip()


def _lignes(source: str, debut: int, fin: int) -> str:
    """Give the lines that a passage touches, as one, without their margins."""
    gauche = source.rfind("\n", 0, debut) + 1
    droite = source.find("\n", fin)
    return " ".join(source[gauche : droite if droite >= 0 else len(source)].split())
