"""« Contrôle »: all that is said of a formation with its tree, and of a whole catalogue, a few formations at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from webapp.domain.comptes import Organisme
from webapp.domain.controle_arbre import ControleArbre, controler_arbre
from webapp.domain.formation import Envoi, Formation
from webapp.domain.noeud import Noeud
from webapp.domain.regles import Contexte
from webapp.persistence import controle as pages
from webapp.persistence.controle import Place
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ACTIONS, SESSIONS
from webapp.services import autour, catalogue

__all__ = ["Controlee", "Place", "de_la_formation", "du_catalogue"]

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

    place: Place
    formation: Formation
    controle: ControleArbre
    actions: Sequence[Noeud]
    sessions: Mapping[UUID, Sequence[Noeud]]
    autour: Contexte

    @property
    def objets(self) -> int:
        """How many objects were judged for it: itself, its actions, its sessions."""
        return 1 + len(self.actions) + sum(len(self.sessions.get(action.id, ())) for action in self.actions)


def de_la_formation(lecture: Lecture, organisme: Organisme, formation_id: UUID, le: date) -> ControleArbre:
    """Judge a formation with all that it holds. Raises Introuvable."""
    formation = catalogue.ouvrir(lecture, organisme, formation_id)
    actions = ACTIONS.du_parent(lecture, organisme.id, formation_id)
    sessions = SESSIONS.de_la_formation(lecture, organisme.id, formation_id) if actions else {}
    communs = autour.habituel(lecture, organisme, le)
    return _juger(
        lecture, organisme, formation, actions, sessions, _cites(lecture, organisme, communs, actions, sessions)
    )


def du_catalogue(lecture: Lecture, organisme: Organisme, le: date, apres: Place | None = None) -> Iterator[Controlee]:
    """Judge the working catalogue of an organisation, saved last first, from a place on; archived formations are not.

    Six statements for FORMATIONS_LUES formations, more where they hold many sessions. What is in memory at once is the
    tree of a formation, or SESSIONS_LUES sessions. To be read within one state of the base.
    """
    communs = autour.habituel(lecture, organisme, le)
    while page := pages.page(lecture, organisme.id, apres, FORMATIONS_LUES):
        for lot in _lots(lecture, organisme, page):
            yield from _du_lot(lecture, organisme, communs, lot)
        apres = page[-1][0]
        if len(page) < FORMATIONS_LUES:
            return


def _lots(
    lecture: Lecture, organisme: Organisme, page: Sequence[tuple[Place, Formation]]
) -> Iterator[list[tuple[Place, Formation]]]:
    """Cut a page where it would hold more than SESSIONS_LUES sessions."""
    nombres = pages.sessions_par_formation(lecture, organisme.id, [place.id for place, _ in page])
    lot: list[tuple[Place, Formation]] = []
    tenues = 0
    for une in page:
        siennes = nombres.get(une[0].id, 0)
        if lot and tenues + siennes > SESSIONS_LUES:
            yield lot
            lot, tenues = [], 0
        lot.append(une)
        tenues += siennes
    yield lot


def _du_lot(
    lecture: Lecture, organisme: Organisme, communs: Contexte, lot: Sequence[tuple[Place, Formation]]
) -> Iterator[Controlee]:
    ids = [place.id for place, _ in lot]
    actions = ACTIONS.des_formations(lecture, organisme.id, ids)
    sessions = SESSIONS.des_formations(lecture, organisme.id, ids) if actions else {}
    toutes = [action for siennes in actions.values() for action in siennes]
    contexte = _cites(lecture, organisme, communs, toutes, sessions)
    for place, formation in lot:
        siennes = actions.get(formation.id, [])
        controle = _juger(lecture, organisme, formation, siennes, sessions, contexte)
        yield Controlee(place, formation, controle, siennes, sessions, contexte)


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
