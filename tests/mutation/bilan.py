"""What became of the mutants of a part: read from what was written as they were played, counted, and published.

The first thing written of a mutant is what the draw says; the last, how it is since (a hole has got its test). The
interval is that of the draw: mutants for which tests were written tell nothing any more of those that were not drawn.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.mutation import RACINE
from tests.mutation.etats import AU_CHARGEMENT, DELAI, INERTE, NON_VU, TUE, VIVANT
from tests.mutation.mutants import Cle

PUBLIE = RACINE / "webapp" / "mode_emploi" / "publie" / "mutation.json"
VERDICTS = RACINE / "webapp" / "mode_emploi" / "publie" / "verdicts-mutation.json"
SORTES = frozenset({"équivalent", "sans portée"})
NOMS = ("fichier", "fonction", "avant", "apres", "rang")
_Z = 1.959963985  # 95 %.


@dataclass(frozen=True)
class Bilan:
    """One part: what was drawn out of what, and what became of each that was played, then and since."""

    partie: str
    graine: int
    population: int
    tires: int
    tirage: Mapping[Cle, Mapping[str, Any]]
    depuis: Mapping[Cle, Mapping[str, Any]]

    @property
    def joues(self) -> int:
        """How many were played: those that compile to what was there are not, nor those left aside."""
        return len(_comptes(self.tirage))

    @property
    def tues(self) -> int:
        """How many the tests of the draw killed."""
        return _tues(_comptes(self.tirage))

    @property
    def tues_depuis(self) -> int:
        """How many are killed now."""
        return _tues(_comptes(self.depuis))

    @property
    def vivants(self) -> list[tuple[Cle, Mapping[str, Any]]]:
        """Those that are alive now, in the order of the files."""
        en_vie = [(cle, fait) for cle, fait in _comptes(self.depuis).items() if fait["etat"] in {VIVANT, NON_VU}]
        return sorted(en_vie, key=lambda un: (un[0][0], un[1]["ligne"], un[0]))

    def publiable(self, le: datetime) -> dict[str, Any]:
        """Give what the product shows of it."""
        bas, haut = wilson(self.tues, self.joues)
        return {
            "essaye_le": le.isoformat(timespec="seconds"), "graine": self.graine, "population": self.population,
            "tires": self.tires, "joues": self.joues, "tues": self.tues, "intervalle": [round(bas, 4), round(haut, 4)],
            "tues_depuis": self.tues_depuis,
            "survivants": [
                dict(zip(NOMS, cle, strict=True)) | {"ligne": fait["ligne"], "vu": fait["etat"] != NON_VU}
                for cle, fait in self.vivants
            ],
        }  # fmt: skip


def wilson(succes: int, total: int) -> tuple[float, float]:
    """Give the 95 % interval of a share, as Wilson computes it: it stays in [0, 1] and holds for small draws."""
    if total == 0:
        return 0.0, 1.0
    part, carre = succes / total, _Z * _Z
    centre = part + carre / (2 * total)
    ecart = _Z * math.sqrt(part * (1 - part) / total + carre / (4 * total * total))
    diviseur = 1 + carre / total
    return max(0.0, (centre - ecart) / diviseur), min(1.0, (centre + ecart) / diviseur)


def lire(sorties: Path) -> tuple[dict[Cle, dict[str, Any]], dict[Cle, dict[str, Any]]]:
    """Give the first and the last thing written of each mutant; a line that a stop has cut is left out."""
    premiers: dict[Cle, dict[str, Any]] = {}
    derniers: dict[Cle, dict[str, Any]] = {}
    if not sorties.exists():
        return premiers, derniers
    for ligne in sorties.read_text("utf-8").splitlines():
        try:
            fait = json.loads(ligne)
        except ValueError:
            continue
        cle = cle_de(fait["cle"])
        if premiers.get(cle, {"etat": AU_CHARGEMENT})["etat"] == AU_CHARGEMENT:
            premiers[cle] = fait
        derniers[cle] = fait
    return premiers, derniers


def cle_de(lue: Sequence[Any]) -> Cle:
    """Give the name of a mutant out of what JSON kept of it."""
    fichier, fonction, avant, apres, rang = lue
    return (fichier, fonction, avant, apres, rang)


def publier(bilans: Iterable[Bilan], le: datetime, publie: Path = PUBLIE) -> None:
    """Write what the product shows; parts that were not played now stay as they were."""
    deja = json.loads(publie.read_text("utf-8")) if publie.exists() else {}
    deja |= {bilan.partie: bilan.publiable(le) for bilan in bilans}
    publie.write_text(json.dumps(deja, ensure_ascii=False, indent=1) + "\n", "utf-8")


def verdicts(fichier: Path = VERDICTS) -> dict[Cle, tuple[str, str]]:
    """Give the verdict and its reason for each mutant that has one. Raises ValueError for one without a reason."""
    rendus: dict[Cle, tuple[str, str]] = {}
    for un in json.loads(fichier.read_text("utf-8")) if fichier.exists() else ():
        if un["verdict"] not in SORTES or not un["raison"].strip():
            raise ValueError(un)
        for mutant in un["mutants"]:
            rendus[cle_de([mutant[nom] for nom in NOMS])] = (un["verdict"], un["raison"])
    return rendus


def sans_objet(rendus: Iterable[Cle], racine: Path = RACINE) -> list[Cle]:
    """Give the verdicts on mutants that can no longer be: their file, or the lines that they change, are not there."""
    textes: dict[str, str] = {}
    perdus = []
    for cle in rendus:
        if cle[0] not in textes:
            chemin = racine / cle[0]
            textes[cle[0]] = " ".join(chemin.read_text("utf-8").split()) if chemin.exists() else ""
        if cle[2] not in textes[cle[0]]:
            perdus.append(cle)
    return perdus


def _comptes(faits: Mapping[Cle, Mapping[str, Any]]) -> dict[Cle, Mapping[str, Any]]:
    return {cle: fait for cle, fait in faits.items() if fait["etat"] not in {INERTE, AU_CHARGEMENT}}


def _tues(faits: Mapping[Cle, Mapping[str, Any]]) -> int:
    return sum(fait["etat"] in {TUE, DELAI} for fait in faits.values())
