"""Listens to the browser during a scenario: what its console says, what failed on the network.

What the console complains of fails the scenario, unless failures are its very subject. Knows nothing of the product.
"""

import re
from collections import deque
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, WebError

from steps.gherkin.typographie import dire

GARDES = 60

# A refusal (4xx) is an answer like another, and a request given up for a newer one is no failure: the browser and htmx
# write a line about each, which is no fault.
_SANS_GRAVITE = re.compile(
    r"Failed to load resource: the server responded with a status of 4\d\d|Response Status Error Code 4\d\d from "
    r"|^htmx:(?:sendAbort|afterRequest)\b"
)
# When the scenario cuts the network or breaks the server, these lines are what it asked for.
_PANNES = re.compile(
    r"Failed to load resource|Response Status Error Code 5\d\d from |htmx:(?:sendError|timeout|responseError)"
)


@dataclass
class Surveillance:
    """What one browser context said. `pannes_voulues`: the scenario is about failures."""

    pannes_voulues: bool = False
    console: deque[str] = field(default_factory=lambda: deque(maxlen=GARDES))
    echecs: deque[str] = field(default_factory=lambda: deque(maxlen=GARDES))
    fautes: list[str] = field(default_factory=list)
    avertissements: int = 0

    def ecouter(self, contexte: BrowserContext) -> None:
        """Begin to listen to every page of the context."""
        contexte.on("console", self._console)
        contexte.on("weberror", self._erreur)
        contexte.on("requestfailed", self._echec)
        contexte.on("page", self._page)

    def juger(self) -> None:
        """Fail if the browser complained of anything that the scenario did not ask for."""
        if self.fautes:
            fautes = "\n".join(f"  {faute}" for faute in dict.fromkeys(self.fautes))
            raise AssertionError(dire("Le navigateur signale des erreurs pendant le scénario :") + "\n" + fautes)

    def verifier_averti(self) -> None:
        """Fail unless the browser warned that something would be lost."""
        assert self.avertissements, dire("le navigateur n'a rien demandé avant de quitter la page")

    def verifier_jamais_averti(self) -> None:
        """Fail if the browser ever warned that something would be lost."""
        assert not self.avertissements, dire("le navigateur a averti que quelque chose serait perdu")

    def compte_rendu(self) -> str:
        """Give the last messages and failed requests, for who must understand a failure."""
        console = "\n".join(self.console) or dire("(rien)")
        echecs = "\n".join(self.echecs) or dire("(aucune)")
        return dire(
            "Console du navigateur :\n{console}\n\nRequêtes sans réponse :\n{echecs}\n", console=console, echecs=echecs
        )

    def _console(self, message: ConsoleMessage) -> None:
        lieu = message.location.get("url", "")
        ligne = f"[{message.type}] {message.text} {lieu}".rstrip()
        self.console.append(ligne)
        if message.type != "error" or _SANS_GRAVITE.search(message.text):
            return
        if not (self.pannes_voulues and _PANNES.search(message.text)):
            self.fautes.append(ligne)

    def _erreur(self, erreur: WebError) -> None:
        ligne = f"[exception] {erreur.error.message}"
        self.console.append(ligne)
        self.fautes.append(ligne)

    def _echec(self, requete: Request) -> None:
        self.echecs.append(f"{requete.method} {requete.url} : {requete.failure or '?'}")

    def _page(self, page: Page) -> None:
        page.on("dialog", self._dialogue)

    def _dialogue(self, dialogue: Dialog) -> None:
        """Leave the page when the browser warns that something would be lost: the scenario may ask whether it did."""
        if dialogue.type == "beforeunload":
            self.avertissements += 1
            dialogue.accept()
        else:
            self.fautes.append(f"[{dialogue.type}] {dialogue.message}")
            dialogue.dismiss()
