"""A scenario that failed, told on the terminal: where, its steps, what was expected, what was there, what to do."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from steps.gherkin.typographie import dire
from steps.navigateur.enregistreur import ECHEC, NON_DEFINI
from steps.rapports.artefacts import INSTABLE, PASSE_ENSUITE, REJOUER, TITRE, ouvrir_la_trace
from steps.rapports.resume import Faits, erreur_de, etape_dite, nom_complet, pieces

PHASES = {
    "preparation": dire("Échec avant la première étape, dans la préparation"),
    "controles": dire("Échec après la dernière étape, dans les contrôles de fin de scénario"),
    "nettoyage": dire("Échec après le scénario, dans le nettoyage"),
    "processus": dire("Le processus qui jouait le scénario s'est arrêté"),
}

Ligne = tuple[str, dict[str, bool]]


def titre(essais: Sequence[Faits]) -> str:
    """Give the name under which a failure is told."""
    return nom_complet(essais[0])


def raconter(essais: Sequence[Faits], dossier: str) -> Iterator[Ligne]:
    """Yield the lines about a scenario that failed, with their colours; `dossier` is where its files are."""
    premier = essais[0]
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
    yield from ((f"    {ligne}", {}) for ligne in _pour_comprendre(essais, dossier))


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


def _pour_comprendre(essais: Sequence[Faits], dossier: str) -> Iterator[str]:
    for chemin, nature in pieces(essais).items():
        place = (Path(dossier) / chemin).as_posix()
        yield f"{nature:<10} {place}"
        if nature == "trace":
            yield f"{'':<10} {dire('à ouvrir avec : {commande}', commande=ouvrir_la_trace(place))}"
    if len(essais) > 1 and essais[-1]["issue"] == "succes":
        yield f"{INSTABLE:<10} {PASSE_ENSUITE}"
    yield f"{REJOUER:<10} {essais[0]['commande']}"


def _couleur(statut: str, *, fautive: bool) -> dict[str, bool]:
    if fautive:
        return {"red": True, "bold": True}
    return {"green": True} if statut == "succes" else {"light": True}
