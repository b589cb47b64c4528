"""The trials. Each gives a Bilan: what it really tried, and what was wrong."""

from __future__ import annotations

import re
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, IncompleteRead
from typing import Self
from urllib.parse import urlsplit

import psutil

from steps.donnees.preparateur import Preparateur
from steps.donnees.serveur import Serveur, ServeurEnDefaut
from tests.bench.serveurs import est_un_ouvrier
from tests.endurance.hostiles import (
    CORPS_ARRETE,
    CORPS_GOUTTE_A_GOUTTE,
    EN_TETES_ARRETES,
    NON_LUE,
    egrener,
    entendre,
    tenir,
)

RAFALE = 12
PAGES = (
    "/catalogue",
    "/formations/nouvelle",
    "/formations/nouvelle/fiche?type=clea&certification=RS2203",
    "/mode-d-emploi/creer-une-formation-clea",
)
SERVIS = 10
DELAI_DES_AUTRES = 3.0
"""Seconds in which whoever does no harm is answered."""
DELAI_D_ARRET = 6.0
EN_CHARGE = 0.3
"""Seconds under load before a stop."""
_ERREUR_DE_SEGMENTATION = re.compile(r"\[(\d+)\]: segfault at ")


@dataclass
class Bilan:
    """What a trial tried, counted by name, and what was wrong, in sentences."""

    essais: Counter[str] = field(default_factory=Counter)
    defauts: list[str] = field(default_factory=list)

    def exiger(self, vrai: object, defaut: str) -> None:
        """Note what is wrong, unless it is right."""
        if not vrai:
            self.defauts.append(defaut)

    def __str__(self) -> str:
        """Say what was tried, then what was wrong."""
        essais = ", ".join(f"{nombre} {nom}" for nom, nombre in self.essais.items())
        return "\n".join([f"{essais} : {len(self.defauts)} défaut(s)", *(f"  {defaut}" for defaut in self.defauts)])


@dataclass
class Client:
    """A person's browser, as far as a trial needs one; `coupees` counts the answers that began and did not end."""

    hote: str
    port: int
    cookie: str = ""
    coupees: int = 0

    @classmethod
    def connecte(cls, serveur: Serveur) -> Self:
        """Give somebody who is signed in."""
        porte = Preparateur(serveur.adresse, serveur.jeton)
        cookie = porte.ouvrir_session(porte.creer_organisme().personnes[0])
        adresse = urlsplit(serveur.adresse)
        return cls(adresse.hostname or "", adresse.port or 0, f"{cookie['name']}={cookie['value']}")

    def demander(self, rang: int) -> bool:
        """Ask for one of the pages; say whether it came."""
        liaison = HTTPConnection(self.hote, self.port, timeout=DELAI_DES_AUTRES)
        try:
            liaison.request("GET", PAGES[rang % len(PAGES)], headers={"Cookie": self.cookie})
            reponse = liaison.getresponse()
            return bool(reponse.read()) and reponse.status == 200
        except IncompleteRead:
            self.coupees += 1
            return False
        except (OSError, HTTPException):
            return False
        finally:
            liaison.close()

    def rafale(self, pages: int = RAFALE) -> int:
        """Ask for pages at once; give how many came."""
        with ThreadPoolExecutor(pages) as pool:
            return sum(pool.map(self.demander, range(pages)))


class Ouvriers:
    """The processes of a server that answer, and the threads they were seen with."""

    def __init__(self, serveur: Serveur) -> None:
        processus = serveur._processus
        assert processus is not None
        self._principal = psutil.Process(processus.pid)
        self.premiers = self.presents()
        self._fils = set[int]()
        # The system gives the number of a thread that has ended to another: what fell before is not of these.
        self._anciennes = frozenset(_erreurs_de_segmentation() or ())

    def presents(self) -> frozenset[int]:
        """Give the processes there are now."""
        enfants = self._principal.children()
        return frozenset(enfant.pid for enfant in enfants if est_un_ouvrier(_commande(enfant)))

    def regarder(self) -> None:
        """Remember the threads there are now: the system names those that fall."""
        for pid in self.premiers:
            with suppress(psutil.NoSuchProcess):
                self._fils |= {fil.id for fil in psutil.Process(pid).threads()}

    def tombes(self) -> int | None:
        """Count the segmentation faults of these threads in the system's log; None when it cannot be read."""
        lues = _erreurs_de_segmentation()
        if lues is None:
            return None
        return sum(fil in self._fils for ligne, fil in lues.items() if ligne not in self._anciennes)


def _erreurs_de_segmentation() -> dict[str, int] | None:
    """Give the lines of the system's log that tell of one, dated each, with its thread; None when it cannot be read."""
    journal = subprocess.run(["dmesg"], capture_output=True, text=True, errors="replace", check=False)
    if journal.returncode:
        return None
    lignes = map(_ERREUR_DE_SEGMENTATION.search, journal.stdout.splitlines())
    return {ligne.string: int(ligne[1]) for ligne in lignes if ligne}


def _commande(processus: psutil.Process) -> list[str]:
    with suppress(psutil.NoSuchProcess):
        return processus.cmdline()
    return []


