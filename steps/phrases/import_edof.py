"""« Importer un fichier EDOF »: the file that is chosen, and what its preview says of each object."""

from collections.abc import Sequence

from steps.definitions.decorateurs import step, then
from steps.donnees.besoins import ARBRE, exige_du_lieu
from steps.donnees.donnees import Donnees
from steps.donnees.fichier_edof import ECARTS, ecrire
from steps.ecrans.import_edof import EcranImport
from steps.gherkin.attendus import DEUX_COLONNES

NOM = "catalogue.xml"


@step(
    "je choisis le fichier EDOF de la formation « {identifiant} », intitulée « {intitule} »",
    "Un fichier de mon organisme, complet : cette formation CléA, une action « A1 » et sa session « S1 ».",
)
@exige_du_lieu(ARBRE)
def choisir(ecran_import: EcranImport, donnees: Donnees, identifiant: str, intitule: str) -> None:
    ecran_import.choisir_le_fichier(NOM, ecrire(donnees.organisme.siret, identifiant, intitule))


@step(
    "je choisis le fichier EDOF de la formation « {identifiant} », intitulée « {intitule} », avec {ecart}",
    "Le même fichier, qui s'écarte de ce qui est attendu.",
    ecart=ECARTS,
)
@exige_du_lieu(ARBRE)
def choisir_un_autre(
    ecran_import: EcranImport, donnees: Donnees, identifiant: str, intitule: str, ecart: str
) -> None:  # fmt: skip
    ecran_import.choisir_le_fichier(NOM, ecrire(donnees.organisme.siret, identifiant, intitule, ecart))


@step("j'ouvre l'adresse de l'import d'un fichier EDOF", "Va à cette page sans passer par un lien.")
def ouvrir_l_adresse(ecran_import: EcranImport) -> None:
    ecran_import.ouvrir_l_adresse()


@then(
    "l'aperçu dit :",
    "Chaque ligne de la table nomme un élément du fichier, comme l'aperçu l'écrit, puis ce qu'il devient.",
    table=DEUX_COLONNES,
)
def voir_l_apercu(ecran_import: EcranImport, datatable: Sequence[Sequence[str]]) -> None:
    ecran_import.voir_les_objets(datatable)
