"""Faults of what a save leaves on screen, and of what is refused above the form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.web import annuaire, etape_2, formations, noeuds
from webapp.web.http import liens

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

    from webapp.web.etape_2 import Ecran
    from webapp.web.refus import Refus

FAUTES = Recueil()


# ------------------------------------------------------------------------------------------------ enregistrée


@FAUTES.faute("L'écran ne dit plus à quelle heure la saisie est enregistrée.", "L'heure reste affichée")
def heure_tue(pose: Pose) -> None:
    for page in (annuaire, formations, noeuds):
        pose.attribut(page, "ENREGISTREE", "La saisie est enregistrée")


@FAUTES.faute("La page garde la version d'avant l'enregistrement.", "Deux enregistrements de suite")
def version_d_avant(pose: Pose) -> None:
    def garder(vrai: Callable[..., Response], ecran: Ecran, *a: Any) -> Response:
        return vrai(replace(ecran, version=ecran.version - 1), *a)

    pose.autour(etape_2, "repondre_enregistree", garder)


@FAUTES.faute("La page enregistrée garde l'adresse d'une nouvelle offre.", "L'adresse de la page devient")
def adresse_d_avant(pose: Pose) -> None:
    def taire(reponse: Response) -> Response:
        del reponse.headers["HX-Replace-Url"]
        return reponse

    pose.resultat(etape_2, "repondre_enregistree", taire)


@FAUTES.faute("Le statut affiché ne suit pas l'enregistrement.", "Le statut affiché suit")
def statut_d_avant(pose: Pose) -> None:
    suivis = tuple(nom for nom in etape_2.FRAGMENTS_ENREGISTREE if "entete" not in nom)
    pose.attribut(etape_2, "FRAGMENTS_ENREGISTREE", suivis)


@FAUTES.faute("Quitter la page après avoir enregistré avertit encore.", "n'avertit de rien")
def rien_de_su_enregistre(pose: Pose) -> None:
    pose.page(" data-enregistrer", "")


@FAUTES.faute("« Voir dans le catalogue » mène au début du catalogue.", "mène à la carte, où qu'elle soit")
def carte_perdue(pose: Pose) -> None:
    pose.attribut(liens, "carte", lambda _id: liens.CATALOGUE)


@FAUTES.faute(
    "Ce qui est saisi après l'enregistrement est gardé pour une autre formation.", "Ce que je saisis après"
)  # fmt: skip
def garde_d_avant(pose: Pose) -> None:
    pose.motif(r'data-garde-enregistree="[^"]*"', 'data-garde-enregistree="autre"')


@FAUTES.faute("Un envoi dont la réponse s'est perdue semble celui d'un autre.", "Une réponse perdue, puis un autre")
def conflit_avec_un_autre(pose: Pose) -> None:
    pose.attribut(formations, "DEPASSEE_PAR_SOI", "Cette formation a été modifiée le {quand}.")


@FAUTES.faute("Deux personnes du même nom passent l'une pour l'autre.", "Une personne qui porte mon nom")
def homonymes_confondus(pose: Pose) -> None:
    pose.attribut(formations, "DEPASSEE", formations.DEPASSEE_PAR_SOI)


# ------------------------------------------------------------------------------------------------ disparue


@FAUTES.faute("Une formation supprimée pendant la saisie n'est pas dite telle.", "Une formation supprimée pendant")
def suppression_tue(pose: Pose) -> None:
    pose.attribut(etape_2, "SUPPRIMEE", "Cette opération n'est plus possible.")


@FAUTES.faute("Une formation archivée pendant la saisie ne dit pas par qui.", "Une formation archivée pendant")
def archivage_anonyme(pose: Pose) -> None:
    pose.attribut(etape_2, "ARCHIVEE", "Cette formation a été archivée le {quand}.")


@FAUTES.faute("La saisie d'une formation supprimée ne peut rien devenir.", "Une formation supprimée pendant")
def saisie_sans_suite(pose: Pose) -> None:
    def taire(vrai: Callable[..., Refus], *a: Any, **o: Any) -> Refus:
        return vrai(*a, **o)._replace(reprise="")

    pose.autour(etape_2, "refus_perdue", taire)


# ------------------------------------------------------------------------------------------------ refusée


@FAUTES.faute("Le clavier ne va pas à la liste des refus.", "Un refus se voit au-dessus du formulaire")
def refus_sans_clavier(pose: Pose) -> None:
    pose.motif(r'(<section id="refus"[^>]*) autofocus', r"\1")


@FAUTES.faute("Un point refusé reste une fois son champ corrigé.", "La liste part avec son dernier point")
def refus_qui_reste(pose: Pose) -> None:
    pose.attribut(formations, "FRAGMENTS_SUIVI", etape_2.FRAGMENTS_SAISIE)


@FAUTES.faute("Le titre de l'onglet ne dit pas qu'il y a un refus.", "Un refus se voit au-dessus du formulaire")
def onglet_muet(pose: Pose) -> None:
    pose.page("<title>Erreur : ", "<title>")


@FAUTES.faute(
    "Le titre de l'onglet dit encore « Erreur » une fois tout corrigé.", "La liste part avec son dernier point"
)
def onglet_qui_insiste(pose: Pose) -> None:
    suivis = tuple(nom for nom in etape_2.FRAGMENTS_SUIVI if "onglet" not in nom)
    pose.attribut(formations, "FRAGMENTS_SUIVI", suivis)


@FAUTES.faute("Un point refusé ne mène pas à son champ.", "Un refus mène à son champ")
def refus_sans_chemin(pose: Pose) -> None:
    pose.motif(r'(<li><a href="#)[\w-]+(">[^<]*</a>\s:\s)', r"\1page\2")


@FAUTES.faute("Deux versions d'une formation ne sont pas annoncées avec les refus.", "Deux versions d'une formation")
def conflit_hors_de_la_liste(pose: Pose) -> None:
    pose.attribut(etape_2, "COMPARER", "Lire la suite")


# ------------------------------------------------------------------------------------------------ d'un coup d'œil


@FAUTES.faute("L'aperçu ne suit pas la saisie.", "L'aperçu suit ma saisie")
def apercu_fige(pose: Pose) -> None:
    pose.page('data-apercu="points_forts"', 'data-vu="points_forts"')


@FAUTES.faute("L'aperçu tait le type de parcours.", "L'aperçu d'une formation enregistrée")
def apercu_incomplet(pose: Pose) -> None:
    pose.resultat(etape_2, "montrer_nu", lambda _: "")


@FAUTES.faute("Le bloc de la certification reste déplié.", "sa certification tient en une ligne")
def certification_depliee(pose: Pose) -> None:
    pose.page('<details class="certification-pliee">', '<details class="certification-pliee" open>')


@FAUTES.faute("La page d'une formation ne porte pas son titre.", "Une formation enregistrée porte son titre")
def titre_general(pose: Pose) -> None:
    pose.resultat(etape_2, "titre", lambda _: "Modifier la formation")


@FAUTES.faute("La barre du bas ne compte plus ce qui est fait.", "La barre du bas dit où j'en suis")
def avancement_fige(pose: Pose) -> None:
    pose.page('id="avancement"', 'id="avance"')
