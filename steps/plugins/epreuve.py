"""Plays a scenario again and again in one session of pytest: dry, without artefact nor second play for a trace.

While a scenario of the guide is played, what its « Alors » could have said is tried on the very page on which they
have just passed: the altered step must fail, and the true one pass again in the same short time.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from playwright.sync_api import Error, expect
from pytest_bdd.parser import Step
from pytest_bdd.scenario import get_step_function, parse_step_arguments
from pytest_bdd.utils import get_required_args

from steps.definitions.phrase import Phrase
from steps.gherkin.typographie import dire
from steps.navigateur.enregistreur import Enregistreur
from steps.plugins import contexte_pytest, rejeu
from steps.sabotage.cles import lire_pas
from steps.sabotage.contraires import PAR_UNE_FAUTE
from steps.sabotage.mutations import Mutation, Pas, mutations

COURT = 100
"""Milliseconds left to an altered step: the page is at rest, and the true step has just passed on it."""

PREPARATION_REFUSEE = "PorteFermee"
ALTERATION = pytest.StashKey["Alteration"]()


@dataclass(frozen=True)
class Echec:
    """Why a scenario failed: at which step (none: after the last), and the first line of the message."""

    ligne: int
    pas: str
    message: str

    @property
    def du_produit(self) -> bool:
        """Whether the scenario saw something; that it could not be prepared says nothing of the product."""
        return not self.message.startswith(PREPARATION_REFUSEE)


@dataclass(frozen=True)
class Essayee:
    """One altered step, and whether it failed; `raison` says why it counts for nothing when it does."""

    ligne: int
    pas: str
    quoi: str
    attrapee: bool
    raison: str = ""


@dataclass
class Alteration:
    """The altered steps of one play, and the steps that only a fault can break: their line, their text, the fault."""

    delai: int
    essayees: list[Essayee] = field(default_factory=list)
    par_une_faute: list[tuple[int, str, str]] = field(default_factory=list)

    def muter(self, request: pytest.FixtureRequest, step: Step) -> None:
        """Try all that a step which has just passed could have said instead."""
        contexte = get_step_function(request, step)
        assert contexte is not None
        assert isinstance(contexte.parser, Phrase)
        if faute := PAR_UNE_FAUTE.get(contexte.parser.name):
            self.par_une_faute.append((step.line_number, step.name, faute))
        vrai = lire_pas(step)
        a_essayer = mutations(contexte.parser, vrai)
        if not a_essayer:
            return
        for delai in (COURT, self.delai):
            with delai_des_constats(delai, ensuite=self.delai):
                essayees = [self._essayer(request, step, mutation) for mutation in a_essayer]
                temoin = _rater(request, step, vrai)
            if temoin is None:
                break
        else:
            raison = dire("l'étape vraie ne passe plus : {temoin}", temoin=temoin)
            essayees = [Essayee(e.ligne, e.pas, e.quoi, attrapee=False, raison=raison) for e in essayees]
        self.essayees += essayees

    @staticmethod
    def _essayer(request: pytest.FixtureRequest, step: Step, mutation: Mutation) -> Essayee:
        erreur = _rater(request, step, mutation.pas)
        # Only a look at the product counts: a sentence that the steps cannot read proves nothing.
        attrapee = isinstance(erreur, AssertionError | Error)
        raison = "" if attrapee else premiere_ligne(erreur) if erreur else dire("l'étape passe encore")
        return Essayee(step.line_number, step.name, mutation.quoi, attrapee, raison)


def jouer(item: pytest.Item, a_muter: Alteration | None = None) -> Echec | None:
    """Play a scenario from its first fixture to its last; None when it passes."""
    enregistreur = rejeu.ouvrir(item)
    if a_muter is not None:
        item.stash[ALTERATION] = a_muter
    # What comes next is the module: what is of the session stays (server, browser).
    suite: Any = item.parent
    rapports = runtestprotocol(item, log=False, nextitem=suite)
    if a_muter is not None:
        del item.stash[ALTERATION]
    contexte_pytest.ecrit_par_le_serveur(item.config)  # What a fault made it write is no fault of the next scenario.
    rouge = next((rapport for rapport in rapports if rapport.failed), None)
    return None if rouge is None else _echec(enregistreur, rouge)


def premiere_ligne(erreur: BaseException | str) -> str:
    """Give the first line of a message, with the name of the exception if it is one."""
    texte = erreur if isinstance(erreur, str) else f"{type(erreur).__name__} : {erreur}"
    return (texte.strip().splitlines() or [""])[0][:300]


@contextmanager
def delai_des_constats(duree: int, *, ensuite: int) -> Iterator[None]:
    """Leave the « Alors » that many milliseconds to see what they expect."""
    expect.set_options(timeout=duree)
    try:
        yield
    finally:
        expect.set_options(timeout=ensuite)


def _rater(request: pytest.FixtureRequest, step: Step, pas: Pas) -> BaseException | None:
    """Play one step as pytest-bdd would, on the page as it stands; give what it raised."""
    dite = Step(
        pas.texte, step.type, step.indent, step.line_number, step.keyword, _tableau(step, pas), pas.bloc or None
    )
    try:
        contexte = get_step_function(request, dite)
        if contexte is None:
            return LookupError(dite.name)
        arguments: dict[str, Any] = parse_step_arguments(dite, contexte)
        if dite.datatable is not None:
            arguments["datatable"] = dite.datatable.raw()
        if dite.docstring is not None:
            arguments["docstring"] = dite.docstring
        voulus = get_required_args(contexte.step_func)
        arguments |= {nom: request.getfixturevalue(nom) for nom in voulus if nom not in arguments}
        contexte.step_func(**{nom: arguments[nom] for nom in voulus})
    except (Exception, pytest.fail.Exception) as erreur:  # noqa: BLE001 - whatever it is, it is the answer
        return erreur
    return None


def _tableau(step: Step, pas: Pas) -> Any:
    if step.datatable is None or not pas.table:
        return None
    tableau = copy.deepcopy(step.datatable)
    del tableau.rows[len(pas.table) :]
    for rangee, ligne in zip(tableau.rows, pas.table, strict=True):
        for cellule, valeur in zip(rangee.cells, ligne, strict=True):
            cellule.value = valeur
    return tableau


def _echec(enregistreur: Enregistreur, rouge: pytest.TestReport) -> Echec:
    """Find, in what the scenario recorded, the step at which it stopped."""
    for etape in enregistreur.etapes:
        if erreur := etape.get("erreur"):
            dit = premiere_ligne(f"{erreur['genre']} : {erreur.get('message', '')}")
            return Echec(etape["ligne"], etape["texte"], dit)
    ecrasement = getattr(rouge.longrepr, "reprcrash", None)
    return Echec(0, "", premiere_ligne(ecrasement.message if ecrasement else rouge.longreprtext))
