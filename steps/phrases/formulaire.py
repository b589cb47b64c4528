"""Étape 1/2, étape 2/2 and the form of a formation."""

from collections.abc import Sequence

from steps.definitions.decorateurs import step, then, when
from steps.donnees.besoins import AUTRE_ORGANISME, exige_du_lieu
from steps.donnees.donnees import Donnees
from steps.ecrans.formation import (
    COLLAGES,
    NUMERO_DE_PERSONNE,
    TYPES,
    VALEURS,
    VALEURS_PROPRES,
    EcranFormation,
    plusieurs,
)
from steps.ecrans.nouvelle_offre import EcranNouvelleOffre
from steps.gherkin.attendus import DEUX_COLONNES, UNE_COLONNE

SORTES = (
    "caractères",
    "espaces",
    "lettres accentuées",
    "lettres accentuées décomposées",
    "émojis",
    "lignes d'une lettre",
)

# ---------------------------------------------------------------------------------------- étape 1/2


@step(
    "je cherche le code « {code} » du type « {type_de_code} »",
    "À l'étape 1/2 d'une « Formation certifiante », choisit le type, saisit le code et clique sur « Appliquer ».",
    type_de_code="un des types de code que propose l'écran",
)
def chercher_un_code(ecran_offre: EcranNouvelleOffre, code: str, type_de_code: str) -> None:
    ecran_offre.chercher_code(code, type_de_code)


@step(
    "je cherche le code « {code} » sans choisir de type",
    "À l'étape 1/2 d'une « Formation certifiante », saisit le code et clique sur « Appliquer », sans plus.",
)
def chercher_un_code_sans_type(ecran_offre: EcranNouvelleOffre, code: str) -> None:
    ecran_offre.chercher_code(code)


@step(
    "je demande comment obtenir mon code d'identification",
    "Suit le lien d'aide : une recherche s'ouvre dessous, ou dans une page à elle sans JavaScript.",
)
def demander_de_l_aide(ecran_offre: EcranNouvelleOffre) -> None:
    ecran_offre.demander_de_l_aide()


@step("je cherche « {texte} » dans l'aide", "Saisit ce texte dans la recherche de l'aide, et attend sa réponse.")
def chercher_dans_l_aide(ecran_offre: EcranNouvelleOffre, texte: str) -> None:
    ecran_offre.chercher_dans_l_aide(texte)


@step(
    "je choisis la certification « {code} » dans l'aide",
    "Prend une des certifications que l'aide a trouvées.",
)
def choisir_dans_l_aide(ecran_offre: EcranNouvelleOffre, code: str) -> None:
    ecran_offre.choisir_dans_l_aide(code)


@step(
    "j'ouvre l'adresse d'une nouvelle formation",
    "Ouvre l'étape 1/2 par son adresse, sans vérifier ce qui s'affiche : il se peut qu'on n'y ait pas droit.",
)
def ouvrir_l_adresse(ecran_offre: EcranNouvelleOffre) -> None:
    ecran_offre.ouvrir()


@then("l'aide propose la certification « {code} »", "L'aide montre cette certification, et elle seule.")
def voir_dans_l_aide(ecran_offre: EcranNouvelleOffre, code: str) -> None:
    ecran_offre.voir_dans_l_aide([code])


@then(
    "l'aide propose, dans cet ordre :",
    "L'aide montre ces certifications et aucune autre, un code par ligne de la table.",
    table=UNE_COLONNE,
)
def voir_toute_l_aide(ecran_offre: EcranNouvelleOffre, datatable: Sequence[Sequence[str]]) -> None:
    ecran_offre.voir_dans_l_aide([ligne[0] for ligne in datatable])


@then("l'aide ne propose aucune certification", "La recherche que propose l'aide n'a rien trouvé.")
def ne_rien_voir_dans_l_aide(ecran_offre: EcranNouvelleOffre) -> None:
    ecran_offre.voir_dans_l_aide([])


