"""The import of the portal's file against what it cannot do without: parsing the same file, inserting the same rows.

What the reference is
---------------------
Parsing alone: lxml makes the tree of the whole file. Inserting alone: SQLite is given, ready to be written, the very
rows that the import has left, table by table, in one transaction, with its constraints, indexes and triggers. Reading
each field, judging each object, saying what becomes of it and what an export would not give back come on top.

What is measured is processor time, of what a person waits for: the file is received and cut, looked at without
anything being written, then, confirmed, brought in. The target is three times the reference. Memory: the most that
Python held at once, for a file of a quarter of the formations and for the whole: it must not grow with it.
"""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4

import pysqlite3.dbapi2 as sqlite
from lxml import etree

from tests.bench import controle, exportation
from tests.bench.controle import LE
from tests.bench.importation import Duree
from tests.bench.mesure import Mediane, MesureImpossible, rapport, tenu
from webapp.domain.comptes import Organisme, Role
from webapp.domain.formation import Acte
from webapp.domain.moments import moment_de
from webapp.domain.taches import EtatTache, Tache
from webapp.persistence.database import BaseDeDonnees
from webapp.services import comptes, import_edof, taches
from webapp.services.import_edof import Envoye
from webapp.services.taches import Demande

PLAFOND = 3.0
PLAFOND_MEMOIRE = 1.25
FORMATIONS = 160
SIRET = "99999999800019"
TABLES = (
    "contact", "lieu", "formation", "action", "session_formation", "edof_formation", "edof_action",
    "edof_session_formation",
)  # fmt: skip
"""All that an import leaves in a catalogue, what is referred to first."""


@dataclass(frozen=True)
class Import:
    """One import: what was received, looked at and brought in, then the same file parsed and its rows inserted."""

    reception: Duree
    apercu: Duree
    import_: Duree
    analyse: Duree
    insertion: Duree

    @property
    def tout(self) -> Duree:
        """All that a person waits for."""
        return self.reception + self.apercu + self.import_

    @property
    def reference(self) -> Duree:
        return self.analyse + self.insertion


@dataclass(frozen=True)
class Imports:
    """What importing a file costs. Memory: bytes, for a quarter of the formations and for all of them."""

    formations: int
    objets: int
    octets: int
    passages: tuple[Import, ...]
    memoire_partie: int
    memoire: int

    def multiple(self, de: Callable[[Import], Duree]) -> Mediane:
        """Give a part of it as a multiple of the reference."""
        return rapport([de(p).processeur for p in self.passages], [p.reference.processeur for p in self.passages])

    @property
    def croissance(self) -> float:
        """Give how much more memory the whole takes than a part."""
        return self.memoire / self.memoire_partie

    @property
    def tenu(self) -> bool:
        """Whether both targets are met."""
        return tenu(self.multiple(lambda p: p.tout).valeur, PLAFOND) and tenu(self.croissance, PLAFOND_MEMOIRE)


