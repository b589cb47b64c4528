"""The pytest plugin that remembers each complete run, by a line in a file (`steps.rapports.historique`).

Only runs that show what the guide shows: our own server, Chromium, a steady hand, no deliberate fault. What was played
is asked of who told it (`steps.plugins.rapports`): the stream on the disk may be that of a run that began since.
"""

import pytest

from steps.gherkin.typographie import dire
from steps.plugins import contexte_pytest
from steps.rapports.historique import PASSAGES, garder, passage_de


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Keep the run, once it is told; say so if it cannot be, and let the run end as it did."""
    lue = config.stash.get(contexte_pytest.EXECUTION, None)
    if lue is None or not contexte_pytest.conditions_du_guide(config):
        return
    passage = passage_de(lue)
    if passage is None:
        return
    try:
        garder(passage, config.rootpath)
    except OSError as erreur:
        terminalreporter.write_line(
            dire("{nom} n'a pu être complété : {erreur}", nom=PASSAGES, erreur=erreur), red=True
        )
