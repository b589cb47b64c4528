"""Faults of the tree on the page of a formation: its counts, its statuses, the sessions of an action."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain import controle_valeurs, prix, regles_session, saisies
from webapp.domain.champs import Niveau
from webapp.domain.comptes import Utilisateur
from webapp.domain.diagnostic import Diagnostic, Portee
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Statut
from webapp.services import annuaire, arbre, comptes, dependants
from webapp.web import annuaire as ecran_annuaire
from webapp.web import arbre as ecran_arbre
from webapp.web import operations, operations_arbre, saisie_arbre, sans_place
from webapp.web.http import liens
from webapp.web.http.reponses import message_seul

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Response

    from webapp.domain.noeud import Noeud
    from webapp.services.arbre import PageActions
    from webapp.web.saisie_arbre import EcranSaisie

FAUTES = Recueil()


@FAUTES.faute("L'arbre ne compte plus les sessions archivées.", "Les sessions archivées d'une action sont comptées")
def archivees_decomptees(pose: Pose) -> None:
    def sans(comptes: dict[UUID, dict[Statut, int]]) -> dict[UUID, dict[Statut, int]]:
        return {id_: {s: n for s, n in siens.items() if s is not Statut.ARCHIVEE} for id_, siens in comptes.items()}

    pose.resultat(arbre, "comptes_de", sans)


@FAUTES.faute("Toutes les actions de l'arbre se disent en brouillon.", "Chaque action dit son statut")
def actions_en_brouillon(pose: Pose) -> None:
    def retomber(page: PageActions) -> PageActions:
        return replace(page, lignes=tuple(ligne._replace(statut=Statut.BROUILLON) for ligne in page.lignes))

    pose.resultat(arbre, "page_d_actions", retomber)


@FAUTES.faute("Une action dépliée tait sa première session.", "Je déplie une action pour voir ses sessions")
def premiere_session_tue(pose: Pose) -> None:
    def sans_la_premiere(lues: tuple[Noeud, ...]) -> tuple[Noeud, ...]:
        return lues[1:]

    pose.resultat(arbre, "sessions_de", sans_la_premiere)


@FAUTES.faute("Sans JavaScript, le lien des sessions n'ouvre rien.", "Sans JavaScript, un lien mène aux sessions")
def lien_des_sessions_perdu(pose: Pose) -> None:
    pose.autour(liens, "action_ouverte", lambda _vrai, formation_id, _id: liens.formation(formation_id))


@FAUTES.faute("Une formation sans action ne le dit pas.", "Une formation sans action le dit")
def sans_action_tu(pose: Pose) -> None:
    pose.page("Aucune action de formation.", "")


# ------------------------------------------------------------------------------------------------ contacts et lieux


@FAUTES.faute("Un contact utilisé ne dit pas où.", "Un contact utilisé ne se supprime pas")
def usages_tus(pose: Pose) -> None:
    pose.autour(annuaire, "usages", lambda _vrai, *_: [])


@FAUTES.faute("Les téléphones de la liste sont montrés sans espaces.", "J'ajoute un contact")
def telephone_serre(pose: Pose) -> None:
    pose.autour(saisies, "montrer", lambda _vrai, _champ, valeur: valeur)


@FAUTES.faute("Un lieu ne propose aucun contact.", "J'ajoute un lieu avec son contact")
def lieu_sans_contacts(pose: Pose) -> None:
    pose.autour(annuaire, "entrees", lambda _vrai, *_: ())


@FAUTES.faute("Un contact incomplet se dit complet.", "Un contact sans téléphone s'enregistre, et le dit")
def contact_toujours_complet(pose: Pose) -> None:
    pose.autour(annuaire, "diagnostiquer", lambda _vrai, *_: Diagnostic())


@FAUTES.faute("Deux téléphones ne sont plus distingués.", "Deux téléphones dans une case")
def deux_telephones_confondus(pose: Pose) -> None:
    pose.attribut(controle_valeurs, "deux_telephones", lambda _texte: False)


@FAUTES.faute("Supprimer un contact n'en dit rien.", "Un contact que rien n'utilise se supprime")
def suppression_du_contact_tue(pose: Pose) -> None:
    pose.attribut(ecran_annuaire, "SUPPRIME", "{lui} « {nom} ».")


# ------------------------------------------------------------------------------------------------ la saisie


@FAUTES.faute("Le prix manquant d'une action ne se calcule plus.", "Le prix toutes taxes comprises se calcule")
def prix_non_calcule(pose: Pose) -> None:
    pose.autour(prix, "completer", lambda _vrai, fiche: fiche)


@FAUTES.faute("La dernière action est reprise d'office.", "Une nouvelle action ne reprend d'office rien")
def derniere_action_d_office(pose: Pose) -> None:
    def reprendre(vrai: Callable[[Niveau], Fiche], niveau: Niveau) -> Fiche:
        fiche = vrai(niveau)
        return fiche.avec(duree="24") if niveau is Niveau.ACTION else fiche

    pose.autour(Fiche, "nouvelle", reprendre)


@FAUTES.faute("Les conseils d'une session sont tus.", "Une session trop proche est signalée")
def conseils_tus(pose: Pose) -> None:
    pose.resultat(arbre, "diagnostiquer", lambda diagnostic: Diagnostic(diagnostic.bloquantes))


@FAUTES.faute("Une session commencée peut rester ouverte sans un mot.", "Une session commencée dont le recrutement")
def recrutement_reste_ouvert(pose: Pose) -> None:
    pose.attribut(regles_session, "OUVERT", "")


@FAUTES.faute("Un conseil empêche de valider une session.", "Une session trop proche est signalée")
def conseils_bloquants(pose: Pose) -> None:
    def durcir(diagnostic: Diagnostic) -> Diagnostic:
        return Diagnostic(tuple(replace(a, portee=Portee.VALIDATION) for a in diagnostic.anomalies))

    pose.resultat(arbre, "diagnostiquer", durcir)


@FAUTES.faute("Un groupe ne dit plus ce qu'il y manque.", "Une action incomplète s'enregistre en brouillon")
def groupes_complets(pose: Pose) -> None:
    pose.attribut(saisie_arbre, "RESTE_AU_GROUPE", "Complet")


@FAUTES.faute("Une valeur proposée ne le dit pas.", "Une valeur reprise de ma dernière action")
def propose_tu(pose: Pose) -> None:
    pose.attribut(saisie_arbre, "PROPOSE", "")


@FAUTES.faute("Le prix qui se calculera n'est pas annoncé.", "Le prix que le taux donne est annoncé")
def calcul_tu(pose: Pose) -> None:
    pose.attribut(saisie_arbre, "CALCULE", "")


@FAUTES.faute("Le récapitulatif d'une action est vide.", "Le récapitulatif dit où en est")
def recapitulatif_vide(pose: Pose) -> None:
    pose.resultat(saisie_arbre, "groupes", lambda siens: tuple(un._replace(resume="") for un in siens))


@FAUTES.faute(
    "Des frais additionnels ne demandent plus s'ils paient la certification.", "Des frais additionnels demandent"
)
def frais_de_certification_tus(pose: Pose) -> None:
    def sans(diagnostic: Diagnostic) -> Diagnostic:
        return Diagnostic(tuple(a for a in diagnostic.anomalies if a.regle != "A12"))

    pose.resultat(arbre, "diagnostiquer", sans)


@FAUTES.faute("Un lieu ajouté en cours de saisie ne ramène nulle part.", "Le lieu qui manque s'ajoute")
def retour_perdu(pose: Pose) -> None:
    pose.autour(saisie_arbre, "pour_quoi", lambda _vrai: "")


@FAUTES.faute("Le choix des jours fériés d'Alsace et de Moselle n'est pas gardé.", "Deux jours fériés d'Alsace")
def alsace_oubliee(pose: Pose) -> None:
    pose.autour(comptes, "choisir_alsace_moselle", lambda _vrai, *_, **_options: None)


@FAUTES.faute("Un lieu se lit sans ses valeurs.", "Un lecteur lit un lieu")
def lecture_vide(pose: Pose) -> None:
    pose.autour(saisie_arbre, "lire", lambda _vrai, _fiche: [])


@FAUTES.faute("Ce qui est supprimé pendant sa saisie ne se crée plus.", "Un contact supprimé pendant que je le modifie")
def disparu_pour_toujours(pose: Pose) -> None:
    pose.autour(saisie_arbre, "refus_perdue", lambda vrai, *a, **options: vrai(*a, **options)._replace(reprise=""))


@FAUTES.faute(
    "Une action supprimée emporte la session que l'on saisit.",
    "Une action supprimée pendant que je saisis sa session",
    "une formation supprimée n'emporte pas l'action que je saisis",
)
def saisie_emportee(pose: Pose) -> None:
    def perdre(_vrai: object, _envoye: object) -> EcranSaisie:
        raise Introuvable

    pose.autour(sans_place, "ecran", perdre)


@FAUTES.faute("« Entrée » dans une case presse le premier bouton.", "La touche « Entrée » dans une case")
def entree_dans_une_case(pose: Pose) -> None:
    pose.page('class="form-check-input"', 'class="form-check"')


@FAUTES.faute("Le menu ne mène plus aux lieux.", "Les lieux s'ouvrent par le menu")
def menu_sans_lieux(pose: Pose) -> None:
    pose.page(">Lieux</a></li>", ">Locaux</a></li>")


@FAUTES.faute("Les autres actions d'une formation ne se montrent plus.", "Au-delà de vingt, les actions")
def actions_suivantes_perdues(pose: Pose) -> None:
    pose.autour(
        arbre, "page_d_actions", lambda vrai, cnx, qui, formation, _ou, nombre: vrai(cnx, qui, formation, 0, nombre)
    )


@FAUTES.faute("Une action archivée montre encore ses sessions.", "Une action archivée masque ses sessions")
def sessions_non_masquees(pose: Pose) -> None:
    pose.autour(ecran_arbre, "modifiable", lambda _vrai, _statut: True)


@FAUTES.faute("Un lecteur ouvre le formulaire d'une action.", "Un lecteur lit une action")
def lecteur_qui_saisit(pose: Pose) -> None:
    pose.autour(Utilisateur, "peut", lambda _vrai, _soi, _droit: True)


# ------------------------------------------------------------------------------------------------ depuis l'arbre


@FAUTES.faute("Dupliquer une session garde les mêmes dates.", "Dupliquer une session décale ses dates")
def dates_non_decalees(pose: Pose) -> None:
    pose.autour(arbre, "decaler", lambda _vrai, fiche, _semaines: fiche)


@FAUTES.faute("« Entrée » ferme la question au lieu de dupliquer.", "La touche « Entrée » duplique la session")
def entree_qui_renonce(pose: Pose) -> None:
    pose.resultat(operations_arbre, "poser_question", lambda reponse: _sans(reponse, ' data-entree="dupliquer"'))


@FAUTES.faute("Des semaines refusées ne rendent pas le clavier.", "Un nombre de semaines refusé se corrige")
def semaines_sans_clavier(pose: Pose) -> None:
    # A dialog gives it to its first field by itself: taking « autofocus » off that field would change nothing.
    def au_bouton(reponse: Response) -> Response:
        sans = _sans(reponse, " autofocus").get_data(as_text=True)
        reponse.set_data(sans.replace('id="dupliquer" type="submit"', 'id="dupliquer" type="submit" autofocus'))
        return reponse

    pose.resultat(operations_arbre, "poser_question", au_bouton)


def _sans(reponse: Response, dit: str) -> Response:
    reponse.set_data(reponse.get_data(as_text=True).replace(dit, ""))
    return reponse


@FAUTES.faute("Supprimer une action tait ce qui part avec elle.", "Supprimer une action nomme ce qui part avec elle")
def dependants_tus(pose: Pose) -> None:
    pose.attribut(operations_arbre, "SUPPRIME_AVEC", "{elle} est supprimée.")


@FAUTES.faute(
    "Supprimer une action emporte ce que sa question n'a pas nommé.",
    "Une session créée pendant que l'on me pose la question n'est pas supprimée",
)
def dependants_non_nommes(pose: Pose) -> None:
    pose.autour(dependants, "retirer", lambda vrai, *lesquels, nommes: vrai(*lesquels, nommes=None))  # noqa: ARG005


@FAUTES.faute("Supprimer une formation tait ses actions.", "Supprimer une formation nomme ce qui part avec elle")
def actions_perdues_tues(pose: Pose) -> None:
    pose.resultat(operations, "ce_qui_partirait", lambda dit: {**dit, "partent": []})


@FAUTES.faute("Archiver une action n'en dit rien.", "Archiver une action se voit dans l'arbre")
def archivage_de_l_action_tu(pose: Pose) -> None:
    pose.attribut(operations_arbre, "ARCHIVE", "{elle}.")


@FAUTES.faute("Archiver une session ne met plus l'arbre à jour.", "Archiver une session garde ce que je suis en train")
def arbre_pas_a_jour(pose: Pose) -> None:
    pose.autour(operations_arbre, "dire_ici", lambda _vrai, message, *_, **__: message_seul(message))
