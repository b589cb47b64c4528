"""Faults of the import of the portal's file: what is read, what is kept of it, when it is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain.comptes import Role
from webapp.domain.imports import Trace
from webapp.edof import fichier
from webapp.persistence import formations
from webapp.services import defaire_import, import_edof, passage_edof, passage_mots, tache_import, taches
from webapp.web.http import access

if TYPE_CHECKING:
    from webapp.domain.taches import Tache
    from webapp.edof.objets import Objet

FAUTES = Recueil()


@FAUTES.faute("L'aperçu d'un fichier l'importe déjà.", "un fichier est montré élément par élément")
def apercu_qui_importe(pose: Pose) -> None:
    def aussitot(vrai: Any, cnx: Any, demande: Any, *autres: Any) -> Tache:
        prete: Tache = vrai(cnx, demande, *autres)
        return taches.lancer(cnx, demande.acte, prete.id) if prete.prevus else prete

    pose.autour(import_edof, "deposer", aussitot)


@FAUTES.faute("L'aperçu ne dit pas l'intitulé des formations.", "un fichier est montré élément par élément")
def apercu_sans_intitule(pose: Pose) -> None:
    pose.resultat(passage_mots, "appel", lambda _dit: "")


@FAUTES.faute("Ce que le fichier change n'est pas montré.", "Ce qui est modifié est montré avant et après")
def import_changements_tus(pose: Pose) -> None:
    pose.resultat(passage_mots, "changements", lambda _dits: ())


@FAUTES.faute("Un import écrase ce qui a changé depuis son aperçu.", "Ce qui change entre l'aperçu et l'import")
def apercu_importe_depasse(pose: Pose) -> None:
    pose.resultat(tache_import, "empreinte", lambda _dite: "")


@FAUTES.faute("Un fichier est lu dans l'encodage qu'il dit, même faux.", "Un fichier qui se trompe sur son encodage")
def encodage_cru(pose: Pose) -> None:
    pose.autour(import_edof, "decouper", lambda vrai, flux, _lu_en, organisme: vrai(flux, fichier.LATIN_1, organisme))


@FAUTES.faute("Le fichier d'un autre organisme est lu.", "Le fichier d'un autre organisme est refusé")
def import_siret_ignore(pose: Pose) -> None:
    pose.resultat(import_edof, "siret_etranger", lambda _refus: False)


@FAUTES.faute("Une information inconnue du fichier est perdue.", "Un fichier entier reviendra", "Importé de nouveau")
def inconnue_perdue(pose: Pose) -> None:
    pose.autour(Trace, "contenu", lambda vrai, soi: {**vrai(soi), "reste": ()})
    pose.resultat(passage_edof, "objet_de", lambda objet: replace(objet, reste=()))


@FAUTES.faute("La date de mise à jour est celle de l'export.", "Un fichier entier reviendra comme il est")
def import_date_de_l_export(pose: Pose) -> None:
    def a_ce_jour(objet: Objet) -> Objet:
        return replace(objet, modifie_le="20261126")

    pose.resultat(passage_edof, "objet_de", a_ce_jour)


@FAUTES.faute("Annuler un import ne retire rien.", "Un import s'annule")
def import_annule_sans_effet(pose: Pose) -> None:
    pose.autour(formations, "retirer", lambda _vrai, _cnx, _ancienne: True)


@FAUTES.faute(
    "D'une formation donnée par rangées, la première seule est lue.", "Une formation donnée une fois par session"
)
def rangees_refusees(pose: Pose) -> None:
    pose.resultat(passage_edof, "regrouper", lambda _uni: None)


@FAUTES.faute("Annuler un import vide ce que quelqu'un a modifié.", "Annulé, un import ne vide pas")
def import_annule_qui_vide(pose: Pose) -> None:
    pose.resultat(defaire_import.Defaire, "est_retouche", lambda _dit: False)


@FAUTES.faute("Un lecteur peut importer un fichier.", "Un lecteur n'ouvre pas la page d'import")
def import_lecteur_qui_importe(pose: Pose) -> None:
    def gestionnaire(qui: Any) -> Any:
        return None if qui is None else replace(qui, role=Role.GESTIONNAIRE_CATALOGUE)

    pose.resultat(access, "utilisateur_ou_personne", gestionnaire)
