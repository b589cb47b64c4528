"""Choosing many objects, page after page: formations in the catalogue, actions and sessions in a formation.

What is ticked is kept on the server, under an identity that the address carries: a page can be left, reloaded, opened
beside another. Every gesture is a button of one form, which sends what the page shows and what of it is ticked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

from flask import Blueprint, Response

from webapp.domain.champs import Niveau
from webapp.domain.champs_action import MODALITES_D_ENSEIGNEMENT
from webapp.domain.comptes import Droit
from webapp.domain.lots import NIVEAUX, Changement, ChangementRefuse, Lot
from webapp.domain.refus import Introuvable
from webapp.domain.saisies import comme_id
from webapp.domain.statuts import Statut
from webapp.domain.taches import ChoixServi
from webapp.domain.textes import dire, fr, pluriel
from webapp.services import annuaire, catalogue, pages, registre, taches
from webapp.services.pages import Filtre
from webapp.services.taches import Coches, Demande
from webapp.web import arbre as ecran_arbre
from webapp.web.catalogue import contexte_de
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import acte, lecture, organisme_courant, transaction, visite
from webapp.web.http.reponses import fragment, page, par_htmx, rediriger
from webapp.web.vue import PREFIXE_VUE, TYPES, Vue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webapp.domain.formation import Formation

bp = Blueprint("choix", __name__)

_MOTS = {
    Niveau.FORMATION: ("formation", "formations"),
    Niveau.ACTION: ("action", "actions"),
    Niveau.SESSION: ("session", "sessions"),
}
RIEN = fr("Rien n'est choisi.")
CHOISI = fr("Choix : {quoi}.")
SUR_CETTE_PAGE = fr("Sur cette page : {nombre}.")
RIEN_DE_MONTRE = fr("Ce filtre ne montre aucune formation : il n'y a rien à changer.")
TOUT = fr("Tout ce que montre le filtre")
QUI_PREPARENT = "Formations qui préparent {code}{intitule}"
DU_TYPE = "Formations du type « {libelle} »"
_TYPE, _CERTIFICATION = "type", "certification"
_ORDRE = (Niveau.FORMATION, Niveau.ACTION, Niveau.SESSION)
_BARRE = "fragments/choix/barre.html"


class Operation(NamedTuple):
    """One thing that can be done to all: its value in the form, how it is called."""

    valeur: str
    libelle: str


_OPERATIONS = (
    Operation(Lot.DECALER, "Décaler les dates des sessions"),
    Operation(Lot.PRIX, "Changer le prix des actions"),
    Operation(Lot.CONTACT, "Changer le contact des actions"),
    Operation(Lot.MODALITE, fr("Changer les modalités d'enseignement des actions")),
    Operation(Lot.REMPLACER, "Remplacer la certification des formations"),
    *(
        Operation(f"{lot}.{niveau}", f"{verbe} les {_MOTS[niveau][1]}")
        for lot, verbe in ((Lot.VALIDER, "Valider"), (Lot.ARCHIVER, "Archiver"))
        for niveau in NIVEAUX[lot]
    ),
)
SAISIES = ("lot", "semaines", "ttc", "pourcentage", "contact", "modalite", "vers")


def demande() -> Demande:
    """Give who asks for a job, and the reference date that is set."""
    return Demande(acte(), visite().date_fixee)


@bp.get(liens.CHOISIR)
@exige(Droit.GERER_CATALOGUE)
def commencer() -> Response:
    """Begin to choose formations, among those that a filter shows."""
    return rediriger(liens.avec(liens.choix_de_formations(uuid4()), **Vue.demandee().filtres))


@bp.get("/catalogue/choix/<uuid:choix>")
@exige(Droit.GERER_CATALOGUE)
def formations(choix: UUID) -> Response:
    """Show a page of the catalogue where formations are chosen."""
    vue = Vue.demandee()
    contexte = contexte_de(vue)
    ids = [carte.id for carte in contexte["cartes"]]  # type: ignore[attr-defined]  # cards, as contexte_de gives them
    coches = _coches(choix, Niveau.FORMATION, ids)
    try:
        barre = _barre(choix, len(coches))
    except ChoixServi:
        return rediriger(liens.CHOISIR)
    return page("pages/choix.html", **contexte, **barre, coches=coches, poses=_poses(vue))


def _poses(vue: Vue) -> list[tuple[str, str]]:
    """Say each filter that the page does not show otherwise, with its name: a type, a certification."""
    dites = []
    if vue.type_formation:
        dites.append((_TYPE, dire(DU_TYPE, libelle=TYPES[vue.type_formation])))
    if vue.certification:
        connue = registre.certification(lecture(), vue.certification)
        intitule = "" if connue is None else f" – {connue.intitule}"
        dites.append((_CERTIFICATION, dire(QUI_PREPARENT, code=vue.certification, intitule=intitule)))
    return dites


@bp.post("/catalogue/choix/<uuid:choix>")
@exige(Droit.GERER_CATALOGUE)
def choisir_formations(choix: UUID) -> Response:
    """Keep what is ticked, then go where a button leads: another page, another filter, what is to be changed."""
    _garder(choix, Niveau.FORMATION)
    if par_htmx():
        return fragment((_BARRE,), _barre(choix) | {"tout_possible": bool(saisie.identites("montree.formation"))})
    vue, aller = Vue.demandee(PREFIXE_VUE), saisie.texte("aller")
    geste, _, valeur = aller.partition(".")
    ici = liens.choix_de_formations(choix)
    if geste == "changer":
        return rediriger(liens.changement_du_choix(choix))
    if geste == "exporter":
        return rediriger(liens.avec(liens.EDOF, choix=str(choix)))
    if geste == "tout":
        return rediriger(liens.avec(liens.changement_du_choix(choix), tout="oui", **vue.filtres))
    if geste == "vider":
        _vider(choix)
    if geste == "rechercher":
        vue = vue._replace(recherche=saisie.texte("recherche").strip(), apres="")
    if geste == "lever":
        vue = vue.sans(valeur)
    if geste == "onglet":
        vue = vue._replace(statut=Statut(valeur) if valeur in Statut.__members__.values() else None, apres="")
    if geste in {"suivante", "debut"}:
        vue = vue._replace(apres=valeur)
    return rediriger(liens.avec(ici, **vue.filtres, apres=vue.apres))


@bp.get("/formations/<uuid:formation>/choix")
@exige(Droit.GERER_CATALOGUE)
def commencer_dans(formation: UUID) -> Response:
    """Begin to choose actions and sessions of a formation."""
    catalogue.ouvrir(lecture(), organisme_courant(), formation)
    return rediriger(liens.choix_dans(formation, uuid4()))


@bp.get("/formations/<uuid:formation>/choix/<uuid:choix>")
@exige(Droit.GERER_CATALOGUE)
def noeuds(formation: UUID, choix: UUID) -> Response:
    """Show the tree of a formation where actions, and the sessions of an open one, are chosen."""
    ouverte = catalogue.ouvrir(lecture(), organisme_courant(), formation)
    montre = ecran_arbre.montrer(ouverte)
    actions = [str(action.id) for action in montre.actions]
    sessions = [str(s.id) for action in montre.actions if action.contenu for s in action.contenu.sessions]
    coches = _coches(choix, Niveau.ACTION, actions) | _coches(choix, Niveau.SESSION, sessions)
    try:
        barre = _barre(choix, len(coches))
    except ChoixServi:
        return rediriger(liens.choix_dans(formation))
    return page("pages/choix-arbre.html", formation=ouverte, arbre=montre, **barre, coches=coches)


@bp.post("/formations/<uuid:formation>/choix/<uuid:choix>")
@exige(Droit.GERER_CATALOGUE)
def choisir_noeuds(formation: UUID, choix: UUID) -> Response:
    """Keep what is ticked, then go where a button leads: the sessions of an action, what is to be changed."""
    catalogue.ouvrir(lecture(), organisme_courant(), formation)
    _garder(choix, Niveau.ACTION, Niveau.SESSION)
    if par_htmx():
        return fragment((_BARRE,), _barre(choix) | {"tout_possible": False})
    geste, _, valeur = saisie.texte("aller").partition(".")
    if geste == "changer":
        return rediriger(liens.avec(liens.changement_du_choix(choix), dans=str(formation)))
    if geste == "vider":
        _vider(choix)
    ou = {"ouvrir": "action", "depuis": "depuis"}.get(geste)
    return rediriger(liens.avec(liens.choix_dans(formation, choix), **({ou: valeur} if ou else {})))


@bp.get("/choix/<uuid:choix>")
@exige(Droit.GERER_CATALOGUE)
def changement(choix: UUID) -> Response:
    """Ask what is to be changed of what was chosen, or of all that a filter shows."""
    try:
        return _demander(choix, dict.fromkeys(SAISIES, ""), None)
    except ChoixServi:
        return rediriger(liens.tache(choix))


@bp.post("/choix/<uuid:choix>")
@exige(Droit.GERER_CATALOGUE)
def preparer(choix: UUID) -> Response:
    """Begin to look at what would change, and show it."""
    saisies = {nom: saisie.texte(nom) for nom in SAISIES}
    lot, _, niveau = saisies["lot"].partition(".")
    voulu = None
    try:
        try:
            voulu = Changement.lire(lot, niveau, saisies)
            with transaction() as cnx:
                taches.preparer(cnx, demande(), choix, voulu, _filtre())
        except ChangementRefuse as refus:
            return _demander(choix, saisies, refus)
    except ChoixServi:
        # Sent twice, what was asked first is there; for something else, it is said that nothing of that is.
        servi = taches.ouvrir(lecture(), organisme_courant(), choix).changement
        if servi is not None and servi != voulu:
            return rediriger(liens.avec(liens.tache(choix), servi="oui"))
    return rediriger(liens.tache(choix))


def _demander(choix: UUID, saisies: Mapping[str, str], refus: ChangementRefuse | None) -> Response:
    comptes = taches.choix(lecture(), organisme_courant(), choix)
    filtre = _filtre()
    presents = {Niveau.FORMATION} if filtre is not None else set(comptes)
    haut = min((_ORDRE.index(niveau) for niveau in presents), default=0)
    permis = set(_ORDRE[haut:])
    contacts = annuaire.lister(lecture(), organisme_courant(), Niveau.CONTACT)
    rien = not any(comptes.values()) if filtre is None else not _montre(filtre)
    dit = dire_le_choix(comptes) if filtre is None else RIEN_DE_MONTRE if rien else TOUT
    return page(
        "pages/changement-du-choix.html", 200 if refus is None else 422,
        choix=choix, filtre=filtre, dit=dit, dans=None if filtre is not None else _dans(choix, comptes),
        rien=rien, saisies=saisies, refus=refus,
        operations=[une for une in _OPERATIONS if _niveaux(une) & permis],
        modalites=list((MODALITES_D_ENSEIGNEMENT.choix or {}).items()),
        contacts=[(str(ligne.entree.id), ligne.entree.fiche.nom) for ligne in contacts],
    )  # fmt: skip


def _montre(filtre: Filtre) -> bool:
    """Say whether a filter shows anything."""
    return bool(pages.lister(lecture(), organisme_courant(), filtre, limite=1).lignes)


def _dans(choix: UUID, comptes: Mapping[Niveau, int]) -> Formation | None:
    """Give the formation in which all that is chosen stands, else the one whose page led here; None for neither."""
    if comptes:
        id_ = None if Niveau.FORMATION in comptes else taches.formation_du_choix(lecture(), organisme_courant(), choix)
    else:
        id_ = comme_id(saisie.parametre("dans"))
    try:
        return None if id_ is None else catalogue.ouvrir(lecture(), organisme_courant(), id_)
    except Introuvable:
        return None


def _niveaux(operation: Operation) -> set[Niveau]:
    lot, _, niveau = operation.valeur.partition(".")
    return {Niveau(niveau)} if niveau else set(NIVEAUX[Lot(lot)])


def _filtre() -> Filtre | None:
    """Give the filter whose whole content is to be changed; None when objects were chosen one by one."""
    if not saisie.parametre("tout"):
        return None
    return Vue.demandee().filtre


def _garder(choix: UUID, *niveaux: Niveau) -> None:
    """Keep what the page shows as ticked."""
    pages = [
        Coches(niveau, saisie.identites(f"montree.{niveau}"), saisie.identites(f"choisie.{niveau}"))
        for niveau in niveaux
    ]
    with transaction() as cnx:
        taches.choisir(cnx, demande(), choix, *pages)


def _vider(choix: UUID) -> None:
    with transaction() as cnx:
        taches.vider(cnx, demande(), choix)


def _coches(choix: UUID, niveau: Niveau, ids: list[str]) -> frozenset[str]:
    uuids = [UUID(id_) for id_ in ids]
    return frozenset(map(str, taches.choisis_parmi(lecture(), organisme_courant(), choix, niveau, uuids)))


def _barre(choix: UUID, ici: int | None = None) -> dict[str, object]:
    """Give what the bar says of the choice. `ici`: how many of it are on the page; what it posts says it otherwise."""
    comptes = taches.choix(lecture(), organisme_courant(), choix)
    if ici is None:
        ici = sum(len(saisie.identites(f"choisie.{niveau}")) for niveau in _ORDRE)
    return {"choix": choix, "choisis": sum(comptes.values()), "dit": dire_le_choix(comptes, ici)}


def dire_le_choix(comptes: Mapping[Niveau, int], ici: int | None = None) -> str:
    """Say what is chosen, and how much of it the page shows when there is more elsewhere (None: it shows none)."""
    siens = [pluriel(comptes[niveau], *_MOTS[niveau]) for niveau in _ORDRE if comptes.get(niveau)]
    if not siens:
        return RIEN
    dit = CHOISI.format(quoi=", ".join(siens))
    return dit if ici is None or ici >= sum(comptes.values()) else f"{dit} {SUR_CETTE_PAGE.format(nombre=ici)}"
