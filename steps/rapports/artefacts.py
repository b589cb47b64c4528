"""What a scenario that failed leaves behind, where, and how to play it again: said in French, with the paths."""

import hashlib
import re
import shlex
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from steps.definitions.collecte import rendu_de
from steps.gherkin.typographie import dire, plier
from steps.plugins import contexte_pytest

LONGUEUR_D_UN_NOM = 80
TITRE = dire("Pour comprendre")
INSTABLE = "instable"
PASSE_ENSUITE = dire("joué une seconde fois pour en garder la trace, le scénario passe")
REJOUER = "rejouer"


@dataclass(frozen=True)
class Piece:
    """A file left for who must understand, and what it is."""

    nature: str
    chemin: Path


def dossier(config: pytest.Config) -> Path:
    """Give the folder of what the acceptance suite leaves behind."""
    return contexte_pytest.racine(config) / "resultats" / "acceptation"


def du_scenario(item: pytest.Item) -> Path:
    """Give the folder of one scenario; two scenarios never share one."""
    scenario = rendu_de(item)
    nom = re.sub(r"[^a-z0-9]+", "-", plier(scenario.name if scenario else item.name)).strip("-")
    empreinte = hashlib.sha256(item.nodeid.encode()).hexdigest()[:6]
    return dossier(item.config) / f"{nom[:LONGUEUR_D_UN_NOM].strip('-')}-{empreinte}"


def effacer(item: pytest.Item) -> None:
    """Remove what the scenario left the last time: a folder is there only for what failed last."""
    shutil.rmtree(du_scenario(item), ignore_errors=True)


def garder(item: pytest.Item) -> list[Piece]:
    """Keep the picture of the page, its content and what the browser and the server said; give what was kept."""
    la = du_scenario(item)
    la.mkdir(parents=True, exist_ok=True)
    gardes = []
    scene = item.stash.get(contexte_pytest.SCENE, None)
    if scene is not None:
        if scene.photographier(la / "ecran.png"):
            gardes.append(Piece("image", la / "ecran.png"))
        gardes.append(_ecrire("page", la / "page.txt", scene.decrire()))
        gardes.append(_ecrire("messages", la / "navigateur.txt", scene.surveillance.compte_rendu()))
    if ecrit := contexte_pytest.ecrit_par_le_serveur(item.config):
        gardes.append(_ecrire("serveur", la / "serveur.txt", ecrit))
    return gardes


def trace(item: pytest.Item) -> list[Piece]:
    """Give the trace of the second play, if it left one."""
    chemin = du_scenario(item) / "trace.zip"
    return [Piece("trace", chemin)] if chemin.exists() else []


def dire_pieces(item: pytest.Item, pieces: Iterable[Piece], *, instable: bool) -> list[str]:
    """Give the lines that say what was kept, whether the second play passed, and how to play the scenario again."""
    lignes = []
    for piece in pieces:
        chemin = str(piece.chemin.relative_to(contexte_pytest.racine(item.config)))
        lignes.append(f"{piece.nature:<10} {chemin}")
        if piece.nature == "trace":
            lignes.append(dire("           à ouvrir avec : {commande}", commande=ouvrir_la_trace(chemin)))
    if instable:
        lignes.append(f"{INSTABLE:<10} {PASSE_ENSUITE}")
    lignes.append(f"{REJOUER:<10} {commande(item)}")
    return lignes


def ouvrir_la_trace(chemin: str) -> str:
    """Give the command that shows a trace."""
    return f"python -m playwright show-trace {shlex.quote(chemin)}"


def commande(item: pytest.Item) -> str:
    """Give the command that plays this scenario alone."""
    adresse = contexte_pytest.adresse_donnee(item.config)
    return f"python -m pytest {shlex.quote(item.nodeid)}" + (f" --base-url {shlex.quote(adresse)}" if adresse else "")


def _ecrire(nature: str, chemin: Path, texte: str) -> Piece:
    chemin.write_text(texte, "utf-8")
    return Piece(nature, chemin)
