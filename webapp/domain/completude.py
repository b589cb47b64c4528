"""How far a draft is from being « validée »: what a validation asks for, and how much of it is there."""

from typing import NamedTuple, Self

from webapp.domain.diagnostic import Diagnostic
from webapp.domain.fiche import FicheFormation


class Completude(NamedTuple):
    """How many of the points that a validation asks for are done, and how many there are."""

    faits: int
    demandes: int

    @property
    def entiere(self) -> bool:
        """Whether nothing is missing."""
        return self.faits == self.demandes

    @classmethod
    def de(cls, fiche: FicheFormation, diagnostic: Diagnostic) -> Self:
        """Count as étape 2/2 does: each field that is asked for or is to be corrected, and what is no field of it."""
        reste = {anomalie.champ for anomalie in diagnostic.bloquantes}
        siens = {champ.nom for champ in fiche.champs}
        demandes = {champ.nom for champ in fiche.champs if champ.obligatoire} | reste
        return cls(len(demandes & siens - reste), len(demandes))
