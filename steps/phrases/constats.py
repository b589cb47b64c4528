"""What a person sees on any screen."""

from collections.abc import Sequence

from steps.definitions.decorateurs import then
from steps.ecrans.page import EcranPage
from steps.gherkin.attendus import UNE_COLONNE
from steps.navigateur.surveillance import Surveillance


@then("la page « {titre} » s'affiche", "Le titre principal de la page est celui-ci.")
def voir_la_page(ecran: EcranPage, titre: str) -> None:
    ecran.voir_titre_de_page(titre)


@then("le titre « {titre} » s'affiche", "Un titre de la page, de n'importe quel niveau, est celui-ci.")
def voir_le_titre(ecran: EcranPage, titre: str) -> None:
    ecran.voir_titre(titre)


@then("le titre s'affiche :", "La même chose pour un titre trop long pour une ligne : il est écrit sous l'étape.")
def voir_un_long_titre(ecran: EcranPage, docstring: str) -> None:
    ecran.voir_titre(docstring)


@then(
    "« {nom} » s'affiche",
    "Une partie de la page est là : un groupe de choix, un encadré, ou ce qui suit un titre de ce nom.",
    nom="le titre de cette partie de la page",
)
def voir_une_partie(ecran: EcranPage, nom: str) -> None:
    ecran.voir_partie(nom)


@then("je lis « {texte} »", "Ce texte est visible quelque part sur la page ; une partie d'une phrase suffit.")
def lire(ecran: EcranPage, texte: str) -> None:
    ecran.lire(texte)


@then("je lis :", "La même chose pour un texte trop long pour une ligne : il est écrit sous l'étape.")
def lire_un_texte(ecran: EcranPage, docstring: str) -> None:
    ecran.lire(docstring)


@then("je ne lis plus « {texte} »", "Ce texte, qui y était, n'est plus visible nulle part sur la page.")
@then("je ne lis pas « {texte} »", "La même chose pour un texte qui n'y était pas.")
def ne_plus_lire(ecran: EcranPage, texte: str) -> None:
    ecran.ne_plus_lire(texte)


@then(
    "je ne lis nulle part « {texte} »",
    "Ce texte ne se trouve ni à l'écran, ni dans ce que la page cache, ni dans le titre de l'onglet.",
)
def ne_lire_nulle_part(ecran: EcranPage, texte: str) -> None:
    ecran.ne_lire_nulle_part(texte)


@then(
    "le message « {texte} » s'affiche",
    "Une bonne nouvelle, en haut à droite, annoncée aux lecteurs d'écran. Une partie du texte suffit.",
)
def voir_le_message(ecran: EcranPage, texte: str) -> None:
    ecran.voir_message(texte)


@then("le message s'affiche :", "La même chose pour un message trop long pour une ligne : il est écrit sous l'étape.")
def voir_un_long_message(ecran: EcranPage, docstring: str) -> None:
    ecran.voir_message(docstring)


@then(
    "l'alerte « {texte} » s'affiche",
    "Une panne en haut à droite, un refus au-dessus du formulaire, annoncés aux lecteurs d'écran. Une partie suffit.",
)
def voir_l_alerte(ecran: EcranPage, texte: str) -> None:
    ecran.voir_alerte(texte)


@then(
    "l'alerte s'affiche :",
    "La même chose pour une alerte trop longue pour une ligne : elle est écrite sous l'étape.",
)
def voir_une_longue_alerte(ecran: EcranPage, docstring: str) -> None:
    ecran.voir_alerte(docstring)


@then(
    "le message se trouve en haut à droite de l'écran",
    "Le message affiché est visible dans la fenêtre, en haut à droite.",
)
def voir_le_message_en_haut_a_droite(ecran: EcranPage) -> None:
    ecran.voir_en_haut_a_droite("status")


@then(
    "l'alerte se trouve en haut à droite de l'écran",
    "L'alerte affichée est visible dans la fenêtre, en haut à droite.",
)
def voir_l_alerte_en_haut_a_droite(ecran: EcranPage) -> None:
    ecran.voir_en_haut_a_droite("alert")


