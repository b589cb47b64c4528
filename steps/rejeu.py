"""A scenario that fails is played once more with a trace, and reported failed all the same.

A trace of every scenario would cost half of the suite's time again; this way a green run pays nothing for it.
"""

from typing import Any

import pytest
from _pytest.runner import call_and_report, runtestprotocol

from steps import artefacts, essai
from steps.typographie import say

# When everything is broken, a trace of the first failures is enough.
REJEUX = 10


def jouer(item: pytest.Item, nextitem: pytest.Item | None) -> list[pytest.TestReport]:
    """Play a scenario and give its reports; what it leaves behind is said on the one that failed."""
    item.stash[essai.REJOUE] = False
    artefacts.effacer(item)
    # pytest's own protocol, cut between the call and its teardown: the page must still be there to be looked at.
    test: Any = item
    if not test._request:  # noqa: SLF001 - as pytest's runner does before playing a test
        test._initrequest()  # noqa: SLF001 - same reason
    rapports = [call_and_report(item, "setup", log=False)]
    if rapports[0].passed:
        rapports.append(call_and_report(item, "call", log=False))
    echec = next((rapport for rapport in rapports if rapport.failed), None)
    lignes = artefacts.garder(item) if echec else []
    # Kept for the second play: what is of the module and of the session (server, browser).
    suivant: Any = nextitem if echec is None else item.parent
    rapports.append(call_and_report(item, "teardown", log=False, nextitem=suivant))
    test._request = False  # noqa: SLF001 - as pytest's runner does once a test is over
    test.funcargs = None
    if echec is not None:
        lignes += _rejouer(item, nextitem)
        essai.ecrit_par_le_serveur(item.config)  # What the second play made it write is no fault of the next scenario.
        lignes.append(say("rejouer    {commande}", commande=artefacts.commande(item)))
        echec.sections.append((artefacts.TITRE, "\n".join(lignes)))
    return rapports


def _rejouer(item: pytest.Item, nextitem: pytest.Item | None) -> list[str]:
    session: Any = item.session
    session.rejeux = getattr(session, "rejeux", 0) + 1
    if session.rejeux > REJEUX or item.config.getoption("sans_rejeu"):
        session._setupstate.teardown_exact(nextitem)  # noqa: SLF001 - what the second play would have done
        return []
    proprietes = list(item.user_properties)
    item.stash[essai.REJOUE] = True
    rapports = runtestprotocol(item, log=False, nextitem=nextitem)
    item.user_properties[:] = proprietes
    return artefacts.dire_la_trace(item, passe=all(rapport.passed for rapport in rapports))
