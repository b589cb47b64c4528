"""How far the drafts that a page shows are from being « validées »: what the judge says of each, remembered.

What is typed changes the version of a formation; the registry and the date have their own marks. A process that has
judged the same before need not judge again. Whether another VAE « validée » has taken the same catégorisation is known
when the form is open: it is no part of what is remembered here longer than the version lives.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from webapp.domain.completude import Completude
from webapp.domain.comptes import Organisme
from webapp.domain.formation import Envoi
from webapp.persistence import formations
from webapp.persistence.database import memoire
from webapp.persistence.lecture import Lecture
from webapp.services import catalogue, registre

RETENUES = 20_000
"""Answers that a process remembers, some 300 bytes each; it forgets them all when there would be more."""

MEMOIRE = "completudes"
"""Under which they stand in the memory of the database."""

_Cle = tuple[object, ...]


def completudes(
    lecture: Lecture, organisme: Organisme, brouillons: Iterable[tuple[UUID, int]], le: date
) -> dict[UUID, Completude]:
    """Say how far each of these drafts of an organisation is at a date.

    In: their ids and their versions. No statement for what was answered before.
    """
    commun = (organisme.id, registre.charger(lecture).version, le)
    retenues: dict[_Cle, Completude] = memoire(lecture).setdefault(MEMOIRE, {})
    cles: dict[UUID, _Cle] = {id_: (id_, version, commun) for id_, version in brouillons}
    inconnues = [id_ for id_, cle in cles.items() if cle not in retenues]
    if not inconnues:
        return {id_: retenues[cle] for id_, cle in cles.items()}
    dites = {id_: retenues[cle] for id_, cle in cles.items() if cle in retenues}
    if len(retenues) + len(inconnues) > RETENUES:
        retenues.clear()
    for id_, formation in formations.par_ids(lecture, organisme.id, inconnues).items():
        envoi = Envoi(id_, formation.version, formation.fiche)
        diagnostic = catalogue.diagnostiquer(lecture, organisme, envoi, le, formation)
        dites[id_] = retenues[id_, formation.version, commun] = Completude.de(formation.fiche, diagnostic)
    return dites
