"""What a person writes about an action, a session, a contact or a place: one frozen value, indexed by its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from webapp.domain import champs_action, champs_annuaire, champs_session
from webapp.domain.champs import Niveau
from webapp.domain.niveaux import CHAMPS, PAR_NOM
from webapp.domain.saisies import lire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webapp.domain.champs import Champ


class FicheLue(Protocol):
    """What every fiche answers to, that of a formation included: its fields, and the text of each."""

    @property
    def champs(self) -> tuple[Champ, ...]:
        """Give its fields, in the order of the form."""

    def __getitem__(self, champ: Champ) -> str:
        """Give the text of a field."""


@dataclass(frozen=True, slots=True)
class Fiche:
    """The values of the fields of a level, in the order of `niveaux.CHAMPS`; each a text, empty when nothing is said.

    Made by `lire`, every value has the form in which it is stored; what the database gives back is taken as it is.
    """

    niveau: Niveau
    valeurs: tuple[str, ...]

    @classmethod
    def lire(cls, niveau: Niveau, saisie: Mapping[str, str]) -> Fiche:
        """Build a fiche from typed texts, by names of fields; unknown names are ignored, what is absent is empty."""
        return cls(niveau, tuple([lire(champ, saisie.get(champ.nom, "")) for champ in CHAMPS[niveau]]))

    @classmethod
    def nouvelle(cls, niveau: Niveau) -> Fiche:
        """Give what a new form begins with: nothing but the few defaults that the fields say."""
        return cls(niveau, tuple([champ.defaut for champ in CHAMPS[niveau]]))

    @property
    def champs(self) -> tuple[Champ, ...]:
        """Its fields, in the order of the form."""
        return CHAMPS[self.niveau]

    @property
    def textes(self) -> dict[str, str]:
        """Its values by the names of their fields."""
        return {champ.nom: valeur for champ, valeur in zip(self.champs, self.valeurs, strict=True)}

    def __getitem__(self, champ: Champ) -> str:
        """Give the value of a field. Raises KeyError for a field of another level."""
        return self.valeurs[_RANGS[self.niveau][champ]]

    def valeur(self, nom: str) -> str:
        """Give the value of a field by its name. Raises KeyError for a name that is not a field of its level."""
        return self[PAR_NOM[self.niveau][nom]]

    def avec(self, **valeurs: str) -> Fiche:
        """Give the same fiche with other values, read as typed ones are. Raises KeyError for an unknown name."""
        lues = {PAR_NOM[self.niveau][nom]: texte for nom, texte in valeurs.items()}
        return Fiche(
            self.niveau,
            tuple(
                [
                    lire(champ, lues[champ]) if champ in lues else valeur
                    for champ, valeur in zip(self.champs, self.valeurs, strict=True)
                ]
            ),
        )

    def differences(self, autre: Fiche) -> tuple[str, ...]:
        """List the names of the fields whose values differ, in the order of the form."""
        trios = zip(self.champs, self.valeurs, autre.valeurs, strict=True)
        return tuple(champ.nom for champ, une, deux in trios if une != deux)

    def copie(self) -> Fiche:
        """Give the fiche of a copy: every value, but the number, which is the original's own."""
        return self.avec(numero="") if self.niveau in {Niveau.ACTION, Niveau.SESSION} else self

    @property
    def nom(self) -> str:
        """Give what names it in a list: its number, its person, its place; empty when nothing does yet."""
        return " ".join(self[champ] for champ in _NOMS[self.niveau]).strip()

    def references(self) -> tuple[tuple[Champ, str], ...]:
        """List the contacts and places that it refers to: the field and the id, where there is one."""
        return tuple([(c, valeur) for rang, c in _REFERENCES[self.niveau] if (valeur := self.valeurs[rang])])


_NOMS = {
    Niveau.ACTION: (champs_action.NUMERO,),
    Niveau.SESSION: (champs_session.NUMERO,),
    Niveau.CONTACT: (champs_annuaire.PRENOM, champs_annuaire.NOM),
    Niveau.LIEU: (champs_annuaire.DENOMINATION,),
}
_REFERENCES = {
    niveau: tuple((rang, champ) for rang, champ in enumerate(siens) if champ.nature.est_reference)
    for niveau, siens in CHAMPS.items()
}
_RANGS = {niveau: {champ: rang for rang, champ in enumerate(siens)} for niveau, siens in CHAMPS.items()}
