"""The pytest plugin of one process of a run: collects the scenarios once, then plays its share of the run.

    -p steps.plugins.sabotage --sabotage DEMANDE --sabotage-dossier DOSSIER --sabotage-canal DESCRIPTEUR

First every scenario, unharmed, with its altered « Alors ». Then each fault, with the scenarios that should see it
first or that say what saw it in an earlier run, then all the others until one fails. A complete run leaves out what an
earlier one tried and nothing has changed. The expectations wait less than in an ordinary run, so that a failure costs
little; axe is left out, no fault needs it.
"""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from pytest_bdd.parser import Step

from steps.donnees.preparateur import Preparateur
from steps.gherkin.typographie import dire
from steps.navigateur import pilote, scene
from steps.plugins import contexte_pytest
from steps.plugins.epreuve import ALTERATION, Alteration, Echec, jouer
from steps.plugins.scenario import definitions_de, joue_par, scenario_de
from steps.sabotage.cles import cle_du_scenario
from steps.sabotage.memoire import Memoire, cle_de
from steps.sabotage.ordre import montre, rang
from steps.sabotage.partage import Partage

# What follows the typing waits for a pause of 1.5 s before the sign-in opens over a page.
DELAI_D_UN_GESTE = 2_500
DELAI_DE_CALME = 4_000
ESSAIS = 3
"""Times that a scenario is played before it is said to fail unharmed."""

_NAVIGATEUR = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the run tells each of its processes."""
    groupe = parser.getgroup("sabotage")
    groupe.addoption("--sabotage", type=json.loads, required=True)
    groupe.addoption("--sabotage-dossier", type=Path, required=True)
    groupe.addoption("--sabotage-canal", type=int, required=True)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Make a failure cost little."""
    expect.set_options(timeout=config.getoption("sabotage")["delai"])
    config.stash[contexte_pytest.OUVRIER] = f"sabotage-{config.getoption('sabotage')['rang']}"
    scene.DELAI_D_UN_GESTE = DELAI_D_UN_GESTE
    pilote.DELAI_DE_CALME = DELAI_DE_CALME


@pytest.hookimpl(trylast=True)
def pytest_bdd_after_step(request: pytest.FixtureRequest, step: Step) -> None:
    """Alter the « Alors » that has just passed."""
    a_muter = request.node.stash.get(ALTERATION, None)
    if a_muter is not None and step.type == "then":
        a_muter.muter(request, step)


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Note in which browser it was."""
    if (ouverte := request.node.stash.get(contexte_pytest.SCENE, None)) is not None:
        request.config.stash[_NAVIGATEUR] = ouverte.navigateur


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Play the share of this process in place of pytest's own loop."""
    if session.testsfailed:
        raise session.Interrupted(dire("les scénarios ne se collectent pas"))
    Ouvrier(session).travailler()
    # Nothing was reported to pytest: what it would say of it means nothing.
    session.shouldstop = dire("sabotage terminé")
    return True


