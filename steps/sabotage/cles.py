"""The key of a scenario: it changes with all that decides whether its altered « Alors » are seen.

That is what its steps say, in which conditions it is played, what its « Alors » could have said instead, and the code
by which they look: the function of each sentence, and all that it calls in the screens by any name that it may have.
The product itself is not in it, or everything would be tried again at each change: `--tout` does.
"""

import ast
import hashlib
import inspect
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from pytest_bdd.parser import Step

from steps.definitions.definitions import Definition
from steps.definitions.phrase import Phrase
from steps.definitions.scenario_joue import ScenarioJoue
from steps.gherkin.typographie import aplanir
from steps.sabotage.contraires import PAR_UNE_FAUTE
from steps.sabotage.mutations import Pas, mutations

STEPS = Path(__file__).resolve().parent.parent
LONGUEUR = 16


def cle_du_scenario(joue: ScenarioJoue, definitions: Iterable[Definition]) -> str:
    """Give the key of a scenario; `definitions` are those that its steps see."""
    alors = [d for d in definitions if isinstance(d.parser, Phrase) and d.contexte.type != "when"]
    dits = [sorted(joue.etiquettes), [_dit(pas) for pas in joue.pas]]
    constats = [constat for pas in joue.pas if pas.type == "then" for constat in _constats(pas, alors)]
    return empreinte(dits, constats)


def empreinte(*choses: object) -> str:
    """Give a short print of plain values."""
    return hashlib.sha256(json.dumps(choses, ensure_ascii=False).encode()).hexdigest()[:LONGUEUR]


def lire_pas(step: Step) -> Pas:
    """Give a step as it is played."""
    table = tuple(tuple(str(c) for c in ligne) for ligne in step.datatable.raw()) if step.datatable else ()
    return Pas(aplanir(step.name), table, step.docstring or "")


def _dit(step: Step) -> list[object]:
    pas = lire_pas(step)
    return [step.type, pas.texte, pas.table, pas.bloc]


def _constats(step: Step, alors: Iterable[Definition]) -> Iterator[list[object]]:
    """Give, for the sentences that read a step, how it can be made false and the print of their code."""
    for definition in alors:
        phrase = definition.parser
        if isinstance(phrase, Phrase) and phrase.is_matching(step.name):
            faussees = [[m.quoi, m.pas.texte, m.pas.table, m.pas.bloc] for m in mutations(phrase, lire_pas(step))]
            yield [phrase.name, faussees, PAR_UNE_FAUTE.get(phrase.name), code(definition.fonction)]


@cache
def code(fonction: Callable[..., object]) -> str:
    """Give the print of what a function of the phrases runs: itself, and whatever it names, from name to name.

    One that is written elsewhere is taken alone.
    """
    ecrits = _ecrits()
    if fonction.__name__ not in ecrits:
        return empreinte(inspect.getsource(fonction))
    vus: set[str] = set()
    a_voir = {fonction.__name__}
    while a_voir:
        vu = a_voir.pop()
        vus.add(vu)
        a_voir |= {autre for noeud in ecrits[vu] for autre in _noms(noeud) if autre in ecrits} - vus
    return empreinte([[vu, sorted(ast.dump(noeud) for noeud in ecrits[vu])] for vu in sorted(vus & ecrits.keys())])


@cache
def _ecrits() -> Mapping[str, list[ast.AST]]:
    """Give what is written in the phrases and the screens, by its name: functions, methods, constants."""
    ecrits: dict[str, list[ast.AST]] = {}
    for fichier in sorted([*STEPS.glob("phrases/*.py"), *STEPS.glob("ecrans/*.py")]):
        for noeud in ast.walk(ast.parse(fichier.read_text("utf-8"))):
            if isinstance(noeud, ast.FunctionDef):
                ecrits.setdefault(noeud.name, []).append(noeud)
            elif isinstance(noeud, ast.Assign | ast.AnnAssign):
                cibles = noeud.targets if isinstance(noeud, ast.Assign) else [noeud.target]
                for cible in cibles:
                    if isinstance(cible, ast.Name):
                        ecrits.setdefault(cible.id, []).append(noeud)
    return ecrits


def _noms(noeud: ast.AST) -> Iterator[str]:
    for dedans in ast.walk(noeud):
        if isinstance(dedans, ast.Name):
            yield dedans.id
        elif isinstance(dedans, ast.Attribute):
            yield dedans.attr
