"""Faults of what changes many objects at once: the choice, what is shown before, the job, its undoing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain import lots as changements
from webapp.domain.comptes import Role
from webapp.domain.lots import Changement, Etat
from webapp.services import lots, masques, taches
from webapp.services.pages import Filtre
from webapp.web import choix as ecran_choix
from webapp.web import taches as ecran_taches

if TYPE_CHECKING:
    from webapp.domain.fiche_arbre import Fiche
    from webapp.domain.taches import Tache

FAUTES = Recueil()


@FAUTES.faute("L'aperçu fait déjà ce qu'il montre.", "Décaler les dates montre d'abord")
def apercu_qui_agit(pose: Pose) -> None:
    def aussitot(vrai: Any, cnx: Any, demande: Any, id: Any, *autres: Any) -> Tache:
        prete: Tache = vrai(cnx, demande, id, *autres)
        return taches.lancer(cnx, demande.acte, id) if prete.prevus else prete

    pose.autour(taches, "preparer", aussitot)


@FAUTES.faute("Ce qui ne peut pas changer est tu.", "Ce qui ne peut pas changer est nommé")
def ecartees_tues(pose: Pose) -> None:
    pose.motif(r'<section class="carte groupe-de-tache" aria-label="Ce qui ne peut pas changer">.*?</section>', "")


@FAUTES.faute("La raison pour laquelle rien ne change n'est pas dite.", "Ce qui ne peut pas changer est nommé")
def raison_tue(pose: Pose) -> None:
    pose.page("Déjà validée.", "")


@FAUTES.faute("Un nombre de semaines illisible en vaut une.", "Un nombre de semaines qui n'en est pas un")
def semaines_devinees(pose: Pose) -> None:
    def deviner(vrai: Any, quoi: str, niveau: str, saisie: dict[str, str]) -> Changement:
        try:
            lu: Changement = vrai(quoi, niveau, saisie)
        except changements.ChangementRefuse:
            lu = vrai(quoi, niveau, {**saisie, "semaines": "1"})
        return lu

    pose.autour(Changement, "lire", deviner)


@FAUTES.faute("Chaque page fait oublier ce qui était choisi.", "Une recherche n'efface pas")
def choix_oublie(pose: Pose) -> None:
    def seul(vrai: Any, cnx: Any, demande: Any, id: Any, *pages: Any) -> Any:
        taches.vider(cnx, demande, id)
        return vrai(cnx, demande, id, *pages)

    pose.autour(taches, "choisir", seul)


@FAUTES.faute("Ce qui est choisi ailleurs n'est pas dit.", "Le choix se compte au-delà")
def choix_d_ailleurs_tu(pose: Pose) -> None:
    pose.resultat(ecran_choix, "dire_le_choix", lambda dit: dit.partition(".")[0] + ".")


@FAUTES.faute("Les sessions choisies ne comptent pas.", "Je choisis des actions et des sessions")
def sessions_non_choisies(pose: Pose) -> None:
    pose.autour(taches, "choisir", lambda vrai, cnx, demande, id, *pages: vrai(cnx, demande, id, *pages[:1]))


@FAUTES.faute("Les dates sont décalées dans l'autre sens.", "Les dates des sessions sont décalées")
def decalage_a_l_envers(pose: Pose) -> None:
    pose.autour(changements, "decaler", lambda vrai, fiche, semaines: vrai(fiche, -semaines))


@FAUTES.faute("La page d'une tâche ne se met plus à jour.", "Une longue tâche avance seule")
def tache_figee(pose: Pose) -> None:
    pose.motif(r'<div id="guet".*?</div>', "")


@FAUTES.faute("Le prix hors taxes prend la place du prix toutes taxes.", "Un prix change pour toutes les actions")
def prix_confondus(pose: Pose) -> None:
    def confondre(vrai: Any, soi: Changement, fiche: Fiche) -> Fiche:
        faite: Fiche = vrai(soi, fiche)
        return faite.avec(frais_ttc=fiche.valeur("frais_ttc"), frais_ht=faite.valeur("frais_ttc"))

    pose.autour(Changement, "fiche", confondre)


@FAUTES.faute("Ce qu'archiver masque est tu.", "Archiver dit ce qui sera masqué")
def masques_tus(pose: Pose) -> None:
    pose.resultat(masques, "dits", lambda _: {})


@FAUTES.faute("Un contact est nommé par sa clé.", "Changer un contact montre celui d'avant")
def contact_sans_nom(pose: Pose) -> None:
    pose.autour(Changement, "detail", lambda vrai, soi, avant, *_: vrai(soi, avant))


@FAUTES.faute("Toute modalité choisie devient « mixte ».", "Les modalités d'enseignement changent")
def modalite_confondue(pose: Pose) -> None:
    def rendre_mixte(vrai: Any, soi: Changement, fiche: Fiche) -> Fiche:
        faite: Fiche = vrai(soi, fiche)
        return faite.avec(modalites_enseignement="1") if soi.lot is changements.Lot.MODALITE else faite

    pose.autour(Changement, "fiche", rendre_mixte)


@FAUTES.faute("Le filtre est oublié : tout le catalogue change.", "Tout ce que montre un filtre est archivé")
def filtre_oublie(pose: Pose) -> None:
    pose.autour(taches, "etape_du_filtre", lambda vrai, _filtre: vrai(Filtre()))


@FAUTES.faute("Ce qu'un collègue a changé est changé quand même.", "Ce qu'un collègue a changé depuis l'aperçu")
def apercu_depasse(pose: Pose) -> None:
    pose.autour(
        lots, "tel_que_vu", lambda vrai, objet, version, sinon: _sauf(vrai, objet, version, sinon, lots.DEPASSEE)
    )


@FAUTES.faute("Annuler défait aussi ce qui a changé depuis.", "Annuler laisse ce qui a changé depuis")
def annulation_qui_ecrase(pose: Pose) -> None:
    pose.autour(
        lots, "tel_que_vu", lambda vrai, objet, version, sinon: _sauf(vrai, objet, version, sinon, lots.RETOUCHEE)
    )


@FAUTES.faute("Annuler ne rend pas les dates.", "Annuler rend aux sessions leurs dates")
def annulation_sans_effet(pose: Pose) -> None:
    pose.autour(
        Etat, "rendre", lambda _vrai, _soi, _acte, noeud, _juger: (replace(noeud, version=noeud.version + 1), "")
    )


@FAUTES.faute("Un lecteur peut lancer une tâche.", "Un lecteur voit ce que fera une tâche")
def lecteur_qui_lance(pose: Pose) -> None:
    pose.resultat(ecran_taches, "utilisateur_courant", lambda qui: replace(qui, role=Role.GESTIONNAIRE_CATALOGUE))


def _sauf(vrai: Any, objet: Any, version: int, sinon: str, tue: str) -> Any:
    """Judge whether an object is as it was seen, unless that would be said by this sentence."""
    return objet if objet is not None and sinon == tue else vrai(objet, version, sinon)
