"""The import of the registry against what it cannot do without: parsing the same file, inserting the same rows.

What the reference is
---------------------
Parsing alone: for the CSV zip, `csv.reader` over the lines of all its files, inflated and decoded from UTF-8, nothing
looked at; for XML, `lxml.etree.iterparse` told to stop at each FICHE (stopping at every element would cost more), which
is then cleared. Inserting alone: `executemany` of the driver, in one transaction, table by table, of the rows that the
import left in the tables, ready as tuples, into the same empty tables: with their indexes, their foreign keys and the
triggers that keep the words of the search, and the settings of the product (WAL, synchronous = FULL).

Reading, understanding, comparing and telling refusals come on top: the target is three times the reference. Importing
the same file again, when nothing changed, is set against the same reference, and has no target.

What is measured is processor time (the disk of a shared machine stalls for seconds); the time that passed stands
beside it. Each measure has a process of its own, which is warm (modules loaded) and holds nothing else.
"""

from __future__ import annotations

import csv
import io
import multiprocessing
import shutil
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from lxml import etree

from tests.bench import registre
from tests.bench.mesure import Mediane, MesureImpossible, rapport, tenu
from webapp.persistence import database
from webapp.services import comptes
from webapp.services import registre as registre_local

PLAFOND = 3.0
TABLES = ("certification", "bloc", "habilitation", "export_importe")


@dataclass(frozen=True)
class Duree:
    """How long something took, in seconds: of processor, and on the clock."""

    processeur: float
    ecoulee: float

    def __add__(self, autre: Duree) -> Duree:
        return Duree(self.processeur + autre.processeur, self.ecoulee + autre.ecoulee)


@dataclass(frozen=True)
class Passage:
    """One export imported on an empty registry, then again, and its reference."""

    premiere: Duree
    seconde: Duree
    analyse: Duree
    insertion: Duree

    @property
    def reference(self) -> Duree:
        return self.analyse + self.insertion


@dataclass(frozen=True)
class Importation:
    """What an import costs, over all its passages. `seconde`: the same file again, which has no target."""

    nom: str
    passages: tuple[Passage, ...]
    seconde: bool = False

    @property
    def plafond(self) -> float | None:
        return None if self.seconde else PLAFOND

    @property
    def durees(self) -> list[Duree]:
        return [p.seconde if self.seconde else p.premiere for p in self.passages]

    @property
    def multiple(self) -> Mediane:
        """The figure that the target is about."""
        return rapport([d.processeur for d in self.durees], [p.reference.processeur for p in self.passages])

    @property
    def multiple_ecoule(self) -> Mediane:
        """The same by the clock."""
        return rapport([d.ecoulee for d in self.durees], [p.reference.ecoulee for p in self.passages])

    @property
    def tenu(self) -> bool:
        return tenu(self.multiple.valeur, self.plafond)


def comparer(dossier: Path, passages: int, dire: Callable[[int], None]) -> list[Importation]:
    """Import both exports so many times in a folder. Raises MesureImpossible when an import does something else."""
    exports = registre.fabriquer(dossier)
    modele = dossier / "modele.sqlite3"
    preparer(modele)
    csv_, xml = [], []
    for numero in range(1, passages + 1):
        dire(numero)
        csv_.append(_passer(dossier, modele, exports.csv, analyser_csv))
        xml.append(_passer(dossier, modele, exports.xml, analyser_xml))
    return [
        Importation(nom, tuple(mesures), seconde)
        for nom, mesures, seconde in (
            ("import CSV", csv_, False), ("import XML", xml, False),
            ("import CSV, rien de changé", csv_, True), ("import XML, rien de changé", xml, True),
        )
    ]  # fmt: skip


def analyser_csv(fichier: Path) -> None:
    """Parse a CSV zip, and nothing else."""
    with zipfile.ZipFile(fichier) as archive:
        for membre in archive.infolist():
            with archive.open(membre) as flux, io.TextIOWrapper(flux, "utf-8-sig", newline="") as texte:
                for _ in csv.reader(texte, delimiter=";"):
                    pass


def analyser_xml(fichier: Path) -> None:
    """Parse an XML export fiche by fiche, and nothing else."""
    for _, element in etree.iterparse(fichier, tag="FICHE"):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def inserer(base: Path, modele: Path) -> Duree:
    """Insert in a base the rows that another holds, and nothing else; the rows are read before the clock starts."""
    with closing(sqlite.connect(base)) as pleine:
        lignes = {table: pleine.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}  # noqa: S608
    with closing(sqlite.connect(modele, isolation_level=None)) as vide:
        for reglage in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            vide.execute(f"PRAGMA {reglage}")
        for table in ("code_certification", *reversed(TABLES)):
            vide.execute(f"DELETE FROM {table}")  # noqa: S608 - one of ours

        def ecrire() -> None:
            vide.execute("BEGIN IMMEDIATE")
            for table, siennes in lignes.items():
                places = ", ".join("?" * len(siennes[0]))
                vide.executemany(f"INSERT INTO {table} VALUES ({places})", siennes)  # noqa: S608 - one of ours
            vide.execute("COMMIT")

        return chronometrer(ecrire)


def importer(base: Path, fichier: Path, nouvelles: int, inchangees: int) -> Duree:
    """Import an export, and check that it did what is measured. Raises MesureImpossible."""
    rapports: list[Any] = []
    duree = chronometrer(lambda: rapports.extend(registre.importer(f"sqlite:///{base}", fichier)))
    (lu,) = rapports
    # The records of the demonstration are changed, not new.
    if (lu.nouvelles + lu.changees, lu.inchangees, lu.refusees) != (nouvelles, inchangees, 0):
        raise MesureImpossible(repr(lu)[:500])
    return duree


def chronometrer(faire: Callable[[], object]) -> Duree:
    """Say how long this process takes to do something."""
    debut = time.process_time(), time.perf_counter()
    faire()
    return Duree(time.process_time() - debut[0], time.perf_counter() - debut[1])


def _passer(dossier: Path, modele: Path, fichier: Path, analyser: Callable[[Path], None]) -> Passage:
    base, autre = dossier / "base.sqlite3", dossier / "reference.sqlite3"
    copier(modele, base)
    copier(modele, autre)
    return Passage(
        analyse=_a_part(_analyser, analyser, fichier),
        premiere=_a_part(importer, base, fichier, registre.NOMBRE, 0),
        insertion=_a_part(inserer, base, autre),
        seconde=_a_part(importer, base, fichier, 0, registre.NOMBRE),
    )


def _analyser(analyser: Callable[[Path], None], fichier: Path) -> Duree:
    return chronometrer(lambda: analyser(fichier))


def _a_part(mesurer: Callable[..., Duree], *arguments: Any) -> Duree:
    """Measure in a new process, which ends with it."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as ouvrier:
        return ouvrier.submit(mesurer, *arguments).result()


def preparer(modele: Path) -> None:
    """Make a base as a new installation has it, with an organisation that is among the partners."""
    url = f"sqlite:///{modele}"
    database.migrer(url)
    base = database.ouvrir(url)
    with base.ecriture() as cnx:
        registre_local.amorcer(cnx)
        comptes.creer_organisme(cnx, "Formation Alpha", registre.SIRET)
    base.fermer()


def copier(modele: Path, base: Path) -> None:
    """Give a new base; SQLite's other two files went when the model was closed."""
    for fin in ("-wal", "-shm"):
        base.with_name(base.name + fin).unlink(missing_ok=True)
    shutil.copy(modele, base)
