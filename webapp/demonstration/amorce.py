"""The demonstration's data: two organisations, their people, a catalogue that looks alive at the guide's date.

The formations and what they hold go through the services, so that none stands there which a person could not have
made. Names, addresses and SIRET are fictional.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Connection

from webapp.demonstration.arbre import ARBRE_ALPHA, ARBRE_BETA, ActionDemo, ArbreDemo, Textes
from webapp.demonstration.textes import FORMATIONS_ALPHA, FORMATIONS_BETA, FormationDemo
from webapp.domain.champs import Niveau
from webapp.domain.comptes import Role, Utilisateur
from webapp.domain.fiche import FicheFormation
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import Acte, Envoi, Formation
from webapp.domain.niveaux import PAR_NOM
from webapp.domain.noeud import Depot, Noeud
from webapp.domain.statuts import Operation, Statut
from webapp.persistence import comptes as comptes_gardes
from webapp.services import annuaire, arbre, catalogue, comptes, registre
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
    arbre: ArbreDemo


ORGANISMES = (
    OrganismeDemo(
        "Formation Alpha",
        "99999999800019",
        (
            Personne("Camille Martin", "gestionnaire@alpha.example", Role.GESTIONNAIRE_CATALOGUE),
            Personne("Louise Bernard", "lecteur@alpha.example", Role.LECTEUR),
        ),
        FORMATIONS_ALPHA,
        ARBRE_ALPHA,
    ),
    OrganismeDemo(
        "Formation Beta",
        "12345678200010",
        (Personne("Nour Petit", "gestionnaire@beta.example", Role.GESTIONNAIRE_CATALOGUE),),
        FORMATIONS_BETA,
        ARBRE_BETA,
    ),
)

COURRIELS = frozenset(personne.courriel for demo in ORGANISMES for personne in demo.comptes)


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
        cles = _tenir_l_annuaire(cnx, auteur, demo.arbre)
        # In the order of their dates: what is saved last stands first.
        for formation in sorted(demo.formations, key=lambda une: une.modifiee_le):
            faite = _decrire(cnx, auteur, formation)
            siennes = [a for a in demo.arbre.actions if a.formation == formation.fiche["identifiant"]]
            for rang, action in enumerate(siennes, 1):
                _planifier(cnx, _acte(auteur, formation.modifiee_le, rang), faite, action, cles)
    return True


def _acte(auteur: Utilisateur, jour: date, minutes: int = 0) -> Acte:
    return Acte(auteur, DATE_DU_GUIDE, datetime.combine(jour, _MATIN, tzinfo=UTC) + timedelta(minutes=minutes))


def _tenir_l_annuaire(cnx: Connection, auteur: Utilisateur, demo: ArbreDemo) -> dict[str, str]:
    """Keep the contacts, then the places that refer to them. Out: the id of each, by the key that names it here."""
    cles: dict[str, str] = {}
    premier = min(formation.modifiee_le for organisme in ORGANISMES for formation in organisme.formations)
    for niveau, siens in ((Niveau.CONTACT, demo.contacts), (Niveau.LIEU, demo.lieux)):
        for cle, textes in siens.items():
            depot = Depot(uuid4(), 0, Fiche.lire(niveau, _avec_ids(niveau, textes, cles)))
            cles[cle] = str(annuaire.soumettre(cnx, _acte(auteur, premier), depot).id)
    return cles


def _avec_ids(niveau: Niveau, textes: Textes, cles: Mapping[str, str]) -> Textes:
    return {nom: cles[texte] if PAR_NOM[niveau][nom].nature.est_reference else texte for nom, texte in textes.items()}


def _decrire(cnx: Connection, auteur: Utilisateur, formation: FormationDemo) -> Formation:
    acte = _acte(auteur, formation.modifiee_le)
    envoi = Envoi(uuid4(), 0, FicheFormation.lire(formation.fiche))
    faite = catalogue.soumettre(cnx, acte, envoi, _operation(formation.statut_voulu)).formation
    if formation.statut_voulu is Statut.ARCHIVEE:
        # On the day of the guide: neither its date nor its author say so.
        catalogue.archiver(cnx, replace(acte, maintenant=_OUVERTURE), faite.id, faite.version)
    return faite


def _planifier(cnx: Connection, acte: Acte, formation: Formation, demo: ActionDemo, cles: Mapping[str, str]) -> None:
    """Put an action under its formation, and its sessions under it."""
    action = _poser(
        cnx, acte, Niveau.ACTION, formation.id, _avec_ids(Niveau.ACTION, demo.fiche, cles), demo.statut_voulu
    )
    for session in demo.sessions:
        _poser(
            cnx, acte, Niveau.SESSION, action.id, _avec_ids(Niveau.SESSION, session.fiche, cles), session.statut_voulu
        )
    if demo.statut_voulu is Statut.ARCHIVEE:
        arbre.archiver(cnx, acte, Niveau.ACTION, action.id, action.version)


def _poser(cnx: Connection, acte: Acte, niveau: Niveau, parent_id: UUID, textes: Textes, statut: Statut) -> Noeud:  # noqa: PLR0913, PLR0917 - what, where, by whom
    depot = Depot(uuid4(), 0, Fiche.lire(niveau, textes), parent_id)
    return arbre.soumettre(cnx, acte, depot, _operation(statut)).noeud


def _operation(statut: Statut) -> Operation:
    """Give what was last done to what stands at a status, or stood there before it was archived."""
    return Operation.ENREGISTRER if statut is Statut.BROUILLON else Operation.VALIDER
