"""A job under which others work: what it makes them wait, and the memory that its process takes.

The same three requests are asked, without hurry, while nothing else happens, then while a job moves the sessions of
another organisation: a page of the catalogue, a check of an identifier, a save.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psutil

from tests.bench.mesure import MesureImpossible, tenu
from tests.bench.requetes import Reponse, echanger, lire, poster
from tests.bench.serveurs import Cablage
from tests.builders import Atelier, une_fiche
from tests.builders_arbre import AtelierArbre, une_session
from tests.builders_taches import AtelierTaches, changement
from webapp.domain.comptes import Utilisateur
from webapp.domain.fiche import NOMS
from webapp.domain.formation import Formation
from webapp.domain.taches import EtatTache, Tache
from webapp.ouvrier import COURTOISIE
from webapp.persistence import database
from webapp.persistence.database import BaseDeDonnees
from webapp.persistence.noeuds import SESSIONS
from webapp.services import sessions, taches

PLAFOND = 2.0
"""How many times longer the slowest of twenty of others' requests may take while a job is done."""

PLAFOND_MEMOIRE = 1.25
"""How much more memory a job may take at its worst than one of a twentieth of its size."""

PART_TEMOIN = 20
FILS = 2
PAUSE = 0.025
CENTILE = 0.95
SESSIONS_PAR_ACTION = 500
DELAI = 900.0
PREMIER_JOUR = date(2027, 1, 4)


@dataclass(frozen=True)
class Epreuve:
    """What was measured: the times of each request, in seconds, without a job then under one; the memory, in bytes."""

    nombre: int
    calmes: dict[str, list[float]]
    occupes: dict[str, list[float]]
    duree: float
    memoire: int
    memoire_temoin: int

    def centile(self, quoi: str) -> tuple[float, float]:
        """Give the 95th centile of a request, without a job and under one."""
        return centile(self.calmes[quoi]), centile(self.occupes[quoi])

    @property
    def rapport(self) -> float:
        """Give how many times longer the 95th centile of all requests is under a job."""
        calmes, occupes = ([t for ts in tous.values() for t in ts] for tous in (self.calmes, self.occupes))
        return centile(occupes) / centile(calmes)

    @property
    def tenu(self) -> bool:
        """Whether both targets are met."""
        return tenu(self.rapport, PLAFOND) and tenu(self.memoire / self.memoire_temoin, PLAFOND_MEMOIRE)


def centile(durees: Sequence[float], part: float = CENTILE) -> float:
    """Give the duration within which that part of them is."""
    return sorted(durees)[max(0, math.ceil(len(durees) * part) - 1)]


@dataclass
class Visiteurs:
    """Others, who ask without hurry: each from a thread of its own, one request after the other."""

    port: int
    cookie: str
    jeton: str
    siennes: list[Formation]
    durees: dict[str, list[float]] = field(default_factory=dict)
    _fautes: list[str] = field(default_factory=list)

    @contextmanager
    def a_l_oeuvre(self) -> Iterator[dict[str, list[float]]]:
        """Let them ask until the end of the block. Raises MesureImpossible when one was answered otherwise."""
        self.durees = {"page": [], "vérification": [], "enregistrement": []}
        fini = threading.Event()
        fils = [threading.Thread(target=self._demander, args=(une, fini)) for une in self.siennes]
        for fil in fils:
            fil.start()
        try:
            yield self.durees
        finally:
            fini.set()
            for fil in fils:
                fil.join()
        if self._fautes:
            raise MesureImpossible(self._fautes[0])

    def _demander(self, formation: Formation, fini: threading.Event) -> None:
        version, rang, url = 0, 0, f"/formations/{formation.id}"
        textes = {nom: formation.fiche.valeur(nom) for nom in NOMS} | {"csrf_token": self.jeton}
        with suppress(OSError):
            version = int(self._version(url))
        while not fini.wait(PAUSE):
            rang += 1
            textes["points_forts"] = f"Petits groupes, {datetime.now(UTC):%H:%M:%S.%f}."
            champs = textes | {"version": str(version)}
            demandes = (
                ("page", lire(self.port, "/catalogue", self.cookie)),
                ("vérification", poster(self.port, f"{url}/verification", champs, self.cookie)),
                ("enregistrement", poster(self.port, url, champs, self.cookie)),
            )
            nom, octets = demandes[rang % 3]
            debut = time.perf_counter()
            reponse = echanger(self.port, octets)
            self.durees[nom].append(time.perf_counter() - debut)
            if reponse.statut != 200:
                self._fautes.append(f"{nom} : {reponse.statut}")
                return
            version += nom == "enregistrement"

    def _version(self, url: str) -> str:
        return _champ(echanger(self.port, lire(self.port, url, self.cookie)), "version")


