"""From étape 2/2 back to étape 1/2: another type or another certification, and every text that still has a place.

Étape 1/2 is then a form that carries the texts along, under names of their own: nothing is stored before the next
save, and nothing is lost, with or without JavaScript. What is sent is kept by the session, and the answer is an address
(web/http/depot.py): each of these pages can be loaded again, and come back to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response

from webapp.domain.changement import Changement, changer, regle_pour
from webapp.domain.comptes import Droit
from webapp.domain.fiche import NOMS
from webapp.domain.types_formation import REGLES
from webapp.web import etape_1, etape_2
from webapp.web.envoi_etape_1 import porteuse
from webapp.web.etape_1 import Choix, choix_de, contexte_choix, lire_choix
from webapp.web.etape_2 import Ecran
from webapp.web.formations import exiger_meme_organisme, sans_depot
from webapp.web.http import depot, liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import aujourdhui, certification
from webapp.web.http.reponses import page, par_htmx, rediriger

if TYPE_CHECKING:
    from uuid import UUID

    from webapp.domain.certifications import Certification
    from webapp.domain.fiche import FicheFormation
    from webapp.domain.formation import Envoi

bp = Blueprint("changement", __name__, url_prefix="/formations/<uuid:id>/changement")
bp.before_request(exiger_meme_organisme)

CHANGER = "Changer de type ou de certification"
CHOISIR, DECRIRE = "", "/fiche"
"""The two pages of a change, by the end of their addresses."""

CHOIX = ("type", "certification", "type_code", "code", "retenue", "appliquee", "vers", "renoncer")
"""What étape 1/2 sends of what is chosen, by its names; étape 2/2 says no more than the certification to take."""

CHOIX_MAX = 300
"""Characters of each in an address: no code has as many."""


class TextesEmportes(Ecran):
    """What étape 1/2 carries along."""

    @property
    def textes(self) -> dict[str, str]:
        """The texts by the names they travel under."""
        return {saisie.PREFIXE_PORTE + nom: self.fiche.valeur(nom) for nom in NOMS}


@bp.post("")
@exige(Droit.GERER_CATALOGUE)
def deposer(id: UUID) -> Response:
    """Lead to étape 1/2, with the texts that the form sends."""
    return _avancer(_poses(id), CHOISIR)


@bp.get("")
@exige(Droit.GERER_CATALOGUE)
def choisir(id: UUID) -> Response:
    """Show étape 1/2 with what the formation is attached to now, or with what was chosen since."""
    emportes = _deposes(id)
    if emportes is None:
        return sans_depot(id, liens.NOUVELLE)
    if emportes.perdue:
        return etape_2.repondre_perdue(emportes)
    choix = lire_choix() if "type" in saisie.parametres() else _actuel(emportes.fiche)
    return page("pages/nouvelle.html", **_contexte(choix, emportes))


@bp.post("/type")
@exige(Droit.GERER_CATALOGUE)
def choisir_type(id: UUID) -> Response:
    """Show what the chosen type asks for."""
    emportes = _poses(id)
    if emportes.perdue or not par_htmx():
        return _avancer(emportes, CHOISIR)
    return etape_1.montrer_type(_contexte(lire_choix(), emportes), _adresse(emportes, CHOISIR))


@bp.post("/certification")
@exige(Droit.GERER_CATALOGUE)
def choisir_certification(id: UUID) -> Response:
    """Apply a certification, chosen in the list or by its code."""
    emportes = _poses(id)
    if emportes.perdue or not par_htmx():
        return _avancer(emportes, CHOISIR)
    choix = lire_choix()
    return etape_1.montrer_certification(choix, _contexte(choix, emportes), _adresse(emportes, CHOISIR))


@bp.post("/fiche")
@exige(Droit.GERER_CATALOGUE)
def suivre(id: UUID) -> Response:
    """Lead to étape 2/2, with the texts that the form sends and what was chosen."""
    return _avancer(_poses(id), DECRIRE)


@bp.get("/fiche")
@exige(Droit.GERER_CATALOGUE)
def decrire(id: UUID) -> Response:
    """Open étape 2/2 again with the texts, on what was chosen; as they were when the change is given up."""
    emportes = _deposes(id)
    if emportes is None:
        return sans_depot(id, liens.NOUVELLE_FICHE)
    if emportes.perdue or saisie.parametre("renoncer"):
        return etape_2.repondre_perdue(emportes) if emportes.perdue else _afficher(emportes, None)
    vers = certification(saisie.parametre("vers"))
    choix = lire_choix() if vers is None else _choix_de(emportes.fiche, vers)
    avis = etape_1.refus_de_suite(choix)
    if avis or choix.type_formation is None or choix.certification is None:
        return etape_1.repondre_refus(choix, _contexte(choix, emportes), avis)
    avant = certification(emportes.fiche.certification)
    return _afficher(emportes, changer(emportes.fiche, avant, choix.type_formation, choix.certification))


def _avancer(emportes: TextesEmportes, suite: str) -> Response:
    """Lead to the page that shows what was sent; say at once that the formation has gone, if it has."""
    if emportes.perdue:
        return etape_2.repondre_perdue(emportes, textes=not saisie.est_porte())
    return rediriger(_adresse(emportes, suite))


def _adresse(emportes: TextesEmportes, suite: str) -> str:
    """Keep the texts, and give the address of a page that shows them, with what was chosen."""
    noms = CHOIX if saisie.est_porte() else ("vers",)
    choisi = {nom: saisie.parametre(nom)[:CHOIX_MAX] for nom in noms}
    if not emportes.version:
        choisi["neuve"] = "oui"
    return liens.avec(f"{emportes.url}/changement{suite}", **choisi, **{depot.PARAMETRE: depot.deposer(emportes)})


def _afficher(emportes: TextesEmportes, changement: Changement | None) -> Response:
    ecran = emportes if changement is None else replace(emportes, fiche=changement.fiche)
    # What was typed is on the page and nowhere else: given up, the change leaves it as unsaved as it was.
    modifiee = bool(ecran.fiche.differences(ecran.fiche_d_origine))
    return etape_2.afficher(ecran, changement=changement, montrer=etape_2.montrer, modifiee=modifiee)


def _poses(id: UUID) -> TextesEmportes:
    """Read what the form sends."""
    return _ecran(saisie.envoi(id))


def _deposes(id: UUID) -> TextesEmportes | None:
    """Read what the session keeps for the page; None when it keeps nothing of it."""
    depose = depot.retrouver(id)
    return None if depose is None else _ecran(depose)


def _ecran(envoi: Envoi) -> TextesEmportes:
    return TextesEmportes(envoi.id, envoi.version, envoi.fiche, etape_2.enregistree(envoi))


def _actuel(fiche: FicheFormation) -> Choix:
    regle, actuelle = REGLES.get(fiche.type_formation), certification(fiche.certification)
    if regle is None or actuelle is None:
        return Choix(regle)
    if not actuelle.active_le(aujourdhui()):
        return etape_1.choix_refuse(regle, actuelle)
    return choix_de(regle, actuelle)


def _choix_de(fiche: FicheFormation, visee: Certification) -> Choix:
    """Choose a record by its code: under the type the formation has if that type admits it, else under its own."""
    regle = regle_pour(fiche, visee)
    return choix_de(regle, visee) if visee.active_le(aujourdhui()) else etape_1.choix_refuse(regle, visee)


def _contexte(choix: Choix, emportes: TextesEmportes) -> dict[str, object]:
    return {**contexte_choix(choix, porteuse(emportes.id)), "changement": emportes, "titre_onglet": CHANGER}
