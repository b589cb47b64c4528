"""What earlier runs tried, read in what they left for the product: what has not changed since is not tried again.

A scenario is known by its file and by its key (`steps.sabotage.cles`), whatever its title and its line have become. A
fault is known by its name and by its print, as long as the scenario that saw it is what it was.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

Faits = dict[str, Any]
Cle = tuple[str, str]
"""The file of a scenario, and its key."""


@dataclass(frozen=True)
class Memoire:
    """The scenarios whose « Alors » were altered, the faults that were seen."""

    alors: Mapping[Cle, Faits] = field(default_factory=dict)
    fautes: Mapping[str, Faits] = field(default_factory=dict)

    @classmethod
    def lire(cls, publie: Path) -> Self:
        """Read what was published; nothing yet, or what an older version of the runs wrote, is nothing known."""
        try:
            lu = json.loads(publie.read_text("utf-8"))
        except FileNotFoundError:
            return cls()
        return cls(
            {cle_de(fait): fait for fait in lu["alors"] if "cle" in fait},
            {fait["nom"]: fait for fait in lu["fautes"] if "empreinte" in fait},
        )

    def scenario(self, place: Mapping[str, Any]) -> Faits | None:
        """Give what is known of a scenario, where it stands now; None if it has to be tried."""
        connu = self.alors.get(cle_de(place))
        return None if connu is None else {**connu, **place}

    def faute(self, faute: Mapping[str, Any], places: Mapping[Cle, Mapping[str, Any]]) -> Faits | None:
        """Give what is known of a fault; None if it has to be tried. `places`: the scenarios, by their keys."""
        connue = self.fautes.get(faute["nom"])
        vue = connue and connue["attrapee"]
        if not connue or not vue or connue["empreinte"] != faute["empreinte"] or cle_de(vue) not in places:
            return None
        return {**connue, "phrase": faute["phrase"], "attrapee": {**vue, **places[cle_de(vue)]}}


def cle_de(place: Mapping[str, Any]) -> Cle:
    """Give what a scenario is known by, whatever it is called."""
    return place["fichier"], place["cle"]


def lire_verdicts(publie: Path) -> Collection[tuple[str, str, str, str]]:
    """Give the altered steps that somebody looked at and let pass: file, title, step, what was altered.

    They stand beside what is published, each under the sentence that says why it is no hole.
    """
    try:
        lus = json.loads((publie.parent / VERDICTS).read_text("utf-8"))
    except FileNotFoundError:
        return frozenset()
    return frozenset((s["fichier"], s["titre"], s["pas"], s["quoi"]) for un in lus for s in un["survivantes"])


VERDICTS = "verdicts.json"
