"""An export for the portal: what was asked, what its file holds, what stays out of it and why, what became of it.

Knows nothing of the file itself, nor of how it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from webapp.domain.champs import Niveau
from webapp.domain.moments import PARIS
from webapp.domain.refus import RefusMetier
from webapp.domain.textes import dire, fr, pluriel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from webapp.domain.champs import Champ


class Quoi(StrEnum):
    """Which formations an export looks at."""

    TOUT = "tout"
    CHOIX = "choix"
    """Those that were chosen one by one."""
    CHANGE = "change"
    """Those whose content is not, word for word, that of the files given to the portal."""


TITRES: Mapping[Quoi, str] = MappingProxyType(
    {
        Quoi.TOUT: fr("Exporter pour EDOF : tout le catalogue"),
        Quoi.CHOIX: fr("Exporter pour EDOF : une sélection"),
        Quoi.CHANGE: fr("Exporter pour EDOF : ce qui a changé"),
    }
)
JOURS: tuple[int, ...] = (7, 30, 90, 365)
"""How long a file may be kept, in days."""
JOURS_PAR_DEFAUT = 30

TAILLE_MORCEAU = 1 << 18
"""Bytes of the file in each piece that is kept, but the last: what is in memory when it is given."""

COMPTE_RENDU_MAX = 2_000_000
"""Characters of a « compte-rendu d'intégration » that is pasted: several lines for each of 4 000 offers."""

COMPTE_RENDU_OCTETS = 8 * COMPTE_RENDU_MAX
"""Bytes of such a text as a form sends it: six for a letter with an accent or the end of a line, and some beyond."""

SIGNES_MAX = 300
"""Different characters that an export names: beyond, each still keeps its offer out or waits to be accepted."""

ARCHIVEE = "Archivée depuis."
SUPPRIMEE = "Supprimée depuis."
INCHANGEE = fr("Redevenue ce que dit le fichier déposé.")

CORRIGER = fr("Corrigez-le, puis refaites l'export.")


class ExportRefuse(RefusMetier):
    """What was asked of an export cannot be; the message says why."""


class FichierExpire(RefusMetier):
    """The file of an export is kept no more."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(fr("Ce fichier n'est plus gardé : refaites l'export."))


class FichierPasFait(RefusMetier):
    """The file of an export is not made: not yet, or never."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(fr("Ce fichier n'est pas fait : la page de l'export dit où il en est."))


@dataclass(frozen=True, slots=True)
class Motif:
    """One reason: what is said, and where it is corrected; `suites` are the fields to correct there.

    `champ` is a field of the object, by its name; empty for the object as a whole. `nom` says which object, in words.
    """

    message: str
    niveau: Niveau
    id: UUID
    champ: str = ""
    nom: str = ""
    suites: tuple[Motif, ...] = ()


@dataclass(frozen=True, slots=True)
class Ecartee:
    """A formation that stays out of the file, or of which something does (`partielle`), and why."""

    id: UUID
    identifiant: str
    intitule: str
    motifs: tuple[Motif, ...]
    partielle: bool = False

    @property
    def raisons(self) -> tuple[str, ...]:
        """What is said of it, in sentences."""
        return tuple(motif.message for motif in self.motifs)


class Sens(StrEnum):
    """How what an export holds differs from what was read of it before: a formation more, one fewer, other words."""

    ENTREE = "entree"
    SORTIE = "sortie"
    CHANGEE = "changee"


@dataclass(frozen=True, slots=True)
class Ecart:
    """A formation that an export holds otherwise than what was read; what became of it, where it no longer goes out.

    `la`: the catalogue still had it when the file was made. `dit` or `motifs` say why it stays out.
    """

    sens: Sens
    id: UUID
    identifiant: str
    intitule: str
    la: bool = True
    dit: str = ""
    motifs: tuple[Motif, ...] = ()


@dataclass(frozen=True, slots=True)
class Ecarts:
    """All that differs between what was read of an export and what it holds: how many, and the first of each."""

    sorties: int = 0
    entrees: int = 0
    changees: int = 0
    dits: tuple[Ecart, ...] = ()

    @property
    def phrase(self) -> str:
        """Say it in a sentence; empty when nothing differs."""
        sortes = (
            (self.sorties, "ne sort plus", "ne sortent plus"),
            (self.entrees, "sort en plus", "sortent en plus"),
            (self.changees, "sort avec un autre contenu", "sortent avec un autre contenu"),
        )
        dites = [(nombre, un, plusieurs) for nombre, un, plusieurs in sortes if nombre]
        if not dites:
            return ""
        nombre, un, plusieurs = dites[0]
        premiere = pluriel(nombre, f"formation {un}", f"formations {plusieurs}")
        suite = [pluriel(nombre, un, plusieurs) for nombre, un, plusieurs in dites[1:]]
        return dire("Ce qui sort a changé depuis l'aperçu : {sortes}.", sortes=", ".join([premiere, *suite]))


