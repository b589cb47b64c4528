"""The files an export is read through and written to: a full disk is said for what it is, and destroys nothing."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

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
    numero, nom = _neuf(cible)
    try:
        with open(numero, "w+b") as flux:  # noqa: PTH123 - it is opened already
            yield flux
            flux.flush()
            os.fsync(flux.fileno())
            if not nom.exists():
                _nommer(flux, nom)
        nom.chmod(_droits(cible))
        nom.replace(cible)
    except BaseException:
        with suppress(OSError):
            nom.unlink()
        raise
    _garder_le_nom(cible.parent)


def _neuf(cible: Path) -> tuple[int, Path]:
    """Open a file beside another, and give the name that it has, or will have.

    It has none while it is written, where the system can do that: of a process that is killed, nothing stays.
    """
    nom = cible.with_name(f".{cible.name}.{uuid4().hex[:8]}")
    with suppress(AttributeError, OSError):
        numero = os.open(cible.parent, os.O_TMPFILE | os.O_RDWR, 0o600)
        if Path(f"/proc/self/fd/{numero}").exists():
            return numero, nom
        os.close(numero)
    return os.open(nom, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), nom


def _nommer(flux: IO[bytes], nom: Path) -> None:
    """Give a name to a file that has none. Raises OSError."""
    try:
        _lier(flux.fileno(), nom)
    except OSError:
        # Some file systems open such files and cannot name them.
        flux.seek(0)
        with nom.open("xb") as copie:
            shutil.copyfileobj(flux, copie)
            copie.flush()
            os.fsync(copie.fileno())


def _lier(numero: int, nom: Path) -> None:
    # The link is followed only when a folder is said, which an absolute path does without.
    dossier = os.open(nom.parent, os.O_RDONLY)
    try:
        os.link(f"/proc/self/fd/{numero}", nom, src_dir_fd=dossier, follow_symlinks=True)
    finally:
        os.close(dossier)


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
