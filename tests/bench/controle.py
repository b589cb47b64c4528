"""« Contrôle » of a whole catalogue against what it cannot do without: the judge, over the same objects in memory.

What the reference is
---------------------
The same functions of the domain over the same formations, actions and sessions, read beforehand, with all that is known
around them: nothing is read, nothing is kept. The target is twice that: reading a catalogue, in pages, may cost as much
as judging it. Both engines are measured.

What is measured is processor time of the process that judges; the time that passed, which holds what PostgreSQL spends
on its side, stands beside it. The memory is the most that Python held at once, over a part of the catalogue and over
the whole: it must not grow with it.
"""

from __future__ import annotations

import time
import tracemalloc
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Connection

from tests import bases
from tests.bench import donnees
from tests.bench.importation import Duree
from tests.bench.mesure import Mediane, MesureImpossible, rapport, tenu
from webapp.banc_essai.donnees_arbre import COMPLETS
from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme, Role
from webapp.domain.controle import controler
from webapp.domain.controle_arbre import controler_arbre
from webapp.domain.diagnostic import Diagnostic
from webapp.domain.fiche import FicheFormation
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import Acte, Envoi, Formation
from webapp.domain.noeud import Depot, Noeud
from webapp.domain.regles import Contexte
from webapp.domain.statuts import Operation, Statut
from webapp.persistence import database, formations
from webapp.persistence.database import BaseDeDonnees
from webapp.persistence.noeuds import ACTIONS, SESSIONS
from webapp.services import annuaire, autour, comptes, controle, registre

PLAFOND = 2.0
FORMATIONS = 400
PARTIE = FORMATIONS // 4
ACTIONS_PAR_FORMATION, SESSIONS_PAR_ACTION = 3, 6
LE = date(2019, 11, 28)
_JUGE = Diagnostic()


@dataclass(frozen=True)
class Passage:
    """One catalogue judged by the product, then from memory."""

    produit: Duree
    reference: Duree


@dataclass(frozen=True)
class Controle:
    """What « Contrôle » of a whole catalogue costs on an engine. Memory: bytes, over a part and over the whole."""

    moteur: str
    objets: int
    passages: tuple[Passage, ...]
    memoire_partie: int
    memoire: int

    @property
    def multiple(self) -> Mediane:
        """The figure that the target is about."""
        return rapport([p.produit.processeur for p in self.passages], [p.reference.processeur for p in self.passages])

    @property
    def multiple_ecoule(self) -> Mediane:
        """The same by the clock."""
        return rapport([p.produit.ecoulee for p in self.passages], [p.reference.ecoulee for p in self.passages])

    @property
    def tenu(self) -> bool:
        return tenu(self.multiple.valeur, PLAFOND)


