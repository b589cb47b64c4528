"""The demonstration's data: two organisations, their people, a catalogue that looks alive at the guide's date.

The formations go through the services of the catalogue, so that none stands there which a person could not have
made. Names, addresses and SIRET are fictional.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from uuid import uuid4

from sqlalchemy import Connection

from webapp.demonstration.textes import FORMATIONS_ALPHA, FORMATIONS_BETA, FormationDemo
from webapp.domain.comptes import Role, Utilisateur
from webapp.domain.fiche import FicheFormation
from webapp.domain.formation import Acte, Envoi
from webapp.domain.statuts import Operation, Statut
from webapp.persistence import comptes as comptes_gardes
from webapp.services import catalogue, comptes, registre
from webapp.services.comptes import Personne
from webapp.settings import DATE_DU_GUIDE

MOT_DE_PASSE = "catalogue-de-demonstration"

_MATIN = time(9, 30)
_OUVERTURE = datetime.combine(DATE_DU_GUIDE, time(8), tzinfo=UTC)


@dataclass(frozen=True)
class OrganismeDemo:
    """An organisation of the demonstration; the first of its accounts is the author of its formations."""

    nom: str
    siret: str
    comptes: tuple[Personne, ...]
    formations: tuple[FormationDemo, ...]


ORGANISMES = (
    OrganismeDemo(
        "Formation Alpha",
        "99999999800019",
        (
            Personne("Camille Martin", "gestionnaire@alpha.example", Role.GESTIONNAIRE_CATALOGUE),
            Personne("Louise Bernard", "lecteur@alpha.example", Role.LECTEUR),
        ),
        FORMATIONS_ALPHA,
    ),
    OrganismeDemo(
        "Formation Beta",
        "12345678200010",
        (Personne("Nour Petit", "gestionnaire@beta.example", Role.GESTIONNAIRE_CATALOGUE),),
        FORMATIONS_BETA,
    ),
)


def amorcer(cnx: Connection) -> bool:
    """Fill an empty database with the registry and the demonstration; a second start changes nothing.

    Out: whether the organisations were made. The registry is brought up to date in any case.
    """
    registre.amorcer(cnx)
    if not comptes_gardes.aucun_organisme(cnx):
        return False
    for demo in ORGANISMES:
        organisme = comptes.creer_organisme(cnx, demo.nom, demo.siret)
        auteur, *_ = [comptes.creer_compte(cnx, organisme.id, une, MOT_DE_PASSE) for une in demo.comptes]
        # In the order of their dates: what is saved last stands first.
        for formation in sorted(demo.formations, key=lambda une: une.modifiee_le):
            _decrire(cnx, auteur, formation)
    return True


def _decrire(cnx: Connection, auteur: Utilisateur, formation: FormationDemo) -> None:
    acte = Acte(auteur, DATE_DU_GUIDE, datetime.combine(formation.modifiee_le, _MATIN, tzinfo=UTC))
    envoi = Envoi(uuid4(), 0, FicheFormation.lire(formation.fiche))
    brouillon = formation.statut_voulu is Statut.BROUILLON
    faite = catalogue.soumettre(cnx, acte, envoi, Operation.ENREGISTRER if brouillon else Operation.VALIDER).formation
    if formation.statut_voulu is Statut.ARCHIVEE:
        # On the day of the guide: neither its date nor its author say so.
        catalogue.archiver(cnx, replace(acte, maintenant=_OUVERTURE), faite.id, faite.version)