@then(
    "aucun message n'annonce que l'identifiant « {identifiant} » est disponible",
    "Une fois la page au repos, aucun message ne dit disponible un identifiant qui ne l'est pas.",
)
def ne_pas_lire_disponible(ecran: EcranPage, identifiant: str) -> None:
    ecran.ne_voir_aucun_message(f"L'identifiant « {identifiant} » est disponible")


@then(
    "la question « {titre} » s'affiche",
    "Une boîte de dialogue attend une réponse.",
    titre="la question posée, en entier",
)
def voir_la_question(ecran: EcranPage, titre: str) -> None:
    ecran.voir_question(titre)


@then(
    "la question « {titre} » n'est plus affichée",
    "La boîte de dialogue est fermée.",
    titre="la question posée, en entier",
)
def ne_plus_voir_la_question(ecran: EcranPage, titre: str) -> None:
    ecran.ne_plus_voir_question(titre)


@then("le bouton « {nom} » est actif", "Le bouton est là et se laisse presser.")
def voir_le_bouton_actif(ecran: EcranPage, nom: str) -> None:
    ecran.voir_bouton_actif(nom)


@then("le bouton « {nom} » est inactif", "Le bouton est là, mais ne se laisse pas presser.")
def voir_le_bouton_inactif(ecran: EcranPage, nom: str) -> None:
    ecran.voir_bouton_inactif(nom)


@then(
    "les boutons suivants sont proposés, dans cet ordre :",
    "Ces boutons sont alignés de gauche à droite, un par ligne de la table.",
    table=UNE_COLONNE,
)
def voir_les_boutons(ecran: EcranPage, datatable: Sequence[Sequence[str]]) -> None:
    ecran.voir_boutons_alignes([ligne[0] for ligne in datatable])


@then("le lien « {nom} » est proposé", "Un lien porte ce libellé.")
def voir_le_lien(ecran: EcranPage, nom: str) -> None:
    ecran.voir_lien(nom)


@then("« {nom} » n'est pas proposé", "Une fois la page au repos, ni bouton ni lien ne commence par ce libellé.")
def ne_pas_voir(ecran: EcranPage, nom: str) -> None:
    ecran.ne_voir_ni_bouton_ni_lien(nom)


@then("le clavier est sur « {nom} »", "La touche « Entrée » agirait sur ce bouton ou ce lien.")
def voir_le_clavier_sur(ecran: EcranPage, nom: str) -> None:
    ecran.voir_clavier_sur(nom)


@then("le clavier est dans le champ « {champ} »", "Ce que je taperais s'y écrirait, sans que j'aie à cliquer.")
def voir_le_clavier_dans(ecran: EcranPage, champ: str) -> None:
    ecran.voir_clavier_dans(champ)


@then("rien ne déborde de l'écran", "La page ne se fait pas défiler de gauche à droite.")
def voir_sans_debordement(ecran: EcranPage) -> None:
    ecran.voir_sans_debordement()


@then(
    "le navigateur m'a averti que ma saisie serait perdue",
    "Le navigateur a demandé confirmation avant de quitter la page.",
)
def voir_l_avertissement(surveillance: Surveillance) -> None:
    surveillance.verifier_averti()


@then(
    "le navigateur ne m'a averti de rien",
    "Depuis le début du scénario, le navigateur n'a jamais dit que quelque chose serait perdu.",
)
def ne_voir_aucun_avertissement(surveillance: Surveillance) -> None:
    surveillance.verifier_jamais_averti()


@then(
    "le titre de l'onglet commence par « {debut} »", "L'onglet du navigateur le dit d'abord.", debut="ses premiers mots"
)
def voir_l_onglet(ecran: EcranPage, debut: str) -> None:
    ecran.voir_onglet(debut)


@then("le titre de l'onglet ne dit pas « {mot} »", "L'onglet ne le dit pas, ou plus.", mot="un mot")
def ne_pas_voir_dans_l_onglet(ecran: EcranPage, mot: str) -> None:
    ecran.ne_pas_voir_dans_l_onglet(mot)
