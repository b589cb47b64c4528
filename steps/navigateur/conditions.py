"""What surrounds the person in one browser: the network cut or slow, a slow machine. The product knows nothing of it.

Chromium alone can be slowed, through its debugging channel; any engine can be cut off. What was asked for is set again
before each gesture on the page that is acted upon, so that a page opened meanwhile is in the same conditions.
"""

from dataclasses import dataclass
from random import Random

from playwright.sync_api import BrowserContext, CDPSession, Page


@dataclass(frozen=True)
class Lien:
    """A network link: `latence` in milliseconds before each answer, `debit` in bytes a second, -1 without limit."""

    latence: float = 0
    debit: float = -1


LIEN_LENT = Lien(latence=400, debit=400_000 / 8)
"""What @lent gives: the link of a train, or of a house far from the exchange."""

RALENTI = 4
LATENCE_MAX = 300
PAUSE_MAX = 120


class Conditions:
    """The conditions of the pages of one browser context.

    `lien` slows the network, `hasard` draws a latency and a pause before each gesture and slows the processor.
    """

    def __init__(self, contexte: BrowserContext, lien: Lien | None = None, hasard: Random | None = None) -> None:
        self._contexte = contexte
        self._lien = lien
        self._hasard = hasard
        self._canaux: dict[Page, CDPSession] = {}
        self._poses: dict[Page, Lien] = {}
        self.coupe = False

    def couper(self) -> None:
        """Cut the network."""
        self.coupe = True
        self._contexte.set_offline(True)
        for page, lien in self._poses.items():
            self._regler(page, lien)

    def retablir(self) -> None:
        """Bring the network back, as slow as it was."""
        self.coupe = False
        self._contexte.set_offline(False)
        for page, lien in self._poses.items():
            self._regler(page, lien)

    def appliquer(self, page: Page) -> None:
        """Put a page of the context in these conditions."""
        if self._hasard is None:
            if self._lien is not None:
                self._poser(page, self._lien)
            return
        tire = Lien(self._hasard.uniform(0, LATENCE_MAX))
        self._poser(page, Lien(tire.latence + self._lien.latence, self._lien.debit) if self._lien else tire)
        page.wait_for_timeout(self._hasard.uniform(0, PAUSE_MAX))

    def _poser(self, page: Page, lien: Lien) -> None:
        """Slow the page; while the network is cut, that one condition hides the others."""
        if not self.coupe and self._poses.get(page) != lien:
            self._poses[page] = lien
            self._regler(page, lien)

    def _regler(self, page: Page, lien: Lien) -> None:
        """Say so to the browser: what it was told of the link hides what it is told of the cut, and must say it too."""
        if page.is_closed():
            return
        voulu = {
            "offline": self.coupe, "latency": lien.latence,
            "downloadThroughput": lien.debit, "uploadThroughput": lien.debit,
        }  # fmt: skip
        self._canal(page).send("Network.emulateNetworkConditions", voulu)

    def _canal(self, page: Page) -> CDPSession:
        if page not in self._canaux:
            canal = self._contexte.new_cdp_session(page)
            canal.send("Network.enable")
            if self._hasard is not None:
                canal.send("Emulation.setCPUThrottlingRate", {"rate": RALENTI})
            self._canaux[page] = canal
        return self._canaux[page]
