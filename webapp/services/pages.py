"""The pages of a catalogue: saved last first, filtered, by keyset, with the counts of each status."""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID

from webapp.domain.certifications import Certification
from webapp.domain.comptes import Organisme
from webapp.domain.recherche import mots_demandes
from webapp.domain.statuts import Statut
from webapp.domain.textes import caracteres_interdits
from webapp.persistence import formations, tranches
from webapp.persistence.lecture import Lecture
from webapp.persistence.tranches import Tranche
from webapp.services import registre

ARCHIVEES_COMPTEES = 20
"""Archived formations that a search counts beside what it shows: beyond, it says that there are more."""
_DERNIER_ID = UUID(int=2**128 - 1)
_STATUTS = {statut.value: statut for statut in Statut}


@dataclass(frozen=True, slots=True)
class Filtre:
    """What to show of a catalogue: the words of a search, a status.

    By default everything but the archived formations, which their own status shows.
    """

    recherche: str = ""
    statut: Statut | None = None


@dataclass(frozen=True, slots=True)
class Curseur:
    """The mark of the last formation of a page; the next page begins after it."""

    rang: int
    id: UUID

    def __str__(self) -> str:
        """Give the mark as a text for an address; it means nothing to people."""
        octets = self.rang.to_bytes(8, "big", signed=True) + self.id.bytes
        return base64.urlsafe_b64encode(octets).decode("ascii")

    @classmethod
    def lire(cls, texte: str) -> Self:
        """Read the mark of an address. Raises ValueError for anything that `str` did not give."""
        try:
            octets = base64.b64decode(texte, altchars=b"-_", validate=True)
            lu = cls(int.from_bytes(octets[:8], "big", signed=True), UUID(bytes=octets[8:]))
        except ValueError as erreur:
            raise ValueError("not the mark of a page") from erreur
        if str(lu) != texte:
            raise ValueError("not the mark of a page")
        return lu


class LigneCatalogue(NamedTuple):
    """One card of the catalogue. `certification` is the registry's record, which says its state at a date.

    A named tuple: twenty of them a page, and making a frozen dataclass costs eight times more.
    """

    id: UUID
    identifiant: str
    intitule: str
    statut: Statut
    modifiee_le: datetime
    certification: Certification | None
    version: int
    sortie: tuple[datetime, bool] | None = None
    """When it last went out to the portal, and whether it, or what it holds, was touched since; None: it never did."""


@dataclass(frozen=True, slots=True)
class PageCatalogue:
    """One page: its cards, the mark of the next page (None: this is the last), the counts of the whole catalogue.

    `archivees` counts the archived formations that a search over the working catalogue leaves aside, up to
    ARCHIVEES_COMPTEES and one more.
    """

    lignes: tuple[LigneCatalogue, ...]
    suivant: Curseur | None
    compteurs: dict[Statut, int]
    archivees: int = 0


def lister(
    lecture: Lecture, organisme: Organisme, filtre: Filtre, apres: Curseur | None = None, limite: int = 20
) -> PageCatalogue:
    """Give a page of the organisation's catalogue, saved last first.

    Two statements; four at most for a search, and two more for one over the working catalogue while there are
    archived formations.

    Every word of the search must begin a word of the title, or of the certification's code and title, or stand in the
    identifier, whatever its case and accents; the words beyond the eighth are not looked at. What no stored text may
    hold is in none of them, and so is what has neither letter nor digit.
    """
    compteurs = formations.compteurs(lecture, organisme.id)
    mots = () if caracteres_interdits(filtre.recherche) else mots_demandes(filtre.recherche)
    if not mots and filtre.recherche.strip():
        return PageCatalogue((), None, compteurs)
    marque = None if apres is None else (apres.rang, apres.id)
    # One more than the page: it only says whether another page follows.
    voulue = Tranche(filtre.statut, mots, marque, limite + 1)
    lignes = tranches.tranche(lecture, organisme.id, voulue)
    certifications = registre.par_codes(lecture, {ligne[5] for ligne in lignes})
    cartes = tuple(
        LigneCatalogue(
            id_, identifiant, intitule, _STATUTS[statut], modifiee_le, certifications.get(code), version,
            None if sortie is None else (sortie, bool(touchee)),
        )
        for id_, identifiant, intitule, statut, modifiee_le, code, version, _rang, sortie, touchee in lignes[:limite]
    )  # fmt: skip
    suivant = Curseur(lignes[limite - 1][7], cartes[-1].id) if len(lignes) > limite else None
    archivees = 0
    if mots and filtre.statut is None and compteurs[Statut.ARCHIVEE]:
        voulues = Tranche(Statut.ARCHIVEE, mots, limite=ARCHIVEES_COMPTEES + 1, comptes=voulue.comptes)
        archivees = len(tranches.tranche(lecture, organisme.id, voulues))
    return PageCatalogue(cartes, suivant, compteurs, archivees)


def juste_avant(lecture: Lecture, organisme: Organisme, id: UUID) -> tuple[Filtre, Curseur] | None:
    """Give the page that begins with a formation: its filter and its mark; None when there is no such formation."""
    place = formations.rang_et_statut(lecture, organisme.id, id)
    if place is None:
        return None
    rang, statut = place
    return Filtre(statut=statut if statut is Statut.ARCHIVEE else None), Curseur(rang, _DERNIER_ID)
