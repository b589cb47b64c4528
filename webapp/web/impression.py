"""« Imprimer »: the whole catalogue as it is filtered and sorted, or one formation, on sheets to be handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from flask import Blueprint, Response

from webapp.domain.champs import INTITULE
from webapp.domain.comptes import Droit
from webapp.domain.prerempli import PAS_DE_DONNEE
from webapp.domain.textes import dire, pluriel
from webapp.domain.types_formation import REGLES, preremplis
from webapp.services import catalogue
from webapp.web import arbre
from webapp.web.catalogue import Carte, carte, dits_des_lignes
from webapp.web.http import liens
from webapp.web.http.access import exige
from webapp.web.http.contexte import aujourdhui, certification, lecture, organisme_courant, suivi_de
from webapp.web.http.filters import a_defaut
from webapp.web.http.reponses import page
from webapp.web.vue import TYPES, Vue

if TYPE_CHECKING:
    from webapp.domain.certifications import EtatCertification
    from webapp.services.catalogue import LigneCatalogue
    from webapp.web.catalogue import DitDeLaCertification

bp = Blueprint("impression", __name__)

IMPRIMEES = 500
"""Formations: some twenty sheets. Beyond, the page says that there are others, and the filters choose."""
ACTIONS_IMPRIMEES, SESSIONS_IMPRIMEES = 100, 60
"""Of one formation, and of one action: some forty sheets. Beyond, the page says how many more there are."""
RESTE = "Les {nombre} premières seulement : filtrez le catalogue pour imprimer les autres."


class Rangee(NamedTuple):
    """A line of the printed catalogue."""

    titre: str
    identifiant: str
    type_formation: str
    code: str
    certification: str
    badge: tuple[EtatCertification, int | None, bool] | None
    """What is to be told of its certification, as its card does."""
    statut: str
    dit: str
    sortie: str
    jour: str


@bp.get(liens.CATALOGUE_IMPRIME)
@exige(Droit.VOIR_CATALOGUE)
def imprimer() -> Response:
    """Show in one page what the filters of the catalogue choose, IMPRIMEES formations at most."""
    le, organisme = aujourdhui(), organisme_courant()
    vue = Vue.demandee()
    trouvees = catalogue.lister(lecture(), organisme, vue.filtre, None, IMPRIMEES, vue.ordre(le))
    dits = dits_des_lignes(trouvees.lignes, le)
    types = catalogue.types_de(lecture(), organisme, trouvees.lignes)
    dites: dict[str, DitDeLaCertification] = {}
    rangees = [
        _rangee(ligne, types.get(ligne.id, ""), carte(ligne, le, dits, dites)) for ligne in trouvees.lignes
    ]  # fmt: skip
    return page(
        "pages/catalogue-imprime.html",
        rangees=rangees,
        organisme=organisme,
        le=le,
        nombre=pluriel(len(rangees), "formation"),
        filtres=_dire_filtres(vue),
        reste=dire(RESTE, nombre=IMPRIMEES) if trouvees.suivant else "",
        retour=vue.debut,
    )


@bp.get("/formations/<uuid:id>/imprimer")
@exige(Droit.VOIR_CATALOGUE)
def imprimer_formation(id: UUID) -> Response:
    """Show in one page a formation and what it holds, unfolded; what is archived in it is left out."""
    le, organisme = aujourdhui(), organisme_courant()
    formation = catalogue.ouvrir(lecture(), organisme, id)
    fiche = formation.fiche
    certifiante = certification(fiche.certification)
    regle = REGLES.get(fiche.type_formation)
    textes = [(champ, fiche.valeur(champ.nom)) for champ in fiche.champs if champ.nom != INTITULE.nom]
    lignes = [
        (champ.libelle, champ.option(valeur) if champ.choix and valeur in champ.choix else valeur)
        for champ, valeur in textes
        if valeur.strip()
    ]
    connus = preremplis(regle, certifiante) if regle and certifiante else ()
    lignes += [(ligne.libelle, ligne.valeur) for ligne in connus if ligne.valeur != PAS_DE_DONNEE]
    actions, autres = arbre.deplie(formation, ACTIONS_IMPRIMEES, SESSIONS_IMPRIMEES)
    return page(
        "pages/formation-imprimee.html",
        formation=formation, titre=a_defaut(fiche.intitule, "(sans intitulé)"), organisme=organisme, le=le,
        regle=regle, certification=certifiante, suivi=suivi_de(certifiante),
        avis_certification=certifiante.avis_le(le) if certifiante else "", lignes=lignes,
        actions=actions, autres=autres,
    )  # fmt: skip


def _rangee(ligne: LigneCatalogue, type_formation: str, montree: Carte) -> Rangee:
    code, intitule = "", PAS_DE_DONNEE
    if ligne.certification is not None:
        code, intitule = ligne.certification.code, ligne.certification.intitule
    return Rangee(
        a_defaut(ligne.intitule, "(sans intitulé)"), a_defaut(ligne.identifiant, "à saisir"),
        TYPES.get(type_formation, ""), code, intitule, montree.badge, montree.libelle_statut, montree.publication,
        montree.sortie, montree.jour,
    )  # fmt: skip


def _dire_filtres(vue: Vue) -> str:
    """Say what was chosen, as « Brouillons · Cléa · RS2203 · « oral » »; nothing when all is shown."""
    statut = vue.statut.libelle if vue.statut else ""
    mots = dire("« {mots} »", mots=vue.recherche) if vue.recherche else ""
    return " · ".join(dit for dit in (statut, TYPES.get(vue.type_formation, ""), vue.certification, mots) if dit)
