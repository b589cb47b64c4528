"""The stream of a run: one JSON object a line, written as it comes, so that a run cut off leaves what it had played.

    debut      what is played, on what, when (one, first)
    source     the text of a feature, before the first scenario of it
    scenario   one attempt at a scenario: its steps, gestures, files, how it ended (see `steps.plugins.observation`)
    ecarte     a scenario that was set aside, and why
    constat    what makes the run fail besides its scenarios: a fault of the features or of the steps, a scenario lost
    fin        how many were to be played, and whether that was done (one, last; missing when the run was cut off)

Paths of features are given from the root of the project, those of files from the folder of the stream. Where the disk
refuses a line, the stream goes on in memory: the reports are made of it all the same.
"""

import json
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from steps.navigateur.enregistreur import ECHEC

NOM = "evenements.ndjson"
A_FAIRE = "a_faire"

_MOITIE = re.compile(r"\\u[dD][89a-fA-F]")
_MOITIES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


@dataclass
class Execution:
    """A run, as its stream tells it."""

    debut: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    tentatives: list[dict[str, Any]] = field(default_factory=list)
    ecartes: list[dict[str, Any]] = field(default_factory=list)
    constats: list[dict[str, Any]] = field(default_factory=list)
    fin: dict[str, Any] | None = None

    @property
    def prevus(self) -> int:
        """The number of scenarios that were to be played; at least those that were."""
        return max(int((self.fin or {}).get("prevus", 0)), len({tentative["id"] for tentative in self.tentatives}))

    @property
    def interrompue(self) -> bool:
        """Say whether the run was cut off before its end."""
        return self.fin is None or bool(self.fin.get("interrompue"))

    @property
    def reussie(self) -> bool:
        """Say whether nothing failed: no scenario, whatever its replay did, and nothing besides them."""
        code = int((self.fin or {}).get("code", 0))
        echec = any(tentative["issue"] == ECHEC for tentative in self.tentatives)
        return not (echec or self.constats or self.interrompue or code not in _SANS_ECHEC)


# Everything passed, or there was nothing to play: pytest's own numbers.
_SANS_ECHEC = (0, 5)


class Flux:
    """The stream being written. Two runs at once each keep their own: the file is that of the last to begin.

    `probleme` is why it is not on the disk, when it could not be.
    """

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        self.probleme = ""
        self._lignes: list[str] = []
        self._fichier: TextIO | None = None
        try:
            chemin.parent.mkdir(parents=True, exist_ok=True)
            chemin.unlink(missing_ok=True)
            self._fichier = chemin.open("x", encoding="utf-8", newline="\n")
        except OSError as erreur:
            self.probleme = raison(erreur)

    def ecrire(self, type_: str, **faits: Any) -> None:
        """Add a line, at once on the disk: who is killed next loses nothing."""
        ligne = json.dumps({"type": type_, **faits}, ensure_ascii=False, separators=(",", ":"))
        # Half of a pair is no character: nothing can be written of it.
        ligne = entier(ligne)
        self._lignes.append(ligne)
        if self._fichier is None:
            return
        try:
            self._fichier.write(ligne + "\n")
            self._fichier.flush()
        except OSError as erreur:
            self.probleme = raison(erreur)
            self.fermer()

    def relire(self) -> Execution:
        """Give what was written so far."""
        return lire(self._lignes)

    def fermer(self) -> None:
        """Write nothing more."""
        if self._fichier is not None:
            with suppress(OSError):  # What a full disk refused is refused once more.
                self._fichier.close()
        self._fichier = None


def entier(texte: str) -> str:
    """Give a text without the half characters that no encoding knows."""
    return texte if texte.isascii() else texte.translate(_MOITIES)


def raison(erreur: BaseException) -> str:
    """Say in a few words why something could not be kept."""
    if isinstance(erreur, OSError) and erreur.errno is not None:
        return os.strerror(erreur.errno)
    return f"{type(erreur).__name__} {erreur}".strip().partition("\n")[0]


def lire(lignes: Iterable[str]) -> Execution:
    """Read a stream; a last line cut in the middle is left out, and so is what this version does not know."""
    execution = Execution()
    for ligne in lignes:
        with suppress(json.JSONDecodeError):
            faits = json.loads(ligne)
            if _MOITIE.search(ligne):
                # A stream of elsewhere may have escaped what ours leaves out.
                faits = json.loads(entier(json.dumps(faits, ensure_ascii=False)))
            if isinstance(faits, dict):
                _ajouter(execution, faits)
    return execution


def joindre(executions: Sequence[Execution]) -> Execution:
    """Give several runs as one: those of several machines, or of several choices.

    Of one test, what was played counts before what was set aside, and a failure before a success.
    """
    jointe = Execution()
    jouees: dict[str, list[dict[str, Any]]] = {}
    for execution in executions:
        jointe.debut = jointe.debut or execution.debut
        jointe.sources |= execution.sources
        jointe.constats += [constat for constat in execution.constats if constat not in jointe.constats]
        siennes: dict[str, list[dict[str, Any]]] = {}
        for tentative in execution.tentatives:
            siennes.setdefault(tentative["id"], []).append(tentative)
        for test, tentatives in siennes.items():
            if test not in jouees or (tentatives[0]["issue"] == ECHEC and jouees[test][0]["issue"] != ECHEC):
                jouees[test] = tentatives
    jointe.tentatives = [tentative for tentatives in jouees.values() for tentative in tentatives]
    ecartes = {ecarte["id"]: ecarte for execution in executions for ecarte in execution.ecartes}
    jointe.ecartes = [ecarte for test, ecarte in ecartes.items() if test not in jouees]
    jointe.debut = {**jointe.debut, **_debut_commun([execution.debut for execution in executions])}
    manquants = sum(execution.prevus - _nombre(execution) for execution in executions)
    jointe.fin = {
        "instant": max(float((execution.fin or {}).get("instant", 0)) for execution in executions),
        "code": max(int((execution.fin or {}).get("code", 0)) for execution in executions),
        "prevus": len(jouees) + manquants,
        "interrompue": any(execution.interrompue for execution in executions),
    }
    return jointe


def _nombre(execution: Execution) -> int:
    return len({tentative["id"] for tentative in execution.tentatives})


def _debut_commun(debuts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Give when the first began, and the commands of all."""
    instants = [float(debut["instant"]) for debut in debuts if "instant" in debut]
    commandes = list(dict.fromkeys(str(debut["commande"]) for debut in debuts if debut.get("commande")))
    return {
        **({"instant": min(instants)} if instants else {}),
        **({"commande": " ; ".join(commandes)} if commandes else {}),
    }


def _ajouter(execution: Execution, faits: dict[str, Any]) -> None:
    match faits:
        case {"type": "debut", **reste}:
            execution.debut = reste
        case {"type": "source", "fichier": str(fichier), "texte": str(texte)}:
            execution.sources[fichier] = texte
        case {"type": "scenario", **reste}:
            execution.tentatives.append(reste)
        case {"type": "ecarte", **reste}:
            execution.ecartes.append(reste)
        case {"type": "constat", **reste}:
            execution.constats.append(reste)
        case {"type": "fin", **reste}:
            execution.fin = reste
