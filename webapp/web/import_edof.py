"""« Importer un fichier EDOF »: the file is sent, its encoding chosen if it lies about it, its objects read, confirmed.

Nothing is written before a person has read what would be. What a job may be asked (launch it, give it up, undo it) is
asked at its own addresses; this is its page.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from flask import Blueprint, Response, request

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Droit
from webapp.domain.imports import ImportExpire, Sort
from webapp.domain.taches import EtatTache
from webapp.domain.textes import fr
from webapp.edof.fichier import FichierRefuse
from webapp.services import import_coupe, import_edof, taches
from webapp.services.import_edof import Envoye
from webapp.web.choix import demande
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import lecture, organisme_courant, transaction, utilisateur_courant
from webapp.web.http.reponses import fragment, page, par_htmx, rediriger
from webapp.web.taches import CET_IMPORT, annulation_dite, dit_de_l_arret, montrer

if TYPE_CHECKING:
    from uuid import UUID

    from webapp.domain.imports import Apercu, Difference, Importation
    from webapp.domain.taches import Tache

bp = Blueprint("import_edof", __name__, url_prefix=liens.IMPORT_EDOF)

SANS_FICHIER = fr("Choisissez un fichier.")
RIEN_D_IMPORTE = fr("Rien n'est importé : le catalogue n'a pas changé.")
# What the objects of each fate are called: as long as an import is to be done, once it is, and if it was stopped.
ONGLETS: MappingProxyType[Sort, tuple[str, str, str]] = MappingProxyType({
    Sort.CREE: ("À créer", "Créées", "Non créées"),
    Sort.MODIFIE: ("À modifier", "Modifiées", "Non modifiées"),
    Sort.INCHANGE: ("Sans changement", "Sans changement", "Sans changement"),
    Sort.REFUSE: ("Refusées", "Refusées", "Refusées"),
})  # fmt: skip
_TEMPS = {EtatTache.TERMINEE: 1, EtatTache.INTERROMPUE: 2}
_NON = frozenset({Sort.CREE, Sort.MODIFIE})
"""What is said not to have been done when an import was stopped."""

NIVEAUX: MappingProxyType[str, str] = MappingProxyType({
    Niveau.FORMATION: "Formation", Niveau.ACTION: "Action", Niveau.SESSION: "Session",
})  # fmt: skip
_ADRESSES = {Niveau.FORMATION: liens.formation, Niveau.ACTION: liens.action, Niveau.SESSION: liens.session}
_LONG = 300
"""Characters of a text beyond which its beginning is shown, and all of it when asked."""


class Onglet(NamedTuple):
    """Some of the objects of a file: what they have in common, how many they are, where they are listed."""

    titre: str
    nombre: int
    adresse: str
    courant: bool


class Ecart(NamedTuple):
    """What changes: its name, before and after; `long` when it is more than a line or two.

    `blancs`: nothing but spaces and line breaks, which look the same.
    """

    nom: str
    avant: str
    apres: str
    long: bool
    blancs: bool


class ObjetMontre(NamedTuple):
    """One object of a file, as its preview shows it."""

    niveau: str
    nom: str
    appel: str
    adresse: str
    sort: str
    libelle: str
    ligne: int
    statut: str
    ecarts: tuple[Ecart, ...]
    raisons: tuple[str, ...]
    remarques: tuple[str, ...]
    pertes: tuple[Ecart, ...]


@bp.get("")
@exige(Droit.GERER_CATALOGUE)
def choisir() -> Response:
    """Ask for a file."""
    return _formulaire()


@bp.post("")
@exige(Droit.GERER_CATALOGUE)
def envoyer() -> Response:
    """Keep a file that is sent, and look at what it would change; sent twice by one form, it is kept once."""
    envoye = request.files.get("fichier")
    if envoye is None or not envoye.filename:
        return _formulaire(SANS_FICHIER, 422)
    id_ = saisie.identite("import")
    flux = envoye.stream
    try:
        dit = import_edof.recevoir(flux)
        if not dit.dit_vrai:
            with transaction() as cnx:
                import_edof.attendre(cnx, demande(), Envoye(id_, envoye.filename, dit), flux)
            return rediriger(liens.import_edof(id_))
        decoupe = import_edof.decouper(flux, dit.reel, organisme_courant())
    except FichierRefuse as refus:
        return _formulaire(refus.message, 422)
    try:
        with transaction() as cnx:
            import_edof.deposer(cnx, demande(), Envoye(id_, envoye.filename, dit, dit.reel), decoupe)
    finally:
        decoupe.fermer()
    return rediriger(liens.import_edof(id_))


@bp.get("/<uuid:tache>")
@exige(Droit.VOIR_CATALOGUE)
def ouvrir(tache: UUID) -> Response:
    """Show where an import stands, and what it does to each object, page by page; htmx asks for that alone."""
    une, lue = import_edof.ouvrir(lecture(), organisme_courant(), tache)
    if (expiree := _expiree(une, lue)) is not None:
        return expiree
    contexte = _contexte(une, lue)
    if not par_htmx():
        return page("pages/import-edof.html", expire="", **contexte)
    if lue.active:
        return fragment(("fragments/edof/etat.html",), contexte)
    toasts = [dit_de_l_arret(lue)]
    return fragment(("fragments/edof/etat.html", "fragments/toasts.html"), contexte | {"toasts": toasts})


@bp.post("/<uuid:tache>/encodage")
@exige(Droit.GERER_CATALOGUE)
def lire_en(tache: UUID) -> Response:
    """Read a file in the encoding that a person has chosen: the one that it says, or the one that it is in."""
    une, lue = import_edof.ouvrir(lecture(), organisme_courant(), tache)
    if (expiree := _expiree(une, lue)) is not None:
        return expiree
    if not une.a_choisir:
        return rediriger(liens.import_edof(tache))
    lu_en = une.declare if saisie.texte("lu_en") == "declare" else une.reel
    try:
        with import_edof.relire(lecture(), une) as flux:
            decoupe = import_edof.decouper(flux, lu_en, organisme_courant())
    except FichierRefuse as refus:
        contexte = _contexte(une, lue) | {"refus": refus.message}
        return page("pages/import-edof.html", 422, expire="", **contexte)
    try:
        with transaction() as cnx:
            import_edof.deposer(cnx, demande(), Envoye(tache, une.nom, import_edof.dit(une), lu_en), decoupe)
    finally:
        decoupe.fermer()
    return rediriger(liens.import_edof(tache))


def _expiree(une: Importation, tache: Tache) -> Response | None:
    """Give what is said of a file that is kept no more; None of one that is."""
    try:
        import_edof.exiger_garde(lecture(), tache)
    except ImportExpire as expire:
        return page("pages/import-edof.html", 410, expire=expire.message, titre=import_edof.titre(une), une=None)
    return None


def _formulaire(refus: str = "", statut: int = 200) -> Response:
    return page("pages/import-edof-choix.html", statut, refus=refus, import_id=uuid4())


def _contexte(une: Importation, tache: Tache) -> dict[str, object]:
    voulu = saisie.parametre("sort")
    sorts = tuple(sort for sort in Sort if sort.value == voulu) or tuple(Sort)
    rang = saisie.rang("apres")
    montres, suivant = ([], None) if tache.active else import_edof.apercus(lecture(), une, sorts, rang)
    annulation = taches.annulation_de(lecture(), tache)
    adresse = liens.import_edof(tache.id)
    la = taches.presents(lecture(), organisme_courant(), [(Niveau(vu.niveau), id_) for _, id_, _, vu in montres])
    return {
        "une": une,
        "tache": tache,
        "montree": None if une.a_choisir else montrer(tache),
        "titre": import_edof.titre(une),
        "refus": "",
        "explication": import_edof.dit(une).explication if une.a_choisir else "",
        "onglets": _onglets(une, adresse, voulu, _TEMPS.get(tache.etat, 0)),
        "rien_d_importe": RIEN_D_IMPORTE if _est_restee_sans_effet(tache) else "",
        "objets": [_montrer(tache, id_, apercu, la=id_ in la) for _, id_, _, apercu in montres],
        "suivante": liens.avec(adresse, sort=voulu, apres=str(suivant)) if suivant else "",
        "debut": liens.avec(adresse, sort=voulu) if rang else "",
        "annulation": None if annulation is None else montrer(annulation),
        "annulation_dite": "" if annulation is None else annulation_dite(annulation, CET_IMPORT),
        "revient": _revient(une, tache) and annulation is None,
        "geste": _geste(tache, annulee=annulation is not None),
        "gestionnaire": utilisateur_courant().peut(Droit.GERER_CATALOGUE),
    }


def _revient(une: Importation, tache: Tache) -> bool:
    """Say whether something of a file has come in, or is about to: what an export will give back is then known."""
    return tache.etat in {EtatTache.PRETE, EtatTache.TERMINEE} and bool(une.retenues)


def _est_restee_sans_effet(tache: Tache) -> bool:
    """Say whether an import was stopped before it changed anything, and its reason does not say so."""
    return tache.etat is EtatTache.INTERROMPUE and not tache.faits and tache.raison != import_coupe.COUPEE


def _geste(tache: Tache, *, annulee: bool) -> str:
    if tache.etat is EtatTache.PRETE:
        return "lancement" if tache.prevus else "arret"
    if not tache.finie:
        return "" if tache.etat is EtatTache.CHOIX else "arret"
    return "annulation" if tache.annulable and not annulee else ""


def _onglets(une: Importation, adresse: str, voulu: str, temps: int) -> list[Onglet]:
    tout = Onglet("Tout le fichier", sum(une.totaux.values()), adresse, voulu not in ONGLETS)
    return [tout, *(
        Onglet(ONGLETS[sort][temps], nombre, liens.avec(adresse, sort=sort.value), voulu == sort.value)
        for sort, nombre in une.totaux.items() if nombre
    )]  # fmt: skip


def _montrer(tache: Tache, id: UUID, apercu: Apercu, *, la: bool) -> ObjetMontre:
    """Show an object of a file; it leads to that of the catalogue as long as it is there (`la`)."""
    adresse = _ADRESSES[Niveau(apercu.niveau)](id) if la and apercu.sort is not Sort.REFUSE else ""
    arrete = tache.etat is EtatTache.INTERROMPUE and apercu.sort in _NON
    libelle = f"{'non ' if arrete else ''}{apercu.sort.mot}".capitalize()
    return ObjetMontre(
        NIVEAUX[apercu.niveau], apercu.nom, apercu.appel, adresse, apercu.sort.value, libelle, apercu.ligne,
        apercu.statut, tuple(map(_ecart, apercu.changements)),
        apercu.raisons, apercu.remarques, tuple(map(_ecart, apercu.pertes)),
    )  # fmt: skip


def _ecart(difference: Difference) -> Ecart:
    avant, apres = difference.avant, difference.apres
    blancs = avant != apres and avant.split() == apres.split() != []
    return Ecart(difference.nom, avant, apres, max(len(avant), len(apres)) > _LONG, blancs)
