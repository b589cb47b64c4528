"""Faults of habilitations: the list that is read, what it changes, what « Contrôle » knows of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain.comptes import Utilisateur
from webapp.domain.fichier_habilitations import FichierRefuse
from webapp.domain.habilitations import SANS_FORMER, Droits, HabilitationEdof
from webapp.services import habilitations, registre

if TYPE_CHECKING:
    from webapp.domain.fichier_habilitations import FichierHabilitations
    from webapp.services.habilitations import Apercu

FAUTES = Recueil()


@FAUTES.faute("Une liste compte dès qu'elle est lue.", "Une liste lue peut n'être pas importée")
def liste_importee_d_office(pose: Pose) -> None:
    def aussitot(vrai: Any, cnx: Any, organisme: Any, qui: Any, fichier: FichierHabilitations) -> Any:
        vu = vrai(cnx, organisme, qui, fichier)
        habilitations.importer(cnx, organisme, qui, vu.liste.id, vu.comparee_a)
        return vu

    pose.autour(habilitations, "deposer", aussitot)


@FAUTES.faute("Les lignes qui ne se lisent pas sont tues.", "Lire une liste montre ce qu'elle change")
def lignes_tues(pose: Pose) -> None:
    pose.resultat(habilitations, "lire", lambda lue: replace(lue, remarques=()))


@FAUTES.faute("Qui a importé la liste n'est pas dit.", "La liste importée dit d'où elle vient")
def auteur_tu(pose: Pose) -> None:
    pose.resultat(habilitations, "courante", lambda vue: vue and (replace(vue[0], importee_par=""), vue[1]))


@FAUTES.faute("La liste suivante se dit toute nouvelle.", "La liste suivante dit ce qu'elle change")
def difference_tue(pose: Pose) -> None:
    def toute_nouvelle(vu: Apercu) -> Apercu:
        codes = tuple(une.code for une in vu.lignes)
        return replace(vu, difference=replace(vu.difference, nouvelles=codes, changees=(), retirees=()))

    pose.resultat(habilitations, "apercu", toute_nouvelle)


@FAUTES.faute("Un fichier refusé ne dit pas quoi faire.", "Un classeur n'est pas une liste")
def refus_tu(pose: Pose) -> None:
    def sans_raison(vrai: Any, *a: Any) -> FichierHabilitations:
        try:
            lue: FichierHabilitations = vrai(*a)
        except FichierRefuse:
            raise FichierRefuse("Fichier refusé.") from None
        return lue

    pose.autour(habilitations, "lire", sans_raison)


@FAUTES.faute("La liste d'un autre organisme est acceptée.", "La liste d'un autre organisme est refusée")
def siret_ignore(pose: Pose) -> None:
    pose.autour(habilitations, "lire", lambda vrai, organisme, _nom, octets: vrai(organisme, "liste.csv", octets))


@FAUTES.faute("Le contrôle ignore la liste.", "Une certification absente de la liste est signalée")
def liste_ignoree(pose: Pose) -> None:
    pose.autour(Droits, "constats", lambda _vrai, _soi, _le: ())


@FAUTES.faute("Une habilitation suspendue compte.", "Une habilitation sans effet est signalée")
def etat_ignore(pose: Pose) -> None:
    pose.resultat(HabilitationEdof, "compte", lambda _: True)


@FAUTES.faute("Qui peut évaluer est dit pouvoir former.", "Qui peut évaluer sans former en est averti")
def evaluer_vaut_former(pose: Pose) -> None:
    pose.autour(Droits, "constats", lambda vrai, soi, le: [un for un in vrai(soi, le) if un[0] != SANS_FORMER])


@FAUTES.faute("La fin de l'habilitation est ignorée.", "Une session qui finit après l'habilitation")
def fin_ignoree(pose: Pose) -> None:
    pose.autour(Droits, "fin_avant", lambda _vrai, _soi, _jour: None)


@FAUTES.faute("Un lecteur peut importer une liste.", "Un lecteur voit la liste et n'importe rien")
def lecteur_qui_importe(pose: Pose) -> None:
    pose.autour(Utilisateur, "peut", lambda _vrai, _soi, _droit: True)


@FAUTES.faute("Une fiche qui ne nomme personne vaut refus.", "Une fiche qui ne nomme aucun partenaire")
def silence_vaut_refus(pose: Pose) -> None:
    pose.resultat(registre, "nomme_des_partenaires", lambda _: True)


@FAUTES.faute("Le choix d'un fichier parle la langue du navigateur.", "Le choix du fichier se dit en français")
def choix_du_navigateur(pose: Pose) -> None:
    pose.page('<span class="fichier-dit"', '<span hidden class="fichier-dit"')


@FAUTES.faute("Rien ne dit quel fichier a été choisi.", "Le fichier que j'ai choisi est nommé")
def fichier_choisi_tu(pose: Pose) -> None:
    pose.page("<span data-fichier-nom", "<span")
