"""What the processes of one run share: who plays what, whether all must stop, and what each tells the one that waits.

Nothing is shared but a folder and a pipe; the order in which things are played is the same in all.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any


class Partage:
    """The folder of one run."""

    def __init__(self, dossier: Path) -> None:
        self._dossier = dossier

    def prendre(self, *tache: str) -> bool:
        """Say whether nobody has taken this task yet, and take it."""
        nom = hashlib.sha256("\0".join(tache).encode()).hexdigest()[:24]
        try:
            (self._dossier / nom).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def arreter(self) -> None:
        """Ask all to stop."""
        (self._dossier / "arret").touch()

    @property
    def arrete(self) -> bool:
        """Whether somebody asked all to stop."""
        return (self._dossier / "arret").exists()


class Canal:
    """The pipe by which a process tells what it found, one line of JSON each time."""

    def __init__(self, descripteur: int) -> None:
        self._descripteur = descripteur

    def dire(self, sorte: str, **faits: Any) -> None:
        """Tell one thing."""
        ligne = json.dumps({"sorte": sorte, **faits}, ensure_ascii=False) + "\n"
        reste = memoryview(ligne.encode())
        while reste:
            reste = reste[os.write(self._descripteur, reste) :]
