"""The process of jobs killed in the middle of what it does: nothing half done, nothing twice, and the job goes on.

Sessions are moved. A catalogue is exported for real; its file, under another organisation's SIRET, is brought in. The
process is the one that `serve` starts; it is killed by the system (SIGKILL) at instants drawn at random while the job
is under way, and started again under the same name, until the job is over.
"""

from __future__ import annotations

import io
import multiprocessing
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.context import SpawnProcess
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, select

from tests.bench import controle
from tests.bench.controle import LE
from tests.bench.exportation import ACCEPTES
from tests.builders import un_siret
from tests.builders_arbre import AtelierArbre
from tests.builders_taches import AtelierTaches, changement
from webapp.domain.comptes import Organisme, Role
from webapp.domain.exports import FichierPasFait, Quoi
from webapp.domain.formation import Acte
from webapp.domain.moments import moment_de
from webapp.domain.taches import EtatLigne, EtatTache, Tache
from webapp.ouvrier import travailler
from webapp.persistence import taches as gardees
from webapp.persistence.database import BaseDeDonnees
from webapp.persistence.noeuds import SESSIONS
from webapp.persistence.tables import action, contact, formation, lieu, session_formation
from webapp.persistence.tables_import import trace_action, trace_formation, trace_session
from webapp.services import comptes, export_edof, exportation, import_edof, taches
from webapp.services.import_edof import Envoye
from webapp.services.taches import Demande
from webapp.services.travail import Travailleur

SIRET_MESURE = "99999999800019"
DELAI = 240.0
"""Seconds for something to come, on a machine that is busy with other things."""

SESSIONS_PAR_COUP = 60
"""Sessions that a change moves for each time that it is killed: several times what is done between two."""

TABLES = (formation, action, session_formation, contact, lieu, trace_formation, trace_action, trace_session)
"""All that an import writes in a catalogue."""


class DefautError(AssertionError):
    """Something was half done, or lost."""


@dataclass
class Bilan:
    """How often the process was killed, how often in the middle of its work, and what was made in the end."""

    coups: int = 0
    au_milieu: int = 0
    fait: str = ""


