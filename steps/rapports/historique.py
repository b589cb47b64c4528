"""Since when each scenario holds: a line is kept for each complete run, red ones included.

The lines stay where the runs were made (PASSAGES, ignored by git). What is published sums them up, and goes on from
what was published before: a fresh clone knows nothing of the runs of another.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from steps.navigateur.enregistreur import ECHEC
from steps.rapports.flux import Execution

PASSAGES = ".passages.ndjson"
HISTOIRE = "histoire.json"

Titre = tuple[str, str]
"""What names a scenario wherever its lines have moved: the file, and the title."""


@dataclass(frozen=True)
class Passage:
    """A complete run: when it began, the scenarios that passed, those that failed."""

    quand: str
    passes: tuple[Titre, ...]
    echecs: tuple[Titre, ...]

    def ligne(self) -> str:
        """Give it as a line of the file."""
        faits = {"quand": self.quand, "passes": _par_fichier(self.passes), "echecs": _par_fichier(self.echecs)}
        return json.dumps(faits, ensure_ascii=False, separators=(",", ":")) + "\n"

    @classmethod
    def de_ligne(cls, ligne: str) -> "Passage":
        """Read a line of the file. Raises ValueError, KeyError, TypeError or AttributeError."""
        lue = json.loads(ligne)
        passes, echecs = (
            tuple((fichier, nom) for fichier, noms in lue[issue].items() for nom in noms)
            for issue in ("passes", "echecs")
        )
        return cls(str(lue["quand"]), passes, echecs)


def _par_fichier(titres: Iterable[Titre]) -> dict[str, list[str]]:
    groupes: dict[str, list[str]] = {}
    for fichier, nom in titres:
        groupes.setdefault(fichier, []).append(nom)
    return groupes


@dataclass
class Tenue:
    """Of one scenario: the first of the runs since which it passes, and the last in which it did not, if any."""

    depuis: str = ""
    rompue: str = ""


@dataclass
class Histoire:
    """What is known of each scenario, up to the run that was summed up last, and how many there were."""

    jusqu_a: str = ""
    passages: int = 0
    tenues: dict[Titre, Tenue] = field(default_factory=dict)

    def ajouter(self, passage: Passage) -> None:
        """Take one more run into account; one that is known already changes nothing."""
        if passage.quand <= self.jusqu_a:
            return
        self.jusqu_a = passage.quand
        self.passages += 1
        for titre in passage.echecs:
            self.tenues[titre] = Tenue(rompue=passage.quand)
        for titre in passage.passes:
            tenue = self.tenues.setdefault(titre, Tenue())
            tenue.depuis = tenue.depuis or passage.quand

    def faits(self, ecrits: Iterable[Titre]) -> dict[str, Any]:
        """Give what is published of the scenarios that are written."""
        connus = {titre: self.tenues[titre] for titre in ecrits if titre in self.tenues}
        scenarios = [{"fichier": f, "nom": n, **vars(tenue)} for (f, n), tenue in sorted(connus.items())]
        return {"jusqu_a": self.jusqu_a, "passages": self.passages, "scenarios": scenarios}


def passage_de(execution: Execution) -> Passage | None:
    """Give the passage that a run makes; None unless it played all that is written, to its end."""
    if execution.interrompue or execution.ecartes or not execution.tentatives:
        return None
    premieres: dict[str, dict[str, Any]] = {}
    for tentative in execution.tentatives:
        premieres.setdefault(tentative["id"], tentative)
    rouges = {(t["fichier"], t["nom"]) for t in premieres.values() if t["issue"] == ECHEC}
    tous = {(t["fichier"], t["nom"]) for t in premieres.values()}
    quand = datetime.fromtimestamp(execution.debut["instant"], UTC).isoformat(timespec="seconds")
    return Passage(quand, tuple(sorted(tous - rouges)), tuple(sorted(rouges)))


def garder(passage: Passage, racine: Path) -> None:
    """Add a run to the file of those that were made here. Raises OSError."""
    with (racine / PASSAGES).open("a", encoding="utf-8", newline="\n") as fichier:
        fichier.write(passage.ligne())


def resumer(racine: Path, publiee: Path) -> Histoire:
    """Sum up what was published and the runs made here since; a line that cannot be read is left out."""
    histoire = _publiee(publiee)
    with suppress(FileNotFoundError):
        for ligne in (racine / PASSAGES).read_text("utf-8").splitlines():
            with suppress(ValueError, KeyError, TypeError, AttributeError):
                histoire.ajouter(Passage.de_ligne(ligne))
    return histoire


def _publiee(chemin: Path) -> Histoire:
    try:
        lue: Mapping[str, Any] = json.loads(chemin.read_text("utf-8"))
    except FileNotFoundError:
        return Histoire()
    tenues = {(s["fichier"], s["nom"]): Tenue(s["depuis"], s["rompue"]) for s in lue["scenarios"]}
    return Histoire(lue["jusqu_a"], lue["passages"], tenues)
