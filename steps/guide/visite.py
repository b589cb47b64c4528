"""The guided tours as data: the gestures of every scenario of the guide, published beside its pictures.

`publier` writes what a green run noted; `comparer` is what makes an ordinary run red when a scenario no longer acts on
what is published of it: another screen, another role, another name. The product makes its tours of these data
(`webapp/mode_emploi/visite.py`): the tour of a guide is its scenario tagged @visite.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from steps.gherkin.typographie import dire
from steps.guide.comparaison import PUBLIE, REFAIRE
from steps.navigateur.gestes_lus import GesteLu

VISITES = "visites.json"
Faits = Mapping[str, Any]


def publier(scenarios: Iterable[Faits], vers: Path) -> None:
    """Write the gestures of the scenarios of a run, one a line: a difference is then read as one."""
    lignes = [
        json.dumps({nom: scenario[nom] for nom in ("fichier", "nom", "etiquettes", "gestes")}, ensure_ascii=False)
        for scenario in scenarios
        if scenario["gestes"]
    ]
    corps = ",\n".join(ligne.replace('{"pas"', '\n  {"pas"') for ligne in lignes)
    (vers / VISITES).write_text(f'{{"scenarios": [\n{corps}\n]}}\n', "utf-8")


@cache
def publies(dossier: Path = PUBLIE) -> Mapping[tuple[str, str], tuple[GesteLu, ...]]:
    """Read the published gestures, by feature and title of their scenario; none before the first publication.

    Raises KeyError, TypeError or ValueError for a file that `make guide` did not write.
    """
    try:
        lu = json.loads((dossier / VISITES).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {(s["fichier"], s["nom"]): tuple(map(GesteLu.lire, s["gestes"])) for s in lu["scenarios"]}


def comparer(publies: Sequence[GesteLu], faits: Sequence[GesteLu]) -> None:
    """Raise AssertionError if a scenario was played on other things than those that are published of it."""
    if tuple(publies) == tuple(faits):
        return
    avant = next((a for a, b in zip(publies, faits, strict=False) if a != b), None)
    apres = next((b for a, b in zip(publies, faits, strict=False) if a != b), None)
    if avant is None or apres is None:
        dit = dire("{avant} gestes sont publiés, {apres} sont faits", avant=len(publies), apres=len(faits))
    else:
        dit = dire("est publié {avant} ; il est fait {apres}", avant=_dire(avant), apres=_dire(apres))
    message = "La visite guidée ne mènerait plus au bon endroit : {dit}. Si c'est voulu : {refaire}"
    raise AssertionError(dire(message, dit=dit, refaire=REFAIRE))


def _dire(geste: GesteLu) -> str:
    return dire(
        "« {verbe} {nom} » ({role}, {page}, « {titre} », valeur « {valeur} », dans « {carte} »)", **geste.faits()
    )
