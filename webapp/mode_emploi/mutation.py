"""What the tests catch of changes made by a tool that does not know us: drawn by a seed, played, counted, judged.

Read from what the runs left (`make mutation`); no run yet is no fault. It is their dated record: a change of lines that
have been written otherwise since is shown as it was then. Knows nothing of the screens.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from webapp.domain.textes import fr
from webapp.mode_emploi.publication import DOSSIER
from webapp.mode_emploi.tableur import en_csv

RELEVE = "mutation.json"
VERDICTS = "verdicts-mutation.json"

_CE_QUI_NOMME = ("fichier", "fonction", "avant", "apres", "rang")
_TESTS_ECRITS = "avec les tests écrits pour ceux qui ne l'étaient pas"
# The parts of a run, in the order of the page: what is changed, what should see it, what has seen others since.
_TITRES = {
    "domaine": ("Les règles du métier", "Toutes les fonctions du domaine, contre ses tests rapides.", _TESTS_ECRITS),
    "ailleurs": (
        "Le reste du code",
        "Les services, la base de données et les écrans, contre les tests qui y passent.",
        _TESTS_ECRITS,
    ),
    "ecrans": (
        "Ce que montrent les écrans",
        "Les gabarits et le code des écrans, contre des scénarios qui y passent.",
        "par les tests sans navigateur, qui ne regardent que la réponse du serveur",
    ),
}


@dataclass(frozen=True)
class Survivant:
    """A change that nothing saw: where, the line as it is and as it became, the verdict of somebody who looked."""

    fichier: str
    ligne: int
    fonction: str
    avant: str
    apres: str
    vu: bool
    verdict: str
    raison: str


@dataclass(frozen=True)
class Part:
    """One part of the run. `intervalle`: between which shares, in [0, 1], the true one is, nineteen times in twenty.

    `grace_a`: what has seen since what the draw had not.
    """

    nom: str
    titre: str
    quoi: str
    grace_a: str
    essaye_le: datetime
    graine: int
    population: int
    tires: int
    joues: int
    tues: int
    intervalle: tuple[float, float]
    tues_depuis: int
    survivants: tuple[Survivant, ...]

    @property
    def sans_verdict(self) -> int:
        """How many of the changes that nothing saw nobody has looked at yet."""
        return sum(not survivant.verdict for survivant in self.survivants)

    @property
    def score(self) -> str:
        """The share of the draw that was seen, as it is read: « 94,1 % »."""
        return pourcent(self.tues / self.joues if self.joues else 0.0)

    @property
    def bornes(self) -> tuple[str, str]:
        """The interval, as it is read."""
        bas, haut = self.intervalle
        return pourcent(bas), pourcent(haut)


def pourcent(part: float) -> str:
    """Write a share in [0, 1], cut to one decimal: 94,96 % is never read as 95 %."""
    entier, reste = divmod(int(part * 1000 + 1e-9), 10)
    return fr(f"{entier},{reste} %")


def tableur(parts: Sequence[Part]) -> str:
    """Give every change that nothing saw as a French spreadsheet reads it."""
    return en_csv(_rangees(parts))


def _rangees(parts: Sequence[Part]) -> Iterator[list[str]]:
    yield ["Partie", "Fichier", "Ligne", "Fonction", "Avant", "Après", "Verdict", "Raison"]
    for part in parts:
        for s in part.survivants:
            yield [part.titre, s.fichier, str(s.ligne), s.fonction, s.avant, s.apres, s.verdict, s.raison]


@cache
def mutation(dossier: Path = DOSSIER) -> tuple[Part, ...]:
    """Read what the runs left, empty before the first. Raises ValueError or KeyError for a file of another origin."""
    try:
        lu = json.loads((dossier / RELEVE).read_text("utf-8"))
    except FileNotFoundError:
        return ()
    rendus = _verdicts(dossier)
    return tuple(_part(nom, lu[nom], rendus) for nom in _TITRES if nom in lu)


def _part(nom: str, lu: Mapping[str, Any], rendus: Mapping[tuple[Any, ...], tuple[str, str]]) -> Part:
    titre, quoi, grace_a = map(fr, _TITRES[nom])
    bas, haut = lu["intervalle"]
    return Part(
        nom, titre, quoi, grace_a, datetime.fromisoformat(lu["essaye_le"]), lu["graine"], lu["population"], lu["tires"],
        lu["joues"], lu["tues"], (bas, haut), lu["tues_depuis"],
        tuple(_survivant(s, *rendus.get(_cle(s), ("", ""))) for s in lu["survivants"]),
    )  # fmt: skip


def _survivant(lu: Mapping[str, Any], verdict: str, raison: str) -> Survivant:
    return Survivant(
        lu["fichier"], lu["ligne"], lu["fonction"], lu["avant"], lu["apres"], lu["vu"], fr(verdict), fr(raison)
    )


def _verdicts(dossier: Path) -> dict[tuple[Any, ...], tuple[str, str]]:
    try:
        lus = json.loads((dossier / VERDICTS).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {_cle(mutant): (un["verdict"], un["raison"]) for un in lus for mutant in un["mutants"]}


def _cle(lu: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(lu[nom] for nom in _CE_QUI_NOMME)
