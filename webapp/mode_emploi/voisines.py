"""The known sentences nearest to a step that is none of them, and what to change in it, word by word.

Every sentence is compared by its groups of three letters, which costs little; the nearest few are then compared by
their words. What is compared is cut to a length that no sentence has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from webapp.domain.textes import fr
from webapp.mode_emploi.livre import GUILLEMETS, NOMBRE, livre, plier
from webapp.mode_emploi.mots import Mot, mots

if TYPE_CHECKING:
    from webapp.mode_emploi.livre import Parametre, Phrase

MOTS_MAX = 40
PROPOSEES = 3
_COMPAREES = 8
# Below this, two sentences only share ordinary words.
_RESSEMBLANCE = 0.42
# A sentence of another keyword is less of a neighbour.
_AUTRE_MOT = 0.12

_ENTIER = re.compile(r"[+-]?[0-9]+")
_CITE, _ENTIERS = "«»", "#"
_PARAMETRE = re.compile(r"\{(\w+)(?::\w+)?\}")


class Nature(Enum):
    """What a piece of a neighbour is, beside what was typed."""

    COMMUN = "commun"
    ECART = "ecart"
    VALEUR = "valeur"
    PARAMETRE = "parametre"


@dataclass(frozen=True)
class Morceau:
    """A word of a neighbour, said with what was typed where it can be."""

    texte: str
    nature: Nature
    colle: bool = False


@dataclass(frozen=True)
class Ecart:
    """Words to change: those typed, those of the sentence; one of the two may be empty."""

    tape: str
    voulu: str


@dataclass(frozen=True)
class Voisine:
    """A neighbour of a step: the sentence, how to say it here, and what that changes."""

    phrase: Phrase
    morceaux: tuple[Morceau, ...]
    ecarts: tuple[Ecart, ...]
    autre_mot: bool


def voisines(plat: str, mot: str | None) -> tuple[Voisine, ...]:
    """Give the sentences nearest to a plain step, the best first, at most three.

    `mot` is the keyword of the step, None when it is not known.
    """
    tapes = mots(plat)[:MOTS_MAX]
    lettres = _trigrammes(" ".join(_cle(mot, set()) for mot in tapes))
    candidates = []
    for rang, (phrase, siennes) in enumerate(_fiches()):
        autre = mot is not None and mot not in phrase.mots
        candidates.append((_dice(lettres, siennes), -rang, phrase, autre))
    candidates.sort(reverse=True, key=lambda c: c[:2])
    jugees = []
    for note, rang, phrase, autre in candidates[:_COMPAREES]:
        comparaison = _Comparaison(tapes, phrase)
        finale = (note + comparaison.part_commune) / 2 - autre * _AUTRE_MOT
        if finale >= _RESSEMBLANCE:
            jugees.append((finale, rang, comparaison.voisine(autre_mot=autre)))
    jugees.sort(reverse=True, key=lambda j: j[:2])
    return tuple(voisine for _, _, voisine in jugees[:PROPOSEES])


@dataclass(frozen=True)
class _MotDePhrase:
    mot: Mot
    parametre: Parametre | None
    cle: str


class _Comparaison:
    """A step beside a sentence, word by word."""

    def __init__(self, tapes: tuple[Mot, ...], phrase: Phrase) -> None:
        self._tapes = tapes
        self._phrase = phrase
        self._voulus = _mots_de(phrase)
        propres = {m.cle for m in self._voulus if m.parametre is None}
        cles = [_cle(mot, propres) for mot in tapes]
        self._suites = SequenceMatcher(None, cles, [m.cle for m in self._voulus], autojunk=False)

    @property
    def part_commune(self) -> float:
        """How much the two have in common, between 0 and 1."""
        return self._suites.ratio()

    def voisine(self, *, autre_mot: bool) -> Voisine:
        morceaux: list[Morceau] = []
        ecarts: list[Ecart] = []
        for operation, a1, a2, b1, b2 in self._suites.get_opcodes():
            tapes, voulus = self._tapes[a1:a2], self._voulus[b1:b2]
            if operation == "equal":
                for tape, voulu in zip(tapes, voulus, strict=True):
                    morceaux.append(_commun(tape, voulu))
                    if morceaux[-1].nature is Nature.ECART:  # The same word, but for its case or its accents.
                        ecarts.append(Ecart(tape.texte, morceaux[-1].texte))
            elif _est_une_valeur_nue(voulus) and tapes:
                morceaux.append(Morceau(_texte(tapes), Nature.VALEUR, voulus[0].mot.colle))
            elif _sans_guillemets(tapes, voulus):
                cite = fr(f"« {_texte(tapes)} »")
                ecarts.append(Ecart(_texte(tapes), cite))
                morceaux.append(Morceau(cite, Nature.ECART, voulus[0].mot.colle))
            else:
                ecarts.append(Ecart(_texte(tapes), fr(_texte(tuple(v.mot for v in voulus)))))
                morceaux += [_ecart(v) for v in voulus]
        return Voisine(self._phrase, tuple(morceaux), tuple(ecarts), autre_mot)


def _commun(tape: Mot, voulu: _MotDePhrase) -> Morceau:
    if voulu.parametre is not None:
        # The guillemets are those of the sentence; what they hold is quoted as it was typed.
        texte = f"{fr('« ')}{tape.texte[1:-1].strip()}{fr(' »')}" if tape.cite else tape.texte
        return Morceau(texte, Nature.VALEUR, voulu.mot.colle)
    nature = Nature.COMMUN if tape.texte == voulu.mot.texte else Nature.ECART
    return Morceau(fr(voulu.mot.texte), nature, voulu.mot.colle)


def _ecart(voulu: _MotDePhrase) -> Morceau:
    nature = Nature.ECART if voulu.parametre is None else Nature.PARAMETRE
    return Morceau(fr(voulu.mot.texte), nature, voulu.mot.colle)


def _est_une_valeur_nue(voulus: tuple[_MotDePhrase, ...]) -> bool:
    """Say whether the sentence has one parameter there, without guillemets: it takes whatever words were typed."""
    return (
        len(voulus) == 1 and voulus[0].parametre is not None and voulus[0].parametre.forme not in {GUILLEMETS, NOMBRE}
    )


def _sans_guillemets(tapes: tuple[Mot, ...], voulus: tuple[_MotDePhrase, ...]) -> bool:
    """Say whether words stand where the sentence has one value between guillemets."""
    attendu = len(voulus) == 1 and voulus[0].parametre is not None and voulus[0].mot.cite
    return attendu and bool(tapes) and not any(tape.cite for tape in tapes)


def _texte(liste: tuple[Mot, ...]) -> str:
    return "".join(m.texte if m.colle and rang else f" {m.texte}" for rang, m in enumerate(liste)).removeprefix(" ")


def _cle(mot: Mot, propres: set[str]) -> str:
    """Give what makes two words the same one: a quoted value is any other, but for the words of the sentence itself."""
    pliee = plier(mot.texte)
    if pliee in propres:
        return pliee
    if mot.cite:
        return _CITE
    return _ENTIERS if _ENTIER.fullmatch(pliee) else pliee


@lru_cache(maxsize=512)
def _mots_de(phrase: Phrase) -> tuple[_MotDePhrase, ...]:
    """Cut a sentence into words, each parameter being one, called by its name."""
    par_nom = {p.nom: p for p in phrase.parametres}
    faits = []
    for mot in mots(_PARAMETRE.sub(r"{\1}", phrase.texte)):
        if lu := _PARAMETRE.search(mot.texte):
            parametre = par_nom[lu[1]]
            cle = {GUILLEMETS: _CITE, NOMBRE: _ENTIERS}.get(parametre.forme, "{}")
            nomme = replace(mot, texte=_PARAMETRE.sub(parametre.libelle, mot.texte))
            faits.append(_MotDePhrase(nomme, parametre, cle))
        else:
            faits.append(_MotDePhrase(mot, None, plier(mot.texte)))
    return tuple(faits)


@lru_cache(maxsize=1)
def _fiches() -> tuple[tuple[Phrase, frozenset[str]], ...]:
    return tuple((p, _trigrammes(" ".join(m.cle for m in _mots_de(p)))) for p in livre().phrases)


def _trigrammes(texte: str) -> frozenset[str]:
    borde = f"  {texte} "
    return frozenset(borde[rang : rang + 3] for rang in range(len(borde) - 2))


def _dice(un: frozenset[str], autre: frozenset[str]) -> float:
    return 2 * len(un & autre) / (len(un) + len(autre))
