"""The pytest plugin that tells of the scenarios: the stream as they end, the reports at the end, the terminal.

    --python    show a failed scenario by Python's traceback, as pytest does; any `--tb` asked for does the same

It only reads what reports carry (`steps.plugins.rejeu` puts it there), so that it is the same with or without
xdist, and the suite is the same without it (`-p no:steps.plugins.rapports`).
"""

import json
import time
from collections.abc import Generator, Sequence
from contextlib import suppress
from typing import Any

import pytest

from steps.gherkin.lecture import decoder
from steps.gherkin.typographie import dire
from steps.navigateur.enregistreur import ECHEC, PROPRIETE
from steps.plugins import contexte_pytest
from steps.plugins.scenario import joue_par, scenario_de
from steps.plugins.verification import a_une_seance, seance_de
from steps.rapports import console
from steps.rapports.artefacts import DOSSIER
from steps.rapports.commandes import commande
from steps.rapports.environnement import environnement
from steps.rapports.flux import NOM, Flux, entier
from steps.rapports.production import RapportEcrit, oublier, produire
from steps.rapports.resume import nom_complet
from steps.verifier.seance import NOEUD

ECARTES = "scenarios_ecartes"
PREVUS = "scenarios_prevus"

ECRITS = {
    "Captured stdout call": "écrit par le code sur sa sortie",
    "Captured stderr call": "écrit par le code sur sa sortie d'erreur",
    "Captured log call": "écrit par le code dans son journal",
}
RAPPORTS_IMPOSSIBLES = "Les rapports n'ont pas pu être écrits ({erreur}). Le flux est là : « {commande} » les refait."
PERDU = "n'a pu être gardé : {raison}"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("scénarios").addoption(
        "--python", action="store_true", help=dire("montrer la trace de Python d'un scénario en échec")
    )


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Listen: to what is collected where it is, to what is played where all of it is known."""
    config.pluginmanager.register(_Collecte(config), "rapports-collecte")
    if not contexte_pytest.est_un_ouvrier(config):
        config.pluginmanager.register(Rapporteur(config), "rapports")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Name a scenario by its place and its title, once it is asked for, not by the function that pytest-bdd makes."""
    if joue := scenario_de(item):
        lieu = joue.racine / joue.fichier, joue.ligne - 1, nom_complet(joue.faits())
        setattr(item, "reportinfo", lambda: lieu)  # noqa: B010 - of this test only


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, dict[str, Any] | None, dict[str, Any] | None]:
    """Leave half characters out of a report that goes from one process to another: nothing carries them."""
    donnees = yield
    return _sans_moities(donnees) if donnees else donnees


def _sans_moities(donnee: Any) -> Any:
    if isinstance(donnee, str):
        return entier(donnee)
    if isinstance(donnee, dict):
        return {cle: _sans_moities(valeur) for cle, valeur in donnee.items()}
    if isinstance(donnee, list | tuple):
        return type(donnee)(map(_sans_moities, donnee))
    return donnee


