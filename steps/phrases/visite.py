"""The guided tours: « Montre-moi », and somebody who knows only what they show."""

from steps.definitions.decorateurs import step, then, when
from steps.ecrans.visite import EcranVisite

DEMANDE = "ce que demande la visite, en entier"


@step(
    "je commence la visite « {guide} »",
    "Ouvre « Mode d'emploi » et clique sur le « Montre-moi » de ce guide.",
    guide="le titre d'un guide",
)
def commencer(ecran_visite: EcranVisite, guide: str) -> None:
    ecran_visite.commencer(guide)


@when(
    "je suis la visite jusqu'au bout",
    "Fait ce que la visite demande, sur ce qu'elle éclaire, avec ses exemples, sans rien savoir d'autre.",
)
def suivre(ecran_visite: EcranVisite) -> None:
    ecran_visite.suivre()


@step("je suis la visite jusqu'à « {demande} »", "La même chose, jusqu'à ce qu'elle demande cela.", demande=DEMANDE)
def suivre_jusqu_a(ecran_visite: EcranVisite, demande: str) -> None:
    ecran_visite.suivre(demande)


@step("dans la visite, je clique sur « {nom} »", "Clique sur un bouton de l'encadré de la visite.")
def presser(ecran_visite: EcranVisite, nom: str) -> None:
    ecran_visite.presser(nom)


@then("la visite demande « {demande} »", "L'encadré de la visite demande exactement ce geste.", demande=DEMANDE)
def voir_la_demande(ecran_visite: EcranVisite, demande: str) -> None:
    ecran_visite.voir_demande(demande)


@then(
    "la visite donne en exemple « {exemple} »",
    "L'encadré montre cette valeur comme un exemple.",
    exemple="ce que le guide écrit à cet endroit",
)
def voir_l_exemple(ecran_visite: EcranVisite, exemple: str) -> None:
    ecran_visite.voir_exemple(exemple)


@then("la visite éclaire « {nom} »", "Ce qui est éclairé à l'écran porte ce nom, et l'encadré ne le couvre pas.")
def voir_l_element(ecran_visite: EcranVisite, nom: str) -> None:
    ecran_visite.voir_eclaire(nom)


@then("la visite dit « {texte} »", "L'encadré dit cela de l'endroit où l'on en est.")
def voir_l_etat(ecran_visite: EcranVisite, texte: str) -> None:
    ecran_visite.voir_etat(texte)


@then("la visite est finie", "L'encadré dit que la visite est finie.")
def voir_la_fin(ecran_visite: EcranVisite) -> None:
    ecran_visite.voir_finie()


@then("aucune visite n'est en cours", "Aucun encadré de visite n'est à l'écran.")
def ne_voir_aucune_visite(ecran_visite: EcranVisite) -> None:
    ecran_visite.ne_voir_aucune_visite()
