"""What the features say, step by step, with the values of the examples in place: what the phrase book quotes.

A step of an outline is said once for each example, as it will be run; a step of a « Contexte » once, where it stands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from steps.gherkin.document import Fonctionnalite, Pas, Scenario
from steps.gherkin.lecture import Fichier


@dataclass(frozen=True)
class Emploi:
    """A step as it is said once: `fichier` is its feature below `features/`."""

    fichier: str
    pas: Pas

    @property
    def place(self) -> str:
        """Where it is written, as an editor opens it."""
        return f"{self.fichier}:{self.pas.ligne}"


@dataclass(frozen=True)
class Titres:
    """The title of a feature, and the title of each thing that holds steps by the line where it begins."""

    fichier: str
    titre: str
    porteurs: Mapping[int, str]


def titres(fichier: Fichier, lue: Fonctionnalite) -> Titres:
    """Return what is needed to name the scenario of any line of a feature."""
    porteurs = {porteur.ligne: porteur.nom or porteur.mot for porteur in lue.porteurs if porteur.pas}
    return Titres(_nom(fichier), lue.nom, porteurs)


def emplois(fichier: Fichier, lue: Fonctionnalite) -> Iterator[Emploi]:
    """Yield the steps of a feature as they are said, in the order of the lines, less those that the check refuses."""
    nom = _nom(fichier)
    for porteur in lue.porteurs:
        exemples = [valeurs for _, valeurs, _ in porteur.lignes_d_exemples] if isinstance(porteur, Scenario) else []
        for pas in porteur.pas:
            if pas.genre:
                yield from (Emploi(nom, dit) for dit in dict.fromkeys(pas.dit(valeurs) for valeurs in exemples or [{}]))


def _nom(fichier: Fichier) -> str:
    """Return the place of a file below the folder of the features."""
    return "/".join((*fichier.dossiers, fichier.chemin.name))
