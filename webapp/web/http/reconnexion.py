"""Signing in again over the page whose session has ended: what it had asked, the page then asks again by itself.

The page says whose it is (reconnexion.js); the server decides what may go on. Nothing of one person goes on as another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from werkzeug.exceptions import Conflict

from webapp.domain.textes import dire, fr
from webapp.web.http import liens, saisie
from webapp.web.http.contexte import utilisateur_ou_personne
from webapp.web.http.reponses import fragment, par_htmx
from webapp.web.http.security import jeton_csrf

if TYPE_CHECKING:
    from flask import Request, Response

    from webapp.domain.comptes import Utilisateur

ENTETE_PERSONNE = "FV-Personne"
"""Whose page sends. A request that is sent again does not say it, so that it is sent again once only."""
ENTETE_JETON = "FV-Jeton"
"""The token that the forms of the page carry from now on."""
ENTETE_REPRENDRE = "FV-Reprendre"
"""Tells the page to ask again what it had asked."""

EXPIREE = fr("Votre session a expiré. Reconnectez-vous : ce que vous avez demandé se poursuivra de lui-même.")
ECARTEE = fr("Vous n'êtes plus connecté : rien ne s'enregistre.")
AUTRE_PERSONNE = (
    "{nom} s'est connecté depuis dans ce navigateur, et rien n'a été envoyé en son nom. "
    "Reconnectez-vous : ce que vous avez demandé se poursuivra de lui-même."
)
RIEN_REPRIS = "Vous êtes connecté en tant que {nom} : ce qu'une autre personne avait commencé n'a pas été envoyé."


class AutrePersonne(Conflict):
    """The page, or the form, that sends is that of somebody else than `presente`, who is signed in now."""

    def __init__(self, presente: Utilisateur) -> None:
        """Keep who is there: the answer names her."""
        super().__init__()
        self.presente = presente


def exiger_la_sienne(requete: Request) -> None:
    """Refuse what the page of one person asks while another is signed in. Raises AutrePersonne.

    The page says whose it is in FV-Personne, a form sent without htmx in its field `personne`. The sign-in, which
    changes who is there, is left to itself.
    """
    presente = utilisateur_ou_personne()
    if presente is None or requete.endpoint is None or requete.path == liens.CONNEXION:
        return
    posee = saisie.texte("personne") if requete.method == "POST" else ""
    if not (est_la_sienne(personne_de_la_page(), presente) and est_la_sienne(posee, presente)):
        raise AutrePersonne(presente)


def personne_de_la_page() -> str:
    """Give the identity of the person whose page sends the request; empty when it does not say."""
    return request.headers.get(ENTETE_PERSONNE, "")


def est_la_sienne(personne: str, utilisateur: Utilisateur) -> bool:
    """Say whether what was under way is of who has just signed in; nobody else's when it does not say whose."""
    return personne in {"", str(utilisateur.id)}


def sur_place() -> bool:
    """Say whether the request comes from the dialog."""
    return par_htmx() and request.path == liens.CONNEXION


def proposer(autre: str = "") -> Response:
    """Answer 401 with the dialog, opened over the page. `autre`: the name of who is signed in instead, if any.

    The token of another person is that of the dialog alone: the forms of the page must not send in her name.
    """
    motif = dire(AUTRE_PERSONNE, nom=autre) if autre else EXPIREE
    reponse = fragment(("fragments/connexion/reconnexion.html",), {"motif": motif, "ecartee": ECARTEE}, 401)
    reponse.headers["HX-Retarget"] = "#reconnexion"
    reponse.headers["HX-Reswap"] = "outerHTML"
    return reponse if autre else renouveler(reponse)


def refuser(message: str, statut: int) -> Response:
    """Answer the dialog with a refusal, or a failure, shown in it."""
    reponse = fragment(("fragments/connexion/refus.html",), {"message": message}, statut)
    return renouveler(reponse)


def reprendre(statut: int = 200) -> Response:
    """Let the page ask again what it had asked, with a token that is good."""
    reponse = fragment((), {}, statut)
    reponse.headers["HX-Reswap"] = "none"
    reponse.headers[ENTETE_REPRENDRE] = "1"
    return renouveler(reponse)


def renouveler(reponse: Response) -> Response:
    """Give all the forms of the page the token of the session as it is now."""
    reponse.headers[ENTETE_JETON] = jeton_csrf()
    return reponse
