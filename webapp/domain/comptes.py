"""Organisations, people, what each role may do, and what a password must be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from webapp.domain.refus import RefusMetier
from webapp.domain.textes import fr, normaliser

if TYPE_CHECKING:
    from datetime import date

LIGNE_DE_COMMANDE = UUID(int=0)
"""Who acts when a command does: no account has this id."""

LONGUEUR_MIN_MOT_DE_PASSE = 12
LONGUEUR_MAX_MOT_DE_PASSE = 200


class AutreOrganisme(RefusMetier):
    """The form was opened for another organisation than the one now signed in: nothing may cross over."""

    def __init__(self, actuel: str) -> None:
        """Keep the name of the organisation now signed in."""
        super().__init__(actuel)
        self.actuel = actuel


class ConnexionRefusee(RefusMetier):
    """Unknown account, wrong password or closed account: deliberately the same answer."""


class MotDePasseRefuse(RefusMetier):
    """The password chosen breaks the rule; the message says how."""


class CompteRefuse(RefusMetier):
    """An organisation or an account that cannot be made: a name, an address or a SIRET malformed or taken."""


class Droit(StrEnum):
    """What a route asks of the person who calls it."""

    VOIR_CATALOGUE = "voir_catalogue"
    GERER_CATALOGUE = "gerer_catalogue"


class Role(StrEnum):
    """Roles, named after those of the portal since 15 May 2025."""

    GESTIONNAIRE_EDOF = "gestionnaire_edof"
    GESTIONNAIRE_CATALOGUE = "gestionnaire_catalogue"
    LECTEUR = "lecteur"

    @property
    def libelle(self) -> str:
        """The words of the portal."""
        return {
            "gestionnaire_edof": "Gestionnaire EDOF",
            "gestionnaire_catalogue": "Gestionnaire catalogue",
            "lecteur": "Lecteur EDOF",
        }[self.value]


DROITS: MappingProxyType[Role, frozenset[Droit]] = MappingProxyType({
    Role.GESTIONNAIRE_EDOF: frozenset(Droit),
    Role.GESTIONNAIRE_CATALOGUE: frozenset(Droit),
    Role.LECTEUR: frozenset({Droit.VOIR_CATALOGUE}),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Organisme:
    """A training organisation, owner of one catalogue. `date_reference` overrides the server's (test organisations).

    `alsace_moselle`: it works where two more days are public holidays.
    """

    id: UUID
    nom: str
    siret: str
    date_reference: date | None = None
    alsace_moselle: bool = False


@dataclass(frozen=True, slots=True)
class Utilisateur:
    """A person with an account in one organisation."""

    id: UUID
    organisme: Organisme
    nom: str
    courriel: str
    role: Role

    def peut(self, droit: Droit) -> bool:
        """Say whether the person's role gives this right."""
        return droit in DROITS[self.role]


def cle_courriel(courriel: str) -> str:
    """Give the form by which accounts are found: no case, no spaces around."""
    return normaliser(courriel).strip().casefold()


def exiger_mot_de_passe(mot_de_passe: str, courriel: str) -> None:
    """Refuse a weak password: 12 to 200 characters, not a common one, not the address; no rule of composition.

    Spaces count where they stand between others, once in a row: « abcd » and eight spaces are four characters. The
    password itself is kept as it was typed. Raises MotDePasseRefuse with a French sentence.
    """
    if len(" ".join(mot_de_passe.split())) < LONGUEUR_MIN_MOT_DE_PASSE:
        raise MotDePasseRefuse(fr(f"Choisissez un mot de passe d'au moins {LONGUEUR_MIN_MOT_DE_PASSE} caractères."))
    if len(mot_de_passe) > LONGUEUR_MAX_MOT_DE_PASSE:
        raise MotDePasseRefuse(fr(f"Choisissez un mot de passe d'au plus {LONGUEUR_MAX_MOT_DE_PASSE} caractères."))
    nu = mot_de_passe.casefold().strip()
    if nu in _COURANTS or len(set(nu)) < 4 or cle_courriel(courriel) in nu:  # noqa: PLR2004 - « aaaaaaaaaaaa », « abababababab »
        raise MotDePasseRefuse(fr("Ce mot de passe est trop facile à deviner : choisissez-en un autre."))


# Passwords of 12 characters and more that head the public lists of leaked ones, and their French cousins.
_COURANTS = frozenset(Path(__file__).with_name("mots_de_passe_courants.txt").read_text("utf-8").split())