def mesurer(dossier: Path, passages: int, dire: Callable[[int], None], nombre: int = FORMATIONS) -> Imports:
    """Import a catalogue of `nombre` formations so many times, each time in a catalogue that has nothing.

    Raises MesureImpossible when an import does not bring all in.
    """
    with controle.base("sqlite", dossier) as base:
        organisme = controle.remplir(base, nombre)
        with base.lecture() as cnx:
            fichier = b"".join(exportation.produire(cnx, organisme))
        # Once for nothing: statements are compiled, the registry is remembered.
        _passer(base, dossier, fichier)
        faits = []
        for numero in range(1, passages + 1):
            dire(numero)
            faits.append(_passer(base, dossier, fichier))
        petite, _ = _memoire(_Vide(base), dossier, _raccourcir(fichier, nombre // 4))
        memoire, objets = _memoire(_Vide(base), dossier, fichier)
    return Imports(nombre, objets, len(fichier), tuple(faits), petite, memoire)


class _Vide:
    """An organisation that has no catalogue, and who imports there."""

    numeros = iter(range(10**6))

    def __init__(self, base: BaseDeDonnees) -> None:
        self.base = base
        numero = next(self.numeros)
        with base.ecriture() as cnx:
            self.organisme: Organisme = comptes.creer_organisme(cnx, "Catalogue vide", _siret(numero))
            personne = comptes.Personne("Camille", f"{numero}@vide.example", Role.GESTIONNAIRE_CATALOGUE)
            compte = comptes.creer_compte(cnx, self.organisme.id, personne, None)
        self.acte = Acte(compte, LE, moment_de(datetime.now(UTC), LE))

    def octets(self, fichier: bytes) -> bytes:
        """Give a file as its own."""
        return fichier.replace(SIRET.encode(), self.organisme.siret.encode())


def _siret(numero: int) -> str:
    """Give a SIRET with its key."""
    siren = f"{100_000_00 + numero:08d}"
    siren += str(-_luhn(f"{siren}0") % 10)
    nic = "0001"
    return f"{siren}{nic}{-_luhn(f'{siren}{nic}0') % 10}"


def _luhn(chiffres: str) -> int:
    doubles = [int(c) * (1 + rang % 2) for rang, c in enumerate(reversed(chiffres))]
    return sum(d - 9 if d > 9 else d for d in doubles)


def _raccourcir(fichier: bytes, formations: int) -> bytes:
    """Give the same file with its first formations alone."""
    fin = b"</formation>\n"
    pieces = fichier.split(fin)
    return fin.join([*pieces[:formations], pieces[-1]])


def _recevoir(vide: _Vide, flux: IO[bytes]) -> Tache:
    dit = import_edof.recevoir(flux)
    decoupe = import_edof.decouper(flux, dit.reel, vide.organisme)
    with vide.base.ecriture() as cnx:
        envoye = Envoye(uuid4(), "mesure.xml", dit, dit.reel)
        tache = import_edof.deposer(cnx, Demande(vide.acte, LE), envoye, decoupe)
        tache = import_edof.tenir(cnx, tache, vide.organisme.id)
    decoupe.fermer()
    return tache


def _avancer(vide: _Vide, tache: Tache) -> Tache:
    while tache.active:
        with vide.base.ecriture() as cnx:
            tache = import_edof.une_part(cnx, vide.acte, tache)
    return tache


def _lancer(vide: _Vide, tache: Tache) -> Tache:
    with vide.base.ecriture() as cnx:
        lancee = import_edof.tenir(cnx, taches.lancer(cnx, vide.acte, tache.id), vide.organisme.id)
    return _avancer(vide, lancee)


def _un_import(vide: _Vide, flux: IO[bytes]) -> tuple[list[Duree], int]:
    """Import a file; give how long each of the three parts took, and how many objects came in."""
    durees: list[Duree] = []
    tenues: list[Tache] = []

    def faire(travail: Callable[[], Tache]) -> Tache:
        def compter() -> int:
            tenues.append(travail())
            return tenues[-1].faits

        durees.append(controle.chronometrer(compter)[0])
        return tenues[-1]

    tache = faire(lambda: _recevoir(vide, flux))
    prete = faire(lambda: _avancer(vide, tache))
    finie = faire(lambda: _lancer(vide, prete))
    if finie.etat is not EtatTache.TERMINEE or finie.faits != finie.prevus or finie.ecartes:
        raise MesureImpossible(f"import : {finie.etat}, {finie.faits} sur {finie.prevus}, {finie.raison}")
    return durees, finie.faits


def _passer(base: BaseDeDonnees, dossier: Path, fichier: bytes) -> Import:
    vide = _Vide(base)
    (reception, apercu, import_), _ = _un_import(vide, io.BytesIO(vide.octets(fichier)))
    analyse, _ = controle.chronometrer(lambda: len(etree.fromstring(fichier)))
    insertion = _inserer(dossier / "controle.sqlite3", vide.organisme.id)
    return Import(reception, apercu, import_, analyse, insertion)


def _inserer(chemin: Path, organisme_id: UUID) -> Duree:
    """Take away the rows that an import has left, and time putting them back, and nothing else."""
    with closing(_sqlite(chemin)) as cnx:
        siennes = (organisme_id.hex,)
        lignes = {
            table: cnx.execute(f"SELECT * FROM {table} WHERE organisme_id = ?", siennes).fetchall() for table in TABLES  # noqa: S608 - one of ours
        }  # fmt: skip
        for table in reversed(TABLES):
            cnx.execute(f"DELETE FROM {table} WHERE organisme_id = ?", siennes)  # noqa: S608 - one of ours

        def ecrire() -> int:
            cnx.execute("BEGIN IMMEDIATE")
            for table, rangees in lignes.items():
                if rangees:
                    places = ", ".join("?" * len(rangees[0]))
                    cnx.executemany(f"INSERT INTO {table} VALUES ({places})", rangees)  # noqa: S608 - one of ours
            cnx.execute("COMMIT")
            return sum(map(len, lignes.values()))

        return controle.chronometrer(ecrire)[0]


def _sqlite(chemin: Path) -> Any:
    cnx = sqlite.connect(chemin, isolation_level=None)
    for reglage in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        cnx.execute(f"PRAGMA {reglage}")
    return cnx


def _memoire(vide: _Vide, dossier: Path, fichier: bytes) -> tuple[int, int]:
    """Import a file that is on disk; give the bytes that Python held at most meanwhile, and how many objects came."""
    chemin = dossier / "memoire.xml"
    chemin.write_bytes(vide.octets(fichier))
    with chemin.open("rb") as flux:
        tracemalloc.start()
        try:
            objets = _un_import(vide, flux)[1]
            return tracemalloc.get_traced_memory()[1], objets
        finally:
            tracemalloc.stop()
