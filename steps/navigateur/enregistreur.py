"""What happened during one scenario, in order: its steps, their gestures, what was attached.

The record travels in `item.user_properties`, so that it survives xdist and reaches whoever makes a report or a guide of
it (`steps.rapports`). It holds plain values only. Knows nothing of the product, nor of pytest.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROPRIETE = "scenario"

SUCCES = "succes"
ECHEC = "echec"
IGNORE = "ignore"
NON_DEFINI = "non_defini"
NON_JOUE = "non_joue"


@dataclass(frozen=True)
class Etape:
    """A step as it is written, examples in place."""

    mot_cle: str
    texte: str
    ligne: int
    tableau: tuple[tuple[str, ...], ...] = ()
    texte_long: str | None = None

    def faits(self) -> dict[str, Any]:
        """Give the step as plain values, not played yet."""
        return {
            "mot_cle": self.mot_cle,
            "texte": self.texte,
            "ligne": self.ligne,
            **({"tableau": [list(rangee) for rangee in self.tableau]} if self.tableau else {}),
            **({"texte_long": self.texte_long} if self.texte_long is not None else {}),
            "statut": NON_JOUE,
        }


@dataclass
class Enregistreur:
    """The events of one scenario played once. `instant` is the time of day; durations come from a steadier clock."""

    nom: str
    fichier: str
    ligne: int
    etiquettes: tuple[str, ...] = ()
    ecrites: Sequence[Etape] = ()
    evenements: list[dict[str, Any]] = field(default_factory=list)
    circonstances: dict[str, Any] = field(default_factory=dict)
    erreur: dict[str, Any] | None = None
    instant: float = field(default_factory=time.time)
    _debut: float = field(default_factory=time.perf_counter)
    _rang: int = -1
    _gestes: int = 0

    def __post_init__(self) -> None:
        self.etapes = [etape.faits() for etape in self.ecrites]

    def commencer_pas(self, definition: Mapping[str, Any] | None = None) -> None:
        """Note that the next step begins, and what function plays it."""
        etape = self._suivante()
        etape["debut_ms"] = self._maintenant()
        if definition:
            etape["definition"] = dict(definition)

    def finir_pas(self, erreur: Mapping[str, Any] | None = None) -> None:
        """Note that the step under way is over, and why it failed if it did."""
        self._clore(ECHEC if erreur else SUCCES, erreur)

    def ignorer_pas(self, erreur: Mapping[str, Any]) -> None:
        """Note that the step under way asked to leave the scenario there."""
        self._clore(IGNORE, erreur)

    def manquer_pas(self, erreur: Mapping[str, Any]) -> None:
        """Note that nothing plays the next step."""
        self._suivante()["debut_ms"] = self._maintenant()
        self._clore(NON_DEFINI, erreur)

    def echouer(self, erreur: Mapping[str, Any]) -> None:
        """Note why the scenario fails outside its steps; the first reason is kept."""
        if self.erreur is None:
            self.erreur = dict(erreur)

    def situer(self, **faits: Any) -> None:
        """Note plain facts about the whole scenario: the browser it is played in."""
        self.circonstances |= faits

    def noter_geste(self, verbe: str, cible: str, valeur: str = "", **faits: Any) -> None:
        """Note a gesture, in the words of the guide: « cliquer », what on, what was typed, and any other plain fact."""
        self._gestes += 1
        self._noter("geste", verbe=verbe, cible=cible, **({"valeur": valeur} if valeur else {}), **faits)

    def joindre(self, nature: str, chemin: str | Path, **faits: Any) -> None:
        """Note a file that goes with the step under way (with the gesture before it), and any other plain fact."""
        self._noter("piece_jointe", nature=nature, chemin=str(chemin), **faits)

    def perdre(self, nature: str, raison: str) -> None:
        """Note evidence that could not be kept, and why."""
        self._noter("perte", nature=nature, raison=raison)

    @property
    def rang(self) -> int:
        """Rank of the step under way, or of the last one; -1 before the first."""
        return self._rang

    @property
    def gestes(self) -> int:
        """Number of gestures so far."""
        return self._gestes

    @property
    def en_cours(self) -> bool:
        """Say whether a step has begun and is not over."""
        return self._rang >= 0 and self.etapes[self._rang]["statut"] == NON_JOUE

    def bilan(self) -> dict[str, Any]:
        """Give the whole scenario as plain values, ready for JSON."""
        return {
            "nom": self.nom,
            "fichier": self.fichier,
            "ligne": self.ligne,
            "etiquettes": list(self.etiquettes),
            "debut": round(self.instant, 3),
            **self.circonstances,
            "etapes": self.etapes,
            "evenements": self.evenements,
            **({"erreur": self.erreur} if self.erreur else {}),
        }

    def _suivante(self) -> dict[str, Any]:
        self._rang += 1
        return self.etapes[self._rang]

    def _clore(self, statut: str, erreur: Mapping[str, Any] | None) -> None:
        etape = self.etapes[self._rang]
        etape["statut"] = statut
        etape["duree_ms"] = round(self._maintenant() - etape["debut_ms"], 1)
        if erreur:
            etape["erreur"] = dict(erreur)

    def _noter(self, type_: str, **faits: Any) -> None:
        # Of the step under way or of the last one; of none before the first.
        etape = {"etape": self._rang} if self._rang >= 0 else {}
        self.evenements.append({"type": type_, "instant_ms": self._maintenant(), **etape, **faits})

    def _maintenant(self) -> float:
        return round((time.perf_counter() - self._debut) * 1000, 1)
