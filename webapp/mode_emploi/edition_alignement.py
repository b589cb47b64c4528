"""Which words of a pasted text are which sentence of the guide, wherever they stand.

The words are aligned as one run, so that where the lines end does not count. What an alignment in order leaves aside on
both sides has been moved: it is aligned again by itself, as long as something is found. What is left is new, or gone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from webapp.mode_emploi.edition_mots import MotLu

TENUE = 0.5
"""The part of its words that a sentence keeps: below it, it is another one."""
RETROUVEE = 0.6
"""The same, of one that is looked for elsewhere than in its place."""
_COURTE = 4
"""Words below which a sentence is found elsewhere only beside another."""
_PASSES = 24
_LACHE = 4


@dataclass
class Alignement:
    """The guide's sentences as runs of words, and for each the place of its words in the pasted text.

    `places[n]` gives, by the rank of a word in sentence n, that of the word that it is in the text.
    """

    phrases: Sequence[tuple[str, ...]]
    lus: Sequence[MotLu]
    places: list[dict[int, int]] = field(default_factory=list)

    @property
    def tenues(self) -> list[int]:
        """The sentences that are found, in the order of the guide."""
        return [rang for rang, places in enumerate(self.places) if places]

    def pris(self) -> dict[int, int]:
        """Give the sentence of each word of the text that is of one."""
        return {place: rang for rang, places in enumerate(self.places) for place in places.values()}


def aligner(phrases: Sequence[tuple[str, ...]], lus: Sequence[MotLu]) -> Alignement:
    """Find the sentences of a guide among the words of a text."""
    fait = Alignement(phrases, lus, [{} for _ in phrases])
    for passe in range(_PASSES):
        libres = [rang for rang, places in enumerate(fait.places) if not places]
        pris = fait.pris()
        if not _passer(fait, libres, [place for place in range(len(lus)) if place not in pris], premiere=not passe):
            break
    return fait


def _passer(fait: Alignement, libres: Sequence[int], places: Sequence[int], *, premiere: bool) -> bool:
    """Align what is free on both sides; say whether something was found."""
    gauche = [(rang, n) for rang in libres for n in range(len(fait.phrases[rang]))]
    # A mark that is no word stands where two words that are free are no neighbours.
    droite: list[int | None] = []
    for place in places:
        if droite and droite[-1] != place - 1:
            droite.append(None)
        droite.append(place)
    cles_g = [fait.phrases[rang][n] for rang, n in gauche]
    cles_d = [" " if place is None else fait.lus[place].cle for place in droite]
    trouves: dict[int, dict[int, int]] = {}
    for a, b, taille in SequenceMatcher(None, cles_g, cles_d, autojunk=False).get_matching_blocks():
        for decalage in range(taille):
            rang, n = gauche[a + decalage]
            trouvee = droite[b + decalage]
            if trouvee is not None:
                trouves.setdefault(rang, {})[n] = trouvee
    _glisser(fait, trouves)
    gardes = {
        rang: serres
        for rang, siennes in trouves.items()
        if (serres := _serrer(siennes)) and len(serres) >= (TENUE if premiere else RETROUVEE) * len(fait.phrases[rang])
    }
    if not premiere:
        gardes = {rang: siennes for rang, siennes in gardes.items() if _sure(rang, gardes, fait.phrases)}
    for rang, siennes in gardes.items():
        fait.places[rang] = siennes
    return bool(gardes)


def _glisser(fait: Alignement, trouves: dict[int, dict[int, int]]) -> None:
    """Give a sentence the words at its ends that were taken for those of one that is gone.

    Of « Cliquez sur le bouton « Suivant » » that is gone and « Cliquez sur le bouton « Vérifier » » that is there, the
    words that both have may be found to be of either.
    """
    a_qui = {place: rang for rang, siennes in trouves.items() for place in siennes.values()}
    for rang in sorted(trouves):
        siennes = trouves[rang]
        mots = fait.phrases[rang]
        for bord, manquants in (
            (min(siennes, default=0), range(min(siennes, default=0))),
            (max(siennes, default=0), range(max(siennes, default=0) + 1, len(mots))),
        ):
            if not siennes or not manquants:
                continue
            voulues = {n: siennes[bord] + n - bord for n in manquants}
            if all(_cede(fait, trouves, a_qui, place, mots[n]) for n, place in voulues.items()):
                for n, place in voulues.items():
                    ancien = a_qui.get(place)
                    if ancien is not None:
                        trouves[ancien] = {m: p for m, p in trouves[ancien].items() if p != place}
                    siennes[n] = place
                    a_qui[place] = rang


def _cede(fait: Alignement, trouves: dict[int, dict[int, int]], a_qui: dict[int, int], place: int, mot: str) -> bool:
    """Say whether a word of the text is that one, of no sentence or of one that lacks others."""
    if not 0 <= place < len(fait.lus) or fait.lus[place].cle != mot:
        return False
    ancien = a_qui.get(place)
    if ancien is None:
        return all(place not in siennes.values() for siennes in fait.places)
    return len(trouves[ancien]) < len(fait.phrases[ancien])


def _serrer(siennes: dict[int, int]) -> dict[int, int]:
    """Leave out the words at either end that stand far from the others: they are words of something else."""
    rangs = sorted(siennes)
    for _ in range(2):
        while len(rangs) > 2 and _loin(siennes, rangs[0], rangs[1]):  # noqa: PLR2004 - the two ends
            rangs.pop(0)
        rangs.reverse()
    return {rang: siennes[rang] for rang in sorted(rangs)}


def _loin(siennes: dict[int, int], un: int, autre: int) -> bool:
    return abs(siennes[autre] - siennes[un]) > abs(autre - un) + _LACHE


def _sure(rang: int, gardes: dict[int, dict[int, int]], phrases: Sequence[tuple[str, ...]]) -> bool:
    """Say whether a sentence found elsewhere is one: long enough, or beside one that is."""
    if len(phrases[rang]) >= _COURTE:
        return True
    return any(
        autre in gardes and abs(_debut(gardes[autre]) - _debut(gardes[rang])) <= _LACHE + len(phrases[autre]) * 2
        for autre in (rang - 1, rang + 1)
    )


def _debut(siennes: dict[int, int]) -> int:
    return min(siennes.values())


def deplacees(fait: Alignement, hors: frozenset[int] = frozenset()) -> list[list[int]]:
    """Give the sentences that stand in another order, those that moved together in one list; `hors` have none.

    What stays is the heaviest part of the guide, in words, that is still in its order.
    """
    tenues = [rang for rang in fait.tenues if rang not in hors]
    debuts = {rang: _debut(fait.places[rang]) for rang in tenues}
    restent = _plus_lourde(tenues, debuts, [len(fait.phrases[rang]) for rang in tenues])
    au_rang = {rang: n for n, rang in enumerate(sorted(tenues, key=debuts.__getitem__))}
    groupes: list[list[int]] = []
    precedente = -1
    for rang in tenues:
        if rang not in restent:
            suit = groupes and groupes[-1][-1] == precedente and au_rang[rang] == au_rang[precedente] + 1
            if suit:
                groupes[-1].append(rang)
            else:
                groupes.append([rang])
        precedente = rang
    return groupes


def _plus_lourde(tenues: Sequence[int], debuts: dict[int, int], poids: Sequence[int]) -> set[int]:
    """Give the heaviest increasing run: the sentences that kept their order."""
    totaux: list[int] = []
    avant: list[int | None] = []
    for n, rang in enumerate(tenues):
        possibles = [m for m in range(n) if debuts[tenues[m]] < debuts[rang]]
        meilleur = max(possibles, key=totaux.__getitem__, default=None)
        avant.append(meilleur)
        totaux.append(poids[n] + (totaux[meilleur] if meilleur is not None else 0))
    rang_fin = max(range(len(totaux)), key=totaux.__getitem__, default=None)
    gardees: set[int] = set()
    while rang_fin is not None:
        gardees.add(tenues[rang_fin])
        rang_fin = avant[rang_fin]
    return gardees


def trous(fait: Alignement) -> Iterator[tuple[int | None, int | None, range]]:
    """Give the runs of words that are of no sentence: the sentence before, the one after, the words.

    The numbers of steps and of pages that are alone make no run.
    """
    pris = fait.pris()
    debut: int | None = None
    avant: int | None = None
    for place in range(len(fait.lus) + 1):
        if place == len(fait.lus) or place in pris:
            if debut is not None:
                yield avant, pris.get(place), range(debut, place)
            debut, avant = None, pris.get(place)
        elif debut is None:
            debut = place
