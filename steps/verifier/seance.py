"""The checks of one pytest session: what is in its scope, what was found, what was run.

The hooks of `steps.plugins.verification` only call it. Faults become tests that fail, so that every report of pytest
(terminal, JUnit, xdist) shows them like any failure.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from steps.definitions.collecte import execution_de, lies_dans, place_de
from steps.definitions.inventaire import canonique, inventorier
from steps.definitions.lisibles import est_lisible
from steps.gherkin.lecture import Fichier, fichiers, lire_fichier
from steps.gherkin.regles.defauts import Defaut, enumerer
from steps.gherkin.regles.ecriture import controler
from steps.gherkin.typographie import dire
from steps.verifier.audit import auditer
from steps.verifier.decompte import Decompte, Issue, perdus_a_la_collecte, perdus_en_jouant, resumer

# Where the tests that read the features are, unless the settings say otherwise.
MODULES = "tests/acceptation"

NOEUD = "features"
TITRES = ("écriture des features", "étapes et scénarios")

# Attributes of a report: they travel from a worker of xdist to its controller.
EXECUTION = "verifier_execution"
A_FAIRE = "verifier_a_faire"


class DefautsTrouves(Exception):  # noqa: N818 - it reads as a sentence
    """The message is the whole French report."""


class ControleItem(pytest.Item):
    """A test that stands for one check: it passes without a fault and fails with its report."""

    defauts: Sequence[Defaut] = ()

    def runtest(self) -> None:
        """Fail if there is anything to say."""
        if self.defauts:
            raise DefautsTrouves(enumerer(self.defauts))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """Return the report alone: a traceback into the checker would help nobody."""
        del style
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the title under which pytest shows the failure."""
        return self.config.rootpath, None, dire("vérificateur : {titre}", titre=self.name)


@dataclass(frozen=True)
class Perimetre:
    """What was asked of pytest, as far as the scenarios are concerned."""

    racine: Path
    features: tuple[Path, ...]
    couvre_tout: bool
    restreinte: bool
    controle_seul: bool
    joue: bool