@then(
    "l'aide annonce « {texte} »",
    "Ce texte entier est affiché, et annoncé aux lecteurs d'écran dès qu'il change.",
)
def entendre_dans_l_aide(ecran_offre: EcranNouvelleOffre, texte: str) -> None:
    ecran_offre.entendre_dans_l_aide(texte)


@then("l'aide est fermée", "La recherche n'est pas, ou n'est plus, dans la page.")
def voir_l_aide_fermee(ecran_offre: EcranNouvelleOffre) -> None:
    ecran_offre.voir_aide_fermee()


@then(
    "la certification visée est « {intitule} »",
    "L'étape 1/2 annonce cet intitulé.",
    intitule="l'intitulé d'une certification, en entier",
)
def voir_la_certification_visee(ecran_offre: EcranNouvelleOffre, intitule: str) -> None:
    ecran_offre.voir_certification_visee(intitule)


# ---------------------------------------------------------------------------------------- étape 2/2


@step(
    "j'ouvre la saisie d'une formation « {type_de_formation} »",
    "Ouvre l'étape 2/2 de ce type, ce qu'il demande déjà choisi : la certification CléA, la catégorie B du permis.",
    type_de_formation=TYPES,
)
def commencer(ecran_formation: EcranFormation, type_de_formation: str) -> None:
    ecran_formation.commencer(type_de_formation)


@step(
    "j'ouvre la saisie d'une formation sur la certification « {code} »",
    "Ouvre l'étape 2/2 d'une « Formation certifiante », cette certification déjà choisie.",
    code="le code complet d'une certification",
)
def commencer_sur(ecran_formation: EcranFormation, code: str) -> None:
    ecran_formation.commencer_sur(code)


@step("j'ouvre la formation « {identifiant} »", "Ouvre une formation de mon catalogue par son adresse.")
def ouvrir(ecran_formation: EcranFormation, donnees: Donnees, identifiant: str) -> None:
    ecran_formation.ouvrir(donnees.numero(identifiant))


@step(
    "j'ouvre l'adresse de la formation « {identifiant} » de « {voisin} »",
    "Essaie d'ouvrir par son adresse une formation d'un autre organisme.",
)
@exige_du_lieu(AUTRE_ORGANISME)
def ouvrir_chez(ecran_formation: EcranFormation, donnees: Donnees, identifiant: str, voisin: str) -> None:
    ecran_formation.ouvrir(donnees.numero(identifiant, voisin))


@when(
    "j'ouvre l'adresse d'une formation qui n'existe pas",
    "Ouvre l'adresse qu'aurait une formation, sans qu'il y en ait une.",
)
def ouvrir_personne(ecran_formation: EcranFormation) -> None:
    ecran_formation.ouvrir(NUMERO_DE_PERSONNE)


@when(
    "j'ouvre l'adresse de suppression de la formation « {identifiant} »",
    "Ouvre par son adresse la question qui précède la suppression.",
)
def ouvrir_suppression(ecran_formation: EcranFormation, donnees: Donnees, identifiant: str) -> None:
    ecran_formation.ouvrir_suppression(donnees.numero(identifiant))


@when(
    "j'ouvre l'adresse de suppression de la formation « {identifiant} » de « {voisin} »",
    "Essaie d'ouvrir par son adresse la suppression d'une formation d'un autre organisme.",
)
@exige_du_lieu(AUTRE_ORGANISME)
def ouvrir_suppression_chez(ecran_formation: EcranFormation, donnees: Donnees, identifiant: str, voisin: str) -> None:
    ecran_formation.ouvrir_suppression(donnees.numero(identifiant, voisin))


@step("je vérifie l'identifiant « {identifiant} »", "Saisit cet identifiant, puis clique sur « Vérifier ».")
def verifier(ecran_formation: EcranFormation, identifiant: str) -> None:
    ecran_formation.verifier(identifiant)


