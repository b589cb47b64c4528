"""Cucumber Messages: the run in the words of Cucumber's own protocol, for its tools.

Numbers are given in order, so that one stream always gives the same messages. Files are named by their place, never
carried. What Cucumber has no word for:

    a scenario whose replay passes failed all the same: its second attempt ends with a hook that says so and fails
    a failure outside the steps (preparation, end-of-scenario checks, cleaning) is that of a hook
    a scenario @a_faire that fails, as it must, is PENDING
    a scenario that was set aside is a case whose steps are all SKIPPED
    what fails besides the scenarios (a fault of the features, a run cut off) is a hook of the run that fails
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import cucumber_messages as cm
from cucumber_messages import Envelope, HookType, SourceMediaType, StepDefinitionPatternType, message_converter

from steps.gherkin.lecture import LectureImpossible
from steps.gherkin.typographie import dire
from steps.navigateur.enregistreur import IGNORE
from steps.rapports import documents
from steps.rapports.arborescence import a_dire
from steps.rapports.documents import Document
from steps.rapports.flux import Execution
from steps.rapports.messages_scenario import Cadre, Message, MessagesDuScenario, cle, instant

PROTOCOLE = "34.2.1"
_ENCODEUR = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

HOOKS = {
    "preparation": (HookType.before_test_case, dire("Préparation"), "steps/plugins/fixtures.py"),
    "controles": (HookType.after_test_case, dire("Contrôles de fin de scénario"), "steps/plugins/acceptation.py"),
    "nettoyage": (HookType.after_test_case, dire("Nettoyage"), "steps/plugins/fixtures.py"),
    "processus": (HookType.after_test_case, dire("Processus"), "steps/plugins/rapports.py"),
    "verdict": (HookType.after_test_case, dire("Verdict"), "steps/plugins/rejeu.py"),
}


def messages(execution: Execution) -> Iterator[Message]:
    """Yield the messages of a run, each as plain values."""
    for dit in _Redaction(execution).tout():
        yield message_converter.to_dict(dit) if isinstance(dit, Envelope) else dit


def dit(message: Message) -> str:
    """Give a message as it is written, on one line."""
    return _ENCODEUR.encode(message)


@dataclass
class _Redaction:
    """The messages of one run, being written."""

    execution: Execution
    cadre: Cadre = field(default_factory=Cadre)
    documents: dict[str, Document] = field(default_factory=dict)

    def tout(self) -> Iterator[Envelope | Message]:
        yield self._meta()
        yield from self._sources()
        yield from self._definitions()
        scenarios, joues = self._scenarios()
        yield from self._hooks(scenarios)
        self.cadre.course = self.cadre.numeros.get_next_id()
        debut = instant(float(self.execution.debut.get("instant", 0)))
        yield Envelope(test_run_started=cm.TestRunStarted(debut, self.cadre.course))
        for chaque in scenarios.values():
            yield chaque.decrire(self.cadre)
        for chaque, tentative in joues:
            yield from chaque.jouer(self.cadre, tentative)
        yield from self._constats()
        yield self._fin()

    def _meta(self) -> Envelope:
        debut = self.execution.debut
        outils = debut.get("outils", {})
        return Envelope(
            meta=cm.Meta(
                protocol_version=PROTOCOLE,
                implementation=cm.Product("pytest-bdd", outils.get("pytest-bdd", "")),
                runtime=cm.Product("Python", outils.get("Python", "")),
                os=cm.Product(debut.get("systeme", ""), debut.get("systeme_version", "")),
                cpu=cm.Product(debut.get("processeur", "")),
            )
        )

    def _sources(self) -> Iterator[Envelope | Message]:
        """Yield each feature with those of its scenarios that were played; Gherkin gives them as messages already."""
        joues = {(faits["fichier"], faits["ligne"]) for faits in (*self.execution.tentatives, *self.execution.ecartes)}
        for uri, texte in self.execution.sources.items():
            try:
                document = documents.numerote(documents.compose(uri, texte), self.cadre.numeros)
            except LectureImpossible:  # It changed while the run went on, and is told as it can be.
                continue
            self.documents[uri] = document
            yield Envelope(source=cm.Source(texte, SourceMediaType.text_x_cucumber_gherkin_plain, uri))
            yield {"gherkinDocument": document.ast}
            for ligne, scenario in document.scenarios.items():
                if (uri, ligne) in joues:
                    yield {"pickle": scenario.pickle}

    def _definitions(self) -> Iterator[Envelope]:
        """Yield the sentences of the code that were used."""
        for etape in (etape for tentative in self.execution.tentatives for etape in tentative["etapes"]):
            connue = cle(etape)
            if connue is None or connue in self.cadre.definitions:
                continue
            fichier, ligne, phrase = connue
            genre = StepDefinitionPatternType.cucumber_expression
            if etape["definition"].get("reguliere"):
                genre = StepDefinitionPatternType.regular_expression
            self.cadre.definitions[connue] = self.cadre.numeros.get_next_id()
            yield Envelope(
                step_definition=cm.StepDefinition(
                    id=self.cadre.definitions[connue],
                    pattern=cm.StepDefinitionPattern(phrase, genre),
                    source_reference=cm.SourceReference(uri=fichier, location=cm.Location(ligne)),
                )
            )

    def _scenarios(self) -> tuple[dict[str, MessagesDuScenario], list[tuple[MessagesDuScenario, Mapping[str, Any]]]]:
        """Give one case a test (a scenario played in two browsers is two), and the attempts as they came."""
        scenarios: dict[str, MessagesDuScenario] = {}
        joues: list[tuple[MessagesDuScenario, Mapping[str, Any]]] = []
        for tentative in self._tentatives():
            document = self.documents.get(tentative["fichier"])
            scenario = document.scenarios.get(tentative["ligne"]) if document else None
            if scenario is not None:
                chaque = scenarios.setdefault(tentative["id"], MessagesDuScenario(scenario))
                # An attempt whose process died has no steps: they are those that are written.
                etapes = tentative["etapes"] or [etape.faits() for etape in scenario.etapes]
                chaque.tentatives.append({**tentative, "etapes": etapes})
                joues.append((chaque, chaque.tentatives[-1]))
        return scenarios, joues

    def _tentatives(self) -> Iterator[Mapping[str, Any]]:
        """Yield the attempts, then one for each scenario that was set aside, none of its steps being played."""
        yield from self.execution.tentatives
        # One place is one case, shown by its last attempt: what was played there must be that one.
        joues = {(tentative["fichier"], tentative["ligne"]) for tentative in self.execution.tentatives}
        debut = self.execution.debut.get("instant", 0)
        non_jouee = {"etapes": [], "evenements": [], "rang": 1, "rejoue": False, "ouvrier": "", "issue": IGNORE}
        lieux = {(ecarte["fichier"], ecarte["ligne"]): ecarte for ecarte in self.execution.ecartes}
        ecartes = {lieu: ecarte for lieu, ecarte in lieux.items() if lieu not in joues}
        for ecarte in ecartes.values():
            yield {**ecarte, **non_jouee, "debut": debut, "duree_ms": 0.0}

    def _constats(self) -> Iterator[Envelope]:
        """Yield a hook of the run for each thing that fails besides the scenarios."""
        for dit in a_dire(self.execution):
            hook, debut = self.cadre.numeros.get_next_id(), self.cadre.numeros.get_next_id()
            lieu = cm.SourceReference(
                uri=dit.get("fichier") or None,
                location=cm.Location(dit["ligne"]) if dit.get("ligne") else None,
            )
            quand = instant(float(self.execution.debut.get("instant", 0)))
            message = "\n".join(filter(None, (str(dit["message"]), str(dit.get("suggestion", "")))))
            echec = cm.TestStepResult(
                cm.Duration(0, 0), cm.TestStepResultStatus.failed, cm.Exception(str(dit["titre"]), message), message
            )
            yield Envelope(hook=cm.Hook(hook, lieu, str(dit["titre"]), type=HookType.after_test_run))
            yield Envelope(test_run_hook_started=cm.TestRunHookStarted(hook, debut, self.cadre.course, quand))
            yield Envelope(test_run_hook_finished=cm.TestRunHookFinished(echec, debut, quand))

    def _hooks(self, scenarios: Mapping[str, MessagesDuScenario]) -> Iterator[Envelope]:
        """Yield what fails outside of the steps, when something does."""
        utiles = {phase for chaque in scenarios.values() for phase in chaque.phases}
        for phase, (genre, nom, fichier) in HOOKS.items():
            if phase in utiles:
                self.cadre.hooks[phase] = self.cadre.numeros.get_next_id()
                yield Envelope(hook=cm.Hook(self.cadre.hooks[phase], cm.SourceReference(uri=fichier), nom, type=genre))

    def _fin(self) -> Envelope:
        fins = [float(t["debut"]) + float(t["duree_ms"]) / 1000 for t in self.execution.tentatives]
        fin = float((self.execution.fin or {}).get("instant", max(fins, default=0)))
        dits = "\n".join(f"{dit['titre']} {dit['message']}" for dit in a_dire(self.execution))
        return Envelope(
            test_run_finished=cm.TestRunFinished(
                success=self.execution.reussie,
                message=dits or None,
                timestamp=instant(fin),
                test_run_started_id=self.cadre.course,
            )
        )
