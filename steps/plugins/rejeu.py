"""A scenario that fails is played once more with a trace, and reported failed all the same.

A trace of every scenario would cost half of the suite's time again; this way a green run pays nothing for it. Both
plays are recorded: two attempts of one scenario.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from _pytest.runner import call_and_report, runtestprotocol

from steps.navigateur.enregistreur import NON_DEFINI, PROPRIETE, SUCCES, Enregistreur
from steps.plugins import contexte_pytest
from steps.rapports import artefacts, observation
from steps.rapports.artefacts import Piece

# When everything is broken, a trace of the first failures is enough.
REJEUX = 10


def jouer(item: pytest.Item, nextitem: pytest.Item | None) -> list[pytest.TestReport]:
    """Play a scenario and give its reports; what it leaves behind is said on the one that failed.

    The last report carries one property `PROPRIETE` an attempt.
    """
    item.stash[contexte_pytest.REJOUE] = False
    item.user_properties[:] = [propriete for propriete in item.user_properties if propriete[0] != PROPRIETE]
    artefacts.effacer(item)
    enregistreur = _enregistrer(item)
    # pytest's own protocol, cut between the call and its teardown: the page must still be there to be looked at.
    test: Any = item
    if not test._request:  # noqa: SLF001 - as pytest's runner does before playing a test
        test._initrequest()  # noqa: SLF001 - same reason
    rapports = [call_and_report(item, "setup", log=False)]
    if rapports[0].passed:
        rapports.append(call_and_report(item, "call", log=False))
    echec = next((rapport for rapport in rapports if rapport.failed), None)
    pieces = _joindre(enregistreur, artefacts.garder(item)) if echec else []
    # Kept for the second play: what is of the module and of the session (server, browser).
    suivant: Any = nextitem if echec is None else item.parent
    rapports.append(call_and_report(item, "teardown", log=False, nextitem=suivant))
    test._request = False  # noqa: SLF001 - as pytest's runner does once a test is over
    test.funcargs = None
    essais = [observation.relever(item, enregistreur, rapports)]
    if echec is not None:
        second = _rejouer(item, nextitem, utile=not _sans_definition(essais[0]))
        contexte_pytest.ecrit_par_le_serveur(
            item.config
        )  # What the second play made it write is no fault of the next scenario.
        if second is not None:
            pieces += artefacts.trace(item)
            essais.append(second)
        instable = second is not None and second["issue"] == SUCCES
        echec.sections.append((artefacts.TITRE, "\n".join(artefacts.dire_pieces(item, pieces, instable=instable))))
    _remettre(item, rapports[-1], essais)
    return rapports


def _rejouer(item: pytest.Item, nextitem: pytest.Item | None, *, utile: bool) -> dict[str, Any] | None:
    """Play again with a trace; give what is recorded of it, None if it was one failure too many, or teaches nothing."""
    session: Any = item.session
    session.rejeux = getattr(session, "rejeux", 0) + utile
    if not utile or session.rejeux > REJEUX or item.config.getoption("sans_rejeu"):
        session._setupstate.teardown_exact(nextitem)  # noqa: SLF001 - what the second play would have done
        return None
    item.stash[contexte_pytest.REJOUE] = True
    enregistreur = _enregistrer(item)
    rapports = runtestprotocol(item, log=False, nextitem=nextitem)
    _joindre(enregistreur, artefacts.trace(item))
    return observation.relever(item, enregistreur, rapports)


def _sans_definition(essai: Mapping[str, Any]) -> bool:
    """Say whether a step has no definition: the scenario cannot pass, however often it is played."""
    return any(etape["statut"] == NON_DEFINI for etape in essai["etapes"])


def _enregistrer(item: pytest.Item) -> Enregistreur:
    item.stash[contexte_pytest.EN_ECHEC] = False
    item.stash[contexte_pytest.ENREGISTREUR] = observation.ouvrir(item)
    return item.stash[contexte_pytest.ENREGISTREUR]


def _joindre(enregistreur: Enregistreur, pieces: list[Piece]) -> list[Piece]:
    for piece in pieces:
        enregistreur.joindre(piece.nature, piece.chemin)
    return pieces


def _remettre(item: pytest.Item, rapport: pytest.TestReport, essais: Sequence[dict[str, Any]]) -> None:
    """Hand the attempts over to whoever writes reports: properties of a report survive xdist."""
    for rang, faits in enumerate(essais, start=1):
        ligne = json.dumps({**faits, "tentative": rang, "rejoue": rang < len(essais)}, ensure_ascii=False)
        item.user_properties.append((PROPRIETE, ligne))
        rapport.user_properties.append((PROPRIETE, ligne))
