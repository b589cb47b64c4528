"""What bringing a file in writes, a handful of formations at a time, and what is said of each object."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.formation import Formation
from webapp.domain.imports import Apercu, Trace
from webapp.domain.noeud import Noeud
from webapp.edof.ecriture import Ecrits as Rendus
from webapp.persistence import formations, traces_edof
from webapp.persistence.noeuds import ACTIONS, SESSIONS, Noeuds

Titulaires = dict[str, tuple[UUID, str] | None]
"""Who has each catégorisation: the id and the identifier of a VAE « validée », or None."""

RANGEMENTS: Mapping[Niveau, Noeuds] = {Niveau.ACTION: ACTIONS, Niveau.SESSION: SESSIONS}


@dataclass(frozen=True, slots=True)
class Passe:
    """What became of one object of a file: its id, the version that was seen (0: none), the one that it now has.

    `avant` is what undoing it takes.
    """

    apercu: Apercu
    id: UUID
    version_vue: int
    version_faite: int
    avant: dict[str, object] | None = None


@dataclass
class Ecrits:
    """What a handful of formations is to write, all at once at its end.

    `rendus`: contacts and places as a file has them, once each.
    """

    cnx: Connection
    organisme_id: UUID
    traces: dict[UUID, Trace]
    formations: list[tuple[Formation | None, Formation]] = field(default_factory=list)
    noeuds: dict[Niveau, list[tuple[Noeud | None, Noeud]]] = field(
        default_factory=lambda: {Niveau.ACTION: [], Niveau.SESSION: []}
    )
    posees: list[traces_edof.Posee] = field(default_factory=list)
    rendus: Rendus = field(default_factory=dict)

    def cites(self) -> set[str]:
        """Give the ids of the contacts and places that actions and sessions refer to, of those that change."""
        changes = (apres for paires in self.noeuds.values() for avant, apres in paires if avant is not apres)
        return {id_ for noeud in changes for _, id_ in noeud.fiche.references()}

    def ecrire(self) -> None:
        """Write, from the formations down; a new one may have the catégorisation that a changed one gives up."""
        for avant, apres in self.formations:
            if avant is not None and avant is not apres:
                formations.remplacer(self.cnx, avant, apres)
        formations.ajouter_en_nombre(self.cnx, [apres for avant, apres in self.formations if avant is None])
        for niveau, rangement in RANGEMENTS.items():
            rangement.ajouter_en_nombre(self.cnx, [apres for avant, apres in self.noeuds[niveau] if avant is None])
            for avant_n, apres_n in self.noeuds[niveau]:
                if avant_n is not None and avant_n is not apres_n:
                    rangement.remplacer(self.cnx, avant_n, apres_n)
        traces_edof.poser(self.cnx, self.organisme_id, self.posees, self.traces)
