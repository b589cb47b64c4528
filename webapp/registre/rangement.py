"""What several files say of the same fiches, brought together on disk: the files list them in different orders.

Fiches are kept in slices of a thousand numbers, which come back one after the other: what is held in memory is one
slice, or what has not been written yet, and does not grow with the export.
"""

import marshal
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, Self

from webapp.domain.textes import fr
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.fichiers import place_temporaire, temporaire

_NUMERO = re.compile(r"([A-Z]{1,4})(\d{1,6})")
_EN_MEMOIRE = 1_000
"""Parts held before they are written: few, since the garbage collector looks at them again and again."""

_OCTETS_EN_MEMOIRE = 4_000_000
"""Bytes read while parts are held."""

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
        self._attente: list[Partie] = []
        self._octets = 0
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

    def ajouter(self, parties: Sequence[Partie], octets: int) -> None:
        """Put parts away. In: how many bytes say them. They wait until there are enough of them to be written together.

        Raises ExportRefuse when what is said of a thousand fiches would not fit in memory, or all of it on the disk.
        """
        self._attente += parties
        self._octets += octets
        if len(self._attente) >= _EN_MEMOIRE or self._octets > _OCTETS_EN_MEMOIRE:
            self._ecrire()

    def _ecrire(self) -> None:
        tranches: defaultdict[Tranche, list[Partie]] = defaultdict(list)
        for partie in self._attente:
            tranches[tranche_de(partie[0])].append(partie)
        self._attente = []
        self._octets = 0
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
        self._ecrire()
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


@lru_cache(2 * _EN_MEMOIRE)
def tranche_de(numero: str) -> Tranche:
    """Give the slice of a number; ILLISIBLES when it is none."""
    lu = _NUMERO.fullmatch(numero)
    return (lu[1], int(lu[2]) // 1_000) if lu else ILLISIBLES


def _ordre(numero: str) -> tuple[int, str]:
    return len(numero), numero
