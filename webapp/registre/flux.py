"""Bytes read from a file, counted as they go: that is how an import says how far it is."""

import io
from collections.abc import Callable
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


class Fiches(Compte):
    """The same for XML: a fiche without end would be held in memory whole before anybody could look at it."""

    def __init__(self, flux: IO[bytes], avancer: Callable[[int], None]) -> None:
        """Stand before a stream of bytes."""
        super().__init__(flux, avancer)
        self._octets = self._noeuds = 0

    def fiche_lue(self) -> None:
        """Say that a fiche has ended: what comes is of another."""
        self._octets = self._noeuds = 0

    def read(self, taille: int = -1) -> bytes:
        """Give the next bytes, no more than TAMPON at a time. Raises ExportRefuse."""
        lus = super().read(TAMPON if taille < 0 else min(taille, TAMPON)) or b""
        self._octets += len(lus)
        self._noeuds += lus.count(b"<") + lus.count(b"=")
        if self._octets > FICHE_MAX or self._noeuds > NOEUDS_MAX:
            raise ExportRefuse(fr("Ce fichier XML a une fiche de plusieurs mégaoctets : il est abîmé."))
        return lus


def en_texte(flux: IO[bytes], avancer: Callable[[int], None]) -> io.TextIOWrapper:
    """Give the text of a stream in UTF-8, with or without a mark at its beginning, lines left as they are; counted.

    Raises ExportRefuse, while it is read, when a line has no end.
    """
    return io.TextIOWrapper(io.BufferedReader(Lignes(flux, avancer), TAMPON), "utf-8-sig", newline="")
