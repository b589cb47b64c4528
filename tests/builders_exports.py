"""Catalogues that can go to the portal, and their exports, each brought to where a test needs it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from tests.builders import une_fiche
from tests.builders_taches import AtelierTaches
from webapp.domain.exports import Quoi
from webapp.domain.formation import Formation
from webapp.domain.noeud import Noeud
from webapp.domain.statuts import Statut
from webapp.domain.taches import Tache
from webapp.services import exportation
from webapp.services.exportation import Ouvert

PREMIER_JOUR = date(2027, 3, 1)


@dataclass
class AtelierExports(AtelierTaches):
    """Makes exports of one organisation, by the services; its files are given one after the other."""

    depots: int = 0

    def publiable(self, identifiant: str, sessions: int = 1, **textes: str) -> tuple[Formation, Noeud]:
        """A formation that can go out, with its action and sessions."""
        fiche = une_fiche(identifiant=identifiant, **textes)
        formation = self.arbre.atelier.formation(self.arbre.auteur, fiche, Statut.VALIDEE)
        action = self.arbre.action(formation.id, Statut.VALIDEE)
        for rang in range(sessions):
            debut = PREMIER_JOUR + timedelta(days=rang)
            self.arbre.session(
                action.id, Statut.VALIDEE, numero=f"S{rang}", debut=debut.isoformat(), fin="2028-12-31"
            )  # fmt: skip
        return formation, action

    def demander(self, quoi: Quoi = Quoi.TOUT, id: UUID | None = None) -> Tache:
        with self.base.ecriture() as cnx:
            return exportation.demander(cnx, self.demande, id or uuid4(), quoi)

    def lancer_export(self, id: UUID, *, accepte: bool = True) -> Tache:
        with self.base.ecriture() as cnx:
            return exportation.lancer(cnx, self.arbre.acte, id, accepte=accepte)

    def ouvrir(self, id: UUID) -> Ouvert:
        with self.base.lecture() as cnx:
            return exportation.ouvrir(cnx, self.arbre.organisme, id)

    def fichier(self, id: UUID) -> bytes:
        with self.base.lecture() as cnx:
            un = exportation.ouvrir(cnx, self.arbre.organisme, id).export
            return b"".join(exportation.octets(cnx, un, self.arbre.acte.maintenant))

    def exporter(self, quoi: Quoi = Quoi.TOUT, id: UUID | None = None) -> Ouvert:
        """Ask for an export, accept what it proposes, and have its file made."""
        tache = self.demander(quoi, id)
        self.travailler()
        self.lancer_export(tache.id)
        self.travailler()
        return self.ouvrir(tache.id)

    def deposer(self, id: UUID, *, depose: bool = True) -> None:
        self.depots += 1
        acte = replace(self.arbre.acte, maintenant=self.arbre.acte.maintenant + timedelta(minutes=self.depots))
        with self.base.ecriture() as cnx:
            exportation.deposer(cnx, acte, id, depose=depose)
