"""What a rule of the trade is: an identifier, what it forbids, and how it finds what breaks it.

The rules of each level stand in one table: `regles_formation`, `regles_action`, `regles_session`, `regles_annuaire`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from webapp.domain.diagnostic import Anomalie, Code, Portee

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from webapp.domain.calendrier import EstFerie
    from webapp.domain.certifications import Certification
    from webapp.domain.fiche import FicheFormation
    from webapp.domain.fiche_arbre import Fiche
    from webapp.domain.habilitations import Droits, Habilitations
    from webapp.domain.prix import PrixHabituels

Sujet = TypeVar("Sujet")
Constat = tuple[str, str]
"""The name of a field, and the sentence that says what is to be said of it, typeset."""


@dataclass(frozen=True)
class Regle(Generic[Sujet]):
    """One rule. `numero_edof`: under which the portal's import refuses the same thing, when it is known."""

    id: str
    portee: Portee
    trouver: Callable[[Sujet], Iterator[Constat]]
    numero_edof: int | None = None

    def anomalie(self, champ: str, message: str) -> Anomalie:
        """Give the anomaly of a thing that breaks it."""
        return Anomalie(champ, Code.REGLE, message, self.portee, self.id, self.numero_edof)


@dataclass(frozen=True, slots=True)
class Contexte:
    """What is known around a fiche when it is judged, whatever its level.

    `le` is the reference date. `contacts` and `lieux` are those of the organisation, by the texts of their ids: all
    that the fiches judged refer to. `successeurs` are what replaces the certification. `prix`: what an hour costs in
    the organisation's actions, None where that is not looked at. `siret_valide`: whether its SIRET passes its key.
    `habilitations`: what it may do for each certification, None where that is not looked at; `droits`: for that of the
    formation, None when nothing is known. `conseils`: whether what forbids nothing is to be told too.
    """

    le: date
    est_ferie: EstFerie
    formation: FicheFormation | None = None
    certification: Certification | None = None
    successeurs: tuple[Certification, ...] = ()
    contacts: Mapping[str, Fiche] = field(default_factory=dict)
    lieux: Mapping[str, Fiche] = field(default_factory=dict)
    prix: PrixHabituels | None = None
    siret_valide: bool = True
    habilitations: Habilitations | None = None
    droits: Droits | None = None
    conseils: bool = True


def appliquer(regles: tuple[Regle[Sujet], ...], sujet: Sujet, *, conseils: bool = True) -> Iterator[Anomalie]:
    """Give what breaks each rule, in the order of the table; without `conseils`, each that forbids something."""
    for regle in regles:
        if conseils or regle.portee is not Portee.CONSEIL:
            for champ, message in regle.trouver(sujet):
                yield regle.anomalie(champ, message)
