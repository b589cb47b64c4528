"""What must be told of the certification that a formation prepares; nothing of it forbids anything.

Its end when it is near or unknown, what replaces it, and what the organisation is entitled to do for it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from webapp.domain.certifications import Annonce, Certification, remplacee_par
from webapp.domain.comptes import Organisme
from webapp.domain.registre import Partenaire, annonce_habilitation
from webapp.services import registre


@dataclass(frozen=True, slots=True)
class Suivi:
    """What there is to tell; each part is None when there is nothing."""

    echeance: Annonce | None = None
    successeur: Certification | None = None
    habilitation: Annonce | None = None

    @property
    def remplacement(self) -> str:
        """The sentence that names what replaces it; empty when nothing does."""
        return remplacee_par(self.successeur) if self.successeur else ""


class Acces(Protocol):
    """What must be read of the registry to follow a certification."""

    def certification(self, code: str) -> Certification | None:
        """Find a certification by its full code."""

    def export_le(self, code: str) -> date | None:
        """Give the date of the export that it comes from; None when it comes from none."""

    def habilitations(self, siret: str, code: str) -> tuple[Partenaire, ...]:
        """Give what an organisation may do for it, as far as the exports say."""


def suivre(acces: Acces, organisme: Organisme, certification: Certification | None, le: date) -> Suivi:
    """Say what is to be told of a certification to an organisation at a date; nothing of none.

    `successeur` is the first that is active among those that replace it. Habilitations are published with the
    exports: of a record that comes from none, nothing is known.
    """
    if certification is None:
        return Suivi()
    siennes = None
    if acces.export_le(certification.code) is not None:
        siennes = acces.habilitations(organisme.siret, certification.code)
    return Suivi(
        certification.annonce_le(le),
        registre.successeur_par(acces.certification, certification, le),
        None if siennes is None else annonce_habilitation(siennes),
    )
