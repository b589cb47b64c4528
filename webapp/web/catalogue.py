"""The catalogue: cards, search, filter, pages, and the operations of each card."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4, uuid5

from flask import Blueprint, Response

from webapp.domain.comptes import Droit
from webapp.domain.diagnostic import Diagnostic
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.prerempli import PAS_DE_DONNEE
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Operation, Statut, operations_permises
from webapp.domain.textes import dire
from webapp.domain.types_formation import regle_de
from webapp.services import catalogue
from webapp.services.catalogue import Curseur, Filtre
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige, publique
from webapp.web.http.contexte import acte, aujourdhui, lecture, organisme_courant, transaction
from webapp.web.http.filters import a_defaut, citer, jour
from webapp.web.http.reponses import notifier, page, rediriger, rendre

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import Connection

    from webapp.domain.certifications import EtatCertification
    from webapp.domain.formation import Acte, Formation
    from webapp.services.catalogue import LigneCatalogue, PageCatalogue

bp = Blueprint("catalogue", __name__)

DUPLIQUEE = "La copie {titre} est créée : donnez-lui son propre identifiant."

PAR_PAGE = 20
_ONGLETS = (
    (None, "Toutes"),
    (Statut.BROUILLON, "Brouillons"),
    (Statut.VALIDEE, "Validées"),
    (Statut.ARCHIVEE, "Archivées"),
)
# What the table allows for each status, said once for all cards.
OPERATIONS = MappingProxyType({
    statut: frozenset(op.value for op in operations_permises(statut, Diagnostic())) - {Operation.VALIDER.value}
    for statut in Statut
})  # fmt: skip


class Carte(NamedTuple):
    """A card as it is shown at a date. The template takes it apart: a name costs less there than an attribute.

    `badge`: what is to be told of the certification, its state, the days left and whether it is an action.
    """

    id: str
    titre: str
    statut: str
    libelle_statut: str
    badge: tuple[EtatCertification, int | None, bool] | None
    etiquette: str
    certification: str
    jour: str
    identifiant: str
    operations: frozenset[str]


@bp.get("/")
@publique
def accueil() -> Response:
    """Go to the catalogue."""
    return rediriger(liens.CATALOGUE)


@bp.get(liens.CATALOGUE)
@exige(Droit.VOIR_CATALOGUE)
def lister() -> Response:
    """Show one page of the catalogue, newest first."""
    statut = _statut(saisie.parametre("statut"))
    recherche = saisie.parametre("recherche").strip()
    montree, plus_loin = _id(saisie.parametre("formation")), None
    trouvees = catalogue.lister(
        lecture(), organisme_courant(), Filtre(recherche, statut), _curseur(saisie.parametre("apres")), PAR_PAGE
    )
    if montree is not None and all(ligne.id != montree for ligne in trouvees.lignes):
        plus_loin = _a_partir_de(montree)
        trouvees = plus_loin or trouvees
    le = aujourdhui()
    total = sum(trouvees.compteurs.values())
    filtres = {"recherche": recherche, "statut": statut.value if statut else ""}
    return page(
        "pages/catalogue.html",
        cartes=[carte(ligne, le) for ligne in trouvees.lignes],
        total=total,
        copies=uuid4(),
        recherche=recherche,
        statut=statut,
        onglets=[
            (libelle, trouvees.compteurs.get(s, 0) if s else total, s is statut,
             liens.avec(liens.CATALOGUE, recherche=recherche, statut=s.value if s else ""))
            for s, libelle in _ONGLETS
        ],
        page_suivante=liens.avec(liens.CATALOGUE, **filtres, apres=str(trouvees.suivant)) if trouvees.suivant else "",
        debut_url=liens.avec(liens.CATALOGUE, **filtres) if saisie.parametre("apres") or plus_loin else "",
    )  # fmt: skip


@bp.post("/formations/<uuid:id>/archivage")
@exige(Droit.GERER_CATALOGUE)
def archiver(id: UUID) -> Response:
    """Take a formation out of the working catalogue."""
    return _operer(catalogue.archiver, id, "La formation {titre} est archivée.")


@bp.post("/formations/<uuid:id>/restauration")
@exige(Droit.GERER_CATALOGUE)
def restaurer(id: UUID) -> Response:
    """Bring an archived formation back as a draft."""
    return _operer(catalogue.restaurer, id, "La formation {titre} est restaurée au statut « Brouillon ».")


@bp.get("/formations/<uuid:id>/suppression")
@exige(Droit.GERER_CATALOGUE)
def confirmer_suppression(id: UUID) -> Response:
    """Ask before a draft disappears for good."""
    formation = catalogue.ouvrir(lecture(), organisme_courant(), id)
    formation.exiger_permise(Operation.SUPPRIMER)
    contexte = {"dialogue": "suppression", "formation": formation}
    return rendre("pages/dialogue.html", "fragments/formation/suppression.html", contexte)


@bp.post("/formations/<uuid:id>/suppression")
@exige(Droit.GERER_CATALOGUE)
def supprimer(id: UUID) -> Response:
    """Remove a draft for good."""
    return _operer(catalogue.supprimer, id, "La formation {titre} est supprimée.")


@bp.post("/formations/<uuid:id>/duplication")
@exige(Droit.GERER_CATALOGUE)
def dupliquer(id: UUID) -> Response:
    """Copy a formation, as a draft without an identifier, and open the copy.

    The identity of a copy comes from the page that asked for it: sent twice, « Dupliquer » makes one.
    """
    with transaction() as cnx:
        copie = catalogue.dupliquer(cnx, acte(), id, uuid5(saisie.identite("copies"), str(id)))
    notifier(dire(DUPLIQUEE, titre=citer(copie)))
    return rediriger(liens.formation(copie.id))


def _operer(operation: Callable[[Connection, Acte, UUID], Formation], id: UUID, dit: str) -> Response:
    """Do it, say so, and show the catalogue again."""
    with transaction() as cnx:
        formation = operation(cnx, acte(), id)
    notifier(dire(dit, titre=citer(formation)))
    return rediriger(liens.CATALOGUE)


def carte(ligne: LigneCatalogue, le: date) -> Carte:
    """Give what a line of the catalogue shows at a date."""
    certification = ligne.certification
    badge, etiquette, intitule = None, "Certification préparée", PAS_DE_DONNEE
    if certification is not None:
        etiquette, intitule = regle_de(certification).etiquette, certification.intitule
        if not certification.active_le(le) or certification.prend_fin_bientot(le):
            action = certification.type_code is TypeCode.CPF
            badge = (certification.etat_le(le), certification.jours_restants(le), action)
    return Carte(
        str(ligne.id), a_defaut(ligne.intitule, "(sans intitulé)"), ligne.statut.value, ligne.statut.libelle,
        badge, etiquette, intitule, jour(ligne.modifiee_le), a_defaut(ligne.identifiant, "à saisir"),
        OPERATIONS[ligne.statut],
    )  # fmt: skip


def _statut(texte: str) -> Statut | None:
    return Statut(texte) if texte in Statut.__members__.values() else None


def _a_partir_de(id: UUID) -> PageCatalogue | None:
    """Give the page of the catalogue that begins with a formation; None when there is no such formation."""
    try:
        formation = catalogue.ouvrir(lecture(), organisme_courant(), id)
    except Introuvable:
        return None
    juste_avant = Curseur(formation.modifiee_le, UUID(int=2**128 - 1))
    return catalogue.lister(lecture(), organisme_courant(), Filtre(), juste_avant, PAR_PAGE)


def _id(texte: str) -> UUID | None:
    try:
        return UUID(texte)
    except ValueError:
        return None


def _curseur(texte: str) -> Curseur | None:
    if not texte:
        return None
    try:
        return Curseur.lire(texte)
    except ValueError:
        return None
