"""A feature as reports tell it: the tree of Gherkin, what it compiles to, and each scenario as it will be played.

Keywords, tables and texts come from here: pytest-bdd changes the first, and forgets where the lines of examples are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from steps.gherkin.document import Fonctionnalite, Instance
from steps.gherkin.lecture import decoder, exiger, lire_et_numeroter
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
    pickle: Mapping[str, Any] = field(repr=False)
    modele: str = ""
    """The name of the outline, before the values of the example are put in it."""


@dataclass(frozen=True)
class Document:
    """A feature: its tree as Gherkin gives it, and its scenarios by the line that names each.

    The line of an example names one of an outline, whose own line is in `plans` with those of all its examples.
    """

    ast: Mapping[str, Any]
    fonctionnalite: Fonctionnalite | None
    scenarios: Mapping[int, Ecrit]
    plans: Mapping[int, Sequence[int]]


class _Suite(IdGenerator):
    """The numbers that come after those of a tree that was read already."""

    def __init__(self, depart: int) -> None:
        super().__init__()
        self._suite = count(depart)

    def get_next_id(self) -> str:
        return str(next(self._suite))


def composer(uri: str, texte: str, numeros: IdGenerator | None = None) -> Document:
    """Read a feature; its nodes are numbered by `numeros`. Raises LectureImpossible."""
    lecture, libre = lire_et_numeroter(texte)
    premiers = _Suite(libre)
    # The samples of Cucumber are in English, and say nothing of it.
    if numeros is not None or lecture.erreurs:
        lecture = exiger(texte, numeros or premiers, en_francais=not lecture.erreurs)
    ast: dict[str, Any] = {**(lecture.arbre or {}), "uri": uri}
    # Its type of a tree with an address cannot be built from that of a tree.
    compilateur: Any = Compiler(numeros or premiers)
    pickles = {pickle["location"]["line"]: pickle for pickle in compilateur.compile(ast)}
    scenarios: dict[int, Ecrit] = {}
    plans: dict[int, list[int]] = {}
    for instance in lecture.fonctionnalite.instances if lecture.fonctionnalite else ():
        if instance.ligne in pickles:  # An outline whose tables are empty is not compiled.
            scenarios[instance.ligne] = _ecrit(instance, pickles[instance.ligne])
            plans.setdefault(instance.scenario.ligne, []).append(instance.ligne)
    return Document(ast, lecture.fonctionnalite, scenarios, plans)


@lru_cache(maxsize=256)
def compose(uri: str, texte: str) -> Document:
    """Read a feature, once for all those who ask for the same text; its numbers are its own."""
    return composer(uri, texte)


@lru_cache(maxsize=256)
def _texte(chemin: Path, _modifie: int, _taille: int) -> str:
    return decoder(chemin.read_bytes())[0]


def ouvrir(chemin: Path, uri: str) -> Document:
    """Read the feature of a file, once for as long as it does not change."""
    etat = chemin.stat()
    return compose(uri, _texte(chemin, etat.st_mtime_ns, etat.st_size))


def _ecrit(instance: Instance, pickle: Mapping[str, Any]) -> Ecrit:
    regle = instance.scenario.regle
    return Ecrit(
        nom=instance.nom,
        ligne=instance.ligne,
        regle=Regle(regle.nom, regle.description, regle.noms_d_etiquettes, regle.ligne) if regle else Regle(),
        etiquettes=instance.etiquettes,
        exemple=instance.valeurs,
        etapes=tuple(Etape(pas.mot.strip(), pas.texte, pas.ligne, pas.cases, pas.texte_long) for pas in instance.pas),
        pickle=pickle,
        modele=instance.scenario.nom,
    )
