"""Files of the portal sent to an organisation, and brought in as its people would."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Connection

from tests.builders import LE
from tests.builders_arbre import AtelierArbre
from webapp.domain.comptes import Organisme
from webapp.domain.imports import Apercu, Importation, Sort
from webapp.domain.taches import EtatTache, Tache
from webapp.edof.ecriture import ecrire
from webapp.edof.objets import Objet
from webapp.edof.ordre import SIRET
from webapp.edof.passage import Entourage, objet_de
from webapp.persistence import formations, traces_edof
from webapp.persistence import taches as gardees
from webapp.persistence.annuaire import CONTACTS, LIEUX
from webapp.persistence.database import BaseDeDonnees
from webapp.persistence.noeuds import ACTIONS, SESSIONS
from webapp.services import import_edof, taches
from webapp.services.import_edof import Envoye
from webapp.services.taches import Demande
from webapp.services.travail import Travailleur


def au_siret(objet: Objet, siret: str) -> Objet:
    """The same formation, of the organisation that has this SIRET."""
    return replace(objet, valeurs={**objet.valeurs, SIRET: siret})


@dataclass
class AtelierImport:
    """Sends files to one organisation, by the services."""

    base: BaseDeDonnees
    arbre: AtelierArbre
    le: date = LE
    porteur: UUID = field(default_factory=uuid4)

    @property
    def organisme(self) -> Organisme:
        return self.arbre.organisme

    @property
    def demande(self) -> Demande:
        return Demande(replace(self.arbre.acte, le=self.le), self.le)

    def octets(self, objets: Sequence[Objet]) -> bytes:
        return b"".join(ecrire([au_siret(objet, self.organisme.siret) for objet in objets]))

    def deposer(self, octets: bytes, nom: str = "catalogue.xml", lu_en: str = "") -> Tache:
        dit = import_edof.recevoir(io.BytesIO(octets))
        decoupe = import_edof.decouper(io.BytesIO(octets), lu_en or dit.reel, self.organisme)
        with self.base.ecriture() as cnx:
            tache = import_edof.deposer(cnx, self.demande, Envoye(uuid4(), nom, dit, lu_en or dit.reel), decoupe)
        decoupe.fermer()
        return self.finir(tache)

    def importer(self, octets: bytes) -> Tache:
        return self.lancer(self.deposer(octets))

    def lancer(self, tache: Tache) -> Tache:
        with self.base.ecriture() as cnx:
            taches.lancer(cnx, self.demande.acte, tache.id)
        return self.finir(tache)

    def annuler(self, tache: Tache) -> Tache:
        with self.base.ecriture() as cnx:
            annulation = taches.annuler(cnx, self.demande, tache.id, uuid4())
        return self.finir(annulation)

    def finir(self, tache: Tache) -> Tache:
        """Do what is left of a job, as the process of jobs would."""
        travailleur = Travailleur(self.base, self.porteur)
        while (lue := self.relire(tache)).active:
            assert travailleur.tour()
        return lue

    def relire(self, tache: Tache) -> Tache:
        with self.base.lecture() as cnx:
            lue = gardees.par_id(cnx, self.organisme.id, tache.id)
        assert lue is not None
        return lue

    def lire(self, tache: Tache) -> Importation:
        with self.base.lecture() as cnx:
            return import_edof.ouvrir(cnx, self.organisme, tache.id)[0]

    def apercus(self, tache: Tache, *sorts: Sort) -> list[Apercu]:
        with self.base.lecture() as cnx:
            une, _ = import_edof.ouvrir(cnx, self.organisme, tache.id)
            return [lu[-1] for lu in import_edof.apercus(cnx, une, sorts or tuple(Sort), 0, 10_000)[0]]

    def sorts(self, tache: Tache) -> dict[str, str]:
        """What becomes of each object, by its name."""
        return {un.nom: un.sort.value for un in self.apercus(tache)}

    def objets(self) -> list[Objet]:
        """All that the catalogue holds, as a file would say it, whatever its status."""
        with self.base.lecture() as cnx:
            return objets_de(cnx, self.organisme)


def objets_de(lecture: Connection, organisme: Organisme) -> list[Objet]:
    toutes = formations.toutes(lecture, organisme.id)
    ids = [formation.id for formation in toutes]
    actions = ACTIONS.des_formations(lecture, organisme.id, ids)
    sessions = SESSIONS.des_formations(lecture, organisme.id, ids)
    contacts, lieux = ({str(e.id): e.fiche for e in un.tous(lecture, organisme.id)} for un in (CONTACTS, LIEUX))
    autour = Entourage(organisme.siret, contacts, lieux, traces_edof.des_formations(lecture, organisme.id, ids))
    return [objet_de(formation, actions.get(formation.id, []), sessions, autour) for formation in toutes]


PRETE, TERMINEE = EtatTache.PRETE, EtatTache.TERMINEE
