"""The guided tours: the page of each, which starts it; the step of the guide that a field is written in at."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from webapp.domain.champs import PAR_NOM
from webapp.domain.comptes import Droit
from webapp.mode_emploi.visite import aides, arret_du_champ, visites
from webapp.web.http import liens
from webapp.web.http.access import exige, publique
from webapp.web.http.contexte import visite as visite_de_la_page
from webapp.web.http.reponses import fragment, page, par_htmx, rediriger

bp = Blueprint("visite", __name__)

EN_COURS = "visite"
"""Cookie that visite.js puts while a tour runs: pages then carry it. Where one has come to is kept in the tab."""
PROPOSEE = "visite_proposee"
"""Cookie of who has put the offer of the demonstration aside."""
_UN_AN = 365 * 24 * 3600


@bp.get(f"{liens.MODE_EMPLOI}/<nom>/visite")
@publique
def suivre(nom: str) -> Response:
    """Show the gestures of a tour, one after the other; with scripts, start it."""
    visite = visites().get(nom)
    if visite is None:
        abort(404)
    return page("pages/visite.html", visite=visite)


@bp.get(f"{liens.MODE_EMPLOI}/champ/<champ>")
@publique
def expliquer(champ: str) -> Response:
    """Show the step of the guide of a field: in place where htmx asks, else in the guide."""
    connu = PAR_NOM.get(champ)
    trouve = aides().get(connu.libelle) if connu else None
    if connu is None or trouve is None:
        abort(404)
    guide, etape = trouve
    adresse = f"{liens.MODE_EMPLOI}/{guide.nom}#{etape.ancre}"
    if not par_htmx():
        return rediriger(adresse)
    visite = visites().get(guide.nom)
    arret = arret_du_champ(connu.libelle, visite) if visite else None
    utilisateur = visite_de_la_page().utilisateur
    possible = arret is not None and utilisateur is not None and utilisateur.peut(Droit.GERER_CATALOGUE)
    return fragment(
        ("fragments/visite/etape.html",),
        {
            "libelle": connu.libelle, "guide": guide, "etape": etape, "adresse": adresse,
            "exemple": arret.exemple if arret else "",
            "montrer": f"{liens.visite(guide.nom)}#montre-moi-{arret.rang}" if arret and possible else "",
        },
    )  # fmt: skip


@bp.post(liens.VISITE_REFUSEE)
@exige(Droit.VOIR_CATALOGUE)
def refuser() -> Response:
    """Put the offer of the demonstration aside, for a year in this browser."""
    reponse = rediriger(liens.CATALOGUE)
    sure = visite_de_la_page().cablage.settings.https
    reponse.set_cookie(PROPOSEE, "non", max_age=_UN_AN, secure=sure, httponly=True, samesite="Lax")
    return reponse


def url_d_aide(nom: str, libelle: str) -> str:
    """Give the address of the guide's step of a field of a formation, empty where the guide says nothing of it."""
    connu = PAR_NOM.get(nom)
    return liens.aide_du_champ(nom) if connu and connu.libelle == libelle and libelle in aides() else ""
