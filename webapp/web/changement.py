"""From étape 2/2 back to étape 1/2: another type or another certification, and every text that still has a place.

Étape 1/2 is then a form that carries the texts along, under names of their own: nothing is stored before the next
save, and nothing is lost, with or without JavaScript.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from webapp.domain.changement import Changement, changer, regle_pour
from webapp.domain.comptes import Droit
from webapp.domain.fiche import NOMS
from webapp.domain.statuts import Operation
from webapp.domain.types_formation import REGLES
from webapp.services import catalogue
from webapp.web import etape_1, etape_2
from webapp.web.envoi_etape_1 import porteuse
from webapp.web.etape_1 import Choix, choix_de, contexte_choix, lire_choix
from webapp.web.etape_2 import Ecran
from webapp.web.formations import exiger_meme_organisme
from webapp.web.http import saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import aujourdhui, certification, lecture, organisme_courant
from webapp.web.http.reponses import page

if TYPE_CHECKING:
    from uuid import UUID

    from webapp.domain.certifications import Certification
    from webapp.domain.fiche import FicheFormation

bp = Blueprint("changement", __name__, url_prefix="/formations/<uuid:id>/changement")
bp.before_request(exiger_meme_organisme)

CHANGER = "Changer de type ou de certification"


class TextesEmportes(Ecran):
    """What étape 1/2 carries along."""

    @property
    def textes(self) -> dict[str, str]:
        """The texts by the names they travel under."""
        return {saisie.PREFIXE_PORTE + nom: self.fiche.valeur(nom) for nom in NOMS}


@bp.post("")
@exige(Droit.GERER_CATALOGUE)
def choisir(id: UUID) -> Response:
    """Show étape 1/2 with what the formation is attached to now, or with what was chosen since."""
    emportes = _textes_emportes(id)
    choix = lire_choix() if _est_porte() else _actuel(emportes.fiche)
    return page("pages/nouvelle.html", **_contexte(choix, emportes))


@bp.post("/type")
@exige(Droit.GERER_CATALOGUE)
def choisir_type(id: UUID) -> Response:
    """Show what the chosen type asks for."""
    return etape_1.montrer_type(_contexte(lire_choix(), _textes_emportes(id)))


@bp.post("/certification")
@exige(Droit.GERER_CATALOGUE)
def choisir_certification(id: UUID) -> Response:
    """Apply a certification, chosen in the list or by its code."""
    choix = lire_choix()
    return etape_1.montrer_certification(choix, _contexte(choix, _textes_emportes(id)))


@bp.post("/fiche")
@exige(Droit.GERER_CATALOGUE)
def decrire(id: UUID) -> Response:
    """Open étape 2/2 again with the texts, on what was chosen; as they were when the change is given up."""
    emportes = _textes_emportes(id)
    if saisie.parametre("renoncer"):
        return _afficher(emportes, None)
    vers = certification(saisie.parametre("vers"))
    choix = lire_choix() if vers is None else _choix_de(emportes.fiche, vers)
    avis = etape_1.refus_de_suite(choix)
    if avis or choix.type_formation is None or choix.certification is None:
        return etape_1.repondre_refus(choix, _contexte(choix, emportes), avis)
    avant = certification(emportes.fiche.certification)
    return _afficher(emportes, changer(emportes.fiche, avant, choix.type_formation, choix.certification))


def _afficher(emportes: TextesEmportes, changement: Changement | None) -> Response:
    ecran = emportes if changement is None else replace(emportes, fiche=changement.fiche)
    # What was typed is on the page and nowhere else: given up, the change leaves it as unsaved as it was.
    modifiee = bool(ecran.fiche.differences(ecran.fiche_d_origine))
    return etape_2.afficher(ecran, changement=changement, montrer=etape_2.montrer, modifiee=modifiee)


def _textes_emportes(id: UUID) -> TextesEmportes:
    """Read what the form carries. Raises Introuvable, OperationInterdite (an archived formation does not change)."""
    version, formation = saisie.version(), None
    if version:
        formation = catalogue.ouvrir(lecture(), organisme_courant(), id)
        formation.exiger_permise(Operation.ENREGISTRER)
    return TextesEmportes(id, version, saisie.fiche(saisie.PREFIXE_PORTE if _est_porte() else ""), formation)


def _est_porte() -> bool:
    """Say whether the form is étape 1/2, which carries the texts, and not étape 2/2, where they are typed."""
    return any(nom.startswith(saisie.PREFIXE_PORTE) for nom in request.form)


def _actuel(fiche: FicheFormation) -> Choix:
    regle, actuelle = REGLES.get(fiche.type_formation), certification(fiche.certification)
    if regle is None or actuelle is None:
        return Choix(regle)
    if not actuelle.active_le(aujourdhui()):
        return Choix(regle, None, actuelle.type_code, actuelle.numero, actuelle.avis_le(aujourdhui()))
    return choix_de(regle, actuelle)


def _choix_de(fiche: FicheFormation, visee: Certification) -> Choix:
    """Choose a record by its code: under the type the formation has if that type admits it, else under its own."""
    regle = regle_pour(fiche, visee)
    return choix_de(regle, visee) if visee.active_le(aujourdhui()) else Choix(regle, avis=visee.avis_le(aujourdhui()))


def _contexte(choix: Choix, emportes: TextesEmportes) -> dict[str, object]:
    return {**contexte_choix(choix, porteuse(emportes.id)), "changement": emportes, "titre_onglet": CHANGER}
