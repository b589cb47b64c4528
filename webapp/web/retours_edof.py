"""Once a file was given to the portal: « Ce qui changera sur EDOF », and the « compte-rendu » that comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Droit
from webapp.domain.comptes_rendus import LIGNES_MAX
from webapp.domain.exports import COMPTE_RENDU_MAX
from webapp.domain.textes import (
    caracteres_interdits,
    dire,
    dire_interdits,
    est_vide,
    fr,
    pluriel,
    sans_interdits,
    un_seul_interdit,
)
from webapp.services import changements_edof, comptes_rendus
from webapp.services.pages import Curseur
from webapp.web.edof_montre import adresse_de, depot, motifs_montres, nommer
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import acte, aujourdhui, lecture, organisme_courant, transaction
from webapp.web.http.filters import instant_long
from webapp.web.http.reponses import notifier, page, rediriger

if TYPE_CHECKING:
    from webapp.services.changements_edof import FormationChangee
    from webapp.services.comptes_rendus import Situee

bp = Blueprint("retours_edof", __name__, url_prefix=liens.EDOF)

COLLE_DIT = "Compte-rendu gardé."
COLLE = "Collé par {qui} le {quand}."
SANS_TEXTE = fr("Collez d'abord le compte-rendu.")
PUIS = {
    (Niveau.FORMATION, Niveau.ACTION): "Ouvrir la formation, puis l'action : {champ}",
    (Niveau.FORMATION, Niveau.SESSION): "Ouvrir la formation, puis la session : {champ}",
    (Niveau.ACTION, Niveau.SESSION): "Ouvrir l'action, puis la session : {champ}",
}
"""How a link is called that leads to what holds the object of a field, since which one it is was not said."""
RETIRE = fr("Il est retiré du texte ci-dessous : relisez-le, puis envoyez-le de nouveau.")
RETIRES = fr("Ils sont retirés du texte ci-dessous : relisez-le, puis envoyez-le de nouveau.")


@bp.get("/changements")
@exige(Droit.VOIR_CATALOGUE)
def changements() -> Response:
    """Say what will change on the portal since the file that was given to it."""
    lus = changements_edof.lister(
        lecture(), organisme_courant(), aujourdhui(), Curseur.s_il_y_en_a(saisie.parametre("apres"))
    )
    depose = lus.deposes[0] if lus.deposes else None
    return page(
        "pages/edof-changements.html", depose=None if depose is None else depot(depose), lus=lus,
        formations=[_changee(une) for une in (*lus.parties, *lus.formations)], deposes_max=len(lus.deposes),
        parties_tues=fr(pluriel(
            lus.parties_tues, "autre formation n'est plus dans le catalogue.",
            "autres formations ne sont plus dans le catalogue.",
        )) if lus.parties_tues else "",
        suivante=liens.avec(liens.EDOF_CHANGEMENTS, apres=str(lus.suivant)) if lus.suivant else "",
        debut=liens.EDOF_CHANGEMENTS if saisie.parametre("apres") else "",
    )  # fmt: skip


@bp.get("/compte-rendu")
@exige(Droit.VOIR_CATALOGUE)
def compte_rendu() -> Response:
    """Show the « compte-rendu » that was pasted last, each of its codes with where it is corrected."""
    return _compte_rendu("", 200)


@bp.post("/compte-rendu")
@exige(Droit.GERER_CATALOGUE)
def coller() -> Response:
    """Keep a « compte-rendu » that is pasted, and show it."""
    texte = saisie.texte("texte", COMPTE_RENDU_MAX)
    if caracteres_interdits(texte):
        dit = dire_interdits(texte, plusieurs_lignes=True)
        suite = RETIRE if un_seul_interdit(texte) else RETIRES
        return _compte_rendu(f"{dit} {suite}", 422, sans_interdits(texte))
    if est_vide(texte):
        return _compte_rendu(SANS_TEXTE, 422)
    with transaction() as cnx:
        comptes_rendus.coller(cnx, acte(), texte)
    notifier(COLLE_DIT)
    return rediriger(liens.EDOF_COMPTE_RENDU)


def _compte_rendu(refus: str, statut: int, refuse: str | None = None) -> Response:
    """Show what was pasted last; in its place, what is not taken as it was pasted (`refuse`)."""
    lu = None if refuse is not None else comptes_rendus.dernier(lecture(), organisme_courant())
    return page(
        "pages/edof-compte-rendu.html", statut, refus=refus, texte=refuse or "" if lu is None else lu.texte,
        colle="" if lu is None else dire(COLLE, qui=lu.colle_par, quand=instant_long(lu.colle_le)),
        lignes=[] if lu is None else [_ligne_du_compte_rendu(une) for une in lu.lignes],
        coupe=LIGNES_MAX if lu is not None and len(lu.lignes) == LIGNES_MAX else 0,
    )  # fmt: skip


def _changee(une: FormationChangee) -> dict[str, object]:
    return {
        "titre": nommer(une.identifiant, une.intitule),
        "url": "" if une.id is None else liens.formation(une.id),
        "dit": une.dit,
        "motifs": motifs_montres(une.motifs),
        "differences": une.differences,
        "tues": pluriel(une.tues, "autre changement", "autres changements") if une.tues else "",
    }


def _ligne_du_compte_rendu(une: Situee) -> dict[str, object]:
    connu = une.ligne.connu
    url, ou = "", ""
    if connu is not None:
        if une.id is not None and une.niveau is not None:
            meme = une.niveau is connu.champ.niveau
            url = adresse_de(une.niveau, une.id, connu.champ.nom if meme else "")
            ou = connu.champ.libelle if meme else dire(PUIS[une.niveau, connu.champ.niveau], champ=connu.champ.libelle)
        else:
            url = liens.avec(liens.CONTROLE, regle=connu.regle)
            ou = fr("Chercher dans le contrôle du catalogue")
    elif une.id is not None and une.niveau is not None:
        url, ou = adresse_de(une.niveau, une.id, ""), fr("Ouvrir la formation")
    return {
        "numero": une.ligne.numero, "texte": une.ligne.texte, "code": une.ligne.code,
        "sens": "Code inconnu" if connu is None else connu.sens, "url": url, "ou": ou,
        "d_apres": dire("d'après la ligne {numero}", numero=une.d_apres) if une.d_apres else "",
    }  # fmt: skip
