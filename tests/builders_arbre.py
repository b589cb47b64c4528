"""Actions, sessions, contacts and places with sane defaults: complete, so that a test says only what it breaks."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from tests.builders import CLEA, MAINTENANT, Atelier, un_acte
from tests.builders import LE as LE_DU_GUIDE
from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme, Utilisateur
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.noeud import Depot, Entree, Noeud
from webapp.domain.regles import Contexte
from webapp.domain.statuts import Operation, Statut
from webapp.persistence.database import BaseDeDonnees
from webapp.services import annuaire, arbre

LE = date(2026, 11, 26)
CONTACT_ID, LIEU_ID = str(UUID(int=1)), str(UUID(int=2))
CERTIFICATION = replace(
    CLEA, connue_active_le=date(2019, 1, 1), inactive_constatee_le=None, fin_enregistrement=date(2028, 12, 31)
)

_CONTACT = {"nom": "Martin", "prenom": "Camille", "telephone": "05 61 00 00 00", "courriel": "camille@exemple.example"}
_LIEU = {
    "denomination": "Salle Garonne", "contact": CONTACT_ID, "numero_voie": "12", "nature_voie": "Rue",
    "libelle_voie": "des Essais", "code_postal": "31000", "ville": "Toulouse",
}  # fmt: skip
_ACTION = {
    "numero": "A1", "modalites_enseignement": "0", "lieu": LIEU_ID, "entrees_sorties": "0", "duree": "24",
    "rythmes": "1", "langue": "FR", "niveau_entree_obligatoire": "non", "prerequis": "non",
    "modalites_admission": "92002", "taux_tva": "20", "frais_ht": "1000", "frais_ttc": "1200", "contact": CONTACT_ID,
    "acces_handicapes": "Ascenseur.",
}  # fmt: skip
_SESSION = {"numero": "S1", "debut": "2027-03-01", "fin": "2027-03-05", "etat_recrutement": "1"}


def un_contact(**textes: str) -> Fiche:
    return Fiche.lire(Niveau.CONTACT, _CONTACT | textes)


def un_lieu(**textes: str) -> Fiche:
    return Fiche.lire(Niveau.LIEU, _LIEU | textes)


def une_action(**textes: str) -> Fiche:
    return Fiche.lire(Niveau.ACTION, _ACTION | textes)


def une_session(**textes: str) -> Fiche:
    return Fiche.lire(Niveau.SESSION, _SESSION | textes)


def jamais(_jour: date) -> bool:
    """No day is a holiday."""
    return False


def un_contexte(**faits: Any) -> Contexte:
    """What is known where the fiches above live: one contact, one place."""
    base: dict[str, Any] = {
        "le": LE, "est_ferie": jamais, "certification": CERTIFICATION, "contacts": {CONTACT_ID: un_contact()},
        "lieux": {LIEU_ID: un_lieu()},
    }  # fmt: skip
    return Contexte(**(base | faits))


def un_noeud(fiche: Fiche, statut: Statut = Statut.BROUILLON, **faits: Any) -> Noeud:
    """An action or a session with an identity; its parent is drawn unless it is said."""
    base: dict[str, Any] = {
        "id": uuid4(), "organisme_id": uuid4(), "formation_id": uuid4(), "parent_id": uuid4(), "fiche": fiche,
        "statut": statut, "version": 1, "creee_le": MAINTENANT, "modifiee_le": MAINTENANT, "modifiee_par": "Camille",
        "validee_le": MAINTENANT if statut is Statut.VALIDEE else None,
    }  # fmt: skip
    return Noeud(**(base | faits))


class AtelierArbre:
    """Makes the contacts, places, actions and sessions of one organisation, by the services."""

    def __init__(self, base: BaseDeDonnees, auteur: Utilisateur | None = None) -> None:
        self.base = base
        self.atelier = Atelier(base)
        self.auteur = auteur or self.atelier.utilisateur()
        self.acte = un_acte(self.auteur, LE_DU_GUIDE, MAINTENANT)

    @property
    def organisme(self) -> Organisme:
        return self.auteur.organisme

    def entree(self, fiche: Fiche) -> Entree:
        with self.base.ecriture() as cnx:
            return annuaire.soumettre(cnx, self.acte, Depot(uuid4(), 0, fiche))

    def contact(self, **textes: str) -> str:
        return str(self.entree(un_contact(**textes)).id)

    def lieu(self, contact: str = "", **textes: str) -> str:
        return str(self.entree(un_lieu(contact=contact or self.contact(), **textes)).id)

    def fiche_action(self, **textes: str) -> Fiche:
        """A complete fiche, with a contact and a place of the organisation unless they are said."""
        contact = textes.pop("contact", None) or self.contact()
        lieu = textes.pop("lieu", None) or self.lieu(contact)
        return une_action(contact=contact, lieu=lieu, **textes)

    def soumettre(
        self, fiche: Fiche, parent_id: UUID, operation: Operation = Operation.ENREGISTRER, id: UUID | None = None,
        version: int = 0,
    ) -> Noeud:  # fmt: skip
        with self.base.ecriture() as cnx:
            return arbre.soumettre(cnx, self.acte, Depot(id or uuid4(), version, fiche, parent_id), operation).noeud

    def action(self, formation_id: UUID, statut: Statut = Statut.BROUILLON, **textes: str) -> Noeud:
        return self._en(statut, self.soumettre(self.fiche_action(**textes), formation_id, _operation(statut)))

    def session(self, action_id: UUID, statut: Statut = Statut.BROUILLON, **textes: str) -> Noeud:
        return self._en(statut, self.soumettre(une_session(**textes), action_id, _operation(statut)))

    def relire(self, noeud: Noeud) -> Noeud:
        with self.base.lecture() as cnx:
            return arbre.ouvrir_noeud(cnx, self.organisme, noeud.niveau, noeud.id)

    def _en(self, statut: Statut, noeud: Noeud) -> Noeud:
        return self.archiver(noeud) if statut is Statut.ARCHIVEE else noeud

    def archiver(self, noeud: Noeud) -> Noeud:
        with self.base.ecriture() as cnx:
            return arbre.archiver(cnx, self.acte, noeud.niveau, noeud.id, noeud.version)


def _operation(statut: Statut) -> Operation:
    return Operation.VALIDER if statut is Statut.VALIDEE else Operation.ENREGISTRER
