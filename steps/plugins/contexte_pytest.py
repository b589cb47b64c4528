"""What the plugin and its fixtures know of a test: is it a scenario, which, with what options."""

import os
from pathlib import Path

import pytest

from steps.definitions.collecte import modele_de
from steps.donnees.serveur import Serveur
from steps.gherkin.etiquettes import ETIQUETTES
from steps.navigateur.enregistreur import Enregistreur
from steps.navigateur.illustration import Illustrateur
from steps.navigateur.scene import Scene

JETON = "BANC_ESSAI_JETON"

ENREGISTREUR = pytest.StashKey[Enregistreur]()
SCENE = pytest.StashKey[Scene]()
SERVEUR = pytest.StashKey[Serveur]()
ILLUSTRATEUR = pytest.StashKey[Illustrateur]()
REJOUE = pytest.StashKey[bool]()
EN_ECHEC = pytest.StashKey[bool]()
OUVRIER = pytest.StashKey[str]()
RESTES = pytest.StashKey[list[str]]()
"""On the configuration: what could not be removed from the catalogue of an account."""


def est_un_scenario(item: pytest.Item) -> bool:
    """Say whether a test plays a scenario of a feature."""
    return modele_de(item) is not None


def etiquettes(item: pytest.Item) -> frozenset[str]:
    """Give the tags of a scenario, those of its feature and rule included."""
    return frozenset(nom for nom in ETIQUETTES if item.get_closest_marker(nom))


def est_rejoue(item: pytest.Item) -> bool:
    """Say whether a scenario that failed is being played again, to keep a trace."""
    return item.stash.get(REJOUE, False)


def ecrit_par_le_serveur(config: pytest.Config) -> str:
    """Give what the server of the suite wrote since the last time it was asked; nothing of a server of others."""
    serveur = config.stash.get(SERVEUR, None)
    return serveur.nouvelles_lignes() if serveur else ""


def adresse_donnee(config: pytest.Config) -> str:
    """Give the address of `--base-url`, empty when the suite starts the product itself."""
    return str(config.getoption("base_url", default=None) or "").rstrip("/")


def jeton_donne() -> str:
    """Give the token of the test door of the server of `--base-url`."""
    return os.environ.get(JETON, "")


def moteur(config: pytest.Config) -> str:
    """Name the engine of the browser; `--browser` may be given several times, the first sets the conditions."""
    voulus = config.getoption("browser", default=None) or ["chromium"]
    return str(voulus[0])


def graine(config: pytest.Config) -> str:
    """Give the seed of `--chahut`, empty without it."""
    return str(config.getoption("chahut", default=None) or "")


def ouvrier(config: pytest.Config) -> str:
    """Name the process among those of one run, of xdist or of `steps.sabotage`."""
    return str(getattr(config, "workerinput", {}).get("workerid", config.stash.get(OUVRIER, "seul")))


def est_un_ouvrier(config: pytest.Config) -> bool:
    """Say whether this process is one of those of xdist."""
    return hasattr(config, "workerinput")


def racine(config: pytest.Config) -> Path:
    """Give the folder of the project."""
    return config.rootpath