@dataclass(frozen=True, slots=True)
class Endroit:
    """Where a character stands: a formation by its identifier, the object there, its number, the field."""

    formation_id: UUID
    identifiant: str
    niveau: Niveau
    id: UUID
    numero: str
    champ: str
    libelle: str


@dataclass(frozen=True, slots=True)
class Signe:
    """A character that the file cannot carry: what stands for it (None: nothing), how often, where first.

    `fois` counts what is typed, `champs` the fields that hold it: what a contact or a place says counts once there,
    however many actions and sessions of the file write it again.
    """

    caractere: str
    remplacement: str | None
    fois: int
    endroits: tuple[Endroit, ...]
    champs: int = 0


@dataclass(frozen=True, slots=True)
class Export:
    """One export, beside the job that makes it, whose identity it bears.

    `formations`, `actions`, `sessions` count what is in the file; `ecartees` the formations that stay out, `partielles`
    those of which something does, `inchangees` those that were left because nothing changed in them. `signes`: what is
    to be accepted, then what was replaced. `depose_le`: when somebody said that the file was given to the portal.
    `ecarts`: what the file holds otherwise than what had been read before it was made.
    """

    id: UUID
    organisme_id: UUID
    quoi: Quoi
    format: str
    jours: int
    formations: int = 0
    actions: int = 0
    sessions: int = 0
    ecartees: int = 0
    partielles: int = 0
    inchangees: int = 0
    taille: int = 0
    empreinte: str = ""
    signes: tuple[Signe, ...] = field(default=())
    fini_le: datetime | None = None
    expire_le: datetime | None = None
    efface_le: datetime | None = None
    depose_le: datetime | None = None
    depose_par: str = ""
    accepte_le: datetime | None = None
    accepte_par: str = ""
    ecarts: Ecarts = Ecarts()

    @property
    def a_remplacer(self) -> tuple[Signe, ...]:
        """The characters for which something stands."""
        return tuple(signe for signe in self.signes if signe.remplacement is not None)

    @property
    def sans_remplacement(self) -> tuple[Signe, ...]:
        """Those for which nothing does: they keep their offers out."""
        return tuple(signe for signe in self.signes if signe.remplacement is None)

    def a_un_fichier(self, maintenant: datetime) -> bool:
        """Say whether its file can still be taken; one that was given to the portal is kept as long as it is told."""
        if self.fini_le is None or self.efface_le is not None:
            return False
        return self.depose_le is not None or self.expire_le is None or maintenant < self.expire_le

    def exiger_un_fichier(self, maintenant: datetime) -> None:
        """Raise FichierPasFait before its file is made, FichierExpire once it is kept no more."""
        if self.fini_le is None:
            raise FichierPasFait
        if not self.a_un_fichier(maintenant):
            raise FichierExpire

    @property
    def nom_du_fichier(self) -> str:
        """Give the name under which the file is taken: the hour is that of Paris, as the pages say it."""
        jour = "" if self.fini_le is None else f"-{self.fini_le.astimezone(PARIS):%Y%m%d-%H%M}"
        return f"edof{jour}.xml"


def expiration(fini_le: datetime, jours: int) -> datetime:
    """Give the moment after which a file is kept no more."""
    return fini_le + timedelta(days=jours)


def sans_remplacant(signe: str, nom: str) -> str:
    """Say that nothing stands for a character."""
    modele = "Le fichier ne peut pas porter le caractère « {signe} » ({nom}), et rien ne le remplace."
    return dire(modele, signe=signe, nom=nom)


def pas_accepte(signe: str, nom: str) -> str:
    """Say that nobody has accepted what would stand for a character."""
    modele = "Le remplacement du caractère « {signe} » ({nom}) n'a pas été accepté : refaites l'export pour le voir."
    return dire(modele, signe=signe, nom=nom)


def trop_long(nombre: int, champ: Champ) -> str:
    """Say that replacements alone make a text too long for its field."""
    modele = "Une fois remplacé, ce texte compterait {nombre} caractères : {max} au plus."
    return dire(modele, nombre=nombre, max=champ.longueur_max)
