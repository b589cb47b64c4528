"""What a person sees on any screen."""

from collections.abc import Sequence

from pytest_bdd import then

from steps.donnees import TITRE_QUI_IMITE_DU_CODE
from steps.ecrans.page import EcranPage
from steps.phrase import phrase
from steps.surveillance import Surveillance


@then(phrase("la page « {titre} » s'affiche"))
def voir_la_page(ecran: EcranPage, titre: str) -> None:
    ecran.voir_titre_de_page(titre)


@then(phrase("le titre « {titre} » s'affiche"))
def voir_le_titre(ecran: EcranPage, titre: str) -> None:
    ecran.voir_titre(titre)


@then(phrase("le titre s'affiche :"))
def voir_un_long_titre(ecran: EcranPage, docstring: str) -> None:
    ecran.voir_titre(docstring)


@then(phrase("ce titre s'affiche tel quel"))
def voir_le_code_tel_quel(ecran: EcranPage) -> None:
    ecran.voir_titre(TITRE_QUI_IMITE_DU_CODE)


@then(phrase("« {nom} » s'affiche"))
def voir_une_partie(ecran: EcranPage, nom: str) -> None:
    ecran.voir_partie(nom)


@then(phrase("je lis « {texte} »"))
def lire(ecran: EcranPage, texte: str) -> None:
    ecran.lire(texte)


@then(phrase("je lis :"))
def lire_un_texte(ecran: EcranPage, docstring: str) -> None:
    ecran.lire(docstring)


@then(phrase("je ne lis plus « {texte} »"))
def ne_plus_lire(ecran: EcranPage, texte: str) -> None:
    ecran.ne_plus_lire(texte)


@then(phrase("je ne lis nulle part « {texte} »"))
def ne_lire_nulle_part(ecran: EcranPage, texte: str) -> None:
    ecran.ne_lire_nulle_part(texte)


@then(phrase("le message « {texte} » s'affiche"))
def voir_le_message(ecran: EcranPage, texte: str) -> None:
    ecran.voir_message(texte)


@then(phrase("le message s'affiche :"))
def voir_un_long_message(ecran: EcranPage, docstring: str) -> None:
    ecran.voir_message(docstring)


@then(phrase("l'alerte « {texte} » s'affiche"))
def voir_l_alerte(ecran: EcranPage, texte: str) -> None:
    ecran.voir_alerte(texte)


@then(phrase("l'alerte s'affiche :"))
def voir_une_longue_alerte(ecran: EcranPage, docstring: str) -> None:
    ecran.voir_alerte(docstring)


@then(phrase("le message se trouve en haut à droite de l'écran"))
def voir_le_message_en_haut_a_droite(ecran: EcranPage) -> None:
    ecran.voir_en_haut_a_droite("status")


@then(phrase("l'alerte se trouve en haut à droite de l'écran"))
def voir_l_alerte_en_haut_a_droite(ecran: EcranPage) -> None:
    ecran.voir_en_haut_a_droite("alert")


@then(phrase("aucun message n'annonce que l'identifiant « {identifiant} » est disponible"))
def ne_pas_lire_disponible(ecran: EcranPage, identifiant: str) -> None:
    ecran.ne_voir_aucun_message(f"L'identifiant « {identifiant} » est disponible")


@then(phrase("la question « {titre} » s'affiche"))
def voir_la_question(ecran: EcranPage, titre: str) -> None:
    ecran.voir_question(titre)


@then(phrase("la question « {titre} » n'est plus affichée"))
def ne_plus_voir_la_question(ecran: EcranPage, titre: str) -> None:
    ecran.ne_plus_voir_question(titre)


@then(phrase("le bouton « {nom} » est actif"))
def voir_le_bouton_actif(ecran: EcranPage, nom: str) -> None:
    ecran.voir_bouton_actif(nom)


@then(phrase("le bouton « {nom} » est inactif"))
def voir_le_bouton_inactif(ecran: EcranPage, nom: str) -> None:
    ecran.voir_bouton_inactif(nom)


@then(phrase("les boutons suivants sont proposés, dans cet ordre :"))
def voir_les_boutons(ecran: EcranPage, datatable: Sequence[Sequence[str]]) -> None:
    ecran.voir_boutons_alignes([ligne[0] for ligne in datatable])


