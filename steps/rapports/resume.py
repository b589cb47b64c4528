"""What is said of a scenario, whatever the report: its whole name, its steps on a line, why it failed, its files."""

from collections.abc import Iterable, Mapping
from typing import Any

from steps.navigateur.enregistreur import ECHEC, IGNORE, NON_DEFINI, NON_JOUE, SUCCES

MARQUES = {SUCCES: "✓", ECHEC: "✗", NON_DEFINI: "?", IGNORE: "–", NON_JOUE: "·"}

Faits = Mapping[str, Any]


def nom_complet(faits: Faits) -> str:
    """Give the name of a scenario; that of an outline says which example, unless the name already does."""
    exemple = [valeur for valeur in faits.get("exemple", {}).values() if valeur and valeur not in faits["nom"]]
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
