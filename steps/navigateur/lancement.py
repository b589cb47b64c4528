"""The browser of the scenarios: which one, and with what window, language and hand each scenario is played."""

import os
import shutil
from collections.abc import Container, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserType, Error

from steps.navigateur import firefox
from steps.navigateur.pilote import Main

CACHE = Path(__file__).resolve().parents[2] / ".cache"
NOMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
BUREAU = {"width": 1280, "height": 800}
TELEPHONE = {"width": 320, "height": 640}
# The product cuts its pages off from whoever opened them (Cross-Origin-Opener-Policy): Chromium shows the first in
# another process than the empty page that a scenario begins with, which has just been started. Of this bound it makes
# one for each context; contexts never share any.
UN_PROCESSUS_DE_PAGES = "--renderer-process-limit=1"


def executable() -> str | None:
    """Give the browser to start: $CHROMIUM, the one that the set-up found, one of the machine's.

    None leaves the choice to Playwright. A command that is copied needs no variable: it finds what `make` found.
    """
    if voulu := os.environ.get("CHROMIUM"):
        return voulu
    trouve = CACHE / "navigateur"
    garde = trouve.read_text("utf-8").strip() if trouve.is_file() else ""
    if garde and os.access(garde, os.X_OK):
        return garde
    return next((chemin for nom in NOMS if (chemin := shutil.which(nom))), None)


def avec_fenetre() -> str | None:
    """Give a browser that can show a window, which the headless shell cannot; None when there is none."""
    choisi = os.environ.get("CHROMIUM", "")
    candidats = (choisi if "headless" not in Path(choisi).name else "", *map(shutil.which, NOMS[1:]))
    return next((chemin for chemin in candidats if chemin), None)


def options_de_lancement(demandees: Mapping[str, Any], moteur: str) -> dict[str, Any]:
    """Complete the options of the command line with the browser of the machine, unless another was asked for.

    The headless shell cannot show a window: `--headed` takes the full browser if there is one.
    """
    options = dict(demandees)
    if moteur == "firefox":
        # What Playwright cannot ask of this Firefox (see `firefox.SANS_EFFET`), its own settings give.
        options["firefox_user_prefs"] = {"ui.prefersReducedMotion": 1}
        return {**options, "channel": firefox.CANAL, "executable_path": firefox.lanceur(CACHE)}
    if moteur == "chromium":
        options["args"] = [*options.get("args", ()), UN_PROCESSUS_DE_PAGES]
    chemin = executable()
    if moteur != "chromium" or "channel" in options or chemin is None:
        return options
    if options.get("headless") is False:
        chemin = avec_fenetre()
        if chemin is None:
            return options
    return {**options, "executable_path": chemin}


def main_de(etiquettes: Container[str]) -> Main:
    """Say how the person acts, from the tags of the scenario."""
    return Main(clavier="clavier" in etiquettes, tactile="mobile" in etiquettes, javascript="sans_js" not in etiquettes)


def options_de_contexte(main: Main, adresse: str) -> dict[str, Any]:
    """Give the options of a fresh browser context: same language, same hour, same window each time."""
    return {
        "base_url": adresse,
        "locale": "fr-FR",
        "timezone_id": "Europe/Paris",
        "viewport": TELEPHONE if main.tactile else BUREAU,
        "has_touch": main.tactile,
        "java_script_enabled": main.javascript,
        "reduced_motion": "reduce",
        "service_workers": "block",
    }


class Lanceur:
    """Starts the browser, and starts it again when it has died: what killed it must not fail what comes next."""

    def __init__(self, moteur: BrowserType, demandees: Mapping[str, Any]) -> None:
        self._moteur = moteur
        self._demandees = demandees
        self._lance: Browser | None = None
        self.departs = 0

    def vivant(self) -> Browser:
        """Give a browser that is alive."""
        if self._lance is None or not self._lance.is_connected():
            self._lance = self._moteur.launch(**options_de_lancement(self._demandees, self._moteur.name))
            self.departs += 1
        return self._lance

    def fermer(self) -> None:
        """Stop the browser."""
        if self._lance is not None:
            with suppress(Error):
                self._lance.close()
