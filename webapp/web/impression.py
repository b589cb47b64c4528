"""« Imprimer »: the whole catalogue, as it is filtered and sorted, on sheets that can be handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask import Blueprint, Response

from webapp.domain.comptes import Droit
from webapp.domain.prerempli import PAS_DE_DONNEE
from webapp.domain.textes import dire, pluriel
from webapp.services import catalogue
from webapp.web.catalogue import dits_des_lignes
from webapp.web.http import liens
from webapp.web.http.access import exige
from webapp.web.http.contexte import aujourdhui, lecture, organisme_courant
from webapp.web.http.filters import a_defaut, jour
from webapp.web.http.reponses import page
from webapp.web.vue import TYPES, Vue

if TYPE_CHECKING:
    from webapp.services.catalogue import LigneCatalogue

bp = Blueprint("impression", __name__)

IMPRIMEES = 500
"""Formations: some twenty sheets. Beyond, the page says that there are others, and the filters choose."""
RESTE = "Les {nombre} premières seulement : filtrez le catalogue pour imprimer les autres."


class Rangee(NamedTuple):
    """A line of the printed catalogue."""

    titre: str
    identifiant: str
    type_formation: str
    code: str
    certification: str
    statut: str
    dit: str
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
    rangees = [_rangee(ligne, types.get(ligne.id, ""), dits.get(ligne.id, "")) for ligne in trouvees.lignes]
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


def _rangee(ligne: LigneCatalogue, type_formation: str, dit: str) -> Rangee:
    code, intitule = "", PAS_DE_DONNEE
    if ligne.certification is not None:
        code, intitule = ligne.certification.code, ligne.certification.intitule
    return Rangee(
        a_defaut(ligne.intitule, "(sans intitulé)"), a_defaut(ligne.identifiant, "à saisir"),
        TYPES.get(type_formation, ""), code, intitule, ligne.statut.libelle, dit, jour(ligne.modifiee_le),
    )  # fmt: skip


def _dire_filtres(vue: Vue) -> str:
    """Say what was chosen, as « Brouillons · Cléa · RS2203 · « oral » »; nothing when all is shown."""
    statut = vue.statut.libelle if vue.statut else ""
    mots = dire("« {mots} »", mots=vue.recherche) if vue.recherche else ""
    return " · ".join(dit for dit in (statut, TYPES.get(vue.type_formation, ""), vue.certification, mots) if dit)
