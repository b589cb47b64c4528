"""Doing the jobs: which one, by whom, one part at a time, whatever falls meanwhile.

Who does a job holds it by a lease, of which it gives a sign with each part: a number that grows, in the same
transaction as what it has done. Another takes the job when it has seen no sign for BAIL seconds of its own clock, which
no change of date moves, nor that of another machine. Should both be there, the first part that either does tells the
other that the job is no longer its own: the lease decides who works, the transaction that nothing is done twice.
"""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from webapp.domain.comptes import Droit
from webapp.domain.formation import Acte
from webapp.domain.moments import jour_de, moment_de
from webapp.domain.refus import BaseIndisponible
from webapp.domain.taches import BAIL, ECHECS_MAX, PART_MAX, Genre, Tache
from webapp.domain.textes import fr
from webapp.persistence import comptes, taches
from webapp.persistence.database import BaseDeDonnees
from webapp.services import avancement, exportation
from webapp.services.avancement import ApercuDepasse
from webapp.services.import_coupe import COUPEE, de_commande
from webapp.services.lots import Part
from webapp.services.marche import Marches
from webapp.services.taches import interrompue

DUREE_D_UNE_PART = 0.005
"""Seconds after which a part takes no new handful. SQLite lets one write at a time: others wait for it."""

DUREE_D_UNE_LECTURE = 0.05
"""Seconds after which an export takes no new handful. It reads beside the others, who do not wait for it to write."""

VUES = 200
"""Jobs looked at, at most, to find those that can be done."""

PARTIE = fr("La personne qui l'a demandée ne peut plus changer le catalogue.")
EN_PANNE = fr("Une erreur est survenue de notre côté. Ce qui est fait est gardé, et peut être annulé.")
_journal = logging.getLogger(__name__)