@then(phrase("le lien « {nom} » est proposé"))
def voir_le_lien(ecran: EcranPage, nom: str) -> None:
    ecran.voir_lien(nom)


@then(phrase("« {nom} » n'est pas proposé"))
def ne_pas_voir(ecran: EcranPage, nom: str) -> None:
    ecran.ne_voir_ni_bouton_ni_lien(nom)


@then(phrase("« {groupe} » propose, dans cet ordre :"))
def voir_les_choix(ecran: EcranPage, groupe: str, datatable: Sequence[Sequence[str]]) -> None:
    ecran.voir_choix(groupe, [ligne[0] for ligne in datatable])


@then(phrase("« {groupe} » propose « {nom} »"))
def voir_un_choix(ecran: EcranPage, groupe: str, nom: str) -> None:
    ecran.voir_un_choix(groupe, nom)


@then(phrase("« {groupe} » ne propose pas « {nom} »"))
def ne_pas_voir_un_choix(ecran: EcranPage, groupe: str, nom: str) -> None:
    ecran.ne_pas_voir_un_choix(groupe, nom)


@then(phrase("« {nom} » est sélectionné"))
def voir_la_selection(ecran: EcranPage, nom: str) -> None:
    ecran.voir_selection(nom)


@then(phrase("la liste « {champ} » propose, dans cet ordre :"))
def voir_les_options(ecran: EcranPage, champ: str, datatable: Sequence[Sequence[str]]) -> None:
    ecran.voir_options(champ, [ligne[0] for ligne in datatable])


@then(phrase("la liste « {champ} » indique « {option} »"))
def voir_l_option(ecran: EcranPage, champ: str, option: str) -> None:
    ecran.voir_option(champ, option)


@then(phrase("le champ « {champ} » contient « {texte} »"))
def voir_la_valeur(ecran: EcranPage, champ: str, texte: str) -> None:
    ecran.voir_valeur(champ, texte)


@then(phrase("le champ « {champ} » contient :"))
def voir_un_texte(ecran: EcranPage, champ: str, docstring: str) -> None:
    ecran.voir_valeur(champ, docstring)


@then(phrase("les champs contiennent :"))
def voir_les_valeurs(ecran: EcranPage, datatable: Sequence[Sequence[str]]) -> None:
    ecran.voir_valeurs([(ligne[0], ligne[1]) for ligne in datatable])


@then(phrase("le champ « {champ} » contient {nombre:d} caractères"))
def voir_la_longueur(ecran: EcranPage, champ: str, nombre: int) -> None:
    ecran.voir_longueur(champ, nombre)


@then(phrase("le champ « {champ} » est vide"))
def voir_le_champ_vide(ecran: EcranPage, champ: str) -> None:
    ecran.voir_valeur(champ, "")


@then(phrase("le champ « {champ} » invite à « {invite} »"))
def voir_l_invite(ecran: EcranPage, champ: str, invite: str) -> None:
    ecran.voir_invite(champ, invite)


@then(phrase("sous le champ « {champ} », je lis « {texte} »"))
def lire_sous(ecran: EcranPage, champ: str, texte: str) -> None:
    ecran.lire_sous(champ, texte)


@then(phrase("sous le champ « {champ} », je ne lis plus « {texte} »"))
def ne_plus_lire_sous(ecran: EcranPage, champ: str, texte: str) -> None:
    ecran.ne_plus_lire_sous(champ, texte)


@then(phrase("le champ « {champ} » attend ma saisie"))
def voir_le_champ_attendre(ecran: EcranPage, champ: str) -> None:
    ecran.voir_champ_attendre(champ)


@then(phrase("le clavier est sur « {nom} »"))
def voir_le_clavier_sur(ecran: EcranPage, nom: str) -> None:
    ecran.voir_clavier_sur(nom)


@then(phrase("rien ne déborde de l'écran"))
def voir_sans_debordement(ecran: EcranPage) -> None:
    ecran.voir_sans_debordement()


@then(phrase("le navigateur m'a averti que ma saisie serait perdue"))
def voir_l_avertissement(surveillance: Surveillance) -> None:
    surveillance.verifier_averti()
