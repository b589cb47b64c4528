"""What must be told of the certification that a formation prepares; nothing of it forbids anything.

Its end when it is near or unknown, what replaces it, and what the organisation is entitled to do for it.
"""

from dataclasses import dataclass
from datetime import date

from webapp.domain.certifications import Annonce, Certification, sources_de
from webapp.domain.comptes import Organisme
from webapp.domain.successions import SANS_SUITE, Succession
from webapp.domain.textes import dire, enumerer
from webapp.persistence.lecture import Lecture
from webapp.services import habilitations, successions


@dataclass(frozen=True, slots=True)
class Suivi:
    """What there is to tell; each part is None when there is nothing."""

    echeance: Annonce | None = None
    suite: Succession = SANS_SUITE
    habilitations: tuple[Annonce, ...] = ()
    a_verifier: tuple[tuple[Certification, str], ...] = ()
    """Each with what is known of its end."""

    def sources(self, certification: Certification) -> str:
        """Name the source of the certification, and of each that is named with it."""
        return sources_de((certification, *self.suite.nommees, *(une for une, _ in self.a_verifier)))

    def en_bref(self, avis: str) -> str:
        """Say in one line what the sentences about a certification say at length; empty when there are none.

        In: why it cannot be used, in a few words; empty when it can.
        """
        codes = enumerer([une.code for une in self.suite.actives]) if self.suite.actives else ""
        if avis and codes:
            return dire("{avis}, remplacée par {codes}", avis=avis, codes=codes)
        if avis and self.a_verifier:
            return dire("{avis} : certifications à vérifier", avis=avis)
        if codes:
            return dire("{ancienne} est remplacée par {codes}", ancienne=self.suite.ancienne, codes=codes)
        if self.suite.toutes and not avis:
            return dire("Ce qui est connu de la suite de {ancienne}", ancienne=self.suite.ancienne)
        return avis


def suivre(lecture: Lecture, organisme: Organisme, certification: Certification | None, le: date) -> Suivi:
    """Say what is to be told of a certification to an organisation at a date; nothing of none.

    Of an organisation without a list of its own, the partners that its record names say what it may do.
    """
    if certification is None:
        return Suivi()
    droits = habilitations.pour(lecture, organisme, certification)
    dites = () if droits is None else tuple(annonce for _, annonce in droits.constats(le))
    suite = successions.succession(lecture, certification, le)
    connues = [(une, une.echeance_le(le)) for une in successions.a_verifier(lecture, certification, suite, le)]
    return Suivi(certification.annonce_le(le), suite, dites, tuple(connues))
