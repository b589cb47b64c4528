"""Signing in and out, the banner of the demonstration."""

from steps.definitions.decorateurs import given, step, then, when
from steps.donnees.besoins import AUTRE_COMPTE, demonstration, exige_du_lieu
from steps.donnees.dates import aujourd_hui, ecrire_date
from steps.donnees.donnees import Donnees
from steps.donnees.session import Session
from steps.ecrans.connexion import MOT_DE_PASSE_DE_DEMONSTRATION, EcranConnexion
from steps.navigateur.scene import Scene

# ---------------------------------------------------------------------------------------- signing in and out


@step(
    "je me connecte avec le mot de passe « {mot_de_passe} »",
    "Saisit mon adresse et ce mot de passe, puis clique sur « Se connecter ».",
)
@exige_du_lieu(AUTRE_COMPTE)
def se_connecter(ecran_connexion: EcranConnexion, donnees: Donnees, mot_de_passe: str) -> None:
    ecran_connexion.se_connecter(donnees.personne.courriel, mot_de_passe)


@when(
    "je me connecte avec mon adresse en majuscules et le mot de passe « {mot_de_passe} »",
    "La même chose, mon adresse tapée en majuscules.",
)
@exige_du_lieu(AUTRE_COMPTE)
def se_connecter_en_majuscules(ecran_connexion: EcranConnexion, donnees: Donnees, mot_de_passe: str) -> None:
    ecran_connexion.se_connecter(donnees.personne.courriel.upper(), mot_de_passe)


@when("je me connecte avec l'adresse « {courriel} »", "Essaie de se connecter avec une adresse qui n'a pas de compte.")
def se_connecter_en_inconnu(ecran_connexion: EcranConnexion, courriel: str) -> None:
    ecran_connexion.se_connecter(courriel, "un mot de passe quelconque")


@step(
    "je me connecte avec le compte de démonstration « {courriel} »",
    "Se connecte à un compte de démonstration, avec le mot de passe que montre l'écran.",
)
@exige_du_lieu(demonstration)
def se_connecter_en_demonstration(ecran_connexion: EcranConnexion, courriel: str) -> None:
    ecran_connexion.se_connecter(courriel, MOT_DE_PASSE_DE_DEMONSTRATION)


@when(
    "j'entre par le bouton du compte de démonstration « {courriel} »",
    "Clique sur « Entrer », à côté de ce compte : rien n'est à saisir.",
)
@exige_du_lieu(demonstration)
def entrer_en_demonstration(ecran_connexion: EcranConnexion, courriel: str) -> None:
    ecran_connexion.entrer(courriel)


@step(
    "je saisis mon adresse et le mot de passe « {mot_de_passe} »",
    "Remplit l'écran « Se connecter » sans presser le bouton.",
)
@exige_du_lieu(AUTRE_COMPTE)
def remplir(ecran_connexion: EcranConnexion, donnees: Donnees, mot_de_passe: str) -> None:
    ecran_connexion.remplir(donnees.personne.courriel, mot_de_passe)


@step(
    "je me suis trompé {fois:d} fois de mot de passe",
    "Essaie autant de fois de se connecter avec un mot de passe faux.",
    fois="le nombre d'essais",
)
@exige_du_lieu(AUTRE_COMPTE)
def s_etre_trompe(ecran_connexion: EcranConnexion, donnees: Donnees, fois: int) -> None:
    ecran_connexion.ouvrir()
    ecran_connexion.se_tromper(donnees.personne.courriel, fois)


@step(
    "je me trompe {fois:d} fois de mot de passe",
    "La même chose, là où l'écran demande de se connecter.",
    fois="le nombre d'essais",
)
@exige_du_lieu(AUTRE_COMPTE)
def se_tromper(ecran_connexion: EcranConnexion, donnees: Donnees, fois: int) -> None:
    ecran_connexion.se_tromper(donnees.personne.courriel, fois)


@step(
    "une collègue se connecte à ma place avec le mot de passe « {mot_de_passe} »",
    "Remplit ce qui demande de se connecter avec l'adresse d'une collègue, qui a ce mot de passe.",
)
@exige_du_lieu(AUTRE_COMPTE)
def laisser_la_place(ecran_connexion: EcranConnexion, donnees: Donnees, mot_de_passe: str) -> None:
    ecran_connexion.se_connecter(donnees.lecteur_du_meme_organisme().courriel, mot_de_passe)


@then("le champ « {champ} » contient mon adresse", "Mon adresse est déjà là : je n'ai pas à la saisir.")
@exige_du_lieu(AUTRE_COMPTE)
def voir_mon_adresse(ecran_connexion: EcranConnexion, donnees: Donnees, champ: str) -> None:
    ecran_connexion.voir_valeur(champ, donnees.personne.courriel)


@given(
    "des inconnus se trompent {fois:d} fois de mot de passe pour mon compte",
    "D'un autre appareil, qui ne s'est jamais connecté à mon compte.",
    fois="le nombre d'essais",
)
@exige_du_lieu(AUTRE_COMPTE)
def laisser_des_inconnus(ecran_connexion: EcranConnexion, scene: Scene, donnees: Donnees, fois: int) -> None:
    ecran_connexion.se_tromper_ailleurs(scene.contexte_de_coulisses(), donnees.personne.courriel, fois)


@when(
    "je me connecte sur un autre appareil",
    "Ouvre le catalogue dans un navigateur qui ne sait rien du premier, et le regarde.",
)
def changer_d_appareil(session: Session) -> None:
    session.changer_d_appareil()


@then("je n'ai pas accès au catalogue", "Le catalogue, ouvert dans un onglet à part, demande de se connecter.")
def voir_l_acces_refuse(ecran_connexion: EcranConnexion) -> None:
    ecran_connexion.voir_acces_refuse_au_catalogue()


@then("mon nom est affiché", "Mon nom est visible sur la page.")
@exige_du_lieu(AUTRE_COMPTE)
def voir_mon_nom(ecran_connexion: EcranConnexion, donnees: Donnees) -> None:
    ecran_connexion.lire(donnees.personne.nom)


# ---------------------------------------------------------------------------------------- the date of the demonstration


@given(
    "la démonstration est à la date d'aujourd'hui",
    "Depuis la page que je regarde, passe de la date du guide à aujourd'hui, comme on le fait d'un clic.",
)
@exige_du_lieu(demonstration)
def passer_a_aujourd_hui(ecran_connexion: EcranConnexion) -> None:
    ecran_connexion.cliquer("Passer à aujourd'hui")
    ecran_connexion.voir_bandeau(f"Date de référence : {ecrire_date(aujourd_hui())}")


@then("le bandeau annonce « {texte} »", "Le bandeau de la démonstration dit ce texte ; une partie suffit.")
@exige_du_lieu(demonstration)
def voir_le_bandeau(ecran_connexion: EcranConnexion, texte: str) -> None:
    ecran_connexion.voir_bandeau(texte)


@then(
    "le bandeau annonce la date d'aujourd'hui",
    "Le bandeau de la démonstration dit la date réelle, celle de Paris.",
)
@exige_du_lieu(demonstration)
def voir_aujourd_hui(ecran_connexion: EcranConnexion) -> None:
    ecran_connexion.voir_bandeau(f"Date de référence : {ecrire_date(aujourd_hui())}")