@when(
    "je vérifie l'identifiant « {identifiant} » entouré d'espaces",
    "Saisit cet identifiant avec deux espaces devant et une derrière, puis clique sur « Vérifier ».",
)
def verifier_entoure_d_espaces(ecran_formation: EcranFormation, identifiant: str) -> None:
    ecran_formation.verifier(f"  {identifiant} ")


@step(
    "je saisis {nombre:d} {sorte} dans le champ « {champ} »",
    "Saisit un texte fait d'autant de signes, pour les scénarios qui portent sur les longueurs.",
    sorte=SORTES,
)
def saisir_plusieurs(ecran_formation: EcranFormation, nombre: int, sorte: str, champ: str) -> None:
    ecran_formation.saisir(plusieurs(nombre, sorte), champ)


@step(
    "je colle {collage} dans le champ « {champ} »",
    "Colle un texte copié dans un autre logiciel, avec ce que celui-ci y laisse et qui ne se voit pas toujours.",
    collage=COLLAGES,
)
def coller(ecran_formation: EcranFormation, collage: str, champ: str) -> None:
    ecran_formation.saisir(COLLAGES[collage], champ)


@step(
    "je remplis le champ « {champ} »",
    "Donne au champ une valeur simple et suffisante.",
    champ={**VALEURS, **VALEURS_PROPRES},
)
def remplir(ecran_formation: EcranFormation, champ: str) -> None:
    ecran_formation.remplir(champ)


@step("je remplis tous les champs", "Donne à chaque champ une valeur simple et suffisante.")
def remplir_tout(ecran_formation: EcranFormation) -> None:
    ecran_formation.remplir_tout()


@step(
    "je remplis tous les champs sauf « {champ} »",
    "Donne à chaque champ, sauf un, une valeur simple et suffisante.",
    champ={**VALEURS, **VALEURS_PROPRES},
)
def remplir_tout_sauf(ecran_formation: EcranFormation, champ: str) -> None:
    ecran_formation.remplir_tout(sauf=champ)


@when(
    "je clique sur « {champ} » dans la liste « Pour valider »",
    "Suit, parmi ce qui manque, le lien vers un champ à compléter.",
)
def suivre_ce_qui_manque(ecran_formation: EcranFormation, champ: str) -> None:
    ecran_formation.suivre_ce_qui_manque(champ)


@when("je me déplace jusqu'au bouton « {nom} »", "Rejoint le bouton avec la touche de tabulation, sans souris.")
def se_deplacer(ecran_formation: EcranFormation, nom: str) -> None:
    ecran_formation.se_deplacer_jusqu_au_bouton(nom)


@then(
    "les informations préremplies sont :",
    "Le bloc en lecture seule dit ces lignes et aucune autre : un libellé, puis sa valeur.",
    table=DEUX_COLONNES,
)
def voir_toutes_les_preremplies(ecran_formation: EcranFormation, datatable: Sequence[Sequence[str]]) -> None:
    ecran_formation.voir_preremplies([(ligne[0], ligne[1]) for ligne in datatable], toutes=True)


@then(
    "les informations préremplies contiennent :",
    "Le bloc en lecture seule dit au moins ces lignes : un libellé, puis le début de sa valeur.",
    table=DEUX_COLONNES,
)
def voir_des_preremplies(ecran_formation: EcranFormation, datatable: Sequence[Sequence[str]]) -> None:
    ecran_formation.voir_preremplies([(ligne[0], ligne[1]) for ligne in datatable], toutes=False)


@then(
    "aucune information préremplie n'est modifiable",
    "Le bloc en lecture seule ne contient ni champ, ni liste, ni choix.",
)
def voir_les_preremplies_en_lecture_seule(ecran_formation: EcranFormation) -> None:
    ecran_formation.voir_preremplies_en_lecture_seule()


@then(
    "la liste « Pour valider » demande seulement « {champ} »", "De tous les champs, elle ne demande plus que celui-ci."
)
def voir_le_seul_manque(ecran_formation: EcranFormation, champ: str) -> None:
    ecran_formation.voir_seul_manque(champ)


