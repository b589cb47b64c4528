"""« Mode d'emploi »: the guides, their steps with pictures, the proof of each sentence, the features themselves."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from webapp.edof import correspondance
from webapp.edof.formats import ACTUEL
from webapp.mode_emploi import cadre
from webapp.mode_emploi.fiche import fiches
from webapp.mode_emploi.guide import Guide, guides
from webapp.mode_emploi.histoire import histoire
from webapp.mode_emploi.mutation import mutation, tableur
from webapp.mode_emploi.publication import publication
from webapp.mode_emploi.recherche import chercher
from webapp.mode_emploi.sabotage import sabotage
from webapp.mode_emploi.specification import RUBRIQUES, features
from webapp.mode_emploi.specification import chercher as dans_la_specification
from webapp.mode_emploi.tracabilite import Filtre, Preuve, matrices
from webapp.mode_emploi.visite import visites
from webapp.web.http import liens, saisie, statique
from webapp.web.http.access import publique
from webapp.web.http.reponses import page

bp = Blueprint("mode_emploi", __name__)


@bp.get(liens.MODE_EMPLOI)
@publique
def sommaire() -> Response:
    """List the guides, and the steps that hold the words asked for."""
    demande = saisie.parametre("q").strip()
    trouvees = chercher(demande)
    return page("pages/mode-emploi.html", guides=guides(), demande=demande, trouvees=trouvees, visites=visites())


@bp.get(f"{liens.MODE_EMPLOI}/<nom>")
@publique
def lire(nom: str) -> Response:
    """Show one guide, step by step, with its pictures, made to be read and printed."""
    fiche = next((f for f in fiches() if f.guide.nom == nom), None)
    if fiche is None:
        abort(404)
    return page(
        "pages/guide.html",
        cadre=cadre,
        guide=fiche.guide,
        fiche=fiche,
        publication=publication(),
        pdf=_pdf(fiche.guide),
        visites=visites(),
    )


@bp.get(liens.CORRESPONDANCE)
@publique
def correspondre() -> Response:
    """Show which field becomes what in the portal's file."""
    return page(
        "pages/correspondance.html", rubriques=correspondance.rubriques(), sans_place=correspondance.sans_place(),
        format=ACTUEL,
    )  # fmt: skip


@bp.get(liens.TRACABILITE)
@publique
def tracer() -> Response:
    """Show which scenario proves which sentence of the original guides: all of them, or those that are looked for."""
    filtre = Filtre(*(saisie.parametre(nom).strip() for nom in ("etat", "etape", "q")))
    return page(
        "pages/tracabilite.html", matrices=matrices(), filtre=filtre, preuves=Preuve, sabotage=sabotage(),
        mutation=mutation(),
    )  # fmt: skip


@bp.get(liens.SABOTAGE)
@publique
def saboter() -> Response:
    """Show what the specification catches."""
    fait = sabotage()
    if fait is None:
        abort(404)
    return page("pages/sabotage.html", sabotage=fait)


@bp.get(liens.MUTATION)
@publique
def muter() -> Response:
    """Show what the tests catch of changes made by a tool."""
    return page("pages/mutation.html", parts=mutation() or abort(404))


@bp.get(f"{liens.TRACABILITE}/<nom>.csv")
@publique
def tracer_en_csv(nom: str) -> Response:
    """Give the matrix of a guide as a file for a spreadsheet."""
    matrice = next((m for m in matrices() if m.guide.nom == nom), None)
    if matrice is None:
        abort(404)
    return _tableur(matrice.en_csv(), f"tracabilite-{nom}.csv")


@bp.get(liens.SABOTAGE_CSV)
@publique
def saboter_en_csv() -> Response:
    """Give what the specification catches as a file for a spreadsheet."""
    fait = sabotage()
    if fait is None:
        abort(404)
    return _tableur(fait.en_csv(), "sabotage.csv")


@bp.get(liens.MUTATION_CSV)
@publique
def muter_en_csv() -> Response:
    """Give what no test saw as a file for a spreadsheet."""
    return _tableur(tableur(mutation() or abort(404)), "mutation.csv")


@bp.get(liens.SPECIFICATION)
@publique
def specification() -> Response:
    """List the features and their scenarios: all of them, or those that hold the words asked for."""
    demande = saisie.parametre("q").strip()
    return page(
        "pages/specification.html",
        trouvees=dans_la_specification(demande),
        rubriques=RUBRIQUES,
        demande=demande,
        histoire=histoire(),
    )


@bp.get(f"{liens.SPECIFICATION}/<rubrique>/<nom>")
@publique
def lire_feature(rubrique: str, nom: str) -> Response:
    """Show one feature as it is written, each line with its number and its address."""
    feature = next((f for f in features() if (f.rubrique, f.nom) == (rubrique, nom)), None)
    if feature is None:
        abort(404)
    return page("pages/feature.html", feature=feature)


def _tableur(contenu: str, nom: str) -> Response:
    reponse = Response(contenu, mimetype="text/csv")
    reponse.headers.set("Content-Disposition", "attachment", filename=nom)
    return reponse


def _pdf(guide: Guide) -> str:
    """Give the address of the print of a guide, empty while there is none."""
    nom = f"{statique.PUBLIES}{guide.nom}.pdf"
    return statique.url(nom) if statique.connu(nom) else ""
