"""A scenario that fails is played once more with a trace, and reported failed all the same.

A trace of every scenario would cost half of the suite's time again; this way a green run pays nothing for it. Both
plays are recorded: two attempts of one scenario.
"""

import json
from typing import Any

import pytest
from _pytest.runner import call_and_report, runtestprotocol

from steps.gherkin.typographie import dire
from steps.navigateur.delais import DELAIS
from steps.navigateur.enregistreur import ECHEC, NON_DEFINI, PROPRIETE, Enregistreur
from steps.plugins import contexte_pytest, observation
from steps.plugins.scenario import joue_par
from steps.rapports import artefacts
from steps.rapports.console import TITRE, pour_comprendre

# When everything is broken, a trace of the first failures is enough.
REJEUX = 10
SERVEUR_TOMBE = dire("le serveur s'est arrêté au milieu de l'exécution")


def jouer(item: pytest.Item, nextitem: pytest.Item | None) -> list[pytest.TestReport]:
    """Play a scenario and give its reports; what it leaves behind is said on the one that failed.

    The last report carries one property `PROPRIETE` an attempt.
    """
    item.user_properties[:] = [propriete for propriete in item.user_properties if propriete[0] != PROPRIETE]
    artefacts.effacer(joue_par(item))
    enregistreur = ouvrir(item)
    # pytest's own protocol, cut between the call and its teardown: the page must still be there to be looked at.
    test: Any = item
    if not test._request:  # noqa: SLF001 - as pytest's runner does before playing a test
        test._initrequest()  # noqa: SLF001 - same reason
    rapports = [call_and_report(item, "setup", log=False)]
    if rapports[0].passed:
        rapports.append(call_and_report(item, "call", log=False))
    echec = next((rapport for rapport in rapports if rapport.failed), None)
    if echec is not None:
        scene = item.stash.get(contexte_pytest.SCENE, None)
        artefacts.garder(joue_par(item), enregistreur, scene, contexte_pytest.ecrit_par_le_serveur(item.config))
    # Kept for the second play: what is of the module and of the session (server, browser).
    suivant: Any = nextitem if echec is None else item.parent
    rapports.append(call_and_report(item, "teardown", log=False, nextitem=suivant))
    test._request = False  # noqa: SLF001 - as pytest's runner does once a test is over
    test.funcargs = None
    tentatives = [observation.relever(item, enregistreur, rapports)]
    if echec is not None:
        tentatives += _rejouer(item, nextitem, tentatives[0])
        # What the second play made it write is no fault of the next scenario.
        contexte_pytest.ecrit_par_le_serveur(item.config)
        echec.sections.append((TITRE, "\n".join(pour_comprendre(tentatives))))
    # Properties of a report survive xdist, on their way to whoever writes reports.
    for rang, faits in enumerate(tentatives, start=1):
        ligne = json.dumps({**faits, "rang": rang, "rejoue": rang < len(tentatives)})
        item.user_properties.append((PROPRIETE, ligne))
        rapports[-1].user_properties.append((PROPRIETE, ligne))
    return rapports


def ouvrir(item: pytest.Item, *, rejoue: bool = False) -> Enregistreur:
    """Begin to record one play of a scenario, none of its steps being played yet."""
    joue = joue_par(item)
    item.stash[contexte_pytest.REJOUE] = rejoue
    item.stash[contexte_pytest.EN_ECHEC] = False
    enregistreur = Enregistreur(joue.nom, joue.fichier, joue.ligne, joue.etiquettes, joue.etapes)
    item.stash[contexte_pytest.ENREGISTREUR] = enregistreur
    return enregistreur


def serveur_tombe(item: pytest.Item) -> bool:
    """Say whether the server that the suite started has fallen: nothing can be played any more."""
    serveur = item.config.stash.get(contexte_pytest.SERVEUR, None)
    return serveur is not None and not serveur.vivant


def _rang_en_echec(tentative: dict[str, Any]) -> int:
    statuts = [etape["statut"] for etape in tentative["etapes"]]
    return statuts.index(ECHEC) if ECHEC in statuts else -1


def _rejouer(item: pytest.Item, nextitem: pytest.Item | None, premiere: dict[str, Any]) -> list[dict[str, Any]]:
    """Play again with a trace; give what is recorded of it, nothing if it was one failure too many.

    Nor is it played again when a step has no definition: it cannot pass, however often it is played.
    """
    utile = all(etape["statut"] != NON_DEFINI for etape in premiere["etapes"])
    session: Any = item.session
    session.rejeux = getattr(session, "rejeux", 0) + utile
    if serveur_tombe(item):
        utile = False
        session.shouldstop = SERVEUR_TOMBE
    if not utile or session.rejeux > REJEUX or item.config.getoption("sans_rejeu"):
        session._setupstate.teardown_exact(nextitem)  # noqa: SLF001 - what the second play would have done
        return []
    enregistreur = ouvrir(item, rejoue=True)
    item.stash[contexte_pytest.RANG_EN_ECHEC] = _rang_en_echec(premiere)
    try:
        rapports = runtestprotocol(item, log=False, nextitem=nextitem)
    finally:
        del item.stash[contexte_pytest.RANG_EN_ECHEC]
        DELAIS.constater()
    artefacts.garder_la_trace(joue_par(item), enregistreur)
    return [observation.relever(item, enregistreur, rapports)]