@dataclass
class Terrain:
    """A base with a catalogue, where organisations that have none are opened."""

    base: BaseDeDonnees
    url: str
    formations: int
    plein: Organisme = field(init=False)
    actes: dict[UUID, Acte] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Fill the base."""
        self.plein = controle.remplir(self.base, self.formations)
        with self.base.ecriture() as cnx:
            self._ouvrir_un_compte(cnx, self.plein)

    def nouveau_vide(self) -> Organisme:
        """Open an organisation that has no catalogue."""
        with self.base.ecriture() as cnx:
            vide = comptes.creer_organisme(cnx, "Catalogue vide", un_siret())
            self._ouvrir_un_compte(cnx, vide)
        return vide

    def _ouvrir_un_compte(self, cnx: Connection, organisme: Organisme) -> None:
        adresse = f"{organisme.siret}@coupures.example"
        personne = comptes.Personne("Camille", adresse, Role.GESTIONNAIRE_CATALOGUE)
        compte = comptes.creer_compte(cnx, organisme.id, personne, None)
        self.actes[organisme.id] = Acte(compte, LE, moment_de(datetime.now(UTC), LE))

    def demande(self, organisme: Organisme) -> Demande:
        """Who asks, for one of the two."""
        return Demande(self.actes[organisme.id], LE)

    def relire(self, tache: Tache) -> Tache:
        with self.base.lecture() as cnx:
            lue = gardees.par_id(cnx, tache.organisme_id, tache.id)
        if lue is None:
            raise DefautError("la tâche a disparu")
        return lue

    def finir(self, tache: Tache) -> Tache:
        """Do what is left of a job in this process, that nobody kills."""
        travailleur = Travailleur(self.base, uuid4(), duree=1.0, lecture=1.0)
        while (lue := self.relire(tache)).active:
            travailleur.tour()
        return lue

    def comptes(self, organisme: Organisme) -> list[int]:
        """Count the rows that an organisation has in each table of a catalogue."""
        with self.base.lecture() as cnx:
            return [
                cnx.execute(select(func.count()).where(table.c.organisme_id == organisme.id)).scalar_one()
                for table in TABLES
            ]

    def fichier(self, organisme: Organisme) -> bytes:
        """Give the file of the catalogue, as nobody interrupts it."""
        with self.base.lecture() as cnx:
            return b"".join(export_edof.produire(cnx, organisme, LE, ACCEPTES))


@contextmanager
def un_processus(url: str, porteur: UUID) -> Iterator[SpawnProcess]:
    """Start the process of jobs, as `serve` does; killed at the end, without a word."""
    processus = multiprocessing.get_context("spawn").Process(target=travailler, args=(url, str(porteur)))
    processus.start()
    try:
        yield processus
    finally:
        processus.kill()
        processus.join()


def attendre(condition: Callable[[], bool]) -> None:
    """Wait until something is so. Raises DefautError when it does not come."""
    fin = time.monotonic() + DELAI
    while not condition():
        if time.monotonic() > fin:
            raise DefautError("rien n'est venu")
        threading.Event().wait(0.01)


def un_import(terrain: Terrain, coups: int, hasard: random.Random) -> Bilan:
    """Kill the process so many times while it brings a file into a new organisation, then let it end.

    Raises DefautError.
    """
    vide = terrain.nouveau_vide()
    octets = terrain.fichier(terrain.plein).replace(SIRET_MESURE.encode(), vide.siret.encode())
    dit = import_edof.recevoir(io.BytesIO(octets))
    decoupe = import_edof.decouper(io.BytesIO(octets), dit.reel, vide)
    with terrain.base.ecriture() as cnx:
        envoye = Envoye(uuid4(), "coupures.xml", dit, dit.reel)
        tache = import_edof.deposer(cnx, terrain.demande(vide), envoye, decoupe)
    decoupe.fermer()
    bilan, porteur = Bilan(), uuid4()
    avant = terrain.comptes(vide)
    prete = terrain.finir(tache)
    _exiger(prete.etat is EtatTache.PRETE, f"aperçu : {prete.etat}, {prete.raison}")
    _exiger(terrain.comptes(vide) == avant, "un aperçu a écrit")
    with terrain.base.ecriture() as cnx:
        taches.lancer(cnx, terrain.demande(vide).acte, tache.id)
    for _ in range(coups):
        depart = terrain.relire(tache).battement
        with un_processus(terrain.url, porteur):
            # It takes the job in a transaction of its own, or holds it already: the whole import is then one more.
            attendre(lambda depart=depart: _commence(terrain.relire(tache), porteur, depart))  # type: ignore[misc]
            threading.Event().wait(hasard.uniform(0.0, 0.4))
        bilan.coups += 1
        lue, ecrits = terrain.relire(tache), terrain.comptes(vide)
        if lue.etat is EtatTache.TERMINEE:
            break
        _exiger(lue.etat is EtatTache.EN_COURS, f"import tué : {lue.etat}, {lue.raison}")
        _exiger(ecrits == avant, f"import à moitié fait : {ecrits}")
        bilan.au_milieu += 1
    with un_processus(terrain.url, porteur):
        attendre(lambda: not terrain.relire(tache).active)
    finie = terrain.relire(tache)
    _exiger(finie.etat is EtatTache.TERMINEE, f"import repris : {finie.etat}, {finie.raison}")
    _exiger(finie.faits == prete.prevus == sum(terrain.comptes(vide)[:3]), "tout n'est pas venu, ou deux fois")
    _exiger(terrain.fichier(vide) == octets, "le catalogue importé ne redonne pas le fichier")
    bilan.fait = f"{finie.faits} éléments"
    return bilan


def un_changement(terrain: Terrain, coups: int, hasard: random.Random) -> Bilan:
    """Kill the process so many times while it moves sessions, then let it end. Raises DefautError."""
    atelier = AtelierTaches(terrain.base, AtelierArbre(terrain.base))
    formation = atelier.formation()
    atelier.ajouter_sessions(atelier.arbre.action(formation.id), SESSIONS_PAR_COUP * (coups + 1) - 1)
    tache = atelier.lancer(atelier.preparer(changement("decaler", semaines="1"), formation))
    bilan, porteur = Bilan(), uuid4()
    for _ in range(coups):
        depart = terrain.relire(tache).faits
        with un_processus(terrain.url, porteur):
            attendre(lambda depart=depart: (lue := terrain.relire(tache)).faits > depart or not lue.active)  # type: ignore[misc]
            threading.Event().wait(hasard.uniform(0.0, 0.15))
        bilan.coups += 1
        if not terrain.relire(tache).active:
            break
        bilan.au_milieu += 1
    with un_processus(terrain.url, porteur):
        attendre(lambda: not terrain.relire(tache).active)
    finie = terrain.relire(tache)
    fait = (finie.etat, finie.faits, finie.laisses)
    _exiger(fait == (EtatTache.TERMINEE, tache.prevus, 0), f"changement repris : {fait}")
    _exiger(_versions(terrain, finie) == {2}, "des sessions sont changées deux fois, ou pas du tout")
    annulee = atelier.annuler(finie)
    _exiger((annulee.faits, annulee.laisses) == (tache.prevus, 0), "tout n'a pas été annulé")
    _exiger(_versions(terrain, finie) == {3}, "des sessions sont remises deux fois, ou pas du tout")
    bilan.fait = f"{finie.faits} sessions"
    return bilan


def _versions(terrain: Terrain, tache: Tache) -> set[int]:
    """Give the versions of the objects of a job. Raises DefautError when some of it was left."""
    with terrain.base.lecture() as cnx:
        lignes = gardees.lignes(cnx, tache.organisme_id, tache.id, list(EtatLigne), 0, 100_000)
        noeuds = SESSIONS.par_ids(cnx, tache.organisme_id, [ligne.objet_id for ligne in lignes])
    _exiger(len(noeuds) == tache.prevus, "des sessions manquent")
    return {noeud.version for noeud in noeuds.values()}


def _commence(tache: Tache, porteur: UUID, depart: int) -> bool:
    return tache.porteur == porteur or tache.battement > depart or not tache.active


def un_export(terrain: Terrain, coups: int, hasard: random.Random) -> Bilan:
    """Kill the process so many times while it makes a file, then let it end. Raises DefautError."""
    attendu = terrain.fichier(terrain.plein)
    demande, bilan, porteur = terrain.demande(terrain.plein), Bilan(), uuid4()
    with terrain.base.ecriture() as cnx:
        tache = exportation.demander(cnx, demande, uuid4(), Quoi.TOUT)
    terrain.finir(tache)
    with terrain.base.ecriture() as cnx:
        exportation.lancer(cnx, demande.acte, tache.id, accepte=True)
    for _ in range(coups):
        depart = terrain.relire(tache).battement
        with un_processus(terrain.url, porteur):
            attendre(lambda depart=depart: _garde(terrain.relire(tache), depart))  # type: ignore[misc]
            threading.Event().wait(hasard.uniform(0.0, 0.3))
        bilan.coups += 1
        lue = terrain.relire(tache)
        if lue.etat is EtatTache.TERMINEE:
            break
        _exiger(lue.etat is EtatTache.EN_COURS, f"export tué : {lue.etat}, {lue.raison}")
        _exiger(_lire(terrain, tache) is None, "un fichier à moitié fait est offert")
        bilan.au_milieu += lue.faits > 0
    with un_processus(terrain.url, porteur):
        attendre(lambda: not terrain.relire(tache).active)
    finie = terrain.relire(tache)
    _exiger(finie.etat is EtatTache.TERMINEE, f"export repris : {finie.etat}, {finie.raison}")
    octets = _lire(terrain, tache)
    _exiger(octets == attendu, "le fichier n'est pas celui du catalogue")
    bilan.fait = f"{len(attendu):,} octets".replace(",", "\u202f")
    return bilan


def _garde(tache: Tache, depart: int) -> bool:
    """Say whether something more of the file was kept."""
    return not tache.active or (tache.battement > depart and tache.faits > 0)


def _lire(terrain: Terrain, tache: Tache) -> bytes | None:
    """Give the file that is offered; None when none is."""
    moment = terrain.demande(terrain.plein).acte.maintenant
    with terrain.base.lecture() as cnx:
        un = exportation.ouvrir(cnx, terrain.plein, tache.id).export
        try:
            return b"".join(exportation.octets(cnx, un, moment))
        except FichierPasFait:
            return None


def _exiger(vrai: bool, sinon: str) -> None:
    if not vrai:
        raise DefautError(sinon)


TOUTES = (("changement", un_changement), ("import", un_import), ("export", un_export))
