"""One part of a job, whatever it does: the same change for many objects, an import, the undoing of either."""

from sqlalchemy import Connection

from webapp.domain.formation import Acte
from webapp.domain.taches import Genre, Tache
from webapp.persistence.lecture import Lecture
from webapp.services import lots, tache_import
from webapp.services.lots import Part
from webapp.services.tache_import import ApercuDepasse, revoir

__all__ = ["ApercuDepasse", "avancer", "exiger_lancable", "revoir"]


def exiger_lancable(lecture: Lecture, tache: Tache) -> None:
    """Raise ImportExpire when a job that was prepared can be launched no more."""
    if tache.genre is Genre.IMPORT:
        tache_import.exiger_garde(lecture, tache)


def avancer(cnx: Connection, acte: Acte, tache: Tache, part: Part) -> Tache:
    """Do one part of a job that this transaction holds locked; give the job as it now is, for the caller to write.

    Raises ApercuDepasse, of a part that no answer does: the transaction is given up, then `revoir` is asked.
    """
    if tache.genre is Genre.IMPORT or tache.changement is None:
        return tache_import.avancer(cnx, acte, tache, part)
    return lots.avancer(cnx, acte, tache, part)
