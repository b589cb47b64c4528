"""Find Debian's Firefox, or bring it, and print its path: the second engine of the scenarios, for who asks for it.

In order: $FIREFOX, what was found last time, firefox-esr or firefox on the path, Debian's package when root. Each is
believed only once it has opened a page through the relay of the suite (steps/navigateur/firefox.py). What is said to
the person goes to the error stream: the path is alone on the output.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from navigateur import RACINE, NavigateurIntrouvable, dire, executer, garde, installer_paquets

NOMS = ("firefox-esr", "firefox")
PAQUETS_DEBIAN = ("firefox-esr", "fonts-dejavu-core")
OUVRIR_UNE_PAGE = """
import os, sys
sys.path.insert(0, sys.argv[1])
os.environ["FIREFOX"] = sys.argv[2]
from playwright.sync_api import sync_playwright
from steps.navigateur.lancement import options_de_lancement
with sync_playwright() as p:
    navigateur = p.firefox.launch(**options_de_lancement({"timeout": 60_000}, "firefox"))
    page = navigateur.new_page()
    page.set_content("<p>prêt</p>")
    assert page.inner_text("p") == "prêt"
    navigateur.close()
"""
AUCUN = (
    "Aucun Firefox pour les essais : installez le paquet firefox-esr de Debian, ou donnez le chemin d’un Firefox dans"
    " la variable FIREFOX."
)


def fonctionne(chemin: str) -> bool:
    """Say whether a Firefox opens a page as the scenarios ask it to."""
    return executer(sys.executable, "-c", OUVRIR_UNE_PAGE, str(RACINE), chemin, delai=120).code == 0


def impose(environnement: Mapping[str, str]) -> str | None:
    """Give the browser asked for by $FIREFOX. Raises NavigateurIntrouvable when it does not work."""
    chemin = environnement.get("FIREFOX", "").strip()
    if not chemin:
        return None
    complet = shutil.which(chemin)
    if complet is None or not fonctionne(complet):
        raise NavigateurIntrouvable(f"FIREFOX vaut « {chemin} », qui ne s’ouvre pas : corrigez cette variable.")
    return complet


def sur_le_chemin() -> str | None:
    """Give the first Firefox on the path that works."""
    return next((chemin for nom in NOMS if (chemin := shutil.which(nom)) and fonctionne(chemin)), None)


def trouver(environnement: Mapping[str, str], cache: Path) -> str:
    """Give the path of a Firefox, found before if it can be. Raises NavigateurIntrouvable."""
    if chemin := impose(environnement):
        return chemin
    fichier = cache / "firefox"
    if chemin := garde(fichier):
        return chemin
    trouve = sur_le_chemin() or (sur_le_chemin() if installer_paquets(*PAQUETS_DEBIAN) else None)
    if trouve is None:
        raise NavigateurIntrouvable(AUCUN)
    cache.mkdir(exist_ok=True)
    fichier.write_text(f"{trouve}\n", encoding="utf-8")
    return trouve


def main() -> int:
    """Print the path; 1 and a French sentence when there is none."""
    try:
        print(trouver(os.environ, RACINE / ".cache"))
    except NavigateurIntrouvable as erreur:
        dire(str(erreur))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
