"""The pages of a catalogue: newest first, filtered, by keyset, with the counts of each status."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, Self
from uuid import UUID

from webapp.domain.certifications import Certification
from webapp.domain.comptes import Organisme
from webapp.domain.statuts import Statut
from webapp.domain.textes import caracteres_interdits, sans_accents
from webapp.persistence import formations
from webapp.persistence.formations import Tranche
from webapp.persistence.lecture import Lecture
from webapp.services import registre

MOTS_MAX = 8
LETTRES_MAX = 2_500
"""Letters of a word that is looked for: no title has such a word, and SQLite compares with no pattern of more than
50 000 bytes, an escaped letter taking up to five."""
_STATUTS = {statut.value: statut for statut in Statut}


@dataclass(frozen=True, slots=True)
class Filtre:
    """What to show of a catalogue: the words of a search (title and identifier), a status; by default everything."""

    recherche: str = ""
    statut: Statut | None = None


@dataclass(frozen=True, slots=True)
class Curseur:
    """The mark of the last formation of a page; the next page begins after it."""

    modifiee_le: datetime
    id: UUID

    def __str__(self) -> str:
        """Give the mark as a text for an address; it means nothing to people."""
        microsecondes = (self.modifiee_le - _EPOQUE) // _MICROSECONDE
        octets = microsecondes.to_bytes(8, "big", signed=True) + self.id.bytes
        return base64.urlsafe_b64encode(octets).decode("ascii")

    @classmethod
    def lire(cls, texte: str) -> Self:
        """Read the mark of an address. Raises ValueError for anything that `str` did not give."""
        try:
            octets = base64.b64decode(texte, altchars=b"-_", validate=True)
            depuis = int.from_bytes(octets[:8], "big", signed=True) * _MICROSECONDE
            lu = cls(_EPOQUE + depuis, UUID(bytes=octets[8:]))
        except (ValueError, OverflowError) as erreur:
            raise ValueError("not the mark of a page") from erreur
        if str(lu) != texte:
            raise ValueError("not the mark of a page")
        return lu


_EPOQUE = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDE = datetime.resolution


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


@dataclass(frozen=True, slots=True)
class PageCatalogue:
    """One page: its cards, the mark of the next page (None: this is the last), the counts of the whole catalogue."""

    lignes: tuple[LigneCatalogue, ...]
    suivant: Curseur | None
    compteurs: dict[Statut, int]


def lister(
    lecture: Lecture, organisme: Organisme, filtre: Filtre, apres: Curseur | None = None, limite: int = 20
) -> PageCatalogue:
    """Give a page of the organisation's catalogue, newest first. Two statements at most.

    Every word of the search must stand in the title or the identifier, whatever its case and accents; the words
    beyond the eighth are not looked at. What no stored text may hold is in none of them.
    """
    compteurs = formations.compteurs(lecture, organisme.id)
    if caracteres_interdits(filtre.recherche):
        return PageCatalogue((), None, compteurs)
    mots = tuple(mot[:LETTRES_MAX] for mot in sans_accents(filtre.recherche).split()[:MOTS_MAX])
    marque = None if apres is None else (apres.modifiee_le, apres.id)
    # One more than the page: it only says whether another page follows.
    lignes = formations.tranche(lecture, organisme.id, Tranche(filtre.statut, mots, marque, limite + 1))
    certifications = registre.par_codes(lecture, {ligne[5] for ligne in lignes})
    cartes = tuple(
        LigneCatalogue(id_, identifiant, intitule, _STATUTS[statut], modifiee_le, certifications.get(code))
        for id_, identifiant, intitule, statut, modifiee_le, code in lignes[:limite]
    )
    suivant = Curseur(cartes[-1].modifiee_le, cartes[-1].id) if len(lignes) > limite else None
    return PageCatalogue(cartes, suivant, compteurs)
