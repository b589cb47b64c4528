"""The tree of a formation: what it holds, opening an action, what is shown of it."""

from collections.abc import Sequence

from steps.definitions.decorateurs import given, step, then
from steps.donnees.besoins import ARBRE, exige_du_lieu
from steps.donnees.donnees import Donnees
from steps.ecrans.arbre import EcranArbre
from steps.ecrans.libelles import STATUTS
from steps.gherkin.attendus import UNE_COLONNE, Table
from steps.gherkin.dates import lire_jour

ACTIONS = Table(
    titres=("action", "statut", "session", "statut de la session"),
    ordre=True,
    valeurs={"statut": tuple(STATUTS), "statut de la session": ("", *STATUTS)},
)


@given(
    "la formation « {identifiant} » a les actions :",
    "Une table aux colonnes « action », « statut », « session » et « statut de la session ». "
    "Les sessions se suivent de semaine en semaine à partir du 1er mars 2027.",
    table=ACTIONS,
)
@exige_du_lieu(ARBRE)
def avoir_des_actions(donnees: Donnees, identifiant: str, datatable: Sequence[Sequence[str]]) -> None:
    donnees.ajouter_actions(identifiant, datatable)


@given(
    "la formation « {identifiant} » a les actions, à partir du {jour} :",
    "La même table ; la première session de chaque action commence ce jour-là, et dure cinq jours.",
    jour="une date, comme 08/03/2027",
    table=ACTIONS,
)
@exige_du_lieu(ARBRE)
def avoir_des_actions_a_partir(
    donnees: Donnees, identifiant: str, jour: str, datatable: Sequence[Sequence[str]]
) -> None:
    donnees.ajouter_actions(identifiant, datatable, lire_jour(jour))


@step("je déplie l'action « {action} »", "Ouvre une action de la formation affichée, pour voir ses sessions.")
def deplier(ecran_arbre: EcranArbre, action: str) -> None:
    ecran_arbre.deplier(action)


@step("je clique sur le lien « {lien} » de l'action « {action} »", "Ouvre une action, et suit un lien qui s'y trouve.")
def suivre_le_lien(ecran_arbre: EcranArbre, lien: str, action: str) -> None:
    ecran_arbre.suivre_le_lien(action, lien)


@then("l'action « {action} » indique :", "La ligne d'une action dit chacune des lignes de la table.", table=UNE_COLONNE)
def voir_sur_l_action(ecran_arbre: EcranArbre, action: str, datatable: Sequence[Sequence[str]]) -> None:
    ecran_arbre.voir_sur_l_action(action, [ligne[0] for ligne in datatable])


@then(
    "l'action « {action} » montre les sessions :",
    "Dépliée, l'action montre ces sessions et aucune autre, dans cet ordre.",
    table=UNE_COLONNE,
)
def voir_sessions(ecran_arbre: EcranArbre, action: str, datatable: Sequence[Sequence[str]]) -> None:
    ecran_arbre.voir_sessions(action, [ligne[0] for ligne in datatable])


@then(
    "le récapitulatif indique :",
    "Avant « Valider », le récapitulatif d'une action dit chacune des lignes de la table : où en est un groupe, ou ce "
    "qui y est saisi.",
    table=UNE_COLONNE,
)
def voir_recapitulatif(ecran_arbre: EcranArbre, datatable: Sequence[Sequence[str]]) -> None:
    ecran_arbre.voir_recapitulatif([ligne[0] for ligne in datatable])
