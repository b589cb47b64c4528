"""What a person does on any screen: neutral gestures, said the same way after « Étant donné » and after « Quand »."""

from pytest_bdd import step, when

from steps.ecrans.page import EcranPage
from steps.ecrans.pages import Pages
from steps.pannes import Pannes
from steps.phrase import phrase


@step(phrase("je suis sur la page « {titre} »"))
def aller(pages: Pages, titre: str) -> None:
    pages.ouvrir(titre)


@step(phrase("je clique sur « {nom} »"))
def cliquer(ecran: EcranPage, nom: str) -> None:
    ecran.cliquer(nom)


@when(phrase("je clique sur « {nom} » dans le menu"))
def cliquer_dans_le_menu(ecran: EcranPage, nom: str) -> None:
    ecran.cliquer_dans_le_menu(nom)


@when(phrase("je double-clique sur « {nom} »"))
def double_cliquer(ecran: EcranPage, nom: str) -> None:
    ecran.double_cliquer(nom)


@when(phrase("j'insiste sur le bouton inactif « {nom} »"))
def insister(ecran: EcranPage, nom: str) -> None:
    ecran.insister(nom)


@step(phrase("je sélectionne « {nom} »"))
def selectionner(ecran: EcranPage, nom: str) -> None:
    ecran.selectionner(nom)


@step(phrase("je sélectionne « {option} » dans la liste « {champ} »"))
def choisir(ecran: EcranPage, option: str, champ: str) -> None:
    ecran.choisir(option, champ)


@step(phrase("je saisis « {texte} » dans le champ « {champ} »"))
def saisir(ecran: EcranPage, texte: str, champ: str) -> None:
    ecran.saisir(texte, champ)


@step(phrase("je saisis dans le champ « {champ} » :"))
def saisir_un_texte(ecran: EcranPage, champ: str, docstring: str) -> None:
    ecran.saisir(docstring, champ)


@step(phrase("je vide le champ « {champ} »"))
def vider(ecran: EcranPage, champ: str) -> None:
    ecran.vider(champ)


@step(phrase("j'appuie sur la touche « {touche} »"))
def appuyer(ecran: EcranPage, touche: str) -> None:
    ecran.pilote.appuyer(touche)


@when(phrase("je recharge la page"))
def recharger(ecran: EcranPage) -> None:
    ecran.pilote.recharger()


@step(phrase("j'ouvre un deuxième onglet"))
def ouvrir_un_onglet(ecran: EcranPage) -> None:
    ecran.pilote.ouvrir_un_onglet()


@step(phrase("je reviens au premier onglet"))
def revenir_au_premier_onglet(ecran: EcranPage) -> None:
    ecran.pilote.revenir_a_l_onglet(1)


@step(phrase("survient la panne « {panne} »"))
def tomber_en_panne(pannes: Pannes, panne: str) -> None:
    pannes.commencer(panne)


@step(phrase("la panne prend fin"))
def reparer(pannes: Pannes) -> None:
    pannes.finir()
