"""What the plugins share of a run: what they put on its tests and on its configuration, and its options."""

import os

import pytest

from steps.ailleurs.ecartes import Ecarte
from steps.ailleurs.prealable import Prealable
from steps.donnees.besoins import Monde
from steps.donnees.serveur import Serveur
from steps.guide.comparaison import Comparateur
from steps.navigateur.enregistreur import Enregistreur
from steps.navigateur.illustration import Illustrateur
from steps.navigateur.scene import Scene
from steps.rapports.flux import Execution

JETON = "BANC_ESSAI_JETON"

ENREGISTREUR = pytest.StashKey[Enregistreur]()
SCENE = pytest.StashKey[Scene]()
SERVEUR = pytest.StashKey[Serveur]()
ILLUSTRATEUR = pytest.StashKey[Illustrateur | Comparateur]()
REJOUE = pytest.StashKey[bool]()
RANG_EN_ECHEC = pytest.StashKey[int]()
"""On a test that is played a second time: the step at which the first play failed, from 0; -1 for none."""
EN_ECHEC = pytest.StashKey[bool]()
OUVRIER = pytest.StashKey[str]()
RAISON = pytest.StashKey[str]()
"""On a test: why its scenario was set aside, when it was not by an option of pytest."""
ECARTES = pytest.StashKey[list[Ecarte]]()
"""On the configuration: what was set aside, once the tests are collected; with xdist, once they are over."""
PREALABLE = pytest.StashKey[Prealable]()
"""On the configuration: what was found at `--base-url`."""
EXECUTION = pytest.StashKey[Execution]()
"""On the configuration: what was played, once the run is told; absent when no scenario was."""
RESTES = pytest.StashKey[list[str]]()
"""On the configuration: what could not be removed from the catalogue of an account."""


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


def conditions_du_guide(config: pytest.Config) -> bool:
    """Say whether a screen is here as it is in the pictures of the guide: the same server, browser and hand."""
    ailleurs = adresse_donnee(config) or moteur(config) != "chromium"
    autrement = graine(config) or config.getoption("lent", default=None) is not None or OUVRIER in config.stash
    return not (ailleurs or autrement)


def ouvrier(config: pytest.Config) -> str:
    """Name the process among those of one run, of xdist or of `steps.sabotage`."""
    return str(getattr(config, "workerinput", {}).get("workerid", config.stash.get(OUVRIER, "seul")))


def est_un_ouvrier(config: pytest.Config) -> bool:
    """Say whether this process is one of those of xdist."""
    return hasattr(config, "workerinput")


def monde(config: pytest.Config) -> Monde:
    """Give the world in which the scenarios of this run are played."""
    trouve = config.stash.get(PREALABLE, None)
    return trouve.monde(moteur(config)) if trouve else Monde(moteur(config))
