"""Faults of saving, of « Valider » and of the statuses (guide step 13)."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain import comptes, formation, statuts
from webapp.domain.champs import IDENTIFIANT
from webapp.domain.diagnostic import Anomalie, Code, Diagnostic, Portee
from webapp.domain.fiche import FicheFormation
from webapp.domain.formation import Acte, Envoi, Formation, FormationIncomplete
from webapp.domain.statuts import Operation, Statut
from webapp.services import catalogue
from webapp.web import catalogue as ecran_catalogue
from webapp.web import etape_2, formations
from webapp.web.etape_2 import Ecran, EtatSaisie

FAUTES = Recueil()


# ------------------------------------------------------------------------------------------------ étape 13


@FAUTES.faute("« Annuler » vient après « Valider ».", "Trois boutons terminent la saisie")
def boutons_en_desordre(pose: Pose) -> None:
    pose.motif(r'(<button class="btn btn-link"[^>]*>Annuler</button>)(.*?)(</div>\s*</form>)', r"\2\1\3")


@FAUTES.faute("Le bouton « Valider » est toujours actif.", "Le bouton « Valider » reste inactif", "etape_13")
def valider_toujours_actif(pose: Pose) -> None:
    pose.resultat(etape_2, "etat", lambda etat: etat._replace(complet=True))


@FAUTES.faute("Le bouton « Valider » n'est jamais actif.", "Le bouton « Valider » s'active", "etape_13")
def valider_jamais_actif(pose: Pose) -> None:
    pose.resultat(etape_2, "etat", lambda etat: etat._replace(complet=False))


@FAUTES.faute("« Pour valider » ne dit plus ce qui manque.", "Le bouton « Valider » reste inactif")
def manques_non_listes(pose: Pose) -> None:
    pose.motif(r'<ul class="panneau-liste" id="reste-a-faire">.*?</ul>', "")


@FAUTES.faute("« Pour valider » annonce un point de trop.", "L'écran compte ce qu'il reste")
def points_de_trop(pose: Pose) -> None:
    pose.autour(EtatSaisie, "resume", lambda vrai, soi: vrai(soi._replace(a_faire=(*soi.a_faire, *soi.a_faire[:1]))))


@FAUTES.faute(
    "Rien ne dit d'avance qu'une formation validée redeviendra un brouillon.", "dit d'avance qu'elle redeviendra"
)
def retombee_tue(pose: Pose) -> None:
    pose.resultat(EtatSaisie, "resume", lambda dit: dit.removesuffix(etape_2.RETOMBERA))


@FAUTES.faute("Une formation déjà validée est dite à valider.", "Une formation validée et complète")
def deja_validee_tue(pose: Pose) -> None:
    pose.autour(EtatSaisie, "resume", lambda vrai, soi: vrai(soi._replace(statut=None)))


@FAUTES.faute("Valider enregistre sans changer le statut.", "Je valide ma formation", "etape_13")
def statut_saute(pose: Pose) -> None:
    pose.autour(catalogue, "soumettre", lambda vrai, *a: vrai(*a[:-1], Operation.ENREGISTRER))


@FAUTES.faute("Enregistrer un brouillon complet le valide.", "Enregistrer un brouillon complet")
def enregistrer_valide(pose: Pose) -> None:
    def trop_bien_faire(vrai: Any, cnx: Connection, acte: Acte, envoi: Envoi, operation: Operation) -> Any:
        try:
            return vrai(cnx, acte, envoi, Operation.VALIDER)
        except FormationIncomplete:
            return vrai(cnx, acte, envoi, operation)

    pose.autour(catalogue, "soumettre", trop_bien_faire)


@FAUTES.faute("Une formation incomplète ne peut plus être enregistrée.", "J'enregistre ma saisie", "etape_13")
def brouillon_refuse(pose: Pose) -> None:
    comme_valider = dict.fromkeys(statuts.EXIGENCES, Portee.VALIDATION)
    pose.attribut(formation, "EXIGENCES", MappingProxyType(comme_valider))


@FAUTES.faute("Sans identifiant, rien ne s'enregistre.", "Sans identifiant, ma saisie s'enregistre")
def sans_identifiant_refuse(pose: Pose) -> None:
    _refuser(pose, Code.OBLIGATOIRE)


@FAUTES.faute("Un texte trop long ne s'enregistre pas.", "enregistre 256 caractères et les garde")
def trop_long_refuse(pose: Pose) -> None:
    _refuser(pose, Code.TROP_LONG)


@FAUTES.faute("Un identifiant mal formé ne s'enregistre pas.", "Un identifiant mal formé s'enregistre")
def mal_forme_refuse(pose: Pose) -> None:
    _refuser(pose, Code.FORME_IDENTIFIANT)


def _refuser(pose: Pose, code: Code) -> None:
    """Make an anomaly of the identifier or of a length forbid a save too."""

    def durcir(une: Anomalie) -> Anomalie:
        concerne = une.code is code and (code is Code.TROP_LONG or une.champ == IDENTIFIANT.nom)
        return replace(une, portee=Portee.ENREGISTREMENT) if concerne else une

    def juger(diagnostic: Diagnostic) -> Diagnostic:
        return Diagnostic(tuple(map(durcir, diagnostic.anomalies)))

    pose.resultat(catalogue, "controler", juger)


@FAUTES.faute("Une formation sans identifiant se valide.", "L'identifiant manque aussi")
def valider_sans_identifiant(pose: Pose) -> None:
    pose.attribut(IDENTIFIANT, "obligatoire", valeur=False)


@FAUTES.faute("Sans JavaScript, une formation incomplète se valide.", "Valider une formation incomplète est refusé")
def incomplete_validee(pose: Pose) -> None:
    pose.attribut(formation, "EXIGENCES", MappingProxyType({}))


@FAUTES.faute("Une fois la formation validée, rien ne dit ce que l'on peut faire ensuite.", "Le message de validation")
def message_sans_suite(pose: Pose) -> None:
    pose.attribut(etape_2, "ENSUITE", "")


@FAUTES.faute(
    "Aucun message ne confirme l'enregistrement ni la validation.", "enregistrer revient au formulaire et le dit"
)
def message_absent(pose: Pose) -> None:
    pose.attribut(formations, "notifier", lambda _message: None)


@FAUTES.faute("« Annuler » abandonne la saisie sans rien demander.", "Avant de perdre ce que j'ai saisi")
def annuler_sans_question(pose: Pose) -> None:
    pose.attribut(Ecran, "fiche_d_origine", property(lambda soi: soi.fiche))


@FAUTES.faute("« Annuler » demande confirmation même quand rien n'a été saisi.", "Sans rien avoir saisi")
def annuler_insistant(pose: Pose) -> None:
    pose.attribut(Ecran, "fiche_d_origine", property(lambda _soi: FicheFormation()))


@FAUTES.faute("Le navigateur laisse quitter la page sans avertir.", "Quitter la page sans enregistrer")
def quitter_sans_avertir(pose: Pose) -> None:
    pose.page(" data-fiche ", " ")


# ------------------------------------------------------------------------------------------------ les opérations


def _transitions(pose: Pose, table: dict[Any, Any]) -> None:
    for module in (statuts, formation):
        pose.attribut(module, "TRANSITIONS", MappingProxyType(table))


@FAUTES.faute("L'opération « Modifier » ramène au catalogue.", "L'opération « Modifier »")
def modifier_sans_effet(pose: Pose) -> None:
    pose.motif(r'<a href="/formations/[-0-9a-f]{36}">Modifier</a>', r'<a href="/catalogue">Modifier</a>')


@FAUTES.faute("Un brouillon se supprime sans question.", "Supprimer un brouillon demande une confirmation")
def suppression_sans_question(pose: Pose) -> None:
    vues = pose.app.view_functions
    pose.cle(vues, "operations.confirmer_suppression", vues["operations.supprimer"])


@FAUTES.faute("Supprimer un brouillon ne le retire pas du catalogue.", "Un brouillon supprimé disparaît")
def suppression_sans_effet(pose: Pose) -> None:
    pose.attribut(
        catalogue,
        "supprimer",
        lambda cnx, acte, id_, _version, **_: catalogue.Supprimee(catalogue.ouvrir(cnx, acte.organisme, id_)),
    )


@FAUTES.faute("Une formation archivée ne peut plus être restaurée.", "Une formation archivée se consulte")
def archive_sans_retour(pose: Pose) -> None:
    restauration = (Statut.ARCHIVEE, Operation.RESTAURER)
    _transitions(pose, {cle: suite for cle, suite in statuts.TRANSITIONS.items() if cle != restauration})
    permises = ecran_catalogue.OPERATIONS[Statut.ARCHIVEE] - {Operation.RESTAURER.value}
    operations = MappingProxyType({**ecran_catalogue.OPERATIONS, Statut.ARCHIVEE: permises})
    pose.attribut(ecran_catalogue, "OPERATIONS", operations)


@FAUTES.faute("Une formation archivée peut être modifiée.", "Une formation archivée se lit mais ne se modifie pas")
def archive_modifiable(pose: Pose) -> None:
    _transitions(pose, {**statuts.TRANSITIONS, (Statut.ARCHIVEE, Operation.ENREGISTRER): Statut.ARCHIVEE})


@FAUTES.faute("La copie d'une formation validée est validée elle aussi.", "La copie est un brouillon")
def copie_validee(pose: Pose) -> None:
    def valider(vrai: Any, cnx: Connection, acte: Acte, *a: Any) -> Formation:
        copie: Formation = vrai(cnx, acte, *a)
        fiche = copie.fiche.avec(identifiant=uuid4().hex[:30])
        return catalogue.soumettre(cnx, acte, Envoi(copie.id, copie.version, fiche), Operation.VALIDER).formation

    pose.autour(catalogue, "dupliquer", valider)


@FAUTES.faute("Le titre de la copie ne dit pas que c'en est une.", "La copie est un brouillon")
def copie_de_meme_titre(pose: Pose) -> None:
    pose.attribut(FicheFormation, "copie", lambda soi: soi.avec(identifiant=""))


@FAUTES.faute("La copie prend d'elle-même un identifiant.", "La copie s'ouvre aussitôt")
def copie_identifiee(pose: Pose) -> None:
    pose.autour(FicheFormation, "copie", lambda vrai, soi: vrai(soi).avec(identifiant=uuid4().hex[:30]))


@FAUTES.faute("La copie perd les résultats attendus.", "La copie est un brouillon")
def copie_incomplete(pose: Pose) -> None:
    def dupliquer(vrai: Any, cnx: Connection, acte: Acte, id_: UUID, *a: Any) -> Formation:
        copie: Formation = vrai(cnx, acte, id_, *a)
        perdue = Envoi(copie.id, copie.version, copie.fiche.avec(resultats_attendus=""))
        return catalogue.soumettre(cnx, acte, perdue, Operation.ENREGISTRER).formation

    pose.autour(catalogue, "dupliquer", dupliquer)


@FAUTES.faute("Le dernier qui enregistre l'emporte, sans prévenir.", "Rien n'est écrasé")
def dernier_ecrit_l_emporte(pose: Pose) -> None:
    def ecraser(vrai: Any, cnx: Connection, acte: Acte, envoi: Envoi, operation: Operation) -> Any:
        if envoi.version:
            envoi = replace(envoi, version=catalogue.ouvrir(cnx, acte.organisme, envoi.id).version)
        return vrai(cnx, acte, envoi, operation)

    pose.autour(catalogue, "soumettre", ecraser)


@FAUTES.faute("Modifiée, une formation validée dont la certification a expiré reste validée.", "la ramène au statut")
def retombee_oubliee(pose: Pose) -> None:
    pose.attribut(statuts, "REPLIS", MappingProxyType({}))


@FAUTES.faute("Réessayer après une réponse perdue est pris pour un doublon.", "réponse perdue", "double clic")
def reessayer_refuse(pose: Pose) -> None:
    def retirer(vrai: Any, cnx: Connection, acte: Acte, envoi: Envoi, operation: Operation) -> Any:
        return vrai(cnx, acte, envoi if envoi.version else replace(envoi, id=uuid4()), operation)

    pose.autour(catalogue, "soumettre", retirer)


# ------------------------------------------------------------------------------------------------ les droits


@FAUTES.faute("La page de lecture ne montre plus le contenu de la formation.", "Un lecteur lit chaque texte")
def lecture_incomplete(pose: Pose) -> None:
    pose.motif(r"<dt[^>]*>Contenu de la formation</dt>\s*<dd>.*?</dd>", "")


@FAUTES.faute("Un lecteur peut modifier le catalogue.", "Un lecteur voit le catalogue", "droits")
def lecteur_qui_modifie(pose: Pose) -> None:
    tous = MappingProxyType({role: frozenset(comptes.Droit) for role in comptes.Role})
    pose.attribut(comptes, "DROITS", tous)
