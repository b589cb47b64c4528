"""The rounds: bare, a screen, bare, the next screen… so that every screen stands between two bare answers."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Self

from steps.gherkin.typographie import dire
from tests.bench.charge import tirer
from tests.bench.ecrans import Ecran
from tests.bench.mesure import MesureImpossible, Resultat, Tour, Tranche
from tests.bench.serveurs import Servi

COEURS = 2
CHAUFFE = 0.2


class RefusSousCharge(MesureImpossible):
    """A server refused under load what it accepted before: the figures would be those of refusals."""


def se_restreindre() -> int:
    """Keep this process and all that it will start on the two cores the targets are for; say how many there are."""
    coeurs = sorted(os.sched_getaffinity(0))[:COEURS]
    os.sched_setaffinity(0, coeurs)
    return len(coeurs)


class Banc:
    """Measures screens against the bare answer. A context manager: the load comes from a process of its own."""

    def __init__(self, nue: Ecran, servie: Servi, cablage: Servi) -> None:
        self._nue = nue
        self._servie = servie
        self._produit = cablage
        self._rangs: dict[str, int] = {}
        self._generateur = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._generateur.shutdown()

    def mesurer(
        self, ecrans: Sequence[Ecran], tours: int, duree: float, annoncer: Callable[[int], None]
    ) -> list[Resultat]:
        """Measure each screen `tours` times, `duree` seconds each time, after a look and a warm-up.

        `annoncer` is told the number of each round as it begins. Raises EcranInattendu or RefusSousCharge.
        """
        for ecran in (self._nue, *ecrans):
            ecran.regarder()
            self._tirer(ecran, CHAUFFE)
        mesures: dict[str, list[Tour]] = {ecran.nom: [] for ecran in ecrans}
        avant = self._tirer(self._nue, duree)
        for numero in range(1, tours + 1):
            annoncer(numero)
            for ecran in ecrans:
                tranche = self._tirer(ecran, duree)
                apres = self._tirer(self._nue, duree)
                mesures[ecran.nom].append(Tour(avant, tranche, apres))
                avant = apres
        return [Resultat(ecran.nom, ecran.plafond, tuple(mesures[ecran.nom])) for ecran in ecrans]

    def _tirer(self, ecran: Ecran, duree: float) -> Tranche:
        servi = self._servie if ecran is self._nue else self._produit
        premiere = self._rangs.get(ecran.nom, 1)
        try:
            releve = self._generateur.submit(tirer, ecran.requete, duree, servi.processus, premiere).result()
        except ProcessLookupError as erreur:
            raise MesureImpossible(dire("un processus du serveur a disparu : {erreur}", erreur=erreur)) from erreur
        self._rangs[ecran.nom] = releve.suivante
        if releve.refus:
            raise RefusSousCharge(ecran.nom)
        return releve.tranche
