"""An action or a session typed while what held it was removed with all that it held: its text stays to be copied.

Nothing says of what is not there whether it ever was: an id of another organisation is answered as one that is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webapp.domain.champs import Niveau
from webapp.domain.refus import Introuvable
from webapp.domain.saisies import comme_id
from webapp.domain.textes import fr
from webapp.services import arbre, catalogue
from webapp.web.http import errors, liens, saisie
from webapp.web.http.contexte import aujourdhui, lecture, organisme_courant
from webapp.web.mots_arbre import COPIER, PARTIES
from webapp.web.saisie_arbre import EcranSaisie, adresse_de

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Response

    from webapp.domain.diagnostic import Diagnostic
    from webapp.domain.fiche_arbre import Fiche
    from webapp.domain.noeud import Depot

FORMATION = "formation"
"""The field in which the form of a session carries its formation, to lead there once its action is gone."""


def ecran(envoye: Depot) -> EcranSaisie:
    """Give the screen of what a form sends, what should hold it being there no more."""
    niveau = envoye.fiche.niveau
    formation_id = envoye.parent_id if niveau is Niveau.ACTION else comme_id(saisie.texte(FORMATION))
    partie, sortie = Niveau.FORMATION, liens.CATALOGUE
    if niveau is Niveau.SESSION and (formation_id is None or _est_la(formation_id)):
        partie = Niveau.ACTION
        sortie = liens.CATALOGUE if formation_id is None else liens.formation(formation_id)
    url = adresse_de(niveau, envoye.id)
    return EcranSaisie(envoye, url, sortie, perdue=True, formation_id=formation_id, partie=partie)


def diagnostiquer(ecran: EcranSaisie) -> Diagnostic:
    """Say what is to be said of it alone."""
    return arbre.diagnostiquer_sans_place(lecture(), organisme_courant(), ecran.fiche, aujourdhui())


def rendre_a_copier(reprise: Fiche | None) -> Response:
    """Answer where a new one was to be made: the texts taken there are shown. Raises Introuvable without any."""
    if reprise is None:
        raise Introuvable
    partie = Niveau.FORMATION if reprise.niveau is Niveau.ACTION else Niveau.ACTION
    textes = {nom: texte for nom, texte in reprise.textes.items() if texte}
    return errors.repondre(404, fr(f"{PARTIES[reprise.niveau, partie]} {COPIER}"), textes=textes)


def _est_la(formation_id: UUID) -> bool:
    try:
        catalogue.ouvrir(lecture(), organisme_courant(), formation_id)
    except Introuvable:
        return False
    return True
