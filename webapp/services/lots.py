"""The same change made to many objects, part by part: what would become of each, the change, and its undoing.

A part is done within the caller's transaction, which keeps the progress of the job with the objects: killed at any
instant, a job has changed each object once or not at all. Parts are small, and end when their time is over.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TypeVar, cast
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.champs_action import CONTACT
from webapp.domain.formation import Acte, Envoi, FicheRefusee, Formation
from webapp.domain.lots import VALEUR, Changement, Etat, Lot, ResteAinsi, raisons
from webapp.domain.noeud import Noeud
from webapp.domain.statuts import Operation, Statut
from webapp.domain.taches import PART_MAX, EtatLigne, EtatTache, Genre, Ligne, Tache
from webapp.domain.textes import couper, dire, est_vide
from webapp.persistence import formations, taches
from webapp.persistence.annuaire import CONTACTS
from webapp.services import catalogue, masques, remplacement
from webapp.services.cibles import Cibles, Objet
from webapp.services.etabli import Etabli, Visee
from webapp.services.jugement import RANGEMENTS

POIGNEE = 10
"""Objects read and judged together: enough that what they share is read once, few enough to end soon."""

A_VIDE = 5
"""What a search that gives nothing counts for, in objects."""

NOM_MAX = 60
DISPARUE = "N'existe plus."
DEPASSEE = "A changé depuis l'aperçu."
RETOUCHEE = "A changé depuis cette tâche."
SOUS_ARCHIVE = {
    Niveau.FORMATION: "Sa formation est archivée : restaurez-la d'abord.",
    Niveau.ACTION: "Son action est archivée : restaurez-la d'abord.",
}
SANS_NOM = "sans numéro"
Vu = TypeVar("Vu", Formation, Noeud)


@dataclass(frozen=True, slots=True)
class Part:
    """How much is done at once: at most so many objects, and no new handful after a moment of `monotonic`.

    `suivre` is told how many objects of an import are done, which nobody else sees before it is whole.
    """

    objets: int = PART_MAX
    fin: float | None = None
    suivre: Callable[[int], None] | None = None

    @property
    def finie(self) -> bool:
        """Whether its time is over."""
        return self.fin is not None and monotonic() >= self.fin


def avancer(cnx: Connection, acte: Acte, tache: Tache, part: Part) -> Tache:
    """Do one part of a job that this transaction holds locked; give the job as it now is, for the caller to write."""
    if tache.etat is EtatTache.PREPARATION:
        etape = _preparer
    else:
        etape = _defaire if tache.genre is Genre.ANNULATION else _faire
    reste = part.objets
    while tache.active and reste > 0:
        etat = tache.etat
        tache, vus = etape(cnx, acte, tache, min(reste, POIGNEE))
        reste -= max(vus, A_VIDE)
        # What is prepared waits to be read; and there is time for one handful in any case.
        if tache.etat is not etat or part.finie:
            break
    return tache


# ------------------------------------------------------------------------------------------- what would change


def _preparer(cnx: Connection, acte: Acte, tache: Tache, taille: int) -> tuple[Tache, int]:
    """Find some of what the job concerns, and say of each what would become of it; nothing of them changes."""
    changement = _changement(tache)
    cibles = Cibles(cnx, acte.organisme, tache, changement)
    trouves = cibles.suivantes(taille)
    if trouves is None:
        return replace(tache, etat=EtatTache.PRETE, etape={}, rang=0, porteur=None), 0
    connues = taches.lignes_connues(cnx, tache, changement.niveau, [objet.id for objet in trouves])
    lignes = _constater(cnx, acte, tache, [objet for objet in trouves if objet.id not in connues])
    taches.ajouter_lignes(cnx, tache, lignes)
    ecartes = sum(ligne.etat is EtatLigne.ECARTEE for ligne in lignes)
    avancee = replace(
        tache, etape=cibles.etape, rang=tache.rang + len(lignes), ecartes=tache.ecartes + ecartes,
        prevus=tache.prevus + len(lignes) - ecartes,
    )  # fmt: skip
    return avancee, len(trouves)


def _constater(cnx: Connection, acte: Acte, tache: Tache, objets: Sequence[Objet]) -> list[Ligne]:
    changement = _changement(tache)
    if changement.niveau is Niveau.FORMATION:
        siennes = cast("Sequence[Formation]", objets)
        caches = _masques(cnx, acte, changement, siennes)
        constats = []
        for une in siennes:
            refus = _refus_de_formation(cnx, acte, changement, une)
            dit = remplacement.detail(changement, une) if changement.lot is Lot.REMPLACER else caches.get(une.id, "")
            constats.append((_nom(une), "" if refus else dit, refus))
    else:
        constats = _constater_noeuds(cnx, acte, tache, cast("Sequence[Noeud]", objets))
    return [
        Ligne(
            rang, changement.niveau.value, objet.id, objet.version, nom, detail,
            EtatLigne.ECARTEE if refus else EtatLigne.PREVUE, refus,
        )
        for rang, (objet, (nom, detail, refus)) in enumerate(zip(objets, constats, strict=True), tache.rang + 1)
    ]  # fmt: skip


def _constater_noeuds(cnx: Connection, acte: Acte, tache: Tache, noeuds: Sequence[Noeud]) -> list[tuple[str, str, str]]:
    """Give, of each, its name, what would change of it, and the reason why it cannot (empty: it can)."""
    changement = _changement(tache)
    etabli = Etabli(cnx, acte.organisme, acte.le, verrou=False)
    etabli.tenir(noeuds)

    def deviennent(voisins: list[Noeud]) -> list[Noeud]:
        """Give what this job will already have made of the objects beside."""
        etats = taches.lignes_connues(cnx, tache, changement.niveau, [voisin.id for voisin in voisins])
        return [
            replace(v, fiche=changement.fiche(v.fiche)) if etats.get(v.id) is EtatLigne.PREVUE else v for v in voisins
        ]

    _entourer(etabli, changement, noeuds, deviennent)
    noms = _noms_des_contacts(cnx, acte, changement, noeuds)
    caches = _masques(cnx, acte, changement, noeuds)
    constats = []
    for noeud in noeuds:
        nom = _nom_du_noeud(etabli, noeud)
        try:
            etabli.retenir(_appliquer(etabli, acte, changement, noeud))
        except ResteAinsi as reste:
            constats.append((nom, "", reste.message))
        else:
            constats.append((nom, caches.get(noeud.id) or changement.detail(noeud.fiche, noms), ""))
    return constats


# ------------------------------------------------------------------------------------------- the change


def _faire(cnx: Connection, acte: Acte, tache: Tache, taille: int) -> tuple[Tache, int]:
    """Change the next handful: what is as it was seen, and may still change."""
    lignes = taches.lignes(cnx, tache.organisme_id, tache.id, [EtatLigne.PREVUE], tache.rang, taille)
    if not lignes:
        return _finir(acte, tache), 0
    changer = _changer_formations if _changement(tache).niveau is Niveau.FORMATION else _changer_noeuds
    faites = changer(cnx, acte, tache, lignes)
    taches.remplacer_lignes(cnx, tache, faites)
    return _compter(acte, tache, faites), len(faites)


def _changer_noeuds(cnx: Connection, acte: Acte, tache: Tache, lignes: Sequence[Ligne]) -> list[Ligne]:
    changement = _changement(tache)
    etabli = Etabli(cnx, acte.organisme, acte.le, verrou=True)
    noeuds = etabli.reserver(changement.niveau, [ligne.objet_id for ligne in lignes])
    tels_que_vus = [n for ligne in lignes if (n := noeuds.get(ligne.objet_id)) and n.version == ligne.version_vue]
    _entourer(etabli, changement, tels_que_vus)
    faites = []
    for ligne in lignes:
        try:
            noeud = tel_que_vu(noeuds.get(ligne.objet_id), ligne.version_vue, DEPASSEE)
            apres = _appliquer(etabli, acte, changement, noeud)
        except ResteAinsi as reste:
            faites.append(_laissee(ligne, reste))
        else:
            RANGEMENTS[changement.niveau].remplacer(cnx, noeud, apres)
            etabli.retenir(apres)
            avant = Etat.de(noeud, apres).valeurs
            faites.append(replace(ligne, etat=EtatLigne.FAITE, version_faite=apres.version, avant=avant))
    return faites


def _changer_formations(cnx: Connection, acte: Acte, tache: Tache, lignes: Sequence[Ligne]) -> list[Ligne]:
    changement = _changement(tache)
    siennes = formations.par_ids(cnx, acte.organisme.id, [ligne.objet_id for ligne in lignes], verrou=True)
    faites = []
    for ligne in lignes:
        try:
            formation = tel_que_vu(siennes.get(ligne.objet_id), ligne.version_vue, DEPASSEE)
            apres, avant = _changer_formation(cnx, acte, changement, formation)
        except ResteAinsi as reste:
            faites.append(_laissee(ligne, reste))
        else:
            faites.append(replace(ligne, etat=EtatLigne.FAITE, version_faite=apres.version, avant=avant))
    return faites


def _changer_formation(
    cnx: Connection, acte: Acte, changement: Changement, formation: Formation
) -> tuple[Formation, dict[str, object]]:
    """Give what a formation becomes, and what of it undoing must give back beside its status."""
    if refus := _refus_de_formation(cnx, acte, changement, formation):
        raise ResteAinsi(refus)
    if changement.lot is Lot.ARCHIVER:
        return catalogue.archiver(cnx, acte, formation.id, formation.version), {}
    if changement.lot is Lot.REMPLACER:
        return remplacement.remplacer(cnx, acte, changement, formation)
    envoi = Envoi(formation.id, formation.version, formation.fiche)
    try:
        # What the database alone refuses (a catégorisation taken at this instant) undoes this formation, and no other.
        with cnx.begin_nested():
            return catalogue.soumettre(cnx, acte, envoi, Operation.VALIDER).formation, {}
    except FicheRefusee as refusee:
        raise ResteAinsi(raisons(refusee.diagnostic, Niveau.FORMATION)) from refusee


# ------------------------------------------------------------------------------------------- its undoing


def _defaire(cnx: Connection, acte: Acte, tache: Tache, taille: int) -> tuple[Tache, int]:
    """Give the next handful back as it was, from the last that was changed: what nobody has changed since."""
    assert tache.origine is not None  # noqa: S101 - an undoing undoes a job
    # What was done last is undone first: ranks count down, from beyond the last one.
    borne = int(str(tache.etape["borne"]))
    lues = taches.lignes(
        cnx, tache.organisme_id, tache.origine, [EtatLigne.FAITE], borne, taille, arriere=True
    )  # fmt: skip
    if not lues:
        return _finir(acte, tache), 0
    defaire = _defaire_formations if _changement(tache).niveau is Niveau.FORMATION else _defaire_noeuds
    # Each is a line of the undoing too: seen in the version that the job had made.
    lignes = [
        replace(lue, rang=rang, version_vue=lue.version_faite or 0, detail="", raison="", version_faite=None)
        for rang, lue in enumerate(lues, tache.rang + 1)
    ]
    faites = defaire(cnx, acte, tache, lignes)
    taches.ajouter_lignes(cnx, tache, [replace(ligne, avant=None) for ligne in faites])
    taches.suivre_versions(cnx, tache, rendus(lues, faites))
    return replace(_compter(acte, tache, faites), etape={"borne": lues[-1].rang}), len(faites)


def rendus(lues: Sequence[Ligne], faites: Sequence[Ligne]) -> list[tuple[Ligne, int]]:
    """Give, of the lines of a job and of what became of them as it was undone, those that are as before it."""
    return [
        (lue, faite.version_faite)
        for lue, faite in zip(lues, faites, strict=True)
        if faite.etat is EtatLigne.FAITE and faite.version_faite and not faite.raison
    ]


def _defaire_noeuds(cnx: Connection, acte: Acte, tache: Tache, lignes: Sequence[Ligne]) -> list[Ligne]:
    niveau = _changement(tache).niveau
    etabli = Etabli(cnx, acte.organisme, acte.le, verrou=True)
    noeuds = etabli.reserver(niveau, [ligne.objet_id for ligne in lignes])
    avants = {ligne.objet_id: Etat.lire(ligne.avant or {}) for ligne in lignes}
    etabli.entourer(
        Visee(noeud, noeud.fiche.avec(**avants[id_].champs), avants[id_].statut is Statut.VALIDEE)
        for id_, noeud in noeuds.items()
    )
    faites = []
    for ligne in lignes:
        try:
            noeud = tel_que_vu(noeuds.get(ligne.objet_id), ligne.version_vue, RETOUCHEE)
            exiger_visible(noeud.niveau, *etabli.place(noeud))
            apres, raison = avants[ligne.objet_id].rendre(acte, noeud, partial(etabli.juger, noeud))
        except ResteAinsi as reste:
            faites.append(_laissee(ligne, reste))
        else:
            RANGEMENTS[niveau].remplacer(cnx, noeud, apres)
            etabli.retenir(apres)
            faites.append(replace(ligne, etat=EtatLigne.FAITE, raison=raison, version_faite=apres.version))
    return faites


def _defaire_formations(cnx: Connection, acte: Acte, _tache: Tache, lignes: Sequence[Ligne]) -> list[Ligne]:
    siennes = formations.par_ids(cnx, acte.organisme.id, [ligne.objet_id for ligne in lignes], verrou=True)
    faites = []
    for ligne in lignes:
        try:
            formation = tel_que_vu(siennes.get(ligne.objet_id), ligne.version_vue, RETOUCHEE)
            apres, raison = _defaire_formation(cnx, acte, formation, ligne.avant or {})
        except ResteAinsi as reste:
            faites.append(_laissee(ligne, reste))
        else:
            faites.append(replace(ligne, etat=EtatLigne.FAITE, raison=raison, version_faite=apres.version))
    return faites


def _defaire_formation(
    cnx: Connection, acte: Acte, formation: Formation, avant: Mapping[str, object]
) -> tuple[Formation, str]:
    if avant:
        return remplacement.rendre(cnx, acte, formation, avant)
    if formation.statut is not Statut.ARCHIVEE:
        return catalogue.annuler_validation(cnx, acte, formation.id, formation.version), ""
    try:
        with cnx.begin_nested():
            rendue = catalogue.restaurer(cnx, acte, formation.id, formation.version)
    except FicheRefusee as refusee:
        raise ResteAinsi(raisons(refusee.diagnostic, Niveau.FORMATION)) from refusee
    if not rendue.empechements:
        return rendue.formation, ""
    dits = " ".join(anomalie.message for anomalie in rendue.empechements)
    return rendue.formation, dire("Revenue en brouillon. {raisons}", raisons=dits)


# ------------------------------------------------------------------------------------------- what all share


def _changement(tache: Tache) -> Changement:
    assert tache.changement is not None  # noqa: S101 - only what is being chosen has none
    return tache.changement


def _entourer(
    etabli: Etabli, changement: Changement, noeuds: Sequence[Noeud],
    deviennent: Callable[[list[Noeud]], list[Noeud]] = list,
) -> None:  # fmt: skip
    if changement.lot is Lot.ARCHIVER:
        return
    valide = changement.lot is Lot.VALIDER
    visees = [Visee(n, changement.fiche(n.fiche), valide or n.statut is Statut.VALIDEE) for n in noeuds]
    etabli.entourer(visees, deviennent)


def _appliquer(etabli: Etabli, acte: Acte, changement: Changement, noeud: Noeud) -> Noeud:
    """Give what an object becomes. Raises ResteAinsi."""
    exiger_visible(noeud.niveau, *etabli.place(noeud))
    return changement.appliquer(acte, noeud, partial(etabli.juger, noeud))


def exiger_visible(niveau: Niveau, formation: Formation | None, action: Noeud | None) -> None:
    """Raise ResteAinsi when what holds an object is archived or gone: nothing changes there before it is restored.

    `action`: that of a session; an object of another level has none.
    """
    if formation is None or (action is None and niveau is Niveau.SESSION):
        raise ResteAinsi(DISPARUE)
    if formation.statut is Statut.ARCHIVEE:
        raise ResteAinsi(SOUS_ARCHIVE[Niveau.FORMATION])
    if action is not None and action.statut is Statut.ARCHIVEE:
        raise ResteAinsi(SOUS_ARCHIVE[Niveau.ACTION])


def tel_que_vu(objet: Vu | None, version: int, sinon: str) -> Vu:
    """Give an object that still is in the version that was seen. Raises ResteAinsi."""
    if objet is None:
        raise ResteAinsi(DISPARUE)
    if objet.version != version:
        raise ResteAinsi(sinon)
    return objet


def _laissee(ligne: Ligne, reste: ResteAinsi) -> Ligne:
    return replace(ligne, etat=EtatLigne.LAISSEE, raison=reste.message)


def _compter(acte: Acte, tache: Tache, faites: Sequence[Ligne]) -> Tache:
    laisses = sum(ligne.etat is EtatLigne.LAISSEE for ligne in faites)
    comptee = replace(
        tache, rang=faites[-1].rang, laisses=tache.laisses + laisses, faits=tache.faits + len(faites) - laisses
    )
    return _finir(acte, comptee) if comptee.traites >= comptee.prevus else comptee


def _finir(acte: Acte, tache: Tache) -> Tache:
    return replace(tache, etat=EtatTache.TERMINEE, finie_le=acte.maintenant, porteur=None)


def _refus_de_formation(cnx: Connection, acte: Acte, changement: Changement, formation: Formation) -> str:
    """Say why a formation cannot be archived, validated or changed; empty when it can."""
    archiver = changement.lot is Lot.ARCHIVER
    if formation.statut is Statut.ARCHIVEE:
        return str(ResteAinsi("Déjà archivée." if archiver else "Archivée : restaurez-la d'abord."))
    if archiver:
        return ""
    if changement.lot is Lot.REMPLACER:
        return remplacement.refus(cnx, acte, changement, formation)
    if formation.statut is Statut.VALIDEE:
        return str(ResteAinsi("Déjà validée."))
    envoi = Envoi(formation.id, formation.version, formation.fiche)
    diagnostic = catalogue.diagnostiquer(cnx, acte.organisme, envoi, acte.le, formation)
    return "" if diagnostic.validable else raisons(diagnostic, Niveau.FORMATION)


def _masques(cnx: Connection, acte: Acte, changement: Changement, objets: Sequence[Objet]) -> dict[UUID, str]:
    """Say what archiving would hide with each of these."""
    if changement.lot is not Lot.ARCHIVER:
        return {}
    return masques.dits(cnx, acte.organisme.id, changement.niveau, [objet.id for objet in objets])


def _noms_des_contacts(
    cnx: Connection, acte: Acte, changement: Changement, noeuds: Sequence[Noeud]
) -> dict[str, str]:  # fmt: skip
    if changement.lot is not Lot.CONTACT:
        return {}
    ids = {changement.valeurs[VALEUR], *(noeud.fiche[CONTACT] for noeud in noeuds)}
    return {id_: fiche.nom for id_, fiche in CONTACTS.par_ids(cnx, acte.organisme.id, ids).items()}


def _nom(formation: Formation) -> str:
    fiche = formation.fiche
    nom = fiche.identifiant if est_vide(fiche.intitule) else fiche.intitule
    return couper(nom, NOM_MAX) if not est_vide(nom) else "(sans intitulé)"


def _nom_du_noeud(etabli: Etabli, noeud: Noeud) -> str:
    """Name an object by its place: « Clea_1 › A1 › S1 »."""
    formation, action = etabli.place(noeud)
    noms = [] if formation is None else [formation.fiche.identifiant or formation.fiche.intitule]
    noms += [] if action is None else [action.fiche.nom]
    return " › ".join(couper(nom, NOM_MAX) if not est_vide(nom) else SANS_NOM for nom in (*noms, noeud.fiche.nom))
