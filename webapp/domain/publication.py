"""« Publiable »: a formation « validée » with one valid action that has one valid session; and what is missing else.

Valid is « validée » and without anything blocking today. No status says « publiée »: this product publishes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from webapp.domain.champs import Niveau
from webapp.domain.statuts import Statut
from webapp.domain.textes import dire, fr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from webapp.domain.diagnostic import Anomalie
    from webapp.domain.formation import Formation
    from webapp.domain.noeud import Noeud


class Raison(StrEnum):
    """Why a formation is not « publiable », in the few words that a card has room for."""

    FORMATION_A_VALIDER = "formation à valider"
    SANS_ACTION = "aucune action de formation"
    ACTION_A_VALIDER = "aucune action validée"
    SESSION_A_VALIDER = "aucune session validée"
    FORMATION_A_CORRIGER = "formation à corriger"
    ACTION_A_CORRIGER = "actions à corriger"
    SESSION_A_CORRIGER = "sessions à corriger"


# As one looks at a card: what the statuses alone say comes before what has to be judged.
_RANGS = {raison: rang for rang, raison in enumerate(Raison)}


@dataclass(frozen=True, slots=True)
class Constat:
    """One thing said of the tree: of which object (its level, its id, what names it), and what."""

    niveau: Niveau
    id: UUID
    nom: str
    anomalie: Anomalie


class Juge(NamedTuple):
    """An action or a session, and what is blocking of it."""

    noeud: Noeud
    bloquants: tuple[Constat, ...]

    @property
    def validee(self) -> bool:
        """Whether its status is « validée », which what is blocking since does not change."""
        return self.noeud.statut is Statut.VALIDEE

    @property
    def valide(self) -> bool:
        """Whether it counts for a publication."""
        return self.validee and not self.bloquants

    @property
    def nom(self) -> str:
        """What names it."""
        return self.noeud.fiche.nom or fr("sans numéro")


@dataclass(frozen=True, slots=True)
class Manque:
    """One thing without which a formation cannot be published.

    `niveau` and `id`: where to act, on the nearest of what could do. `reste`: what is to be corrected there, field by
    field; empty when it is only to be validated, or made.
    """

    raison: Raison
    niveau: Niveau
    id: UUID
    message: str
    reste: tuple[Constat, ...] = ()


def manques(
    formation: Formation, bloquants: Sequence[Constat], actions: Sequence[Juge], sessions: Mapping[UUID, Sequence[Juge]]
) -> Iterator[Manque]:
    """Say what keeps a formation from being published, from the top of the tree down.

    In: the formation and what is blocking of it; its actions, archived ones left out; the sessions of each by its id.
    """
    yield from _de_la_formation(formation, tuple(bloquants))
    if not actions:
        yield Manque(Raison.SANS_ACTION, Niveau.FORMATION, formation.id, "Aucune action de formation.")
        return
    valides = [action for action in actions if action.valide]
    if not valides:
        yield _action(actions)
    # When no action is valid, the sessions of those that are to become so are looked at all the same.
    validees = valides or [action for action in actions if action.validee] or actions
    siennes = [(session, action) for action in validees for session in sessions.get(action.noeud.id, ())]
    if not any(session.valide for session, _ in siennes):
        yield _session(siennes, validees[0])


def premiere(trouves: Sequence[Manque]) -> Raison | None:
    """Give the reason that a card tells; None when the formation is « publiable »."""
    return min((manque.raison for manque in trouves), key=_RANGS.__getitem__, default=None)


def selon_les_statuts(statut: Statut, *, actions: bool, validees: bool, sessions_validees: bool) -> Raison | None:
    """Give the reason that statuses tell without judging anything; None when the judge is to be asked.

    In: the status of the formation; whether it has an action (archived ones left out), one « validée », and one
    « validée » with a session « validée ».
    """
    if statut is not Statut.VALIDEE:
        return Raison.FORMATION_A_VALIDER
    if not actions:
        return Raison.SANS_ACTION
    if not validees:
        return Raison.ACTION_A_VALIDER
    return None if sessions_validees else Raison.SESSION_A_VALIDER


def _de_la_formation(formation: Formation, bloquants: tuple[Constat, ...]) -> Iterator[Manque]:
    if formation.statut is not Statut.VALIDEE:
        message = fr("La formation n'est pas validée.")
        yield Manque(Raison.FORMATION_A_VALIDER, Niveau.FORMATION, formation.id, message, bloquants)
    elif bloquants:
        message = fr("La formation est validée, mais elle a des champs à corriger.")
        yield Manque(Raison.FORMATION_A_CORRIGER, Niveau.FORMATION, formation.id, message, bloquants)


def _action(actions: Sequence[Juge]) -> Manque:
    proche = _la_plus_proche(actions)
    if proche.validee:
        modele = "Toutes ses actions validées ont des champs à corriger ; la plus proche est « {x} »."
        raison = Raison.ACTION_A_CORRIGER
    else:
        modele = "Aucune de ses actions n'est validée ; la plus proche est « {x} »."
        raison = Raison.ACTION_A_VALIDER
    return Manque(raison, Niveau.ACTION, proche.noeud.id, dire(modele, x=proche.nom), proche.bloquants)


def _session(sessions: Sequence[tuple[Juge, Juge]], action: Juge) -> Manque:
    if not sessions:
        message = dire("L'action « {x} » n'a aucune session.", x=action.nom)
        return Manque(Raison.SESSION_A_VALIDER, Niveau.ACTION, action.noeud.id, message)
    proche = _la_plus_proche([session for session, _ in sessions])
    la_sienne = next(sienne for session, sienne in sessions if session is proche)
    if proche.validee:
        modele = "Les sessions validées ont des champs à corriger ; la plus proche est « {x} », de l'action « {y} »."
        raison = Raison.SESSION_A_CORRIGER
    else:
        modele = "Aucune session n'est validée ; la plus proche est « {x} », de l'action « {y} »."
        raison = Raison.SESSION_A_VALIDER
    message = dire(modele, x=proche.nom, y=la_sienne.nom)
    return Manque(raison, Niveau.SESSION, proche.noeud.id, message, proche.bloquants)


def _la_plus_proche(juges: Sequence[Juge]) -> Juge:
    """Give what has the least to be done: one « validée » before the others, then the fewest things blocking."""
    return min(juges, key=lambda juge: (not juge.validee, len(juge.bloquants)))
