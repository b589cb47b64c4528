"""What must be told of the certification that a formation prepares; nothing of it forbids anything.

Its end when it is near or unknown, what replaces it, and what the organisation is entitled to do for it.
"""

from dataclasses import dataclass
from datetime import date

from webapp.domain.certifications import Annonce, Certification, remplacee_par
from webapp.domain.comptes import Organisme
from webapp.domain.registre import annonce_habilitation
from webapp.persistence import exports
from webapp.persistence.lecture import Lecture
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


def suivre(lecture: Lecture, organisme: Organisme, certification: Certification | None, le: date) -> Suivi:
    """Say what is to be told of a certification to an organisation at a date; nothing of none.

    `successeur` is the first that is active among those that replace it. Habilitations are published with the
    exports: of a record that comes from none, nothing is known.
    """
    if certification is None:
        return Suivi()
    habilitation = None
    if registre.export_le(lecture, certification.code) is not None:
        habilitation = annonce_habilitation(exports.habilitations(lecture, organisme.siret, certification.code))
    return Suivi(certification.annonce_le(le), registre.successeur(lecture, certification, le), habilitation)
