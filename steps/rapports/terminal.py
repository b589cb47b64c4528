"""The run on the terminal, in French: a bar while it lasts, then what failed, and where the reports are.

The bar takes the place of pytest's dots when somebody is looking (a terminal, no `-q`, no `-v`, no `-s`) and there are
scenarios; pytest's own output is left alone otherwise, and so is that of the other tests when they fail.
"""

import shutil
import time
from collections.abc import Generator, Mapping, Sequence
from typing import Any, Protocol

import pytest

from steps.gherkin.typographie import dire
from steps.plugins import contexte_pytest
from steps.rapports import artefacts
from steps.rapports.console import raconter, titre
from steps.rapports.production import Produit
from steps.rapports.progression import Progression

CACHE = "scenarios/durees"
EFFACER = "\r\x1b[K"
INTERVALLE = 0.05
ECRITS = {
    "Captured stdout call": "écrit par le code sur sa sortie",
    "Captured stderr call": "écrit par le code sur sa sortie d'erreur",
    "Captured log call": "écrit par le code dans son journal",
}


class Recits(Protocol):
    """What the terminal is told by who writes the stream."""

    @property
    def echecs(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The attempts of each scenario that failed, by its test."""

    @property
    def produits(self) -> Sequence[Produit]:
        """The reports."""

    @property
    def probleme(self) -> str:
        """Why there are none."""


class Terminal:
    """What is printed of the scenarios. `reporter` is pytest's, of which only the public side is used but once."""

    def __init__(self, config: pytest.Config, reporter: Any, recits: Recits) -> None:
        self.config = config
        self.reporter = reporter
        self.recits = recits
        self.progression: Progression | None = None
        self.barre = False
        self.durees: dict[str, float] = {}
        self.dessinee = 0.0

    # ------------------------------------------------------------------------------------------------ the bar

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note what is to be played."""
        self._attendre([item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """Note what is to be played, as a process of xdist says; all say the same."""
        self._attendre(ids)

    def pytest_runtest_logstart(self, nodeid: str, location: tuple[str, int | None, str]) -> None:
        """Show what begins; the bar appears with the first scenario."""
        if self.progression is None:
            return
        scenario = location[0].endswith(".feature")
        if scenario and not self.barre:
            self._montrer()
        self.progression.commencer(nodeid, location[2] if scenario else nodeid)
        self._dessiner()

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Show what is over."""
        if self.progression is None:
            return
        self.durees[report.nodeid] = self.durees.get(report.nodeid, 0.0) + report.duration
        if report.failed:
            self.progression.echecs += 1
            if self.barre:
                self._effacer()
                self.reporter.write_line(f"✗ {report.head_line or report.nodeid}", red=True)
        if report.when not in ("setup", "call"):
            self.progression.finir(report.nodeid)
        self._dessiner()

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(self) -> Generator[None, Any, Any]:
        """Leave the dots out while the bar is there."""
        etat = yield
        return (etat[0], "", "") if self.barre and etat else etat

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """Take the bar away at the end, however it comes."""
        try:
            return (yield)
        finally:
            self._effacer()
            self._retenir()
            self.barre = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_enter_pdb(self) -> None:
        """Leave the place to the debugger."""
        self._effacer()

    @pytest.hookimpl(tryfirst=True, optionalhook=True)
    def pytest_testnodedown(self) -> None:
        """Leave the place to what xdist says of a process that stops."""
        self._effacer()

    def _attendre(self, tests: Sequence[str]) -> None:
        """Begin to count, if somebody is looking."""
        option = self.config.option
        if self.progression or not self.reporter.isatty() or option.verbose or option.capture == "no":
            return
        cache = getattr(self.config, "cache", None)
        self.progression = Progression(cache.get(CACHE, {}) if cache else {}, time.monotonic())
        self.progression.attendre(tests)

    def _montrer(self) -> None:
        self.barre = True
        self.reporter.ensure_newline()
        self.reporter.showfspath = False
        # Else pytest would write its percentage over the bar.
        self.reporter._show_progress_info = False  # noqa: SLF001 - there is no other way to say so

    def _dessiner(self) -> None:
        maintenant = time.monotonic()
        if self.barre and self.progression and maintenant - self.dessinee > INTERVALLE:
            self.dessinee = maintenant
            largeur = shutil.get_terminal_size().columns
            self.reporter.write_raw(EFFACER + self.progression.ligne(largeur, maintenant), flush=True)

    def _effacer(self) -> None:
        if self.barre:
            self.reporter.write_raw(EFFACER, flush=True)
            self.dessinee = 0.0

    def _retenir(self) -> None:
        """Remember how long each test took, for the time left of the next run."""
        cache = getattr(self.config, "cache", None)
        if cache and self.durees:
            cache.set(CACHE, cache.get(CACHE, {}) | {test: round(duree, 3) for test, duree in self.durees.items()})

    # -------------------------------------------------------------------------------------------- the summary

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(self) -> Generator[None, object, object]:
        """Let pytest tell of the other tests, then tell of the scenarios."""
        en_francais = not self.config.option.python and self.config.option.tbstyle == "auto"
        racontes = self.recits.echecs if en_francais else {}
        stats: dict[str, list[Any]] = self.reporter.stats
        mis_de_cote: dict[str, list[Any]] = {nom: stats[nom] for nom in ("failed", "error") if nom in stats}
        for nom, rapports in mis_de_cote.items():
            stats[nom] = [rapport for rapport in rapports if rapport.nodeid not in racontes]
        try:
            return (yield)
        finally:
            stats |= mis_de_cote
            if not self.config.option.no_summary:
                self._dire_les_echecs(racontes, [rapport for tous in mis_de_cote.values() for rapport in tous])
            self._dire_les_rapports()

    def _dire_les_echecs(self, racontes: Mapping[str, Sequence[Mapping[str, Any]]], rapports: Sequence[Any]) -> None:
        if not racontes:
            return
        dossier = artefacts.dossier(self.config).relative_to(contexte_pytest.racine(self.config)).as_posix()
        self.reporter.write_sep("=", dire("scénarios en échec"), red=True, bold=True)
        for test, essais in racontes.items():
            self.reporter.write_sep("_", titre(essais), red=True, bold=True)
            for ligne, couleur in raconter(essais, dossier):
                self.reporter.write_line(ligne, **couleur)
            self._dire_ce_qui_fut_ecrit([rapport for rapport in rapports if rapport.nodeid == test])

    def _dire_ce_qui_fut_ecrit(self, rapports: Sequence[pytest.TestReport]) -> None:
        """Print what the code of the steps printed, as pytest does."""
        if self.config.option.showcapture == "no":
            return
        for rapport in rapports:
            for nom, contenu in rapport.sections:
                if nom != artefacts.TITRE:
                    self.reporter.write_sep("-", dire(ECRITS.get(nom, nom)))
                    self.reporter.write_line(contenu.rstrip("\n"))

    def _dire_les_rapports(self) -> None:
        if self.recits.probleme:
            self.reporter.write_line(self.recits.probleme, red=True)
        if self.recits.produits:
            self.reporter.section(dire("rapports"))
            for produit in self.recits.produits:
                self.reporter.write_line(produit.dit(contexte_pytest.racine(self.config)))
