"""What a scenario that failed leaves behind, where, and how to play it again: said in French, with the paths."""

import hashlib
import re
import shlex
import shutil
from pathlib import Path

import pytest

from steps import essai
from steps.typographie import fold, say
from steps.verifier.collected import rendered

LONGUEUR_D_UN_NOM = 80
TITRE = say("Pour comprendre")


def dossier(config: pytest.Config) -> Path:
    """Give the folder of what the acceptance suite leaves behind."""
    return essai.racine(config) / "resultats" / "acceptation"


def du_scenario(item: pytest.Item) -> Path:
    """Give the folder of one scenario; two scenarios never share one."""
    scenario = rendered(item)
    nom = re.sub(r"[^a-z0-9]+", "-", fold(scenario.name if scenario else item.name)).strip("-")
    empreinte = hashlib.sha256(item.nodeid.encode()).hexdigest()[:6]
    return dossier(item.config) / f"{nom[:LONGUEUR_D_UN_NOM].strip('-')}-{empreinte}"


def effacer(item: pytest.Item) -> None:
    """Remove what the scenario left the last time: a folder is there only for what failed last."""
    shutil.rmtree(du_scenario(item), ignore_errors=True)


def garder(item: pytest.Item) -> list[str]:
    """Keep the picture of the page, its content and what the browser said; give the lines that say where."""
    la = du_scenario(item)
    la.mkdir(parents=True, exist_ok=True)
    lignes = []
    scene = item.stash.get(essai.SCENE, None)
    if scene is not None:
        if scene.photographier(la / "ecran.png"):
            lignes.append(say("image      {chemin}", chemin=_court(item, la / "ecran.png")))
        (la / "page.txt").write_text(scene.decrire(), "utf-8")
        lignes.append(say("page       {chemin}", chemin=_court(item, la / "page.txt")))
        (la / "navigateur.txt").write_text(scene.surveillance.compte_rendu(), "utf-8")
        lignes.append(say("messages   {chemin}", chemin=_court(item, la / "navigateur.txt")))
    if ecrit := essai.ecrit_par_le_serveur(item.config):
        (la / "serveur.txt").write_text(ecrit, "utf-8")
        lignes.append(say("serveur    {chemin}", chemin=_court(item, la / "serveur.txt")))
    return lignes


def dire_la_trace(item: pytest.Item, *, passe: bool) -> list[str]:
    """Give the lines about the trace of the second play."""
    trace = du_scenario(item) / "trace.zip"
    lignes = []
    if trace.exists():
        chemin = _court(item, trace)
        lignes.append(say("trace      {chemin}", chemin=chemin))
        lignes.append(say("           à ouvrir avec : python -m playwright show-trace {chemin}", chemin=chemin))
    if passe:
        lignes.append(say("instable   joué une seconde fois pour en garder la trace, le scénario passe"))
    return lignes


def commande(item: pytest.Item) -> str:
    """Give the command that plays this scenario alone."""
    adresse = essai.adresse_donnee(item.config)
    return f"python -m pytest {shlex.quote(item.nodeid)}" + (f" --base-url {shlex.quote(adresse)}" if adresse else "")


def _court(item: pytest.Item, chemin: Path) -> str:
    return str(chemin.relative_to(essai.racine(item.config)))
