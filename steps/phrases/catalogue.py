"""The catalogue: what is done there, what is shown of it."""

from collections.abc import Sequence

from steps.definitions.decorateurs import step, then, when
from steps.donnees.besoins import CATALOGUE_A_SOI, exige_du_lieu
from steps.donnees.donnees import Donnees
from steps.ecrans.catalogue import EcranCatalogue
from steps.ecrans.libelles import STATUTS
from steps.gherkin.attendus import UNE_COLONNE, Table

FILTRES = ("Toutes", "Brouillons", "Validées", "Archivées")
COMPTES = Table(titres=FILTRES, lignes=1, nombres=True)

# ---------------------------------------------------------------------------------------- gestures


@step("j'ouvre le catalogue", "Ouvre le catalogue par son adresse.")
def ouvrir(ecran_catalogue: EcranCatalogue) -> None:
    ecran_catalogue.ouvrir()


@step("je recherche « {texte} »", "Recherche ce texte dans le catalogue : titre, identifiant, certification.")
def rechercher(ecran_catalogue: EcranCatalogue, texte: str) -> None:
    ecran_catalogue.rechercher(texte)


@step("je filtre par « {nom} »", "Ne garde que les formations d'un statut.", nom=FILTRES)
def filtrer(ecran_catalogue: EcranCatalogue, nom: str) -> None:
    ecran_catalogue.filtrer(nom)


@when("j'ouvre les opérations de la formation « {identifiant} »", "Ouvre le menu « Opérations » d'une carte.")
def ouvrir_les_operations(ecran_catalogue: EcranCatalogue, identifiant: str) -> None:
    ecran_catalogue.ouvrir_operations(identifiant)


@step(
    "je choisis l'opération « {operation} » de la formation « {identifiant} »",
    "Ouvre le menu « Opérations » d'une carte et y choisit une ligne.",
    operation="une ligne du menu « Opérations »",
)
def choisir_une_operation(ecran_catalogue: EcranCatalogue, operation: str, identifiant: str) -> None:
    ecran_catalogue.choisir_operation(operation, identifiant)


@when(
    "je duplique la formation « {identifiant} » sous l'identifiant « {copie} »",
    "Choisit « Dupliquer » dans le menu d'une carte, donne son identifiant à la copie qui s'ouvre, et l'enregistre.",
)
def dupliquer(ecran_catalogue: EcranCatalogue, identifiant: str, copie: str) -> None:
    ecran_catalogue.dupliquer(identifiant, copie)


@step(
    "je supprime la formation « {identifiant} »",
    "Va au catalogue, supprime un brouillon et répond oui à la question posée.",
)
def supprimer(ecran_catalogue: EcranCatalogue, identifiant: str) -> None:
    ecran_catalogue.ouvrir_et_supprimer(identifiant)


@step("j'archive la formation « {identifiant} »", "Va au catalogue et archive une formation.")
def archiver(ecran_catalogue: EcranCatalogue, identifiant: str) -> None:
    ecran_catalogue.ouvrir_et_archiver(identifiant)


@when("je feuillette tout le catalogue", "Passe de page en page, de la première à la dernière.")
@exige_du_lieu(CATALOGUE_A_SOI)
def feuilleter(ecran_catalogue: EcranCatalogue) -> None:
    ecran_catalogue.feuilleter()


# ---------------------------------------------------------------------------------------- what is shown


@then("la carte « {titre} » indique :", "La carte de ce titre dit chacune des lignes de la table.", table=UNE_COLONNE)
def voir_sur_la_carte(ecran_catalogue: EcranCatalogue, titre: str, datatable: Sequence[Sequence[str]]) -> None:
    ecran_catalogue.voir_sur_la_carte(titre, [ligne[0] for ligne in datatable])


@then(
    "la carte « {titre} » n'indique pas « {ligne} »",
    "La carte de ce titre est là, et ne dit pas cette ligne.",
    ligne="une ligne de la carte, en entier",
)
def ne_pas_voir_sur_la_carte(ecran_catalogue: EcranCatalogue, titre: str, ligne: str) -> None:
    ecran_catalogue.ne_pas_voir_sur_la_carte(titre, ligne)


@then(
    "la formation « {identifiant} » est au statut « {statut} » dans le catalogue",
    "La carte le montre, sous le filtre « Archivées » si elle l'est, et c'est aussi ce qui est enregistré.",
    statut=STATUTS,
)
def voir_le_statut(ecran_catalogue: EcranCatalogue, donnees: Donnees, identifiant: str, statut: str) -> None:
    ecran_catalogue.voir_statut(identifiant, statut)
    assert donnees.statut(identifiant) == statut


@then(
    "le catalogue ne montre pas la formation « {identifiant} »",
    "Une fois la page au repos, aucune carte affichée ne porte cet identifiant.",
)
def ne_pas_voir_la_formation(ecran_catalogue: EcranCatalogue, identifiant: str) -> None:
    ecran_catalogue.ne_pas_voir_de_carte(identifiant)


