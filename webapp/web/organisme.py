"""« Mon organisme »: what is known of it, where it works, which says its holidays, and what it is entitled to do.

Its habilitations come from the list that EDOF exports: chosen, looked at, then imported. Nothing counts before that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.domain.comptes import AutreOrganisme, Droit
from webapp.domain.fichier_habilitations import TROP_GROS
from webapp.domain.textes import dire, fr, pluriel
from webapp.services import comptes, habilitations
from webapp.web.http import errors, liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import (
    acte,
    aujourdhui,
    lecture,
    organisme_courant,
    transaction,
    utilisateur_courant,
    visite,
)
from webapp.web.http.reponses import notifier, page, rediriger
from webapp.web.http.security import EnvoiTropLourd

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from webapp.domain.habilitations import HabilitationEdof

bp = Blueprint("organisme", __name__)

AVEC = fr("Enregistré : le Vendredi saint et le 26 décembre sont des jours fériés de votre calendrier.")
SANS = fr("Enregistré : votre calendrier a les jours fériés de toute la France.")
SANS_FICHIER = fr("Choisissez le fichier CSV exporté d'EDOF.")
IMPORTEE = "Votre liste d'habilitations est importée : {certifications}."
ENTRE_TEMPS = fr(
    "Une autre liste a été importée depuis : voici ce que celle-ci changerait maintenant. Rien n'est encore importé."
)
NOUVELLE, RETIREE, CHANGEE, INCHANGEE = "Nouvelle", "Retirée", "Changée", "Inchangée"


class LigneMontree(NamedTuple):
    """One line of a list, and what becomes of it when the list is imported (empty: it is the one that counts)."""

    habilitation: HabilitationEdof
    sort: str
    avant: HabilitationEdof | None = None


@bp.before_request
def exiger_meme_organisme() -> None:
    """Refuse a form opened in another organisation: somebody signed in elsewhere since, in another tab."""
    if saisie.texte("organisme") not in {"", str(organisme_courant().id)}:
        raise AutreOrganisme(organisme_courant().nom)


@bp.errorhandler(RequestEntityTooLarge)
def trop_gros(trop: RequestEntityTooLarge) -> Response:
    """Say of a file that was not even read that it is too large, where it was chosen."""
    if request.path == liens.HABILITATIONS:
        return _montrer(TROP_GROS, 413)
    return errors.repondre(413, errors.envoi_trop_lourd() if isinstance(trop, EnvoiTropLourd) else None)


# Reloaded once a file was refused there, the second address shows the page it was.
@bp.get(liens.ORGANISME)
@bp.get(liens.HABILITATIONS)
@exige(Droit.VOIR_CATALOGUE)
def montrer() -> Response:
    """Show the organisation of the person; who manages its catalogue may say where it works."""
    return _montrer()


@bp.post(liens.ORGANISME)
@exige(Droit.GERER_CATALOGUE)
def enregistrer() -> Response:
    """Say whether it keeps the holidays of Alsace and Moselle."""
    choisi = saisie.texte("alsace_moselle") == "oui"
    with transaction() as cnx:
        comptes.choisir_alsace_moselle(cnx, acte(), valeur=choisi)
    notifier(AVEC if choisi else SANS)
    return rediriger(liens.ORGANISME)


@bp.post(liens.HABILITATIONS)
@exige(Droit.GERER_CATALOGUE)
def lire_la_liste() -> Response:
    """Read the list of habilitations that is sent, and lead to what it would change."""
    nom, octets = saisie.fichier("liste")
    if not nom and not octets:
        return _montrer(SANS_FICHIER, 422)
    try:
        lue = habilitations.lire(organisme_courant(), nom, octets)
        with transaction() as cnx:
            vu = habilitations.deposer(cnx, organisme_courant(), _auteur(), lue)
    except habilitations.FichierRefuse as refus:
        return _montrer(refus.message, 422)
    return rediriger(liens.habilitations(vu.liste.id))


@bp.get("/organisme/habilitations/<uuid:liste>")
@exige(Droit.GERER_CATALOGUE)
def apercu(liste: UUID) -> Response:
    """Show what a list that was read would change; nothing counts yet."""
    return _apercu(liste)


@bp.post("/organisme/habilitations/<uuid:liste>")
@exige(Droit.GERER_CATALOGUE)
def importer(liste: UUID) -> Response:
    """Import a list in place of the one before, as long as that is the one it was compared with."""
    vue = next(iter(saisie.identites("comparee")), None)
    try:
        with transaction() as cnx:
            vu = habilitations.importer(cnx, organisme_courant(), _auteur(), liste, vue)
    except habilitations.ListeDepassee:
        return _apercu(liste, ENTRE_TEMPS, 409)
    notifier(dire(IMPORTEE, certifications=pluriel(len(vu.lignes), "certification")))
    return rediriger(liens.ORGANISME)


def _auteur() -> habilitations.Auteur:
    # A deposit is forgotten by the real clock, wherever the reference date stands.
    return habilitations.Auteur(utilisateur_courant().nom, aujourdhui(), visite().instant)


def _montrer(refus: str = "", statut: int = 200) -> Response:
    trouvee = habilitations.courante(lecture(), organisme_courant())
    liste, lignes = trouvee or (None, ())
    return page(
        "pages/organisme.html", statut, liste=liste, lignes=[LigneMontree(une, "") for une in lignes], refus_liste=refus
    )


def _apercu(id: UUID, refus: str = "", statut: int = 200) -> Response:
    vu = habilitations.apercu(lecture(), organisme_courant(), id, visite().instant)
    avant = {une.code: une for une in vu.anciennes}
    sorts = dict.fromkeys(vu.difference.nouvelles, NOUVELLE) | dict.fromkeys(vu.difference.changees, CHANGEE)
    lignes = [LigneMontree(une, sorts.get(une.code, INCHANGEE), avant.get(une.code)) for une in vu.lignes]
    lignes += [LigneMontree(avant[code], RETIREE) for code in vu.difference.retirees]
    return page("pages/habilitations.html", statut, apercu=vu, lignes=_en_ordre(lignes), refus_liste=refus)


def _en_ordre(lignes: Iterable[LigneMontree]) -> list[LigneMontree]:
    """Give what changes before what does not."""
    ordre = (RETIREE, CHANGEE, NOUVELLE, INCHANGEE)
    return sorted(lignes, key=lambda ligne: ordre.index(ligne.sort))
