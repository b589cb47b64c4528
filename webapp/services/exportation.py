"""The exports of an organisation for the portal: asked for, looked at, accepted, made, given, told.

An export is a job, done by the process of jobs; a small one is done by the answer that asks. Its file is offered once
it is whole. A foreign id and a missing one are the same: Introuvable.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.exports import (
    JOURS,
    JOURS_PAR_DEFAUT,
    TITRES,
    Ecartee,
    Export,
    ExportRefuse,
    Quoi,
    Signe,
    expiration,
)
from webapp.domain.formation import Acte
from webapp.domain.moments import jour_de
from webapp.domain.refus import trouve
from webapp.domain.statuts import Statut
from webapp.domain.taches import ChoixServi, EtatTache, Genre, Tache, TacheDepassee
from webapp.domain.textes import fr
from webapp.edof.formats import ACTUEL
from webapp.persistence import comptes, compteurs, exports_edof, lectures_edof, suivi_edof
from webapp.persistence import controle as pages
from webapp.persistence import taches as gardees
from webapp.persistence.lecture import Lecture
from webapp.services import marche, taches
from webapp.services.marche import Marche, Recolte
from webapp.services.taches import Demande

FORMATIONS_AUSSITOT, SESSIONS_AUSSITOT = 20, 100
"""What a catalogue holds at most for its export to be looked at, or made, by the answer that asks for it."""

LISTES = 20
ECARTEES_PAR_PAGE = 50
RIEN_A_ECRIRE = fr("Aucune formation ne peut sortir : il n'y a pas de fichier à faire.")
SANS_CHOIX = fr("Choisissez d'abord les formations à exporter.")
SANS_DEPOT = fr("Aucun fichier n'est marqué « déposé sur EDOF » : exportez tout le catalogue.")
DEPOT_PERDU = fr("Un fichier marqué « déposé sur EDOF » n'est plus gardé : exportez tout le catalogue.")
A_ACCEPTER = fr("Acceptez les remplacements pour faire le fichier.")


@dataclass(frozen=True, slots=True)
class Ouvert:
    """An export and its job."""

    tache: Tache
    export: Export


@dataclass(frozen=True, slots=True)
class PageDEcartees:
    """Some formations that stay out; `suivant` is the rank after which more follow (None: no more)."""

    ecartees: tuple[Ecartee, ...]
    suivant: int | None


def lister(lecture: Lecture, organisme: Organisme) -> list[Export]:
    """List the last exports whose file was made."""
    return exports_edof.finis(lecture, organisme.id, LISTES)


def ouvrir(lecture: Lecture, organisme: Organisme, id: UUID) -> Ouvert:
    """Give an export of the organisation. Raises Introuvable."""
    export = trouve(exports_edof.par_id(lecture, organisme.id, id))
    return Ouvert(taches.ouvrir(lecture, organisme, id), export)


def titres(lecture: Lecture, organisme: Organisme, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Name those of these jobs that are exports."""
    return {id_: TITRES[un.quoi] for id_, un in exports_edof.par_ids(lecture, organisme.id, ids).items()}


def ecartees(lecture: Lecture, un: Export, *, partielles: bool, apres: int = 0) -> PageDEcartees:
    """Give the formations that stay out of an export, or of which something does, beyond a rank."""
    lues = exports_edof.ecartees(lecture, un.organisme_id, un.id, partielles, apres, ECARTEES_PAR_PAGE + 1)
    suite = lues[ECARTEES_PAR_PAGE - 1][0] if len(lues) > ECARTEES_PAR_PAGE else None
    return PageDEcartees(tuple(une for _, une in lues[:ECARTEES_PAR_PAGE]), suite)


def signes_a_accepter(lecture: Lecture, un: Export) -> tuple[Signe, ...]:
    """List the characters of an export whose replacement nobody has accepted as it is proposed now."""
    acceptes = suivi_edof.acceptes(lecture, un.organisme_id)
    return tuple(signe for signe in un.a_remplacer if acceptes.get(signe.caractere) != signe.remplacement)


def gardees_par_le_portail(lecture: Lecture, un: Export) -> int:
    """Count the offers that the portal has and the catalogue no longer does: a file of what changed leaves them."""
    if un.quoi is not Quoi.CHANGE:
        return 0
    deposes = [depose.id for depose in marche.reference(lecture, un.organisme_id)]
    if un.depose_le is not None and un.id not in deposes:
        return 0
    return exports_edof.compter_parties(lecture, un.organisme_id, deposes)


def octets(lecture: Lecture, un: Export, maintenant: datetime) -> Iterator[bytes]:
    """Give the file of an export, piece by piece. Raises FichierPasFait, FichierExpire."""
    un.exiger_un_fichier(maintenant)
    return exports_edof.octets(lecture, un, 0, un.taille)


def a_un_depot(lecture: Lecture, organisme: Organisme) -> bool:
    """Say whether files that were given to the portal say what it has."""
    return bool(marche.reference(lecture, organisme.id))


