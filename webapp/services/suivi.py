"""What must be told of the certification that a formation prepares; nothing of it forbids anything.

Its end when it is near or unknown, what replaces it, and what the organisation is entitled to do for it.
"""

from dataclasses import dataclass
from datetime import date

from webapp.domain.certifications import SANS_SUITE, Annonce, Certification, Succession, remplacee_par
from webapp.domain.comptes import Organisme
from webapp.persistence.lecture import Lecture
from webapp.services import habilitations, registre


@dataclass(frozen=True, slots=True)
class Suivi:
    """What there is to tell; each part is None when there is nothing."""

    echeance: Annonce | None = None
    suite: Succession = SANS_SUITE
    habilitations: tuple[Annonce, ...] = ()
    a_verifier: tuple[Certification, ...] = ()

    @property
    def remplacements(self) -> tuple[tuple[str, Certification], ...]:
        """Each of those that may be used in its place, with the sentence that names it."""
        return tuple((remplacee_par(une), une) for une in self.suite.actives)


def suivre(lecture: Lecture, organisme: Organisme, certification: Certification | None, le: date) -> Suivi:
    """Say what is to be told of a certification to an organisation at a date; nothing of none.

    Of an organisation without a list of its own, the partners that its record names say what it may do.
    """
    if certification is None:
        return Suivi()
    droits = habilitations.pour(lecture, organisme, certification)
    dites = () if droits is None else tuple(annonce for _, annonce in droits.constats(le))
    suite = registre.succession(lecture, certification, le)
    connues = registre.a_verifier(lecture, certification, suite, le)
    return Suivi(certification.annonce_le(le), suite, dites, connues)
