"""Many objects changed at once: choosing them, reading what would change, following the job."""

from collections.abc import Sequence

from steps.definitions.decorateurs import given, step, then
from steps.donnees.besoins import ARBRE, CATALOGUE_A_SOI, ENREGISTRE, exige_du_lieu
from steps.donnees.donnees import Donnees
from steps.ecrans.taches import EcranTaches
from steps.gherkin.attendus import DES_JOURS, UNE_COLONNE

PARTIES = (
    "Ce qui va changer",
    "Ce qui ne peut pas changer",
    "Ce qui a changé",
    "Ce qui a été laissé tel quel",
    "Ce qui est revenu",
)


@given(
    "la formation « {identifiant} » a une action de {nombre:d} sessions",
    "Des brouillons, de semaine en semaine à partir du 1er mars 2027.",
)
@exige_du_lieu(ARBRE)
def avoir_des_sessions(donnees: Donnees, identifiant: str, nombre: int) -> None:
    lignes = [("A1", "Brouillon", f"S{rang + 1}", "Brouillon") for rang in range(nombre)]
    donnees.ajouter_actions(identifiant, [("action", "statut", "session", "statut de la session"), *lignes])


@step("je coche la formation « {identifiant} »", "Choisit une formation parmi celles que montre la page.")
def cocher_la_formation(ecran_taches: EcranTaches, identifiant: str) -> None:
    ecran_taches.cocher_la_formation(identifiant)


@step("je coche « {nom} »", "Choisit une action ou une session, par le début de ce qui la nomme.")
def cocher(ecran_taches: EcranTaches, nom: str) -> None:
    ecran_taches.cocher(nom)


@step(
    "je change tout ce que montre le filtre",
    "Choisit, sans rien cocher, toutes les formations que montre la page et celles qui la suivent.",
)
# In a catalogue that holds more than the formations of the scenario, it would take those too.
@exige_du_lieu(CATALOGUE_A_SOI)
def changer_tout(ecran_taches: EcranTaches) -> None:
    ecran_taches.cliquer("Changer tout ce que montre ce filtre")


@then("la formation « {identifiant} » est cochée", "Elle fait partie du choix.")
def voir_cochee(ecran_taches: EcranTaches, identifiant: str) -> None:
    ecran_taches.voir_cochee(identifiant)


@step("la tâche se termine", "Attend que la page dise d'elle-même que la tâche est terminée.")
def attendre_la_fin(ecran_taches: EcranTaches) -> None:
    ecran_taches.attendre_la_fin()


@then(
    "la liste « {partie} » compte {nombre:d} élément, dont :",
    "Cette partie de la page d'une tâche compte ce nombre, et dit chacune des lignes de la table.",
    partie=PARTIES,
    table=UNE_COLONNE,
)
@then(
    "la liste « {partie} » compte {nombre:d} éléments, dont :",
    "La même chose au pluriel.",
    partie=PARTIES,
    table=UNE_COLONNE,
)
def voir_dans(ecran_taches: EcranTaches, partie: str, nombre: int, datatable: Sequence[Sequence[str]]) -> None:
    ecran_taches.voir_dans(partie, nombre, [ligne[0] for ligne in datatable])


@then("la tâche « {titre} » est « {etat} »", "La liste des tâches le dit.", etat="un état, comme dans la liste")
def voir_tache(ecran_taches: EcranTaches, titre: str, etat: str) -> None:
    ecran_taches.voir_tache(titre, etat)


@then(
    "les sessions de « {identifiant} » commencent :",
    "Ce qui est enregistré, dans l'ordre : une date par ligne, comme 01/03/2027.",
    table=DES_JOURS,
)
@exige_du_lieu(ENREGISTRE)
def verifier_les_debuts(donnees: Donnees, identifiant: str, datatable: Sequence[Sequence[str]]) -> None:
    assert donnees.debuts(identifiant) == [ligne[0] for ligne in datatable]


@then(
    "les {nombre:d} sessions de « {identifiant} » commencent de semaine en semaine à partir du {jour}",
    "Ce qui est enregistré : chacune une semaine après celle d'avant.",
    jour="une date, comme 08/03/2027",
)
@exige_du_lieu(ENREGISTRE)
def verifier_la_suite(donnees: Donnees, nombre: int, identifiant: str, jour: str) -> None:
    donnees.verifier_la_suite(identifiant, nombre, jour)


@then("le prix de l'action « {action} » de « {identifiant} » est « {texte} »", "Ce qui est enregistré, en euros TTC.")
@exige_du_lieu(ENREGISTRE)
def verifier_le_prix(donnees: Donnees, action: str, identifiant: str, texte: str) -> None:
    assert donnees.prix(identifiant, action) == texte
