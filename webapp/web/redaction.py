"""The phrase book, and the trial of a scenario: for whoever writes scenarios without running them."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.mode_emploi.livre import livre
from webapp.mode_emploi.relecture import relire
from webapp.web.http import liens, saisie
from webapp.web.http.access import publique
from webapp.web.http.reponses import rendre

bp = Blueprint("redaction", __name__)

SCENARIO_MAX = 200_000
"""Characters of what may be tried at once: all our features together."""


@bp.get(liens.PHRASES)
@publique
def lire() -> Response:
    """Show every phrase, or those that a search finds."""
    recherche = saisie.parametre("q").strip()
    chapitres = livre().chercher(recherche) if recherche else livre().chapitres
    return rendre(
        "pages/phrases.html",
        ("fragments/mode-emploi/livre.html", "fragments/mode-emploi/livre-bilan.html"),
        {"chapitres": chapitres, "recherche": recherche, "trouvees": sum(len(c.phrases) for c in chapitres)},
        remplacer_url=liens.avec(liens.PHRASES, q=recherche),
    )


@bp.get(liens.ESSAYER)
@publique
def preparer() -> Response:
    """Show an empty page to paste a scenario in."""
    return _relecture("")


@bp.post(liens.ESSAYER)
@publique
def essayer() -> Response:
    """Say which steps of the pasted text are known; nothing is kept."""
    return _relecture(saisie.texte("texte", SCENARIO_MAX))


def _relecture(texte: str) -> Response:
    return rendre(
        "pages/essayer.html",
        ("fragments/mode-emploi/relecture.html", "fragments/mode-emploi/relecture-bilan.html"),
        {"texte": texte, "relecture": relire(texte) if texte.strip() else None},
    )
