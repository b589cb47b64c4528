"""Since when each scenario holds, and what broke it last: what `make guide` publishes of the complete runs.

Read once in the life of the process. Nothing published yet is no fault: nothing is then said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from webapp.domain.textes import fr
from webapp.mode_emploi.publication import DOSSIER, Titre

HISTOIRE = "histoire.json"


@dataclass(frozen=True)
class Rupture:
    """The last complete run in which something failed: when it began, and the title of the scenario."""

    quand: datetime
    titre: str


@dataclass(frozen=True)
class Histoire:
    """How many complete runs are summed up, when the last was, since which each scenario passes, its last failure."""

    passages: int = 0
    jusqu_a: datetime | None = None
    depuis: Mapping[Titre, datetime] = field(default_factory=lambda: MappingProxyType({}))
    ruptures: Mapping[Titre, datetime] = field(default_factory=lambda: MappingProxyType({}))

    def de(self, scenarios: Iterable[Titre]) -> tuple[datetime | None, Rupture | None]:
        """Give since when all of these pass, none unless each is known to; and the last time that one did not."""
        demandes = list(scenarios)
        connus = [self.depuis[titre] for titre in demandes if titre in self.depuis]
        tous = max(connus) if connus and len(connus) == len(demandes) else None
        rompus = [Rupture(self.ruptures[titre], titre[1]) for titre in demandes if titre in self.ruptures]
        return tous, max(rompus, key=lambda rupture: rupture.quand, default=None)


@cache
def histoire(dossier: Path = DOSSIER) -> Histoire:
    """Read what is published. Raises ValueError or KeyError when the file is not one that `make guide` wrote."""
    try:
        lue = json.loads((dossier / HISTOIRE).read_text("utf-8"))
    except FileNotFoundError:
        return Histoire()
    lus = {nom: {(s["fichier"], fr(s["nom"])): datetime.fromisoformat(s[nom]) for s in lue["scenarios"] if s[nom]}
           for nom in ("depuis", "rompue")}  # fmt: skip
    jusqu_a = datetime.fromisoformat(lue["jusqu_a"]) if lue["jusqu_a"] else None
    return Histoire(lue["passages"], jusqu_a, MappingProxyType(lus["depuis"]), MappingProxyType(lus["rompue"]))
