"""What is stored, whatever the screen shows: read back through the test door."""

from steps.definitions.decorateurs import step, then
from steps.donnees.besoins import AUTRE_ORGANISME, CATALOGUE_A_SOI, ENREGISTRE, exige_du_lieu
from steps.donnees.donnees import Donnees
from steps.ecrans.libelles import CHAMPS, STATUTS


@step("mon catalogue est vide", "Aucune formation n'est enregistrée pour mon organisme, quoi que montre l'écran.")
@exige_du_lieu(CATALOGUE_A_SOI)
def verifier_vide(donnees: Donnees) -> None:
    assert donnees.nombre() == 0


@then(
    "mon catalogue contient {nombre:d} formation",
    "Le nombre de formations enregistrées pour mon organisme, quoi que montre l'écran.",
)
@exige_du_lieu(CATALOGUE_A_SOI)
def verifier_le_nombre(donnees: Donnees, nombre: int) -> None:
    assert donnees.nombre() == nombre


@then(
    "le catalogue de « {voisin} » contient {nombre:d} formation",
    "Le nombre de formations enregistrées pour un autre organisme.",
)
@exige_du_lieu(AUTRE_ORGANISME)
def verifier_le_nombre_chez(donnees: Donnees, voisin: str, nombre: int) -> None:
    assert donnees.nombre(voisin) == nombre


@then(
    "la formation « {identifiant} » est enregistrée au statut « {statut} »",
    "Le statut enregistré est celui-ci, quoi que montre l'écran.",
    statut=STATUTS,
)
def verifier_le_statut(donnees: Donnees, identifiant: str, statut: str) -> None:
    assert donnees.statut(identifiant) == statut


@then(
    "la formation « {identifiant} » n'a pas changé",
    "Ce qui est enregistré est exactement ce dont le scénario est parti.",
)
@exige_du_lieu(ENREGISTRE)
def verifier_inchangee(donnees: Donnees, identifiant: str) -> None:
    donnees.verifier_inchangee(identifiant)


@then(
    "« {champ} » de « {identifiant} » est « {texte} »",
    "Le texte enregistré pour ce champ est celui-ci, signe pour signe.",
    champ=CHAMPS,
)
@exige_du_lieu(ENREGISTRE)
def verifier_le_texte(donnees: Donnees, champ: str, identifiant: str, texte: str) -> None:
    assert donnees.texte(identifiant, champ) == texte


@then(
    "« {champ} » de « {identifiant} » compte {nombre:d} caractères",
    "Le texte enregistré pour ce champ a cette longueur.",
    champ=CHAMPS,
)
@exige_du_lieu(ENREGISTRE)
def verifier_la_longueur(donnees: Donnees, champ: str, identifiant: str, nombre: int) -> None:
    assert len(donnees.texte(identifiant, champ)) == nombre


@then(
    "la formation « {copie} » reprend les textes de la formation « {original} »",
    "Tout ce qui est enregistré est le même pour les deux, sauf l'identifiant et le titre, qui finit par « (copie) ».",
    original="l'identifiant de la formation dupliquée",
)
@exige_du_lieu(ENREGISTRE)
def verifier_la_copie(donnees: Donnees, copie: str, original: str) -> None:
    donnees.verifier_copie(copie, original)
