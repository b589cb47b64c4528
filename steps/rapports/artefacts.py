"""What a scenario that failed leaves behind, and where."""

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Error

from steps.definitions.scenario_joue import ScenarioJoue
from steps.gherkin.typographie import plier
from steps.navigateur.enregistreur import Enregistreur
from steps.navigateur.scene import Scene
from steps.rapports.flux import raison

DOSSIER = Path("resultats") / "acceptation"
"""Where the acceptance suite leaves everything, from the root of the project."""

TRACE = "trace.zip"
LONGUEUR_D_UN_NOM = 80


def du_scenario(joue: ScenarioJoue) -> Path:
    """Give the folder of one scenario; two scenarios never share one."""
    nom = re.sub(r"[^a-z0-9]+", "-", plier(joue.nom)).strip("-")
    empreinte = hashlib.sha256(joue.id.encode()).hexdigest()[:6]
    return joue.racine / DOSSIER / f"{nom[:LONGUEUR_D_UN_NOM].strip('-')}-{empreinte}"


def effacer(joue: ScenarioJoue) -> None:
    """Remove what the scenario left the last time: a folder is there only for what failed last."""
    shutil.rmtree(du_scenario(joue), ignore_errors=True)


def garder(joue: ScenarioJoue, enregistreur: Enregistreur, scene: Scene | None, ecrit_par_le_serveur: str) -> None:
    """Keep the picture of the page, its content and what the browser and the server said; note each in the record.

    What cannot be kept is noted too: evidence that is lost never ends a run.
    """
    la = du_scenario(joue)
    if scene is not None:
        _garder(enregistreur, "image", la / "ecran.png", scene.photographier)
        _garder(enregistreur, "page", la / "page.txt", lambda chemin: _ecrire(chemin, scene.decrire()))
        compte_rendu = scene.surveillance.compte_rendu
        _garder(enregistreur, "messages", la / "navigateur.txt", lambda chemin: _ecrire(chemin, compte_rendu()))
    if ecrit_par_le_serveur:
        _garder(enregistreur, "serveur", la / "serveur.txt", lambda chemin: _ecrire(chemin, ecrit_par_le_serveur))


def garder_la_trace(joue: ScenarioJoue, enregistreur: Enregistreur) -> None:
    """Note the trace of the second play, if it left one."""
    if (chemin := du_scenario(joue) / TRACE).exists():
        enregistreur.joindre("trace", chemin)


def _garder(enregistreur: Enregistreur, nature: str, chemin: Path, faire: Callable[[Path], bool]) -> None:
    """Keep one piece of evidence by `faire`, which says whether it could."""
    try:
        chemin.parent.mkdir(parents=True, exist_ok=True)
        if faire(chemin):
            enregistreur.joindre(nature, chemin)
    except (OSError, ValueError, Error) as erreur:
        enregistreur.perdre(nature, raison(erreur))


def _ecrire(chemin: Path, texte: str) -> bool:
    chemin.write_text(texte, "utf-8", errors="replace")
    return True
