"""What happened during one scenario, in order: its steps, their gestures, what was attached.

The events travel in `item.user_properties`, so that they survive xdist and reach whoever makes a report or a guide of
them. They are plain values close to those of Cucumber Messages, in which they can be said without loss. Knows nothing
of the product.
"""

import time
from dataclasses import dataclass, field
from typing import Any

PROPRIETE = "scenario"


@dataclass
class Enregistreur:
    """The events of one scenario. `horloge` gives seconds; only differences matter."""

    nom: str
    fichier: str
    ligne: int
    etiquettes: tuple[str, ...] = ()
    evenements: list[dict[str, Any]] = field(default_factory=list)
    _debut: float = field(default_factory=time.perf_counter)

    def commencer_pas(self, mot_cle: str, texte: str, ligne: int) -> None:
        """Note that a step begins."""
        self._noter("pas_commence", mot_cle=mot_cle, texte=texte, ligne=ligne)

    def finir_pas(self, erreur: str = "") -> None:
        """Note that the step under way is over, and why it failed if it did."""
        self._noter("pas_fini", statut="echec" if erreur else "succes", **({"erreur": erreur} if erreur else {}))

    def noter_geste(self, verbe: str, cible: str, valeur: str = "") -> None:
        """Note a gesture, in the words of the guide: « cliquer », what on, what was typed."""
        self._noter("geste", verbe=verbe, cible=cible, **({"valeur": valeur} if valeur else {}))

    def joindre(self, nature: str, chemin: str) -> None:
        """Note a file that goes with the scenario."""
        self._noter("piece_jointe", nature=nature, chemin=chemin)

    @property
    def gestes(self) -> int:
        """Number of gestures so far."""
        return sum(evenement["type"] == "geste" for evenement in self.evenements)

    def bilan(self) -> dict[str, Any]:
        """Give the whole scenario as plain values, ready for JSON."""
        return {
            "nom": self.nom,
            "fichier": self.fichier,
            "ligne": self.ligne,
            "etiquettes": list(self.etiquettes),
            "evenements": self.evenements,
        }

    def _noter(self, type_: str, **faits: Any) -> None:
        instant = round((time.perf_counter() - self._debut) * 1000, 1)
        self.evenements.append({"type": type_, "instant_ms": instant, **faits})
