"""The load: a few connections kept open, each asking again as soon as it is answered, and the clocks read around it.

It runs in a process of its own and is as lean as Python allows: one thread, requests ready as bytes, no parsing but the
length of the answer. Knows nothing of the product.
"""

from __future__ import annotations

import select
import socket
import time
from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench.horloges import processeur, repos
from tests.bench.mesure import Tranche
from tests.bench.requetes import DELAI, HOTE, ReponseIllisible, Requete, taille_complete

CONNEXIONS = 16
"""Enough that both processes of the server always have somebody to answer."""

_A_LIRE = 1 << 18


@dataclass(frozen=True)
class Releve:
    """What was measured; `refus` counts the answers of another status than the one expected."""

    tranche: Tranche
    refus: int
    suivante: int


def tirer(requete: Requete, duree: float, processus: tuple[int, ...], premiere: int = 0) -> Releve:
    """Ask for `duree` seconds, then wait for the last answers.

    In: what to ask, the processes that answer, the rank of the first request. Raises ReponseIllisible, when nothing
    comes too.
    """
    with ExitStack() as pile:
        tireur = Tireur(requete, premiere, pile)
        depart = time.perf_counter(), processeur(processus), time.process_time(), repos()
        tireur.tirer(depart[0] + duree)
        fin = time.perf_counter(), processeur(processus), time.process_time(), repos()
    ecoule, serveur, generateur, inactif = (apres - avant for avant, apres in zip(depart, fin, strict=True))
    return Releve(Tranche(tireur.reponses, ecoule, serveur, generateur, inactif), tireur.refus, tireur.rang)


class Tireur:
    """The connections, and the count of what comes back by them."""

    def __init__(self, requete: Requete, premiere: int, pile: ExitStack) -> None:
        self.rang = premiere
        self.reponses = 0
        self.refus = 0
        self._requete = requete
        self._attendu = b"HTTP/1.1 %d " % requete.statut
        self._guet = pile.enter_context(select.epoll())
        prises = [pile.enter_context(socket.create_connection((HOTE, requete.port), DELAI)) for _ in range(CONNEXIONS)]
        self._prises = {prise.fileno(): prise for prise in prises}
        self._recus = dict.fromkeys(self._prises, b"")
        for prise in prises:
            prise.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._guet.register(prise, select.EPOLLIN)

    def tirer(self, fin: float) -> None:
        """Ask by every connection until an instant, then until each is answered."""
        for prise in self._prises.values():
            self._demander(prise)
        en_cours = len(self._prises)
        while en_cours:
            pretes = self._guet.poll(DELAI)
            if not pretes:
                raise ReponseIllisible(f"{DELAI} s")
            continuer = time.perf_counter() < fin
            for numero, _ in pretes:
                if self._lire(numero):
                    if continuer:
                        self._demander(self._prises[numero])
                    else:
                        en_cours -= 1

    def _demander(self, prise: socket.socket) -> None:
        prise.sendall(self._requete.octets(self.rang))
        self.rang += 1

    def _lire(self, numero: int) -> bool:
        """Read what came by a connection; say whether the answer is whole."""
        recus = self._recus[numero]
        morceau = self._prises[numero].recv(_A_LIRE)
        if not morceau:
            raise ReponseIllisible(recus[:200].decode("latin-1"))
        recus = recus + morceau if recus else morceau
        taille = taille_complete(recus)
        if taille is None or len(recus) < taille:
            self._recus[numero] = recus
            return False
        self._recus[numero] = b""
        self.reponses += 1
        if not recus.startswith(self._attendu):
            self.refus += 1
        return True
