"""A scenario as one test plays it: what everything asks of it, read once, when the test is collected.

Made by `steps.plugins.scenario`, the only module that looks for it in the test itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pytest_bdd.parser import Step

from steps.navigateur.enregistreur import Etape


@dataclass(frozen=True)
class ScenarioJoue:
    """One scenario, one example of an outline being one scenario.

    `id` names the test, `execution` tells this run of the scenario from its other runs. `fichier` is given from
    `racine`, the root of the project; `ligne`, from 1, is that of the example in an outline. `etiquettes` are its tags,
    those that it inherits included. `modele` is the name of the outline, its <names> in it; `rang_d_exemple`, from 1,
    is 0 but for examples that nothing else tells apart. `etapes` are the steps as they are written, `pas` as pytest-bdd
    plays them.
    """

    id: str
    execution: str
    racine: Path
    fichier: str
    ligne: int
    nom: str
    fonctionnalite: str
    regle: str
    etiquettes: tuple[str, ...]
    exemple: Mapping[str, str]
    modele: str
    rang_d_exemple: int
    etapes: tuple[Etape, ...]
    pas: tuple[Step, ...]

    def faits(self) -> dict[str, Any]:
        """Give what names it, as plain values."""
        return {
            "id": self.id,
            "nom": self.nom,
            "fichier": self.fichier,
            "ligne": self.ligne,
            "fonctionnalite": self.fonctionnalite,
            "regle": self.regle,
            **({"exemple": dict(self.exemple), "modele": self.modele} if self.exemple else {}),
            **({"rang_d_exemple": self.rang_d_exemple} if self.rang_d_exemple else {}),
            "etiquettes": list(self.etiquettes),
        }
