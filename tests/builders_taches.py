"""Trees of many sessions, and jobs over them, each brought to where a test needs it."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from tests.builders import LE, une_fiche
from tests.builders_arbre import AtelierArbre, une_session
from webapp.domain.champs import Niveau
from webapp.domain.formation import Formation
from webapp.domain.lots import Changement
from webapp.domain.noeud import Noeud
from webapp.domain.statuts import Statut
from webapp.domain.taches import EtatLigne, Ligne, Tache
from webapp.persistence import taches as gardees
from webapp.persistence.database import BaseDeDonnees
from webapp.persistence.noeuds import ACTIONS, SESSIONS
from webapp.services import taches
from webapp.services.pages import Filtre
from webapp.services.taches import Coches, Demande
from webapp.services.travail import Travailleur

PREMIER_LUNDI = date(2027, 1, 4)


def changement(lot: str, niveau: str = "", **valeurs: str) -> Changement:
    return Changement.lire(lot, niveau, valeurs)


@dataclass
class AtelierTaches:
    """Makes jobs of one organisation, by the services, and does them as the process of jobs would."""

    base: BaseDeDonnees
    arbre: AtelierArbre
    porteur: UUID = field(default_factory=uuid4)

    @property
    def demande(self) -> Demande:
        return Demande(self.arbre.acte, LE)

    def formation(self, statut: Statut = Statut.VALIDEE, **textes: str) -> Formation:
        atelier = self.arbre.atelier
        return atelier.formation(self.arbre.auteur, une_fiche(identifiant=f"F_{uuid4().hex[:8]}", **textes), statut)

    def sessions(self, action: Noeud, nombre: int, statut: Statut = Statut.VALIDEE) -> list[Noeud]:
        """Give an action sessions of a week each, one week after the other."""
        faites = []
        for rang in range(nombre):
            debut = PREMIER_LUNDI + timedelta(weeks=rang)
            textes = {"debut": debut.isoformat(), "fin": (debut + timedelta(days=4)).isoformat()}
            faites.append(self.arbre.session(action.id, statut, numero=f"S{rang + 1}", **textes))
        return faites

    def ajouter_sessions(self, action: Noeud, nombre: int, debut: int = 0) -> list[Noeud]:
        """The same by the hundred: written at once, a draft each, numbered from `debut`."""
        modele = self.arbre.session(action.id, numero=f"M{debut}")
        neuves = []
        for rang in range(debut, debut + nombre):
            jour = PREMIER_LUNDI + timedelta(days=rang % 3_000)
            fiche = une_session(numero=f"N{rang}", debut=jour.isoformat(), fin=(jour + timedelta(days=4)).isoformat())
            neuves.append(replace(modele, id=uuid4(), fiche=fiche))
        with self.base.ecriture() as cnx:
            SESSIONS.ajouter_en_nombre(cnx, neuves)
        return neuves

    def choisir(self, *objets: Formation | Noeud, id: UUID | None = None) -> UUID:
        """Choose objects by hand; gives the id of the choice."""
        id_ = id or uuid4()
        par_niveau: dict[Niveau, set[UUID]] = {}
        for objet in objets:
            par_niveau.setdefault(getattr(objet, "niveau", Niveau.FORMATION), set()).add(objet.id)
        with self.base.ecriture() as cnx:
            for niveau, ids in par_niveau.items():
                taches.choisir(cnx, self.demande, id_, Coches(niveau, frozenset(ids), frozenset(ids)))
        return id_

    def preparer(self, quoi: Changement, *objets: Formation | Noeud, filtre: Filtre | None = None) -> Tache:
        """Look at what a change would do, to the end."""
        id_ = self.choisir(*objets)
        with self.base.ecriture() as cnx:
            taches.preparer(cnx, self.demande, id_, quoi, filtre)
        self.travailler()
        return self.relire(id_)

    def lancer(self, tache: Tache) -> Tache:
        """Launch what is prepared, and do what an answer does of it."""
        with self.base.ecriture() as cnx:
            taches.lancer(cnx, self.arbre.acte, tache.id)
        return self.relire(tache.id)

    def faire(self, quoi: Changement, *objets: Formation | Noeud, filtre: Filtre | None = None) -> Tache:
        """Prepare, launch if anything would change, and do to the end."""
        prete = self.preparer(quoi, *objets, filtre=filtre)
        if not prete.prevus:
            return prete
        self.lancer(prete)
        self.travailler()
        return self.relire(prete.id)

    def annuler(self, tache: Tache) -> Tache:
        """Undo a job, to the end."""
        with self.base.ecriture() as cnx:
            annulation = taches.annuler(cnx, self.demande, tache.id, uuid4())
        self.travailler()
        return self.relire(annulation.id)

    def travailler(self) -> None:
        """Do all that there is to do."""
        travailleur = Travailleur(self.base, self.porteur)
        while travailleur.tour():
            pass

    def relire(self, id: UUID) -> Tache:
        with self.base.lecture() as cnx:
            tache = gardees.par_id(cnx, self.arbre.organisme.id, id)
        assert tache is not None
        return tache

    def lignes(self, tache: Tache) -> list[Ligne]:
        with self.base.lecture() as cnx:
            return gardees.lignes(cnx, tache.organisme_id, tache.id, list(EtatLigne), 0, 100_000)

    def raisons(self, tache: Tache) -> list[str]:
        return [ligne.raison for ligne in self.lignes(tache) if ligne.raison]

    def debuts(self, action: Noeud) -> list[str]:
        with self.base.lecture() as cnx:
            return [s.fiche.valeur("debut") for s in SESSIONS.du_parent(cnx, self.arbre.organisme.id, action.id)]

    def actions(self, formation: Formation) -> list[Noeud]:
        with self.base.lecture() as cnx:
            return ACTIONS.du_parent(cnx, self.arbre.organisme.id, formation.id)
