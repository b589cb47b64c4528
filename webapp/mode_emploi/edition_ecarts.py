"""A sentence of the guide beside what another edition makes of it, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import TYPE_CHECKING

from webapp.domain.textes import fr
from webapp.mode_emploi.edition_mots import extrait, lire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.mode_emploi.edition_mots import MotLu


class Sort(Enum):
    """What became of some words."""

    GARDE = "gardé"
    RETIRE = "retiré"
    AJOUTE = "ajouté"


@dataclass(frozen=True)
class Morceau:
    """A piece of a sentence, signs and spaces included, and what became of it."""

    texte: str
    sort: Sort


@dataclass(frozen=True)
class Remplacement:
    """Some words in the place of others; one of the two may be empty."""

    avant: str
    apres: str


@dataclass(frozen=True)
class Comparee:
    """A sentence, the same in the other edition, and what changed, as it is read and as it is counted."""

    avant: str
    apres: str
    morceaux: tuple[Morceau, ...]
    remplacements: tuple[Remplacement, ...]


def comparer_mots(avant: str, plat: str, lus: tuple[MotLu, ...]) -> Comparee:
    """Compare a sentence of the guide with some words of a text that was read; a number that is alone is none of them.

    In: the sentence, the text, its words in their order.
    """
    siens = lire(avant)
    suites = SequenceMatcher(None, [m.cle for m in siens], [m.cle for m in lus], autojunk=False)
    morceaux: list[Morceau] = []
    faits: list[Remplacement] = []
    ou = 0
    for operation, a1, a2, b1, b2 in suites.get_opcodes():
        # What takes the place of a number is one; what is only there may be that of a page.
        ajoutes = tuple(mot for mot in lus[b1:b2] if operation == "replace" or not mot.numero)
        ajout = fr(" ".join(_nu(plat, ajoutes)))
        debut, fin = (siens[a1].debut, siens[a2 - 1].fin) if a2 > a1 else (ou, ou)
        if operation == "equal":
            morceaux.append(Morceau(avant[ou:fin], Sort.GARDE))
        elif a2 > a1 or ajout:
            retire = avant[debut:fin]
            morceaux += _remplacer(avant[ou:debut], retire, ajout, premier=not morceaux)
            faits.append(Remplacement(retire, ajout))
        ou = fin
    morceaux.append(Morceau(avant[ou:], Sort.GARDE))
    return Comparee(avant, fr(extrait(plat, lus)), tuple(m for m in morceaux if m.texte), tuple(faits))


def _remplacer(entre: str, retire: str, ajout: str, *, premier: bool) -> Iterator[Morceau]:
    yield Morceau(entre, Sort.GARDE)
    yield Morceau(retire, Sort.RETIRE)
    if ajout:
        yield Morceau("" if premier and not retire else " ", Sort.GARDE)
        yield Morceau(ajout, Sort.AJOUTE)
        yield Morceau(" " if premier and not retire else "", Sort.GARDE)


def _nu(plat: str, mots: tuple[MotLu, ...]) -> Iterator[str]:
    """Give runs of words as they are written, the signs between them included."""
    debut = 0
    for rang in range(1, len(mots) + 1):
        if rang == len(mots) or plat[mots[rang - 1].fin : mots[rang].debut].strip(" «»\n\t,;:.!?()'-") or rang == 0:
            yield " ".join(plat[mots[debut].debut : mots[rang - 1].fin].split())
            debut = rang
