"""« Mon organisme »: the list of habilitations that EDOF exports."""

from collections.abc import Sequence

from steps.definitions.decorateurs import given, step
from steps.donnees.besoins import HABILITATION_PUBLIEE, exige_du_lieu
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
