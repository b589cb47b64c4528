"""One step of a scenario read again: known, known under another keyword, or unknown with its nearest neighbours.

A step of an outline is judged with each of its examples in place, as it would be run. Work is bounded, whatever is
pasted: beyond a number of examples or of unknown steps, the rest is told without being looked into.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from steps.gherkin.attendus import refus_de_parametre
from steps.gherkin.document import places, remplir
from steps.gherkin.typographie import aplanir, composer
from webapp.mode_emploi.voisines import voisines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from webapp.mode_emploi.livre import Livre, Parametre, Phrase
    from webapp.mode_emploi.voisines import Voisine

PAS_MAX = 300
VOISINES_MAX = 60
VARIANTES_MAX = 500

_ANGLAIS = re.compile(r"[\"“”„]\s*([^\"“”„]*?)\s*[\"“”„]")
_SERRES = re.compile(r"«(?! )|(?<! )»")


class Verdict(Enum):
    """What is known of a step."""

    CONNUE = "connue"
    AILLEURS = "ailleurs"
    INCONNUE = "inconnue"


@dataclass(frozen=True)
class Valeur:
    """What a step gives to a parameter."""

    parametre: Parametre
    texte: str


@dataclass(frozen=True)
class Jugement:
    """What is known of one step. `exemple` is the step with an example in place, when that is what is wrong.

    `guillemets`: it would be known if its values stood between « and », each with its inner space. `refus`: what is
    wrong with its values, those of every example counted.
    """

    verdict: Verdict
    phrase: Phrase | None = None
    valeurs: tuple[Valeur, ...] = ()
    voisines: tuple[Voisine, ...] = ()
    exemple: str = ""
    guillemets: bool = False
    refus: tuple[str, ...] = ()


class Juge:
    """Judges the steps of one text: what it may spend is counted over all of them."""

    def __init__(self, livre: Livre) -> None:
        self._livre = livre
        self._connus: dict[tuple[str, str], Jugement] = {}
        self._voisines = VOISINES_MAX
        self._variantes = VARIANTES_MAX

    def juger(self, texte: str, genre: str, exemples: Sequence[Mapping[str, str]] = ()) -> Jugement:
        """Judge a step. `genre` is the keyword of the book that it stands under, empty when it is not known."""
        if len(texte) > PAS_MAX:
            return Jugement(Verdict.INCONNUE)
        tel_quel = self._juger(texte, genre)
        variantes = self._dites(texte, exemples)
        juges = [(variante, self._juger(variante, genre)) for variante in variantes]
        fautive = next(((v, j) for v, j in juges if j.verdict is not Verdict.CONNUE), None)
        if fautive is not None:
            return self._avec_voisines(fautive[0], genre, fautive[1], exemple=fautive[0])
        if juges:
            connu = juges[0][1] if tel_quel.verdict is not Verdict.CONNUE else tel_quel
            return replace(connu, refus=tuple(dict.fromkeys(dit for _, juge in juges for dit in _refus(juge))))
        if tel_quel.verdict is Verdict.CONNUE:
            return replace(tel_quel, refus=tuple(_refus(tel_quel)))
        return self._avec_voisines(texte, genre, tel_quel)

    def _dites(self, texte: str, exemples: Sequence[Mapping[str, str]]) -> list[str]:
        """Give the step with each example in place; none when it has no place for one."""
        if not exemples or not places(texte):
            return []
        gardes = exemples[: max(1, self._variantes)]
        self._variantes -= len(gardes)
        return list(dict.fromkeys(remplir(texte, exemple)[:PAS_MAX] for exemple in gardes))

    def _juger(self, texte: str, genre: str) -> Jugement:
        cle = (texte, genre)
        if cle not in self._connus:
            self._connus[cle] = self._reconnaitre(texte, genre)
        return self._connus[cle]

    def _reconnaitre(self, texte: str, genre: str) -> Jugement:
        plat, tape = aplanir(texte), composer(texte)
        ailleurs: Jugement | None = None
        for phrase in self._livre.phrases:
            lues = phrase.lire(plat, tape)
            if lues is None:
                continue
            valeurs = tuple(Valeur(parametre, lues[parametre.nom]) for parametre in phrase.parametres)
            if not genre or genre in phrase.mots:
                return Jugement(Verdict.CONNUE, phrase, valeurs)
            ailleurs = ailleurs or Jugement(Verdict.AILLEURS, phrase, valeurs)
        return ailleurs or Jugement(Verdict.INCONNUE)

    def _avec_voisines(self, texte: str, genre: str, jugement: Jugement, exemple: str = "") -> Jugement:
        """Add to a judgement what would make the step a known one."""
        corrige = _guillemets_corriges(texte)
        guillemets = corrige != aplanir(texte) and self._juger(corrige, genre).verdict is Verdict.CONNUE
        trouvees: tuple[Voisine, ...] = ()
        if self._voisines > 0:
            self._voisines -= 1
            trouvees = voisines(corrige, genre)
        if guillemets:
            trouvees = trouvees[:1]
        elif jugement.verdict is Verdict.AILLEURS:
            trouvees = tuple(voisine for voisine in trouvees if not voisine.autre_mot)[:1]
        return Jugement(jugement.verdict, jugement.phrase, jugement.valeurs, trouvees, exemple, guillemets)


def _refus(jugement: Jugement) -> Iterator[str]:
    """Yield what the sentence does not take of the values that the step gives it."""
    for valeur in jugement.valeurs:
        permises = tuple(map(aplanir, valeur.parametre.valeurs))
        if dit := refus_de_parametre(valeur.parametre.nom, valeur.texte, permises):
            yield dit


def _guillemets_corriges(texte: str) -> str:
    """Give a plain step with its values between « and », whatever stood around them."""
    francais = _ANGLAIS.sub(r"« \1 »", aplanir(texte))
    return _SERRES.sub(lambda lu: "« " if lu[0] == "«" else " »", francais)