@dataclass
class Seance:
    """The state of one session, on whichever process: alone, worker or controller."""

    perimetre: Perimetre
    modules: list[ModuleType] = field(default_factory=list)
    ecartees: set[str] = field(default_factory=set)
    issues: dict[str, Issue] = field(default_factory=dict)
    decompte: Decompte | None = None
    defauts: dict[str, list[Defaut]] = field(default_factory=dict)
    rapports: dict[str, str] = field(default_factory=dict)
    dits: set[str] = field(default_factory=set)
    perdus: list[Defaut] = field(default_factory=list)

    def regarder(self, items: Sequence[pytest.Item]) -> None:
        """Check the features and the steps of the session; `items` are all that was collected, before any choice."""
        perimetre = self.perimetre
        lies = {place for module in self.modules for place in lies_dans(module)}
        if not lies and not perimetre.couvre_tout:
            return
        tous = [
            lire_fichier(chemin, perimetre.racine)
            for chemin in fichiers(dossier for dossier in perimetre.features if dossier.exists())
        ]
        noms = {place.fichier for place in lies}
        # What pytest-bdd cannot read is bound by nobody: its own faults say so, and nothing else is said of it.
        lus = [fichier for fichier in tous if est_lisible(fichier.chemin)]
        tout = perimetre.couvre_tout or (bool(tous) and noms >= _avec_scenarios(lus))
        complet = tout and not perimetre.restreinte
        retenus = lus if complet else [fichier for fichier in lus if canonique(fichier.chemin) in noms]
        if not retenus and len(lus) == len(tous):
            return
        audit = auditer(items, perimetre.racine, complet=complet and len(lus) == len(tous))
        executions = [(execution_de(item), place_de(item)) for item in items]
        self.decompte = Decompte(
            complet=complet,
            restreint=perimetre.restreinte,
            ecrits=inventorier(retenus).scenarios,
            lies=frozenset(lies),
            executions=tuple((execution, place) for execution, place in executions if execution and place),
            fichiers=len(tous),
            illisibles=len(tous) - len(lus),
            pas=audit.pas,
            definitions=audit.definitions,
            a_faire=audit.a_faire,
        )
        # The features are read whole, whatever was chosen: two files may have given a scenario the same name.
        ecriture = controler(tous)
        fautifs = {defaut.fichier for defaut in ecriture}
        muets = [fichier for fichier in tous if fichier not in lus and fichier.nom not in fautifs]
        self.defauts[TITRES[0]] = [*ecriture, *map(_illisible, muets)]
        self.defauts[TITRES[1]] = [*audit.defauts, *perdus_a_la_collecte(self.decompte, perimetre.racine)]
        self.rapports = {titre: enumerer(trouves) for titre, trouves in self.defauts.items() if trouves}

    def items(self, session: pytest.Session) -> list[pytest.Item]:
        """Return the tests that tell what was found; when only the checks are asked for, those that pass too."""
        if self.perimetre.controle_seul and self.decompte is None:
            message = dire("aucun scénario dans ce qui est demandé : rien n'a été contrôlé")
            rien = Defaut(NOEUD, 1, "CO005", message, dire("demandez {modules}", modules=MODULES))
            self.defauts = {titre: [rien] for titre in TITRES}
        faits: list[pytest.Item] = []
        for titre in TITRES:
            trouves = self.defauts.get(titre, [])
            if trouves or self.perimetre.controle_seul:
                item: ControleItem = ControleItem.from_parent(session, name=titre, nodeid=f"{NOEUD}::{titre}")
                item.defauts = trouves
                faits.append(item)
        return faits

    def ecarter(self, items: Sequence[pytest.Item]) -> None:
        """Note what was set aside of `items`."""
        self.ecartees |= {execution for item in items if (execution := execution_de(item))}

    def en_donnees(self) -> dict[str, object]:
        """Return what a worker sends to the controller."""
        arrete = self.arreter()
        defauts = {titre: [list(astuple(chaque)) for chaque in trouves] for titre, trouves in self.defauts.items()}
        decompte = arrete.en_donnees() if arrete else None
        return {"decompte": decompte, "rapports": self.rapports, "defauts": defauts}

    def recevoir(
        self, decompte: dict[str, object], rapports: dict[str, str], defauts: dict[str, list[list[Any]]]
    ) -> None:
        """Take from a worker what it collected: all collect the same."""
        self.decompte, self.rapports = Decompte.de_donnees(decompte), rapports
        self.defauts = {titre: [Defaut(*chaque) for chaque in trouves] for titre, trouves in defauts.items()}

    def constats(self) -> list[Defaut]:
        """Return all that was found, whoever tells it."""
        return sorted({*(defaut for trouves in self.defauts.values() for defaut in trouves), *self.perdus})

    def arreter(self) -> Decompte | None:
        """Return what was collected, with what was set aside and how many faults were found."""
        if self.decompte is None:
            return None
        connues = {execution for execution, _ in self.decompte.executions}
        return replace(
            self.decompte,
            ecartees=self.decompte.ecartees | (self.ecartees & connues),
            defauts=self.decompte.defauts or sum(map(len, self.defauts.values())),
        )

    def noter(self, rapport: pytest.TestReport) -> None:
        """Note what one report says of its scenario, or of a check."""
        self.dits |= {titre for titre in TITRES if rapport.nodeid.endswith(titre)}
        execution = getattr(rapport, EXECUTION, None)
        issue = _issue(rapport)
        if execution and issue:
            self.issues[execution] = issue

    def clore(self) -> list[Defaut]:
        """Return the scenarios that were collected, chosen, and not really run."""
        arrete = self.arreter()
        if arrete and self.perimetre.joue:
            self.perdus = perdus_en_jouant(arrete, self.issues, self.perimetre.racine)
        return self.perdus

    def lignes(self) -> list[str]:
        """Return what is printed at the end of the session: the faults nobody has told yet, and the count."""
        arrete = self.arreter()
        if arrete is None:
            return []
        tus = [texte for titre, texte in self.rapports.items() if titre not in self.dits]
        perdus = [enumerer(self.perdus)] if self.perdus else []
        return [*tus, *perdus, *resumer(arrete, self.issues if self.perimetre.joue else None)]


def _illisible(fichier: Fichier) -> Defaut:
    message = dire("pytest-bdd ne lit pas ce fichier : ses scénarios ne sont pas joués")
    return Defaut(fichier.nom, 1, "FR005", message, dire("comparez-le à un autre, bloc par bloc"))


def _avec_scenarios(tous: Sequence[Fichier]) -> set[str]:
    return {canonique(f.chemin) for f in tous if f.fonctionnalite and f.fonctionnalite.scenarios}


def _issue(rapport: pytest.TestReport) -> Issue | None:
    """Return what `rapport` means for its scenario, None if it means nothing yet (a preparation that went well)."""
    if (rapport.when == "setup" and rapport.passed) or rapport.when == "teardown":
        return None
    attendu = hasattr(rapport, "wasxfail") and getattr(rapport, A_FAIRE, False)
    if rapport.when == "setup":
        return Issue.PAS_PREPARE if rapport.failed or attendu else Issue.SAUTE
    if rapport.skipped:
        return Issue.A_FAIRE if attendu else Issue.SAUTE
    return Issue.REUSSI if rapport.passed else Issue.ECHOUE
