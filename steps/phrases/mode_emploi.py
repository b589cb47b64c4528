"""« Mode d'emploi »: the guides, the phrase book, the trial of a scenario."""

from steps.definitions.decorateurs import then, when
from steps.ecrans.mode_emploi import EcranModeEmploi


@when("je cherche « {texte} » parmi les phrases", "Recherche des mots dans « Les phrases des scénarios ».")
def chercher_une_phrase(ecran_mode_emploi: EcranModeEmploi, texte: str) -> None:
    ecran_mode_emploi.chercher_une_phrase(texte)


@then(
    "les étapes {premiere:d} à {derniere:d} sont présentées dans l'ordre",
    "Le guide montre ces étapes et aucune autre, chacune une fois.",
    premiere="le numéro de la première étape",
    derniere="le numéro de la dernière étape",
)
def voir_les_etapes(ecran_mode_emploi: EcranModeEmploi, premiere: int, derniere: int) -> None:
    ecran_mode_emploi.voir_etapes(premiere, derniere)


@then(
    "l'étape {numero:d} est signalée comme reconstituée",
    "Le guide dit que cette étape manque dans la copie de la fiche pratique.",
)
def voir_reconstituee(ecran_mode_emploi: EcranModeEmploi, numero: int) -> None:
    ecran_mode_emploi.voir_reconstituee(numero)


@then(
    "l'étape {numero:d} n'est pas signalée comme reconstituée",
    "Le guide montre cette étape sans rien en dire de tel.",
)
def ne_pas_voir_reconstituee(ecran_mode_emploi: EcranModeEmploi, numero: int) -> None:
    ecran_mode_emploi.ne_pas_voir_reconstituee(numero)
