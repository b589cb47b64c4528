"""What must be told of the certification that a formation prepares; nothing of it forbids anything.

Its end when it is near or unknown, what replaces it, and what the organisation is entitled to do for it.
"""

from dataclasses import dataclass
from datetime import date

from webapp.domain.certifications import SANS_SUITE, Annonce, Certification, Succession, remplacee_par
from webapp.domain.comptes import Organisme
from webapp.domain.registre import annonce_habilitation
from webapp.persistence import exports
from webapp.persistence.lecture import Lecture
from webapp.services import registre


@dataclass(frozen=True, slots=True)
class Suivi:
    """What there is to tell; each part is None when there is nothing."""

    echeance: Annonce | None = None
    suite: Succession = SANS_SUITE
    habilitation: Annonce | None = None
    a_verifier: tuple[Certification, ...] = ()

    @property
    def remplacements(self) -> tuple[tuple[str, Certification], ...]:
        """Each of those that may be used in its place, with the sentence that names it."""
        return tuple((remplacee_par(une), une) for une in self.suite.actives)


def suivre(lecture: Lecture, organisme: Organisme, certification: Certification | None, le: date) -> Suivi:
    """Say what is to be told of a certification to an organisation at a date; nothing of none.

    Habilitations are published with the exports: of a record that names no partner, nothing is known.
    """
    if certification is None:
        return Suivi()
    habilitation = None
    if registre.nomme_des_partenaires(lecture, certification.code):
        habilitation = annonce_habilitation(exports.habilitations(lecture, organisme.siret, certification.code))
    suite = registre.succession(lecture, certification, le)
    connues = registre.a_verifier(lecture, certification, suite, le)
    return Suivi(certification.annonce_le(le), suite, habilitation, connues)
