"""« Nouvelle édition »: another text of a guide, pasted, beside the one that the scenarios follow. Nothing is kept."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, abort

from webapp.mode_emploi.edition import MOTS_MAX, TEXTE_MAX, Comparaison, Verdict, comparer
from webapp.mode_emploi.edition_reference import Edition, editions
from webapp.web.http import liens, saisie
from webapp.web.http.access import publique
from webapp.web.http.reponses import page

bp = Blueprint("nouvelle_edition", __name__)


@bp.get(liens.NOUVELLE_EDITION)
@publique
def preparer() -> Response:
    """Show a page to paste a text in, with the text of the guide as it stands if that is asked."""
    choisie = _choisie()
    return _montrer(choisie, choisie.texte if saisie.parametre("texte") == "actuel" else "", None)


@bp.post(liens.NOUVELLE_EDITION)
@publique
def mettre_a_cote() -> Response:
    """Say what the pasted text changes."""
    choisie = _choisie()
    texte = saisie.texte("texte", TEXTE_MAX)
    return _montrer(choisie, texte, comparer(choisie, texte))


def _choisie() -> Edition:
    nom = saisie.parametre("guide")
    connues = editions()
    return connues[0] if not nom else next((e for e in connues if e.guide.nom == nom), None) or abort(404)


def _montrer(choisie: Edition, texte: str, faite: Comparaison | None) -> Response:
    vide = faite is not None and faite.verdict is Verdict.VIDE
    return page(
        "pages/nouvelle-edition.html", HTTPStatus.UNPROCESSABLE_ENTITY if vide else HTTPStatus.OK,
        editions=editions(), choisie=choisie, texte=texte, comparaison=faite, mots_max=MOTS_MAX,
    )  # fmt: skip