@then(
    "le clavier est sur les opérations de la formation « {identifiant} »",
    "La touche « Entrée » ouvrirait le menu « Opérations » de cette carte, qui est visible.",
)
def voir_le_clavier_sur_les_operations(ecran_catalogue: EcranCatalogue, identifiant: str) -> None:
    ecran_catalogue.voir_clavier_sur_les_operations(identifiant)


@then("la page n'a pas défilé", "La page se tient là où elle se tenait quand l'opération a été choisie, loin du haut.")
def voir_sans_saut(ecran_catalogue: EcranCatalogue) -> None:
    ecran_catalogue.voir_sans_saut()


@then(
    "la formation « {identifiant} » a pour titre « {titre} » dans le catalogue",
    "La carte de cet identifiant porte ce titre.",
)
def voir_le_titre(ecran_catalogue: EcranCatalogue, identifiant: str, titre: str) -> None:
    ecran_catalogue.voir_titre_de_carte(identifiant, titre)


@then(
    "les opérations proposées sont :",
    "Le menu ouvert propose ces opérations et aucune autre, dans cet ordre, une par ligne de la table.",
    table=UNE_COLONNE,
)
def voir_les_operations(ecran_catalogue: EcranCatalogue, datatable: Sequence[Sequence[str]]) -> None:
    ecran_catalogue.voir_operations([ligne[0] for ligne in datatable])


@then(
    "chaque opération proposée tient à l'écran",
    "Chaque ligne du menu ouvert peut être vue en entier dans la fenêtre.",
)
def voir_les_operations_a_l_ecran(ecran_catalogue: EcranCatalogue) -> None:
    ecran_catalogue.voir_operations_a_l_ecran()


@then("le catalogue affiche seulement « {titre} »", "Le catalogue ne montre que la carte de ce titre.")
@exige_du_lieu(CATALOGUE_A_SOI)
def voir_seulement(ecran_catalogue: EcranCatalogue, titre: str) -> None:
    ecran_catalogue.voir_seulement([titre])


@then(
    "le catalogue affiche, dans cet ordre :",
    "Le catalogue montre les cartes de ces titres et aucune autre, un titre par ligne de la table.",
    table=UNE_COLONNE,
)
@exige_du_lieu(CATALOGUE_A_SOI)
def voir_dans_l_ordre(ecran_catalogue: EcranCatalogue, datatable: Sequence[Sequence[str]]) -> None:
    ecran_catalogue.voir_seulement([ligne[0] for ligne in datatable])


@then("le catalogue affiche {nombre:d} formations", "Le catalogue montre autant de cartes.")
@then("le catalogue affiche {nombre:d} formation", "La même chose au singulier, pour une carte ou aucune.")
@exige_du_lieu(CATALOGUE_A_SOI)
def voir_le_nombre(ecran_catalogue: EcranCatalogue, nombre: int) -> None:
    ecran_catalogue.voir_nombre(nombre)


@then("le filtre « {nom} » est choisi", "Ce filtre, et lui seul, est marqué comme choisi.", nom=FILTRES)
def voir_le_filtre_choisi(ecran_catalogue: EcranCatalogue, nom: str) -> None:
    ecran_catalogue.voir_filtre_choisi(nom)


@then("le filtre « {nom} » compte {nombre:d} formation", "Le filtre annonce ce nombre entre parenthèses.", nom=FILTRES)
@exige_du_lieu(CATALOGUE_A_SOI)
def voir_le_compte(ecran_catalogue: EcranCatalogue, nom: str, nombre: int) -> None:
    ecran_catalogue.voir_comptes({nom: nombre})


@then(
    "les filtres comptent :",
    "Chaque filtre annonce son nombre : la table a une ligne de noms, puis une ligne de nombres.",
    table=COMPTES,
)
@exige_du_lieu(CATALOGUE_A_SOI)
def voir_les_comptes(ecran_catalogue: EcranCatalogue, datatable: Sequence[Sequence[str]]) -> None:
    ecran_catalogue.voir_comptes(dict(zip(datatable[0], map(int, datatable[1]), strict=True)))


@then(
    "j'ai vu 3 pages de {une:d}, {deux:d} et {trois:d} formations, toutes différentes",
    "Les pages feuilletées avaient ces longueurs, et aucune formation n'y est revenue deux fois.",
    une="le nombre de formations de la première page",
    deux="celui de la deuxième",
    trois="celui de la troisième",
)
@exige_du_lieu(CATALOGUE_A_SOI)
def voir_les_pages(ecran_catalogue: EcranCatalogue, une: int, deux: int, trois: int) -> None:
    ecran_catalogue.voir_pages_feuilletees([une, deux, trois])
