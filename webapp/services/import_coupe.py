"""Imports that a command was doing, and does no more: killed, it has changed nothing, and tells nobody.

The process of jobs finds it out, since nobody gives a sign of them; so does the next command, where no such process
runs. Nobody can go on with them: a command that is gone may change nothing.
"""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Connection

from webapp.domain.comptes import LIGNE_DE_COMMANDE, Organisme
from webapp.domain.moments import moment_de
from webapp.domain.taches import EtatTache, Tache
from webapp.domain.textes import fr
from webapp.persistence import imports_edof, taches
from webapp.persistence.lecture import Lecture
from webapp.services.taches import interrompue

COUPEE = fr("La commande qui importait s'est arrêtée avant sa fin : rien n'est importé. Relancez-la.")
VUES = 200
"""Jobs looked at, at most, to find those of commands."""


def de_commandes(lecture: Lecture, organisme: Organisme) -> list[Tache]:
    """List the imports of an organisation that a command does, or was doing."""
    return [une for une in taches.a_faire(lecture, VUES) if une.organisme_id == organisme.id and de_commande(une)]


def de_commande(tache: Tache) -> bool:
    """Say whether a command asked for a job."""
    return tache.utilisateur_id == LIGNE_DE_COMMANDE


def clore(cnx: Connection, vue: Tache) -> bool:
    """Stop a job that has given no sign since it was seen, BAIL seconds ago; False when somebody does it."""
    if taches.prendre(cnx, vue, uuid4()):
        lue = taches.par_id(cnx, vue.organisme_id, vue.id, verrou=True)
        assert lue is not None  # noqa: S101 - just taken
        close = interrompue(lue, moment_de(datetime.now(UTC), lue.jour), COUPEE)
        taches.remplacer(cnx, replace(close, battement=lue.battement + 1))
        return True
    lue = taches.par_id(cnx, vue.organisme_id, vue.id)
    return lue is None or not lue.active


def oublier(cnx: Connection, tache: Tache) -> None:
    """Keep nothing of an import that is cut short: its file, its preview and its job go, unless it is done."""
    lue = taches.par_id(cnx, tache.organisme_id, tache.id, verrou=True)
    if lue is not None and lue.etat is not EtatTache.TERMINEE:
        imports_edof.retirer(cnx, lue.organisme_id, lue.id)
