"""How far a run is: a bar, a count, the time left, and what is under way. Pure: neither pytest nor a terminal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from steps.gherkin.typographie import dire, pluriel
from steps.rapports.resume import duree

LARGEUR_DE_LA_BARRE = 24
LARGEUR_MINIMALE = 40
POIDS_INCONNU = 1.0


@dataclass
class Progression:
    """A run under way. Each test weighs what it took the last time: a scenario is worth a thousand unit tests."""

    poids: Mapping[str, float]
    depart: float
    restants: dict[str, float] = field(default_factory=dict)
    total: int = 0
    faits: int = 0
    poids_fait: float = 0.0
    echecs: int = 0
    en_cours: dict[str, str] = field(default_factory=dict)

    def attendre(self, tests: Iterable[str]) -> None:
        """Say what is to be played."""
        connus = list(self.poids.values())
        moyen = sum(connus) / len(connus) if connus else POIDS_INCONNU
        self.restants = {test: self.poids.get(test, moyen) for test in tests}
        self.total = len(self.restants)

    def commencer(self, test: str, nom: str) -> None:
        """Say what begins."""
        self.en_cours[test] = nom

    def finir(self, test: str) -> None:
        """Say what is over."""
        self.en_cours.pop(test, None)
        if (poids := self.restants.pop(test, None)) is not None:
            self.faits += 1
            self.poids_fait += poids

    def reste(self, maintenant: float) -> float | None:
        """Give the seconds left at the pace kept so far; None before there is one."""
        ecoule = maintenant - self.depart
        if not self.poids_fait or ecoule <= 0:
            return None
        return sum(self.restants.values()) * ecoule / self.poids_fait

    def ligne(self, largeur: int, maintenant: float) -> str:
        """Give the line to be shown, no wider than the terminal."""
        part = self.faits / self.total if self.total else 0.0
        pleines = round(part * LARGEUR_DE_LA_BARRE)
        barre = "█" * pleines + "░" * (LARGEUR_DE_LA_BARRE - pleines) if largeur > 2 * LARGEUR_MINIMALE else ""
        reste = self.reste(maintenant)
        morceaux = [
            barre,
            f"{self.faits}/{self.total}",
            dire("reste {duree}", duree=duree(reste)) if reste is not None and self.restants else "",
            f"✗ {pluriel(self.echecs, dire('échec'))}" if self.echecs else "",
            next(reversed(self.en_cours.values()), ""),
        ]
        ligne = "  ".join(morceau for morceau in morceaux if morceau)
        return ligne if len(ligne) < largeur else ligne[: max(largeur - 2, 1)] + "…"
