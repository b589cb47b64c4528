"""Cucumber Messages: the run in the words of Cucumber's own protocol, for its tools.

Numbers are given in order, so that one stream always gives the same messages. Files are named by their place, never
carried. What Cucumber has no word for:

    a scenario whose replay passes failed all the same: its second attempt ends with a hook that says so and fails
    a failure outside the steps (preparation, end-of-scenario checks, cleaning) is that of a hook
    a scenario @a_faire that fails, as it must, is PENDING
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from steps.gherkin.typographie import dire
from steps.rapports import documents
from steps.rapports.documents import Document
from steps.rapports.flux import Execution
from steps.rapports.messages_scenario import Cadre, Cas, Message, cle, instant

PROTOCOLE = "34.2.1"
GHERKIN = "text/x.cucumber.gherkin+plain"

HOOKS = {
    "preparation": ("BEFORE_TEST_CASE", dire("Préparation"), "steps/plugins/fixtures.py"),
    "controles": ("AFTER_TEST_CASE", dire("Contrôles de fin de scénario"), "steps/plugins/acceptation.py"),
    "nettoyage": ("AFTER_TEST_CASE", dire("Nettoyage"), "steps/plugins/fixtures.py"),
    "processus": ("AFTER_TEST_CASE", dire("Processus"), "steps/plugins/rapports.py"),
    "verdict": ("AFTER_TEST_CASE", dire("Verdict"), "steps/plugins/rejeu.py"),
}


def messages(execution: Execution) -> Iterator[Message]:
    """Yield the messages of a run."""
    yield from _Redaction(execution).tout()


@dataclass
class _Redaction:
    """The messages of one run, being written."""

    execution: Execution
    cadre: Cadre = field(default_factory=Cadre)
    documents: dict[str, Document] = field(default_factory=dict)

    def tout(self) -> Iterator[Message]:
        yield self._meta()
        yield from self._sources()
        yield from self._definitions()
        cas, joues = self._cas()
        yield from self._hooks(cas)
        self.cadre.course = self.cadre.numeros.get_next_id()
        debut = float(self.execution.debut.get("instant", 0))
        yield {"testRunStarted": {"id": self.cadre.course, "timestamp": instant(debut)}}
        for chaque in cas.values():
            yield chaque.decrire(self.cadre)
        for chaque, essai in joues:
            yield from chaque.jouer(self.cadre, essai)
        yield self._fin()

    def _meta(self) -> Message:
        debut = self.execution.debut
        outils = debut.get("outils", {})
        return {
            "meta": {
                "protocolVersion": PROTOCOLE,
                "implementation": {"name": "pytest-bdd", "version": outils.get("pytest-bdd", "")},
                "runtime": {"name": "Python", "version": outils.get("Python", "")},
                "os": {"name": debut.get("systeme", ""), "version": debut.get("systeme_version", "")},
                "cpu": {"name": debut.get("processeur", "")},
            }
        }

    def _sources(self) -> Iterator[Message]:
        """Yield each feature with those of its scenarios that were played."""
        joues = {(essai["fichier"], essai["ligne"]) for essai in self.execution.essais}
        for uri, texte in self.execution.sources.items():
            document = documents.composer(uri, texte, self.cadre.numeros)
            self.documents[uri] = document
            yield {"source": {"uri": uri, "data": texte, "mediaType": GHERKIN}}
            yield {"gherkinDocument": dict(document.ast)}
            for ligne, scenario in document.scenarios.items():
                if (uri, ligne) in joues:
                    yield {"pickle": dict(scenario.pickle)}

    def _definitions(self) -> Iterator[Message]:
        """Yield the sentences of the code that were used."""
        for essai in self.execution.essais:
            for etape in essai["etapes"]:
                connue = cle(etape)
                if connue is None or connue in self.cadre.definitions:
                    continue
                fichier, ligne, phrase = connue
                self.cadre.definitions[connue] = self.cadre.numeros.get_next_id()
                genre = "REGULAR_EXPRESSION" if etape["definition"].get("reguliere") else "CUCUMBER_EXPRESSION"
                yield {
                    "stepDefinition": {
                        "id": self.cadre.definitions[connue],
                        "pattern": {"type": genre, "source": phrase},
                        "sourceReference": {"uri": fichier, "location": {"line": ligne}},
                    }
                }

    def _cas(self) -> tuple[dict[str, Cas], list[tuple[Cas, Mapping[str, Any]]]]:
        """Give one case a test (a scenario played in two browsers is two), and the attempts as they came."""
        cas: dict[str, Cas] = {}
        joues: list[tuple[Cas, Mapping[str, Any]]] = []
        for essai in self.execution.essais:
            document = self.documents.get(essai["fichier"])
            scenario = document.scenarios.get(essai["ligne"]) if document else None
            if scenario is not None:
                chaque = cas.setdefault(essai["id"], Cas(scenario))
                # An attempt whose process died has no steps: they are those that are written.
                etapes = essai["etapes"] or [etape.faits() for etape in scenario.etapes]
                chaque.essais.append({**essai, "etapes": etapes})
                joues.append((chaque, chaque.essais[-1]))
        return cas, joues

    def _hooks(self, cas: Mapping[str, Cas]) -> Iterator[Message]:
        """Yield what fails outside of the steps, when something does."""
        utiles = {phase for chaque in cas.values() for phase in chaque.phases}
        for phase, (genre, nom, fichier) in HOOKS.items():
            if phase in utiles:
                self.cadre.hooks[phase] = self.cadre.numeros.get_next_id()
                source = {"uri": fichier}
                yield {"hook": {"id": self.cadre.hooks[phase], "type": genre, "name": nom, "sourceReference": source}}

    def _fin(self) -> Message:
        fin = self.execution.fin or {}
        dernier = max((fin_de(essai) for essai in self.execution.essais), default=0.0)
        reussi = not self.execution.interrompue and _tous_reussis(self.execution.essais)
        return {
            "testRunFinished": {
                "testRunStartedId": self.cadre.course,
                "timestamp": instant(float(fin.get("instant", dernier))),
                "success": reussi,
            }
        }


def fin_de(essai: Mapping[str, Any]) -> float:
    """Give the moment an attempt ended."""
    return float(essai["debut"]) + float(essai["duree_ms"]) / 1000


def _tous_reussis(essais: Iterable[Mapping[str, Any]]) -> bool:
    # A scenario that failed once failed: what its replay does changes nothing.
    return all(essai["issue"] != "echec" for essai in essais)
