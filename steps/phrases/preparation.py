"""« Étant donné »: who I am, what my catalogue holds, what day it is."""

from collections.abc import Sequence

from steps.definitions.decorateurs import given, step
from steps.donnees.besoins import (
    AUTRE_CERTIFICATION,
    AUTRE_COMPTE,
    AUTRE_ORGANISME,
    CATALOGUE_A_SOI,
    SESSION_DU_SERVEUR,
    date_offerte,
    dates_de_modification,
    exige_du_lieu,
)
from steps.donnees.donnees import COLONNES, Donnees
from steps.donnees.session import Session
from steps.ecrans.libelles import CHAMPS, STATUTS
from steps.gherkin.attendus import Table

FORMATIONS = Table(titres=tuple(COLONNES), exiges=("identifiant",), valeurs={"statut": tuple(STATUTS)})


@step(
    "nous sommes le {date}",
    "Fixe la date de référence : le produit se croit ce jour-là, certifications et dates affichées comprises.",
    date="une date en toutes lettres",
)
@exige_du_lieu(date_offerte)
def situer(donnees: Donnees, date: str) -> None:
    donnees.situer(date)


@given(
    "je gère le catalogue de mon organisme",
    "Un organisme neuf, propre au scénario, au catalogue vide, et moi déjà connecté avec tous les droits sur lui.",
)
def gerer(session: Session) -> None:
    session.commencer("gestionnaire_catalogue")


@given(
    "je lis le catalogue de mon organisme",
    "Un organisme neuf, au catalogue vide, et moi déjà connecté avec le seul droit de le lire.",
)
@exige_du_lieu(AUTRE_COMPTE)
def lire(session: Session) -> None:
    session.commencer("lecteur")


@given(
    "j'administre le compte de mon organisme",
    "Un organisme neuf, au catalogue vide, et moi déjà connecté dans le rôle « Gestionnaire EDOF ».",
)
@exige_du_lieu(AUTRE_COMPTE)
def administrer(session: Session) -> None:
    session.commencer("gestionnaire_edof")


@given("je ne suis pas connecté", "Plus personne n'est connecté dans ce navigateur.")
def rester_dehors(session: Session) -> None:
    session.fermer()


@given(
    "j'ai un compte avec le mot de passe « {mot_de_passe} »",
    "Un organisme neuf et mon compte, sans que je sois connecté : la connexion est le sujet du scénario.",
)
@exige_du_lieu(AUTRE_COMPTE)
def avoir_un_compte(donnees: Donnees, mot_de_passe: str) -> None:
    donnees.creer_personne("gestionnaire_catalogue", mot_de_passe)


@given("je suis connecté", "Ouvre ma session sans passer par l'écran « Se connecter ».")
def etre_connecte(session: Session) -> None:
    session.ouvrir()


@given("je deviens lecteur du catalogue", "Remplace ma session par celle d'un lecteur du même organisme.")
@exige_du_lieu(AUTRE_COMPTE)
def devenir_lecteur(session: Session) -> None:
    session.devenir_lecteur()


@given("ma session expire", "Met fin à ma session sur le serveur ; la page que je regarde ne le sait pas encore.")
@exige_du_lieu(SESSION_DU_SERVEUR)
def expirer(donnees: Donnees) -> None:
    donnees.expirer_session()


@step(
    "je me reconnecte dans un autre onglet",
    "Ouvre une nouvelle session dans le même navigateur, sans toucher à la page que je regarde.",
)
@exige_du_lieu(SESSION_DU_SERVEUR)
def se_reconnecter(session: Session) -> None:
    session.ouvrir()


@given(
    "mon catalogue contient la formation « {identifiant} »",
    "Un brouillon intitulé « Formation », suivi de son identifiant, et qui ne dit rien d'autre.",
)
def contenir(donnees: Donnees, identifiant: str) -> None:
    donnees.ajouter(identifiant)


@given(
    "mon catalogue contient la formation « {identifiant} » au statut « {statut} »",
    "Une formation intitulée « Formation », suivi de son identifiant, à ce statut.",
    statut=STATUTS,
)
def contenir_au_statut(donnees: Donnees, identifiant: str, statut: str) -> None:
    donnees.ajouter(identifiant, statut)


