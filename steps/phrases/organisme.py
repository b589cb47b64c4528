"""« Mon organisme »: the list of habilitations that EDOF exports; what France compétences publishes."""

from collections.abc import Sequence

from steps.definitions.decorateurs import given, step
from steps.donnees.besoins import FICHE_PUBLIEE, HABILITATION_PUBLIEE, exige_du_lieu
from steps.donnees.donnees import Donnees
from steps.ecrans.organisme import COLONNES, EcranOrganisme
from steps.gherkin.attendus import Table

FICHIER = "le nom du fichier"


@step(
    "je choisis la liste d'habilitations « {fichier} » :",
    "Un fichier comme EDOF l'exporte et comme Excel l'enregistre ; les colonnes de la table sont les siennes.",
    fichier=FICHIER,
    table=Table(titres=COLONNES, exiges=("Code certification",)),
)
def choisir_la_liste(ecran_organisme: EcranOrganisme, fichier: str, datatable: Sequence[Sequence[str]]) -> None:
    ecran_organisme.choisir_la_liste(fichier, datatable)


@step(
    "je choisis le classeur « {fichier} » comme liste d'habilitations",
    "Un fichier qui n'est pas un CSV : ce qu'un tableur enregistre quand on ne lui demande rien.",
    fichier=FICHIER,
)
def choisir_un_classeur(ecran_organisme: EcranOrganisme, fichier: str) -> None:
    ecran_organisme.choisir_le_fichier(fichier, b"PK\x03\x04")


@given(
    "France compétences publie que mon organisme peut seulement évaluer pour « {code} »",
    "Le registre nomme mon organisme parmi les partenaires de cette certification, pour organiser l'évaluation.",
    code="le code complet d'une certification",
)
@exige_du_lieu(HABILITATION_PUBLIEE)
def evaluer_seulement(donnees: Donnees, code: str) -> None:
    donnees.publier_habilitation(code, "évaluer")


@given(
    "France compétences publie la certification « {code} », qui prend effet le {date}",
    "Le registre tient une fiche de plus, le temps du scénario ; son enregistrement compte à partir de ce jour.",
    code="le code complet d'une certification que le registre ne tient pas",
    date="une date en toutes lettres",
)
@exige_du_lieu(FICHE_PUBLIEE)
def prendre_effet(donnees: Donnees, code: str, date: str) -> None:
    donnees.publier_certification(code, date)


@given(
    "France compétences publie la certification « {code} », qui remplace « {ancienne} » depuis le {date}",
    "Le registre tient une fiche de plus, le temps du scénario ; elle dit elle-même ce qu'elle remplace.",
    code="le code complet d'une certification que le registre ne tient pas",
    ancienne="le code complet de celle qu'elle remplace",
    date="une date en toutes lettres",
)
@exige_du_lieu(FICHE_PUBLIEE)
def remplacer(donnees: Donnees, code: str, ancienne: str, date: str) -> None:
    donnees.publier_certification(code, date, ancienne)
