"""What else an « Alors » could have said: every value, number, cell and text of it altered, one at a time.

An altered step must be false on a right product. Pure text: knows neither pytest nor the browser.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from steps.definitions.phrase import Phrase
from steps.gherkin.typographie import dire
from steps.sabotage.contraires import AUTRES_VALEURS, CONTRAIRES, LISTES_ENTIERES, LISTES_ORDONNEES, MOTS_DISTINCTS

Table = tuple[tuple[str, ...], ...]

_NOMBRE = re.compile(r"\d+")
_CITATION = re.compile(r"« (.*?) »")
_MOT = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Pas:
    """One step as it is played: its sentence, the table or the text that stands under it."""

    texte: str
    table: Table = ()
    bloc: str = ""


@dataclass(frozen=True)
class Mutation:
    """Another step in place of one, and what a person would say of the difference."""

    quoi: str
    pas: Pas


def mutations(phrase: Phrase, pas: Pas) -> list[Mutation]:
    """Give all that a step could have said instead; `phrase` is the sentence of its definition."""
    return [
        *_contraire(phrase, pas),
        *_valeurs(phrase, pas),
        *(Mutation(quoi, replace(pas, bloc=autre)) for quoi, autre in _dites(pas.bloc) if pas.bloc),
        *_cellules(pas),
        *_listes(phrase, pas),
    ]


def autres(valeur: str) -> list[str]:
    """Give other values close to one: each number plus one, one letter of it and of what it quotes changed.

    A word known to exclude others becomes another of them.
    """
    if valeur in MOTS_DISTINCTS:
        return [MOTS_DISTINCTS[valeur]]
    proches = [
        valeur[: lu.start()] + str(int(lu[0]) + 1).zfill(len(lu[0])) + valeur[lu.end() :]
        for lu in _NOMBRE.finditer(valeur)
    ]
    citees = [lu.span(1) for lu in _CITATION.finditer(valeur)]
    dehors = [lu.span() for lu in _MOT.finditer(_CITATION.sub(lambda lu: " " * len(lu[0]), valeur))]
    dedans = [
        [(lu.start() + debut, lu.end() + debut) for lu in _MOT.finditer(valeur[debut:fin])] for debut, fin in citees
    ]
    for mots in (dehors, *dedans):
        if mots:
            # The last letter of the longest word: steps that look for a part of a text only must see it too.
            place = max(mots, key=lambda bornes: bornes[1] - bornes[0])[1] - 1
            proches.append(valeur[:place] + _autre_lettre(valeur[place]) + valeur[place + 1 :])
    return proches or [valeur + "x"]


def _autre_lettre(lettre: str) -> str:
    autre = "z" if lettre.casefold() == "x" else "x"
    return autre.upper() if lettre.isupper() else autre


def _dites(valeur: str) -> Iterator[tuple[str, str]]:
    for autre in autres(valeur):
        yield dire("« {avant} » devient « {apres} »", avant=valeur, apres=autre), autre


def _contraire(phrase: Phrase, pas: Pas) -> Iterator[Mutation]:
    contraire = CONTRAIRES.get(phrase.name)
    if contraire is not None:
        dit = contraire.phrase.format(**_lire(phrase, pas))
        yield Mutation(dire("devient « {dit} »", dit=dit), Pas(dit))


def _valeurs(phrase: Phrase, pas: Pas) -> Iterator[Mutation]:
    valeurs = _lire(phrase, pas)
    contraire = CONTRAIRES.get(phrase.name)
    for nom, valeur in valeurs.items():
        if contraire is not None and nom not in contraire.valeurs:
            continue
        choisies = [autre.format(**valeurs) for autre in AUTRES_VALEURS.get((phrase.name, nom), ())]
        for autre in [autre for autre in choisies if autre != valeur][:1] or autres(valeur):
            quoi = dire("« {avant} » devient « {apres} »", avant=valeur, apres=autre)
            yield Mutation(quoi, replace(pas, texte=phrase.rendre(**{**valeurs, nom: autre})))


def _cellules(pas: Pas) -> Iterator[Mutation]:
    for rang, ligne in enumerate(pas.table):
        for colonne, cellule in enumerate(ligne):
            for quoi, autre in _dites(cellule):
                changee = (*ligne[:colonne], autre, *ligne[colonne + 1 :])
                yield Mutation(quoi, replace(pas, table=(*pas.table[:rang], changee, *pas.table[rang + 1 :])))


def _listes(phrase: Phrase, pas: Pas) -> Iterator[Mutation]:
    if phrase.name in LISTES_ORDONNEES and len(pas.table) > 1:
        premiere, deuxieme, *suite = pas.table
        yield Mutation(dire("les deux premières lignes échangées"), replace(pas, table=(deuxieme, premiere, *suite)))
    if phrase.name in LISTES_ENTIERES and len(pas.table) > 1:
        yield Mutation(dire("la dernière ligne ôtée"), replace(pas, table=pas.table[:-1]))


def _lire(phrase: Phrase, pas: Pas) -> Mapping[str, str]:
    return {nom: str(valeur) for nom, valeur in (phrase.parse_arguments(pas.texte) or {}).items()}