@then("le bouton « {nom} » dit ce qui manque", "Un lecteur d'écran lit, avec le bouton, pourquoi il est inactif.")
def voir_ce_qui_manque(ecran_formation: EcranFormation, nom: str) -> None:
    ecran_formation.voir_ce_qui_manque_dit_par(nom)


@then("aucun champ n'est modifiable", "La page se lit sans que rien puisse y être changé.")
def voir_aucun_champ(ecran_formation: EcranFormation) -> None:
    ecran_formation.voir_aucun_champ()


@then(
    "l'encadré « {titre} » montre « {mien} » et « {sien} »",
    "Les deux textes s'y lisent : les deux versions à comparer, ou deux lignes de l'aperçu.",
    titre="le titre de l'encadré",
    mien="un texte, en entier",
    sien="l'autre texte, en entier",
)
def voir_deux_versions(ecran_formation: EcranFormation, titre: str, mien: str, sien: str) -> None:
    ecran_formation.voir_deux_versions(titre, mien, sien)


# ---------------------------------------------------------------------------------------- enregistrée, ou refusée


@then(
    "l'écran dit à quelle heure ma saisie est enregistrée",
    "Près des boutons, « Enregistré à », suivi de l'heure : cela reste affiché. Sans JavaScript, en tête de la page.",
)
def voir_l_heure(ecran_formation: EcranFormation) -> None:
    ecran_formation.voir_heure_d_enregistrement()


@then(
    "l'adresse de la page est celle de la formation « {identifiant} »",
    "Rechargée ou gardée en favori, cette adresse mène à la formation.",
)
def voir_l_adresse(ecran_formation: EcranFormation, donnees: Donnees, identifiant: str) -> None:
    ecran_formation.voir_adresse(donnees.numero(identifiant))


@then(
    "la liste des refus, au-dessus du formulaire, mène à :",
    "Les liens de cette liste sont ceux-là et aucun autre, un par ligne de la table.",
    table=UNE_COLONNE,
)
def voir_les_refus(ecran_formation: EcranFormation, datatable: Sequence[Sequence[str]]) -> None:
    ecran_formation.voir_refus([ligne[0] for ligne in datatable])


@then("le clavier est sur la liste des refus", "La liste est à l'écran, et le clavier y est : rien à chercher.")
def voir_le_clavier_sur_les_refus(ecran_formation: EcranFormation) -> None:
    ecran_formation.voir_clavier_sur_les_refus()


@then("aucun refus n'est affiché", "Il n'y a pas, ou plus, de liste de refus au-dessus du formulaire.")
def ne_voir_aucun_refus(ecran_formation: EcranFormation) -> None:
    ecran_formation.ne_voir_aucun_refus()


@step(
    "je clique sur « {champ} » dans la liste des refus",
    "Suit, dans la liste de ce qui est refusé, le lien vers un champ à corriger.",
)
def suivre_un_refus(ecran_formation: EcranFormation, champ: str) -> None:
    ecran_formation.suivre_un_refus(champ)


# ---------------------------------------------------------------------------------------- une saisie gardée


@then(
    "l'écran me propose de reprendre ma saisie",
    "Un bouton dit l'heure de ce que j'avais saisi sans l'enregistrer, et l'offre de nouveau.",
)
def voir_une_reprise(ecran_formation: EcranFormation) -> None:
    ecran_formation.voir_reprise()


@then("l'écran ne me propose de reprendre aucune saisie", "Une fois la page au repos, aucune saisie n'est offerte.")
def ne_voir_aucune_reprise(ecran_formation: EcranFormation) -> None:
    ecran_formation.ne_voir_aucune_reprise()


@step("je reprends ma saisie", "Clique sur « Reprendre la saisie », quelle que soit l'heure qu'il dit.")
def reprendre_la_saisie(ecran_formation: EcranFormation) -> None:
    ecran_formation.reprendre()
