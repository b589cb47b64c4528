"""The files an export is read through and written to: a full disk is said for what it is, and destroys nothing."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from webapp.domain.textes import fr
from webapp.registre.erreurs import ExportRefuse

TEMPORAIRES_SANS_PLACE = fr(
    "Le dossier des fichiers temporaires est plein ou ne s'écrit pas : faites-y de la place, ou donnez-en un autre "
    "avec TMPDIR."
)


@contextmanager
def place_temporaire() -> Iterator[None]:
    """Tell what fails in a temporary file from what fails in the export. Raises ExportRefuse in place of OSError."""
    try:
        yield
    except OSError as erreur:
        raise ExportRefuse(TEMPORAIRES_SANS_PLACE) from erreur


def temporaire() -> IO[bytes]:
    """Open a file without a name, which goes when it is closed. Raises ExportRefuse when there is no place for it."""
    with place_temporaire():
        return tempfile.TemporaryFile(prefix="registre-")


@contextmanager
def remplacer(chemin: Path) -> Iterator[IO[bytes]]:
    """Give a file to write, which takes the place of the one at a path once it is whole and on the disk.

    On an exception nothing of it stays, and what was there is as it was. Raises OSError when it cannot be written.
    What is no file (a pipe, `/dev/stdout`) is written to as it is.
    """
    if chemin.exists() and not chemin.is_file():
        with chemin.open("wb") as flux:
            yield flux
        return
    # Through a link, the file that it names: the link stays.
    cible = chemin.resolve()
    numero, nom = tempfile.mkstemp(prefix=f".{cible.name}.", dir=cible.parent)
    try:
        with open(numero, "w+b") as flux:  # noqa: PTH123 - it is opened already
            yield flux
            flux.flush()
            os.fsync(flux.fileno())
        Path(nom).chmod(_droits(cible))
        Path(nom).replace(cible)
    except BaseException:
        with suppress(OSError):
            Path(nom).unlink()
        raise
    _garder_le_nom(cible.parent)


def _droits(cible: Path) -> int:
    """Give the rights of the file that is there, else those of any new file."""
    if cible.exists():
        return cible.stat().st_mode & 0o777
    masque = os.umask(0)
    os.umask(masque)
    return 0o666 & ~masque


def _garder_le_nom(dossier: Path) -> None:
    """Have the disk keep the new name; the systems that cannot do without."""
    with suppress(OSError):
        ouvert: Any = os.open(dossier, os.O_RDONLY)
        try:
            os.fsync(ouvert)
        finally:
            os.close(ouvert)
