"""A certification of the national registries: its facts, and its state at a date.

Sources: guide steps 0, 3 and 5; France compétences' open data for codes and dates. What is not known is None or
empty, and shown as « Pas de donnée », exactly as the guide's step 5 does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from webapp.domain.dates import date_longue
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.textes import fr, pluriel


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

    `connue_active_le`: first date at which a source shows it active; `vue_active_le`: the last. `effet_le`: the day
    from which its registration counts. `fin_enregistrement`: last day of its registration, inclusive.
    `inactive_constatee_le`: first date at which a source shows it is no longer active, when the end itself is unknown.
    `remplacee_par` and `remplace` are the codes that its own record names after and before it; `succedee_par` those
    of the records that say they replace it. `famille` is « clea » for the certifications of the guide's step 3.
    `faits_le` is the date of its source.
    """

    code: str
    intitule: str
    connue_active_le: date
    fin_enregistrement: date | None = None
    inactive_constatee_le: date | None = None
    remplacee_par: tuple[str, ...] = ()
    famille: str = ""
    certificateurs: tuple[str, ...] = ()
    formacodes: tuple[str, ...] = ()
    nsf: tuple[str, ...] = ()
    rome: tuple[str, ...] = ()
    niveau_entree: str = ""
    niveau_sortie: str = ""
    source: str = ""
    remplace: tuple[str, ...] = ()
    succedee_par: tuple[str, ...] = ()
    effet_le: date | None = None
    vue_active_le: date | None = None
    faits_le: date | None = None

    @property
    def successeurs(self) -> tuple[str, ...]:
        """The codes of what replaces it, told by its own record or by theirs, without repeats."""
        return tuple(dict.fromkeys((*self.remplacee_par, *self.succedee_par)))

    @property
    def type_code(self) -> TypeCode:
        """The registry the code belongs to; CPF for a kind of action."""
        if self.code.startswith("RNCP"):
            return TypeCode.RNCP
        return TypeCode.CPF if self.code.startswith("CPF") else TypeCode.RS

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

    def prend_effet_apres(self, le: date) -> bool:
        """Say whether its registration is known to count only from a day after that date."""
        return self.effet_le is not None and le < self.effet_le == self.connue_active_le

    @property
    def _effet(self) -> str:
        return date_longue(self.effet_le) if self.effet_le else ""

    @property
    def derniere_attestation(self) -> str:
        """What is known of a record whose end is not; empty when its end is known."""
        if self.fin_enregistrement is not None or self.vue_active_le is None:
            return ""
        return fr(f"active au {date_longue(self.vue_active_le)}, échéance inconnue")

    def _attestee_avant(self, le: date) -> bool:
        # What a source says later is no fact of that day.
        return self.vue_active_le is not None and self.vue_active_le <= le

    def etat_actif_le(self, le: date) -> str:
        """Say that it is active with what makes that less than sure: an end that is unknown or near; else "Active"."""
        if self.annonce_le(le) is None:
            return "Active"
        if self.fin_enregistrement is None and self._attestee_avant(le):
            return self.derniere_attestation.capitalize()
        return f"Active, {self.echeance_le(le)}"

    def echeance_le(self, le: date) -> str:
        """Say until when it is registered, to be read between brackets beside its title."""
        if self.fin_enregistrement is None:
            return (self.derniere_attestation if self._attestee_avant(le) else "") or fr("échéance inconnue")
        jusque = f"enregistrée jusqu'au {date_longue(self.fin_enregistrement)}"
        return fr(f"{jusque}, {self._delai(le)}" if self.prend_fin_bientot(le) else jusque)

    def fin_proche_le(self, le: date) -> str:
        """Give the last day of its registration when it is near, with the days left; empty otherwise."""
        if self.fin_enregistrement is None or not self.prend_fin_bientot(le):
            return ""
        return fr(f"{date_longue(self.fin_enregistrement)} ({self._delai(le)})")

    def _delai(self, le: date) -> str:
        restants = self.jours_restants(le)
        return f"dans {pluriel(restants, 'jour')}" if restants else "c'est son dernier jour"

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
        fin = date_longue(self.fin_enregistrement)
        return Annonce(fr(f"L'enregistrement prend fin le {fin} ({self._delai(le)})."), ton)

    def _effet_connu(self, le: date) -> bool:
        """Say whether its effect is ahead, and a source says so by that date."""
        return self.prend_effet_apres(le) and (self.faits_le is None or self.faits_le <= le)

    def avis_court_le(self, le: date) -> str:
        """Say in a few words that it cannot be used at that date; empty when it is active."""
        etat = self.etat_le(le)
        if etat is EtatCertification.ACTIVE:
            return ""
        if self.type_code is TypeCode.CPF:
            suite = "n'est plus proposé" if etat is EtatCertification.EXPIREE else "n'est pas attesté"
        elif etat is EtatCertification.EXPIREE:
            suite = "n'est plus active"
        else:
            suite = "n'est pas encore active" if self._effet_connu(le) else "n'est pas connue comme active"
        return fr(f"{self.code} {suite}")

    def avis_le(self, le: date) -> str:
        """Give the sentence that says why it cannot be used at that date; empty when it is active."""
        etat = self.etat_le(le)
        if etat is EtatCertification.ACTIVE:
            return ""
        if self.type_code is TypeCode.CPF:
            plus = "n'est plus proposé" if etat is EtatCertification.EXPIREE else "n'est pas attesté"
            return fr(f"Le code {self.code} {plus} au {date_longue(le)}.")
        if etat is EtatCertification.NON_ATTESTEE and self._effet_connu(le):
            return fr(f"La certification {self.code} n'est pas encore active : elle prend effet le {self._effet}.")
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


def sources_de(certifications: Iterable[Certification]) -> str:
    """Name the sources of several certifications, each once (Licence Ouverte 2.0)."""
    return fr(" ; ").join(dict.fromkeys(une.source for une in certifications if une.source))
