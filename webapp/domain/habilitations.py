"""What an organisation may do for a certification, as far as it is known: rules H01 to H03. None forbids anything.

Two sources speak of it. The organisation's own list, as EDOF gives it (« Habilitations à former »), knows its dates
and answers first, where it was imported. Else the partners that France compétences publishes do.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from webapp.domain.certifications import Annonce, Certification, Ton
from webapp.domain.dates import date_longue
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.registre import Partenaire, annonce_habilitation, regle_habilitation
from webapp.domain.textes import dire, sans_accents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ABSENT, FINIE, SANS_FORMER = "H01", "H02", "H03"

LONGUEUR_MAX_ETAT = 100
LONGUEUR_MAX_INTITULE = 500

# The words of the portal are not published: these make of an habilitation one that does not count, whatever follows.
_SANS_EFFET = (
    "inacti", "desacti", "non ", "supprim", "suspen", "expir", "revo", "refus", "rejet", "resili", "termin", "clos",
    "clotur", "ferm", "retir", "perim", "annul", "archiv", "attente", "instruction", "demand",
)  # fmt: skip


_ILLISIBLE = (
    "{code} : votre liste d'habilitations EDOF du {du} le nomme, sur une ligne qui n'a pas pu être lue. Corrigez cette "
    "ligne, puis importez la liste de nouveau."
)


@dataclass(frozen=True, slots=True)
class HabilitationEdof:
    """One line of the organisation's list: a certification, the state in the portal's own words, its dates.

    `fin` is its last day, included; None: it has none, or the list does not say it.
    """

    code: str
    intitule: str = ""
    etat: str = ""
    debut: date | None = None
    fin: date | None = None

    @property
    def compte(self) -> bool:
        """Whether its state lets the organisation train; a word that is not known does, and is shown as it is."""
        etat = sans_accents(self.etat)
        return not any(mot in etat for mot in _SANS_EFFET)

    @property
    def merite(self) -> tuple[bool, date]:
        """What makes one line of a certification say more than another: it counts, and it ends later."""
        return self.compte, self.fin or date.max


@dataclass(frozen=True, slots=True)
class Difference:
    """What a list says that another did not: codes new, gone, changed; and how many say the same."""

    nouvelles: tuple[str, ...]
    retirees: tuple[str, ...]
    changees: tuple[str, ...]
    inchangees: int


def comparer(avant: Iterable[HabilitationEdof], apres: Iterable[HabilitationEdof]) -> Difference:
    """Compare two lists by their codes, in the order of each."""
    anciennes, nouvelles = ({une.code: une for une in liste} for liste in (avant, apres))
    sorts = Counter(anciennes[code] == une for code, une in nouvelles.items() if code in anciennes)
    return Difference(
        tuple(code for code in nouvelles if code not in anciennes),
        tuple(code for code in anciennes if code not in nouvelles),
        tuple(code for code, une in nouvelles.items() if code in anciennes and anciennes[code] != une),
        sorts[True],
    )


@dataclass(frozen=True, slots=True)
class Habilitations:
    """All that is known of what an organisation may do, by code.

    `etablie_le` is the day of its own list, None as long as none was imported; `edof` what that list says, and
    `illisibles` what it names on lines that were left out; `publiees` what the registry says.
    """

    etablie_le: date | None = None
    edof: Mapping[str, HabilitationEdof] = field(default_factory=dict)
    publiees: Mapping[str, tuple[Partenaire, ...]] = field(default_factory=dict)
    illisibles: frozenset[str] = frozenset()

    def pour(self, certification: Certification, *, nomme_des_partenaires: bool) -> Droits | None:
        """Give what is known for one certification; None when nothing is.

        `nomme_des_partenaires`: of a record of the registry that names none, nothing is known. A CPF code is that of a
        kind of action, for which nobody is entitled by a certifier.
        """
        if certification.type_code is TypeCode.CPF or (self.etablie_le is None and not nomme_des_partenaires):
            return None
        publiees = self.publiees.get(certification.code, ()) if nomme_des_partenaires else None
        code = certification.code
        return Droits(code, self.etablie_le, self.edof.get(code), publiees, illisible=code in self.illisibles)


@dataclass(frozen=True, slots=True)
class Droits:
    """What is known of what an organisation may do for one certification.

    `etablie_le`: the day of its own list, None when none was imported; `sienne`: what that list says, None when it does
    not name the certification, `illisible` when it does so on a line that was left out. `publiees`: its lines in the
    registry, None when the record names no partner at all.
    """

    code: str
    etablie_le: date | None
    sienne: HabilitationEdof | None
    publiees: tuple[Partenaire, ...] | None
    illisible: bool = False

    def constats(self, le: date) -> tuple[tuple[str, Annonce], ...]:
        """Say what is to be told at a date, each under its rule; under an empty one what is as it should be."""
        if self.etablie_le is None:
            lues = self.publiees or ()
            return ((regle_habilitation(lues), annonce_habilitation(lues)),)
        du = date_longue(self.etablie_le)
        if self.sienne is None:
            modele = _ILLISIBLE if self.illisible else "{code} : absent de votre liste d'habilitations EDOF du {du}."
            constats = [(ABSENT, Annonce(dire(modele, code=self.code, du=du), Ton.ATTENTION))]
            if self.publiees and regle_habilitation(self.publiees) == SANS_FORMER:
                seule = dire("Vous êtes habilité à évaluer, pas à former, d'après France compétences.")
                constats.append((SANS_FORMER, Annonce(seule, Ton.ATTENTION)))
            return tuple(constats)
        regle, ton = "", Ton.INFORMATION
        modele = (
            "Votre organisme est habilité à former pour cette certification{jusqu_au}, d'après votre liste EDOF "
            "du {du}."
        )
        if not self.sienne.compte:
            regle, ton = ABSENT, Ton.ATTENTION
            modele = "{code} : habilitation « {etat} » dans votre liste EDOF du {du}."
        elif self.sienne.fin is not None and self.sienne.fin < le:
            regle, ton = FINIE, Ton.ATTENTION
            modele = "Habilitation finie le {fin}, d'après votre liste EDOF du {du}."
        fin = "" if self.sienne.fin is None else date_longue(self.sienne.fin)
        jusqu_au = dire(" jusqu'au {fin}", fin=fin) if fin else ""
        dit = dire(modele, code=self.code, etat=self.sienne.etat, fin=fin, du=du, jusqu_au=jusqu_au)
        return ((regle, Annonce(dit, ton)),)

    def fin_avant(self, jour: date) -> date | None:
        """Give the last day of the habilitation when it comes before a day (rule H02); None otherwise."""
        sienne = self.sienne
        if sienne is None or not sienne.compte or sienne.fin is None or sienne.fin >= jour:
            return None
        return sienne.fin
