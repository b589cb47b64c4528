"""The catalogue: cards, search, filter, pages, and the operations of each card."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from flask import Blueprint, Response

from webapp.domain.comptes import Droit
from webapp.domain.formation import FicheRefusee
from webapp.domain.statuts import Operation, Statut
from webapp.domain.textes import dire
from webapp.services import catalogue
from webapp.services.catalogue import Curseur, Filtre
from webapp.web.cartes import cartes
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige, publique
from webapp.web.http.contexte import acte, aujourdhui, lecture, organisme_courant, transaction, utilisateur_courant
from webapp.web.http.filters import citer
from webapp.web.http.reponses import notifier, page, rediriger, rendre

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy import Connection

    from webapp.domain.formation import Acte, Formation

bp = Blueprint("catalogue", __name__)

PAR_PAGE = 20
_ONGLETS = (
    (None, "Toutes"),
    (Statut.BROUILLON, "Brouillons"),
    (Statut.VALIDEE, "Validées"),
    (Statut.ARCHIVEE, "Archivées"),
)


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
    trouvees = catalogue.lister(
        lecture(), organisme_courant(), Filtre(recherche, statut), _curseur(saisie.parametre("apres")), PAR_PAGE
    )
    gestionnaire = utilisateur_courant().peut(Droit.GERER_CATALOGUE)
    total = sum(trouvees.compteurs.values())
    filtres = {"recherche": recherche, "statut": statut.value if statut else ""}
    return page(
        "pages/catalogue.html",
        cartes=cartes(trouvees.lignes, aujourdhui(), gestionnaire=gestionnaire),
        total=total,
        recherche=recherche,
        statut=statut,
        onglets=[
            (libelle, trouvees.compteurs.get(s, 0) if s else total, s is statut,
             liens.avec(liens.CATALOGUE, recherche=recherche, statut=s.value if s else ""))
            for s, libelle in _ONGLETS
        ],
        page_suivante=liens.avec(liens.CATALOGUE, **filtres, apres=str(trouvees.suivant)) if trouvees.suivant else "",
        debut_url=liens.avec(liens.CATALOGUE, **filtres) if saisie.parametre("apres") else "",
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
    return _dialogue("suppression", {"formation": formation})


@bp.post("/formations/<uuid:id>/suppression")
@exige(Droit.GERER_CATALOGUE)
def supprimer(id: UUID) -> Response:
    """Remove a draft for good."""
    return _operer(catalogue.supprimer, id, "La formation {titre} est supprimée.")


@bp.get("/formations/<uuid:id>/duplication")
@exige(Droit.GERER_CATALOGUE)
def demander_duplication(id: UUID) -> Response:
    """Ask the identifier of the copy; a free one is proposed."""
    formation = catalogue.ouvrir(lecture(), organisme_courant(), id)
    propose = catalogue.proposer_identifiant(lecture(), organisme_courant(), formation.fiche.identifiant)
    contexte = {"formation": formation, "identifiant": propose or "", "anomalies": (), "nouvel_id": uuid4()}
    return _dialogue("duplication", contexte)


@bp.post("/formations/<uuid:id>/duplication")
@exige(Droit.GERER_CATALOGUE)
def dupliquer(id: UUID) -> Response:
    """Copy a formation under a new identifier, as a draft."""
    identifiant = saisie.texte("identifiant")
    nouvel_id = saisie.identite("nouvel_id")
    try:
        with transaction() as cnx:
            copie = catalogue.dupliquer(cnx, acte(), id, identifiant, nouvel_id)
    except FicheRefusee as refus:
        formation = catalogue.ouvrir(lecture(), organisme_courant(), id)
        contexte = {
            "formation": formation, "identifiant": identifiant, "nouvel_id": nouvel_id,
            "anomalies": refus.diagnostic.du_champ("identifiant") or refus.diagnostic.anomalies,
        }  # fmt: skip
        return _dialogue("duplication", contexte, 422)
    modele = "La formation {titre} est dupliquée sous l'identifiant « {identifiant} »."
    notifier(dire(modele, titre=citer(copie), identifiant=copie.fiche.identifiant))
    return rediriger(liens.CATALOGUE)


def _operer(operation: Callable[[Connection, Acte, UUID], Formation], id: UUID, dit: str) -> Response:
    """Do it, say so, and show the catalogue again."""
    with transaction() as cnx:
        formation = operation(cnx, acte(), id)
    notifier(dire(dit, titre=citer(formation)))
    return rediriger(liens.CATALOGUE)


def _dialogue(nom: str, contexte: dict[str, object], statut: int = 200) -> Response:
    return rendre(
        "pages/dialogue.html", f"fragments/formation/{nom}.html", {**contexte, "dialogue": nom}, statut=statut
    )


def _statut(texte: str) -> Statut | None:
    return Statut(texte) if texte in Statut.__members__.values() else None


def _curseur(texte: str) -> Curseur | None:
    if not texte:
        return None
    try:
        return Curseur.lire(texte)
    except ValueError:
        return None
