"""Bytes read from a file, counted as they go: that is how an import says how far it is."""

import io
from collections.abc import Callable
from typing import IO, Any

from webapp.domain.textes import fr
from webapp.registre.erreurs import ExportRefuse

# As much at a time as the readers ask for: counting is then a few calls for each megabyte.
TAMPON = 1 << 16

LIGNE_MAX = 4 << 20
"""Bytes of one line: a thousand times the longest of the real exports."""


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
            raise ExportRefuse(fr("Ce fichier CSV a une ligne de plusieurs mégaoctets : il est abîmé."))
        return nombre


def en_octets(flux: IO[bytes], avancer: Callable[[int], None]) -> io.BufferedReader:
    """Give the bytes of a stream, counted."""
    return io.BufferedReader(Compte(flux, avancer), TAMPON)


def en_texte(flux: IO[bytes], avancer: Callable[[int], None]) -> io.TextIOWrapper:
    """Give the text of a stream in UTF-8, with or without a mark at its beginning, lines left as they are; counted.

    Raises ExportRefuse, while it is read, when a line has no end.
    """
    return io.TextIOWrapper(io.BufferedReader(Lignes(flux, avancer), TAMPON), "utf-8-sig", newline="")
