"""The commands that are printed for a person to copy: each works as it stands, from the root of the project.

They name the Python that runs now, so that nothing has to be activated first, and they are quoted as every shell reads.
"""

import shlex
import sys
from pathlib import Path


def python() -> str:
    """Give the Python of this very run: by its place below the current folder when it is there, whole otherwise."""
    chemin, ici = Path(sys.executable), Path.cwd()
    return chemin.relative_to(ici).as_posix() if chemin.is_relative_to(ici) else str(chemin)


def commande(*arguments: str) -> str:
    """Give the command that runs this Python with some arguments, ready to be copied."""
    return shlex.join([python(), *arguments])
