"""Contacts and places: kept once by an organisation, chosen from a list, changed in one place.

Removing one that is used is refused, with where; the constraint of the tables guarantees it.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.controle_arbre import controler_entree
from webapp.domain.diagnostic import Diagnostic
from webapp.domain.formation import Acte
from webapp.domain.noeud import Depot, EncoreUtilise, Entree, NoeudDepasse
from webapp.domain.refus import trouve
from webapp.persistence.annuaire import CONTACTS, LIEUX, Annuaire, Usage
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ReferencePerdue
from webapp.services.autour import contexte

__all__ = [
    "USAGES_NOMMES", "LigneAnnuaire", "Usage", "diagnostiquer", "entrees", "lister", "nombre_d_usages",
    "ouvrir", "soumettre", "supprimer",
    "usages",
]  # fmt: skip

USAGES_NOMMES = 20
_ANNUAIRES: dict[Niveau, Annuaire] = {Niveau.CONTACT: CONTACTS, Niveau.LIEU: LIEUX}


@dataclass(frozen=True, slots=True)
class LigneAnnuaire:
    """One contact or place in the list, and how many actions, sessions and places use it."""

    entree: Entree
    usages: dict[Niveau, int]

    @property
    def nombre(self) -> int:
        """How many things use it."""
        return sum(self.usages.values())


def lister(lecture: Lecture, organisme: Organisme, niveau: Niveau) -> tuple[LigneAnnuaire, ...]:
    """List the contacts, or the places, of an organisation by name. Two statements."""
    annuaire = _ANNUAIRES[niveau]
    nombres = annuaire.comptes(lecture, organisme.id)
    return tuple(LigneAnnuaire(e, nombres.get(e.id, {})) for e in annuaire.tous(lecture, organisme.id))


def entrees(lecture: Lecture, organisme: Organisme, niveau: Niveau) -> tuple[Entree, ...]:
    """List the contacts, or the places, of an organisation by name, to choose one. One statement."""
    return tuple(_ANNUAIRES[niveau].tous(lecture, organisme.id))


def ouvrir(lecture: Lecture, organisme: Organisme, niveau: Niveau, id: UUID) -> Entree:
    """Give a contact or a place of the organisation. Raises Introuvable."""
    return trouve(_ANNUAIRES[niveau].par_id(lecture, organisme.id, id))


def usages(lecture: Lecture, organisme: Organisme, niveau: Niveau, id: UUID) -> list[Usage]:
    """Say what uses a contact or a place: the first USAGES_NOMMES."""
    return _ANNUAIRES[niveau].usages(lecture, organisme.id, id, USAGES_NOMMES)


def nombre_d_usages(lecture: Lecture, organisme: Organisme, niveau: Niveau, id: UUID) -> dict[Niveau, int]:
    """Count by level what uses a contact or a place. One statement."""
    return _ANNUAIRES[niveau].nombre_d_usages(lecture, organisme.id, id)


def diagnostiquer(lecture: Lecture, acte: Acte, depot: Depot) -> Diagnostic:
    """Say all that is to be said of a contact or a place as it is typed."""
    return controler_entree(depot.fiche, contexte(lecture, acte.organisme, acte.le, [depot.fiche]))


def soumettre(cnx: Connection, acte: Acte, depot: Depot) -> Entree:
    """Save what a form sends, new or not. What is missing forbids nothing; it stops what refers to it.

    Raises FicheRefusee; NoeudDepasse; and, unless the form is that of a new one, Introuvable.
    """
    annuaire = _ANNUAIRES[depot.fiche.niveau]
    actuelle = annuaire.par_id(cnx, acte.organisme.id, depot.id, verrou=True)
    if not depot.version:
        return _creer(cnx, acte, depot, actuelle)
    actuelle = trouve(actuelle)
    if depot.fiche == actuelle.fiche:
        return actuelle
    if depot.version != actuelle.version:
        raise NoeudDepasse(actuelle)
    apres = actuelle.modifier(acte, depot.fiche, diagnostiquer(cnx, acte, depot))
    if not annuaire.remplacer(cnx, actuelle, apres):
        raise NoeudDepasse(ouvrir(cnx, acte.organisme, depot.fiche.niveau, depot.id))
    return apres


def supprimer(cnx: Connection, acte: Acte, niveau: Niveau, id: UUID, version: int) -> Entree:
    """Remove a contact or a place that nothing uses. Raises Introuvable, NoeudDepasse, EncoreUtilise."""
    annuaire = _ANNUAIRES[niveau]
    actuelle = trouve(annuaire.par_id(cnx, acte.organisme.id, id, verrou=True))
    if actuelle.version != version:
        raise NoeudDepasse(actuelle)
    if nommes := usages(cnx, acte.organisme, niveau, id):
        nombre = sum(annuaire.comptes(cnx, acte.organisme.id).get(id, {}).values()) or len(nommes)
        raise EncoreUtilise(nombre, tuple((usage.niveau, usage.id, usage.nom) for usage in nommes))
    try:
        annuaire.retirer(cnx, actuelle)
    except ReferencePerdue:
        # Somebody has chosen it since it was looked for; the transaction is lost, and with it who that was.
        raise EncoreUtilise(1, ()) from None
    return actuelle


def _creer(cnx: Connection, acte: Acte, depot: Depot, existante: Entree | None) -> Entree:
    annuaire = _ANNUAIRES[depot.fiche.niveau]
    if existante is None:
        nouvelle = Entree.nouvelle(acte, depot, diagnostiquer(cnx, acte, depot))
        if annuaire.ajouter(cnx, nouvelle):
            return nouvelle
        existante = trouve(annuaire.par_id(cnx, acte.organisme.id, depot.id, verrou=True))
    if existante.fiche != depot.fiche:
        raise NoeudDepasse(existante)
    return existante
