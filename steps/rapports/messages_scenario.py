"""One scenario in Cucumber Messages: what its steps are played by, then each of its attempts, moment by moment."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from gherkin.stream.id_generator import IdGenerator

from steps.definitions.phrase import Phrase, PhraseImpossible
from steps.gherkin.typographie import aplanir, dire
from steps.navigateur.enregistreur import ECHEC, IGNORE, NON_DEFINI, NON_JOUE, SUCCES
from steps.rapports.documents import Ecrit
from steps.rapports.erreurs import dire_erreur
from steps.rapports.flux import A_FAIRE

Message = dict[str, Any]

STATUTS = {SUCCES: "PASSED", ECHEC: "FAILED", IGNORE: "SKIPPED", NON_DEFINI: "UNDEFINED", NON_JOUE: "SKIPPED"}
ISSUES = {SUCCES: "PASSED", ECHEC: "FAILED", IGNORE: "SKIPPED", A_FAIRE: "PENDING"}
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
class Cas:
    """One scenario with its attempts, in order."""

    scenario: Ecrit
    essais: list[Mapping[str, Any]] = field(default_factory=list)
    id: str = ""
    pas: list[str] = field(default_factory=list)
    autour: dict[str, str] = field(default_factory=dict)

    @property
    def phases(self) -> set[str]:
        """What fails around the steps, in one attempt or another."""
        phases = {essai["phase"] for essai in self.essais if essai.get("phase", "etapes") != "etapes"}
        return phases | ({VERDICT} if any(map(_est_instable, self.essais)) else set())

    def decrire(self, cadre: Cadre) -> Message:
        """Give the message of the case, its steps numbered."""
        self.id = cadre.numeros.get_next_id()
        self.autour = {phase: cadre.numeros.get_next_id() for phase in cadre.hooks if phase in self.phases}
        self.pas = [cadre.numeros.get_next_id() for _ in self.scenario.etapes]
        # What an attempt did not reach, another may have.
        connues = [next(filter(None, map(cle, essais)), None) for essais in zip(*self._etapes(), strict=True)]
        ecrites = zip(self.pas, self.scenario.pickle["steps"], connues, strict=True)
        autour = {phase: {"id": id_, "hookId": cadre.hooks[phase]} for phase, id_ in self.autour.items()}
        avant = [autour.pop(AVANT)] if AVANT in autour else []
        pas = [_pas(cadre, id_, pickle, connue) for id_, pickle, connue in ecrites]
        return {
            "testCase": {
                "id": self.id,
                "pickleId": self.scenario.pickle["id"],
                "testSteps": [*avant, *pas, *autour.values()],
                "testRunStartedId": cadre.course,
            }
        }

    def jouer(self, cadre: Cadre, essai: Mapping[str, Any]) -> Iterator[Message]:
        """Yield the messages of one attempt."""
        debut = float(essai["debut"])
        id_ = cadre.numeros.get_next_id()
        yield {
            "testCaseStarted": {
                "id": id_,
                "testCaseId": self.id,
                "attempt": essai["tentative"] - 1,
                "timestamp": instant(debut),
                "workerId": essai["ouvrier"],
            }
        }
        recit = _Recit(id_, debut)
        if AVANT in self.autour:
            yield from recit.raconter(self.autour[AVANT], _resultat_autour(essai, AVANT))
        joints = self._joints(essai)
        for rang, (pas, etape) in enumerate(zip(self.pas, essai["etapes"], strict=True)):
            recit.avancer(etape.get("debut_ms"))
            pendant = [_suggestion(cadre, self.scenario.pickle["steps"][rang])] if _indefini(etape) else []
            pendant += [recit.joindre(pas, attache) for attache in _attaches(joints.get(rang, []))]
            yield from recit.raconter(pas, _resultat(essai, etape), pendant)
        for phase, pas in self.autour.items():
            if phase != AVANT:
                yield from recit.raconter(pas, _resultat_autour(essai, phase))
        recit.avancer(essai["duree_ms"])
        fin = {"testCaseStartedId": id_, "timestamp": recit.maintenant, "willBeRetried": essai["rejoue"]}
        yield {"testCaseFinished": fin}

    def _etapes(self) -> list[list[Mapping[str, Any]]]:
        return [essai["etapes"] for essai in self.essais]

    def _joints(self, essai: Mapping[str, Any]) -> dict[int, list[str]]:
        """Give the files of an attempt by the rank of their step; the last shows those of the others too.

        The tools show the last attempt only, and the picture is that of the first.
        """
        concernes = [essai] if essai["rejoue"] else self.essais
        joints: dict[int, list[str]] = {}
        for chaque in concernes:
            for evenement in chaque["evenements"]:
                if evenement["type"] == "piece_jointe":
                    joints.setdefault(evenement.get("etape", 0), []).append(evenement["chemin"])
        return joints


@dataclass
class _Recit:
    """An attempt being told: the clock only goes forward."""

    id: str
    debut: float
    ecoule: float = 0.0

    @property
    def maintenant(self) -> Message:
        return instant(self.debut + self.ecoule)

    def avancer(self, millisecondes: float | None) -> None:
        if millisecondes is not None:
            self.ecoule = max(self.ecoule, millisecondes / 1000)

    def joindre(self, pas: str, attache: Message) -> Message:
        return {
            "attachment": {"testCaseStartedId": self.id, "testStepId": pas, **attache, "timestamp": self.maintenant}
        }

    def raconter(self, pas: str, resultat: Message, pendant: list[Message] | None = None) -> Iterator[Message]:
        commun = {"testCaseStartedId": self.id, "testStepId": pas}
        yield {"testStepStarted": {**commun, "timestamp": self.maintenant}}
        yield from pendant or ()
        duree = resultat["duration"]
        self.ecoule += duree["seconds"] + duree["nanos"] / 1_000_000_000
        yield {"testStepFinished": {**commun, "testStepResult": resultat, "timestamp": self.maintenant}}


def instant(secondes: float) -> Message:
    """Give a moment, or a duration, as the protocol counts: to the tenth of a millisecond, which is all we measure."""
    dixiemes = round(secondes * 10_000)
    return {"seconds": dixiemes // 10_000, "nanos": dixiemes % 10_000 * 100_000}


def cle(etape: Mapping[str, Any]) -> tuple[str, int, str] | None:
    """Tell the definition of a step from the others."""
    definition = etape.get("definition")
    return (definition["fichier"], definition["ligne"], definition["phrase"]) if definition else None


def _pas(cadre: Cadre, id_: str, pickle: Mapping[str, Any], connue: tuple[str, int, str] | None) -> Message:
    arguments = [{"stepMatchArguments": _arguments(connue[2], pickle["text"])}] if connue else []
    return {
        "id": id_,
        "pickleStepId": pickle["id"],
        "stepDefinitionIds": [cadre.definitions[connue]] if connue else [],
        "stepMatchArgumentsLists": arguments,
    }


def _arguments(phrase: str, texte: str) -> list[Message]:
    """Give the values that a sentence takes from a step, and where; none for a sentence that is not one of ours."""
    lue = _lue(phrase)
    if lue is None:
        return []
    trouve = lue.trouver(texte)
    if trouve is None:
        return []
    return [
        {
            "group": {"start": trouve.start(parametre.nom), "value": texte[slice(*trouve.span(parametre.nom))]},
            "parameterTypeName": PARAMETRES.get(parametre.forme, ""),
        }
        for parametre in lue.parametres
        if trouve.start(parametre.nom) >= 0
    ]


@lru_cache(maxsize=1024)
def _lue(phrase: str) -> Phrase | None:
    try:
        return Phrase(phrase)
    except PhraseImpossible:
        return None


def _resultat(essai: Mapping[str, Any], etape: Mapping[str, Any]) -> Message:
    statut = STATUTS[etape["statut"]]
    if statut == "FAILED" and essai["issue"] == A_FAIRE:
        statut = ISSUES[A_FAIRE]
    resultat: Message = {"status": statut, "duration": instant(etape.get("duree_ms", 0) / 1000)}
    if etape.get("erreur") and not _indefini(etape):
        resultat |= _exception(etape["erreur"], f"{essai['fichier']}:{etape['ligne']}")
    return resultat


def _resultat_autour(essai: Mapping[str, Any], phase: str) -> Message:
    """Say how what is around the steps ended: nothing is known of it but its failure."""
    resultat: Message = {"status": "PASSED", "duration": instant(0)}
    if phase == VERDICT:
        return resultat | ({"status": "FAILED", "message": INSTABLE} if _est_instable(essai) else {})
    if essai.get("phase") == phase:
        resultat["status"] = ISSUES[essai["issue"]]
        lieu = f"{essai['fichier']}:{essai['ligne']}"
        return resultat | _exception(essai.get("erreur", {}), lieu)
    if phase != AVANT and any(etape["statut"] != SUCCES for etape in essai["etapes"]):
        resultat["status"] = "SKIPPED"
    return resultat


def _exception(erreur: Mapping[str, Any], lieu: str) -> Message:
    message = dire_erreur(erreur)
    genre = erreur.get("genre") or dire("Échec")
    pile = "\n".join([f"{genre}: {message}", *reversed(erreur.get("pile", ())), lieu])
    return {"message": message, "exception": {"type": genre, "message": message, "stackTrace": pile}}


def _attaches(chemins: list[str]) -> Iterator[Message]:
    """Yield pictures each by itself, then the other files as links: a page opened from a disk cannot read them."""
    liens = []
    for chemin in dict.fromkeys(chemins):
        fichier = PurePosixPath(chemin)
        if fichier.suffix in TYPES:
            image = {"body": "", "contentEncoding": "IDENTITY", "mediaType": TYPES[fichier.suffix]}
            yield image | {"fileName": fichier.name, "url": quote(chemin)}
        else:
            liens.append(quote(chemin))
    if liens:
        yield {"body": "\n".join(liens), "contentEncoding": "IDENTITY", "mediaType": "text/uri-list"}


def _suggestion(cadre: Cadre, pickle: Mapping[str, Any]) -> Message:
    """Propose the function that would play a step."""
    numero = iter(range(1, 100))
    phrase = _ENTRE_GUILLEMETS.sub(lambda _: f"« {{valeur_{next(numero)}}} »", aplanir(pickle["text"]))
    arguments = ", ".join(f"{nom}: str" for nom in re.findall(r"\{(valeur_\d+)\}", phrase))
    code = f"@{DECORATEURS.get(pickle['type'], 'step')}(phrase({phrase!r}))\ndef etape({arguments}) -> None: ..."
    snippet = {"language": "python", "code": code}
    return {"suggestion": {"id": cadre.numeros.get_next_id(), "pickleStepId": pickle["id"], "snippets": [snippet]}}


def _indefini(etape: Mapping[str, Any]) -> bool:
    return bool(etape["statut"] == NON_DEFINI)


def _est_instable(essai: Mapping[str, Any]) -> bool:
    return bool(essai["tentative"] > 1 and essai["issue"] == SUCCES)
