"""What a save has left without what it needs: the sessions of an action, and all that refers to a contact or a place.

They are named, each with why, on the page of what was changed, and in a message wherever the save leads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from webapp.domain.champs import Niveau
from webapp.domain.noeud import NOMMES_MAX, Entree, Noeud
from webapp.domain.textes import dire, enumerer, fr, pluriel
from webapp.services import a_revoir
from webapp.web.departs import SANS_NUMERO, nommer
from webapp.web.http import liens
from webapp.web.http.contexte import aujourdhui, lecture, organisme_courant
from webapp.web.http.filters import a_defaut
from webapp.web.http.reponses import ALERTE, avec_liens, notifier
from webapp.web.panneau_controle import Ligne, lignes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webapp.domain.publication import Juge

FRAGMENT = "fragments/saisie/a-revoir.html"
NOMMEES = 10
"""Sessions that are named, each with the first thing that blocks it; « Contrôle » says all."""

_UNE = (
    "Une session validée de cette action est à revoir : elle garde son statut, mais ne pourrait plus être validée "
    "ainsi."
)
_PLUSIEURS = (
    "{n} sessions validées de cette action sont à revoir : elles gardent leur statut, mais ne pourraient plus être "
    "validées ainsi."
)
_CAUSE_D_UNE = "À cause de {ce}, {quoi} est à revoir : elle garde son statut, mais ne pourrait plus être validée ainsi."
_CAUSE_DE_PLUSIEURS = (
    "À cause de {ce}, {quoi} sont à revoir : elles gardent leur statut, mais ne pourraient plus être validées ainsi."
)
_AUTRES = "Et {x} : voir « Contrôle »"
_PEUT_ETRE = "peut-être d'autres"
_RESTE = "et {x}"
_DIT = "À revoir {ou} :"
_ICI = {
    Niveau.ACTION: "dans cette action", Niveau.CONTACT: "à cause de ce contact", Niveau.LIEU: "à cause de ce lieu",
}  # fmt: skip
_AILLEURS = {
    Niveau.ACTION: "dans l'action « {nom} »", Niveau.CONTACT: "à cause du contact « {nom} »",
    Niveau.LIEU: "à cause du lieu « {nom} »",
}  # fmt: skip
_CES = {Niveau.CONTACT: "ce contact", Niveau.LIEU: "ce lieu"}
_ADRESSES = {Niveau.ACTION: liens.action, Niveau.SESSION: liens.session}


class ARevoirMontre(NamedTuple):
    """What the page shows: a sentence, the first things, and how the others are reached (empty: there are none)."""

    titre: str
    lignes: tuple[Ligne, ...]
    reste: str
    controle: str
    dit: dict[str, object]
    """The same in a message beside the form, when it has just been saved."""
    dit_ailleurs: dict[str, object]
    """The same in a message of another page, which says of what."""


def de(objet: Noeud | Entree | None) -> ARevoirMontre | None:
    """Give what is to be looked at again because of an action, a contact or a place as it is stored.

    None when nothing is, or for all else.
    """
    if isinstance(objet, Entree):
        trouvees, tout = a_revoir.a_cause_de(lecture(), organisme_courant(), objet, aujourdhui())
        controle = liens.CONTROLE
    elif isinstance(objet, Noeud) and objet.niveau is Niveau.ACTION:
        trouvees, tout = a_revoir.sous_l_action(lecture(), organisme_courant(), objet, aujourdhui())
        controle = liens.controle(objet.formation_id)
    else:
        return None
    if not trouvees:
        return None
    premieres = trouvees[:NOMMEES]
    reste = "" if tout else fr(_PEUT_ETRE)
    if autres := len(trouvees) - len(premieres):
        reste = pluriel(autres, "autre")
    ailleurs = dire(_AILLEURS[objet.niveau], nom=a_defaut(objet.fiche.nom, SANS_NUMERO))
    return ARevoirMontre(
        _titre(objet, trouvees),
        # Actions and sessions alone are spoken of: their fields are named by the table.
        lignes([jugee.bloquants[0] for jugee in premieres], str),
        dire(_AUTRES, x=reste) if reste else "",
        controle,
        _message(fr(_ICI[objet.niveau]), trouvees),
        _message(ailleurs, trouvees),
    )


def notifier_de(objet: Noeud | Entree | None, *, ailleurs: bool = False) -> None:
    """Say on the next page what is to be looked at again; `ailleurs`: that page is not the one of the object."""
    if (restent := de(objet)) is not None:
        notifier(restent.dit_ailleurs if ailleurs else restent.dit, ALERTE)


def _titre(objet: Noeud | Entree, trouvees: Sequence[Juge]) -> str:
    if isinstance(objet, Noeud):
        return dire(_UNE if len(trouvees) == 1 else _PLUSIEURS, n=len(trouvees))
    noms = {Niveau.ACTION: "action validée", Niveau.SESSION: "session validée"}
    comptes = {n: sum(jugee.noeud.niveau is n for jugee in trouvees) for n in noms}
    quoi = enumerer([
        pluriel(comptes[n], nom, nom.replace(" ", "s ") + "s") for n, nom in noms.items() if comptes[n]
    ])  # fmt: skip
    return dire(_CAUSE_D_UNE if len(trouvees) == 1 else _CAUSE_DE_PLUSIEURS, ce=_CES[objet.niveau], quoi=quoi)


def _message(ou: str, trouvees: Sequence[Juge]) -> dict[str, object]:
    noeuds = [jugee.noeud for jugee in trouvees[:NOMMES_MAX]]
    reste = len(trouvees) - len(noeuds)
    return avec_liens(
        dire(_DIT, ou=ou),
        [(nommer(noeud), _ADRESSES[noeud.niveau](noeud.id)) for noeud in noeuds],
        dire(_RESTE, x=pluriel(reste, "autre")) if reste else "",
    )
