"""Domain values with sane defaults, so that a test only says what matters to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from stdnum import luhn

from webapp.domain.certifications import Certification
from webapp.domain.champs import CHAMPS_COMMUNS, IDENTIFIANT, Champ
from webapp.domain.comptes import Organisme, Role, Utilisateur
from webapp.domain.controle import Anomalie, Diagnostic, controler
from webapp.domain.fiche import FicheFormation
from webapp.domain.formation import Acte, Envoi, Formation
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.statuts import Operation, Statut
from webapp.persistence.database import BaseDeDonnees
from webapp.persistence.lecture import Lecture
from webapp.services import catalogue, comptes, registre, sessions
from webapp.services.sessions import SessionOuverte

LE = date(2019, 11, 28)
"""The guide's date, at which CléA RS2203 is active."""

PARIS = ZoneInfo("Europe/Paris")
"""Where a day begins, for the product as for the people who read it."""

MAINTENANT = datetime(2019, 11, 28, 9, 30, tzinfo=UTC)
MOT_DE_PASSE = "correct cheval agrafe"

CLEA = Certification(
    "RS2203",
    "Socle de connaissances et de compétences professionnelles (CléA)",
    connue_active_le=LE,
    inactive_constatee_le=date(2026, 5, 15),
    famille="clea",
    formacodes=("15041",),
    nsf=("100",),
    niveau_sortie="Sans niveau spécifique",
)

_TEXTES = {
    "identifiant": "Clea_Essai",
    "intitule": "Compétences Cléa - expression orale",
    "objectif": "Savoir prendre la parole dans une situation de travail.",
    "contenu": "Écouter, reformuler,\nexposer un point de vue.",
    "points_forts": "Petits groupes.",
    "resultats_attendus": "Préparer la certification CléA.",
    "type_parcours": "96214",
    "objectif_general": "6",
}
_numeros = count(1)


def jour_a_paris(instant: str) -> date:
    """Give the day of a moment that is written in ISO: near midnight, that of UTC is another."""
    return datetime.fromisoformat(instant).astimezone(PARIS).date()


def un_acte(auteur: Utilisateur | None = None, le: date = LE, maintenant: datetime = MAINTENANT) -> Acte:
    """What somebody does at the guide's date."""
    camille = Utilisateur(
        uuid4(), Organisme(uuid4(), "Formation Essai", "99999999800019"), "Camille Martin", "", Role.LECTEUR
    )
    return Acte(auteur or camille, le, maintenant)


# What the two buttons of a form do, new or not.


def enregistrer(cnx: Connection, acte: Acte, id: UUID, version: int, fiche: FicheFormation) -> Formation:
    return catalogue.soumettre(cnx, acte, Envoi(id, version, fiche), Operation.ENREGISTRER).formation


def valider(cnx: Connection, acte: Acte, id: UUID, version: int, fiche: FicheFormation) -> Formation:
    return catalogue.soumettre(cnx, acte, Envoi(id, version, fiche), Operation.VALIDER).formation


def enregistrer_nouvelle(cnx: Connection, acte: Acte, id: UUID, fiche: FicheFormation) -> Formation:
    return enregistrer(cnx, acte, id, 0, fiche)


def valider_nouvelle(cnx: Connection, acte: Acte, id: UUID, fiche: FicheFormation) -> Formation:
    return valider(cnx, acte, id, 0, fiche)


def une_certification(**faits: Any) -> Certification:
    return replace(Certification("RS1", "Une certification", LE), **faits)


def la_certification(lecture: Lecture, code: str) -> Certification:
    """Give a certification that the registry holds."""
    trouvee = registre.certification(lecture, code)
    assert trouvee is not None, code
    return trouvee


def la_session(lecture: Lecture, jeton: str, maintenant: datetime = MAINTENANT) -> SessionOuverte:
    """Give the session of a token that leads to one."""
    trouvee = sessions.lire(lecture, jeton, maintenant)
    assert trouvee is not None
    return trouvee


def une_fiche(**textes: str) -> FicheFormation:
    """A complete fiche, which `controler` finds nothing to say about."""
    base = {"type_formation": TypeFormation.CLEA.value, "certification": CLEA.code, **_TEXTES}
    return FicheFormation.lire(base | textes)


