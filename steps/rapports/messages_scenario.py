"""One scenario in Cucumber Messages: what its steps are played by, then each of its attempts, moment by moment."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import cucumber_messages as cm
from cucumber_messages import AttachmentContentEncoding, Envelope, message_converter
from cucumber_messages import TestStepResultStatus as Statut
from gherkin.stream.id_generator import IdGenerator

from steps.definitions.phrase import Phrase, PhraseImpossible
from steps.gherkin.typographie import aplanir, dire
from steps.navigateur.enregistreur import ECHEC, IGNORE, NON_DEFINI, NON_JOUE, SUCCES
from steps.rapports.documents import Ecrit
from steps.rapports.erreurs import dire_erreur
from steps.rapports.flux import A_FAIRE

Faits = Mapping[str, Any]
Message = dict[str, Any]

STATUTS = {
    SUCCES: Statut.passed,
    ECHEC: Statut.failed,
    IGNORE: Statut.skipped,
    NON_DEFINI: Statut.undefined,
    NON_JOUE: Statut.skipped,
    A_FAIRE: Statut.pending,
}
"""Of a step, and of a whole attempt."""

AVANT, VERDICT = "preparation", "verdict"
INSTABLE = dire("Instable : joué une seconde fois, le scénario passe. Il a échoué : il compte comme un échec.")
TYPES = {".png": "image/png", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".webp": "image/webp"}
PARAMETRES = {"d": "int", "mot": "word"}
DECORATEURS = {"Context": "given", "Action": "when", "Outcome": "then"}

_ENTRE_GUILLEMETS = re.compile(r"« [^«»]* »")


@dataclass
class Cadre:
    """What the cases of one run share: who has which number."""

    numeros: IdGenerator = field(default_factory=IdGenerator)
    course: str = ""
    definitions: dict[tuple[str, int, str], str] = field(default_factory=dict)
    hooks: dict[str, str] = field(default_factory=dict)


@dataclass
class MessagesDuScenario:
    """One scenario with its attempts, in order."""

    scenario: Ecrit
    tentatives: list[Faits] = field(default_factory=list)
    id: str = ""
    pas: list[str] = field(default_factory=list)
    autour: dict[str, str] = field(default_factory=dict)

    @property
    def phases(self) -> set[str]:
        """What fails around the steps, in one attempt or another."""
        phases = {tentative["phase"] for tentative in self.tentatives if tentative.get("phase", "etapes") != "etapes"}
        return phases | ({VERDICT} if any(map(_est_instable, self.tentatives)) else set())

    def decrire(self, cadre: Cadre) -> Envelope:
        """Give the message of the case, its steps numbered."""
        self.id = cadre.numeros.get_next_id()
        self.autour = {phase: cadre.numeros.get_next_id() for phase in cadre.hooks if phase in self.phases}
        self.pas = [cadre.numeros.get_next_id() for _ in self.scenario.etapes]
        # What an attempt did not reach, another may have.
        etapes = zip(*(tentative["etapes"] for tentative in self.tentatives), strict=True)
        connues = [next(filter(None, map(cle, chacune)), None) for chacune in etapes]
        ecrites = zip(self.pas, self.scenario.pickle["steps"], connues, strict=True)
        autour = {phase: cm.TestStep(id=id_, hook_id=cadre.hooks[phase]) for phase, id_ in self.autour.items()}
        avant = [autour.pop(AVANT)] if AVANT in autour else []
        pas = [_pas(cadre, id_, pickle, connue) for id_, pickle, connue in ecrites]
        return Envelope(
            test_case=cm.TestCase(
                id=self.id,
                pickle_id=self.scenario.pickle["id"],
                test_steps=[*avant, *pas, *autour.values()],
                test_run_started_id=cadre.course,
            )
        )

    def jouer(self, cadre: Cadre, tentative: Faits) -> Iterator[Envelope | Message]:
        """Yield the messages of one attempt."""
        suivi = _Deroulement(cadre.numeros.get_next_id(), float(tentative["debut"]))
        yield Envelope(
            test_case_started=cm.TestCaseStarted(
                id=suivi.id,
                test_case_id=self.id,
                attempt=tentative["rang"] - 1,
                timestamp=suivi.maintenant,
                worker_id=tentative["ouvrier"],
            )
        )
        if AVANT in self.autour:
            yield from suivi.raconter(self.autour[AVANT], _resultat_autour(tentative, AVANT))
        joints = self._joints(tentative)
        for rang, (pas, etape) in enumerate(zip(self.pas, tentative["etapes"], strict=True)):
            suivi.avancer(etape.get("debut_ms"))
            pendant = [_suggestion(cadre, self.scenario.pickle["steps"][rang])] if _indefini(etape) else []
            pendant += [suivi.joindre(pas, attache) for attache in _attaches(joints.get(rang, []))]
            yield from suivi.raconter(pas, _resultat(tentative, etape), pendant)
        for phase, pas in self.autour.items():
            if phase != AVANT:
                yield from suivi.raconter(pas, _resultat_autour(tentative, phase))
        suivi.avancer(tentative["duree_ms"])
        yield Envelope(
            test_case_finished=cm.TestCaseFinished(
                test_case_started_id=suivi.id, timestamp=suivi.maintenant, will_be_retried=tentative["rejoue"]
            )
        )

    def _joints(self, tentative: Faits) -> dict[int, list[str]]:
        """Give the files of an attempt by the rank of their step; the last shows those of the others too.

        The tools show the last attempt only, and the picture is that of the first.
        """
        concernes = [tentative] if tentative["rejoue"] else self.tentatives
        joints: dict[int, list[str]] = {}
        for chaque in concernes:
            for evenement in chaque["evenements"]:
                if evenement["type"] == "piece_jointe":
                    joints.setdefault(evenement.get("etape", 0), []).append(evenement["chemin"])
        return joints


@dataclass
class _Deroulement:
    """An attempt being told: the clock only goes forward."""

    id: str
    debut: float
    ecoule: float = 0.0

    @property
    def maintenant(self) -> cm.Timestamp:
        return instant(self.debut + self.ecoule)

    def avancer(self, millisecondes: float | None) -> None:
        if millisecondes is not None:
            self.ecoule = max(self.ecoule, millisecondes / 1000)

    def joindre(self, pas: str, jointe: cm.Attachment) -> Envelope:
        jointe.test_case_started_id, jointe.test_step_id, jointe.timestamp = self.id, pas, self.maintenant
        return Envelope(attachment=jointe)

    def raconter(
        self, pas: str, resultat: cm.TestStepResult, pendant: Sequence[Envelope] = ()
    ) -> Iterator[Envelope | Message]:
        """Yield the moments of one step: there are many, so these are plain values at once."""
        quoi = {"testCaseStartedId": self.id, "testStepId": pas}
        yield {"testStepStarted": quoi | {"timestamp": self._horodate()}}
        yield from pendant
        self.ecoule += resultat.duration.seconds + resultat.duration.nanos / 1_000_000_000
        valeurs = message_converter.to_dict(resultat)
        yield {"testStepFinished": quoi | {"testStepResult": valeurs, "timestamp": self._horodate()}}

    def _horodate(self) -> dict[str, int]:
        return _compte(self.debut + self.ecoule)


def instant(secondes: float) -> cm.Timestamp:
    """Give a moment as the protocol counts."""
    return cm.Timestamp(**_compte(secondes))


def _compte(secondes: float) -> dict[str, int]:
    """Count to the tenth of a millisecond, which is all we measure."""
    dixiemes = round(secondes * 10_000)
    return {"nanos": dixiemes % 10_000 * 100_000, "seconds": dixiemes // 10_000}


def cle(etape: Faits) -> tuple[str, int, str] | None:
    """Tell the definition of a step from the others."""
    definition = etape.get("definition")
    return (definition["fichier"], definition["ligne"], definition["phrase"]) if definition else None


def _pas(cadre: Cadre, id_: str, pickle: Faits, connue: tuple[str, int, str] | None) -> cm.TestStep:
    return cm.TestStep(
        id=id_,
        pickle_step_id=pickle["id"],
        step_definition_ids=[cadre.definitions[connue]] if connue else [],
        step_match_arguments_lists=[cm.StepMatchArgumentsList(_arguments(connue[2], pickle["text"]))] if connue else [],
    )


def _arguments(phrase: str, texte: str) -> list[cm.StepMatchArgument]:
    """Give the values that a sentence takes from a step, and where; none for a sentence that is not one of ours."""
    lue = _lue(phrase)
    if lue is None:
        return []
    trouve = lue.trouver(texte)
    if trouve is None:
        return []
    return [
        cm.StepMatchArgument(
            group=cm.Group(start=trouve.start(parametre.nom), value=texte[slice(*trouve.span(parametre.nom))]),
            parameter_type_name=PARAMETRES.get(parametre.forme, ""),
        )
        for parametre in lue.parametres
        if trouve.start(parametre.nom) >= 0
    ]


@lru_cache(maxsize=1024)
def _lue(phrase: str) -> Phrase | None:
    try:
        return Phrase(phrase)
    except PhraseImpossible:
        return None


def _resultat(tentative: Faits, etape: Faits) -> cm.TestStepResult:
    statut = STATUTS[etape["statut"]]
    if statut is Statut.failed and tentative["issue"] == A_FAIRE:
        statut = Statut.pending
    duree = etape.get("duree_ms", 0) / 1000
    if etape.get("erreur") and not _indefini(etape):
        return _en_erreur(statut, etape["erreur"], f"{tentative['fichier']}:{etape['ligne']}", duree)
    return _sans_erreur(statut, duree=duree)


def _resultat_autour(tentative: Faits, phase: str) -> cm.TestStepResult:
    """Say how what is around the steps ended: nothing is known of it but its failure."""
    if phase == VERDICT:
        return _sans_erreur(Statut.failed, INSTABLE) if _est_instable(tentative) else _sans_erreur(Statut.passed)
    if tentative.get("phase") == phase:
        lieu = f"{tentative['fichier']}:{tentative['ligne']}"
        return _en_erreur(STATUTS[tentative["issue"]], tentative.get("erreur", {}), lieu)
    passe = phase == AVANT or all(etape["statut"] == SUCCES for etape in tentative["etapes"])
    return _sans_erreur(Statut.passed if passe else Statut.skipped)


def _sans_erreur(statut: Statut, message: str | None = None, duree: float = 0) -> cm.TestStepResult:
    return cm.TestStepResult(cm.Duration(**_compte(duree)), statut, message=message)


def _en_erreur(statut: Statut, erreur: Faits, lieu: str, duree: float = 0) -> cm.TestStepResult:
    message = dire_erreur(erreur)
    genre = erreur.get("genre") or dire("Échec")
    pile = "\n".join([f"{genre}: {message}", *reversed(erreur.get("pile", ())), lieu])
    return cm.TestStepResult(cm.Duration(**_compte(duree)), statut, cm.Exception(genre, message, pile), message)


def _attaches(chemins: list[str]) -> Iterator[cm.Attachment]:
    """Yield pictures each by itself, then the other files as links: a page opened from a disk cannot read them."""
    liens = []
    for chemin in dict.fromkeys(chemins):
        fichier = PurePosixPath(chemin)
        if genre := TYPES.get(fichier.suffix):
            yield cm.Attachment(
                "", AttachmentContentEncoding.identity, genre, file_name=fichier.name, url=quote(chemin)
            )
        else:
            liens.append(quote(chemin))
    if liens:
        yield cm.Attachment("\n".join(liens), AttachmentContentEncoding.identity, "text/uri-list")


def _suggestion(cadre: Cadre, pickle: Faits) -> Envelope:
    """Propose the function that would play a step."""
    numero = iter(range(1, 100))
    phrase = _ENTRE_GUILLEMETS.sub(lambda _: f"« {{valeur_{next(numero)}}} »", aplanir(pickle["text"]))
    arguments = ", ".join(f"{nom}: str" for nom in re.findall(r"\{(valeur_\d+)\}", phrase))
    code = f"@{DECORATEURS.get(pickle['type'], 'step')}({phrase!r})\ndef etape({arguments}) -> None: ..."
    return Envelope(suggestion=cm.Suggestion(cadre.numeros.get_next_id(), pickle["id"], [cm.Snippet(code, "python")]))


def _indefini(etape: Faits) -> bool:
    return bool(etape["statut"] == NON_DEFINI)


def _est_instable(tentative: Faits) -> bool:
    return bool(tentative["rang"] > 1 and tentative["issue"] == SUCCES)
