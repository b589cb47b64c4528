"""One scenario under way: its browser contexts, what listens to them, what is kept when it fails.

Made once a scenario by `steps.plugins.fixtures`; the hooks of `steps.plugins.acceptation` find it on the test.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page

from steps.navigateur.conditions import Conditions
from steps.navigateur.delais import DELAIS
from steps.navigateur.enregistreur import Enregistreur
from steps.navigateur.lancement import options_de_contexte
from steps.navigateur.pilote import ATTENTE, Geste, Main, Pilote, Temoin
from steps.navigateur.surveillance import Surveillance

DELAI_D_UN_GESTE = 5_000
DELAI_D_UNE_PAGE = 15_000


class Scene:
    """The browser side of a scenario. `observer` is that of `Pilote`; `trace` keeps a trace of all, under `titre`.

    `entourer` gives the conditions of each context of the person; `temoins` are there at each of her gestures.
    """

    def __init__(
        self,
        navigateur: Browser,
        adresse: str,
        main: Main,
        enregistreur: Enregistreur,
        surveillance: Surveillance,
        observer: Callable[[Page], bool] | None,
        *,
        trace: bool,
        titre: str = "",
        entourer: Callable[[BrowserContext], Conditions] = Conditions,
        temoins: Sequence[Temoin] = (),
    ) -> None:
        self._navigateur = navigateur
        self._adresse = adresse
        self._main = main
        self._trace = trace
        self._titre = titre
        self._entourer = entourer
        self._contextes: list[BrowserContext] = []
        self._conditions: dict[BrowserContext, Conditions] = {}
        self._etape_tracee: dict[BrowserContext, bool] = {}
        self.enregistreur = enregistreur
        self.surveillance = surveillance
        # A page that runs no script cannot run axe either.
        observe = observer if main.javascript else None
        premier = self.nouveau_contexte()
        self.pilote = Pilote(premier.new_page(), enregistreur, main, observe)
        self.pilote.temoins += [_Entourage(self._conditions), *temoins]

    @property
    def navigateur(self) -> str:
        """The browser and its version."""
        return f"{self._navigateur.browser_type.name} {self._navigateur.version}"

    def nouveau_contexte(self) -> BrowserContext:
        """Open a browser context of the person that knows nothing of the others."""
        contexte = self._ouvrir(self._main)
        self.surveillance.ecouter(contexte)
        self._conditions[contexte] = self._entourer(contexte)
        return contexte

    def contexte_de_coulisses(self) -> BrowserContext:
        """Open a browser context where a scenario is arranged, with a mouse and no misfortune."""
        return self._ouvrir(Main())

    def conditions(self) -> Conditions:
        """What surrounds the person on the page that she looks at."""
        return self._conditions[self.pilote.page.context]

    def _ouvrir(self, main: Main) -> BrowserContext:
        contexte = self._navigateur.new_context(**options_de_contexte(main, self._adresse))
        contexte.set_default_timeout(DELAIS.ms(DELAI_D_UN_GESTE))
        contexte.set_default_navigation_timeout(DELAIS.ms(DELAI_D_UNE_PAGE))
        contexte.add_init_script(ATTENTE)
        if self._trace:
            contexte.tracing.start(title=self._titre, screenshots=True, snapshots=True, sources=True)
        self._contextes.append(contexte)
        return contexte

    def situer_dans_la_trace(self, etape: str) -> None:
        """Group what follows, in the trace that is kept, under the step that is being played."""
        if not self._trace:
            return
        for contexte in self._contextes:
            if self._etape_tracee.get(contexte):
                contexte.tracing.group_end()
            contexte.tracing.group(etape)
            self._etape_tracee[contexte] = True

    def abreger(self, duree: float) -> None:
        """Leave that many milliseconds, no more, to what comes next: it failed already."""
        for contexte in self._contextes:
            contexte.set_default_timeout(DELAIS.ms(duree))

    def photographier(self, chemin: Path) -> bool:
        """Take a picture of the page as it stands; say whether it could be."""
        with suppress(Error):
            self.pilote.page.screenshot(path=chemin, animations="disabled", timeout=5_000)
            return True
        return False

    def decrire(self) -> str:
        """Give what a screen reader finds in the page, and its address."""
        with suppress(Error):
            return f"{self.pilote.page.url}\n\n{self.pilote.page.locator('body').aria_snapshot(timeout=3_000)}\n"
        return f"{self.pilote.page.url}\n"

    def fermer(self, trace: Path | None = None) -> None:
        """Close every context; when a trace was kept, leave it at this place."""
        for rang, contexte in enumerate(self._contextes):
            if self._trace and trace is not None:
                chemin = trace if rang == 0 else trace.with_stem(f"{trace.stem}-{rang + 1}")
                try:
                    contexte.tracing.stop(path=chemin)
                except (Error, OSError) as erreur:  # A trace that is lost ends nothing.
                    self.enregistreur.perdre("trace", str(erreur).strip().partition("\n")[0])
            # An answer may be on its way still, held back by a failure: what becomes of it is no fault of anybody.
            contexte.unroute_all(behavior="ignoreErrors")
            contexte.close()
        self._contextes.clear()


class _Entourage:
    """The conditions of every context of the person, whichever page she acts on."""

    def __init__(self, conditions: dict[BrowserContext, Conditions]) -> None:
        self._conditions = conditions

    def avant_un_geste(self, geste: Geste) -> None:
        """Put the page in the conditions of its context."""
        self._conditions[geste.page.context].appliquer(geste.page)
