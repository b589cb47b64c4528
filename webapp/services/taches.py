"""The jobs of an organisation: chosen, prepared, launched, stopped, undone, read. Who does them is in `travail`.

A foreign id and a missing one are the same: Introuvable. What is asked twice is done once.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.codes import code_inconnu
from webapp.domain.comptes import LIGNE_DE_COMMANDE, Organisme
from webapp.domain.formation import Acte
from webapp.domain.lots import VALEUR, VERS, Changement, ChangementRefuse, Lot
from webapp.domain.refus import trouve
from webapp.domain.saisies import comme_id
from webapp.domain.taches import (
    CHOIX_MAX,
    ChoixServi,
    ChoixTropLong,
    EtatLigne,
    EtatTache,
    Genre,
    Ligne,
    Tache,
    TacheDepassee,
)
from webapp.domain.textes import dire
from webapp.persistence import formations, taches
from webapp.persistence.annuaire import CONTACTS
from webapp.persistence.lecture import Lecture
from webapp.services import avancement, registre
from webapp.services.cibles import etape_du_filtre
from webapp.services.jugement import RANGEMENTS
from webapp.services.lots import Part
from webapp.services.pages import Filtre

AUSSITOT = 50
"""Objects that an answer looks at, or changes, by itself: a small job is then over when its page is shown."""

OUBLI = timedelta(days=2)
"""How long what was chosen or prepared, and never launched, is kept."""

REPRISE = "Votre choix a été repris par {nom} : rien n'a été lancé."
LISTEES = 20
LIGNES_PAR_PAGE = 50
_AUSSITOT = Part(AUSSITOT)


@dataclass(frozen=True, slots=True)
class Demande:
    """Who asks for a job and when; `jour` is the reference date that is set (None: the real one counts)."""

    acte: Acte
    jour: date | None


@dataclass(frozen=True, slots=True)
class Coches:
    """What a page shows of a level, and what of it is ticked."""

    niveau: Niveau
    montres: frozenset[UUID]
    coches: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class PageDeLignes:
    """Some lines of a job; `suivant` is the rank after which the next page begins (None: this is the last)."""

    lignes: tuple[Ligne, ...]
    suivant: int | None


def lister(
    lecture: Lecture, organisme: Organisme, apres: UUID | None = None, limite: int = LISTEES
) -> tuple[list[Tache], UUID | None]:
    """List the jobs of an organisation, newest first, beyond one, and give the one after which more follow, if any."""
    borne = None if apres is None else taches.par_id(lecture, organisme.id, apres)
    lues = taches.liste(lecture, organisme.id, limite + 1, borne)
    return lues[:limite], lues[limite - 1].id if len(lues) > limite else None


def ouvrir(lecture: Lecture, organisme: Organisme, id: UUID) -> Tache:
    """Give a job of the organisation. Raises Introuvable; what is still being chosen is no job yet."""
    tache = trouve(taches.par_id(lecture, organisme.id, id))
    return trouve(None if tache.etat is EtatTache.CHOIX else tache)


def annulation_de(lecture: Lecture, tache: Tache) -> Tache | None:
    """Give the job that undoes another, if any."""
    return taches.annulation(lecture, tache.organisme_id, tache.id)


def presents(lecture: Lecture, organisme: Organisme, objets: Iterable[tuple[Niveau, UUID]]) -> frozenset[UUID]:
    """Say which of these objects an organisation still has. One statement for each level that is named."""
    par_niveau: dict[Niveau, list[UUID]] = {}
    for niveau, id_ in objets:
        par_niveau.setdefault(niveau, []).append(id_)
    formees = par_niveau.pop(Niveau.FORMATION, ())
    la = set(formations.par_ids(lecture, organisme.id, formees))
    for niveau, ids in par_niveau.items():
        la.update(RANGEMENTS[niveau].par_ids(lecture, organisme.id, ids))
    return frozenset(la)


def lignes(
    lecture: Lecture, tache: Tache, etats: Collection[EtatLigne], apres: int = 0, limite: int = LIGNES_PAR_PAGE
) -> PageDeLignes:
    """Give the lines of a job that stand somewhere, by rank, beyond one."""
    lues = taches.lignes(lecture, tache.organisme_id, tache.id, etats, apres, limite + 1)
    return PageDeLignes(tuple(lues[:limite]), lues[limite - 1].rang if len(lues) > limite else None)


# ------------------------------------------------------------------------------------------- what is chosen


def choix(lecture: Lecture, organisme: Organisme, id: UUID) -> dict[Niveau, int]:
    """Count what is chosen so far, by level; nothing when nothing was. Raises ChoixServi."""
    actuel = taches.par_id(lecture, organisme.id, id)
    if actuel is None:
        return {}
    if actuel.etat is not EtatTache.CHOIX:
        raise ChoixServi
    return taches.compter_choix(lecture, actuel)


def choisis_parmi(
    lecture: Lecture, organisme: Organisme, id: UUID, niveau: Niveau, ids: Collection[UUID]
) -> frozenset[UUID]:
    """Say which of these objects are chosen."""
    actuel = taches.par_id(lecture, organisme.id, id)
    if actuel is None or actuel.etat is not EtatTache.CHOIX or not ids:
        return frozenset()
    return taches.choisis(lecture, actuel, niveau, list(ids))


def formation_du_choix(lecture: Lecture, organisme: Organisme, id: UUID) -> UUID | None:
    """Give the formation in which all that is chosen stands; None where it stands in none, or in several."""
    return taches.formation_du_choix(lecture, organisme.id, id)


def choisir(cnx: Connection, demande: Demande, id: UUID, *pages: Coches) -> Tache:
    """Keep what a page shows as ticked, and take from what was chosen what it shows as not ticked.

    `id` was drawn when the choice began; what is not the organisation's is left out. Raises ChoixServi (what was chosen
    is already a job), ChoixTropLong.
    """
    actuel = _choix_en_cours(cnx, demande, id)
    for page in pages:
        if retires := page.montres - page.coches:
            taches.ne_plus_choisir(cnx, actuel, page.niveau, retires)
        taches.choisir(cnx, actuel, page.niveau, _siens(cnx, demande.acte, page))
    if sum(taches.compter_choix(cnx, actuel).values()) > CHOIX_MAX:
        raise ChoixTropLong
    return actuel


def reprendre_choix(cnx: Connection, demande: Demande, id: UUID, nouvel_id: UUID) -> Tache:
    """Choose again all that was chosen one by one for a job; one that was never launched will not be any more.

    Raises Introuvable; TacheDepassee (nothing was chosen so).
    """
    tache = verrouiller(cnx, demande.acte, id)
    if not tache.choix_a_reprendre:
        raise TacheDepassee
    reprise = _choix_en_cours(cnx, demande, nouvel_id)
    taches.copier_choix(cnx, tache, reprise)
    if tache.etat is EtatTache.PRETE:
        _ecrire(cnx, interrompue(tache, demande.acte.maintenant, dire(REPRISE, nom=demande.acte.auteur.nom)))
    return reprise


def vider(cnx: Connection, demande: Demande, id: UUID) -> None:
    """Choose nothing any more. Raises ChoixServi."""
    taches.vider_choix(cnx, _choix_en_cours(cnx, demande, id))


def preparer(
    cnx: Connection, demande: Demande, id: UUID, changement: Changement, filtre: Filtre | None = None
) -> Tache:  # fmt: skip
    """Begin to look at what a change would do to what was chosen, or to all that a filter of the catalogue shows.

    A small one is looked at whole before this returns. Raises ChoixServi; ChangementRefuse (nothing was chosen, or
    the contact or the certification is not there).
    """
    actuel = _choix_en_cours(cnx, demande, id)
    _exiger_valeurs(cnx, demande.acte, changement)
    if filtre is not None:
        taches.vider_choix(cnx, actuel)
    choisis = taches.compter_choix(cnx, actuel)
    if filtre is None and not any(choisis):
        raise ChangementRefuse("lot", "Choisissez d'abord ce qui doit changer.")
    prepare = replace(
        actuel, etat=EtatTache.PREPARATION, changement=changement, choisis=sum(choisis.values()),
        etape={} if filtre is None else etape_du_filtre(filtre),
    )  # fmt: skip
    return _avancer(cnx, demande.acte, prepare)


# ------------------------------------------------------------------------------------------- what is asked of a job


def lancer(cnx: Connection, acte: Acte, id: UUID) -> Tache:
    """Do what was prepared; a small job is over when this returns. Raises Introuvable, TacheDepassee, ImportExpire."""
    tache = verrouiller(cnx, acte, id)
    if tache.etat is EtatTache.EN_COURS or tache.finie:
        return tache
    if tache.etat is not EtatTache.PRETE or not tache.prevus or tache.genre is Genre.EXPORT:
        raise TacheDepassee
    avancement.exiger_lancable(cnx, tache)
    if tache.utilisateur_id == LIGNE_DE_COMMANDE:
        # Whoever confirms what a command has left answers for it.
        tache = replace(tache, utilisateur_id=acte.auteur.id, demandee_par=acte.auteur.nom)
    return _avancer(cnx, acte, replace(tache, etat=EtatTache.EN_COURS, lancee_le=acte.maintenant, raison=""))


def arreter(cnx: Connection, acte: Acte, id: UUID) -> Tache:
    """Stop a job where it stands: nothing more is done; what is done stays. Raises Introuvable, TacheDepassee."""
    tache = verrouiller(cnx, acte, id)
    if tache.etat is EtatTache.INTERROMPUE:
        return tache
    if tache.finie:
        raise TacheDepassee
    return _ecrire(cnx, interrompue(tache, acte.maintenant, dire("Arrêtée par {nom}.", nom=acte.auteur.nom)))


def annuler(cnx: Connection, demande: Demande, id: UUID, nouvel_id: UUID) -> Tache:
    """Undo all that a job did, by another job; asked again, it is done once. Raises Introuvable, TacheDepassee."""
    acte = demande.acte
    tache = verrouiller(cnx, acte, id)
    deja = annulation_de(cnx, tache)
    if deja is not None:
        return deja
    if not tache.annulable:
        raise TacheDepassee
    annulation = nouvelle(
        demande, nouvel_id, genre=Genre.ANNULATION, etat=EtatTache.EN_COURS, changement=tache.changement,
        origine=id, prevus=tache.faits, choisis=tache.faits, lancee_le=acte.maintenant,
        # Beyond the last rank of the job.
        etape={"borne": tache.prevus + tache.ecartes + 1},
    )  # fmt: skip
    if not taches.ajouter(cnx, annulation):
        return trouve(annulation_de(cnx, tache))
    return _avancer(cnx, acte, annulation)


def interrompue(tache: Tache, le: datetime, raison: str) -> Tache:
    """Give a job that is stopped where it stands, and says why in a typeset sentence."""
    return replace(tache, etat=EtatTache.INTERROMPUE, raison=raison, finie_le=le, porteur=None, etape={})


def _avancer(cnx: Connection, acte: Acte, tache: Tache) -> Tache:
    """Do the beginning of a job here: nobody else can have taken it, since this transaction alone sees it."""
    return _ecrire(cnx, avancement.avancer(cnx, acte, tache, _AUSSITOT))


def _ecrire(cnx: Connection, tache: Tache) -> Tache:
    taches.remplacer(cnx, replace(tache, battement=tache.battement + 1))
    return tache


def verrouiller(cnx: Connection, acte: Acte, id: UUID) -> Tache:
    """Give a job, which nobody else changes before this transaction ends. Raises Introuvable."""
    tache = trouve(taches.par_id(cnx, acte.organisme.id, id, verrou=True))
    return trouve(None if tache.etat is EtatTache.CHOIX else tache)


def _siens(cnx: Connection, acte: Acte, page: Coches) -> Collection[UUID]:
    """Give what a page shows and is ticked, and belongs to the organisation."""
    voulus = page.coches & page.montres
    if page.niveau is Niveau.FORMATION:
        return formations.par_ids(cnx, acte.organisme.id, voulus).keys()
    return RANGEMENTS[page.niveau].par_ids(cnx, acte.organisme.id, voulus).keys()


def _choix_en_cours(cnx: Connection, demande: Demande, id: UUID) -> Tache:
    acte = demande.acte
    actuel = taches.par_id(cnx, acte.organisme.id, id, verrou=True)
    if actuel is None:
        taches.oublier(cnx, acte.organisme.id, acte.maintenant - OUBLI)
        taches.ajouter(cnx, nouvelle(demande, id))
        # Somebody may have been quicker: the same page, sent twice.
        actuel = trouve(taches.par_id(cnx, acte.organisme.id, id, verrou=True))
    if actuel.etat is not EtatTache.CHOIX:
        raise ChoixServi
    return actuel


def nouvelle(  # noqa: PLR0913 - what a new job is made of
    demande: Demande, id: UUID, *, genre: Genre = Genre.LOT, etat: EtatTache = EtatTache.CHOIX,
    changement: Changement | None = None, etape: dict[str, object] | None = None, **faits: object,
) -> Tache:  # fmt: skip
    """Give a job that somebody asks for, not kept yet."""
    acte = demande.acte
    neuve = Tache(
        id, acte.organisme.id, genre, etat, changement, etape or {}, demande.jour, acte.auteur.id, acte.auteur.nom,
        acte.maintenant,
    )  # fmt: skip
    return replace(neuve, **faits)  # type: ignore[arg-type]  # the other fields of a Tache, named


def _exiger_valeurs(cnx: Connection, acte: Acte, changement: Changement) -> None:
    """Raise ChangementRefuse when what is to be put there does not exist, or can be used no more."""
    if changement.lot is Lot.REMPLACER:
        vers = registre.certification(cnx, changement.valeurs[VALEUR])
        if vers is None:
            raise ChangementRefuse(VERS, code_inconnu(changement.valeurs[VALEUR]))
        if not vers.active_le(acte.le):
            raise ChangementRefuse(VERS, vers.avis_le(acte.le))
    if changement.lot is not Lot.CONTACT:
        return
    id_ = comme_id(changement.valeurs[VALEUR])
    if id_ is None or CONTACTS.par_id(cnx, acte.organisme.id, id_) is None:
        raise ChangementRefuse("contact", "Choisissez un contact.")