# ------------------------------------------------------------------------------------------- what is asked


def demander(cnx: Connection, demande: Demande, id: UUID, quoi: Quoi, jours: int = JOURS_PAR_DEFAUT) -> Tache:
    """Begin to look at what an export would hold; `id` was drawn when the page was shown: asked twice, done once.

    What was chosen, for a choice, is kept under that id. Raises ExportRefuse, ChoixServi.
    """
    acte = demande.acte
    exports_edof.effacer(cnx, acte.organisme.id, acte.maintenant, _gardes(cnx, acte.organisme.id))
    gardees.oublier(cnx, acte.organisme.id, acte.maintenant - taches.OUBLI)
    actuelle = gardees.par_id(cnx, acte.organisme.id, id, verrou=True)
    if actuelle is not None and actuelle.etat is not EtatTache.CHOIX:
        if actuelle.genre is Genre.EXPORT:
            return actuelle
        raise ChoixServi
    prevus = _prevus(cnx, actuelle, acte.organisme, quoi)
    if actuelle is None:
        actuelle = taches.nouvelle(demande, id)
        if not gardees.ajouter(cnx, actuelle):
            return trouve(gardees.par_id(cnx, acte.organisme.id, id))
    tache = replace(actuelle, genre=Genre.EXPORT, etat=EtatTache.PREPARATION, prevus=prevus, choisis=prevus)
    un = Export(id, acte.organisme.id, quoi, ACTUEL.version, jours if jours in JOURS else JOURS_PAR_DEFAUT)
    exports_edof.ajouter(cnx, un)
    return _aussitot(cnx, acte, tache, un)


def lancer(cnx: Connection, acte: Acte, id: UUID, *, accepte: bool) -> Tache:
    """Make the file of what was looked at; `accepte`: the person accepts what is proposed for each character.

    Raises Introuvable, TacheDepassee, ExportRefuse.
    """
    un = trouve(exports_edof.par_id(cnx, acte.organisme.id, id))
    tache = taches.verrouiller(cnx, acte, id)
    if tache.etat is EtatTache.EN_COURS or tache.finie:
        return tache
    if tache.etat is not EtatTache.PRETE:
        raise TacheDepassee
    if not un.formations:
        raise ExportRefuse(RIEN_A_ECRIRE)
    if un.quoi is Quoi.CHANGE:
        _exiger_un_depot(cnx, acte.organisme)
    attendus = signes_a_accepter(cnx, un)
    if attendus and not accepte:
        raise ExportRefuse(A_ACCEPTER)
    remplacements = {signe.caractere: signe.remplacement or "" for signe in attendus}
    suivi_edof.accepter(cnx, acte.organisme.id, remplacements, acte.maintenant, acte.auteur.nom)
    if attendus:
        un = replace(un, accepte_le=acte.maintenant, accepte_par=acte.auteur.nom)
        exports_edof.remplacer(cnx, un)
    suivi_edof.suivre(cnx, acte.organisme.id)
    lancee = replace(tache, etat=EtatTache.EN_COURS, lancee_le=acte.maintenant, rang=0, faits=0, laisses=0, ecartes=0)
    return _aussitot(cnx, acte, lancee, un)


def arreter(cnx: Connection, acte: Acte, id: UUID) -> Tache:
    """Stop an export where it stands: there is no file. Raises Introuvable, TacheDepassee."""
    trouve(exports_edof.par_id(cnx, acte.organisme.id, id))
    return interrompre(cnx, taches.arreter(cnx, acte, id))


def interrompre(cnx: Connection, tache: Tache) -> Tache:
    """Remove what a stopped export had kept of its file, and give its job."""
    exports_edof.vider(cnx, tache.organisme_id, tache.id)
    lectures_edof.oublier(cnx, tache.organisme_id, tache.id)
    return tache


def deposer(cnx: Connection, acte: Acte, id: UUID, *, depose: bool) -> Export:
    """Keep that a file was given to the portal, or that it was not.

    Raises Introuvable, FichierPasFait, FichierExpire.
    """
    taches.verrouiller(cnx, acte, id)
    un = trouve(exports_edof.par_id(cnx, acte.organisme.id, id))
    if depose:
        un.exiger_un_fichier(acte.maintenant)
    if depose == (un.depose_le is not None):
        return un
    apres = replace(
        un, depose_le=acte.maintenant if depose else None, depose_par=acte.auteur.nom if depose else ""
    )  # fmt: skip
    exports_edof.remplacer(cnx, apres)
    return apres


# ------------------------------------------------------------------------------------------- what is done of it


def commencer(lecture: Connection, tache: Tache) -> Marche:
    """Begin the walk that a job is to do now, in a state of the base. Raises Introuvable."""
    organisme = trouve(comptes.organisme_par_id(lecture, tache.organisme_id))
    export = trouve(exports_edof.par_id(lecture, tache.organisme_id, tache.id))
    return marche.commencer(lecture, organisme, jour_de(datetime.now(UTC), tache.jour), tache, export)


