"""A scenario that failed, told on the terminal: where, its steps, what was expected, what was there, what to do."""

from collections.abc import Iterator, Sequence

from steps.gherkin.typographie import dire
from steps.navigateur.enregistreur import ECHEC, NON_DEFINI, SUCCES
from steps.rapports.artefacts import DOSSIER
from steps.rapports.commandes import commande
from steps.rapports.resume import Faits, erreur_de, etape_dite, pertes, pieces

TITRE = dire("Pour comprendre")
INSTABLE = "instable"
PASSE_ENSUITE = dire("joué une seconde fois pour en garder la trace, le scénario passe")
PHASES = {
    "preparation": dire("Échec avant la première étape, dans la préparation"),
    "controles": dire("Échec après la dernière étape, dans les contrôles de fin de scénario"),
    "nettoyage": dire("Échec après le scénario, dans le nettoyage"),
    "processus": dire("Le processus qui jouait le scénario s'est arrêté"),
}

Ligne = tuple[str, dict[str, bool]]


def raconter(tentatives: Sequence[Faits]) -> Iterator[Ligne]:
    """Yield the lines about a scenario that failed, with their colours."""
    premier = tentatives[0]
    yield " · ".join(filter(None, (f"{premier['fichier']}:{premier['ligne']}", premier.get("regle", "")))), {}
    for etape in premier["etapes"]:
        fautive = etape["statut"] in (ECHEC, NON_DEFINI) and "erreur" in etape
        yield f"  {etape_dite(etape)}", _couleur(etape["statut"], fautive=fautive)
        if fautive:
            yield from _erreur(etape["erreur"])
    if premier.get("phase") in PHASES:
        yield f"  ✗ {PHASES[premier['phase']]}", {"red": True, "bold": True}
        yield from _erreur(erreur_de(premier))
    yield "", {}
    yield f"  {TITRE}", {"bold": True}
    yield from ((f"    {ligne}", {}) for ligne in pour_comprendre(tentatives))


def pour_comprendre(tentatives: Sequence[Faits]) -> Iterator[str]:
    """Yield what was kept, whether the second play passed, and what plays the scenario again."""
    for chemin, nature in pieces(tentatives).items():
        place = (DOSSIER / chemin).as_posix()
        yield f"{nature:<10} {place}"
        if nature == "trace":
            yield f"{'':<10} {dire('à ouvrir avec : ')}{commande('-m', 'playwright', 'show-trace', place)}"
    for nature, raison in pertes(tentatives).items():
        dit = dire("n'a pu être gardé : {raison}", raison=raison)
        yield f"{nature:<10} {dit}"
    if len(tentatives) > 1 and tentatives[-1]["issue"] == SUCCES:
        yield f"{INSTABLE:<10} {PASSE_ENSUITE}"
    yield f"{'rejouer':<10} {tentatives[0]['commande']}"


def _erreur(erreur: Faits) -> Iterator[Ligne]:
    marge = 6 * " "
    dits = [
        ("", erreur.get("message", "")),
        ("attendu", erreur.get("attendu", "")),
        ("trouvé", erreur.get("trouve", "")),
    ]
    for nom, texte in dits:
        for rang, ligne in enumerate(str(texte).splitlines()):
            debut = (f"{nom:<9}" if rang == 0 else 9 * " ") if nom else ""
            yield f"{marge}{debut}{ligne}", {"red": True}


def _couleur(statut: str, *, fautive: bool) -> dict[str, bool]:
    if fautive:
        return {"red": True, "bold": True}
    return {"green": True} if statut == SUCCES else {"light": True}