class _Collecte:
    """What is known where tests are collected: in this process, or in each process of xdist."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.ecartes: list[dict[str, Any]] = []
        self.prevus = 0

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Note the scenarios that were set aside, and why."""
        self.ecartes += [_ecarte(item) for item in items if scenario_de(item)]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Count the scenarios to be played; from a process of xdist, send what is known to the one that tells."""
        self.prevus = sum(scenario_de(item) is not None for item in session.items)
        if contexte_pytest.est_un_ouvrier(self.config):
            envoi: dict[str, Any] = vars(self.config)["workeroutput"]
            envoi |= {ECARTES: self.ecartes, PREVUS: self.prevus}


class Rapporteur:
    """Writes the stream as the scenarios end, then the reports; then says what failed, and where they are."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.dossier = config.rootpath / DOSSIER
        self.debut = time.time()
        self.flux: Flux | None = None
        self.sources: set[str] = set()
        self.commences: dict[str, tuple[str, int | None, str]] = {}
        self.echecs: dict[str, list[dict[str, Any]]] = {}
        self.joues = 0
        self.ailleurs: dict[str, Any] = {}
        self.constats: dict[tuple[Any, ...], dict[str, Any]] = {}
        self.sans_scenarios = False
        self.ecrits: list[RapportEcrit] = []
        self.probleme = ""

    def pytest_runtest_logstart(self, nodeid: str, location: tuple[str, int | None, str]) -> None:
        """Note what begins: who dies in the middle sends no record."""
        if location[0].endswith(".feature"):
            self.commences[nodeid] = location
            self._ouvrir()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write the attempts that a report carries."""
        tentatives = [json.loads(str(faits)) for nom, faits in report.user_properties if nom == PROPRIETE]
        if report.when == "teardown" and tentatives:
            self._ecrire(tentatives)
        elif report.failed and report.nodeid in self.commences and report.when not in ("setup", "call", "teardown"):
            self._ecrire([_perdu(report, self.commences[report.nodeid])])
        elif report.failed and not report.location[0].endswith(".feature") and not report.nodeid.startswith(NOEUD):
            fichier, ligne, nom = report.location
            message = dire("un test, qui n'est pas un scénario, a échoué : {nom}", nom=nom)
            self._constater(fichier=fichier, ligne=(ligne or 0) + 1, message=message)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note what could not be collected; the processes of xdist each say it."""
        if report.failed:
            raison = getattr(getattr(report.longrepr, "reprcrash", None), "message", None) or str(report.longrepr)
            message = dire("la collecte a échoué : {raison}", raison=raison.strip().splitlines()[-1])
            self._constater(fichier=report.nodeid, ligne=1, message=message)
            self.sans_scenarios |= report.nodeid.startswith(tuple(self.config.getini("verifier_modules")))

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Note what ended pytest itself."""
        self._constater(message=dire("pytest s'est arrêté : {raison}", raison=excinfo.exconly(tryshort=True)))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take from a process of xdist what it collected: all collect the same."""
        self.ailleurs = getattr(node, "workeroutput", None) or self.ailleurs

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """End the stream and make the reports, whatever stopped the run."""
        constats = [
            {"code": d.code, "fichier": d.fichier, "ligne": d.ligne, "message": d.message, "suggestion": d.suggestion}
            for d in (seance_de(self.config).constats() if a_une_seance(self.config) else ())
        ]
        collecte = self.config.pluginmanager.get_plugin("rapports-collecte")
        assert isinstance(collecte, _Collecte)
        ecartes = self.ailleurs.get(ECARTES, collecte.ecartes)
        prevus = self.ailleurs.get(PREVUS, collecte.prevus)
        if self.flux is None and self._rien_a_dire(session, prevus, ecartes, constats):
            return
        # Even of a run that played nothing: the reports of before would pass for its own.
        flux = self._ouvrir()
        for ecarte in ecartes:
            self._citer(flux, ecarte["fichier"])
            flux.ecrire("ecarte", **ecarte)
        for constat in (*constats, *self.constats.values()):
            flux.ecrire("constat", **constat)
        arret = _arret(session, str(self.ailleurs.get("shouldstop") or ""))
        interrompue = session.exitstatus == pytest.ExitCode.INTERRUPTED or self.joues < prevus
        flux.ecrire(
            "fin",
            instant=round(time.time(), 3),
            code=int(session.exitstatus),
            prevus=prevus,
            interrompue=interrompue,
            **({"arret": arret} if arret else {}),
        )
        try:
            lue = self.config.stash[contexte_pytest.EXECUTION] = flux.relire()
            self.ecrits = produire(lue, self.dossier)
        except Exception as erreur:  # noqa: BLE001 - a report that fails must not hide what it was about
            refaire = commande("-m", "steps.rapports")
            self.probleme = dire(RAPPORTS_IMPOSSIBLES, erreur=f"{type(erreur).__name__} {erreur}", commande=refaire)
        finally:
            flux.fermer()
        if flux.probleme:
            self.ecrits.append(RapportEcrit(flux.chemin, dire("flux"), dire(PERDU, raison=flux.probleme)))

    def _rien_a_dire(
        self, session: pytest.Session, prevus: int, ecartes: Sequence[object], constats: Sequence[object]
    ) -> bool:
        """Say whether a run that played no scenario was not about scenarios."""
        if not a_une_seance(self.config):
            return not prevus
        seance = seance_de(self.config)
        if not seance.perimetre.joue or not (seance.decompte or self.sans_scenarios):
            return True
        vide = session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and ecartes
        return not (prevus or constats or vide or self.constats)

    def _constater(self, **constat: Any) -> None:
        self.constats.setdefault(tuple(constat.values()), {"code": "", "suggestion": "", **constat})

    # -------------------------------------------------------------------------------------------- on the terminal

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: Any) -> Generator[None, object, object]:
        """Let pytest tell of the other tests, then tell of the scenarios in French."""
        option = self.config.option
        en_francais = not option.python and option.tbstyle == "auto"
        racontes = self.echecs if en_francais else {}
        stats: dict[str, list[Any]] = terminalreporter.stats
        mis_de_cote: dict[str, list[Any]] = {nom: stats[nom] for nom in ("failed", "error") if nom in stats}
        for nom, rapports in mis_de_cote.items():
            stats[nom] = [rapport for rapport in rapports if rapport.nodeid not in racontes]
        try:
            return (yield)
        finally:
            stats |= mis_de_cote
            if racontes and not option.no_summary:
                self._dire_les_echecs(terminalreporter, racontes, [r for tous in mis_de_cote.values() for r in tous])
            self._dire_les_rapports(terminalreporter)

    def _dire_les_echecs(
        self, terminal: Any, racontes: dict[str, list[dict[str, Any]]], rapports: Sequence[pytest.TestReport]
    ) -> None:
        terminal.write_sep("=", dire("scénarios en échec"), red=True, bold=True)
        for test, tentatives in racontes.items():
            terminal.write_sep("_", nom_complet(tentatives[0]), red=True, bold=True)
            for ligne, couleur in console.raconter(tentatives):
                terminal.write_line(ligne, **couleur)
            if self.config.option.showcapture == "no":
                continue
            for nom, contenu in (
                section for rapport in rapports if rapport.nodeid == test for section in rapport.sections
            ):
                if nom != console.TITRE:  # What the code of the steps printed, as pytest does.
                    terminal.write_sep("-", dire(ECRITS.get(nom, nom)))
                    terminal.write_line(contenu.rstrip("\n"))

    def _dire_les_rapports(self, terminal: Any) -> None:
        if self.probleme:
            terminal.write_line(self.probleme, red=True)
        if self.ecrits:
            terminal.section(dire("rapports"))
            for ecrit in self.ecrits:
                terminal.write_line(ecrit.dit(self.config.rootpath))

    # --------------------------------------------------------------------------------------------- in the stream

    def _ecrire(self, tentatives: list[dict[str, Any]]) -> None:
        flux = self._ouvrir()
        premier = tentatives[0]
        self._citer(flux, premier["fichier"])
        for chaque in tentatives:
            flux.ecrire("scenario", **chaque)
        self.joues += 1
        self.commences.pop(premier["id"], None)
        if premier["issue"] == ECHEC:
            self.echecs[premier["id"]] = tentatives

    def _ouvrir(self) -> Flux:
        """Begin the stream if it has not begun, and take away the reports of the run before."""
        if self.flux is None:
            self.flux = Flux(self.dossier / NOM)
            oublier(self.dossier)
            self.flux.ecrire("debut", **self._debut())
        return self.flux

    def _citer(self, flux: Flux, fichier: str) -> None:
        """Write the text of a feature, once."""
        if fichier not in self.sources:
            self.sources.add(fichier)
            with suppress(OSError):  # It may have gone since it was read.
                flux.ecrire("source", fichier=fichier, texte=decoder((self.config.rootpath / fichier).read_bytes())[0])

    def _debut(self) -> dict[str, Any]:
        option = self.config.option
        dite = commande("-m", "pytest", *map(str, self.config.invocation_params.args))
        faits = environnement(self.config.rootpath, dite)
        if adresse := contexte_pytest.adresse_donnee(self.config):
            faits.pop("version", None)  # That of the files here: what runs elsewhere is not known.
        return {
            "instant": round(self.debut, 3),
            "adresse": adresse,
            "moteur": ", ".join(getattr(option, "browser", None) or ["chromium"]),
            "processus": len(getattr(option, "tx", None) or ()) or 1,
            **faits,
        }


