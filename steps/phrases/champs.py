"""What a person sees of the fields, the lists and the choices of any screen."""

from collections.abc import Sequence

from steps.definitions.decorateurs import then
from steps.ecrans.page import EcranPage
from steps.gherkin.attendus import DEUX_COLONNES, UNE_COLONNE


@then(
    "« {groupe} » propose, dans cet ordre :",
    "La question propose ces réponses et aucune autre, une par ligne de la table.",
    table=UNE_COLONNE,
)
def voir_les_choix(ecran: EcranPage, groupe: str, datatable: Sequence[Sequence[str]]) -> None:
    ecran.voir_choix(groupe, [ligne[0] for ligne in datatable])


@then("« {groupe} » propose « {nom} »", "La question propose cette réponse, parmi d'autres peut-être.")
def voir_un_choix(ecran: EcranPage, groupe: str, nom: str) -> None:
    ecran.voir_un_choix(groupe, nom)


@then("« {groupe} » ne propose pas « {nom} »", "La question est posée, et cette réponse n'en fait pas partie.")
def ne_pas_voir_un_choix(ecran: EcranPage, groupe: str, nom: str) -> None:
    ecran.ne_pas_voir_un_choix(groupe, nom)


@then("« {nom} » est sélectionné", "Ce choix est celui qui est coché.")
def voir_la_selection(ecran: EcranPage, nom: str) -> None:
    ecran.voir_selection(nom)


@then(
    "la liste « {champ} » propose, dans cet ordre :",
    "La liste déroulante propose ces lignes et aucune autre, après celle qui invite à choisir.",
    table=UNE_COLONNE,
)
def voir_les_options(ecran: EcranPage, champ: str, datatable: Sequence[Sequence[str]]) -> None:
    ecran.voir_options(champ, [ligne[0] for ligne in datatable])


@then("la liste « {champ} » indique « {option} »", "La liste déroulante montre cette ligne.")
def voir_l_option(ecran: EcranPage, champ: str, option: str) -> None:
    ecran.voir_option(champ, option)


@then("le champ « {champ} » contient « {texte} »", "Le champ contient exactement ce texte.")
def voir_la_valeur(ecran: EcranPage, champ: str, texte: str) -> None:
    ecran.voir_valeur(champ, texte)


@then(
    "le champ « {champ} » contient :",
    "Le champ contient exactement le texte écrit sous l'étape, retours à la ligne compris.",
)
def voir_un_texte(ecran: EcranPage, champ: str, docstring: str) -> None:
    ecran.voir_valeur(champ, docstring)


@then(
    "les champs contiennent :", "Chaque ligne de la table donne un champ, puis ce qu'il contient.", table=DEUX_COLONNES
)
def voir_les_valeurs(ecran: EcranPage, datatable: Sequence[Sequence[str]]) -> None:
    ecran.voir_valeurs([(ligne[0], ligne[1]) for ligne in datatable])


@then("le champ « {champ} » contient {nombre:d} caractères", "Le champ contient un texte de cette longueur.")
def voir_la_longueur(ecran: EcranPage, champ: str, nombre: int) -> None:
    ecran.voir_longueur(champ, nombre)


@then("le champ « {champ} » est vide", "Le champ ne contient rien, pas même une espace.")
def voir_le_champ_vide(ecran: EcranPage, champ: str) -> None:
    ecran.voir_valeur(champ, "")


@then(
    "le champ « {champ} » invite à « {invite} »",
    "Tant qu'il est vide, le champ montre ce texte en gris.",
    invite="le texte qui invite à remplir le champ",
)
def voir_l_invite(ecran: EcranPage, champ: str, invite: str) -> None:
    ecran.voir_invite(champ, invite)


@then(
    "sous le champ « {champ} », je lis « {texte} »",
    "Le texte est visible et rattaché au champ : un lecteur d'écran le lit avec lui.",
)
def lire_sous(ecran: EcranPage, champ: str, texte: str) -> None:
    ecran.lire_sous(champ, texte)


@then("sous le champ « {champ} », je ne lis plus « {texte} »", "Le texte n'est plus rattaché au champ.")
def ne_plus_lire_sous(ecran: EcranPage, champ: str, texte: str) -> None:
    ecran.ne_plus_lire_sous(champ, texte)


@then(
    "le champ « {champ} » attend ma saisie",
    "Ce que je taperais irait dans ce champ, et il est visible dans la fenêtre.",
)
def voir_le_champ_attendre(ecran: EcranPage, champ: str) -> None:
    ecran.voir_champ_attendre(champ)
