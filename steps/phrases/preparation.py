"""« Étant donné »: who I am, what my catalogue holds, what day it is."""

from collections.abc import Sequence

from pytest_bdd import given, step

from steps.donnees import TITRE_QUI_IMITE_DU_CODE, Donnees
from steps.phrase import phrase
from steps.session import Session


@step(phrase("nous sommes le {date}"))
def situer(donnees: Donnees, date: str) -> None:
    donnees.situer(date)


@given(phrase("je gère le catalogue de mon organisme"))
def gerer(session: Session) -> None:
    session.commencer("gestionnaire_catalogue")


@given(phrase("je lis le catalogue de mon organisme"))
def lire(session: Session) -> None:
    session.commencer("lecteur")


@given(phrase("j'administre le compte de mon organisme"))
def administrer(session: Session) -> None:
    session.commencer("gestionnaire_edof")


@given(phrase("je ne suis pas connecté"))
def rester_dehors(session: Session) -> None:
    session.fermer()


@given(phrase("j'ai un compte avec le mot de passe « {mot_de_passe} »"))
def avoir_un_compte(donnees: Donnees, mot_de_passe: str) -> None:
    donnees.creer_personne("gestionnaire_catalogue", mot_de_passe)


@given(phrase("je suis connecté"))
def etre_connecte(session: Session) -> None:
    session.ouvrir()


@given(phrase("je deviens lecteur du catalogue"))
def devenir_lecteur(session: Session) -> None:
    session.devenir_lecteur()


@given(phrase("ma session expire"))
def expirer(donnees: Donnees) -> None:
    donnees.expirer_session()


@step(phrase("je me reconnecte dans un autre onglet"))
def se_reconnecter(session: Session) -> None:
    session.ouvrir()


@given(phrase("mon catalogue contient la formation « {identifiant} »"))
def contenir(donnees: Donnees, identifiant: str) -> None:
    donnees.ajouter(identifiant)


@given(phrase("mon catalogue contient la formation « {identifiant} » au statut « {statut} »"))
def contenir_au_statut(donnees: Donnees, identifiant: str, statut: str) -> None:
    donnees.ajouter(identifiant, statut)


@given(phrase("mon catalogue contient le brouillon complet « {identifiant} »"))
def contenir_complet(donnees: Donnees, identifiant: str) -> None:
    donnees.ajouter_complet(identifiant)


@given(phrase("mon catalogue contient le brouillon complet « {identifiant} » sur la certification « {code} »"))
def contenir_complet_sur(donnees: Donnees, identifiant: str, code: str) -> None:
    donnees.ajouter_complet(identifiant, certification=code)


@given(phrase("mon catalogue contient le brouillon « {identifiant} », complet sauf « {champ} »"))
def contenir_complet_sauf(donnees: Donnees, identifiant: str, champ: str) -> None:
    donnees.ajouter_complet(identifiant, sauf=champ)


@given(phrase("mon catalogue contient les formations :"))
def contenir_tableau(donnees: Donnees, datatable: Sequence[Sequence[str]]) -> None:
    donnees.ajouter_tableau(datatable)


@given(phrase("mon catalogue contient {nombre:d} formations"))
def contenir_plusieurs(donnees: Donnees, nombre: int) -> None:
    donnees.ajouter_plusieurs(nombre)


@given(phrase("mon catalogue contient une formation dont le titre imite du code"))
def contenir_du_code(donnees: Donnees) -> None:
    donnees.ajouter("Clea_Code", intitule=TITRE_QUI_IMITE_DU_CODE)


@given(phrase("mon catalogue contient une formation dont le titre compte {nombre:d} lettres sans espace"))
def contenir_un_titre_long(donnees: Donnees, nombre: int) -> None:
    donnees.ajouter("Clea_Long", intitule="a" * nombre)


@given(phrase("l'organisme « {voisin} » a la formation « {identifiant} » dans son catalogue"))
def contenir_chez(donnees: Donnees, voisin: str, identifiant: str) -> None:
    donnees.ajouter_chez(voisin, identifiant)


@given(phrase("Claude Durand enregistre « {texte} » dans « {champ} » de « {identifiant} »"))
def modifier_en_collegue(donnees: Donnees, texte: str, champ: str, identifiant: str) -> None:
    donnees.modifier_en_collegue(identifiant, champ, texte)
