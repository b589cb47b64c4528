"""What several files say of the same fiches, brought together on disk: the files list them in different orders.

Fiches are kept in slices of a thousand numbers, which come back one after the other: what is held in memory is one
slice, or what has not been written yet, and does not grow with the export.
"""

import marshal
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any, Self

_NUMERO = re.compile(r"([A-Z]{1,4})(\d{1,6})")
_EN_MEMOIRE = 1_000
"""Parts held before they are written: few, since the garbage collector looks at them again and again."""

Tranche = tuple[str, int]
ILLISIBLES: Tranche = ("", 0)

# What one line, or several that follow each other, say of a fiche: its number, the rank of the file, the line, values.
Partie = tuple[str, int, int, Any]


class Rangement:
    """Parts of fiches, put away as they come and given back by fiche. A context manager: its file goes with it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._fichier = tempfile.TemporaryFile(prefix="registre-")  # noqa: SIM115 - closed on exit
        self._ecrites: defaultdict[Tranche, list[tuple[int, int]]] = defaultdict(list)

    def __enter__(self) -> Self:
        """Give it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file."""
        self._fichier.close()

    def ajouter(self, parties: Iterator[Partie]) -> None:
        """Put parts away."""
        while lot := list(islice(parties, _EN_MEMOIRE)):
            tranches: defaultdict[Tranche, list[Partie]] = defaultdict(list)
            for partie in lot:
                tranches[_tranche(partie[0])].append(partie)
            for tranche, siennes in tranches.items():
                octets = marshal.dumps(siennes)
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
            self._fichier.seek(place)
            yield from marshal.loads(self._fichier.read(taille))  # noqa: S302 - our own file, which has no name


def _tranche(numero: str) -> Tranche:
    lu = _NUMERO.fullmatch(numero)
    return (lu[1], int(lu[2]) // 1_000) if lu else ILLISIBLES


def _ordre(numero: str) -> tuple[int, str]:
    return len(numero), numero
