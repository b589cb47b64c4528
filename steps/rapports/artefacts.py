"""What a scenario that failed leaves behind, and where."""

import hashlib
import re
import shutil
from pathlib import Path

from steps.definitions.scenario_joue import ScenarioJoue
from steps.gherkin.typographie import plier
from steps.navigateur.enregistreur import Enregistreur
from steps.navigateur.scene import Scene

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
    """Keep the picture of the page, its content and what the browser and the server said; note each in the record."""
    la = du_scenario(joue)
    la.mkdir(parents=True, exist_ok=True)
    textes = {}
    if scene is not None:
        if scene.photographier(la / "ecran.png"):
            enregistreur.joindre("image", la / "ecran.png")
        textes["page"] = la / "page.txt", scene.decrire()
        textes["messages"] = la / "navigateur.txt", scene.surveillance.compte_rendu()
    if ecrit_par_le_serveur:
        textes["serveur"] = la / "serveur.txt", ecrit_par_le_serveur
    for nature, (chemin, texte) in textes.items():
        chemin.write_text(texte, "utf-8")
        enregistreur.joindre(nature, chemin)


def garder_la_trace(joue: ScenarioJoue, enregistreur: Enregistreur) -> None:
    """Note the trace of the second play, if it left one."""
    if (chemin := du_scenario(joue) / TRACE).exists():
        enregistreur.joindre("trace", chemin)
