"""What France compétences publishes of a certification, beyond the certification itself: its blocs, its partners.

Sources: the official exports (CSV, XML V4.1), as their dictionaries describe them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from webapp.domain.certifications import Annonce, Certification, Ton
from webapp.domain.nomenclatures import CODES_CPF, TypeFormation
from webapp.domain.textes import fr

# The CléA certifications, past and present: the exports have no such mark.
CODES_CLEA = frozenset({"RS2203", "RS3936", "RS5080", "RS5616", "RS6269", "RS7003"})


class Habilitation(StrEnum):
    """What a partner may do for a certification, in the words of the exports."""

    FORMER = "HABILITATION_FORMER"
    ORGANISER = "HABILITATION_ORGANISER"
    FORMER_ET_ORGANISER = "HABILITATION_ORGA_FORM"

    @property
    def libelle(self) -> str:
        """How a person reads it."""
        return {
            Habilitation.FORMER: "former",
            Habilitation.ORGANISER: fr("organiser l'évaluation"),
            Habilitation.FORMER_ET_ORGANISER: fr("former et organiser l'évaluation"),
        }[self]


@dataclass(frozen=True, slots=True)
class Bloc:
    """A bloc de compétences: its code (« RNCP37674BC01 ») and its title."""

    code: str
    libelle: str


@dataclass(frozen=True, slots=True)
class Partenaire:
    """An organisation that a certifier entitles, by its SIRET; the habilitation counts while `active`."""

    siret: str
    habilitation: Habilitation
    active: bool = True


@dataclass(frozen=True, slots=True)
class FicheExportee:
    """One fiche of an export: the certification, its blocs in order, its partners among those looked for.

    `nomme_des_partenaires` says whether it names any partner at all, ours or not, and whether all that it says of ours
    is understood: else nothing is known. `export_le` is the date of the last export that spoke of it, None for what
    comes from none. `dates` gives the facts that are older than the others, because younger sources were silent on
    them. `autres_codes` are other names of the certification, by their type. `empreinte` is carried by a registry that
    comes from another machine: that of the last export it read, empty for what it had from none; None when the fiche
    is read in an export.
    """

    certification: Certification
    blocs: tuple[Bloc, ...] = ()
    partenaires: tuple[Partenaire, ...] = ()
    nomme_des_partenaires: bool = False
    export_le: date | None = None
    dates: tuple[tuple[str, date], ...] = ()
    autres_codes: tuple[tuple[str, str], ...] = ()
    empreinte: str | None = None


@dataclass(frozen=True, slots=True)
class LigneRefusee:
    """One line or fiche of an export that could not be used: where, which code if known, and why, in French."""

    fichier: str
    ligne: int
    code: str
    raison: str

    def __str__(self) -> str:
        """Say it on one line."""
        code = f" {self.code}" if self.code else ""
        return f"{self.fichier}, ligne {self.ligne}{code} : {self.raison}"


def source_de_l_export(le: date) -> str:
    """Name the export, as every place that shows its facts does (Licence Ouverte 2.0)."""
    return f"France compétences, export du {le:%d/%m/%Y}"


def annonce_habilitation(siennes: Iterable[Partenaire]) -> Annonce:
    """Say what an organisation may do for a certification (rules H01 and H03). In: its own lines of the export.

    It may not be told to be entitled by a line that is no longer active.
    """
    lues = tuple(siennes)
    former, evaluer = _droits(lues)
    if former and evaluer:
        texte = "Votre organisme est habilité à former et à organiser l'évaluation pour cette certification."
    elif former:
        texte = "Votre organisme est habilité à former pour cette certification, mais pas à organiser l'évaluation."
    elif evaluer:
        texte = "Votre organisme n'est habilité qu'à organiser l'évaluation : il ne peut pas former."
    elif lues:
        texte = "L'habilitation de votre organisme pour cette certification n'est plus active."
    else:
        # Not a verdict: a certifier is no partner of its own, and an organisation may be younger than the last import.
        texte = (
            "Votre organisme n'apparaît pas parmi les partenaires habilités de cette certification : "
            "à vérifier sur France compétences."
        )
    return Annonce(fr(texte), Ton.INFORMATION if former else Ton.ATTENTION)


def regle_habilitation(siennes: Iterable[Partenaire]) -> str:
    """Give the rule under which `annonce_habilitation` says what it says; empty when the organisation may train."""
    former, evaluer = _droits(siennes)
    return "" if former else "H03" if evaluer else "H01"


def _droits(siennes: Iterable[Partenaire]) -> tuple[bool, bool]:
    """Say of the lines of an organisation whether they let it train, and organise the assessment."""
    droits = {p.habilitation for p in siennes if p.active}
    return (
        bool(droits & {Habilitation.FORMER, Habilitation.FORMER_ET_ORGANISER}),
        bool(droits & {Habilitation.ORGANISER, Habilitation.FORMER_ET_ORGANISER}),
    )


def famille_de(code: str) -> str:
    """Give the family that a code has by itself: « clea » for those of the guide's step 3, its type for a CPF code.

    Empty for any other: what replaces one of a family is of it too, and only the registry knows that.
    """
    if code in CODES_CPF:
        return CODES_CPF[code][1].value
    return TypeFormation.CLEA.value if code in CODES_CLEA else ""
