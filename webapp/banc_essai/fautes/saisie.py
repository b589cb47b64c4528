"""Faults of the form: the identifier, the texts, their counters and limits (guide steps 6 to 12)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, update

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain import champs, controle, fiche, identifiants, textes
from webapp.domain.champs import Champ
from webapp.domain.controle import MESSAGE_OBLIGATOIRE, Code, Diagnostic
from webapp.domain.fiche import FicheFormation
from webapp.domain.formation import Formation
from webapp.domain.statuts import Statut
from webapp.domain.textes import dire
from webapp.persistence import formations as formations_gardees
from webapp.persistence import tables
from webapp.persistence.lecture import Lecture
from webapp.services import catalogue
from webapp.services.catalogue import Verification
from webapp.web import etape_2, formations
from webapp.web.etape_2 import EtatChamp, EtatSaisie
from webapp.web.formations import DISPONIBLE
from webapp.web.http.reponses import ALERTE, SUCCES

FAUTES = Recueil()


# ------------------------------------------------------------------------------------------------ étape 6


@FAUTES.faute("Le champ de l'identifiant s'appelle « Référence interne ».", "etape_6")
def identifiant_renomme(pose: Pose) -> None:
    pose.attribut(champs.IDENTIFIANT, "libelle", "Référence interne")


@FAUTES.faute("Le champ de l'identifiant ne dit plus ce qu'il attend.", "Le champ de l'identifiant dit")
def aide_de_l_identifiant_perdue(pose: Pose) -> None:
    pose.attribut(champs.IDENTIFIANT, "aide", "")


@FAUTES.faute("Le bouton « Vérifier » est inactif.", "etape_6")
def verifier_inactif(pose: Pose) -> None:
    pose.page(' id="verifier"', ' id="verifier" disabled')


@FAUTES.faute("L'identifiant est mis en minuscules.", "J'enregistre ma saisie", "etape_13")
def identifiant_en_minuscules(pose: Pose) -> None:
    pose.resultat(identifiants, "nettoyer", str.lower)


@FAUTES.faute("Un identifiant est limité à 20 caractères.", "est accepté")
def identifiant_de_20_caracteres(pose: Pose) -> None:
    pose.attribut(champs.IDENTIFIANT, "longueur_max", 20)


# ------------------------------------------------------------------------------------------------ étape 7


def _annoncer(categorie: str, modele: str) -> Callable[[Verification], tuple[str, str]]:
    return lambda verification: (categorie, dire(modele, x=verification.identifiant))


@FAUTES.faute("Tout identifiant est dit disponible.", "Un autre message dit que l'identifiant", "etape_7")
def toujours_disponible(pose: Pose) -> None:
    pose.attribut(formations, "annoncer", _annoncer(SUCCES, DISPONIBLE))


@FAUTES.faute("Tout identifiant est dit déjà utilisé.", "etape_7")
def toujours_pris(pose: Pose) -> None:
    modele = "L'identifiant « {x} » est déjà utilisé par une autre formation de votre catalogue."
    pose.attribut(formations, "annoncer", _annoncer(ALERTE, modele))


@FAUTES.faute("Un identifiant pris est dit à la fois pris et disponible.", "Un autre message dit que l'identifiant")
def pris_et_disponible(pose: Pose) -> None:
    def doubler(vrai: Callable[..., Any], message: str, categorie: str, **autres: Any) -> Any:
        toasts = [(categorie, message)]
        if categorie == ALERTE and (cite := re.search(r"«\s(.*?)\s»", message)):
            toasts.append((SUCCES, dire(DISPONIBLE, x=cite[1])))
        return vrai(message, categorie, toasts=toasts, **autres)

    pose.autour(formations, "message_seul", doubler)


@FAUTES.faute("Les messages ne sont plus annoncés aux lecteurs d'écran.", "etape_7")
def message_sans_annonce(pose: Pose) -> None:
    pose.page(' role="status"', "")


@FAUTES.faute("Les messages s'affichent à gauche de l'écran.", "Un message en haut à droite", "etape_7")
def message_a_gauche(pose: Pose) -> None:
    pose.page('<div class="toasts">', '<div class="w-50">')


@FAUTES.faute("Deux identifiants qui ne diffèrent que par la casse sont deux identifiants.", "sont le même identifiant")
def casse_distinguee(pose: Pose) -> None:
    for module in (catalogue, formations_gardees):
        pose.attribut(module, "cle_canonique", identifiants.nettoyer)


@FAUTES.faute("Les espaces autour d'un identifiant comptent.", "Les espaces autour d'un identifiant")
def espaces_de_l_identifiant_gardes(pose: Pose) -> None:
    pose.attribut(identifiants, "nettoyer", lambda saisie: saisie)


@FAUTES.faute(
    "Deux formations peuvent avoir le même identifiant : même la base l'accepte.", "Un autre message", "etape_7"
)
def unicite_perdue(pose: Pose) -> None:
    for module in (catalogue, formations_gardees):
        pose.attribut(module, "cle_canonique", lambda _identifiant: uuid4().hex)


@FAUTES.faute("Enregistrer accepte un identifiant déjà pris : même la base ne dit rien.", "Enregistrer sous")
def doublon_enregistre(pose: Pose) -> None:
    def laisser(diagnostic: Diagnostic) -> Diagnostic:
        return Diagnostic(tuple(a for a in diagnostic.anomalies if a.code is not Code.DEJA_UTILISE))

    def ajouter(vrai: Callable[..., bool], cnx: Connection, nouvelle: Formation) -> bool:
        """Add it under a key that nobody else has, then write its identifier over."""
        if not vrai(cnx, replace(nouvelle, fiche=nouvelle.fiche.avec(identifiant=uuid4().hex[:30]))):
            return False
        sienne = update(tables.formation).where(tables.formation.c.id == nouvelle.id)
        cnx.execute(sienne.values(identifiant=nouvelle.fiche.identifiant))
        return True

    pose.resultat(catalogue, "diagnostiquer", laisser)
    pose.autour(formations_gardees, "ajouter", ajouter)


@FAUTES.faute("L'identifiant d'une formation archivée est dit disponible.", "L'identifiant d'une formation au statut")
def identifiant_des_archives_libere(pose: Pose) -> None:
    def hors_archives(vrai: Any, lecture: Lecture, organisme_id: UUID, cle: str) -> UUID | None:
        trouve = vrai(lecture, organisme_id, cle)
        une = trouve and formations_gardees.par_id(lecture, organisme_id, trouve)
        return trouve if une and une.statut is not Statut.ARCHIVEE else None

    pose.autour(formations_gardees, "titulaire", hors_archives)


@FAUTES.faute("L'identifiant proposé à la place d'un identifiant pris est toujours le suivant.", "Un identifiant libre")
def proposition_sans_regarder(pose: Pose) -> None:
    pose.attribut(catalogue, "proposer_identifiant", lambda _lecture, _qui, pris: identifiants.proposer(pris, 2))


# ------------------------------------------------------------------------------------------------ étapes 8 à 11


def _preremplir(pose: Pose, **textes: str) -> None:
    pose.resultat(FicheFormation, "preremplie", lambda prete: prete.avec(**textes))


@FAUTES.faute("L'intitulé de la formation n'est pas prérempli.", "etape_8")
def intitule_vide(pose: Pose) -> None:
    _preremplir(pose, intitule="")


@FAUTES.faute("L'intitulé prérempli ne se modifie pas.", "Je modifie l'intitulé prérempli", "etape_8")
def intitule_fige(pose: Pose) -> None:
    pose.page('id="intitule" name="intitule"', 'id="intitule" name="intitule" readonly')


@FAUTES.faute("L'objectif est prérempli, lui aussi, avec l'intitulé de la certification.", "etape_9")
def objectif_prerempli(pose: Pose) -> None:
    _preremplir(pose, objectif="Socle de connaissances et de compétences professionnelles (CléA)")


def _sous_les_champs(pose: Pose, autre: Callable[[EtatChamp], EtatChamp]) -> None:
    def changer(etat: EtatSaisie) -> EtatSaisie:
        return etat._replace(par_champ={nom: autre(sous) for nom, sous in etat.par_champ.items()})

    pose.resultat(etape_2, "etat", changer)


@FAUTES.faute("Le message « ▲ Ce champ est obligatoire… » a disparu.", "etape_9")
def obligatoire_muet(pose: Pose) -> None:
    pose.motif(r'<p class="etat-manque">[^<]*</p>', "")


@FAUTES.faute("Le message « ▲ Ce champ est obligatoire… » reste une fois le champ rempli.", "Je complète l'objectif")
def obligatoire_insistant(pose: Pose) -> None:
    def insister(sous: EtatChamp) -> EtatChamp:
        return sous._replace(manque=MESSAGE_OBLIGATOIRE) if sous.champ.obligatoire else sous

    _sous_les_champs(pose, insister)


@FAUTES.faute("Le contenu est limité à 2999 caractères.", "etape_10")
def limite_2999(pose: Pose) -> None:
    pose.attribut(champs.CONTENU, "longueur_max", 2999)


@FAUTES.faute("La limite des points forts est de 256 caractères.", "etape_11")
def limite_256(pose: Pose) -> None:
    pose.attribut(champs.POINTS_FORTS, "longueur_max", 256)


@FAUTES.faute("Le champ des points forts ne dit plus ce qu'il attend.", "etape_11")
def invite_perdue(pose: Pose) -> None:
    pose.attribut(champs.POINTS_FORTS, "invite", "")


def _compter(pose: Pose, compter: Callable[[str], int]) -> None:
    def recompter(sous: EtatChamp) -> EtatChamp:
        compteur = f"{compter(sous.valeur)} / {sous.champ.longueur_max} Caractères"
        return sous._replace(compteur=compteur) if sous.compteur else sous

    _sous_les_champs(pose, recompter)


@FAUTES.faute("Les compteurs annoncent un caractère de trop.", "etape_9")
def compteur_plus_un(pose: Pose) -> None:
    _compter(pose, lambda texte: len(texte) + 1)


@FAUTES.faute("Les compteurs comptent les octets : un « é » vaut deux.", "Le compteur d'un texte enregistré")
def compteur_en_octets(pose: Pose) -> None:
    _compter(pose, lambda texte: len(texte.encode()))


@FAUTES.faute(
    "Les compteurs comptent deux fois une lettre accentuée décomposée.",
    "Le compteur de 255 lettres accentuées décomposées",
)
def compteur_sans_forme_normale(pose: Pose) -> None:
    pose.attribut(fiche, "normaliser", lambda texte: texte.replace("\r\n", "\n"))


@FAUTES.faute("Sans JavaScript, un retour à la ligne compte double.", "127 lignes d'une lettre sont")
def retours_comptes_deux_fois(pose: Pose) -> None:
    pose.autour(fiche, "normaliser", lambda vrai, texte: vrai(texte.replace("\r\n", "\n\n")))


@FAUTES.faute("Les puces et les fins de ligne de Word sont gardées telles quelles.", "Une liste à puces")
def word_garde_tel_quel(pose: Pose) -> None:
    pose.attribut(fiche, "normaliser", textes.composer)


@FAUTES.faute("Dans un champ d'une ligne, une fin de ligne de PowerPoint est refusée.", "Dans un champ d'une ligne")
def fin_de_ligne_refusee(pose: Pose) -> None:
    pose.attribut(fiche, "sur_une_ligne", lambda texte: texte)


@FAUTES.faute("Un caractère refusé est toujours dit au début du texte.", "Un signe qui retourne le texte")
def place_toujours_au_debut(pose: Pose) -> None:
    pose.attribut(textes, "place_interdite", lambda _texte: textes.Place(1, 1, ""))


@FAUTES.faute("« Retirer » ne retire rien.", "Un signe qui retourne le texte", "un signe refusé se retire")
def rien_de_retire(pose: Pose) -> None:
    pose.attribut(etape_2, "sans_interdits", lambda texte: texte)


@FAUTES.faute("Ce qui manque à un champ ne suit pas la saisie.", "Je complète l'objectif", "etape_9")
def manque_fige(pose: Pose) -> None:
    pose.page('hx-trigger="input from:#fiche delay:300ms, relancer"', 'hx-trigger="click"')


@FAUTES.faute("Hors ligne, les compteurs ne suivent plus la saisie.", "Hors ligne, je continue de saisir")
def compteur_qui_attend_le_serveur(pose: Pose) -> None:
    pose.motif(r'<script src="[^"]*/saisie\.js" defer></script>', "")


@FAUTES.faute("Une saisie gardée n'est plus proposée quand la page est rechargée.", "Recharger la page")
def saisie_gardee_pour_personne(pose: Pose) -> None:
    pose.page('<div id="reprises"', '<div hidden id="reprises"')


@FAUTES.faute("Reprendre la saisie d'une formation perdue ne mène nulle part.", "Ma saisie reprise, l'écran dit que")
def saisie_d_une_perdue_sans_suite(pose: Pose) -> None:
    pose.page(" data-perdue", "")


@FAUTES.faute("La saisie d'une formation est proposée pour une autre.", "n'est pas proposée pour une autre")
def saisie_gardee_pour_toutes(pose: Pose) -> None:
    pose.motif(r'data-garde="[^"]*"', 'data-garde="tout"')


@FAUTES.faute("Se déconnecter n'efface pas la saisie gardée.", "Me déconnecter efface")
def saisie_gardee_apres_la_deconnexion(pose: Pose) -> None:
    pose.page(" data-deconnexion", "")


@FAUTES.faute("Les points forts ne sont plus obligatoires.", "etape_11")
def points_forts_facultatifs(pose: Pose) -> None:
    pose.attribut(champs.POINTS_FORTS, "obligatoire", valeur=False)


@FAUTES.faute("Des espaces suffisent à remplir un champ obligatoire.", "Des espaces ne remplissent pas")
def espaces_acceptes(pose: Pose) -> None:
    pose.attribut(controle, "est_vide", lambda texte: not texte)


@FAUTES.faute("Les points forts trop longs sont coupés à 255 caractères, sans le dire.", "enregistre 256 caractères")
def coupe_a_255(pose: Pose) -> None:
    pose.resultat(FicheFormation, "lire", lambda lue: lue.avec(points_forts=lue.points_forts[:255]))


def _enregistrer(pose: Pose, nom: str, garder: Callable[[str], str]) -> None:
    def alterer(une: Formation) -> Formation:
        return replace(une, fiche=une.fiche.avec(**{nom: garder(une.fiche.valeur(nom))}))

    # The formation that is written is the last argument of both.
    for ecriture in ("ajouter", "remplacer"):
        pose.autour(formations_gardees, ecriture, lambda vrai, *a: vrai(*a[:-1], alterer(a[-1])))


@FAUTES.faute("Des résultats attendus, seuls 255 caractères sont enregistrés.", "accepte 2999 caractères")
def resultats_enregistres_a_moitie(pose: Pose) -> None:
    _enregistrer(pose, "resultats_attendus", lambda texte: texte[:255])


@FAUTES.faute("Le contenu de la formation n'est pas enregistré.", "Ce que j'ai saisi se retrouve")
def contenu_non_enregistre(pose: Pose) -> None:
    _enregistrer(pose, "contenu", lambda _texte: "")


# ------------------------------------------------------------------------------------------------ étape 12


@FAUTES.faute("Le type de parcours « 96213 - Collectif » n'est plus proposé.", "etape_12")
def parcours_manquant(pose: Pose) -> None:
    choix = {code: libelle for code, libelle in (champs.TYPE_PARCOURS.choix or {}).items() if code != "96213"}
    pose.attribut(champs.TYPE_PARCOURS, "choix", MappingProxyType(choix))


@FAUTES.faute("Les types de parcours sont proposés sans leur code.", "etape_12")
def parcours_sans_code(pose: Pose) -> None:
    pose.attribut(Champ, "option", lambda soi, code: soi.choix[code])


@FAUTES.faute("L'objectif général n'est plus prérempli.", "L'objectif général est déjà")
def objectif_general_vide(pose: Pose) -> None:
    _preremplir(pose, objectif_general="")


@FAUTES.faute("Une nouvelle formation attend un clic avant d'être saisie.", "prête à recevoir ma saisie")
def curseur_ailleurs(pose: Pose) -> None:
    pose.motif(r"<h1(?=[ >])", '<h1 tabindex="-1" autofocus')
