"""« Contrôle »: all that is said of a formation with its tree, and of a whole catalogue, a few formations at a time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from webapp.domain.comptes import Organisme
from webapp.domain.controle_arbre import ControleArbre, conseiller_formation, controler_arbre
from webapp.domain.diagnostic import Anomalie
from webapp.domain.fiche import FicheFormation
from webapp.domain.formation import Envoi, Formation
from webapp.domain.noeud import Noeud
from webapp.domain.regles import Contexte
from webapp.persistence import controle as pages
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ACTIONS, SESSIONS
from webapp.services import autour, catalogue
from webapp.services.pages import Curseur

FORMATIONS_LUES = 50
"""Formations of a catalogue that are read at once."""

SESSIONS_LUES = 5_000
"""Sessions that are read at once, at most; those of one formation are judged together, however many there are."""

_Sessions = dict[UUID, list[Noeud]]


@dataclass(frozen=True, slots=True)
class Controlee:
    """One formation of the catalogue, where it stands there, and all that is said of it and of its tree.

    `actions`, and `sessions` by the ids of their actions: its tree as it was judged, archived ones included; `autour`:
    what was known around, its contacts and places among others. `objets` counts what was judged for it.
    """

    place: Curseur
    formation: Formation
    controle: ControleArbre
    actions: Sequence[Noeud] = field(compare=False)
    sessions: Mapping[UUID, Sequence[Noeud]] = field(compare=False)
    autour: Contexte = field(compare=False)

    @property
    def objets(self) -> int:
        """How many objects were judged for it: itself, its actions, its sessions."""
        return 1 + len(self.actions) + sum(len(self.sessions.get(action.id, ())) for action in self.actions)


def conseils(lecture: Lecture, organisme: Organisme, fiche: FicheFormation, le: date) -> tuple[Anomalie, ...]:
    """Say what could be better in a formation as it is typed; nothing of it forbids anything."""
    seule = autour.de_la_formation(lecture, autour.organisme(organisme, le), fiche)
    return conseiller_formation(fiche, seule)


def de_la_formation(lecture: Lecture, organisme: Organisme, formation_id: UUID, le: date) -> ControleArbre:
    """Judge a formation with all that it holds. Raises Introuvable."""
    return _entiere(lecture, organisme, catalogue.ouvrir(lecture, organisme, formation_id), le)


def si_peu(
    lecture: Lecture, organisme: Organisme, formation: Formation, le: date, sessions_max: int
) -> ControleArbre | None:
    """Judge a formation that was just read with all that it holds; None when it holds more sessions than that."""
    if pages.a_plus_de_sessions(lecture, organisme.id, formation.id, sessions_max):
        return None
    return _entiere(lecture, organisme, formation, le)


def _entiere(lecture: Lecture, organisme: Organisme, formation: Formation, le: date) -> ControleArbre:
    actions = ACTIONS.du_parent(lecture, organisme.id, formation.id)
    sessions = SESSIONS.de_la_formation(lecture, organisme.id, formation.id) if actions else {}
    # Habits are those of actions: where there is none, none is asked for.
    communs = autour.habituel(lecture, organisme, le) if actions else autour.habilite(lecture, organisme, le)
    contexte = _cites(lecture, organisme, communs, actions, sessions)
    return _juger(lecture, organisme, formation, actions, sessions, contexte)


def du_catalogue(  # noqa: PLR0913 - whose, when, from where, which of it, what is told
    lecture: Lecture, organisme: Organisme, le: date, apres: Curseur | None = None, *,
    parmi: Collection[UUID] | None = None, conseils: bool = True,
) -> Iterator[Controlee]:  # fmt: skip
    """Judge the working catalogue of an organisation, saved last first, from a place on; archived formations are not.

    `parmi`: the formations to judge, no other being read (None: all). Without `conseils`, only what forbids something
    is told.

    Six statements for FORMATIONS_LUES formations, more where they hold many sessions. What is in memory at once is the
    tree of a formation, or SESSIONS_LUES sessions. To be read within one state of the base.
    """
    communs = replace(autour.habituel(lecture, organisme, le), conseils=conseils)
    marque = None if apres is None else (apres.rang, apres.id)
    toutes = _toutes(lecture, organisme, marque) if parmi is None else _celles(lecture, organisme, parmi, marque)
    for page in toutes:
        for lot in _lots(lecture, organisme, page):
            yield from _du_lot(lecture, organisme, communs, lot)


_Page = Sequence[tuple[int, Formation]]


def _toutes(lecture: Lecture, organisme: Organisme, marque: tuple[int, UUID] | None) -> Iterator[_Page]:
    while page := pages.page(lecture, organisme.id, marque, FORMATIONS_LUES):
        yield page
        marque = (page[-1][0], page[-1][1].id)
        if len(page) < FORMATIONS_LUES:
            return


def _celles(
    lecture: Lecture, organisme: Organisme, parmi: Collection[UUID], marque: tuple[int, UUID] | None
) -> Iterator[_Page]:  # fmt: skip
    """Give the pages of those that are wanted: where each stands is asked first, then a page at a time."""
    places = pages.places(lecture, organisme.id, list(parmi))
    restent = [id_ for place, id_ in places if marque is None or (place, id_) < marque]
    for rang in range(0, len(restent), FORMATIONS_LUES):
        yield pages.celles(lecture, organisme.id, restent[rang : rang + FORMATIONS_LUES])


def _lots(
    lecture: Lecture, organisme: Organisme, page: Sequence[tuple[int, Formation]]
) -> Iterator[list[tuple[int, Formation]]]:
    """Cut a page where it would hold more than SESSIONS_LUES sessions."""
    if not page:
        return
    nombres = pages.sessions_par_formation(lecture, organisme.id, [formation.id for _, formation in page])
    lot: list[tuple[int, Formation]] = []
    tenues = 0
    for une in page:
        siennes = nombres.get(une[1].id, 0)
        if lot and tenues + siennes > SESSIONS_LUES:
            yield lot
            lot, tenues = [], 0
        lot.append(une)
        tenues += siennes
    yield lot


def _du_lot(
    lecture: Lecture, organisme: Organisme, communs: Contexte, lot: Sequence[tuple[int, Formation]]
) -> Iterator[Controlee]:
    ids = [formation.id for _, formation in lot]
    actions = ACTIONS.des_formations(lecture, organisme.id, ids)
    sessions = SESSIONS.des_formations(lecture, organisme.id, ids) if actions else {}
    toutes = [action for siennes in actions.values() for action in siennes]
    contexte = _cites(lecture, organisme, communs, toutes, sessions)
    for rang, formation in lot:
        siennes = actions.get(formation.id, [])
        controle = _juger(lecture, organisme, formation, siennes, sessions, contexte)
        yield Controlee(Curseur(rang, formation.id), formation, controle, siennes, sessions, contexte)


def _cites(
    lecture: Lecture, organisme: Organisme, communs: Contexte, actions: Sequence[Noeud], sessions: _Sessions
) -> Contexte:
    fiches = [noeud.fiche for siens in (actions, *sessions.values()) for noeud in siens]
    return autour.cites(lecture, organisme, communs, fiches)


def _juger(  # noqa: PLR0913, PLR0917 - who asks, what is judged, and what is known around
    lecture: Lecture, organisme: Organisme, formation: Formation, actions: Sequence[Noeud], sessions: _Sessions,
    contexte: Contexte,
) -> ControleArbre:  # fmt: skip
    envoi = Envoi(formation.id, formation.version, formation.fiche)
    diagnostic = catalogue.diagnostiquer(lecture, organisme, envoi, contexte.le, formation)
    de_la_sienne = autour.de_la_formation(lecture, contexte, formation.fiche)
    return controler_arbre(formation, diagnostic, actions, sessions, de_la_sienne)
