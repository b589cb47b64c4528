"""A certification of the national registries: its facts, its state at a date, and how its codes are read.

Sources: guide steps 0, 3 and 5; France compétences' open data for codes and dates. What is not known is None or
empty, and shown as « Pas de donnée », exactly as the guide's step 5 does.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from webapp.domain.dates import date_longue
from webapp.domain.errors import CodeRefuse
from webapp.domain.nomenclatures import CODES_CPF, TypeCode
from webapp.domain.textes import dire, fr, pluriel


class Ton(StrEnum):
    """How loudly a thing that forbids nothing is said."""

    DISCRET = "discret"
    INFORMATION = "information"
    ATTENTION = "attention"
    ALERTE = "alerte"


@dataclass(frozen=True, slots=True)
class Annonce:
    """A sentence about a certification, and how loudly to say it. It never forbids anything."""

    texte: str
    ton: Ton


# Days before an end: within each, it is said in this tone (rule F16 of the trade).
TONS_D_ECHEANCE = ((30, Ton.ALERTE), (90, Ton.ATTENTION), (180, Ton.INFORMATION))
JOURS_D_AVERTISSEMENT = TONS_D_ECHEANCE[-1][0]


class EtatCertification(StrEnum):
    """What the registry allows to say of a certification at a date."""

    ACTIVE = "active"
    EXPIREE = "expiree"
    NON_ATTESTEE = "non_attestee"


@dataclass(frozen=True, slots=True)
class Certification:
    """One record of the RNCP or of the Répertoire spécifique, as far as it is known.

    `connue_active_le`: first date at which a source shows it active. `fin_enregistrement`: last day of its
    registration, inclusive. `inactive_constatee_le`: first date at which a source shows it is no longer active,
    when the end itself is unknown. `remplacee_par` is its successor, `remplace` those it succeeds. `famille` is
    « clea » for the certifications of the guide's step 3.
    """

    code: str
    intitule: str
    connue_active_le: date
    fin_enregistrement: date | None = None
    inactive_constatee_le: date | None = None
    remplacee_par: str | None = None
    famille: str = ""
    certificateurs: tuple[str, ...] = ()
    formacodes: tuple[str, ...] = ()
    nsf: tuple[str, ...] = ()
    rome: tuple[str, ...] = ()
    niveau_entree: str = ""
    niveau_sortie: str = ""
    source: str = ""
    remplace: tuple[str, ...] = ()

    @property
    def type_code(self) -> TypeCode:
        """The registry the code belongs to; CPF for a kind of action."""
        return next((t for t in (TypeCode.RNCP, TypeCode.CPF) if self.code.startswith(t)), TypeCode.RS)

    @property
    def numero(self) -> str:
        """The number alone: « 2203 » for RS2203."""
        return self.code.removeprefix(self.type_code.value)

    def etat_le(self, le: date) -> EtatCertification:
        """Say the state at a date: active until the last day of its registration, included."""
        if self.fin_enregistrement is not None and le > self.fin_enregistrement:
            return EtatCertification.EXPIREE
        if self.inactive_constatee_le is not None and le >= self.inactive_constatee_le:
            return EtatCertification.EXPIREE
        if le < self.connue_active_le:
            return EtatCertification.NON_ATTESTEE
        return EtatCertification.ACTIVE

    def jours_restants(self, le: date) -> int | None:
        """Count the days left before the end of its registration, 0 on its last day; None when no end is ahead."""
        if self.fin_enregistrement is None or not self.active_le(le):
            return None
        return (self.fin_enregistrement - le).days

    def prend_fin_bientot(self, le: date) -> bool:
        """Say whether its end is near enough to be told: 180 days (rule F16 of the trade)."""
        restants = self.jours_restants(le)
        return restants is not None and restants <= JOURS_D_AVERTISSEMENT

    def active_le(self, le: date) -> bool:
        """Say whether a formation may be « validée » on it at that date."""
        return self.etat_le(le) is EtatCertification.ACTIVE

    def annonce_le(self, le: date) -> Annonce | None:
        """Say what is to be known of its end while it is active: near (rule F16), or unknown (F17); None otherwise.

        An end is unknown when no source says anything of it: of the guide's own records, one says that they are gone.
        """
        if not self.active_le(le):
            return None
        if self.fin_enregistrement is None:
            if self.inactive_constatee_le is not None or self.type_code not in {TypeCode.RS, TypeCode.RNCP}:
                return None
            return Annonce(fr("Date d'échéance inconnue : à vérifier sur France compétences."), Ton.DISCRET)
        restants = (self.fin_enregistrement - le).days
        ton = next((ton for jours, ton in TONS_D_ECHEANCE if restants <= jours), None)
        if ton is None:
            return None
        delai = f"dans {pluriel(restants, 'jour')}" if restants else "c'est son dernier jour"
        return Annonce(fr(f"L'enregistrement prend fin le {date_longue(self.fin_enregistrement)} ({delai})."), ton)

    def avis_le(self, le: date) -> str:
        """Give the sentence that says why it cannot be used at that date; empty when it is active."""
        etat = self.etat_le(le)
        if etat is EtatCertification.ACTIVE:
            return ""
        if self.type_code is TypeCode.CPF:
            plus = "n'est plus proposé" if etat is EtatCertification.EXPIREE else "n'est pas attesté"
            return fr(f"Le code {self.code} {plus} au {date_longue(le)}.")
        if etat is EtatCertification.NON_ATTESTEE:
            return fr(
                f"La certification {self.code} n'est pas connue comme active au {date_longue(le)} : "
                f"le registre ne l'atteste qu'à partir du {date_longue(self.connue_active_le)}."
            )
        if self.fin_enregistrement is not None and le > self.fin_enregistrement:
            return fr(
                f"La certification {self.code} n'est plus active : "
                f"son enregistrement a pris fin le {date_longue(self.fin_enregistrement)}."
            )
        return fr(f"La certification {self.code} n'est plus active au {date_longue(le)}.")


_PREFIXES: dict[TypeCode | None, str] = {
    TypeCode.RS: "RS",
    TypeCode.RNCP: "RNCP",
    TypeCode.CPF: "CPF",
    TypeCode.CERTIF_INFO: "",
}
_TYPES = {prefixe: type_code for type_code, prefixe in _PREFIXES.items() if type_code and prefixe}
_EXEMPLES = {TypeCode.RS: "2203 ou RS2203", TypeCode.RNCP: "37674 ou RNCP37674", TypeCode.CPF: "202 ou CPF202",
             TypeCode.CERTIF_INFO: "84482"}  # fmt: skip
_CODE = re.compile(r"([A-Z]*)0*([0-9]{1,6})")


def lire_code(type_code: TypeCode | None, saisie: str) -> str:
    """Read a code as people write it: « RS2203 », « rs 2203 », « 2203 », full-width digits, spaces.

    In: the « Type de code » chosen, None when none is: the prefix then decides. Out: the full code, prefix included
    (« RS2203 »); for Certif Info the number alone. Raises CodeRefuse with a French sentence when nothing was given,
    when it is not a number of at most 6 digits, when nothing says of which type it is, or when its prefix contradicts
    the type chosen: the refusal then carries the code as its prefix reads it.
    """
    # What cannot be seen comes along with a code that is copied from a page.
    visible = (c for c in unicodedata.normalize("NFKC", saisie) if unicodedata.category(c) != "Cf")
    compact = "".join("".join(visible).split()).upper().replace("-", "")
    if not compact:
        raise CodeRefuse(fr("Saisissez le code de la certification."))
    lu = _CODE.fullmatch(compact)
    if lu is None or lu[1] not in {"", *_TYPES}:
        raise _illisible(type_code, saisie)
    prefixe, numero = lu.groups()
    ecrit = _TYPES.get(prefixe)
    if type_code is None and ecrit is None:
        raise CodeRefuse("Choisissez un type de code.")
    if ecrit is not None and type_code not in {None, ecrit}:
        modele = "« {saisie} » est un code {type} : choisissez ce type de code."
        raise CodeRefuse(dire(modele, saisie=saisie.strip(), type=ecrit.complement), prefixe + numero)
    return (prefixe or _PREFIXES.get(type_code, "")) + numero


def type_du_code(code: str) -> TypeCode:
    """Give the type of a code that `lire_code` gave."""
    return _TYPES.get(code.rstrip("0123456789"), TypeCode.CERTIF_INFO)


def _illisible(type_code: TypeCode | None, saisie: str) -> CodeRefuse:
    if type_code is None:
        modele = "« {saisie} » n'est pas un code : saisissez par exemple RS2203 ou RNCP37674."
        return CodeRefuse(dire(modele, saisie=saisie.strip()))
    modele = "« {saisie} » n'est pas un code {type} : saisissez par exemple {exemple}."
    return CodeRefuse(dire(modele, saisie=saisie.strip(), type=type_code.complement, exemple=_EXEMPLES[type_code]))


def avis_cpf(code: str) -> str:
    """Give the sentence for a CPF code, which names a kind of action and not a certification."""
    if code in CODES_CPF:
        libelle, type_formation = CODES_CPF[code]
        return fr(
            f"Le code {code} désigne « {libelle} » : choisissez le type de formation « {type_formation.libelle} »."
        )
    return code_inconnu(code)


def code_inconnu(code: str) -> str:
    """Give the sentence for a code that the local registry does not hold.

    A Certif Info code, the number alone, is also one that the official XML file no longer takes.
    """
    if code.isdecimal():
        return fr(
            f"Le code Certif Info {code} est inconnu du registre local, et le fichier XML officiel n'accepte plus ces "
            "codes : saisissez le code RNCP ou RS de la certification."
        )
    return fr(f"Le code {code} est inconnu du registre local. Vérifiez le type de code et le numéro.")


def remplacee_par(suivante: Certification) -> str:
    """Give the sentence that names what replaces a certification (rule F15 of the trade)."""
    return dire("Elle est remplacée par {code} – {intitule}.", code=suivante.code, intitule=suivante.intitule)
