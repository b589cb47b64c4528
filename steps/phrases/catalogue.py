"""The catalogue: what is shown of it, and what is stored."""

from collections.abc import Sequence

from pytest_bdd import step, then, when

from steps.donnees import Donnees
from steps.ecrans.catalogue import EcranCatalogue
from steps.phrase import phrase

# ---------------------------------------------------------------------------------------- gestures


@step(phrase("j'ouvre le catalogue"))
def ouvrir(ecran_catalogue: EcranCatalogue) -> None:
    ecran_catalogue.ouvrir()


@step(phrase("je recherche « {texte} »"))
def rechercher(ecran_catalogue: EcranCatalogue, texte: str) -> None:
    ecran_catalogue.rechercher(texte)


@step(phrase("je filtre par « {nom} »"))
def filtrer(ecran_catalogue: EcranCatalogue, nom: str) -> None:
    ecran_catalogue.filtrer(nom)


@when(phrase("j'ouvre les opérations de la formation « {identifiant} »"))
def ouvrir_les_operations(ecran_catalogue: EcranCatalogue, identifiant: str) -> None:
    ecran_catalogue.ouvrir_operations(identifiant)


@step(phrase("je choisis l'opération « {operation} » de la formation « {identifiant} »"))
def choisir_une_operation(ecran_catalogue: EcranCatalogue, operation: str, identifiant: str) -> None:
    ecran_catalogue.choisir_operation(operation, identifiant)


@when(phrase("je duplique la formation « {identifiant} » sous l'identifiant « {copie} »"))
def dupliquer(ecran_catalogue: EcranCatalogue, identifiant: str, copie: str) -> None:
    ecran_catalogue.dupliquer(identifiant, copie)


@step(phrase("je supprime la formation « {identifiant} »"))
def supprimer(ecran_catalogue: EcranCatalogue, identifiant: str) -> None:
    ecran_catalogue.ouvrir_et_supprimer(identifiant)


@step(phrase("j'archive la formation « {identifiant} »"))
def archiver(ecran_catalogue: EcranCatalogue, identifiant: str) -> None:
    ecran_catalogue.ouvrir_et_archiver(identifiant)


@when(phrase("je feuillette tout le catalogue"))
def feuilleter(ecran_catalogue: EcranCatalogue) -> None:
    ecran_catalogue.feuilleter()


# ---------------------------------------------------------------------------------------- what is shown


@then(phrase("la carte « {titre} » indique :"))
def voir_sur_la_carte(ecran_catalogue: EcranCatalogue, titre: str, datatable: Sequence[Sequence[str]]) -> None:
    ecran_catalogue.voir_sur_la_carte(titre, [ligne[0] for ligne in datatable])


@then(phrase("la carte « {titre} » n'indique pas « {ligne} »"))
def ne_pas_voir_sur_la_carte(ecran_catalogue: EcranCatalogue, titre: str, ligne: str) -> None:
    ecran_catalogue.ne_pas_voir_sur_la_carte(titre, ligne)


@then(phrase("la formation « {identifiant} » est au statut « {statut} » dans le catalogue"))
def voir_le_statut(ecran_catalogue: EcranCatalogue, donnees: Donnees, identifiant: str, statut: str) -> None:
    ecran_catalogue.voir_statut(identifiant, statut)
    assert donnees.statut(identifiant) == statut


@then(phrase("la formation « {identifiant} » a pour titre « {titre} » dans le catalogue"))
def voir_le_titre(ecran_catalogue: EcranCatalogue, identifiant: str, titre: str) -> None:
    ecran_catalogue.voir_titre_de_carte(identifiant, titre)


@then(phrase("les opérations proposées sont :"))
def voir_les_operations(ecran_catalogue: EcranCatalogue, datatable: Sequence[Sequence[str]]) -> None:
    ecran_catalogue.voir_operations([ligne[0] for ligne in datatable])


