"""The pytest plugin that remembers each complete run, by a line in a file (`steps.rapports.historique`).

Only runs that show what the guide shows: our own server, Chromium, a steady hand, no deliberate fault.
"""

import pytest

from steps.gherkin.typographie import dire
from steps.plugins import contexte_pytest
from steps.rapports import flux
from steps.rapports.artefacts import DOSSIER
from steps.rapports.historique import PASSAGES, garder, passage_de


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Keep the run, once its stream has been closed; say so if it cannot be, and let the run end as it did."""
    if contexte_pytest.est_un_ouvrier(config) or not contexte_pytest.conditions_du_guide(config):
        return
    chemin = config.rootpath / DOSSIER / flux.NOM
    try:
        with chemin.open(encoding="utf-8") as lignes:
            passage = passage_de(flux.lire(lignes))
        if passage is not None:
            garder(passage, config.rootpath)
    except FileNotFoundError:
        return  # No scenario was played.
    except OSError as erreur:
        terminalreporter.write_line(
            dire("{nom} n'a pu être complété : {erreur}", nom=PASSAGES, erreur=erreur), red=True
        )