class Ouvrier:
    """One process of the run."""

    def __init__(self, session: pytest.Session) -> None:
        self._config = session.config
        demande: dict[str, Any] = session.config.getoption("sabotage")
        self._delai: int = demande["delai"]
        self._fautes: list[str] | None = demande["fautes"]
        self._seulement: str = demande["seulement"]
        self._memoire = Memoire.lire(Path(demande["connu"])) if demande["connu"] else Memoire()
        self._attendus: bool = demande["attendus"]
        dossier, canal = (session.config.getoption(f"sabotage_{nom}") for nom in ("dossier", "canal"))
        self._partage = Partage(dossier, canal, demande["rang"])
        scenarios = [item for item in session.items if scenario_de(item)]
        voulus = demande["scenarios"]
        self._scenarios = [i for i in scenarios if not voulus or any(montre(joue_par(i), mots) for mots in voulus)]
        self._places = {item.nodeid: _place(item) for item in self._scenarios}

    def travailler(self) -> None:
        """Play what nobody else has taken, until nothing is left."""
        if not self._scenarios:
            self._partage.dire("refus", raison=dire("aucun scénario dans ce qui est demandé"))
            return
        # The first play starts the server and the browser, which are then asked what they are.
        echec = jouer(self._scenarios[0]) and jouer(self._scenarios[0])
        if echec is not None:
            self._renoncer(self._scenarios[0], echec)
            self._partage.dire("fin")
            return
        serveur = self._config.stash[contexte_pytest.SERVEUR]
        self._porte = Preparateur(serveur.adresse, serveur.jeton)
        fautes = [f for f in self._porte.fautes() if self._fautes is None or f["nom"] in self._fautes]
        if inconnues := sorted(set(self._fautes or ()) - {f["nom"] for f in fautes}):
            self._partage.dire("refus", raison=dire("fautes inconnues : {noms}", noms=", ".join(inconnues)))
            return
        alors, fautes = self._a_essayer(fautes)
        self._partage.dire(
            "depart",
            scenarios=list(self._places.values()),
            alors=len(alors),
            fautes=[{nom: f[nom] for nom in ("nom", "phrase", "empreinte")} for f in fautes],
            navigateur=self._config.stash[_NAVIGATEUR],
        )
        for item in alors:
            if self._partage.prendre("alors", item.nodeid):
                self._alterer(item)
        places = {cle_de(place): place for place in self._places.values()}
        for faute in fautes:
            if self._memoire.faute(faute, places) is None and self._partage.prendre("faute", faute["nom"]):
                self._eprouver(faute)
        self._partage.dire("fin")

    def _a_essayer(self, fautes: list[dict[str, Any]]) -> tuple[list[pytest.Item], list[dict[str, Any]]]:
        """Give the scenarios whose « Alors » are to be altered, and the faults that are asked about."""
        inconnus = [i for i in self._scenarios if self._memoire.scenario(self._places[i.nodeid]) is None]
        return inconnus if self._seulement != "fautes" else [], fautes if self._seulement != "alors" else []

    def _alterer(self, item: pytest.Item) -> None:
        """Play a scenario unharmed, its « Alors » altered on the way."""
        echec = None
        for _ in range(ESSAIS):  # Once may be the machine's fault.
            a_muter = Alteration(self._delai)
            echec = jouer(item, a_muter)
            if echec is None:
                essayees = [asdict(e) for e in a_muter.essayees] + self._par_une_faute(item, a_muter)
                self._partage.dire("alors", scenario=self._places[item.nodeid], essayees=essayees)
                return
        assert echec is not None
        self._renoncer(item, echec)

    def _par_une_faute(self, item: pytest.Item, a_muter: Alteration) -> list[dict[str, Any]]:
        """Break the steps that have no value by the fault that each must see."""
        essayees = []
        for ligne, pas, faute in a_muter.par_une_faute:
            echec = self._jouer_avec(faute, item)
            # The same sentence may have seen it earlier.
            attrapee = echec is not None and echec.pas == pas
            ailleurs = dire("l'étape passe encore") if echec is None else dire("arrêté avant : {pas}", pas=echec.pas)
            quoi = dire("la faute « {faute} » est posée", faute=faute)
            essayees.append(
                {"ligne": ligne, "pas": pas, "quoi": quoi, "attrapee": attrapee, "raison": "" if attrapee else ailleurs}
            )
        return essayees

    def _eprouver(self, faute: dict[str, Any]) -> None:
        """Play the scenarios, the most telling first, until one fails for the fault and for nothing else."""
        debut = time.monotonic()
        joues = 0
        attrapee = None
        ecartes: list[str] = []
        vue = self._memoire.fautes.get(faute["nom"], {}).get("attrapee")
        for item in sorted(self._scenarios, key=lambda item: rang(joue_par(item), faute["indices"], vue)):
            if self._attendus and not self._est_attendu(faute, item):
                break
            joues += 1
            echec = self._jouer_avec(faute["nom"], item)
            if echec is None:
                continue
            if self._est_bien_de(faute, item, echec):
                attrapee = {"scenario": self._places[item.nodeid], **asdict(echec)}
                break
            ecartes.append(f"{joue_par(item).nom} : {echec.message}")
        self._partage.dire(
            "faute", nom=faute["nom"], phrase=faute["phrase"], joues=joues, duree=round(time.monotonic() - debut, 1),
            attrapee=attrapee, ecartes=ecartes,
        )  # fmt: skip

    def _est_bien_de(self, faute: dict[str, Any], item: pytest.Item, echec: Echec) -> bool:
        """Say whether a failure is the fault's: gone with it, and, where nobody expected it, back with it."""
        if not echec.du_produit or all(jouer(item) is not None for _ in range(ESSAIS)):
            return False
        return self._est_attendu(faute, item) or self._jouer_avec(faute["nom"], item) is not None

    @staticmethod
    def _est_attendu(faute: dict[str, Any], item: pytest.Item) -> bool:
        return any(montre(joue_par(item), indice) for indice in faute["indices"])

    def _jouer_avec(self, faute: str, item: pytest.Item) -> Echec | None:
        self._porte.poser_fautes([faute])
        try:
            return jouer(item)
        finally:
            self._porte.poser_fautes([])

    def _renoncer(self, item: pytest.Item, echec: Echec) -> None:
        self._partage.dire("renonce", scenario=self._places[item.nodeid], **asdict(echec))


def _place(item: pytest.Item) -> dict[str, Any]:
    """Say which scenario a test plays: the file from the root of the project, the line, the title, its key."""
    joue = joue_par(item)
    cle = cle_du_scenario(joue, definitions_de(item))
    return {"fichier": joue.fichier, "ligne": joue.ligne, "titre": joue.nom, "cle": cle}
