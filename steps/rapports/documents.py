"""A feature as reports tell it: the tree of Gherkin, what it compiles to, and each scenario as it will be played.

Keywords, tables and texts come from here: pytest-bdd changes the first, and forgets where the lines of examples are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from steps.gherkin.document import Fonctionnalite, Instance
from steps.gherkin.lecture import decoder, exiger, lire_et_numeroter
from steps.navigateur.enregistreur import Etape

_NUMEROS = frozenset({"id", "astNodeId", "astNodeIds"})
"""What holds the numbers of nodes, in a tree and in what it compiles to."""


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
    suivant: int = 0
    """The first number that it leaves free: its nodes have all those before it."""


class _Suite(IdGenerator):
    """The numbers that come after those of a tree that was read already."""

    def __init__(self, depart: int) -> None:
        super().__init__()
        self._suite = count(depart)

    def get_next_id(self) -> str:
        return str(next(self._suite))


@lru_cache(maxsize=256)
def compose(uri: str, texte: str) -> Document:
    """Read a feature, once for all who ask for the same text; numbered from 0. Raises LectureImpossible."""
    lecture, libre = lire_et_numeroter(texte)
    numeros: IdGenerator = _Suite(libre)
    # The samples of Cucumber are in English, and say nothing of it.
    if lecture.erreurs:
        numeros = IdGenerator()
        lecture = exiger(texte, numeros, en_francais=False)
    ast: dict[str, Any] = {**(lecture.arbre or {}), "uri": uri}
    # Its type of a tree with an address cannot be built from that of a tree.
    compilateur: Any = Compiler(numeros)
    pickles = {pickle["location"]["line"]: pickle for pickle in compilateur.compile(ast)}
    scenarios: dict[int, Ecrit] = {}
    plans: dict[int, list[int]] = {}
    for instance in lecture.fonctionnalite.instances if lecture.fonctionnalite else ():
        if instance.ligne in pickles:  # An outline whose tables are empty is not compiled.
            scenarios[instance.ligne] = _ecrit(instance, pickles[instance.ligne])
            plans.setdefault(instance.scenario.ligne, []).append(instance.ligne)
    return Document(ast, lecture.fonctionnalite, scenarios, plans, int(numeros.get_next_id()))


def numerote(document: Document, numeros: IdGenerator) -> Document:
    """Give a document again, its nodes numbered by `numeros` in the same order."""
    miens = [numeros.get_next_id() for _ in range(document.suivant)]
    scenarios = {
        ligne: replace(ecrit, pickle=_renumeroter(ecrit.pickle, miens)) for ligne, ecrit in document.scenarios.items()
    }
    return replace(document, ast=_renumeroter(document.ast, miens), scenarios=scenarios)


def _renumeroter(noeud: Any, miens: Sequence[str]) -> Any:
    """Give a part of a tree or of a pickle with other numbers: `id`, `astNodeId` and `astNodeIds` hold them."""
    if isinstance(noeud, dict):
        return {cle: (_autres if cle in _NUMEROS else _renumeroter)(valeur, miens) for cle, valeur in noeud.items()}
    if isinstance(noeud, list):
        return [_renumeroter(chacun, miens) for chacun in noeud]
    return noeud


def _autres(numero: str | list[str], miens: Sequence[str]) -> str | list[str]:
    return [miens[int(un)] for un in numero] if isinstance(numero, list) else miens[int(numero)]


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
