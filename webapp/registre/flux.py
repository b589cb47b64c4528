"""Bytes read from a file, counted as they go: that is how an import says how far it is."""

import io
from collections.abc import Callable
from typing import IO, Any

# As much at a time as the readers ask for: counting is then a few calls for each megabyte.
TAMPON = 1 << 16


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


def en_octets(flux: IO[bytes], avancer: Callable[[int], None]) -> io.BufferedReader:
    """Give the bytes of a stream, counted."""
    return io.BufferedReader(Compte(flux, avancer), TAMPON)


def en_texte(flux: IO[bytes], avancer: Callable[[int], None]) -> io.TextIOWrapper:
    """Give the text of a stream in UTF-8, with or without a mark at its beginning, lines left as they are; counted."""
    return io.TextIOWrapper(en_octets(flux, avancer), "utf-8-sig", newline="")
