"""The pages of a catalogue: in one of four orders, filtered, by keyset, with the counts of each status.

No order is made by sorting a catalogue. An index gives that of the saves and that of the titles. Those of the statuses
and of the échéances go through segments, each of which is in the order of the saves: the formations of a status, those
that prepare a certification.
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple, Self
from uuid import UUID

from webapp.domain.certifications import Certification
from webapp.domain.comptes import Organisme
from webapp.domain.recherche import cle_de_tri, mots_demandes
from webapp.domain.statuts import EN_TRAVAIL, Statut
from webapp.domain.textes import caracteres_interdits
from webapp.persistence import compteurs, formations, tranches
from webapp.persistence.lecture import Lecture
from webapp.persistence.tranches import Tranche
from webapp.services import registre

_DERNIER_ID = UUID(int=2**128 - 1)
_STATUTS = {statut.value: statut for statut in Statut}
_SANS_FIN = date.max
_Ligne = tuple[Any, ...]


class Tri(StrEnum):
    """In which order a catalogue is read: saved last first, unless another is asked for."""

    MODIFICATION = ""
    TITRE = "titre"
    ECHEANCE = "echeance"
    STATUT = "statut"


@dataclass(frozen=True, slots=True)
class Filtre:
    """What to show of a catalogue: the words of a search, a status, a type of formation, the code of a certification.

    By default everything but the archived formations, which their own status shows.
    """

    recherche: str = ""
    statut: Statut | None = None
    type_formation: str = ""
    certification: str = ""

    @property
    def est_vide(self) -> bool:
        """Whether it leaves the whole working catalogue."""
        return self == Filtre()


@dataclass(frozen=True, slots=True)
class Curseur:
    """The mark of the last formation of a page; the next page begins after it.

    `texte`: what its title is put in order by, or the segment in which it stands, where the order is by either.
    """

    rang: int
    id: UUID
    texte: str = ""

    def __str__(self) -> str:
        """Give the mark as a text for an address; it means nothing to people."""
        octets = self.rang.to_bytes(8, "big", signed=True) + self.id.bytes + self.texte.encode()
        return base64.urlsafe_b64encode(octets).decode("ascii").rstrip("=")

    @classmethod
    def lire(cls, texte: str) -> Self:
        """Read the mark of an address. Raises ValueError for anything that `str` did not give."""
        try:
            octets = base64.b64decode(texte + "=" * (-len(texte) % 4), altchars=b"-_", validate=True)
            lu = cls(int.from_bytes(octets[:8], "big", signed=True), UUID(bytes=octets[8:24]), octets[24:].decode())
        except ValueError as erreur:
            raise ValueError("not the mark of a page") from erreur
        if str(lu) != texte or caracteres_interdits(lu.texte):
            raise ValueError("not the mark of a page")
        return lu

    @classmethod
    def s_il_y_en_a(cls, texte: str) -> Self | None:
        """Read the mark of an address, None for what is none: a page then shows its beginning."""
        try:
            return cls.lire(texte)
        except ValueError:
            return None


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
    """One page: its cards, the mark of the next page (None: this is the last), the counts of what is looked for.

    `compteurs`: how many of each status the search and the filters find, whatever the status that is shown.
    `au_moins`: there are more than these say, for the search finds many. `vide`: the organisation has no formation.
    """

    lignes: tuple[LigneCatalogue, ...]
    suivant: Curseur | None
    compteurs: dict[Statut, int]
    au_moins: bool = False
    vide: bool = False


@dataclass(frozen=True, slots=True)
class Ordre:
    """In which order to read, and at which date: échéances are looked at from there."""

    tri: Tri = Tri.MODIFICATION
    le: date = date.min


def lister(  # noqa: PLR0913, PLR0917 - who asks, what, from where, how many, and in which order
    lecture: Lecture, organisme: Organisme, filtre: Filtre, apres: Curseur | None = None, limite: int = 20,
    ordre: Ordre = Ordre(),
) -> PageCatalogue:  # fmt: skip
    """Give a page of the organisation's catalogue, saved last first unless another order is asked for.

    Two statements; three at most for a search. In the order of the titles, or with a filter, one more (two for a
    search); in that of the statuses or of the échéances, one or two for each segment that the page goes through.

    Every word of the search must begin a word of the title, or of the certification's code and title, or stand in the
    identifier, whatever its case and accents; the words beyond the eighth are not looked at. What no stored text may
    hold is in none of them, and so is what has neither letter nor digit.
    """
    mots = () if caracteres_interdits(filtre.recherche) else mots_demandes(filtre.recherche)
    if not mots and filtre.recherche.strip():
        return _rien(lecture, organisme)
    # One more than the page: it only says whether another page follows.
    voulue = Tranche(
        filtre.statut, mots, None, limite + 1, par_titre=ordre.tri is Tri.TITRE, type_formation=filtre.type_formation,
        certification=filtre.certification,
    )  # fmt: skip
    comptes, au_moins = _compter(lecture, organisme, voulue)
    if not au_moins and not any(comptes.values()) and (mots or filtre != Filtre(statut=filtre.statut)):
        return _rien(lecture, organisme)
    lignes = list(islice(_lire(lecture, organisme, voulue, ordre, apres), limite + 1))
    certifications = registre.par_codes(lecture, {ligne[5] for ligne in lignes})
    cartes = tuple(
        LigneCatalogue(
            id_, identifiant, intitule, _STATUTS[statut], modifiee_le, certifications.get(code), version,
            None if sortie is None else (sortie, bool(touchee)),
        )
        for id_, identifiant, intitule, statut, modifiee_le, code, version, _rang, sortie, touchee in lignes[:limite]
    )  # fmt: skip
    suivant = _marque(lignes[limite - 1], ordre.tri) if len(lignes) > limite else None
    return PageCatalogue(cartes, suivant, comptes, au_moins, vide=not (au_moins or any(comptes.values())))


def _rien(lecture: Lecture, organisme: Organisme) -> PageCatalogue:
    """Give the page of what finds nothing; only then need it be asked whether there was anything to be found."""
    vide = not any(compteurs.par_statut(lecture, organisme.id).values())
    return PageCatalogue((), None, dict.fromkeys(Statut, 0), vide=vide)


def _compter(lecture: Lecture, organisme: Organisme, voulue: Tranche) -> tuple[dict[Statut, int], bool]:
    """Count what is looked for by status, whatever the status that is shown; and whether there is more than that."""
    if voulue.mots:
        trouvees = tranches.trouvees(lecture, organisme.id, voulue)
        return dict.fromkeys(Statut, 0) | trouvees.par_statut, trouvees.de_plus
    if voulue.type_formation or voulue.certification:
        siens = compteurs.par_statut_de(lecture, organisme.id, voulue.type_formation, voulue.certification)
        return siens, False
    return compteurs.par_statut(lecture, organisme.id), False


def _marque(ligne: _Ligne, tri: Tri) -> Curseur:
    texte = {Tri.TITRE: cle_de_tri(ligne[2]), Tri.STATUT: ligne[3], Tri.ECHEANCE: ligne[5]}.get(tri, "")
    return Curseur(0 if tri is Tri.TITRE else ligne[7], ligne[0], texte)


def _lire(
    lecture: Lecture, organisme: Organisme, voulue: Tranche, ordre: Ordre, apres: Curseur | None
) -> Iterator[_Ligne]:
    """Give formations in order, from the mark on: a page of them, or fewer."""
    if ordre.tri in {Tri.MODIFICATION, Tri.TITRE}:
        if apres is not None:
            place = apres.texte if voulue.par_titre else apres.rang
            voulue = replace(voulue, apres=(place, apres.id))
        yield from tranches.tranche(lecture, organisme.id, voulue)
        return
    if ordre.tri is Tri.STATUT:
        suite = _des_statuts(voulue)
    else:
        suite = _des_echeances(lecture, organisme, voulue, ordre.le, apres)
    if voulue.mots and voulue.comptes[voulue.mots] < tranches.RARES:
        yield from _ranger(lecture, organisme, voulue, suite, apres)
        return
    manque = voulue.limite
    for segment in suite.a_partir_de(apres):
        siennes = tranches.tranche(lecture, organisme.id, replace(segment, limite=manque))
        yield from siennes
        manque -= len(siennes)
        if manque <= 0:
            return


class _Segment(NamedTuple):
    """Formations that stand together: where, under which name in a mark, and how they are read."""

    place: tuple[Any, ...]
    nom: str
    tranche: Tranche


@dataclass(frozen=True, slots=True)
class _Suite:
    """Segments in their order. `place`: that of a segment by its name, be it there no more; `nom`: that of a line."""

    segments: list[_Segment]
    place: Callable[[str], tuple[Any, ...]]
    nom: Callable[[_Ligne], str]

    def a_partir_de(self, marque: Curseur | None) -> Iterator[Tranche]:
        """Give what is left to be read after a mark."""
        ici = None if marque is None else self.place(marque.texte)
        for segment in self.segments:
            if ici is None or segment.place > ici or marque is None:
                yield segment.tranche
            elif segment.place == ici:
                yield replace(segment.tranche, apres=(marque.rang, marque.id))


def _des_statuts(voulue: Tranche) -> _Suite:
    statuts = EN_TRAVAIL if voulue.statut is None else (voulue.statut,)
    rangs = {statut.value: (rang,) for rang, statut in enumerate(Statut)}
    segments = [_Segment(rangs[statut.value], statut.value, replace(voulue, statut=statut)) for statut in statuts]
    return _Suite(segments, lambda nom: rangs.get(nom, (-1,)), lambda ligne: ligne[3])


def _des_echeances(lecture: Lecture, organisme: Organisme, voulue: Tranche, le: date, apres: Curseur | None) -> _Suite:
    statuts = EN_TRAVAIL if voulue.statut is None else (voulue.statut,)
    codes = set(compteurs.par_certification(lecture, organisme.id, statuts, voulue.type_formation))
    if voulue.certification:
        codes &= {voulue.certification}
    demandes = codes if apres is None else codes | {apres.texte}
    connues = registre.par_codes(lecture, demandes)
    places = {code: (_fin(connues.get(code), le), code) for code in demandes}
    segments = [_Segment(places[code], code, replace(voulue, certification=code)) for code in codes]
    segments.sort()
    return _Suite(segments, lambda nom: places.get(nom, (_SANS_FIN, nom)), lambda ligne: ligne[5])


def _fin(certification: Certification | None, le: date) -> date:
    """Give the last day of a certification, or the first at which it was seen gone; the last of all for one without."""
    if certification is None:
        return _SANS_FIN
    vue_finie = None if certification.active_le(le) else certification.inactive_constatee_le
    return certification.fin_enregistrement or vue_finie or _SANS_FIN


def _ranger(
    lecture: Lecture, organisme: Organisme, voulue: Tranche, suite: _Suite, apres: Curseur | None
) -> Iterator[_Ligne]:
    """Put the few that a search finds in the order of segments: they are read at once, whatever their segments."""
    lues = tranches.tranche(lecture, organisme.id, replace(voulue, limite=tranches.RARES))
    places = [((*suite.place(suite.nom(ligne)), -ligne[7], -ligne[0].int), ligne) for ligne in lues]
    debut = None if apres is None else (*suite.place(apres.texte), -apres.rang, -apres.id.int)
    yield from (ligne for place, ligne in sorted(places, key=lambda une: une[0]) if debut is None or place > debut)


def types_de(lecture: Lecture, organisme: Organisme, lignes: Sequence[LigneCatalogue]) -> dict[UUID, str]:
    """Give the own type of each formation listed, which its certification does not tell. One statement."""
    return formations.types_de(lecture, organisme.id, [ligne.id for ligne in lignes])


def preparees(lecture: Lecture, organisme: Organisme, limite: int) -> list[tuple[str, str]]:
    """Give the certifications that the formations of an organisation prepare: code and title, the most prepared first.

    Archived formations count. One statement.
    """
    codes = compteurs.les_plus_preparees(lecture, organisme.id, limite)
    connues = registre.par_codes(lecture, codes)
    return [(code, connues[code].intitule) for code in codes if code in connues]


def juste_avant(lecture: Lecture, organisme: Organisme, id: UUID) -> tuple[Filtre, Curseur] | None:
    """Give the page that begins with a formation: its filter and its mark; None when there is no such formation."""
    place = formations.rang_et_statut(lecture, organisme.id, id)
    if place is None:
        return None
    rang, statut = place
    return Filtre(statut=statut if statut is Statut.ARCHIVEE else None), Curseur(rang, _DERNIER_ID)