def comparer(
    dossier: Path, passages: int, dire: Callable[[str], None], nombre: int = FORMATIONS
) -> list[Controle]:  # fmt: skip
    """Judge a catalogue of `nombre` formations so many times on each engine.

    Raises MesureImpossible when the two judge something else.
    """
    mesures = []
    for moteur in bases.MOTEURS:
        dire(moteur)
        with base(moteur, dossier) as ouverte:
            mesures.append(_mesurer(moteur, ouverte, remplir(ouverte, nombre), passages, max(1, nombre // 4)))
    return mesures


def remplir(base: BaseDeDonnees, nombre: int) -> Organisme:
    """Make an organisation with a catalogue of that size, most of it « validé », each formation with its tree."""
    maintenant = datetime(2019, 11, 28, 9, tzinfo=UTC)
    with base.ecriture() as cnx:
        organisme = comptes.creer_organisme(cnx, "Formation Mesure", "99999999800019")
        personne = comptes.Personne("Camille", "camille@mesure.example", Role.LECTEUR)
        compte = comptes.creer_compte(cnx, organisme.id, personne, None)
        acte = Acte(compte, LE, maintenant)
        contact, lieu = (_entree(cnx, acte, niveau) for niveau in (Niveau.CONTACT, Niveau.LIEU))
        # A place carries a contact, as the portal asks.
        place = annuaire.ouvrir(cnx, organisme, Niveau.LIEU, UUID(lieu))
        annuaire.soumettre(cnx, acte, Depot(place.id, place.version, place.fiche.avec(contact=contact)))
        for rang in range(nombre):
            moment = replace(acte, maintenant=maintenant + timedelta(seconds=rang))
            formation = _formation(moment, rang)
            formations.ajouter_en_nombre(cnx, [formation])
            actions = [_action(moment, formation.id, n, contact, lieu) for n in range(ACTIONS_PAR_FORMATION)]
            ACTIONS.ajouter_en_nombre(cnx, actions)
            SESSIONS.ajouter_en_nombre(
                cnx, [_session(moment, action, n) for action in actions for n in range(SESSIONS_PAR_ACTION)]
            )
    return organisme


def _mesurer(moteur: str, base: BaseDeDonnees, organisme: Organisme, passages: int, partie: int) -> Controle:
    with base.lecture() as cnx:
        # Once for nothing: statements are compiled, the registry is remembered.
        objets = sum(une.objets for une in controle.du_catalogue(cnx, organisme, LE))
        faits = _passer(moteur, cnx, organisme, passages)
        memoire_partie, memoire = memoires(controle.du_catalogue(cnx, organisme, LE), partie)
    return Controle(moteur, objets, faits, memoire_partie, memoire)


def _passer(moteur: str, cnx: Connection, organisme: Organisme, passages: int) -> tuple[Passage, ...]:
    en_memoire = tuple(_charger(cnx, organisme))
    faits = []
    for _ in range(passages):
        produit, dites = chronometrer(
            lambda: sum(len(une.controle.constats) for une in controle.du_catalogue(cnx, organisme, LE))
        )
        reference, attendues = chronometrer(lambda: sum(len(_juger(*un)) for un in en_memoire))
        if dites != attendues:
            raise MesureImpossible(f"{moteur} : {dites} constats, {attendues} en mémoire")
        faits.append(Passage(produit, reference))
    return tuple(faits)


_Charge = tuple[Formation, Contexte, tuple[Noeud, ...], dict[UUID, list[Noeud]]]


def _charger(cnx: Connection, organisme: Organisme) -> Iterator[_Charge]:
    """Read all that is judged, as the bare loop takes it."""
    habituel = autour.habituel(cnx, organisme, LE)
    for formation in formations.toutes(cnx, organisme.id):
        actions = tuple(ACTIONS.du_parent(cnx, organisme.id, formation.id))
        sessions = SESSIONS.de_la_formation(cnx, organisme.id, formation.id)
        fiches = [noeud.fiche for siens in (actions, *sessions.values()) for noeud in siens]
        cites = autour.cites(cnx, organisme, habituel, fiches)
        yield formation, autour.de_la_formation(cnx, cites, formation.fiche), actions, sessions


def _juger(
    formation: Formation, contexte: Contexte, actions: Sequence[Noeud], sessions: dict[UUID, list[Noeud]]
) -> Sequence[object]:
    diagnostic = controler(formation.fiche, contexte.certification, LE)
    return controler_arbre(formation, diagnostic, actions, sessions, contexte).constats


def chronometrer(travail: Callable[[], int]) -> tuple[Duree, int]:
    """Give how long something takes, and what it gives."""
    debut = time.process_time(), time.perf_counter()
    fait = travail()
    return Duree(time.process_time() - debut[0], time.perf_counter() - debut[1]), fait


def memoires(parcours: Iterator[object], partie: int) -> tuple[int, int]:
    """Walk through it; give the bytes that it held at most over the first so many things, and over all of them."""
    tracemalloc.start()
    try:
        deque(islice(parcours, partie), maxlen=0)
        de_la_partie = tracemalloc.get_traced_memory()[1]
        deque(parcours, maxlen=0)
        return de_la_partie, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@contextmanager
def base(moteur: str, dossier: Path) -> Iterator[BaseDeDonnees]:
    """Open a base of its own on an engine, with the registry."""
    with adresse(moteur, dossier) as url, bases.ouverte(url) as ouverte:
        yield ouverte


@contextmanager
def adresse(moteur: str, dossier: Path) -> Iterator[str]:
    """Make a base of its own on an engine, with the registry, and give its address."""
    if moteur == "sqlite":
        yield _prete(f"sqlite:///{dossier / 'controle.sqlite3'}")
        return
    with bases.postgresql() as serveur:
        yield _prete(serveur.creer())


def _prete(url: str) -> str:
    database.migrer(url)
    with bases.ouverte(url) as ouverte, ouverte.ecriture() as cnx:
        registre.amorcer(cnx)
    return url


def _entree(cnx: Connection, acte: Acte, niveau: Niveau) -> str:
    return str(annuaire.soumettre(cnx, acte, Depot(uuid4(), 0, Fiche.lire(niveau, COMPLETS[niveau]))).id)


def _formation(acte: Acte, rang: int) -> Formation:
    fiche = FicheFormation.lire({
        "type_formation": "clea", "certification": "RS2203", "identifiant": f"Clea_{rang:07d}",
        "intitule": donnees.INTITULES[rang % len(donnees.INTITULES)], "objectif": donnees.OBJECTIF * 3,
        "contenu": donnees.CONTENU * 3, "points_forts": donnees.OBJECTIF[:200], "resultats_attendus": donnees.OBJECTIF,
        "type_parcours": "96214", "objectif_general": "6" if rang % 5 else "",
    })  # fmt: skip
    operation = Operation.VALIDER if rang % 5 else Operation.ENREGISTRER
    return Formation.nouvelle(acte, Envoi(uuid4(), 0, fiche), operation, _JUGE)


def _action(acte: Acte, formation_id: UUID, rang: int, contact: str, lieu: str) -> Noeud:
    propres = {"numero": f"A{rang}", "duree": str(24 + 20 * rang), "contact": contact, "lieu": lieu}
    return _noeud(acte, Niveau.ACTION, propres, formation_id, formation_id, Statut.VALIDEE)


def _session(acte: Acte, action: Noeud, rang: int) -> Noeud:
    propres = {"numero": f"S{rang}", "debut": f"2027-0{1 + rang}-04", "fin": f"2027-0{1 + rang}-08" if rang else ""}
    statut = Statut.VALIDEE if rang else Statut.BROUILLON
    return _noeud(acte, Niveau.SESSION, propres, action.formation_id, action.id, statut)


def _noeud(
    acte: Acte, niveau: Niveau, propres: dict[str, str], formation_id: UUID, parent_id: UUID, statut: Statut
) -> Noeud:
    depot = Depot(uuid4(), 0, Fiche.lire(niveau, COMPLETS[niveau] | propres), parent_id)
    operation = Operation.VALIDER if statut is Statut.VALIDEE else Operation.ENREGISTRER
    return Noeud.nouveau(acte, depot, formation_id, parent_id, operation, _JUGE)
