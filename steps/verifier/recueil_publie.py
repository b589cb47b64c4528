"""`python -m steps.verifier phrases`: write the phrase book where the product reads it, and say when it is stale.

The file is committed: what people read in the product is what was reviewed. It is made to be read in a difference too,
one thing a line, always in the same order.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from steps.gherkin.lecture import Fichier, fichiers, lire_fichier
from steps.gherkin.typographie import dire, pluriel
from steps.rapports.commandes import commande
from steps.verifier.recueil import Donnees, RecueilIncomplet, recueillir

RECUEIL = Path("webapp/mode_emploi/publie/phrases.json")
FEATURES = Path("features")
_ARGUMENT = "phrases"
COMMANDE = f"python -m steps.verifier {_ARGUMENT}"
_LARGEUR = 120


def main(racine: Path) -> int:
    """Write the book of the project at `racine`; return the exit status."""
    lus = [lire_fichier(chemin, racine) for chemin in fichiers([racine / FEATURES])]
    try:
        texte = a_publier(lus, racine)
    except RecueilIncomplet as erreur:
        sys.stderr.write(f"{erreur}\n")
        return 1
    chemin = racine / RECUEIL
    change = not chemin.is_file() or chemin.read_text("utf-8") != texte
    if change:
        chemin.parent.mkdir(exist_ok=True)
        chemin.write_text(texte, "utf-8", newline="\n")
    verdict = dire("écrit" if change else "déjà à jour")
    phrases = pluriel(texte.count('"ancre": '), "phrase")
    sys.stdout.write(dire("{chemin} : {phrases}, {verdict}.\n", chemin=RECUEIL, phrases=phrases, verdict=verdict))
    return 0


def concerne(racine: Path) -> bool:
    """Say whether the project at `racine` has a product that shows the book."""
    return (racine / RECUEIL).parent.parent.is_dir()


def perime(lus: Iterable[Fichier], racine: Path) -> str | None:
    """Return what is to be said when the book of `racine` is not that of its steps and features, None when it is."""
    try:
        texte = a_publier(lus, racine)
    except RecueilIncomplet as erreur:
        return str(erreur)
    chemin = racine / RECUEIL
    if chemin.is_file() and chemin.read_text("utf-8") == texte:
        return None
    message = "{chemin} n'est plus celui des phrases et des features\n    → {commande}"
    return dire(message, chemin=RECUEIL, commande=commande("-m", "steps.verifier", _ARGUMENT))


def a_publier(lus: Iterable[Fichier], racine: Path) -> str:
    """Return the text of the book. Raises RecueilIncomplet when something in it is not explained."""
    note: dict[str, Donnees] = {
        "note": dire("Écrit par « {commande} » : ne se modifie pas à la main.", commande=COMMANDE)
    }
    return _ecrire(note | recueillir(lus, racine)) + "\n"


def _ecrire(valeur: Donnees, marge: str = "") -> str:
    """Return `valeur` in JSON: on one line when it fits there and is simple, else one thing a line."""
    ligne = json.dumps(valeur, ensure_ascii=False)
    if not isinstance(valeur, list | dict) or (_est_simple(valeur) and len(marge) + len(ligne) <= _LARGEUR):
        return ligne
    dedans = marge + "  "
    if isinstance(valeur, dict):
        parts = [f"{json.dumps(cle, ensure_ascii=False)}: {_ecrire(part, dedans)}" for cle, part in valeur.items()]
    else:
        parts = [_ecrire(part, dedans) for part in valeur]
    lignes = ",\n".join(dedans + part for part in parts)
    return f"{ligne[0]}\n{lignes}\n{marge}{ligne[-1]}"


def _est_simple(valeur: "list[Donnees] | dict[str, Donnees]") -> bool:
    """Say whether `valeur` may stand on one line: it holds nothing that holds things, or a short list of words."""
    return not any(isinstance(part, dict) for part in (valeur.values() if isinstance(valeur, dict) else valeur))
