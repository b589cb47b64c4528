"""What is said of a scenario, whatever the report: its whole name, its steps on a line, why it failed, its files."""

from collections.abc import Iterable, Mapping
from typing import Any

from steps.gherkin.typographie import dire
from steps.navigateur.enregistreur import ECHEC, IGNORE, NON_DEFINI, NON_JOUE, SUCCES

MARQUES = {SUCCES: "✓", ECHEC: "✗", NON_DEFINI: "?", IGNORE: "–", NON_JOUE: "·"}

Faits = Mapping[str, Any]


def nom_complet(faits: Faits) -> str:
    """Give the name of a scenario; that of an outline says which example, unless the name already does.

    `modele` is the name of the outline, which says what it takes of its examples; `rang_d_exemple` tells an example
    from those that would have the same name.
    """
    modele = faits.get("modele")
    exemple = [
        valeur
        for nom, valeur in faits.get("exemple", {}).items()
        if valeur and (valeur not in faits["nom"] if modele is None else f"<{nom}>" not in modele)
    ]
    if rang := faits.get("rang_d_exemple"):
        exemple.append(dire("exemple {rang}", rang=rang))
    return f"{faits['nom']} ({', '.join(exemple)})" if exemple else str(faits["nom"])


def etape_dite(etape: Faits) -> str:
    """Give a step on one line, with a mark for what became of it."""
    return f"{MARQUES[etape['statut']]} {etape['mot_cle']} {etape['texte']}"


def erreur_de(tentative: Faits) -> Faits:
    """Give why an attempt failed: in a step, or around them."""
    dans_une_etape = next((etape["erreur"] for etape in tentative.get("etapes", ()) if "erreur" in etape), None)
    trouvee: Faits = dans_une_etape or tentative.get("erreur") or {}
    return trouvee


def pieces(tentatives: Iterable[Faits]) -> dict[str, str]:
    """Give the files of a scenario: their place, and what each is."""
    evenements = (evenement for tentative in tentatives for evenement in tentative["evenements"])
    return {e["chemin"]: e["nature"] for e in evenements if e["type"] == "piece_jointe"}


def pertes(tentatives: Iterable[Faits]) -> dict[str, str]:
    """Give the evidence of a scenario that could not be kept, and why."""
    evenements = (evenement for tentative in tentatives for evenement in tentative["evenements"])
    return {e["nature"]: e["raison"] for e in evenements if e["type"] == "perte"}


def duree(secondes: float) -> str:
    """Say how long, as precisely as anyone cares."""
    minute, heure = 60, 3600
    if secondes < 10:  # noqa: PLR2004 - below that, a tenth of a second still says something
        return f"{secondes:.1f}\u00a0s".replace(".", ",")
    if secondes < minute:
        return f"{secondes:.0f}\u00a0s"
    if secondes < heure:
        return f"{int(secondes // minute)}\u00a0min {int(secondes % minute):02d}\u00a0s"
    return f"{int(secondes // heure)}\u00a0h\u00a0{int(secondes % heure // minute):02d}"
