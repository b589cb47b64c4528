"""« Ce qu'un import a conservé »: what the page of an object lists of it, and « Ne plus conserver », asked first.

Mounted once for each level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask import Blueprint, Response

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Droit
from webapp.domain.formation import OperationInterdite
from webapp.domain.niveaux import LIBELLES
from webapp.domain.noeud import ParentArchive
from webapp.domain.textes import dire, fr, pluriel
from webapp.edof.caracteres import CONSERVE
from webapp.services import arbre, catalogue, conserves
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import acte, lecture, organisme_courant, transaction, utilisateur_courant
from webapp.web.http.filters import a_defaut
from webapp.web.http.reponses import ALERTE, notifier, poser_question, rediriger

if TYPE_CHECKING:
    from uuid import UUID

    from webapp.services.conserves import Conservee

bp = Blueprint("conserves", __name__)

ADRESSES = {Niveau.FORMATION: liens.formation, Niveau.ACTION: liens.action, Niveau.SESSION: liens.session}
RETIREE = "« {nom} » n'est plus conservé : l'export ne l'écrira plus."
DEJA_RETIREE = fr("Cette information n'était déjà plus conservée.")
SANS_NOM = fr("(sans nom)")
SANS_TEXTE = "(vide)"


class ConserveeMontree(NamedTuple):
    """One piece: its name, where it goes in the file, its text, where one asks to keep it no more (perhaps nowhere)."""

    nom: str
    ou: str
    texte: str
    url: str


class Conserves(NamedTuple):
    """What an object keeps: how many pieces, in words; which; whether one of them keeps its offer out."""

    titre: str
    pieces: tuple[ConserveeMontree, ...]
    ouvert: bool
    ancre: str = CONSERVE.nom


def de(niveau: Niveau, id: UUID, *, modifiable: bool) -> Conserves | None:
    """Show what an object keeps; None when it keeps nothing. `modifiable`: it may be changed where it stands."""
    listees = conserves.lister(lecture(), organisme_courant(), niveau, id)
    if not listees:
        return None
    permis = modifiable and utilisateur_courant().peut(Droit.GERER_CATALOGUE)
    pieces = tuple(_montrer(niveau, une, _adresse(niveau, id, une.cle) if permis else "") for une in listees)
    nombre = pluriel(len(pieces), "information")
    titre = dire("Ce qu'un import a conservé : {nombre}", nombre=nombre)
    return Conserves(titre, pieces, any(une.bloque for une in listees))


@bp.get("/<uuid:noeud>/conserves")
@exige(Droit.GERER_CATALOGUE)
def confirmer(niveau: Niveau, noeud: UUID) -> Response:
    """Ask before a piece is kept no more: nothing can give it back."""
    _exiger(niveau, noeud)
    cle = saisie.parametre("piece")
    une = next((u for u in conserves.lister(lecture(), organisme_courant(), niveau, noeud) if u.cle == cle), None)
    if une is None:
        notifier(DEJA_RETIREE, ALERTE)
        return rediriger(ADRESSES[niveau](noeud))
    montree = _montrer(niveau, une, "")
    return poser_question("fragments/edof/plus-conserver.html", {
        "dialogue": "edof/plus-conserver", "piece": montree, "cle": cle,
        "question": dire("Ne plus conserver « {nom} » ?", nom=montree.nom),
        "url": f"{ADRESSES[niveau](noeud)}/conserves", "retour": ADRESSES[niveau](noeud),
    })  # fmt: skip


@bp.post("/<uuid:noeud>/conserves")
@exige(Droit.GERER_CATALOGUE)
def retirer(niveau: Niveau, noeud: UUID) -> Response:
    """Keep a piece no more. Asked twice, it is done once."""
    try:
        with transaction() as cnx:
            retiree = conserves.retirer(cnx, acte(), niveau, noeud, saisie.texte("piece"))
    except (OperationInterdite, ParentArchive) as refus:
        notifier(str(refus), ALERTE)
        return rediriger(ADRESSES[niveau](noeud))
    if retiree is None:
        notifier(DEJA_RETIREE, ALERTE)
    else:
        notifier(dire(RETIREE, nom=a_defaut(retiree.nom, SANS_NOM)))
    return rediriger(ADRESSES[niveau](noeud))


def _exiger(niveau: Niveau, id: UUID) -> None:
    """Raise Introuvable when the organisation has no such object."""
    if niveau is Niveau.FORMATION:
        catalogue.ouvrir(lecture(), organisme_courant(), id)
    else:
        arbre.ouvrir_noeud(lecture(), organisme_courant(), niveau, id)


def _adresse(niveau: Niveau, id: UUID, cle: str) -> str:
    return liens.avec(f"{ADRESSES[niveau](id)}/conserves", piece=cle)


def _montrer(niveau: Niveau, une: Conservee, url: str) -> ConserveeMontree:
    piece = une.piece
    chemin = [LIBELLES[niveau], *(nom for nom in piece.chemin if nom != niveau.value)]
    ou = dire("Dans le fichier : {chemin}", chemin=" › ".join(chemin))
    return ConserveeMontree(a_defaut(piece.nom, SANS_NOM), ou, a_defaut(piece.texte, SANS_TEXTE), url)
