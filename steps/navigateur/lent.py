"""`--lent`: the scenario as one shows it to somebody, each element marked before it is touched, with time to see it."""

import os
from collections.abc import Mapping

from playwright.sync_api import Error

from steps.navigateur.illustration import repere
from steps.navigateur.pilote import Geste

DELAI = 5_000


def ecran_present(environnement: Mapping[str, str] = os.environ) -> bool:
    """Say whether a window can be opened here."""
    return bool(environnement.get("DISPLAY") or environnement.get("WAYLAND_DISPLAY"))


class GestesMontres:
    """Shows the gestures of one scenario, `duree` milliseconds each."""

    def __init__(self, duree: int) -> None:
        self._duree = duree
        self._rang = 0

    def avant_un_geste(self, geste: Geste) -> None:
        """Mark what is about to be touched, long enough to be seen."""
        self._rang += 1
        if geste.element is None:
            geste.page.wait_for_timeout(self._duree)
            return
        cible = geste.element.first
        try:
            cible.wait_for(state="visible", timeout=DELAI)
            with repere(geste.page, cible, self._rang):
                geste.page.wait_for_timeout(self._duree)
        except Error:
            return  # The gesture itself says better what is missing.
