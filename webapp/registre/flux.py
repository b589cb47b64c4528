"""Bytes read from a file, counted as they go: that is how an import says how far it is."""

import io
import re
from collections.abc import Callable, Iterator
from typing import IO, Any

from webapp.domain.textes import fr
from webapp.registre.erreurs import ExportRefuse

# As much at a time as the readers ask for: counting is then a few calls for each megabyte.
TAMPON = 1 << 16

LIGNE_MAX = 1 << 18
"""Bytes of one line, and characters of one row, which may have several: sixty times the longest of the real exports."""

FICHE_MAX = 8 << 20
"""Bytes of XML between the ends of two fiches: those that have thousands of partners take two or three millions."""

NOEUDS_MAX = 600_000
"""Tags and attributes within as many bytes. Each takes a hundred bytes of memory, whatever its own length."""


DEBUT_DE_FICHE = re.compile(rb"<FICHE[\s>/]")
_FIN_DE_FICHE = re.compile(rb"</FICHE\s*>")
FICHE_SANS_FIN = fr("Ce fichier XML a une fiche de plusieurs mégaoctets : il est abîmé.")
LIGNE_SANS_FIN = fr("Ce fichier CSV a une ligne de plusieurs centaines de kilooctets : il est abîmé.")


class Compte(io.RawIOBase):
    """A stream that tells `avancer` the number of bytes each read gave. Closing it closes what it reads."""

    def __init__(self, flux: IO[bytes], avancer: Callable[[int], None]) -> None:
        """Stand before a stream of bytes."""
        self._flux = flux
        self._avancer = avancer

    def readable(self) -> bool:
        """Say that it can be read: buffers ask."""
        return True

    def readinto(self, place: Any) -> int:
        """Give the next bytes."""
        lus = self._flux.read(len(place))
        place[: len(lus)] = lus
        self._avancer(len(lus))
        return len(lus)

    def close(self) -> None:
        """Close what is read."""
        if not self.closed:
            self._flux.close()
        super().close()


class Lignes(Compte):
    """The same for a text in lines: one without end, of which a few kilobytes of zip can make gigabytes, is refused."""

    def __init__(self, flux: IO[bytes], avancer: Callable[[int], None]) -> None:
        """Stand before a stream of bytes."""
        super().__init__(flux, avancer)
        self._depuis = 0

    def readinto(self, place: Any) -> int:
        """Give the next bytes. Raises ExportRefuse."""
        nombre = super().readinto(place)
        lus = bytes(place[:nombre])
        fin = max(lus.rfind(b"\n"), lus.rfind(b"\r"))
        self._depuis = self._depuis + nombre if fin < 0 else nombre - fin
        if self._depuis > LIGNE_MAX:
            raise ExportRefuse(LIGNE_SANS_FIN)
        return nombre


class Fiches:
    """An XML file cut at the ends of its fiches: each can then be read, or not, without the others.

    What it cuts is bounded: a fiche without end would be held in memory whole before anybody could look at it.
    """

    def __init__(self, flux: IO[bytes], avancer: Callable[[int], None]) -> None:
        """Stand before a stream of bytes."""
        self._flux = flux
        self._avancer = avancer
        self._tampon = b""

    def debut(self) -> bytes:
        """Give what stands before the first fiche; all of it when there is none. Raises ExportRefuse."""
        while (trouve := DEBUT_DE_FICHE.search(self._tampon)) is None:
            if not self._lire():
                break
        fin = trouve.start() if trouve else len(self._tampon)
        debut, self._tampon = self._tampon[:fin], self._tampon[fin:]
        return debut

    def __iter__(self) -> Iterator[bytes]:
        """Give the pieces that end each with that of a fiche. Raises ExportRefuse."""
        vus = 0
        while True:
            debut = 0
            for trouve in _FIN_DE_FICHE.finditer(self._tampon, vus):
                yield _mesurer(self._tampon[debut : trouve.end()])
                debut = trouve.end()
            self._tampon = self._tampon[debut:]
            # The end of a fiche may be between two reads.
            vus = max(0, self._tampon.rfind(b"<"))
            if not self._lire():
                return

    def fin(self) -> bytes:
        """Give what stands after the last fiche."""
        return self._tampon

    def _lire(self) -> bool:
        lus = self._flux.read(TAMPON)
        self._avancer(len(lus))
        self._tampon += lus
        if len(self._tampon) > FICHE_MAX:
            raise ExportRefuse(FICHE_SANS_FIN)
        return bool(lus)


def _mesurer(morceau: bytes) -> bytes:
    """Give a piece that is not made to swell: a shorter one cannot hold so many nodes."""
    if len(morceau) > NOEUDS_MAX and morceau.count(b"<") + morceau.count(b"=") > NOEUDS_MAX:
        raise ExportRefuse(FICHE_SANS_FIN)
    return morceau