@dataclass
class Travailleur:
    """Does the jobs of a base. `porteur` names it: who starts again under the same name goes on with what it held."""

    base: BaseDeDonnees
    porteur: UUID
    horloge: Callable[[], float] = monotonic
    duree: float = DUREE_D_UNE_PART
    lecture: float = DUREE_D_UNE_LECTURE
    _signes: dict[UUID, tuple[int, float]] = field(default_factory=dict)
    _marches: Marches = field(init=False)

    def __post_init__(self) -> None:
        """Begin without any walk under way."""
        self._marches = Marches(self._ouvrir)

    def tour(self) -> bool:
        """Do one part of each job that can be done; say whether there was any.

        Of an organisation, the oldest alone: its jobs are done in the order in which they were asked for. Raises what
        the base raises when it cannot be read or written.
        """
        faites = 0
        for tache in self._premieres():
            if self._prendre(tache):
                faites += self._une_part(tache)
        return faites > 0

    def _premieres(self) -> list[Tache]:
        with self.base.lecture() as cnx:
            vues = taches.a_faire(cnx, VUES)
        self._marches.garder({tache.id for tache in vues})
        self._signes = {id_: signe for id_, signe in self._signes.items() if any(t.id == id_ for t in vues)}
        premieres: dict[UUID, Tache] = {}
        for tache in vues:
            premieres.setdefault(tache.organisme_id, tache)
        return list(premieres.values())

    def _prendre(self, tache: Tache) -> bool:
        """Say whether a job is ours to do: it was, or nobody does it, or whoever did has given no sign for long."""
        if tache.porteur == self.porteur:
            return True
        if tache.porteur is not None and not self._sans_signe(tache):
            return False
        with self.base.ecriture() as cnx:
            return taches.prendre(cnx, tache, self.porteur)

    def _sans_signe(self, tache: Tache) -> bool:
        maintenant = self.horloge()
        battement, depuis = self._signes.get(tache.id, (None, maintenant))
        if battement != tache.battement:
            self._signes[tache.id] = (tache.battement, maintenant)
            return False
        return maintenant - depuis >= BAIL

    def _une_part(self, vue: Tache) -> bool:
        try:
            return self._exporter(vue) if vue.genre is Genre.EXPORT else self._faire(vue)
        except (OperationalError, BaseIndisponible):
            # Nothing of this job: the base is busy, full, or gone. Whoever runs this waits, and begins again.
            raise
        except Exception as panne:  # noqa: BLE001 - whatever a job meets, the others go on
            return self._echouer(vue, panne)

    def _faire(self, vue: Tache) -> bool:
        """Do a part, in one transaction with its progress; False when the job is no longer ours."""
        try:
            return self._avancer(vue)
        except ApercuDepasse:
            with self.base.ecriture() as cnx:
                tache = self._encore_a_soi(cnx, vue)
                if tache is None:
                    return False
                taches.remplacer(cnx, replace(avancement.revoir(cnx, tache), battement=tache.battement + 1, echecs=0))
            return True

    def _avancer(self, vue: Tache) -> bool:
        with self.base.ecriture() as cnx:
            tache = self._encore_a_soi(cnx, vue)
            if tache is None:
                return False
            acte = _acte(cnx, tache)
            if acte is None:
                apres = interrompue(tache, _maintenant(tache), COUPEE if de_commande(tache) else PARTIE)
            else:
                apres = avancement.avancer(cnx, acte, tache, Part(PART_MAX, monotonic() + self.duree))
            taches.remplacer(cnx, replace(apres, battement=tache.battement + 1, echecs=0))
        return True

    def _exporter(self, vue: Tache) -> bool:
        """Read on for an export, then keep what was gathered; nobody waits to write while it reads."""
        fin = monotonic() + self.lecture
        recolte = self._marches.recolter(vue, lambda lecture: exportation.commencer(lecture, vue), PART_MAX, fin)
        if recolte is None:
            return False
        with self.base.ecriture() as cnx:
            tache = self._encore_a_soi(cnx, vue)
            if tache is None:
                self._marches.oublier(vue.id)
                return False
            acte = _acte(cnx, tache)
            if acte is None:
                apres = exportation.interrompre(cnx, interrompue(tache, _maintenant(tache), PARTIE))
            else:
                apres = exportation.ranger(cnx, acte, tache, recolte)
            taches.remplacer(cnx, replace(apres, battement=tache.battement + 1, echecs=0))
        self._marches.gardee(vue.id)
        if apres.etat is not vue.etat:
            self._marches.oublier(vue.id)
        return True

    def _ouvrir(self, pile: ExitStack) -> Connection:
        return pile.enter_context(self.base.lecture())

    def _echouer(self, vue: Tache, panne: Exception) -> bool:
        """Count a failure; give the job up when it does nothing but fail."""
        _journal.error("La tâche %s a échoué.", vue.id, exc_info=panne)
        self._marches.oublier(vue.id)
        with self.base.ecriture() as cnx:
            tache = self._encore_a_soi(cnx, vue)
            if tache is None:
                return False
            echecs = tache.echecs + 1
            apres = tache if echecs < ECHECS_MAX else interrompue(tache, _maintenant(tache), EN_PANNE)
            if tache.genre is Genre.EXPORT and not apres.active:
                exportation.interrompre(cnx, apres)
            taches.remplacer(cnx, replace(apres, echecs=echecs, battement=tache.battement + 1))
        return True

    def _encore_a_soi(self, cnx: Connection, vue: Tache) -> Tache | None:
        """Lock a job and read it again: None when it is no longer ours, or no longer to be done."""
        tache = taches.par_id(cnx, vue.organisme_id, vue.id, verrou=True)
        return tache if tache is not None and tache.tenue_par(self.porteur) else None


def _acte(cnx: Connection, tache: Tache) -> Acte | None:
    """Give who acts, at which moment; None when whoever asked may no longer change the catalogue."""
    compte = comptes.compte_par_id(cnx, tache.utilisateur_id)
    if compte is None or not compte.actif or not compte.utilisateur.peut(Droit.GERER_CATALOGUE):
        return None
    if compte.utilisateur.organisme.id != tache.organisme_id:
        return None
    return Acte(compte.utilisateur, jour_de(datetime.now(UTC), tache.jour), _maintenant(tache))


def _maintenant(tache: Tache) -> datetime:
    return moment_de(datetime.now(UTC), tache.jour)
