"""What ends soon in a catalogue: certifications whose registration runs out, and the formations that prepare them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from webapp.domain.certifications import TONS_D_ECHEANCE, Certification, EtatCertification, sources_de
from webapp.domain.comptes import Organisme
from webapp.domain.publication import Raison
from webapp.domain.statuts import EN_TRAVAIL
from webapp.domain.successions import Succession
from webapp.persistence import compteurs, formations
from webapp.persistence.formations import Citee
from webapp.persistence.lecture import Lecture
from webapp.services import publication, registre, successions

PALIERS = tuple(jours for jours, _ in TONS_D_ECHEANCE)
"""Days: what ends within each, and not within the one before."""

FORMATIONS_MONTREES = 50


@dataclass(frozen=True, slots=True)
class Echeance:
    """One certification that has ended or ends soon, what replaces it, and what prepares it.

    `nombre` counts the formations, archived ones left out; `formations` are the first FORMATIONS_MONTREES of them, and
    `raisons` says why each is not « publiable ».
    """

    certification: Certification
    jours: int | None
    suite: Succession
    nombre: int
    formations: tuple[Citee, ...]
    raisons: Mapping[UUID, Raison | None] = field(default_factory=dict)
    a_verifier: tuple[Certification, ...] = ()

    @property
    def remplacantes(self) -> tuple[Certification, ...]:
        """What may be taken in its place: what replaces it, or else what is to be verified."""
        return self.suite.actives or self.a_verifier

    @property
    def sources(self) -> str:
        """Name the source of each certification that is named, its own first."""
        return sources_de((self.certification, *self.suite.nommees, *self.a_verifier))


@dataclass(frozen=True, slots=True)
class Echeancier:
    """All that ends: what has ended already, then each of PALIERS with what ends within it, soonest first."""

    finies: tuple[Echeance, ...]
    paliers: tuple[tuple[int, tuple[Echeance, ...]], ...]

    @property
    def vide(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.finies and not any(echeances for _, echeances in self.paliers)


def echeancier(lecture: Lecture, organisme: Organisme, le: date) -> Echeancier:
    """Say what ends in the catalogue of an organisation at a date."""
    nombres = compteurs.par_certification(lecture, organisme.id, EN_TRAVAIL)
    finies, a_venir = [], []
    for certification in registre.par_codes(lecture, nombres).values():
        if certification.etat_le(le) is EtatCertification.EXPIREE:
            finies.append(_echeance(lecture, organisme, certification, nombres[certification.code], le))
        elif certification.prend_fin_bientot(le):
            a_venir.append(_echeance(lecture, organisme, certification, nombres[certification.code], le))
    a_venir.sort(key=lambda e: (e.jours or 0, e.certification.code))
    finies.sort(key=lambda e: (e.certification.fin_enregistrement or date.min, e.certification.code), reverse=True)
    debuts = (-1, *PALIERS)
    paliers = tuple(
        (fin, tuple(e for e in a_venir if debut < (e.jours or 0) <= fin))
        for debut, fin in zip(debuts, PALIERS, strict=False)
    )
    return Echeancier(tuple(finies), paliers)


def _echeance(lecture: Lecture, organisme: Organisme, certification: Certification, nombre: int, le: date) -> Echeance:
    citees = formations.citees(lecture, organisme.id, certification.code, FORMATIONS_MONTREES)
    suite = successions.succession(lecture, certification, le)
    connues = successions.a_verifier(lecture, certification, suite, le)
    depassees = () if certification.active_le(le) else {citee.id for citee in citees}
    statuts = [(citee.id, citee.statut) for citee in citees]
    raisons = publication.raisons(lecture, organisme, statuts, le, depassees=depassees)
    return Echeance(certification, certification.jours_restants(le), suite, nombre, citees, raisons, connues)
