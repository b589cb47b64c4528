"""« Publiable » or not, and why, of the formations that a page shows: what the judge says of each, remembered.

A page of the catalogue cannot judge twenty trees each time it is shown. Three statements tell what changes whenever the
answer may: the versions of what is judged, the contacts and places of the organisation, the registry, the date. A
process that has answered the same before need not judge again.
"""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.formation import Envoi
from webapp.domain.noeud import Depot, Noeud
from webapp.domain.publication import Raison, selon_les_statuts
from webapp.domain.statuts import Statut
from webapp.persistence import controle as pages
from webapp.persistence.controle import Faits
from webapp.persistence.database import memoire
from webapp.persistence.lecture import Lecture
from webapp.services import arbre, catalogue, controle, registre

RETENUES = 20_000
"""Answers that a process remembers, some 500 bytes each; it forgets them all when there would be more."""

MEMOIRE = "publications"
"""Under which they stand in the memory of the database."""

_Cle = tuple[object, ...]


def raisons(
    lecture: Lecture, organisme: Organisme, formations: Iterable[tuple[UUID, Statut]], le: date,
    *, depassees: Collection[UUID] = (),
) -> dict[UUID, Raison | None]:  # fmt: skip
    """Say why each of these formations is not « publiable » at a date: None for one that is; archived ones are absent.

    In: formations of the organisation, with their statuses; those whose certification may not be used at that date,
    which are to be corrected whatever else they lack. Three statements for what was answered before, none when
    no formation is « validée ».
    """
    demandees = dict(formations)
    dites: dict[UUID, Raison | None] = {
        id_: Raison.FORMATION_A_VALIDER for id_, statut in demandees.items() if statut is Statut.BROUILLON
    }
    validees = [id_ for id_, statut in demandees.items() if statut is Statut.VALIDEE]
    dites |= dict.fromkeys({*validees}.intersection(depassees), Raison.FORMATION_A_CORRIGER)
    validees = [id_ for id_ in validees if id_ not in dites]
    if not validees:
        return dites
    faits = pages.faits(lecture, organisme.id, validees)
    a_juger = []
    for un in faits:
        dites[un.id] = selon_les_statuts(
            Statut.VALIDEE, actions=un.actions, validees=un.validees, sessions_validees=un.action_id is not None
        )
        if dites[un.id] is None:
            a_juger.append(un)
    return dites | _jugees(lecture, organisme, a_juger, le)


def _jugees(lecture: Lecture, organisme: Organisme, faits: list[Faits], le: date) -> dict[UUID, Raison | None]:
    if not faits:
        return {}
    sessions = pages.premieres_sessions(
        lecture, organisme.id, [un.action_id for un in faits if un.action_id is not None]
    )
    commun = (pages.empreinte_de_l_annuaire(lecture, organisme.id), registre.charger(lecture).version, le, organisme)
    retenues: dict[_Cle, Raison | None] = memoire(lecture).setdefault(MEMOIRE, {})
    dites = {}
    for un in faits:
        session = None if un.action_id is None else sessions.get(un.action_id)
        cle: _Cle = (un.id, un.version, un.versions, un.action_id, session, commun)
        if cle not in retenues:
            raison = _juger(lecture, organisme, un.id, session, le)
            if len(retenues) >= RETENUES:
                retenues.clear()
            retenues[cle] = raison
        dites[un.id] = retenues[cle]
    return dites


def _juger(
    lecture: Lecture, organisme: Organisme, id: UUID, session: tuple[UUID, int] | None, le: date
) -> Raison | None:
    """Ask the judge: of one action and one session, which nearly always do, before the whole tree."""
    formation = catalogue.ouvrir(lecture, organisme, id)
    envoi = Envoi(formation.id, formation.version, formation.fiche)
    if not catalogue.diagnostiquer(lecture, organisme, envoi, le, formation).validable:
        return Raison.FORMATION_A_CORRIGER
    if session is not None:
        une = arbre.ouvrir_noeud(lecture, organisme, Niveau.SESSION, session[0])
        la_sienne = arbre.ouvrir_noeud(lecture, organisme, Niveau.ACTION, une.parent_id)
        if all(_valide(lecture, organisme, noeud, le) for noeud in (la_sienne, une)):
            return None
    return controle.de_la_formation(lecture, organisme, id, le).raison


def _valide(lecture: Lecture, organisme: Organisme, noeud: Noeud, le: date) -> bool:
    depot = Depot(noeud.id, noeud.version, noeud.fiche, noeud.parent_id)
    return arbre.diagnostiquer(lecture, organisme, depot, le).validable
