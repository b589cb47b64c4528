"""Faults of what is done from a card: the archive, what it keeps, undoing, refusals, where the keyboard is left."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain.formation import Acte, Envoi, Formation
from webapp.domain.statuts import Operation, Statut
from webapp.persistence import tranches
from webapp.persistence.lecture import Lecture
from webapp.persistence.tranches import Tranche
from webapp.services import catalogue
from webapp.web import operations
from webapp.web.catalogue import remontrer
from webapp.web.http import errors, reponses
from webapp.web.http.reponses import SUCCES, rediriger
from webapp.web.vue import PREFIXE_VUE, Vue

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from sqlalchemy import Connection

FAUTES = Recueil()


# ------------------------------------------------------------------------------------------------ ce qui est gardé


@FAUTES.faute("Archiver oublie le statut d'avant.", "lui rend le statut Validée", "lui rend le statut")
def statut_d_avant_perdu(pose: Pose) -> None:
    pose.resultat(Formation, "archiver", lambda archivee: replace(archivee, avant_archivage=None))


@FAUTES.faute("Archiver oublie la date de la validation.", "Archiver ne change ni la date")
def validation_perdue(pose: Pose) -> None:
    pose.resultat(Formation, "archiver", lambda archivee: replace(archivee, validee_le=None))


@FAUTES.faute("Archiver change la date de la dernière modification.", "Archiver ne change ni la date")
def archivage_date(pose: Pose) -> None:
    def dater(vrai: Callable[..., Formation], soi: Formation, acte: Acte) -> Formation:
        return replace(vrai(soi, acte), modifiee_le=acte.maintenant)

    pose.autour(Formation, "archiver", dater)


@FAUTES.faute("Archiver dit que la modification est de celui qui archive.", "Archiver ne change ni la date")
def archivage_signe(pose: Pose) -> None:
    def signer(vrai: Callable[..., Formation], soi: Formation, acte: Acte) -> Formation:
        return replace(vrai(soi, acte), modifiee_par=acte.auteur.nom)

    pose.autour(Formation, "archiver", signer)


@FAUTES.faute("Restaurée en brouillon, une formation qui était validée ne dit pas pourquoi.", "revient en brouillon")
def retour_sans_raison(pose: Pose) -> None:
    pose.attribut(operations, "RETOMBEE", operations.RESTAUREE)


# ------------------------------------------------------------------------------------------------ la liste


@FAUTES.faute("Les formations archivées restent parmi « Toutes ».", "Une formation archivée n'est plus parmi")
def archivees_dans_toutes(pose: Pose) -> None:
    def tout_lister(vrai: Any, lecture: Lecture, organisme_id: UUID, voulue: Tranche) -> list[Any]:
        autres = vrai(lecture, organisme_id, replace(voulue, statut=Statut.ARCHIVEE)) if voulue.statut is None else []
        return [*vrai(lecture, organisme_id, voulue), *autres]

    pose.autour(tranches, "tranche", tout_lister)


@FAUTES.faute("La recherche tait les formations archivées qui correspondent.", "La recherche dit que des formations")
def archivees_tues(pose: Pose) -> None:
    pose.motif(r'<p class="archives-trouvees">.*?</p>', "")


@FAUTES.faute("Enregistrer sans rien changer fait monter la formation.", "Enregistrer sans rien changer")
def rien_qui_monte(pose: Pose) -> None:
    def toucher(vrai: Any, cnx: Connection, acte: Acte, envoi: Envoi, operation: Operation) -> Any:
        autre = envoi.fiche.avec(points_forts=f"{envoi.fiche.points_forts}\N{NO-BREAK SPACE}")
        return vrai(cnx, acte, replace(envoi, fiche=autre) if envoi.version else envoi, operation)

    pose.autour(catalogue, "soumettre", toucher)


@FAUTES.faute("Le catalogue est dans l'ordre des dates écrites sur les cartes.", "même si la date de référence recule")
def ordre_des_dates(pose: Pose) -> None:
    pose.resultat(tranches, "tranche", lambda lignes: sorted(lignes, key=lambda ligne: ligne[4], reverse=True))


# ------------------------------------------------------------------------------------------------ annuler, refuser


@FAUTES.faute("Annuler l'archivage dit que c'est fait, et ne fait rien.", "L'archivage s'annule")
def annulation_feinte(pose: Pose) -> None:
    vues = pose.app.view_functions
    vraie: Any = vues["operations.annuler_archivage"]

    @wraps(vraie)
    def feindre(id: UUID) -> Response:  # noqa: ARG001 - the name of the place in the address
        dit = "L'archivage est annulé : elle est de nouveau au statut « Validée »."
        return remontrer(Vue.demandee(PREFIXE_VUE), 200, [(SUCCES, dit)])

    pose.cle(vues, "operations.annuler_archivage", feindre)


@FAUTES.faute("Le message de l'archivage ne propose plus de l'annuler.", "L'archivage s'annule")
def annulation_absente(pose: Pose) -> None:
    pose.autour(reponses, "dit", lambda _vrai, message, _annulation: message)


@FAUTES.faute(
    "Une opération se fait sur ce qu'un collègue vient d'enregistrer.", "Ce qu'un collègue enregistre pendant"
)
def version_ignoree(pose: Pose) -> None:
    pose.attribut(catalogue, "exiger_version", lambda _actuelle, _version: None)


@FAUTES.faute("Le refus d'une opération ne dit pas qui a modifié la formation.", "ne se fait pas sur ce qu'un collègue")
def refus_anonyme(pose: Pose) -> None:
    pose.attribut(operations, "MODIFIEE", "la formation {titre} a changé")


# ------------------------------------------------------------------------------------------------ rester où l'on est


@FAUTES.faute("Après une opération, le clavier n'est plus sur aucune carte.", "le clavier passe à la carte suivante")
def clavier_perdu(pose: Pose) -> None:
    pose.motif(r'(<article[^>]*) data-carte="[^"]*"', r"\1")


@FAUTES.faute("Chaque opération ramène en haut du catalogue.", "La page ne défile pas")
def retour_en_haut(pose: Pose) -> None:
    pose.attribut(operations, "remontrer", lambda vue, _statut, _dits: rediriger(vue.adresse))


@FAUTES.faute(
    "Enregistrer un brouillon restauré ne fait pas oublier qu'il fut validé.", "telle quelle après sa restauration"
)
def restauration_jamais_oubliee(pose: Pose) -> None:
    pose.autour(
        Formation, "soumettre", lambda vrai, soi, *a: replace(vrai(soi, *a), avant_archivage=soi.avant_archivage)
    )


@FAUTES.faute(
    "Sous ce qui est archivé, rien ne mène à sa restauration.", "Créer une session sous une formation archivée"
)
def impasse_sous_archive(pose: Pose) -> None:
    pose.attribut(errors, "avec_liens", lambda message, _menent: message)


@FAUTES.faute("La page d'une action archivée ne la restaure pas.", "Une action archivée se restaure depuis sa page")
def archivee_sans_restauration(pose: Pose) -> None:
    pose.motif(r"<button[^>]*>Restaurer l’action</button>", "")
