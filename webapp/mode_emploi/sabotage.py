"""What the specification catches: the faults put in the product on purpose, the « Alors » altered, what saw each.

Read from what the complete runs left (`make sabotage`); no run yet is no fault. It is their dated record: a fault or a
scenario renamed since is shown as it was then, and a scenario that is no longer written is not linked to. An altered
« Alors » that nothing objected to has a verdict, by somebody who looked. Knows nothing of the screens.
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
VERDICTS = "verdicts.json"
Survivante = tuple[str, str, str, str]
"""An altered step that nothing objected to: the file, the title of the scenario, the step, what was altered."""

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
    """One thing that an « Alors » was made to say instead, and whether it then failed; if not, why it is no hole."""

    pas: str
    quoi: str
    attrapee: bool
    verdict: str = ""


@dataclass(frozen=True)
class Altere:
    """One scenario, where it is as for a `Temoin`, and all that its « Alors » were made to say."""

    titre: str
    place: Place | None
    alterations: tuple[Alteration, ...]

    @property
    def attrapees(self) -> int:
        """How many of them failed, as they should."""
        return sum(alteration.attrapee for alteration in self.alterations)

    @property
    def jugees(self) -> int:
        """How many of the others have a verdict."""
        return sum(bool(alteration.verdict) for alteration in self.alterations)

    @property
    def sans_trou(self) -> bool:
        """Whether each failed, or has a verdict."""
        return self.attrapees + self.jugees == len(self.alterations)


@dataclass(frozen=True)
class Sabotage:
    """What complete runs left: each thing is tried again when it has changed, or when its scenario has."""

    premier: datetime
    dernier: datetime
    navigateur: str
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

    @property
    def alterations_jugees(self) -> int:
        """How many of the others have a verdict."""
        return sum(altere.jugees for altere in self.alteres)

    @property
    def sans_trou(self) -> bool:
        """Whether every altered « Alors » failed, or has a verdict."""
        return all(altere.sans_trou for altere in self.alteres)

    def en_csv(self) -> str:
        """Give everything as a French spreadsheet reads it: one row a fault, then one row a thing altered."""
        return en_csv(self._rangees())

    def _rangees(self) -> Iterator[list[str]]:
        yield ["Sorte", "Ce qui a été faussé", "Attrapé", "Scénario", "Fichier", "Ligne", "Étape", "Verdict"]
        for faute in self.fautes:
            vu = faute.temoin
            suite = [vu.titre, *_lieu(vu.place), vu.pas] if vu else ["", "", "", ""]
            yield ["faute", faute.phrase, _oui(vu is not None), *suite, ""]
        for altere in self.alteres:
            for alteration in altere.alterations:
                etat = _oui(alteration.attrapee)
                suite = [altere.titre, *_lieu(altere.place), alteration.pas, alteration.verdict]
                yield ["Alors", alteration.quoi, etat, *suite]


@cache
def sabotage(dossier: Path = DOSSIER) -> Sabotage | None:
    """Read what the runs left. Raises ValueError or KeyError for a file that `make sabotage` did not write."""
    try:
        lu = json.loads((dossier / RELEVE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    jours = [datetime.fromisoformat(fait["essaye_le"]) for fait in (*lu["fautes"], *lu["alors"])]
    rendus = verdicts(dossier)
    return Sabotage(
        min(jours),
        max(jours),
        lu["navigateur"],
        tuple(Faute(f["nom"], fr(f["phrase"]), _temoin(f["attrapee"])) for f in lu["fautes"]),
        # Some say nothing that could be another: that the catalogue is empty, for one.
        tuple(_altere(a, rendus) for a in lu["alors"] if a["pas"]),
    )


def verdicts(dossier: Path = DOSSIER) -> dict[Survivante, str]:
    """Give what was said of each altered step that survives, by file, title, step, and what was altered."""
    try:
        lus = json.loads((dossier / VERDICTS).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {
        (vue["fichier"], vue["titre"], vue["pas"], vue["quoi"]): fr(un["verdict"])
        for un in lus
        for vue in un["survivantes"]
    }


def _temoin(vu: Mapping[str, Any] | None) -> Temoin | None:
    return None if vu is None else Temoin(fr(vu["titre"]), _place(vu), en_phrase(vu["pas"]))


def _altere(lu: Mapping[str, Any], rendus: Mapping[Survivante, str]) -> Altere:
    def dire(pas: str, une: Mapping[str, Any]) -> Alteration:
        verdict = "" if une["attrapee"] else rendus.get((lu["fichier"], lu["titre"], pas, une["quoi"]), "")
        return Alteration(en_phrase(pas), fr(une["quoi"]), une["attrapee"], verdict)

    dites = (dire(pas["texte"], une) for pas in lu["pas"] for une in pas["mutations"])
    return Altere(fr(lu["titre"]), _place(lu), tuple(dites))


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
