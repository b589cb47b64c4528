"""The habilitations of an organisation: its own list, as EDOF gives it, and what the registry publishes.

A list is read, then looked at beside the one that counts, then imported in its place: nothing counts before a person
has seen what it changes. Looking at a list for too long forgets it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Connection

from webapp.domain.certifications import Certification
from webapp.domain.comptes import Organisme
from webapp.domain.dates import date_longue
from webapp.domain.fichier_habilitations import FichierHabilitations, FichierRefuse, Remarque, lire_fichier
from webapp.domain.habilitations import Difference, Droits, HabilitationEdof, Habilitations, comparer
from webapp.domain.moments import jour_de, moment_de
from webapp.domain.refus import Introuvable, RefusMetier, trouve
from webapp.domain.textes import dire, fr
from webapp.persistence import habilitations
from webapp.persistence.habilitations import Liste
from webapp.persistence.lecture import Lecture
from webapp.services import registre

__all__ = [
    "Apercu", "Auteur", "FichierRefuse", "Liste", "ListeDepassee", "apercu", "connues", "courante", "deposer",
    "examiner", "importer", "lire", "parmi", "pour",
]  # fmt: skip

OUBLI = timedelta(hours=2)
"""How long a list that was read is kept to be looked at."""

A_VENIR = (
    "D'après son nom, cette liste est du {jour}, un jour qui n'est pas encore venu : donnez au fichier la date de "
    "l'export, puis recommencez."
)


GARDEE = fr("{pourquoi} Ce que vous aviez pour ce code est gardé.")


class ListeDepassee(RefusMetier):
    """Another list was imported since this one was compared: what it would change is another thing."""


@dataclass(frozen=True, slots=True)
class Auteur:
    """Who reads or imports a list, by name, and when: `le` is the reference date, `maintenant` the real moment."""

    nom: str
    le: date
    maintenant: datetime

    @property
    def moment(self) -> datetime:
        """The moment as it is told: that of the reference date, at the same time of the day."""
        return moment_de(self.maintenant, self.le)

    @property
    def dernier_jour(self) -> date:
        """The last day that has come: that of the clock, or the reference date where it is later."""
        return max(self.le, jour_de(self.maintenant, None))


@dataclass(frozen=True, slots=True)
class Apercu:
    """A list that was read, the one that counts (None: the first), and what would change. `plus_ancienne` than it.

    `lignes`: those of the file, and what the one that counts says of `gardees`, the codes that the file names on lines
    which cannot be read.
    """

    liste: Liste
    lignes: tuple[HabilitationEdof, ...]
    actuelle: Liste | None
    anciennes: tuple[HabilitationEdof, ...]
    difference: Difference
    gardees: tuple[str, ...] = ()

    @property
    def comparee_a(self) -> UUID | None:
        """The id of the list that counts; None when there is none."""
        return None if self.actuelle is None else self.actuelle.id

    @property
    def plus_ancienne(self) -> bool:
        """Whether it was drawn up before the one that counts."""
        return self.actuelle is not None and self.liste.etablie_le < self.actuelle.etablie_le


def connues(lecture: Lecture, organisme: Organisme) -> Habilitations:
    """Give all that is known of what an organisation may do. Two statements."""
    return replace(
        habilitations.connues(lecture, organisme.id), publiees=habilitations.publiees(lecture, organisme.siret)
    )


def pour(lecture: Lecture, organisme: Organisme, certification: Certification) -> Droits | None:
    """Give what is known of what an organisation may do for one certification; None when nothing is.

    One statement, and another where the record of the certification names partners.
    """
    code = certification.code
    nomme = registre.nomme_des_partenaires(lecture, code)
    sienne = habilitations.connues(lecture, organisme.id, code)
    publiees = habilitations.publiees(lecture, organisme.siret, code) if nomme else {}
    return replace(sienne, publiees=publiees).pour(certification, nomme_des_partenaires=nomme)


def parmi(lecture: Lecture, connues: Habilitations, certification: Certification) -> Droits | None:
    """Give of what is known what is about one certification; None when nothing is."""
    return connues.pour(
        certification, nomme_des_partenaires=registre.nomme_des_partenaires(lecture, certification.code)
    )


def courante(lecture: Lecture, organisme: Organisme) -> tuple[Liste, tuple[HabilitationEdof, ...]] | None:
    """Give the list that counts and its lines; None when none was imported."""
    liste = habilitations.importee(lecture, organisme.id)
    return None if liste is None else (liste, habilitations.lignes(lecture, liste))


def lire(organisme: Organisme, nom: str, octets: bytes) -> FichierHabilitations:
    """Read a file as the list of an organisation; nothing is kept. Raises FichierRefuse."""
    return lire_fichier(nom, octets, organisme.siret)


def examiner(lecture: Lecture, organisme: Organisme, qui: Auteur, fichier: FichierHabilitations) -> Apercu:
    """Say what a list that was read would change; nothing is kept. Raises FichierRefuse for one of a day to come."""
    if fichier.etablie_le is not None and fichier.etablie_le > qui.dernier_jour:
        raise FichierRefuse(dire(A_VENIR, jour=date_longue(fichier.etablie_le)))
    etablie_le = fichier.etablie_le or qui.le
    liste = Liste(
        uuid4(), organisme.id, fichier.nom, etablie_le, qui.nom, qui.maintenant, None, None, fichier.remarques
    )  # fmt: skip
    return _comparee(lecture, liste, fichier.habilitations)


def deposer(cnx: Connection, organisme: Organisme, qui: Auteur, fichier: FichierHabilitations) -> Apercu:
    """Keep a list to be looked at, and say what it would change. Those that were looked at for too long are gone.

    Raises FichierRefuse for one of a day to come.
    """
    habilitations.oublier(cnx, organisme.id, qui.maintenant - OUBLI)
    vu = examiner(cnx, organisme, qui, fichier)
    # As it was read: what it leaves as it was is that of the list that counts when it is imported.
    habilitations.deposer(cnx, replace(vu.liste, remarques=fichier.remarques), fichier.habilitations)
    return vu


def apercu(lecture: Lecture, organisme: Organisme, id: UUID, maintenant: datetime) -> Apercu:
    """Say what a list that was kept would change. Raises Introuvable, too long after it was read as well."""
    liste = trouve(habilitations.par_id(lecture, organisme.id, id))
    if liste.importee_le is None and liste.deposee_le < maintenant - OUBLI:
        raise Introuvable
    return _comparee(lecture, liste, habilitations.lignes(lecture, liste))


def importer(cnx: Connection, organisme: Organisme, qui: Auteur, id: UUID, vue: UUID | None) -> Apercu:
    """Make a list the one that counts; asked twice, it is done once. `vue`: the one that it was compared with.

    Out: what it changed. Raises Introuvable; ListeDepassee.
    """
    habilitations.verrouiller(cnx, organisme.id)
    vu = apercu(cnx, organisme, id, qui.maintenant)
    if vu.liste.importee_le is not None:
        return vu
    if vue != vu.comparee_a:
        raise ListeDepassee
    if vu.actuelle is not None:
        habilitations.retirer(cnx, vu.actuelle)
    if vu.gardees:
        habilitations.retirer(cnx, vu.liste)
        habilitations.deposer(cnx, vu.liste, vu.lignes)
    habilitations.importer(cnx, vu.liste, qui.nom, qui.moment)
    return vu


def _comparee(lecture: Lecture, liste: Liste, lignes: tuple[HabilitationEdof, ...]) -> Apercu:
    actuelle = habilitations.importee(lecture, liste.organisme_id)
    anciennes = () if actuelle is None else habilitations.lignes(lecture, actuelle)
    illisibles = {remarque.code for remarque in liste.remarques} - {une.code for une in lignes}
    gardees = tuple(une for une in anciennes if une.code in illisibles)
    codes = tuple(une.code for une in gardees)
    liste = replace(liste, remarques=tuple(_dite(remarque, codes) for remarque in liste.remarques))
    return Apercu(liste, (*lignes, *gardees), actuelle, anciennes, comparer(anciennes, (*lignes, *gardees)), codes)


def _dite(remarque: Remarque, gardees: tuple[str, ...]) -> Remarque:
    if remarque.code not in gardees:
        return remarque
    return remarque._replace(texte=GARDEE.format(pourquoi=remarque.texte))