def ranger(cnx: Connection, acte: Acte, tache: Tache, recolte: Recolte) -> Tache:
    """Keep what a walk has gathered, with the progress of its job; give the job, for the caller to write."""
    ecrit = tache.etat is EtatTache.EN_COURS
    if recolte.premiere:
        exports_edof.vider(cnx, tache.organisme_id, tache.id)
        if not ecrit:
            lectures_edof.oublier(cnx, tache.organisme_id, tache.id)
        tache = replace(tache, rang=0, faits=0)
    export = trouve(exports_edof.par_id(cnx, tache.organisme_id, tache.id))
    exports_edof.ranger(cnx, export, recolte.morceaux, recolte.offres)
    exports_edof.ecarter(cnx, export, recolte.ecartees)
    lectures_edof.ajouter(cnx, export, recolte.lues)
    vues = tache.rang + recolte.vues
    tache = replace(tache, rang=vues, prevus=max(tache.prevus, vues))
    if ecrit:
        tache = replace(tache, faits=vues)
    if recolte.fini is None:
        return tache
    fini = replace(recolte.fini, accepte_le=export.accepte_le, accepte_par=export.accepte_par)
    tache = replace(tache, prevus=vues, ecartes=fini.ecartees, porteur=None)
    if not ecrit:
        exports_edof.remplacer(cnx, fini)
        return replace(tache, etat=EtatTache.PRETE, rang=0)
    fini = replace(fini, ecarts=lectures_edof.comparer(cnx, export))
    lectures_edof.oublier(cnx, tache.organisme_id, tache.id)
    if not fini.formations:
        exports_edof.remplacer(cnx, fini)
        return taches.interrompue(tache, acte.maintenant, RIEN_A_ECRIRE)
    fini = replace(fini, fini_le=acte.maintenant, expire_le=expiration(acte.maintenant, fini.jours))
    exports_edof.remplacer(cnx, fini)
    suivi_edof.suivre(cnx, tache.organisme_id)
    suivi_edof.sorties(cnx, fini)
    return replace(tache, etat=EtatTache.TERMINEE, finie_le=acte.maintenant)


def _aussitot(cnx: Connection, acte: Acte, tache: Tache, un: Export) -> Tache:
    """Do a small export here; leave a larger one to the process of jobs."""
    if _petit(cnx, acte.organisme, tache, un):
        parcours = marche.commencer(cnx, acte.organisme, acte.le, tache, un)
        while tache.active:
            recolte = parcours.avancer(FORMATIONS_AUSSITOT)
            tache = ranger(cnx, acte, tache, recolte)
            if recolte.fini is not None:
                break
    gardees.remplacer(cnx, replace(tache, battement=tache.battement + 1))
    return tache


def _petit(cnx: Connection, organisme: Organisme, tache: Tache, un: Export) -> bool:
    """Say whether what an export looks at, its choice or the catalogue, is little."""
    if un.quoi is Quoi.CHOIX:
        if gardees.compter_choix(cnx, tache).get(Niveau.FORMATION, 0) > FORMATIONS_AUSSITOT:
            return False
        ids = list(marche.choisies(cnx, tache))
    elif _actives(cnx, organisme) > FORMATIONS_AUSSITOT:
        return False
    else:
        ids = [formation.id for _, formation in pages.page(cnx, organisme.id, None, FORMATIONS_AUSSITOT)]
    return sum(pages.sessions_par_formation(cnx, organisme.id, ids).values()) <= SESSIONS_AUSSITOT


def _actives(lecture: Lecture, organisme: Organisme) -> int:
    comptes_ = compteurs.par_statut(lecture, organisme.id)
    return sum(nombre for statut, nombre in comptes_.items() if statut is not Statut.ARCHIVEE)


def _prevus(cnx: Connection, actuelle: Tache | None, organisme: Organisme, quoi: Quoi) -> int:
    """Count the formations that an export will look at. Raises ExportRefuse when it has nothing to begin with."""
    if quoi is Quoi.CHOIX:
        choisies = {} if actuelle is None else gardees.compter_choix(cnx, actuelle)
        if not choisies.get(Niveau.FORMATION):
            raise ExportRefuse(SANS_CHOIX)
        return choisies[Niveau.FORMATION]
    if quoi is Quoi.CHANGE:
        _exiger_un_depot(cnx, organisme)
    return _actives(cnx, organisme)


def _exiger_un_depot(cnx: Connection, organisme: Organisme) -> None:
    """Raise ExportRefuse when nothing says what the portal has: all of the catalogue would be what has changed."""
    if not marche.reference(cnx, organisme.id):
        raise ExportRefuse(DEPOT_PERDU if marche.reference_perdue(cnx, organisme.id) else SANS_DEPOT)


def _gardes(lecture: Lecture, organisme_id: UUID) -> list[UUID]:
    return [un.id for un in marche.reference(lecture, organisme_id)]
