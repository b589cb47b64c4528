"""What the processes of one run share: who plays what, and where each tells what it finds.

Nothing is shared but a folder and a pipe; the order in which things are played is the same in all.
"""

import fcntl
import hashlib
import json
from pathlib import Path
from typing import Any


class Partage:
    """The folder and the pipe of one run, as one of its processes sees them."""

    def __init__(self, dossier: Path, canal: int, rang: int) -> None:
        self._dossier = dossier
        self._canal = canal
        self._rang = rang

    def prendre(self, *tache: str) -> bool:
        """Say whether nobody has taken this task yet, and take it."""
        nom = hashlib.sha256("\0".join(tache).encode()).hexdigest()[:24]
        try:
            (self._dossier / nom).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def dire(self, sorte: str, **faits: Any) -> None:
        """Tell what was found, in one line of JSON."""
        ligne = json.dumps({"sorte": sorte, "rang": self._rang, **faits}, ensure_ascii=False) + "\n"
        with (self._dossier / "parole").open("w") as parole, open(self._canal, "wb", closefd=False) as canal:
            fcntl.flock(parole, fcntl.LOCK_EX)  # One line is longer than what a pipe takes at once.
            canal.write(ligne.encode())
