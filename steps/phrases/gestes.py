"""What a person does on any screen: neutral gestures, said the same way after « Étant donné » and after « Quand »."""

from steps.definitions.decorateurs import step, when
from steps.ecrans.page import EcranPage
from steps.ecrans.pages import ADRESSES, Pages
from steps.navigateur.pannes import Pannes
from steps.navigateur.pilote import TOUCHES

PANNES = (
    "réseau coupé",
    "connexion interrompue",
    "erreur du serveur",
    "réponse d'un relais",
    "réponse perdue après l'enregistrement",
)


@step(
    "je suis sur la page « {titre} »",
    "Ouvre cette page par son adresse et vérifie que son titre est le bon.",
    titre=ADRESSES,
)
@step("j'ouvre la page « {titre} »", "La même chose, dite comme un geste.", titre=ADRESSES)
def aller(pages: Pages, titre: str) -> None:
    pages.ouvrir(titre)


@step("je clique sur « {nom} »", "Clique sur le bouton ou le lien qui porte exactement ce libellé.")
def cliquer(ecran: EcranPage, nom: str) -> None:
    ecran.cliquer(nom)


@step("je déplie « {titre} »", "Ouvre ce qui est replié sous ce titre.")
def ouvrir_le_repli(ecran: EcranPage, titre: str) -> None:
    ecran.ouvrir_le_repli(titre)


@when("je clique sur « {nom} » dans le menu", "Clique sur un lien du menu principal, en haut de la page.")
def cliquer_dans_le_menu(ecran: EcranPage, nom: str) -> None:
    ecran.cliquer_dans_le_menu(nom)


@when("je double-clique sur « {nom} »", "Clique deux fois de suite sur un bouton, comme par mégarde.")
def double_cliquer(ecran: EcranPage, nom: str) -> None:
    ecran.double_cliquer(nom)


@when("j'insiste sur le bouton inactif « {nom} »", "Clique sur un bouton alors qu'il est inactif.")
def insister(ecran: EcranPage, nom: str) -> None:
    ecran.insister(nom)


@step("je sélectionne « {nom} »", "Coche le choix qui porte ce libellé.")
def selectionner(ecran: EcranPage, nom: str) -> None:
    ecran.selectionner(nom)


@step("je sélectionne « {option} » dans la liste « {champ} »", "Choisit une ligne d'une liste déroulante.")
def choisir(ecran: EcranPage, option: str, champ: str) -> None:
    ecran.choisir(option, champ)


@step("je saisis « {texte} » dans le champ « {champ} »", "Remplace ce que contient le champ par ce texte.")
def saisir(ecran: EcranPage, texte: str, champ: str) -> None:
    ecran.saisir(texte, champ)


@step(
    "je saisis dans le champ « {champ} » :",
    "Remplace ce que contient le champ par le texte écrit sous l'étape, sur plusieurs lignes s'il le faut.",
)
def saisir_un_texte(ecran: EcranPage, champ: str, docstring: str) -> None:
    ecran.saisir(docstring, champ)


@step(
    "je remplace « {avant} » par « {apres} » dans le champ « {champ} »",
    "Change ces mots partout où le champ les contient, et laisse le reste ; il doit les contenir.",
    avant="les mots à changer",
    apres="ce qui les remplace ; rien pour les retirer",
)
def remplacer(ecran: EcranPage, avant: str, apres: str, champ: str) -> None:
    ecran.remplacer(avant, apres, champ)


@step(
    "je vide le champ « {champ} »",
    "Efface le contenu d'un champ, ou revient à la première ligne d'une liste, celle qui ne choisit rien.",
)
def vider(ecran: EcranPage, champ: str) -> None:
    ecran.vider(champ)


@step("j'appuie sur la touche « {touche} »", "Appuie sur une touche du clavier.", touche=TOUCHES)
def appuyer(ecran: EcranPage, touche: str) -> None:
    ecran.pilote.appuyer(touche)


@step("je recharge la page", "Recharge la page, comme avec le bouton du navigateur.")
def recharger(ecran: EcranPage) -> None:
    ecran.pilote.recharger()


@step("je reviens à la page précédente", "Revient à la page d'avant, comme avec le bouton du navigateur.")
def reculer(ecran: EcranPage) -> None:
    ecran.pilote.reculer()


@step("j'avance à la page suivante", "Va à la page d'où je suis revenu, comme avec le bouton du navigateur.")
def avancer(ecran: EcranPage) -> None:
    ecran.pilote.avancer()


@step("j'ouvre un deuxième onglet", "Ouvre un onglet dans le même navigateur, avec la même session, et le regarde.")
def ouvrir_un_onglet(ecran: EcranPage) -> None:
    ecran.pilote.ouvrir_un_onglet()


@step("je reviens au premier onglet", "Regarde de nouveau le premier onglet, dans l'état où il était resté.")
def revenir_au_premier_onglet(ecran: EcranPage) -> None:
    ecran.pilote.revenir_a_l_onglet(1)


@step(
    "survient la panne « {panne} »",
    "À partir d'ici, tout échange avec le serveur rencontre cette panne.",
    panne=PANNES,
)
def tomber_en_panne(pannes: Pannes, panne: str) -> None:
    pannes.commencer(panne)


@step("la panne prend fin", "Le serveur répond de nouveau comme d'habitude.")
def reparer(pannes: Pannes) -> None:
    pannes.finir()
