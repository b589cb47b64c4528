"""What is kept for a time and whose time is over, of all organisations: erased by the process of jobs, at its own pace.

An export or an import that is asked for erases what is over too, and does not wait for this.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic

from webapp.domain.moments import moment_de
from webapp.persistence import exports_edof, imports_edof
from webapp.persistence.database import BaseDeDonnees
from webapp.services import marche

RYTHME = 600.0
"""Seconds between two looks."""


@dataclass
class Menage:
    """Erases what is over of a base, once in a while. `_vu`: when it last looked, by a clock that no date moves."""

    base: BaseDeDonnees
    _vu: float | None = field(default=None)

    def a_son_heure(self) -> None:
        """Erase what is over, unless that was done a short time ago. Raises what the base raises when it cannot."""
        debut = monotonic()
        if self._vu is not None and debut - self._vu < RYTHME:
            return
        effacer(self.base, datetime.now(UTC))
        self._vu = debut


def effacer(base: BaseDeDonnees, maintenant: datetime) -> None:
    """Erase the files of exports and imports whose time is over at a real moment, one transaction for each."""
    with base.lecture() as cnx:
        gardes = exports_edof.gardes_pour_un_temps(cnx)
        oubliables = imports_edof.a_oublier(cnx, maintenant)
    for organisme_id, id_, expire_le, jour in gardes:
        # Its time is counted from the day at which it was asked for.
        moment = moment_de(maintenant, jour)
        if expire_le < moment:
            with base.ecriture() as cnx:
                if all(un.id != id_ for un in marche.reference(cnx, organisme_id)):
                    exports_edof.effacer_un(cnx, organisme_id, id_, moment)
    for organisme_id, tache_id in oubliables:
        with base.ecriture() as cnx:
            imports_edof.oublier(cnx, maintenant, (organisme_id, tache_id))
