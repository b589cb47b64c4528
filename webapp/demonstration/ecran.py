"""What only the demonstration shows: the switch of its date, and every component in every state."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, session

from webapp.domain.comptes import Droit
from webapp.domain.controle import Portee, controler
from webapp.domain.fiche import FicheFormation
from webapp.domain.statuts import Statut
from webapp.web.connexion import destination_sure
from webapp.web.etape_2 import etat
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige, publique
from webapp.web.http.contexte import AUJOURDHUI, CLE_DATE, aujourdhui
from webapp.web.http.reponses import ALERTE, SUCCES, Annulation, dit, page, rediriger
from webapp.web.libelles import libelles_de
from webapp.web.refus import Refus

bp = Blueprint("demonstration", __name__)
_ANNULATION = f"{liens.formation(UUID(int=0))}/archivage/annulation"


@bp.post(liens.DATE_REFERENCE)
@exige(Droit.VOIR_CATALOGUE)
def changer_date() -> Response:
    """Go to the real date, or back to the guide's, for this session only."""
    if saisie.texte("date") == AUJOURDHUI:
        session[CLE_DATE] = AUJOURDHUI
    else:
        session.pop(CLE_DATE, None)
    return rediriger(destination_sure(saisie.destination()))


@bp.get("/composants")
@publique
def composants() -> Response:
    """Show every component in every state, to be looked at and tested."""
    vide = FicheFormation()
    fautive = FicheFormation.lire({
        "identifiant": "déjà pris !", "intitule": "x" * 256, "points_forts": "é" * 255, "objectif": "Un\x00deux",
        "type_parcours": "96214", "objectif_general": "6",
    })  # fmt: skip
    juge = controler(fautive, None, aujourdhui())
    refus = Refus.de(fautive, juge, Portee.VALIDATION, libelles_de(fautive))
    return page(
        "pages/composants.html",
        # Shown, not just said: the page opens at its top.
        refus=refus._replace(vient_d_etre_dit=False),
        libelle=libelles_de(vide), statuts=tuple(Statut), exemple=UUID(int=0),
        etat_vide=etat(vide, controler(vide, None, aujourdhui())),
        etat_fautif=etat(fautive, juge),
        exemples_toasts=(
            (SUCCES, "L’identifiant est disponible."), (ALERTE, "L’identifiant est déjà utilisé."),
            (SUCCES, dit("La formation est archivée.", Annulation(_ANNULATION, str(UUID(int=0)), 2, ()))),
        ),
    )  # fmt: skip
