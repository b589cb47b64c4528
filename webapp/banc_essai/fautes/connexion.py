"""Faults of who is let in, and of what goes on once one has signed in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.web.http import appareil, reconnexion

if TYPE_CHECKING:
    from flask import Response

FAUTES = Recueil()


def _sans(reponse: Response, en_tete: str) -> Response:
    reponse.headers.pop(en_tete, None)
    return reponse


@FAUTES.faute("Une fois reconnecté, rien de ce qui était demandé ne se poursuit.", "Ce que j'enregistrais")
def reprise_oubliee(pose: Pose) -> None:
    pose.resultat(reconnexion, "reprendre", lambda reponse: _sans(reponse, reconnexion.ENTETE_REPRENDRE))


@FAUTES.faute("Ce qu'une personne demandait se poursuit au nom d'une autre.", "Ma saisie n'est ni envoyée ni montrée")
def reprise_par_une_autre(pose: Pose) -> None:
    pose.attribut(reconnexion, "est_la_sienne", lambda _personne, _utilisateur: True)


@FAUTES.faute("La page d'une personne envoie au nom d'une autre.", "Ma page n'enregistre rien en son nom")
def page_d_une_autre(pose: Pose) -> None:
    pose.attribut(reconnexion, "exiger_la_sienne", lambda _requete: None)


@FAUTES.faute("La question « Se reconnecter » revient à chaque frappe.", "La question se remet à plus tard")
def question_reposee(pose: Pose) -> None:
    # Put away, the dialog is taken for one in which somebody signed in.
    def taire(reponse: Response) -> Response:
        reponse.set_data(reponse.get_data(as_text=True).replace("<dialog ", "<dialog data-faite "))
        return reponse

    pose.resultat(reconnexion, "proposer", taire)


@FAUTES.faute("Ce qui se poursuit porte le jeton de la session finie.", "Ce que j'enregistrais")
def jeton_non_renouvele(pose: Pose) -> None:
    pose.attribut(reconnexion, "renouveler", lambda reponse: reponse)


@FAUTES.faute("L'adresse n'est plus proposée à qui se reconnecte.", "Ma session expirée, l'écran me demande")
def adresse_oubliee(pose: Pose) -> None:
    pose.motif(r'data-courriel="[^"]*"', 'data-courriel=""')


@FAUTES.faute("Des inconnus ferment la porte au navigateur que le compte connaît.", "Des inconnus qui se trompent")
def navigateur_meconnu(pose: Pose) -> None:
    pose.attribut(appareil, "connu", lambda _compte: "")


@FAUTES.faute("Le bouton d'un compte n'ouvre rien.", "Un compte de la démonstration s'ouvre d'un clic")
def compte_sans_bouton(pose: Pose) -> None:
    pose.page(' name="compte"', "")


@FAUTES.faute("Le bouton d'un compte demande de saisir d'abord.", "Un compte de la démonstration s'ouvre d'un clic")
def compte_apres_saisie(pose: Pose) -> None:
    pose.page(" formnovalidate", "")


@FAUTES.faute("L'écran « Se connecter » laisse chercher où taper.", "Le curseur est d'emblée là où je tape")
def curseur_nulle_part(pose: Pose) -> None:
    pose.page(" autofocus", "")
