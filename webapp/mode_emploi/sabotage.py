"""What the specification catches: the faults put in the product on purpose, the « Alors » altered, what saw each.

Read from what the last complete run left (`make sabotage`); no run yet is no fault. It is the dated record of that run:
a fault or a scenario renamed since is shown as it was then, and a scenario that is no longer written is not linked to.
Knows nothing of the screens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from webapp.domain.textes import fr
from webapp.mode_emploi.publication import DOSSIER, Place, en_phrase
from webapp.mode_emploi.specification import features
from webapp.mode_emploi.tableur import en_csv

RELEVE = "sabotage.json"
_SCENARIO = re.compile(r"\s*(?:Plan du scénario|Plan du Scénario|Scénario)\s*:\s*(.*\S)\s*")
_VALEUR = re.compile(r"<[^<>]+>")


@dataclass(frozen=True)
class Temoin:
    """The scenario that saw a fault: its title, where it is (None: it has changed since), the step that failed."""

    titre: str
    place: Place | None
    pas: str


@dataclass(frozen=True)
class Faute:
    """One fault put in the product, and what saw it (None: it survives)."""

    nom: str
    phrase: str
    temoin: Temoin | None


@dataclass(frozen=True)
class Alteration:
    """One thing that an « Alors » was made to say instead, and whether it then failed."""

    pas: str
    quoi: str
    attrapee: bool


@dataclass(frozen=True)
class Altere:
    """One scenario of the guide, where it is as for a `Temoin`, and all that its « Alors » were made to say."""

    titre: str
    place: Place | None
    alterations: tuple[Alteration, ...]

    @property
    def attrapees(self) -> int:
        """How many of them failed, as they should."""
        return sum(alteration.attrapee for alteration in self.alterations)


@dataclass(frozen=True)
class Sabotage:
    """One complete run."""

    joue_le: datetime
    navigateur: str
    minutes: int
    fautes: tuple[Faute, ...]
    alteres: tuple[Altere, ...]

    @property
    def fautes_attrapees(self) -> int:
        """How many faults some scenario saw."""
        return sum(faute.temoin is not None for faute in self.fautes)

    @property
    def alterations(self) -> int:
        """How many things the « Alors » were made to say."""
        return sum(len(altere.alterations) for altere in self.alteres)

    @property
    def alterations_attrapees(self) -> int:
        """How many of them failed, as they should."""
        return sum(altere.attrapees for altere in self.alteres)

    def en_csv(self) -> str:
        """Give everything as a French spreadsheet reads it: one row a fault, then one row a thing altered."""
        return en_csv(self._rangees())

    def _rangees(self) -> Iterator[list[str]]:
        yield ["Sorte", "Ce qui a été faussé", "Attrapé", "Scénario", "Fichier", "Ligne", "Étape"]
        for faute in self.fautes:
            vu = faute.temoin
            suite = [vu.titre, *_lieu(vu.place), vu.pas] if vu else ["", "", "", ""]
            yield ["faute", faute.phrase, _oui(vu is not None), *suite]
        for altere in self.alteres:
            for alteration in altere.alterations:
                etat = _oui(alteration.attrapee)
                yield ["Alors", alteration.quoi, etat, altere.titre, *_lieu(altere.place), alteration.pas]


@cache
def sabotage(dossier: Path = DOSSIER) -> Sabotage | None:
    """Read what the last run left. Raises ValueError or KeyError for a file that `make sabotage` did not write."""
    try:
        lu = json.loads((dossier / RELEVE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Sabotage(
        datetime.fromisoformat(lu["joue_le"]),
        lu["navigateur"],
        max(1, round(lu["duree_s"] / 60)),
        tuple(Faute(f["nom"], fr(f["phrase"]), _temoin(f["attrapee"])) for f in lu["fautes"]),
        tuple(_altere(a) for a in lu["alors"]),
    )


def _temoin(vu: Mapping[str, Any] | None) -> Temoin | None:
    return None if vu is None else Temoin(fr(vu["titre"]), _place(vu), en_phrase(vu["pas"]["texte"]))


def _altere(lu: Mapping[str, Any]) -> Altere:
    alterations = ((en_phrase(pas["texte"]), mutation) for pas in lu["pas"] for mutation in pas["mutations"])
    dites = tuple(Alteration(pas, fr(une["quoi"]), une["attrapee"]) for pas, une in alterations)
    return Altere(fr(lu["titre"]), _place(lu), dites)


def _place(lu: Mapping[str, Any]) -> Place | None:
    """Give where the scenario stands today, found by its title; that of an outline holds the values of an example."""
    feature = next((f for f in features() if f.fichier == lu["fichier"]), None)
    for ligne, texte in enumerate(feature.lignes if feature else (), start=1):
        titre = _SCENARIO.fullmatch(texte)
        if titre and re.fullmatch(".*".join(map(re.escape, _VALEUR.split(titre[1]))), lu["titre"]):
            return lu["fichier"], ligne
    return None


def _lieu(place: Place | None) -> tuple[str, str]:
    return (place[0], str(place[1])) if place else ("", "")


def _oui(vrai: bool) -> str:  # noqa: FBT001 - the cell of a table
    return "oui" if vrai else "non"
