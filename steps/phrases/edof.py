"""The portal's file: what goes out, the file that is downloaded, what will change, what the portal answers."""

from collections.abc import Sequence

from steps.definitions.decorateurs import step, then
from steps.donnees.besoins import CATALOGUE_A_SOI, exige_du_lieu
from steps.donnees.lecture_edof import FichierEdof
from steps.ecrans.edof import EcranEdof
from steps.gherkin.attendus import UNE_COLONNE

PARTIES = ("Ce qui reste hors du fichier", "Ce qui reste hors d'une formation qui sort")
NUMERO = "un identifiant, comme dans le fichier"
NOM = "le nom d'un élément ou d'une information complémentaire"


@step(
    "je fais le fichier EDOF de mon catalogue",
    "Ouvre « Fichier EDOF », regarde ce qui sortira, accepte les remplacements proposés et attend le fichier.",
)
@exige_du_lieu(CATALOGUE_A_SOI)
def faire_le_fichier(ecran_edof: EcranEdof) -> None:
    ecran_edof.faire_le_fichier()


@step("je demande à voir ce qui sortira", "Demande l'aperçu d'un export et attend qu'il soit prêt.")
def voir_ce_qui_sortira(ecran_edof: EcranEdof) -> None:
    ecran_edof.cliquer("Voir ce qui sortira")
    ecran_edof.attendre_l_apercu()


@step("je télécharge le fichier EDOF", "Prend le fichier que la page offre ; les constats qui suivent le lisent.")
def telecharger(ecran_edof: EcranEdof, telecharges: list[bytes]) -> None:
    telecharges.append(ecran_edof.telecharger())


@then(
    "le fichier téléchargé contient, dans cet ordre :",
    "Une formation par ligne de la table, par son identifiant.",
    table=UNE_COLONNE,
)
def verifier_les_formations(telecharges: list[bytes], datatable: Sequence[Sequence[str]]) -> None:
    assert FichierEdof(telecharges[-1]).formations() == [ligne[0] for ligne in datatable]


@then(
    "le fichier téléchargé est en ISO-8859-1, sans référence numérique",
    "Du premier octet au dernier : sa déclaration le dit, et aucun octet ne dit autre chose.",
)
def verifier_l_encodage(telecharges: list[bytes]) -> None:
    FichierEdof(telecharges[-1]).exiger_l_encodage()


@then(
    "dans le fichier téléchargé, « {nom} » de « {numero} » est « {texte} »",
    "Le texte du premier élément, ou de la première information complémentaire, de ce nom.",
    nom=NOM, numero=NUMERO,
)  # fmt: skip
def verifier_un_texte(telecharges: list[bytes], nom: str, numero: str, texte: str) -> None:
    assert FichierEdof(telecharges[-1]).texte(numero, nom) == texte


@then(
    "dans le fichier téléchargé, « {nom} » de « {numero} » contient, dans cet ordre :",
    "Ce que contient le premier élément de ce nom : un nom par ligne de la table.",
    nom=NOM, numero=NUMERO, table=UNE_COLONNE,
)  # fmt: skip
def verifier_un_contenu(
    telecharges: list[bytes], nom: str, numero: str, datatable: Sequence[Sequence[str]]
) -> None:  # fmt: skip
    assert FichierEdof(telecharges[-1]).contenu(numero, nom) == [ligne[0] for ligne in datatable]


@then(
    "dans le fichier téléchargé, les informations complémentaires de l'action de « {numero} » sont :",
    "Leurs noms, dans l'ordre, un par ligne de la table.",
    numero=NUMERO,
    table=UNE_COLONNE,
)
def verifier_les_extras(telecharges: list[bytes], numero: str, datatable: Sequence[Sequence[str]]) -> None:
    assert FichierEdof(telecharges[-1]).extras(numero) == [ligne[0] for ligne in datatable]


@then(
    "dans le fichier téléchargé, « {numero} » est datée du {jour}",
    "La date de dernière modification de la formation, comme 12/03/2019.",
    numero=NUMERO, jour="une date, comme 12/03/2019",
)  # fmt: skip
def verifier_la_date(telecharges: list[bytes], numero: str, jour: str) -> None:
    assert FichierEdof(telecharges[-1]).date(numero) == "".join(reversed(jour.split("/")))


@then("les deux fichiers téléchargés sont les mêmes, octet pour octet", "Les deux derniers.")
def verifier_les_memes(telecharges: list[bytes]) -> None:
    assert len(telecharges) > 1
    assert telecharges[-1] == telecharges[-2]


@then(
    "la liste « {partie} » nomme :",
    "Cette partie de la page d'un export dit chacune des lignes de la table : une formation, ou une raison.",
    partie=PARTIES,
    table=UNE_COLONNE,
)
def voir_hors(ecran_edof: EcranEdof, partie: str, datatable: Sequence[Sequence[str]]) -> None:
    ecran_edof.voir_hors(partie, [ligne[0] for ligne in datatable])


@then(
    "le caractère « {signe} » est montré une fois, remplacé par « {par} »",
    "Avant que le fichier soit fait, ou dans son compte-rendu.",
    signe="un caractère", par="ce qui en tient lieu",
)  # fmt: skip
def voir_le_signe(ecran_edof: EcranEdof, signe: str, par: str) -> None:
    ecran_edof.voir_le_signe(signe, par)


@then(
    "ce qui changera sur EDOF pour « {identifiant} » comprend :",
    "La page « Ce qui changera sur EDOF » dit, sous cette formation, chacune des lignes de la table.",
    table=UNE_COLONNE,
)
def voir_ce_qui_changera(ecran_edof: EcranEdof, identifiant: str, datatable: Sequence[Sequence[str]]) -> None:
    ecran_edof.voir_ce_qui_changera(identifiant, [ligne[0] for ligne in datatable])


@then(
    "le code « {code} » mène au champ « {champ} »",
    "Le lien qui accompagne ce code du portail, ouvert dans un onglet à part, arrive à ce champ.",
    code="un code du compte-rendu d'intégration",
)
def mener_au_champ(ecran_edof: EcranEdof, code: str, champ: str) -> None:
    ecran_edof.mener_au_champ(code, champ)
