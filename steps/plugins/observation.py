"""What pytest knows of a scenario that it plays, written down as plain facts: one line of the stream for one attempt.

It runs where the scenario is played: in a process of xdist, most often. The facts of a line, besides those of
`Enregistreur.bilan`:

    id, commande            the test, and what plays it alone
    fonctionnalite, regle   their names; `exemple`, the row of an outline by its columns
    rang, rejoue            its number from 1, and whether another follows it
    ouvrier, navigateur     the process, and the browser if one was opened
    issue                   succes, echec, ignore (it asked to be left), a_faire (it failed, as its tag announces)
    phase                   of what failed: preparation, etapes, controles, nettoyage
    duree_ms                without what is cleaned up afterwards
"""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import parsers
from pytest_bdd.parser import Step

from steps.definitions.definitions import Definition
from steps.definitions.phrase import Phrase
from steps.navigateur.enregistreur import ECHEC, IGNORE, NON_DEFINI, NON_JOUE, SUCCES, Enregistreur
from steps.plugins import contexte_pytest
from steps.plugins.scenario import definitions_de, depuis_la_racine, joue_par
from steps.rapports.artefacts import DOSSIER
from steps.rapports.commandes import commande
from steps.rapports.flux import A_FAIRE


def definition(item: pytest.Item, etape: Step, fonction: Callable[..., object]) -> dict[str, Any]:
    """Say which sentence and which lines of code play a step."""
    choisie = _choisie(item, etape, fonction)
    return _dite(choisie, item.config.rootpath) if choisie else {}


def exiger_des_valeurs_attendues(item: pytest.Item, etape: Step, fonction: Callable[..., object]) -> None:
    """Fail, in the words of the check, if a step says a value or a table that its sentence does not take."""
    choisie = _choisie(item, etape, fonction)
    if choisie is not None and isinstance(choisie.parser, Phrase):
        rangees = [tuple(map(str, rangee)) for rangee in etape.datatable.raw()] if etape.datatable else ()
        dits = [dit for _, dit in choisie.parser.refus(etape.name, rangees)]
        assert not dits, "\n".join(dits)


def _choisie(item: pytest.Item, etape: Step, fonction: Callable[..., object]) -> Definition | None:
    candidates = [chaque for chaque in definitions_de(item) if chaque.contexte.step_func is fonction]
    return next((chaque for chaque in candidates if len(candidates) == 1 or chaque.joue(etape)), None)


def relever(item: pytest.Item, enregistreur: Enregistreur, rapports: Sequence[pytest.TestReport]) -> dict[str, Any]:
    """Give the line of an attempt that is over."""
    _reconnaitre(item, enregistreur)
    bilan = enregistreur.bilan()
    issue, phase = _issue(rapports, bilan)
    erreur = bilan.pop("erreur", None)
    if erreur is None and phase not in ("", "etapes"):
        erreur = _dite_par_pytest(rapports)
    adresse = contexte_pytest.adresse_donnee(item.config)
    return {
        **joue_par(item).faits(),
        "commande": commande("-m", "pytest", item.nodeid, *(("--base-url", adresse) if adresse else ())),
        **bilan,
        "evenements": [_relatif(evenement, item.config.rootpath / DOSSIER) for evenement in bilan["evenements"]],
        "ouvrier": contexte_pytest.ouvrier(item.config),
        "issue": issue,
        **({"phase": phase} if phase else {}),
        **({"erreur": erreur} if erreur else {}),
        "duree_ms": round(sum(rapport.duration for rapport in rapports if rapport.when != "teardown") * 1000, 1),
    }


def _reconnaitre(item: pytest.Item, enregistreur: Enregistreur) -> None:
    """Say of each step that was not reached what would have played it, or that nothing would.

    What follows a step that asked to leave is not missed.
    """
    statuts = {etape["statut"] for etape in enregistreur.etapes}
    if NON_JOUE not in statuts:
        return
    for etape, pas in zip(enregistreur.etapes, joue_par(item).pas, strict=False):
        if etape["statut"] == NON_JOUE:
            choisie = next((chaque for chaque in definitions_de(item) if chaque.joue(pas)), None)
            if choisie is not None:
                etape["definition"] = _dite(choisie, item.config.rootpath)
            elif IGNORE not in statuts:
                etape["statut"] = NON_DEFINI


@lru_cache(maxsize=1024)  # Asked for at each step.
def _dite(choisie: Definition, racine: Path) -> dict[str, Any]:
    return {
        "phrase": choisie.phrase,
        "fichier": depuis_la_racine(choisie.fichier, racine),
        "ligne": choisie.ligne,
        **({"reguliere": True} if isinstance(choisie.parser, parsers.re) else {}),
    }


def _issue(rapports: Sequence[pytest.TestReport], bilan: Mapping[str, Any]) -> tuple[str, str]:
    """Say how an attempt ended, and in which part of its life it failed."""
    dans_une_etape = any(etape["statut"] in (ECHEC, IGNORE) or "erreur" in etape for etape in bilan["etapes"])
    phases = {"setup": "preparation", "call": "etapes" if dans_une_etape else "controles", "teardown": "nettoyage"}
    for rapport in rapports:
        if rapport.failed:
            return ECHEC, phases[rapport.when]
        if rapport.skipped:
            return (A_FAIRE if hasattr(rapport, "wasxfail") else IGNORE), phases[rapport.when]
    return SUCCES, ""


def _dite_par_pytest(rapports: Sequence[pytest.TestReport]) -> dict[str, Any]:
    """Give what pytest says of a failure that no step had: a fixture, a cleaning, a scenario expected to fail."""
    rapport = next(rapport for rapport in rapports if not rapport.passed)
    dit = rapport.longrepr
    if isinstance(dit, tuple):
        return {"genre": "Skipped", "message": str(dit[2])}
    accident = getattr(dit, "reprcrash", None)
    return {"genre": "", "message": str(accident.message if accident else dit).removeprefix("[XPASS(strict)] ")}


def _relatif(evenement: Mapping[str, Any], dossier: Path) -> dict[str, Any]:
    """Give a path of a file from the folder of the stream; one that is so already is left alone."""
    chemin = Path(evenement.get("chemin", ""))
    if not chemin.is_absolute():
        return dict(evenement)
    return {**evenement, "chemin": Path(os.path.relpath(chemin, dossier)).as_posix()}
