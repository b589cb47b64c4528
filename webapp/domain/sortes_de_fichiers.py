"""What a file is that somebody sends for another, found by its first bytes; and how long a cell of a CSV may be."""

from __future__ import annotations

from webapp.domain.textes import fr

CASE_MAX = 400_000
"""Characters of a cell of a CSV: Python's limit is the process's own, so that whoever reads one sets the same.

Beyond its 131,072 by default a cell would be told as a quote left open.
"""

_SORTES = (
    (b"PK\x03\x04", "un classeur (Excel, LibreOffice) ou un ZIP"), (b"\xd0\xcf\x11\xe0", "un classeur Excel"),
    (b"%PDF", "un PDF"), (b"\x1f\x8b", "une archive"), (b"\x89PNG", "une image"), (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
)  # fmt: skip


def sorte(debut: bytes) -> str:
    """Name what a file is, by its first four bytes at least (« un PDF »); empty when they are of nothing known."""
    return next((nom for signature, nom in _SORTES if debut.startswith(signature)), "")


def pourquoi_illisible(erreur: OSError) -> str:
    """Say why the system does not let a file be read (« il n'existe pas »); empty for what has no words of ours."""
    return next((fr(dit) for genre, dit in _POURQUOI.items() if isinstance(erreur, genre)), "")


_POURQUOI: dict[type[OSError], str] = {
    FileNotFoundError: "il n'existe pas", IsADirectoryError: "c'est un dossier",
    PermissionError: "vous n'avez pas le droit de le lire",
}  # fmt: skip