def juger(champ: Champ, texte: str) -> tuple[Anomalie, ...]:
    """What is wrong with one text in one field that all types share, of a fiche that is otherwise complete."""
    return controler(une_fiche(**{champ.nom: texte}), CLEA, LE).du_champ(champ.nom)


# What makes a fiche of each type complete, beside the texts that all types share.
PAR_TYPE: dict[TypeFormation, dict[str, str]] = {
    TypeFormation.CERTIFIANTE: {"certification": "RS313"},
    TypeFormation.BILAN: {"certification": "CPF202", "objectif_general": "9", "duree_heures": "24"},
    TypeFormation.PERMIS: {
        "certification": "CPF206", "objectif_general": "8", "numero_agrement": "E 02 075 1234 0",
        "objectif": "Conduire seul. Agrément préfectoral E0207512340.",
    },
    TypeFormation.VAE: {"certification": "CPF200", "categorisation": "152"},
    TypeFormation.CREATION: {"certification": "CPF203", "objectif_general": "4"},
    TypeFormation.CLEA: {},
}  # fmt: skip


def une_fiche_de(type_formation: TypeFormation, **textes: str) -> FicheFormation:
    """A complete fiche of a type, which `controler` finds nothing to say about at the guide's date."""
    return une_fiche(type_formation=type_formation.value, **(PAR_TYPE[type_formation] | textes))


def un_brouillon(**textes: str) -> FicheFormation:
    """A fiche with nothing but an identifier, as many drafts begin."""
    vides = {champ.nom: "" for champ in CHAMPS_COMMUNS if champ is not IDENTIFIANT}
    return une_fiche(**(vides | textes))


def une_formation(statut: Statut = Statut.BROUILLON, **textes: str) -> Formation:
    """A complete formation in a status, reached by the operations that lead to it."""
    valider = statut is Statut.VALIDEE
    operation = Operation.VALIDER if valider else Operation.ENREGISTRER
    formation = Formation.nouvelle(un_acte(), Envoi(uuid4(), 0, une_fiche(**textes)), operation, Diagnostic())
    return formation.archiver(un_acte()) if statut is Statut.ARCHIVEE else formation


def un_siret() -> str:
    """A fictional SIRET that passes the check digit, never twice the same."""
    siren = f"998{next(_numeros):05d}"
    siren += luhn.calc_check_digit(siren)
    return siren + "0001" + str(luhn.calc_check_digit(siren + "0001"))


@dataclass
class Atelier:
    """Makes things in a database, one transaction each; every moment is a second after the one before."""

    base: BaseDeDonnees
    maintenant: datetime = MAINTENANT
    _secondes: Iterator[int] = field(default_factory=lambda: count(1))

    def organisme(self, nom: str = "Formation Essai") -> Organisme:
        with self.base.ecriture() as cnx:
            return comptes.creer_organisme(cnx, nom, un_siret())

    def utilisateur(
        self,
        organisme: Organisme | None = None,
        *,
        role: Role = Role.GESTIONNAIRE_CATALOGUE,
        nom: str = "Camille Martin",
        mot_de_passe: str | None = None,
    ) -> Utilisateur:
        organisme = organisme or self.organisme()
        courriel = f"personne{next(_numeros)}@essai.example"
        with self.base.ecriture() as cnx:
            return comptes.creer_compte(cnx, organisme.id, comptes.Personne(nom, courriel, role), mot_de_passe)

    def formation(
        self, auteur: Utilisateur, fiche: FicheFormation | None = None, statut: Statut = Statut.BROUILLON
    ) -> Formation:
        fiche = fiche or une_fiche(identifiant=f"F{next(_numeros)}")
        creer = valider_nouvelle if statut is Statut.VALIDEE else enregistrer_nouvelle
        with self.base.ecriture() as cnx:
            formation = creer(cnx, self.acte(auteur), uuid4(), fiche)
            if statut is Statut.ARCHIVEE:
                formation = catalogue.archiver(cnx, self.acte(auteur), formation.id, formation.version)
        return formation

    def lire(self, auteur: Utilisateur, id: UUID) -> Formation:
        with self.base.lecture() as cnx:
            return catalogue.ouvrir(cnx, auteur.organisme, id)

    def acte(self, auteur: Utilisateur, le: date = LE) -> Acte:
        return Acte(auteur, le, self.instant())

    def instant(self) -> datetime:
        return self.maintenant + timedelta(seconds=next(self._secondes))
