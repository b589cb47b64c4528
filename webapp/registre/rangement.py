"""What several files say of the same fiches, brought together on disk: the files list them in different orders.

Fiches are kept in slices of a thousand numbers, which come back one after the other: what is held in memory is one
slice, or what has not been written yet, and does not grow with the export.
"""

import marshal
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Self

from webapp.domain.textes import fr
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.fichiers import place_temporaire, temporaire

_NUMERO = re.compile(r"([A-Z]{1,4})(\d{1,6})")
_EN_MEMOIRE = 1_000
"""Parts held before they are written: few, since the garbage collector looks at them again and again."""

_LETTRES_EN_MEMOIRE = 4_000_000
"""Characters read while parts are held."""

TRANCHE_MAX = 8 << 20
"""Bytes said of a thousand numbers; the real exports say two or three millions. In memory they take ten times more."""

Tranche = tuple[str, int]
ILLISIBLES: Tranche = ("", 0)

# What one line, or several that follow each other, say of a fiche: its number, the rank of the file, the line, values.
Partie = tuple[str, int, int, Any]


class Rangement:
    """Parts of fiches, put away as they come and given back by fiche. A context manager: its file goes with it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._fichier = temporaire()
        self._tailles: Counter[Tranche] = Counter()
        self._ecrites: defaultdict[Tranche, list[tuple[int, int]]] = defaultdict(list)

    def __enter__(self) -> Self:
        """Give it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file."""
        # What did not fit is written at the end again, in vain.
        with suppress(OSError):
            self._fichier.close()

    def ajouter(self, parties: Iterator[Partie], lues: Callable[[], int]) -> None:
        """Put parts away. `lues` says how many characters were read so far: long parts are held in smaller number.

        Raises ExportRefuse when what is said of a thousand fiches would not fit in memory, or all of it on the disk.
        """
        lot: list[Partie] = []
        depuis = lues()
        for partie in parties:
            lot.append(partie)
            if len(lot) == _EN_MEMOIRE or lues() - depuis > _LETTRES_EN_MEMOIRE:
                self._ecrire(lot)
                lot, depuis = [], lues()
        self._ecrire(lot)

    def _ecrire(self, lot: list[Partie]) -> None:
        tranches: defaultdict[Tranche, list[Partie]] = defaultdict(list)
        for partie in lot:
            tranches[_tranche(partie[0])].append(partie)
        for tranche, siennes in tranches.items():
            octets = marshal.dumps(siennes)
            self._tailles[tranche] += len(octets)
            if tranche != ILLISIBLES and self._tailles[tranche] > TRANCHE_MAX:
                raise ExportRefuse(fr(f"Ce fichier CSV en dit trop de la fiche {siennes[0][0]} : il est abîmé."))
            with place_temporaire():
                self._ecrites[tranche].append((self._fichier.tell(), len(octets)))
                self._fichier.write(octets)

    def fiches(self) -> Iterator[list[Partie]]:
        """Give the parts of each fiche, by number, in the order in which they came.

        A number that cannot be read brings nothing together: each of its parts comes alone, first of all.
        """
        for tranche in sorted(self._ecrites):
            if tranche == ILLISIBLES:
                yield from ([partie] for partie in self._parties(tranche))
                continue
            fiches: defaultdict[str, list[Partie]] = defaultdict(list)
            for partie in self._parties(tranche):
                fiches[partie[0]].append(partie)
            for numero in sorted(fiches, key=_ordre):
                yield fiches[numero]

    def _parties(self, tranche: Tranche) -> Iterator[Partie]:
        for place, taille in self._ecrites[tranche]:
            with place_temporaire():
                self._fichier.seek(place)
                lus = self._fichier.read(taille)
            yield from marshal.loads(lus)  # noqa: S302 - our own file, which has no name


def _tranche(numero: str) -> Tranche:
    lu = _NUMERO.fullmatch(numero)
    return (lu[1], int(lu[2]) // 1_000) if lu else ILLISIBLES


def _ordre(numero: str) -> tuple[int, str]:
    return len(numero), numero
