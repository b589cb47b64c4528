"""The stream of a run: one JSON object a line, written as it comes, so that a run cut off leaves what it had played.

    debut      what is played, on what, when (one, first)
    source     the text of a feature, before the first scenario of it
    scenario   one attempt at a scenario: its steps, gestures, files, how it ended (see `steps.plugins.observation`)
    ecarte     a scenario that was set aside, and why
    fin        how many were to be played, and whether that was done (one, last; missing when the run was cut off)

Paths of features are given from the root of the project, those of files from the folder of the stream.
"""

import io
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NOM = "evenements.ndjson"
A_FAIRE = "a_faire"


@dataclass
class Execution:
    """A run, as its stream tells it."""

    debut: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    tentatives: list[dict[str, Any]] = field(default_factory=list)
    ecartes: list[dict[str, Any]] = field(default_factory=list)
    fin: dict[str, Any] | None = None

    @property
    def prevus(self) -> int:
        """The number of scenarios that were to be played; at least those that were."""
        return max(int((self.fin or {}).get("prevus", 0)), len({tentative["id"] for tentative in self.tentatives}))

    @property
    def interrompue(self) -> bool:
        """Say whether the run was cut off before its end."""
        return self.fin is None or bool(self.fin.get("interrompue"))


class Flux:
    """The stream being written. Two runs at once each keep their own: the file is that of the last to begin."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        chemin.parent.mkdir(parents=True, exist_ok=True)
        chemin.unlink(missing_ok=True)
        self._fichier: io.TextIOWrapper = chemin.open("x+", encoding="utf-8", errors="backslashreplace", newline="\n")

    def ecrire(self, type_: str, **faits: Any) -> None:
        """Add a line, at once on the disk: who is killed next loses nothing."""
        self._fichier.write(json.dumps({"type": type_, **faits}, ensure_ascii=False, separators=(",", ":")) + "\n")
        self._fichier.flush()

    def relire(self) -> Execution:
        """Give what was written so far."""
        self._fichier.seek(0)
        lue = lire(self._fichier)
        self._fichier.seek(0, io.SEEK_END)
        return lue

    def fermer(self) -> None:
        """Write nothing more."""
        self._fichier.close()


def lire(lignes: Iterable[str]) -> Execution:
    """Read a stream; a last line cut in the middle is left out, and so is what this version does not know."""
    execution = Execution()
    for ligne in lignes:
        with suppress(json.JSONDecodeError):
            faits = json.loads(ligne)
            if isinstance(faits, dict):
                _ajouter(execution, faits)
    return execution


def _ajouter(execution: Execution, faits: dict[str, Any]) -> None:
    match faits:
        case {"type": "debut", **reste}:
            execution.debut = reste
        case {"type": "source", "fichier": str(fichier), "texte": str(texte)}:
            execution.sources[fichier] = texte
        case {"type": "scenario", **reste}:
            execution.tentatives.append(reste)
        case {"type": "ecarte", **reste}:
            execution.ecartes.append(reste)
        case {"type": "fin", **reste}:
            execution.fin = reste