def mesurer(demarre: Cablage, nombre: int, calme: float) -> Epreuve:
    """Move so many sessions while others work; they are listened to for `calme` seconds before, and after."""
    with _ouverte(demarre.base) as base:
        atelier = AtelierTaches(base, AtelierArbre(base))
        temoin = _preparer(atelier, nombre // PART_TEMOIN)
        _lancer(atelier, temoin)
        memoire_temoin = _memoire_au_pire(demarre)
        prete = _preparer(atelier, nombre)
        visiteurs = _visiteurs(base, demarre)
        with visiteurs.a_l_oeuvre() as avant:
            threading.Event().wait(calme)
        with visiteurs.a_l_oeuvre() as occupes:
            debut = time.monotonic()
            faite = _lancer(atelier, prete)
            duree = time.monotonic() - debut
        with visiteurs.a_l_oeuvre() as apres:
            # As long: what else the machine does weighs alike on both.
            threading.Event().wait(max(calme, duree - calme))
        calmes = {quoi: avant[quoi] + apres[quoi] for quoi in avant}
        if faite.faits != nombre:
            raise MesureImpossible(f"{faite.faits} / {nombre}")
        return Epreuve(nombre, calmes, occupes, duree, _memoire_au_pire(demarre), memoire_temoin)


@contextmanager
def _ouverte(url: str) -> Iterator[BaseDeDonnees]:
    base = database.ouvrir(url)
    try:
        yield base
    finally:
        base.fermer()


def _preparer(atelier: AtelierTaches, nombre: int) -> Tache:
    """Give an organisation so many sessions, and have the process of jobs look at what moving them would do."""
    formation = atelier.formation()
    for debut in range(0, nombre, SESSIONS_PAR_ACTION):
        _remplir(atelier, formation, debut, min(SESSIONS_PAR_ACTION, nombre - debut))
    id_ = atelier.choisir(formation)
    with atelier.base.ecriture() as cnx:
        taches.preparer(cnx, atelier.demande, id_, changement("decaler", semaines="1"))
    return _attendre(atelier, id_)


def _remplir(atelier: AtelierTaches, formation: Formation, debut: int, nombre: int) -> None:
    action = atelier.arbre.action(formation.id, numero=f"A{debut}", duree=str(24 + debut))
    modele = atelier.arbre.session(action.id, numero="S0")
    neuves = []
    for rang in range(1, nombre):
        jour = PREMIER_JOUR + timedelta(days=7 * rang)
        fiche = une_session(numero=f"S{rang}", debut=jour.isoformat(), fin=(jour + timedelta(days=4)).isoformat())
        neuves.append(replace(modele, id=uuid4(), fiche=fiche))
    with atelier.base.ecriture() as cnx:
        SESSIONS.ajouter_en_nombre(cnx, neuves)


def _lancer(atelier: AtelierTaches, prete: Tache) -> Tache:
    with atelier.base.ecriture() as cnx:
        taches.lancer(cnx, atelier.arbre.acte, prete.id)
    return _attendre(atelier, prete.id)


def _attendre(atelier: AtelierTaches, id: UUID) -> Tache:
    """Wait until the process of jobs has nothing more to do for a job."""
    fin = time.monotonic() + DELAI
    while time.monotonic() < fin:
        tache = atelier.relire(id)
        if tache.etat is EtatTache.INTERROMPUE:
            raise MesureImpossible(tache.raison)
        if not tache.active:
            return tache
        threading.Event().wait(0.1)
    raise MesureImpossible(f"{DELAI} s")


def _visiteurs(base: BaseDeDonnees, demarre: Cablage) -> Visiteurs:
    """Make another organisation, with a page of formations, and sign somebody in."""
    atelier = Atelier(base)
    personne = atelier.utilisateur()
    siennes = [atelier.formation(personne, une_fiche(identifiant=f"Clea_{n}")) for n in range(20)]
    cookie = f"session=fv1.{_jeton_de_session(base, personne)}"
    port = demarre.servi.port
    page = echanger(port, lire(port, "/catalogue", cookie))
    return Visiteurs(port, cookie, _champ(page, "csrf_token"), siennes[:FILS])


def _jeton_de_session(base: BaseDeDonnees, personne: Utilisateur) -> str:
    with base.ecriture() as cnx:
        return sessions.ouvrir(cnx, personne, datetime.now(UTC))


def _champ(reponse: Reponse, nom: str) -> str:
    _, trouve, suite = reponse.texte.partition(f'name="{nom}" value="')
    if not trouve:
        raise MesureImpossible(f"{nom} : {reponse.statut}")
    return suite.partition('"')[0]


def _memoire_au_pire(demarre: Cablage) -> int:
    """Give the most memory that the process of jobs has ever taken, in bytes."""
    principal = psutil.Process(demarre.servi.processus[0])
    for enfant in principal.children():
        with suppress(psutil.Error):
            if enfant.nice() == min(principal.nice() + COURTOISIE, 19):
                lignes = Path(f"/proc/{enfant.pid}/status").read_text("utf-8").splitlines()
                return next(int(ligne.split()[1]) * 1024 for ligne in lignes if ligne.startswith("VmHWM"))
    raise MesureImpossible("/proc")
