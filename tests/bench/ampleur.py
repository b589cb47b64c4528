"""What the size of the database costs: the same reads in a base of a thousand formations and in a bigger one.

Each read is asked of the two bases in turn, by the way a page reads (what a thread keeps on SQLite, the ordinary door
on PostgreSQL). The bases are those of `peuplement`: 1,000 formations in one organisation, against 20,000 in each.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from steps.gherkin.typographie import dire
from tests.bases import ouverte
from tests.bench.mesure import Mediane, MesureImpossible, rapport, tenu
from tests.bench.peuplement import Taille, base_de
from webapp.domain.comptes import Organisme
from webapp.persistence.database import BaseDeDonnees
from webapp.persistence.tables import formation
from webapp.services import arbre, catalogue, comptes, controle
from webapp.services.catalogue import Filtre

PLAFOND = 1.5
MOTEURS = ("sqlite", "postgresql")
PETITE = Taille(1, 1_000)
MOYENNE = Taille(1, 20_000)
MILLION = Taille(50, 20_000)
TOURS = 7
LECTURES = 40
LE = date(2026, 11, 26)


@dataclass(frozen=True)
class Lecture:
    """One read: what it is called, what it asks of an organisation at a rank, and how many lines it must give."""

    nom: str
    demander: Callable[[Lieu, int], int]
    lignes: int | None = None


@dataclass(frozen=True)
class Lieu:
    """Where one reads: a base, an organisation of it, some of its formations."""

    base: BaseDeDonnees
    organisme: Organisme
    formations: tuple[UUID, ...]

    def chercher(self, mots: str) -> int:
        """Give how many cards a search shows."""
        return len(catalogue.lister(self.base.lecture_du_fil, self.organisme, Filtre(mots)).lignes)


@dataclass(frozen=True)
class Comparaison:
    """A read in both bases: seconds of each, round by round. Without a ceiling, it is measured to be known."""

    nom: str
    moteur: str
    petite: tuple[float, ...]
    grande: tuple[float, ...]
    plafond: float | None = PLAFOND

    @property
    def multiple(self) -> Mediane:
        """What the bigger base costs of the smaller one."""
        return rapport(self.grande, self.petite)

    @property
    def tenu(self) -> bool:
        """Whether the target is met."""
        return tenu(self.multiple.valeur, self.plafond)


def _page(lieu: Lieu, _rang: int) -> int:
    return lieu.chercher("")


def _arbre(lieu: Lieu, rang: int) -> int:
    id_ = lieu.formations[rang % len(lieu.formations)]
    return len(arbre.ouvrir(lieu.base.lecture_du_fil, lieu.organisme, id_).actions)


def _controle(lieu: Lieu, rang: int) -> int:
    id_ = lieu.formations[rang % len(lieu.formations)]
    controle.de_la_formation(lieu.base.lecture_du_fil, lieu.organisme, id_, LE)
    return 1


LECTURES_COMPAREES = (
    Lecture(dire("page du catalogue"), _page, 20),
    Lecture(dire("recherche d'un mot que rien ne porte"), lambda lieu, _: lieu.chercher("introuvable"), 0),
    Lecture(dire("recherche d'un identifiant"), lambda lieu, rang: lieu.chercher(f"clea_{rang * 7 % 700 + 7:07d}")),
    Lecture(dire("recherche d'un mot partout"), lambda lieu, _: lieu.chercher("socle"), 20),
    Lecture(dire("recherche de deux mots"), lambda lieu, _: lieu.chercher("mathématique équipe"), 0),
    Lecture(dire("arbre d'une formation"), _arbre, 3),
    Lecture(dire("« Contrôle » d'une formation"), _controle, 1),
)
# The half of the catalogue that was saved first: the way that is shortest for a rare word, and for one that all have,
# is not for this one.
ANCIENNES = Lecture(
    dire("recherche d'un mot de la moitié la plus ancienne"), lambda lieu, _: lieu.chercher("clea_0000")
)


def comparer(grande: Taille, dossier: Path, progresser: Callable[[str], None]) -> Iterator[Comparaison]:
    """Compare each read, on both databases."""
    for moteur in MOTEURS:
        with (
            base_de(moteur, PETITE, dossier, progresser) as url_petite,
            base_de(moteur, grande, dossier, progresser) as url_grande,
            ouverte(url_petite) as petite,
            ouverte(url_grande) as autre,
        ):
            lieux = (_lieu(petite, PETITE), _lieu(autre, grande))
            progresser(dire("{moteur} : lectures…", moteur=moteur))
            for lecture in LECTURES_COMPAREES:
                yield Comparaison(lecture.nom, moteur, *_mesurer(lecture, lieux))
            yield Comparaison(ANCIENNES.nom, moteur, *_mesurer(ANCIENNES, lieux), None)


def _lieu(base: BaseDeDonnees, taille: Taille) -> Lieu:
    """Choose an organisation in the middle of the base, and formations throughout its catalogue."""
    with base.lecture() as cnx:
        qui = sorted(cnx.execute(select(formation.c.organisme_id).distinct()).scalars(), key=str)[
            taille.organismes // 2
        ]
        organisme = comptes.organisme(cnx, qui)
        siennes = select(formation.c.id).where(formation.c.organisme_id == qui)
        ids = cnx.execute(siennes.order_by(formation.c.rang).limit(taille.formations)).scalars().all()
        nombre = cnx.scalar(select(func.count()).select_from(siennes.subquery()))
    if nombre != taille.formations:
        raise MesureImpossible(f"{nombre} / {taille.formations}")
    return Lieu(base, organisme, tuple(ids[:: max(1, len(ids) // 200)]))


def _mesurer(lecture: Lecture, lieux: Sequence[Lieu]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    for lieu in lieux:
        for rang in range(LECTURES):
            lignes = lecture.demander(lieu, rang)
            if lecture.lignes is not None and lignes != lecture.lignes:
                raise MesureImpossible(f"{lecture.nom} : {lignes}")
    tours = [[_duree(lecture, lieu) for lieu in lieux] for _ in range(TOURS)]
    petites, grandes = zip(*tours, strict=True)
    return petites, grandes


def _duree(lecture: Lecture, lieu: Lieu) -> float:
    """Give the median of several reads, in seconds."""
    durees = []
    for rang in range(LECTURES):
        debut = time.perf_counter()
        lecture.demander(lieu, rang)
        durees.append(time.perf_counter() - debut)
    return statistics.median(durees)