def repos(serveurs: Sequence[Serveur], tours: int, pause: float) -> Bilan:
    """Burst, rest, burst again: `tours` bursts of each server, all of them resting together for `pause` seconds."""
    bilan = Bilan()
    suivis = [(Client.connecte(serveur), Ouvriers(serveur)) for serveur in serveurs]
    for tour in range(tours):
        if tour:
            time.sleep(pause)
            bilan.essais[f"repos de {pause:g} s"] += 1
        for client, ouvriers in suivis:
            sans_reponse = RAFALE - client.rafale()
            ouvriers.regarder()
            bilan.essais["rafales"] += 1
            bilan.essais["pages"] += RAFALE
            bilan.exiger(not sans_reponse, f"rafale {tour + 1} : {sans_reponse} page(s) sans réponse")
    for _, ouvriers in suivis:
        presents = ouvriers.presents()
        tombes = ouvriers.tombes()
        bilan.essais["processus suivis"] += len(ouvriers.premiers)
        bilan.essais["journaux du système " + ("illisibles" if tombes is None else "lus")] += 1
        bilan.exiger(ouvriers.premiers, "aucun processus à suivre")
        bilan.exiger(presents == ouvriers.premiers, f"processus {set(ouvriers.premiers)} devenus {set(presents)}")
        bilan.exiger(not tombes, f"{tombes} erreur(s) de segmentation")
    return bilan


def corps(client: Client, delai_du_corps: float, arretes: int = 60, gouttes: int = 200) -> Bilan:
    """Stall, dribble and read nothing while others are served; then hear what those who stalled are told."""
    bilan = Bilan()
    lents = {
        "corps arrêtés": (arretes, CORPS_ARRETE),
        "en-têtes arrêtés": (arretes, EN_TETES_ARRETES),
        "réponses non lues": (arretes, NON_LUE),
    }
    for nom, (nombre, debut) in lents.items():
        with tenir(client.port, nombre, debut) as prises:
            bilan.essais[nom] += nombre
            servir_les_autres(client, bilan, nom)
            if debut is CORPS_ARRETE:
                fin = time.monotonic() + delai_du_corps + DELAI_DES_AUTRES
                prevenus = sum(entendre(prise, fin).startswith(b"HTTP/1.1 408 ") for prise in prises)
                bilan.exiger(prevenus == nombre, f"{nom} : {prevenus} sur {nombre} prévenus")
    with tenir(client.port, gouttes, CORPS_GOUTTE_A_GOUTTE) as prises, egrener(prises):
        bilan.essais["corps goutte à goutte"] += gouttes
        servir_les_autres(client, bilan, "corps goutte à goutte")
    servir_les_autres(client, bilan, "après eux")
    return bilan


def servir_les_autres(client: Client, bilan: Bilan, pendant: str) -> None:
    """Ask for ten pages at once: each must come in its time."""
    servis = client.rafale(SERVIS)
    bilan.essais["pages d'autres"] += SERVIS
    bilan.exiger(servis == SERVIS, f"{pendant} : {servis} autre(s) servi(s) sur {SERVIS}")


def arrets(demarrer: Callable[[], Serveur], nombre: int) -> Bilan:
    """Stop a server under load, again and again, by the one signal and the other in turn."""
    bilan = Bilan()
    for rang in range(nombre):
        # What a server that stops badly says again at the end of its block is noted already.
        with suppress(ServeurEnDefaut), demarrer() as serveur:
            client = Client.connecte(serveur)
            fini = threading.Event()

            def charger(client: Client = client, fini: threading.Event = fini) -> int:
                servies = 0
                while not fini.is_set():
                    servies += client.demander(servies)
                return servies

            with ThreadPoolExecutor(RAFALE) as pool:
                charges = [pool.submit(charger) for _ in range(RAFALE)]
                time.sleep(EN_CHARGE)
                arreter(serveur, signal.SIGTERM if rang % 2 else signal.SIGINT, bilan)
                fini.set()
                bilan.essais["pages servies"] += sum(charge.result() for charge in charges)
            bilan.exiger(not client.coupees, f"{client.coupees} réponse(s) coupée(s)")
    return bilan


def arreter(serveur: Serveur, par: signal.Signals, bilan: Bilan) -> None:
    """Ask a server to stop: nothing of it stays, its exit code is 0, it says nothing more."""
    processus = serveur._processus
    assert processus is not None
    bilan.essais["arrêts en charge"] += 1
    arret = f"arrêt {bilan.essais['arrêts en charge']}"
    descendance = psutil.Process(processus.pid).children(recursive=True)
    serveur.nouvelles_lignes()
    processus.send_signal(par)
    try:
        code = processus.wait(DELAI_D_ARRET)
    except subprocess.TimeoutExpired:
        bilan.exiger(vrai=False, defaut=f"{arret} : le serveur ne s'arrête pas")
        return
    _, restants = psutil.wait_procs(descendance, timeout=1)
    # A zombie has ended; it only waits for the machine's first process to take note.
    restants = [reste for reste in restants if reste.status() != psutil.STATUS_ZOMBIE]
    bilan.exiger(code == 0, f"{arret} : code {code}")
    bilan.exiger(not restants, f"{arret} : {len(restants)} processus restent")
    dit = serveur.nouvelles_lignes()
    bilan.exiger(not dit, f"{arret} : {dit[-500:]}")