def _arret(session: pytest.Session, ailleurs: str) -> str:
    """Say what stopped a run before its end, if anything did; `ailleurs`: what a process of xdist says of itself."""
    if dit := ailleurs or str(session.shouldstop or ""):
        return dit
    if session.exitstatus == pytest.ExitCode.INTERRUPTED:
        return dire("à la demande de la personne")
    if session.shouldfail:
        return dire("après autant d'échecs que demandé")
    return ""


def _ecarte(item: pytest.Item) -> dict[str, Any]:
    return {**joue_par(item).faits(), "raison": item.stash.get(contexte_pytest.RAISON, "") or _raison(item.config)}


def _raison(config: pytest.Config) -> str:
    """Say by which option of pytest a scenario was set aside."""
    option = config.option
    choisi = [("--mots", getattr(option, "mots", "")), ("--fichier", getattr(option, "fichier", ""))]
    choisi += [("-k", option.keyword), ("-m", option.markexpr), ("--deselect", " ".join(option.deselect or ()))]
    choisi += [("--last-failed", " ")] if getattr(option, "lf", False) else []
    dits = [f"{nom} {valeur}".strip() for nom, valeur in choisi if valeur]
    return dire("non retenu par « {options} »", options=" ".join(dits)) if dits else dire("non retenu")


def _perdu(report: pytest.TestReport, lieu: tuple[str, int | None, str]) -> dict[str, Any]:
    """Make a record for a scenario whose process died: it sent none."""
    return {
        "id": report.nodeid,
        "nom": lieu[2],
        "fichier": lieu[0],
        "ligne": (lieu[1] or 0) + 1,
        "etiquettes": [],
        "debut": round(time.time(), 3),
        "etapes": [],
        "evenements": [],
        "rang": 1,
        "rejoue": False,
        "ouvrier": "",
        "issue": ECHEC,
        "phase": "processus",
        "erreur": {"genre": "", "message": str(report.longrepr)},
        "duree_ms": 0.0,
        "commande": commande("-m", "pytest", report.nodeid),
    }