@then(phrase("chaque opération proposée tient à l'écran"))
def voir_les_operations_a_l_ecran(ecran_catalogue: EcranCatalogue) -> None:
    ecran_catalogue.voir_operations_a_l_ecran()


@then(phrase("le catalogue affiche seulement « {titre} »"))
def voir_seulement(ecran_catalogue: EcranCatalogue, titre: str) -> None:
    ecran_catalogue.voir_seulement([titre])


@then(phrase("le catalogue affiche, dans cet ordre :"))
def voir_dans_l_ordre(ecran_catalogue: EcranCatalogue, datatable: Sequence[Sequence[str]]) -> None:
    ecran_catalogue.voir_seulement([ligne[0] for ligne in datatable])


@then(phrase("le catalogue affiche {nombre:d} formations"))
@then(phrase("le catalogue affiche {nombre:d} formation"))
def voir_le_nombre(ecran_catalogue: EcranCatalogue, nombre: int) -> None:
    ecran_catalogue.voir_nombre(nombre)


@then(phrase("le filtre « {nom} » est choisi"))
def voir_le_filtre_choisi(ecran_catalogue: EcranCatalogue, nom: str) -> None:
    ecran_catalogue.voir_filtre_choisi(nom)


@then(phrase("le filtre « {nom} » compte {nombre:d} formation"))
def voir_le_compte(ecran_catalogue: EcranCatalogue, nom: str, nombre: int) -> None:
    ecran_catalogue.voir_comptes({nom: nombre})


@then(phrase("les filtres comptent :"))
def voir_les_comptes(ecran_catalogue: EcranCatalogue, datatable: Sequence[Sequence[str]]) -> None:
    ecran_catalogue.voir_comptes(dict(zip(datatable[0], map(int, datatable[1]), strict=True)))


@then(phrase("j'ai vu 3 pages de {une:d}, {deux:d} et {trois:d} formations, toutes différentes"))
def voir_les_pages(ecran_catalogue: EcranCatalogue, une: int, deux: int, trois: int) -> None:
    ecran_catalogue.voir_pages_feuilletees([une, deux, trois])


# ---------------------------------------------------------------------------------------- what is stored


@then(phrase("mon catalogue est vide"))
def verifier_vide(donnees: Donnees) -> None:
    assert donnees.nombre() == 0


@then(phrase("mon catalogue contient {nombre:d} formation"))
def verifier_le_nombre(donnees: Donnees, nombre: int) -> None:
    assert donnees.nombre() == nombre


@then(phrase("le catalogue de « {voisin} » contient {nombre:d} formation"))
def verifier_le_nombre_chez(donnees: Donnees, voisin: str, nombre: int) -> None:
    assert donnees.nombre(voisin) == nombre


@then(phrase("la formation « {identifiant} » reste au statut « {statut} »"))
def verifier_le_statut(donnees: Donnees, identifiant: str, statut: str) -> None:
    assert donnees.statut(identifiant) == statut


@then(phrase("la formation « {identifiant} » n'a pas changé"))
def verifier_inchangee(donnees: Donnees, identifiant: str) -> None:
    donnees.verifier_inchangee(identifiant)


@then(phrase("« {champ} » de « {identifiant} » est « {texte} »"))
def verifier_le_texte(donnees: Donnees, champ: str, identifiant: str, texte: str) -> None:
    assert donnees.texte(identifiant, champ) == texte


@then(phrase("« {champ} » de « {identifiant} » compte {nombre:d} caractères"))
def verifier_la_longueur(donnees: Donnees, champ: str, identifiant: str, nombre: int) -> None:
    assert len(donnees.texte(identifiant, champ)) == nombre


@then(phrase("la formation « {copie} » reprend les textes de la formation « {original} »"))
def verifier_la_copie(donnees: Donnees, copie: str, original: str) -> None:
    donnees.verifier_copie(copie, original)
