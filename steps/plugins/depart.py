"""The product starts while the features are read, when scenarios alone are asked for.

Of a run that also plays other tests it starts when the first scenario asks for it, as it may not be asked at all.
"""

import shutil
import tempfile
from pathlib import Path

import pytest

from steps.donnees.serveur import Serveur
from steps.plugins import contexte_pytest
from steps.rapports import artefacts

SCENARIOS = "tests/acceptation/test_features.py"

_LANCE = pytest.StashKey[Serveur]()
_DOSSIER = pytest.StashKey[Path]()


def nouveau(config: pytest.Config, dossier: Path) -> Serveur:
    """Give the server of this process, not started, whose data lie in that folder."""
    return Serveur(dossier, config.rootpath / artefacts.DOSSIER / f"serveur-{contexte_pytest.ouvrier(config)}.log")


def prendre(config: pytest.Config) -> Serveur | None:
    """Give the server that was launched ahead, once; None when none was. Who takes it ends it."""
    lance = config.stash.get(_LANCE, None)
    if lance is not None:
        del config.stash[_LANCE]
    return lance


def pytest_sessionstart(session: pytest.Session) -> None:
    """Launch it, if it is sure to serve."""
    if _servira(session.config):
        dossier = session.config.stash[_DOSSIER] = Path(tempfile.mkdtemp(prefix="fiche-vivante-"))
        session.config.stash[_LANCE] = nouveau(session.config, dossier).lancer()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what nobody has asked for: nothing was selected, or the features are not played."""
    lance = prendre(config)
    if lance is not None:
        lance.abandonner()
    if _DOSSIER in config.stash:
        shutil.rmtree(config.stash[_DOSSIER], ignore_errors=True)


def _servira(config: pytest.Config) -> bool:
    if config.getoption("collectonly", default=False) or contexte_pytest.adresse_donnee(config):
        return False
    repartit = config.getoption("dist", default="no") != "no" and not contexte_pytest.est_un_ouvrier(config)
    demandes = {Path(config.invocation_params.dir, argument.partition("::")[0]).resolve() for argument in config.args}
    return not repartit and demandes == {config.rootpath / SCENARIOS}
