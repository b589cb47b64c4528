"""A run as a tree a person reads: features, the guide first, their rules, their scenarios, and how each ended."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from steps.gherkin.lecture import LectureImpossible
from steps.gherkin.typographie import dire
from steps.navigateur.enregistreur import ECHEC, IGNORE, SUCCES
from steps.rapports import documents
from steps.rapports.documents import Document, Regle
from steps.rapports.flux import A_FAIRE, Execution

GUIDE = "guide"
ECARTE = "ecarte"
STATUTS = (ECHEC, A_FAIRE, IGNORE, ECARTE, SUCCES)
"""What a scenario may have come to, what asks for attention first."""


@dataclass(frozen=True)
class Resultat:
    """A scenario and its attempts; one that was set aside has none, and a reason."""

    faits: Mapping[str, Any]
    tentatives: tuple[Mapping[str, Any], ...] = ()

    @property
    def statut(self) -> str:
        """How it ended: as its first attempt did, whatever the next."""
        return str(self.tentatives[0]["issue"]) if self.tentatives else ECARTE

    @property
    def instable(self) -> bool:
        """Say whether it failed, then passed when it was played again."""
        return self.statut == ECHEC and self.tentatives[-1]["issue"] == SUCCES

    @property
    def duree_ms(self) -> float:
        """How long it took, what was played again apart."""
        return float(self.tentatives[0]["duree_ms"]) if self.tentatives else 0.0

    @property
    def etiquettes(self) -> list[str]:
        """Its tags, those it inherits included."""
        return list(self.faits["etiquettes"])

    @property
    def lieu(self) -> str:
        """Where it is written."""
        return f"{self.faits['fichier']}:{self.faits['ligne']}"


@dataclass
class Groupe:
    """The scenarios of a rule, or those of a feature outside of its rules."""

    regle: Regle
    resultats: list[Resultat] = field(default_factory=list)


@dataclass
class Fonctionnalite:
    """A feature and what was played of it."""

    fichier: str
    nom: str
    description: str = ""
    etiquettes: tuple[str, ...] = ()
    groupes: list[Groupe] = field(default_factory=list)

    @property
    def guide(self) -> bool:
        """Say whether it follows the guide, step by step."""
        return GUIDE in self.etiquettes

    @property
    def resultats(self) -> Iterator[Resultat]:
        """All its scenarios, in the order of the file."""
        return (resultat for groupe in self.groupes for resultat in groupe.resultats)


def arborescence(execution: Execution) -> list[Fonctionnalite]:
    """Give the features of a run."""
    par_fichier: dict[str, list[Resultat]] = {}
    for resultat in _resultats(execution):
        par_fichier.setdefault(resultat.faits["fichier"], []).append(resultat)
    fonctionnalites = [_fonctionnalite(execution, fichier, trouves) for fichier, trouves in par_fichier.items()]
    return sorted(fonctionnalites, key=lambda chaque: (not chaque.guide, chaque.fichier))


def a_dire(execution: Execution) -> list[Mapping[str, Any]]:
    """Give what makes a run fail besides its scenarios, each with its place, its words and a title.

    A run that stopped before its end is one; so is a failure that nothing else explains.
    """
    dits: list[Mapping[str, Any]] = [
        {**constat, "titre": " ".join(filter(None, (constat.get("code", ""), _lieu(constat))))}
        for constat in execution.constats
    ]
    if execution.interrompue:
        arret = str((execution.fin or {}).get("arret", ""))
        message = dire("exécution interrompue") + (f"{dire(' :')} {arret}" if arret else "")
        dits.append({"titre": dire("Exécution"), "message": message, "suggestion": ""})
    elif not dits and not execution.reussie and not any(t["issue"] == ECHEC for t in execution.tentatives):
        code = (execution.fin or {}).get("code", "")
        dits.append({"titre": dire("Exécution"), "message": dire("pytest a fini avec le code {code}", code=code)})
    return dits


def _lieu(constat: Mapping[str, Any]) -> str:
    fichier, ligne = constat.get("fichier", ""), constat.get("ligne", 0)
    return f"{fichier}:{ligne}" if fichier and ligne else str(fichier)


def comptes(resultats: Iterable[Resultat]) -> dict[str, int]:
    """Count scenarios by what they came to; what is not there is not named."""
    trouves = [resultat.statut for resultat in resultats]
    return {statut: trouves.count(statut) for statut in STATUTS if statut in trouves}


def _resultats(execution: Execution) -> Iterator[Resultat]:
    par_test: dict[str, list[Mapping[str, Any]]] = {}
    for tentative in execution.tentatives:
        par_test.setdefault(tentative["id"], []).append(tentative)
    yield from (Resultat(tentatives[0], tuple(tentatives)) for tentatives in par_test.values())
    # What was played counts, whoever else set it aside; what was set aside twice was so once.
    ecartes = {ecarte["id"]: ecarte for ecarte in execution.ecartes if ecarte["id"] not in par_test}
    yield from map(Resultat, ecartes.values())


def _fonctionnalite(execution: Execution, fichier: str, resultats: list[Resultat]) -> Fonctionnalite:
    document = _document(fichier, execution.sources.get(fichier, ""))
    lue = document.fonctionnalite
    # A stream without the text of a feature still says its name.
    nom = (lue and lue.nom) or next((r.faits["fonctionnalite"] for r in resultats if r.tentatives), "") or fichier
    fonctionnalite = Fonctionnalite(fichier, nom, lue.description if lue else "", lue.noms_d_etiquettes if lue else ())
    for resultat in sorted(resultats, key=lambda chaque: chaque.faits["ligne"]):
        ecrit = document.scenarios.get(resultat.faits["ligne"])
        regle = ecrit.regle if ecrit else Regle(str(resultat.faits.get("regle", "")))
        if not fonctionnalite.groupes or fonctionnalite.groupes[-1].regle != regle:
            fonctionnalite.groupes.append(Groupe(regle))
        fonctionnalite.groupes[-1].resultats.append(resultat)
    return fonctionnalite


def _document(fichier: str, texte: str) -> Document:
    try:
        return documents.compose(fichier, texte)
    except LectureImpossible:
        return Document({}, None, {}, {})