@given(
    "mon catalogue contient le brouillon complet « {identifiant} »",
    "Un brouillon auquel il ne manque rien : il ne reste qu'à le valider.",
)
def contenir_complet(donnees: Donnees, identifiant: str) -> None:
    donnees.ajouter_complet(identifiant)


@given(
    "mon catalogue contient le brouillon complet « {identifiant} » sur la certification « {code} »",
    "Un brouillon auquel il ne manque rien, et qui prépare cette certification.",
    code="le code complet d'une certification",
)
@exige_du_lieu(AUTRE_CERTIFICATION)
def contenir_complet_sur(donnees: Donnees, identifiant: str, code: str) -> None:
    donnees.ajouter_complet(identifiant, certification=code)


@given(
    "mon catalogue contient le brouillon « {identifiant} », complet sauf « {champ} »",
    "Un brouillon auquel il ne manque qu'un champ.",
    champ=CHAMPS,
)
def contenir_complet_sauf(donnees: Donnees, identifiant: str, champ: str) -> None:
    donnees.ajouter_complet(identifiant, sauf=champ)


@given(
    "mon catalogue contient les formations :",
    "Une formation par ligne de la table, dont les colonnes sont : identifiant, intitulé, statut, modifiée le.",
    table=FORMATIONS,
)
@exige_du_lieu(dates_de_modification)
def contenir_tableau(donnees: Donnees, datatable: Sequence[Sequence[str]]) -> None:
    donnees.ajouter_tableau(datatable)


@given(
    "mon catalogue contient {nombre:d} formations",
    "Autant de brouillons, d'identifiants Clea_001, Clea_002 et ainsi de suite.",
)
@exige_du_lieu(CATALOGUE_A_SOI)
def contenir_plusieurs(donnees: Donnees, nombre: int) -> None:
    donnees.ajouter_plusieurs(nombre)


@given(
    "mon catalogue contient une formation dont le titre compte {nombre:d} lettres sans espace",
    "Une formation dont le titre est un seul mot, très long : l'écran ne doit pas en déborder.",
)
def contenir_un_titre_long(donnees: Donnees, nombre: int) -> None:
    donnees.ajouter("Clea_Long", intitule="a" * nombre)


@given(
    "l'organisme « {voisin} » a la formation « {identifiant} » dans son catalogue",
    "Un brouillon dans le catalogue d'un autre organisme, créé la première fois qu'il est nommé.",
)
@exige_du_lieu(AUTRE_ORGANISME)
def contenir_chez(donnees: Donnees, voisin: str, identifiant: str) -> None:
    donnees.ajouter_chez(voisin, identifiant)


@step(
    "Claude Durand enregistre « {texte} » dans « {champ} » de « {identifiant} »",
    "Quelqu'un de mon organisme modifie cette formation pendant que je l'ai sous les yeux.",
    champ=CHAMPS,
)
@exige_du_lieu(AUTRE_COMPTE)
def modifier_en_collegue(donnees: Donnees, texte: str, champ: str, identifiant: str) -> None:
    donnees.modifier_en_collegue(identifiant, champ, texte)


@given(
    "une personne qui porte mon nom enregistre « {texte} » dans « {champ} » de « {identifiant} »",
    "La même chose, par quelqu'un de mon organisme qui a le même nom que moi.",
    champ=CHAMPS,
)
@exige_du_lieu(AUTRE_COMPTE)
def modifier_en_homonyme(donnees: Donnees, texte: str, champ: str, identifiant: str) -> None:
    donnees.modifier_en_homonyme(identifiant, champ, texte)


@given(
    "Claude Durand archive la formation « {identifiant} »",
    "Quelqu'un de mon organisme archive cette formation pendant que je l'ai sous les yeux.",
)
@exige_du_lieu(AUTRE_COMPTE)
def archiver_en_collegue(donnees: Donnees, identifiant: str) -> None:
    donnees.operer_en_collegue(identifiant, "archiver")


@given(
    "Claude Durand supprime la formation « {identifiant} »",
    "Quelqu'un de mon organisme supprime cette formation pendant que je l'ai sous les yeux.",
)
@exige_du_lieu(AUTRE_COMPTE)
def supprimer_en_collegue(donnees: Donnees, identifiant: str) -> None:
    donnees.operer_en_collegue(identifiant, "supprimer")
